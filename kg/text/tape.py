"""The tape: an article as one string with a character for each item, and what stands behind each item.

Grammars are regular expressions over the string; a match is folded into one item of a new kind, and the next grammar
sees that item. Line breaks are "\\n", borders of sentences "\\v"; no class holds them, so no grammar crosses them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kg.model import Span
from kg.text.tokens import Tokens


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
        a, b = self.span(start, end)
        return self.text[a:b]

    def mention_span(self, mention: Mention) -> Span:
        """Where a mention stands."""
        return self.token_span(mention.first, mention.last)

    def mention_text(self, mention: Mention) -> str:
        """The words of a mention."""
        a, b = self.token_span(mention.first, mention.last)
        return self.text[a:b]

    def fold(self, pattern: re.Pattern[str], make: Callable[[Tape, re.Match[str]], tuple[str, Mention] | None]) -> bool:
        """Folds every match of `pattern` for which `make` returns a code and a mention into one item.

        A match folds the items of its group "m", or the whole match where it has no such group.

        Returns:
            True where anything was folded.
        """
        whole = "m" not in pattern.groupindex
        found: list[tuple[int, int, str, Mention]] = []
        at = 0
        while True:
            match = pattern.search(self.codes, at)
            if match is None:
                break
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
        if not found:
            return False
        codes, firsts, lasts = [], [], []
        mentions: dict[int, Mention] = {}
        normal: dict[int, str] = {}
        moved: list[tuple[int, int, int]] = []  # (old start, old end, shift) of what stays
        old = size = 0
        for start, end, code, mention in found:
            codes.append(self.codes[old:start])
            codes.append(code)
            firsts += self.firsts[old:start]
            lasts += self.lasts[old:start]
            moved.append((old, start, size - old))
            size += start - old
            mentions[size] = mention
            firsts.append(self.firsts[start])
            lasts.append(self.lasts[end - 1])
            size += 1
            old = end
        codes.append(self.codes[old:])
        firsts += self.firsts[old:]
        lasts += self.lasts[old:]
        moved.append((old, len(self.codes), size - old))
        for table, target in ((self.mentions, mentions), (self.normal, normal)):
            k = 0
            for index in sorted(table):
                while k < len(moved) and index >= moved[k][1]:
                    k += 1
                if k < len(moved) and index >= moved[k][0]:
                    target[index + moved[k][2]] = table[index]  # type: ignore[assignment]
        self.codes, self.firsts, self.lasts = "".join(codes), firsts, lasts
        self.mentions, self.normal = mentions, normal
        return True
