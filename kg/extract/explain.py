"""Why a sentence gives a fact, or none: its mentions, the rules that fired, the patterns that came close."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.article import shipped
from kg.extract.rulebook import Rule
from kg.model import Document, Fact, Part, Reading, Span
from kg.text.annotate import Annotated
from kg.text.lexicon import Lexicon

# What a pattern must have matched to be worth telling: half of its pieces.
_LEAST_SHARE = 0.5
_PIECE = re.compile(r"\s*(\{[^{}]*\}|<[^<>]*>|\.{2,}\d*|@?\([^()]*\)|\[[^\[\]]*\]|\S+)")


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention.

    Attributes:
        kind: "Person", "Date", …
        span: where it stands in the document's text.
        value: what was made of it (a date, a number, a name); may be empty.
    """

    kind: str
    span: Span
    value: str


@dataclass(frozen=True, slots=True)
class Near:
    """A pattern that began to match and stopped, or that matched though no fact came of it.

    Attributes:
        rule, where: its name; file and line.
        done, pieces: how many of the pattern's pieces matched, of how many.
        matched: the words that matched.
        expected: the piece at which it stopped; empty where the whole pattern matched.
        found: the word that stands there instead; empty at the end of the sentence.
    """

    rule: str
    where: str
    done: int
    pieces: int
    matched: Span
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence explained; facts are those with evidence in it."""

    span: Span
    part: Part
    mentions: tuple[Seen, ...]
    facts: tuple[Fact, ...]
    near: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A text explained sentence by sentence."""

    reading: Reading
    sentences: tuple[Sentence, ...]


def explain(document: Document, near: int = 5) -> Explanation:
    """How a text is read by the shipped rules.

    Args:
        document: the article, or a sentence as a document.
        near: how many patterns that came close are told for each sentence.

    Raises:
        RuleError: the shipped rules are broken.
    """
    extractor = shipped()
    reading = extractor.read(document)
    article = extractor.book.annotator.annotate(document)
    extractor.engine.nominal(article)
    article = extractor.book.annotator.again(article)
    sentences = []
    for span, part, items in zip(article.sentences, article.parts, article.items, strict=True):
        facts = tuple(f for f in reading.facts if any(e.overlaps(span) for e in f.evidence))
        missed = _near(extractor.book.lexicon, extractor.book.rules, article, items, {f.rule for f in facts})
        sentences.append(Sentence(span, part, _mentions(article, items), facts, tuple(missed[:near])))
    return Explanation(reading, tuple(sentences))


def _mentions(article: Annotated, items: tuple[int, int]) -> tuple[Seen, ...]:
    out = []
    for i in range(*items):
        mention = article.tape.mentions.get(i)
        if mention is not None:
            value = mention.parts.get("value", mention.parts.get("name", ""))
            out.append(Seen(mention.kind, article.tape.mention_span(mention), "" if value is None else str(value)))
    return tuple(out)


def _near(
    lexicon: Lexicon, rules: tuple[Rule, ...], article: Annotated, items: tuple[int, int], fired: set[str]
) -> list[Near]:
    tape = article.tape
    start, end = items
    found: list[tuple[float, Near]] = []
    for rule in rules:
        steps = rule.pattern.steps
        pieces = len(steps) + 1
        if rule.name in fired or pieces < 2:
            continue
        whole = rule.pattern.regex.search(tape.codes, start, end)
        if whole is not None:
            if whole.end() > whole.start():
                found.append((1.0, Near(rule.name, rule.where, pieces, pieces, tape.span(*whole.span()), "", "")))
            continue
        for done in range(len(steps), 1, -1):
            at, template = steps[done - 1]
            match = lexicon.regex(template).search(tape.codes, start, end)
            if match is None or match.end() <= match.start():
                continue
            rest = _PIECE.match(rule.source, at)
            expected = rest.group(1) if rest else rule.source[at:].strip()
            word = tape.words(match.end(), match.end() + 1) if match.end() < end else ""
            near = Near(rule.name, rule.where, done, pieces, tape.span(*match.span()), expected, word)
            found.append((done / pieces, near))
            break
    found.sort(key=lambda x: (-x[0], x[1].rule))
    return [near for share, near in found if share >= _LEAST_SHARE]
