"""Document to tape: structure, tokens, sentences, mentions."""

from __future__ import annotations

import bisect
import itertools
import re
from dataclasses import dataclass, replace

from kg.model import Document, Part, Span
from kg.text.lexicon import Lexicon, scan
from kg.text.names import Names
from kg.text.normal import tone_key
from kg.text.structure import Block, Layout, is_byline, layout
from kg.text.tape import Mention, Tape
from kg.text.things import Things
from kg.text.times import Times
from kg.text.tokens import Tokens, tokenize
from kg.text.vocabulary import district_names, family_names, unit_names

_MARKS = re.compile(r"[\n\".!?]")
_SENTENCE = re.compile(r"[^\n\v]+")


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with its mentions.

    Attributes:
        document: the article.
        layout: its structure.
        tape: its items.
        sentences: spans of sentences, ascending.
        parts: the part of the line that each sentence stands in.
        items: for each sentence its items on the tape, half-open.
        plain: the tape before things (documents, events …) swallowed the numbers in their names.
        levels: finds level words that stand alone ("TP", "tỉnh") on the tape, not those of a list or a plural.
    """

    document: Document
    layout: Layout
    tape: Tape
    sentences: list[Span]
    parts: list[Part]
    items: list[tuple[int, int]]
    plain: Tape
    levels: re.Pattern[str]

    def sentence_of(self, item: int) -> int:
        """Index of the sentence that holds an item of the tape (or the last one before it)."""
        return max(0, bisect.bisect_left(self.items, (item + 1,)) - 1)

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that holds a text offset (or the last one before it)."""
        return max(0, bisect.bisect_left(self.sentences, (offset + 1,)) - 1)


