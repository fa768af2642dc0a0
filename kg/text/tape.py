"""The tape: an article as one string with a character for each item, and what stands behind each item.

Grammars are regular expressions over the string; a match is folded into one item of a new kind, and the next grammar
sees that item. Line breaks are "\\n", borders of sentences "\\v"; no class holds them, so no grammar crosses them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from kg.model import Span
from kg.text.grammar import Grammar
from kg.text.tokens import Tokens

_SENTENCE = re.compile(r"[^\n\v]+")


@dataclass(slots=True)
class Mention:
    """A recognised stretch of tokens.

    Attributes:
        kind: "Person", "Place", "Organization", "Date", "Number", … : also the name of its class on the tape.
        first, last: token indices, half-open.
        parts: what the recogniser found inside (name, level, value, children …).
    """

    kind: str
    first: int
    last: int
    parts: dict[str, Any] = field(default_factory=dict)


class Sentences:
    """The sentences of a tape by the characters that they hold.

    With them a rule is tried only where it can match, so that many rules cost little: most name something rare.

    Args:
        codes: the tape's items.
    """

    def __init__(self, codes: str) -> None:
        self.codes = codes
        self._spans = [m.span() for m in _SENTENCE.finditer(codes)]
        # Sets of sentences are numbers with a bit for each.
        self._holding: dict[str, int] = {}
        bit = 1
        for start, end in self._spans:
            for code in set(codes[start:end]):
                self._holding[code] = self._holding.get(code, 0) | bit
            bit <<= 1
        self._any: dict[str, int] = {}

    def holding(self, needs: Iterable[str]) -> list[tuple[int, int]]:
        """Items (half-open) of the sentences that hold at least one character of each of `needs`."""
        found = (1 << len(self._spans)) - 1
        for need in needs:
            some = self._any.get(need)
            if some is None:
                some = 0
                for code in need:
                    some |= self._holding.get(code, 0)
                self._any[need] = some
            found &= some
            if not found:
                return []
        return [span for i, span in enumerate(self._spans) if found >> i & 1]


@dataclass(slots=True)
class Tape:
    """The items of one article.

    Attributes:
        text: the document's text.
        tokens: its tokens.
        codes: one character an item.
        firsts, lasts: token indices of each item, half-open (a border is empty).
        mentions: item index to mention, for the items that are one.
        normal: item index to the lexicon's normal form, where there is one.
    """

    text: str
    tokens: Tokens
    codes: str
    firsts: list[int]
    lasts: list[int]
    mentions: dict[int, Mention]
    normal: dict[int, str]
    _sentences: Sentences | None = None

    def span(self, start: int, end: int) -> Span:
        """The text's stretch from item `start` to before item `end` (not empty, no border at its ends)."""
        while end > start + 1 and self.lasts[end - 1] == self.firsts[end - 1]:
            end -= 1
        return Span(self.tokens.starts[self.firsts[start]], self.tokens.ends[self.lasts[end - 1] - 1])

    def token_span(self, first: int, last: int) -> Span:
        """The text's stretch of tokens `first` to before `last`."""
        return Span(self.tokens.starts[first], self.tokens.ends[last - 1])

    def words(self, start: int, end: int) -> str:
        """The text of items `start` to before `end`."""
        while end > start + 1 and self.lasts[end - 1] == self.firsts[end - 1]:
            end -= 1
        return self.text[self.tokens.starts[self.firsts[start]] : self.tokens.ends[self.lasts[end - 1] - 1]]

    def mention_span(self, mention: Mention) -> Span:
        """Where a mention stands."""
        return self.token_span(mention.first, mention.last)

    def mention_text(self, mention: Mention) -> str:
        """The words of a mention, with one space between them."""
        return " ".join(self.text[self.tokens.starts[mention.first] : self.tokens.ends[mention.last - 1]].split())

    def sentences(self) -> Sentences:
        """The tape's sentences as it is now."""
        if self._sentences is None or self._sentences.codes is not self.codes:
            self._sentences = Sentences(self.codes)
        return self._sentences

    def copy(self) -> Tape:
        """A tape that later folds leave as it is (the mentions are the same objects)."""
        return replace(self, firsts=self.firsts[:], lasts=self.lasts[:])

    def fold(self, pattern: Grammar, make: Callable[[Tape, re.Match[str]], tuple[str, Mention] | None]) -> bool:
        """Folds every match of `pattern` for which `make` returns a code and a mention into one item.

        A match folds the items of its group "m", or the whole match where it has no such group.

        Returns:
            True where anything was folded.
        """
        whole = pattern.whole
        codes, search = self.codes, pattern.search
        found: list[tuple[int, int, str, Mention]] = []
        at = 0
        while at <= len(codes) and (match := search(codes, at)) is not None:
            start, end = match.span() if whole else match.span("m")
            made = make(self, match) if end > start else None
            if made is None:
                at = max(start, match.start()) + 1
                continue
            # `make` may claim less than was matched: it says so by the mention's last token.
            while end > start + 1 and self.lasts[end - 1] > made[1].last:
                end -= 1
            found.append((start, end, *made))
            at = end
        if found:
            self._replace(found)
        return bool(found)

    def _replace(self, found: list[tuple[int, int, str, Mention]]) -> None:
        """Puts one item where several were: (first item, last item, code, mention), ascending.

        The lists change in place; what lies between two finds moves as one slice.
        """
        codes: list[str] = []
        mentions: dict[int, Mention] = {}
        normal: dict[int, str] = {}
        marks, forms = list(self.mentions), list(self.normal)  # ascending, as every fold leaves them
        old = size = mark = form = 0
        for start, end, code, mention in (*found, (len(self.codes), len(self.codes), "", None)):
            codes += (self.codes[old:start], code)
            shift = size - old
            stop = bisect_left(marks, start, mark)
            for i in marks[mark:stop]:
                mentions[i + shift] = self.mentions[i]
            mark = bisect_left(marks, end, stop)
            stop = bisect_left(forms, start, form)
            for i in forms[form:stop]:
                normal[i + shift] = self.normal[i]
            form = bisect_left(forms, end, stop)
            size += start - old
            if mention is not None:
                mentions[size] = mention
            size += 1
            old = end
        for start, end, _, _ in reversed(found):
            del self.firsts[start + 1 : end]
            del self.lasts[start : end - 1]
        self.codes, self.mentions, self.normal = "".join(codes), mentions, normal
