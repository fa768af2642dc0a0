"""Whom a figure is about: whoever its clause begins with, a named owner, or who was spoken of before; often nobody."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

from kg.extract.drafts import Candidate, Known, Words
from kg.extract.figure_clauses import UNKNOWN, Clauses
from kg.extract.figure_named import place_of
from kg.model import Span
from kg.text.tape import Mention, Tape

if TYPE_CHECKING:
    from kg.extract.figure_numbers import Figure

_ELECTED = 8  # items behind the number of those elected within which their body is named
_OWNER = 6  # items behind a number within which its owner is named
_DOER = 12  # items behind a number within which who did it is named
_ATTENDED = 3  # items before a number within which a word of attending is about it


class Subjects(Clauses):
    """Finds the subjects of one article's figures."""

    def find(self, plain: Tape, figure: Figure, before: list[Figure]) -> list[Candidate]:
        """The subjects of a figure, each once; as `_find`."""
        found: dict[object, Candidate] = {}
        for candidate in self._find(plain, figure, before):
            node = self.entities.entity(candidate)
            key = node.id if node is not None else id(candidate) if isinstance(candidate, Mention) else candidate
            found.setdefault(key, candidate)
        return list(found.values())

    def _find(self, plain: Tape, figure: Figure, before: list[Figure]) -> list[Candidate]:
        """The subjects of a figure; none where the text names nobody.

        Args:
            plain: the tape on which the figure was found.
            figure: the figure.
            before: the article's figures before it, in order.
        """
        tape, codes, words = self.tape, self.tape.codes, self.words
        at = bisect.bisect_right(tape.firsts, plain.firsts[figure.item]) - 1
        first = max(codes.rfind("\n", 0, at), codes.rfind("\v", 0, at)) + 1
        near = before[-1] if before and before[-1].sentence == figure.sentence else None
        self._at, self.plain = at, plain
        low = self._low(first, at)
        if not words.vote.isdisjoint(codes[max(first, at - 2) : at + 3]):
            person = self._last(("Person", "Pronoun"), codes.rfind("\n", 0, at) + 1, at)
            return [person] if person is not None else list(near.subjects) if near else []
        if near is not None and near.named == figure.named:
            since = bisect.bisect_right(tape.firsts, plain.firsts[near.end - 1])
            return self._named_in(since, at) or list(near.subjects)
        start = at - (figure.item - figure.start)  # the rule's first item: nothing folded stands between
        if figure.counted and start > first and (special := self._counted(first, start, at)) is not None:
            return special
        if near is not None and near.counted and (group := self._group(plain, near, figure)) is not None:
            return [group]
        if figure.rule.take == "before" and figure.comparator in ("le", "ge"):
            return self._named_in(max(codes.rfind(";", low, at) + 1, low), at)
        return self._spoken_of(figure, first, low, at, before)

    def _low(self, first: int, at: int) -> int:
        """Where what is told begins: behind "X cho biết", "Theo X,"."""
        codes, words = self.tape.codes, self.words
        for i in range(at - 1, first - 1, -1):
            if codes[i] in words.speech or (i == first and codes[i] in words.source):
                comma = codes.find(",", i, at) if codes[i] in words.source else -1
                return comma + 1 if comma >= 0 else i + 1
        return first

    def _counted(self, first: int, start: int, at: int) -> list[Candidate] | None:
        """Those elected, attending or belonging to a body; None where the number counts none of them."""
        codes, words = self.tape.codes, self.words
        if codes[start - 1] in words.elect:
            for i in range(at + 1, min(at + _ELECTED, len(codes))):
                if codes[i] in ",;\n\v":
                    break
                mention = self.tape.mentions.get(i)
                body = mention.parts.get("body") if mention is not None and mention.kind == "Post" else mention
                if body is not None and body.kind == "Organization":
                    body = body.parts.get("of", body)
                    known = self.entities.entity(body) is not None
                    return [body if known else Words(self.tape.mention_span(body), "Organization")]
            return []
        if codes[start - 1] in words.consists and start - 2 >= first and start - 2 in self.tape.mentions:
            return [self._mention(start - 2)] if self.tape.mentions[start - 2].kind == "Organization" else None
        if codes[start - 1] in words.where:
            return []  # "kiểm tra tại 12 đơn vị": they are where, and nobody's
        attended = not words.attend.isdisjoint(codes[max(first, start - _ATTENDED) : start])
        if attended or codes[first] in words.attend:
            event = self._last(("Event",), 0 if attended else first, at)
            return [event] if event is not None else None
        return None

    def _group(self, plain: Tape, owner: Figure, figure: Figure) -> Candidate | None:
        """In "12 xã có 40 trường" the first number counts whom the second is about."""
        if figure.start < 1 or plain.codes[figure.start - 1] not in self.words.has:
            return None
        end = max(owner.end, owner.named[1])
        if end < figure.start - 1 or owner.unit_span is None:
            return None
        return Words(Span(owner.value_span.start, owner.unit_span.end), "Group")

    def _named_in(self, low: int, at: int) -> list[Candidate]:
        """Whom a limit names, if anybody."""
        start = end = at
        while end > low:
            start = max(self.tape.codes.rfind(",", low, end) + 1, low)
            head = self._head(start, end)
            if isinstance(head, int):
                return [] if self._silent(self.tape.mentions[head], False) else self._listed(head, low, at)
            if head is not None:
                return [head]
            end = start - 1
        for i in self._owners[bisect.bisect_left(self._owners, start) : bisect.bisect_left(self._owners, at)]:
            if self.tape.codes[i - 1] in self.words.part and not self._barred(i, low) and not self._bracketed(i):
                return self._listed(i, start, at)
        return []

    def _spoken_of(self, figure: Figure, first: int, low: int, at: int, before: list[Figure]) -> list[Candidate]:
        codes, words = self.tape.codes, self.words
        bracket = codes.rfind("(", low, at)
        if bracket > low and ")" not in codes[bracket:at]:
            if bracket - 1 in self.short.acronyms:
                return [self.short.acronyms[bracket - 1]]
            if bracket - 1 in self._owners and not self._is(bracket - 1, ("Event",)):
                return [self._mention(bracket - 1)]
        semicolon = max(codes.rfind(";", low, at) + 1, low)
        opened = max(codes.rfind(",", semicolon, at) + 1, semicolon)
        national = not words.national.isdisjoint(codes[opened:at]) or any(
            self._silent(self.tape.mentions[i], False)
            for i in range(opened, at)
            if self._is(i, ("Place", "Organization"))
        )
        weak: list[Candidate] = []
        # What a figure measures is not whom it is about.
        named = figure.named[0]
        taken = bisect.bisect_left(self.tape.firsts, self.plain.firsts[named]) if named < figure.item else at
        again = bool(before) and before[-1].sentence == figure.sentence
        since = bisect.bisect_left(self.tape.firsts, before[-1].offset) + 1 if again else low
        for begin in (semicolon, low) if semicolon > low else (low,):
            found, loose = self._clause(begin, at, figure.counted, taken, since)
            if found:
                return found
            weak = weak or loose
        if national:
            return []
        if weak:
            return [c for c in weak if c is not UNKNOWN]
        if self.home is not None and any(
            codes[i] in words.local and (i == semicolon or codes[i - 1] not in words.graded)
            for i in range(semicolon, at)
        ):
            return [self.home]
        if (owner := self._behind(at)) is not None:
            return [owner]
        if figure.counted and not words.draw.isdisjoint(codes[max(first, at - _ATTENDED) : at]):
            event = self._last(("Event",), 0, at)
            return [event] if event is not None else []
        paragraph = codes.rfind("\n", 0, at) + 1
        teller = self._teller(first, low) if low > first else None
        if teller is not None and codes[first] in words.source and not again:
            return [teller]
        if before and before[-1].offset >= self.tape.firsts[paragraph]:
            counts = again and figure.counted and before[-1].counted
            carried = [
                s for s in before[-1].subjects if (counts or not self._event(s)) and (again or not self._person(s))
            ]
            if carried:
                return carried
        return [teller] if teller is not None else []

    def _behind(self, at: int) -> Candidate | None:
        """The owner or place named behind a number: "40 hộ ở thôn A", "lỗ 3 tỷ đồng của công ty B"."""
        codes = self.tape.codes
        for i in range(at + 1, min(at + _DOER, len(codes) - 1)):
            if codes[i] in ",;.\n\v":
                return None
            if (codes[i] in self.words.owns and i < at + _OWNER) or (codes[i] in self.words.by and i > at + 1):
                if i + 1 in self.short.acronyms:
                    return self.short.acronyms[i + 1]
                mention = self.tape.mentions.get(i + 1)
                if mention is None:
                    return self.short.at(i + 1, strict=False) if codes[i + 1] in self.words.unit else None
                fits = mention.kind in ("Place", "Organization") and not self._silent(mention, False)
                return self._mention(i + 1) if fits else None
        return None

    def _teller(self, first: int, low: int) -> Candidate | None:
        """Who tells of himself: a company; of a public body, its place."""
        for i in range(low - 1, first - 1, -1):
            mention = self.tape.mentions.get(i)
            if mention is None or mention.kind not in ("Organization", "Person"):
                continue
            if mention.kind == "Person":
                continue
            if self._silent(mention, False):
                return None
            place = None if self._company(mention) else place_of(mention)
            if place is not None or self.entities.entity(mention) is not None:
                return place or mention
            return Words(self.tape.mention_span(mention), "Organization")
        return None

    def _company(self, mention: Mention) -> bool:
        """True for a body whose name begins as companies' names do: it is no part of a place."""
        words, node = self.tape.tokens.words, self.words.root
        for token in range(mention.first, mention.last):
            step = node.get(words[token].key)
            if step is None:
                return False
            node = step
            if node.entry is not None and node.entry.capital in self.words.company:
                return True
        return False

    def _person(self, candidate: Candidate) -> bool:
        return isinstance(candidate, Mention) and candidate.kind in ("Person", "Pronoun")

    def _event(self, candidate: Candidate) -> bool:
        node = self.entities.nodes.get(candidate.id) if isinstance(candidate, Known) else None
        return (isinstance(candidate, Mention) and candidate.kind == "Event") or (
            node is not None and node.type == "Event"
        )