class Annotator:
    """All recognisers, compiled once for a lexicon; `annotate` keeps no state between articles."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        # A class must be known before a grammar that names it is compiled.
        self._quote_code = lexicon.new_code("Quote")
        self.times = Times(lexicon)
        families = frozenset(tone_key(name) for name in family_names() if " " not in name)
        self.names = Names(lexicon, unit_names(), families, district_names())
        self.things = Things(lexicon)
        rx, grammar = lexicon.regex, lexicon.grammar
        speech = "speech|requests|" if lexicon.has("speech") else ""
        self._quotes = grammar(rf"(?<=<^{speech}:|,|.|!|?|(|-|“|”>)(?P<m>“<^“|”>{{1,40}}”)")
        self._levels = rx(r"(?<!<plural|Number|level|,>)<level>(?!<level|Place|C>|,<level>)")
        self._credit = rx(r"<photo>:(?P<m>(?:C|A|<family|numeral>){1,4})")

    def annotate(self, document: Document) -> Annotated:
        """Tokens, sentences and mentions of one article."""
        text = document.text
        shape = layout(text, document.parts)
        tokens = tokenize(text)
        codes, firsts, lasts, normal = scan(self.lexicon, tokens.words)
        tape = self._tape(text, tokens, codes, firsts, lasts, normal, shape.blocks)
        tape.fold(self._quotes, self._make_quote)
        self.times.run(tape)
        self.names.run(tape)
        plain = tape.copy()
        self.things.run(tape)
        sentences, parts, items = self._sentences(tape, shape.blocks)
        return Annotated(document, shape, tape, sentences, parts, items, plain, self._levels)

    def again(self, article: Annotated) -> Annotated:
        """The article after folding: its sentences' items are counted anew, and posts know the body named after them."""
        mentions = article.tape.mentions
        for i, mention in mentions.items():
            if (
                mention.kind == "Post"
                and (body := mentions.get(i + 1)) is not None
                and body.kind in ("Organization", "Place")
            ):
                mention.parts["body"] = body
                if "whole" in mention.parts:
                    body.parts["bound"] = True  # "Thủ tướng Chính phủ" speaks of the man
        items = [m.span() for m in _SENTENCE.finditer(article.tape.codes)]
        return replace(article, items=items)

    def _make_quote(self, tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
        start, end = m.span("m")
        a, b = tape.span(start + 1, end - 1)
        return self._quote_code, Mention(
            "Quote", tape.firsts[start], tape.lasts[end - 1], {"name": tape.text[a:b], "inner": Span(a, b)}
        )

    def _tape(
        self,
        text: str,
        tokens: Tokens,
        codes: list[str],
        firsts: list[int],
        lasts: list[int],
        normal: dict[int, str],
        blocks: tuple[Block, ...],
    ) -> Tape:
        """Marks opening and closing of straight quotation marks, and puts a border behind each sentence."""
        words, starts = tokens.words, tokens.starts
        count = len(codes)
        open_ = False
        borders: list[int] = []  # items before which a border goes
        line = "".join(codes)
        for m in _MARKS.finditer(line):
            i, code = m.start(), m.group()
            if code == "\n":
                open_ = False
            elif code == '"':
                open_ = not open_
                codes[i] = "“" if open_ else "”"
            else:
                j = i + 1
                while j < count and codes[j] in "”)":
                    j += 1
                if j >= count or codes[j] == "\n":
                    continue
                token = firsts[j]
                nxt = words[token]
                gap = starts[token] > tokens.ends[lasts[i] - 1]
                if code == "." and i and codes[i - 1] == "n" and (i == 1 or codes[i - 2] == "\n"):
                    continue  # "1. Nghị quyết": an enumeration
                if code == "." and not gap and i and words[firsts[i - 1]].length == 1 and words[firsts[i - 1]].upper:
                    continue  # "L.B": initials
                if (
                    nxt.upper
                    or codes[j] in "“•+"
                    or (codes[j] in "-n" and gap and j == i + 1)
                    or (codes[j] == '"' and not open_)
                ):
                    if code == "." and words[firsts[i]].key != "." and not nxt.upper:
                        continue
                    borders.append(j)
        for m in self._credit.finditer(line):
            if m.end() < count and codes[m.end()] not in "\n).,;”":
                borders.append(m.end())
        # A dateline and its text share a line: the text begins a sentence of its own.
        for before, after in itertools.pairwise(blocks):
            if before.part == "meta" and "\n" not in text[before.span.end : after.span.start]:
                at = bisect.bisect_left(firsts, bisect.bisect_left(starts, after.span.start))
                if at < count:
                    borders.append(at)
        if borders:
            borders = sorted(set(borders))
            new_codes: list[str] = []
            new_firsts: list[int] = []
            new_lasts: list[int] = []
            new_normal: dict[int, str] = {}
            old = 0
            shift_at: list[int] = []
            for border in borders:
                new_codes += codes[old:border]
                new_firsts += firsts[old:border]
                new_lasts += lasts[old:border]
                new_codes.append("\v")
                new_firsts.append(firsts[border])
                new_lasts.append(firsts[border])
                shift_at.append(border)
                old = border
            new_codes += codes[old:]
            new_firsts += firsts[old:]
            new_lasts += lasts[old:]
            for index, form in normal.items():
                new_normal[index + bisect.bisect_right(shift_at, index)] = form
            codes, firsts, lasts, normal = new_codes, new_firsts, new_lasts, new_normal
        return Tape(text, tokens, "".join(codes), firsts, lasts, {}, normal)

    def _sentences(self, tape: Tape, blocks: tuple[Block, ...]) -> tuple[list[Span], list[Part], list[tuple[int, int]]]:
        sentences: list[Span] = []
        parts: list[Part] = []
        items: list[tuple[int, int]] = []
        block = 0
        for m in _SENTENCE.finditer(tape.codes):
            start, end = m.span()
            span = tape.span(start, end)
            while block < len(blocks) - 1 and blocks[block].span.end <= span.start:
                block += 1
            part: Part = blocks[block].part if blocks else "body"
            if part in ("lead", "body") and self._credit.search(tape.codes, start, end):
                part = "caption"
            sentences.append(span)
            parts.append(part)
            items.append((start, end))
        # One-line bodies end with the writer's name as a sentence of its own.
        last = max((i for i, p in enumerate(parts) if p in ("lead", "body")), default=-1)
        if last > 2 and is_byline(tape.text[sentences[last].start : sentences[last].end]):
            parts[last] = "byline"
        return sentences, parts, items
