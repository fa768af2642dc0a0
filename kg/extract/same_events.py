"""Which names of events in one article are one event, and which event a bare "hội nghị", "buổi lễ" stands for.

Names are one where one holds all words of the other and nothing tells them apart: number, year, or the body that
meets. A bare head stands for an event of the same head, else of the same type; where the article names none, a bare
head that has a day is an event of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.keys import body_key, name_key
from kg.text.annotate import Annotated
from kg.text.normal import tone_key
from kg.text.tape import Mention

if TYPE_CHECKING:
    from kg.extract.entities import Node

_COUNT = r"(\d+|[ivx]+|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)\b"
_NUMBER = re.compile(rf"\b(?:thứ|lần|lần thứ) {_COUNT}|^(\d{{1,2}})\b")
_TERM = re.compile(rf"\b(?:khóa|khoá) (?:thứ )?{_COUNT}")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
# Counters before the head, and words that a second naming leaves out.
_COUNTERS = ("buổi ", "cuộc ", "chuyến ", "đợt ")
_SMALL = frozenset("thứ lần năm khóa khoá của về các tỉnh thành phố".split())
# One meeting is called by words of several types.
_ALIKE = (frozenset(("ceremony", "launch", "festival")), frozenset(("conference", "session", "meeting", "congress")))
_BRACKET = 2  # characters between a name and its other name in brackets
_WITHIN = 2  # sentences back in which the last event named is the one meant
_LEADING = 5  # sentences of the lead and the beginning, in which a bare head may be an event of its own


@dataclass(frozen=True, slots=True)
class _Name:
    head: str
    type: str
    words: tuple[str, ...]
    numbers: frozenset[str]
    terms: frozenset[str]
    years: frozenset[str]
    bodies: tuple[str, ...]


def head_key(head: str) -> str:
    """The head of an event's name without its counter.

    >>> head_key("buổi họp báo") == head_key("Họp báo"), head_key("cuộc họp")
    (True, 'họp')
    """
    key = tone_key(head)
    for counter in _COUNTERS:
        if key.startswith(counter):
            return key[len(counter) :]
    return key


class SameEvents:
    """The names of one article's events.

    Args:
        article: the article.
    """

    def __init__(self, article: Annotated) -> None:
        self.article = article
        self.tape = article.tape
        self._names: dict[str, list[_Name]] = {}
        self._spoken = [k for k, part in enumerate(article.parts) if part in ("lead", "body")][:_LEADING]

    def _name(self, mention: Mention, text: str) -> _Name:
        head = head_key(mention.parts["head"])
        key = name_key(text)
        for counter in _COUNTERS:
            key = key.removeprefix(counter)
        bodies = tuple(
            body_key(child.parts.get("normal") or self.tape.mention_text(child))
            for child in mention.parts.get("children", ())
            if child.kind == "Organization"
        )
        rest = key.removeprefix(head).split()
        return _Name(
            head,
            mention.parts["type"],
            tuple(w for w in rest if w not in _SMALL),
            frozenset(m[1] or m[2] for m in _NUMBER.finditer(" ".join(rest))),
            frozenset(m[1] for m in _TERM.finditer(key)),
            frozenset(_YEAR.findall(key)),
            bodies,
        )

    def find(self, mention: Mention, text: str, nodes: Iterable[Node]) -> Node | None:
        """The node that a full name names already."""
        name = self._name(mention, text)
        start = self.tape.mention_span(mention).start
        bracketed = self.tape.text[max(0, start - 1) : start] == "("
        for node in nodes:
            if node.type != "Event":
                continue
            known = self._names.get(node.id, [])
            if any(_same(name, other) for other in known):
                return node
            # "kỳ họp bất thường (kỳ họp thứ 12)": said once more in brackets.
            if (
                bracketed
                and any(0 < start - s.end <= _BRACKET for s in node.spans)
                and known
                and known[0].head == name.head
            ):
                return node
        return None

    def add(self, mention: Mention, text: str, node: Node) -> None:
        """Keeps one more name of a node."""
        self._names.setdefault(node.id, []).append(self._name(mention, text))

    def stands_for(self, mention: Mention, nodes: Iterable[Node]) -> Node | None:
        """The event that a bare head stands for; None where the article leaves it open."""
        events = [n for n in nodes if n.type == "Event" and n.spans and n.id in self._names]
        # Captions name the event once more, in words of their own.
        events = [n for n in events if any(self._told(s.start) for s in n.spans)] or events
        head, type_ = head_key(mention.parts["head"]), mention.parts["type"]
        span = self.tape.mention_span(mention)
        # "phiên bế mạc kỳ họp thứ 4": a part of what is named right behind it.
        for node in events:
            if any(0 <= s.start - span.end <= 1 for s in node.spans):
                return node
        alike = next((group for group in _ALIKE if type_ in group), frozenset((type_,)))
        for fits in (
            [n for n in events if any(x.head == head or x.head.startswith(head + " ") for x in self._names[n.id])],
            [n for n in events if any(x.type == type_ for x in self._names[n.id])],
            [n for n in events if any(x.type in alike for x in self._names[n.id])],
        ):
            before = [n for n in fits if n.spans[0].start <= span.start]
            if before:
                return self._meant(span.start, before)
            if len(fits) == 1:
                return fits[0]
        return None

    def _told(self, at: int) -> bool:
        return self.article.parts[self.article.sentence_at(at)] != "caption"

    def _meant(self, at: int, nodes: list[Node]) -> Node:
        """The last one named where that was just now; else the one that the article is about."""
        last = {n.id: max(s.start for s in n.spans if s.start <= at) for n in nodes}
        nearest = max(nodes, key=lambda n: last[n.id])
        here = self.article.sentence_at(at)
        back = self.article.sentence_at(last[nearest.id])
        if here - back <= _WITHIN and "\n" not in self.tape.text[last[nearest.id] : at]:
            return nearest
        # The one that the article names most is the one it is about.
        return min(nodes, key=lambda n: (-len(n.spans), n.spans[0].start))

    def alone(self, mention: Mention) -> bool:
        """True where a bare head is an event by itself: the article's beginning tells of it with its day."""
        k = self.article.sentence_at(self.tape.mention_span(mention).start)
        if k not in self._spoken:
            return False
        start, end = self.article.items[k]
        return any(i in self.tape.mentions and self.tape.mentions[i].kind == "Date" for i in range(start, end))


def _same(a: _Name, b: _Name) -> bool:
    if not (a.head == b.head or a.head.startswith(b.head + " ") or b.head.startswith(a.head + " ")):
        return False
    if any(x and y and x.isdisjoint(y) for x, y in ((a.numbers, b.numbers), (a.terms, b.terms), (a.years, b.years))):
        return False
    if a.bodies and b.bodies and not any(x.startswith(y) or y.startswith(x) for x in a.bodies for y in b.bodies):
        return False
    if not a.words or not b.words:
        return a.words == b.words and a.head == b.head
    short, long = sorted((a.words, b.words), key=len)
    if short == long[: len(short)] or a.numbers & b.numbers:
        return True
    return len(short) > 1 and set(short) <= set(long)
