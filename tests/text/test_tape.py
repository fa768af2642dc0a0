"""Folding and searching on the tape, with a lexicon of a few words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.grammar import Grammar, starts
from kg.text.lexicon import Builder, Lexicon, scan
from kg.text.tape import Mention, Sentences, Tape
from kg.text.tokens import tokenize


def lexicon() -> Lexicon:
    builder = Builder()
    builder.add("giám đốc", "post")
    builder.add("giám đốc sở", "post", normal="Giám đốc Sở")
    builder.add("sở", "head")
    builder.add("Sở", "office")
    builder.add("và", "and", normal="&")
    return builder.compile()


LEXICON = lexicon()
words = st.lists(st.sampled_from(["giám", "đốc", "sở", "Sở", "Giám", "và", "Nam", "12", ",", "\n"]), max_size=30).map(
    " ".join
)
#: what grammars are made of: classes first, and alternatives of several beginnings
patterns = st.sampled_from(
    ["<post>", "<post>(?:<and><post>)?|n", "(?P<m><head|office>)C|(?<=n),", "(?:<and>)?C+", "<^n>n", "(?!C)<C>w"]
)


def taped(text: str) -> Tape:
    tokens = tokenize(text)
    codes, firsts, lasts, normal = scan(LEXICON, tokens.words)
    return Tape(text, tokens, "".join(codes), firsts, lasts, {}, normal)


# scan


@given(words)
def test_items_follow_each_other_over_all_tokens(text: str) -> None:
    tape = taped(text)
    assert len(tape.codes) == len(tape.firsts) == len(tape.lasts)
    assert tape.firsts == [0, *tape.lasts[:-1]][: len(tape.firsts)]
    assert (tape.lasts or [0])[-1] == len(tape.tokens.words)
    assert all(tape.words(i, i + 1) for i in tape.normal)


def test_the_longest_phrase_wins() -> None:
    tape = taped("giám đốc sở và giám đốc Nam")
    assert [tape.words(i, i + 1) for i in range(len(tape.codes))] == ["giám đốc sở", "và", "giám đốc", "Nam"]
    assert tape.normal == {0: "Giám đốc Sở", 1: "&"}


def test_a_form_printed_with_a_capital_matches_capitals_alone() -> None:
    small, capital = taped("sở").codes, taped("Sở").codes
    assert small in LEXICON.chars("head") and small not in LEXICON.chars("office")
    assert capital in LEXICON.chars("head") and capital in LEXICON.chars("office")


def test_a_phrase_that_breaks_off_leaves_its_first_word_alone() -> None:
    assert taped("giám giám đốc").codes[0] == "w"
    assert len(taped("giám").codes) == 1


# fold


@given(words, patterns)
def test_folding_keeps_every_span_mention_and_normal_form(text: str, pattern: str) -> None:
    tape = taped(text)
    before = tape.copy()
    known = {first: Mention("Word", first, last) for first, last in zip(tape.firsts, tape.lasts, strict=True)}
    tape.mentions = dict(enumerate(known.values()))
    forms = {tape.firsts[i]: form for i, form in tape.normal.items()}
    made: list[Mention] = []

    def make(tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
        start, end = m.span("m") if "m" in m.re.groupindex else m.span()
        if tape.firsts[start] % 3 == 0:
            return None
        made.append(Mention("Made", tape.firsts[start], tape.lasts[end - 1]))
        return "@", made[-1]

    folded = tape.fold(LEXICON.grammar(pattern), make)
    assert folded == bool(made)
    assert len(tape.codes) == len(tape.firsts) == len(tape.lasts)
    assert tape.firsts == [0, *tape.lasts[:-1]][: len(tape.firsts)]
    assert sorted(tape.mentions) == list(tape.mentions)
    for i, (first, last, code) in enumerate(zip(tape.firsts, tape.lasts, tape.codes, strict=True)):
        if code == "@":
            assert tape.mentions[i] in made
            assert (tape.mentions[i].first, tape.mentions[i].last) == (first, last)
        else:
            assert tape.mentions[i] is known[first]
            assert tape.normal.get(i) == forms.get(first)
    assert len([c for c in tape.codes if c == "@"]) == len(made)
    # A copy made before is left as it was.
    assert before.firsts == list(known)


def test_a_refused_match_is_tried_again_one_item_on() -> None:
    tape = taped("Nam Nam 12 12")
    seen: list[str] = []

    def make(tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
        seen.append(m.group())
        return None if len(seen) == 1 else ("@", Mention("Made", tape.firsts[m.start()], tape.lasts[m.end() - 1]))

    assert tape.fold(LEXICON.grammar("C+n"), make)
    assert seen == ["CCn", "Cn"]
    assert tape.codes == "C@n"


def test_a_recogniser_may_claim_less_than_was_matched() -> None:
    tape = taped("Nam Nam 12")

    def make(tape: Tape, m: re.Match[str]) -> tuple[str, Mention]:
        return "@", Mention("Made", tape.firsts[m.start()], tape.firsts[m.start()] + 1)

    assert tape.fold(LEXICON.grammar("CCn"), make)
    assert tape.codes == "@Cn"


# searching

SOURCES = [
    *("(?P<a>ab|[cd])?(?<=x)e+|(?!g)f", "a?b|c{2,}", "(?:[a-c]x|(?=d)[de])y?", "[^a]b|c", "(?:ab)*+c|d", "a|$"),
    *("[ab]c", "x(?<!ax)"),
]


@given(st.sampled_from(SOURCES), st.text("abcdefgxy\n", max_size=25), st.integers(0, 5))
def test_a_grammar_finds_what_its_expression_finds(source: str, text: str, at: int) -> None:
    regex = re.compile(source)
    found, expected = Grammar(regex).search(text, at), regex.search(text, at)
    assert (found and found.span()) == (expected and expected.span())
    spans = [m.span() for m in regex.finditer(text) if m.group()]
    assert [m.span() for m in Grammar(regex).finditer(text) if m.group()] == spans


@pytest.mark.parametrize("source", ["[ab]c", "(?P<m>a)b", "[^a]b|c", "a?"])
def test_what_begins_with_a_class_or_anything_needs_no_other_class(source: str) -> None:
    assert starts(re.compile(source)) is None


@given(st.text("abc\n\v", max_size=40), st.lists(st.text("abcd", max_size=3), max_size=3))
def test_rules_are_tried_in_the_sentences_that_hold_what_they_need(codes: str, needs: list[str]) -> None:
    held = Sentences(codes).holding(needs)
    sentences = [m.span() for m in re.finditer(r"[^\n\v]+", codes)]
    assert held == [(a, b) for a, b in sentences if all(set(need) & set(codes[a:b]) for need in needs)]
