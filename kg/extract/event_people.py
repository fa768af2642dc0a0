"""Who was there: rolls of those who attend an event, read over the list's whole length.

"Tham dự hội nghị có các đồng chí: A, Bí thư …; B, …; đại diện lãnh đạo các sở, ban, ngành." A roll holds persons,
bodies and groups without names; what stands in brackets and after dashes tells of the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.drafts import Candidate, Draft, Words
from kg.extract.engine import Engine
from kg.model import Span
from kg.text.annotate import Annotated
from kg.text.tape import Mention, Tape

_GENERAL = ("bare", "only")
_MOST_GROUP = 14  # items of a group's description


@dataclass(slots=True)
class Roll:
    """A list of participants; `event` is None where its sentence names none."""

    event: Mention | None
    people: list[Candidate]
    evidence: Span
    sentence: int

    def draft(self, event: Candidate) -> Draft:
        """The fact that they took part in `event`."""
        return Draft(
            "event", "event.roll", {"event": [event], "participant": self.people}, self.evidence, self.sentence
        )


class Rolls:
    """Compiled cues and word classes; keeps no state between articles.

    Args:
        engine: the rules; words are those of the event rules.
    """

    def __init__(self, engine: Engine) -> None:
        lexicon = engine.book.lexicon

        def of(*names: str) -> frozenset[str]:
            return frozenset("".join(lexicon.chars(n) for n in names if lexicon.has(n)))

        self._cue = lexicon.regex(
            r"<event:presence>"
            r"|<event:present>(?:<Event>|<^;|.|Person|speech|event:there>){0,6}?(?:<event:there>:?|:)"
            r"|<event:attend><Event><at>?<Place|Organization>?<event:there>:?"
            r"|<event:attending>:?"
        )
        self._side = lexicon.regex(r"<event:side><^;|.|Person>{1,6}<event:there>:?")
        self._start = of("event:presence", "event:present", "event:attend", "event:attending")
        self._sides = of("event:side")
        self._between = of("and") | frozenset(",;:")
        self._plural = of("plural", "event:attendees", "gt", "approx")
        self._people = of("event:attendees", "posts.generic")
        self._units = of("event:units")
        self._members = of("event:there")
        self._number = of("Number")
        self._stop = of(
            "speech", "requests", "done", "future", "passive", "neg", "Event", "event:hold", "award:give"
        ) - of("is")

    def find(self, article: Annotated) -> Iterator[Roll]:
        """The rolls of an article."""
        codes = article.tape.codes
        if self._start.isdisjoint(codes):
            return
        called = -2  # the sentence of the last roll
        for k, ((first, last), part) in enumerate(zip(article.items, article.parts, strict=True)):
            if part not in ("lead", "body", "caption"):
                continue
            inside = codes[first:last]
            cue = None
            if not self._start.isdisjoint(inside):
                cue = self._cue.search(codes, first, last)
            if cue is None and called == k - 1 and not self._sides.isdisjoint(inside):
                cue = self._side.search(codes, first, last)
            if cue is None:
                continue
            people, end = self._read(article.tape, cue.end(), last)
            if people:
                called = k
                yield Roll(self._event(article.tape, first, cue), people, article.tape.span(cue.start(), end), k)

    def _event(self, tape: Tape, first: int, cue: re.Match[str]) -> Mention | None:
        """The event that the cue itself names, else the first one named before it, a full name before a bare head."""
        found = [i for i in range(first, cue.end()) if i in tape.mentions and tape.mentions[i].kind == "Event"]
        found = [i for i in found if i >= cue.start()] or found
        found.sort(key=lambda i: bool(tape.mentions[i].parts["bare"]))
        return tape.mentions[found[0]] if found else None

    def _read(self, tape: Tape, i: int, last: int) -> tuple[list[Candidate], int]:
        """Those named from item `i` on, and the item behind the last of them."""
        people: list[Candidate] = []
        end, fresh = i, True
        while i < last:
            code, mention = tape.codes[i], tape.mentions.get(i)
            if code in self._between:
                fresh = True
            elif code in self._members:
                # "ba ủy viên, gồm các ông: …": the members stand for the group.
                if people and isinstance(people[-1], Words):
                    people.pop()
                fresh = True
            elif code == "(":
                close = tape.codes.find(")", i, last)
                if close < 0:
                    break
                i = close
            elif mention is not None and mention.kind == "Person":
                people += _persons(mention)
                end, fresh = i + 1, False
            elif mention is not None and mention.kind == "Organization" and fresh:
                if mention.parts.get("form") not in _GENERAL:  # "lãnh đạo Đảng, Nhà nước"
                    people.append(mention.parts.get("of", mention))
                end, fresh = i + 1, False
            elif code in self._stop:
                break
            elif fresh and (code in self._plural or code in self._people or code in self._number or _generic(mention)):
                stop = self._group(tape, i, last)
                if stop == i:
                    i += 1  # "đại diện lãnh đạo Vụ A": the body is named
                    continue
                people.append(Words(tape.span(i, stop), "Group"))
                end, fresh = stop, False
                i = stop
                continue
            elif mention is not None:
                fresh = False
            i += 1
        return people, end

    def _group(self, tape: Tape, start: int, last: int) -> int:
        """The item behind a group's description; `start` where the words only lead to a named person or body."""
        codes = tape.codes
        i, named = start, False
        while i < last and i - start < _MOST_GROUP:
            mention = tape.mentions.get(i)
            if mention is not None and mention.kind in ("Person", "Organization") and not named:
                return start
            if codes[i] in ";:(–-.!?…" or codes[i] in self._stop or codes[i] in self._members:
                break
            if codes[i] in self._between and not (i + 1 < last and codes[i + 1] in self._units):
                break
            named = named or (codes[i] not in self._plural and not (i == start and _generic(mention)))
            i += 1
        return i if named else start


def _generic(mention: Mention | None) -> bool:
    """True for a post that anybody may have: "đại diện", "đại biểu", "cán bộ"."""
    return mention is not None and mention.kind == "Post" and bool(mention.parts.get("generic"))


def _persons(mention: Mention) -> list[Candidate]:
    """A person, or all that share one title: "các Phó Chủ tịch: A, B"."""
    inside = [m for m in mention.parts.get("inside", ()) if m.kind == "Person"]
    if len(inside) > 1:
        return [p for m in inside for p in _persons(m)]
    return [mention.parts.get("of", mention)]
