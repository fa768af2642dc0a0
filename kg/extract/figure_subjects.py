"""Whom a figure is about: whoever its clause begins with, a named owner, or who was spoken of before; often nobody."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

from kg.extract.drafts import Candidate, Known, Literal, Words
from kg.extract.entities import Entities
from kg.extract.figure_named import ShortForms, place_of
from kg.model import Span
from kg.text.annotate import Annotated
from kg.text.tape import Mention, Tape

if TYPE_CHECKING:
    from kg.extract.figure_context import Context
    from kg.extract.figure_numbers import Figure

_ACTORS = ("Place", "Organization", "Person", "Pronoun", "Event", "Initiative")
_GROUP = 5  # items before a place that may make it the name of a group
_LIST = 6  # members of a coordinated list of subjects
_ELECTED = 8  # items behind the number of those elected within which their body is named
_OWNER = 6  # items behind a number within which its owner is named
_NAMED = ("Place", "Organization", "Number", "Period")
_GROUPED = 4  # words from which on the name of a group tells it from others
_THING = 10  # items that the name of a thing may have
_CREDIT = 6  # items behind a word for photographs within which agencies are named
_ATTENDED = 3  # items before a number within which a word of attending is about it
_DOER = 12  # items behind a number within which who did it is named
_LATE = 12  # items of a clause that may stand before its subject


# Somebody whom the text names and no recogniser knows: neither he nor anybody else is the subject.
_UNKNOWN = Literal("")


class Subjects:
    """Finds the subjects of one article's figures.

    Args:
        words: classes of words.
        article: the article, its tape folded.
        entities: its entities.
        home: the article's province, where it has one.
    """

    def __init__(self, words: Context, article: Annotated, entities: Entities, home: Candidate | None) -> None:
        self.words = words
        self.entities = entities
        self.home = home
        self.tape: Tape = article.tape
        self.brackets = [m.span() for m in words.brackets.finditer(self.tape.codes)]
        self.short = ShortForms(words, article, entities, home)
        paper = article.layout.publisher
        starts = self.tape.tokens.starts
        at = bisect.bisect_left(starts, paper.start) if paper is not None else -1
        self.items = sorted(
            [i for i, m in self.tape.mentions.items() if m.kind in _ACTORS and not m.first <= at < m.last]
        )
        self._at = 0  # the item of the figure that is looked at
        self._owners = sorted({*self.items, *self.short.acronyms})

    def find(self, plain: Tape, figure: Figure, before: list[Figure]) -> list[Candidate]:
        """The subjects of a figure, each once; as `_find`."""
        found: dict[object, Candidate] = {}
        for candidate in self._find(plain, figure, before):
            node = self.entities.entity(candidate)
            found.setdefault(node.id if node is not None else candidate if not isinstance(candidate, Mention) else id(candidate), candidate)
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
        if figure.counted and start > first:
            if (special := self._counted(first, start, at)) is not None:
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

    # counts with a subject of their own

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

    # the clause

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
            self._silent(self.tape.mentions[i], False) for i in range(opened, at) if self._is(i, ("Place", "Organization"))
        )
        weak: list[Candidate] = []
        # What a figure measures is not whom it is about.
        taken = bisect.bisect_left(self.tape.firsts, self.plain.firsts[figure.named[0]]) if figure.named[0] < figure.item else at
        since = bisect.bisect_left(self.tape.firsts, before[-1].offset) + 1 if before and before[-1].sentence == figure.sentence else low
        for begin in (semicolon, low) if semicolon > low else (low,):
            found, loose = self._clause(begin, at, figure.counted, taken, since)
            if found:
                return found
            weak = weak or loose
        if national:
            return []
        if weak:
            return [c for c in weak if c is not _UNKNOWN]
        if self.home is not None and any(
            codes[i] in words.local and (i == semicolon or codes[i - 1] not in words.graded) for i in range(semicolon, at)
        ):
            return [self.home]
        if (owner := self._behind(at)) is not None:
            return [owner]
        if figure.counted and not words.draw.isdisjoint(codes[max(first, at - _ATTENDED) : at]):
            event = self._last(("Event",), 0, at)
            return [event] if event is not None else []
        paragraph = codes.rfind("\n", 0, at) + 1
        teller = self._teller(first, low) if low > first else None
        if teller is not None and codes[first] in words.source and (not before or before[-1].sentence != figure.sentence):
            return [teller]
        if before and before[-1].offset >= self.tape.firsts[paragraph]:
            told = before[-1].sentence == figure.sentence
            again = told and figure.counted and before[-1].counted
            carried = [
                s for s in before[-1].subjects if (again or not self._event(s)) and (told or not self._person(s))
            ]
            if carried:
                return carried
        return [teller] if teller is not None else []

    def _clause(self, low: int, high: int, counted: bool, taken: int, since: int) -> tuple[list[Candidate], list[Candidate]]:
        """Who a clause begins with; and who else is named in it, an owner or a place."""
        codes = self.tape.codes
        place: Candidate | None = None
        loose: list[Candidate] = []
        thing: Candidate | None = None
        end = high
        while end > low:
            start = max(codes.rfind(",", low, end) + 1, low)
            head = self._head(start, end)
            if isinstance(head, int):
                mention = self.tape.mentions[head]
                alone = start > low and head == end - 1 and head + 1 < high and codes[head + 1] == ","
                if not alone and not self._silent(mention, counted):
                    return self._listed(head, low, end), []
            elif head is not None:
                return [head], []
            elif thing is None and start >= since:
                thing = self._thing(start, end, taken)
            fresh = max(start, since)
            for i in self._owners[bisect.bisect_left(self._owners, fresh) : bisect.bisect_left(self._owners, end)]:
                if self._bracketed(i) or self._barred(i, start):
                    continue
                if i in self.short.acronyms:
                    loose = loose or [self.short.acronyms[i]]
                elif self.tape.mentions[i].kind == "Event":
                    continue
                elif i > 0 and codes[i - 1] in self.words.place:
                    place = place or (self._mention(i) if codes[i - 1] in self.words.located else None)
                elif not loose:
                    loose = self._listed(i, low, end)
            if not loose:
                loose = self._owned(start, end)
            end = start - 1
        return [], ([thing] if thing is not None else loose) or ([place] if place is not None else [])

    def _owned(self, low: int, high: int) -> list[Candidate]:
        """What "của công ty", "cho huyện" stand for."""
        for i in range(low, high - 1):
            if self.tape.codes[i] in self.words.whose and (found := self.short.at(i + 1, strict=False)) is not None:
                return [found]
        return []

    def _barred(self, item: int, start: int) -> bool:
        """True for a name that belongs to a post, or is no actor of its own."""
        mention = self.tape.mentions.get(item)
        if mention is None or mention.kind == "Person":
            return False
        codes, words = self.tape.codes, self.words
        if (item > start and codes[item - 1] in words.post) or self._silent(mention, False):
            return True
        return not words.photo.isdisjoint(codes[max(start, item - _CREDIT) : item])

    def _silent(self, mention: Mention, counted: bool) -> bool:
        """The country and its government own figures that are about nobody in particular."""
        tape = self.tape
        node, token = self.words.root, mention.first
        found = None
        while token < mention.last and (step := node.get(tape.tokens.words[token].key)) is not None:
            node, token = step, token + 1
            found = node.entry
        return not counted and token == mention.last and found is not None and found.capital in self.words.state

    def _head(self, low: int, high: int) -> int | Candidate | None:
        """The item of the name that a clause begins with, or what its noun stands for."""
        codes, words, mentions = self.tape.codes, self.words, self.tape.mentions
        i = low
        stop = min(high, low + _LATE)
        while i < stop:
            mention = mentions.get(i)
            if mention is not None and mention.kind in ("Date", "Period"):
                i += 1
            elif codes[i] in words.place and i + 1 < stop and (i + 1 in mentions or codes[i + 1] in words.unit):
                if (body := self._session(i + 1)) is not None:
                    return body
                i += 2  # where
            elif mention is not None and mention.kind == "Post":
                person = next((k for k in range(i + 1, min(i + 4, high)) if self._is(k, ("Person",))), None)
                return person
            elif mention is None and codes[i] in words.timed and self._is(i + 1, ("Date", "Period")):
                i += 2
            elif mention is None and codes[i] in words.prelude:
                i += 1
            else:
                break
        if i >= stop:
            return None
        if (mention := mentions.get(i)) is not None:
            if i not in self.items or self._bracketed(i):
                return None
            acts = i + 1 < len(codes) and codes[i + 1] in words.acts
            return i if mention.kind != "Event" or acts else None
        if codes[i] in words.people:
            for k in range(i + 1, min(i + 1 + _GROUP, high)):
                if self._is(k, ("Place", "Organization")) and all(c in words.plain for c in codes[i:k]):
                    return Words(self.tape.span(i, k + 1), "Group")
        return self.short.at(i)

    def _thing(self, low: int, high: int, taken: int) -> Candidate | None:
        """A thing or group that no recogniser knows but that the text names: "tàu Hải Âu có …", "các hộ nuôi tôm đã …"."""
        codes, words, mentions = self.tape.codes, self.words, self.tape.mentions
        i = low
        while i < high and i not in mentions and codes[i] in words.prelude:
            i += 1
        stop, end = min(high, i + _THING, taken), i
        if i >= stop or codes[i] in words.heads or codes[i] in words.place or codes[i] in words.predicate:
            return None
        grouped, named = codes[i] in words.groups, codes[i] in words.works
        while end < stop and codes[end] not in words.predicate and codes[end] not in "(,–-":
            mention = mentions.get(end)
            if mention is not None and mention.kind not in _NAMED or codes[end] in words.relation:
                return None
            named = named or (end > i and (mention is not None or self.tape.tokens.words[self.tape.firsts[end]].upper))
            end += 1
        ended = end < len(codes) and (codes[end] in words.predicate or codes[end] == "(")
        first, last = self.tape.firsts[i], self.tape.lasts[end - 1]
        size = last - first
        if size > 1 and all(w.upper for w in self.tape.tokens.words[first : first + 2]) and not (grouped or codes[i] in words.works):
            return _UNKNOWN
        if not ended or not (size >= _GROUPED if grouped else named and size > 1):
            return None
        return Words(self.tape.span(i, end), "Group" if grouped else "Initiative")

    def _session(self, item: int) -> Candidate | None:
        """In "Tại kỳ họp thứ 2, HĐND huyện A đã …" the body ends the name of its session and begins the clause."""
        mention, codes = self.tape.mentions.get(item), self.tape.codes
        if mention is None or mention.kind != "Event" or item + 1 >= len(codes) or codes[item + 1] not in self.words.acts:
            return None
        return next((m for m in mention.parts.get("children", ()) if m.kind == "Organization"), None)

    def _is(self, item: int, kinds: tuple[str, ...]) -> bool:
        mention = self.tape.mentions.get(item)
        return mention is not None and mention.kind in kinds

    def _listed(self, item: int, low: int, high: int) -> list[Candidate]:
        """A name with those that it is listed with."""
        codes, mentions = self.tape.codes, self.tape.mentions
        kind = mentions[item].kind
        out: list[Candidate] = [self._mention(item)]
        i = item
        while (
            i - 2 >= low
            and codes[i - 1] == ","
            and (i - 3 < low or codes[i - 3] not in self.words.post)
            and i - 2 in mentions
            and mentions[i - 2].kind == kind
            and len(out) < _LIST
        ):
            i -= 2
            out.insert(0, self._mention(i))
        i = item
        while i + 2 < high and codes[i + 1] in self.words.joint and i + 2 in mentions and mentions[i + 2].kind == kind:
            i += 2
            out.append(self._mention(i))
            if len(out) >= _LIST:
                break
        return out

    # beyond the clause

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
            return place_of(mention) or mention
        return None

    def _person(self, candidate: Candidate) -> bool:
        return isinstance(candidate, Mention) and candidate.kind in ("Person", "Pronoun")

    def _event(self, candidate: Candidate) -> bool:
        node = self.entities.nodes.get(candidate.id) if isinstance(candidate, Known) else None
        return (isinstance(candidate, Mention) and candidate.kind == "Event") or (node is not None and node.type == "Event")

    def _last(self, kinds: tuple[str, ...], low: int, high: int) -> Mention | None:
        """The last mention of a kind between two items, brackets left out."""
        for k in range(bisect.bisect_left(self.items, high) - 1, -1, -1):
            i = self.items[k]
            if i < low:
                return None
            mention = self.tape.mentions[i]
            if mention.kind in kinds and not self._bracketed(i) and self.entities.entity(mention) is not None:
                return self._mention(i)
        return None

    def _mention(self, item: int) -> Mention:
        mention = self.tape.mentions[item]
        found: Mention = mention.parts.get("of", mention)
        return found

    def _bracketed(self, item: int) -> bool:
        at = bisect.bisect_right(self.brackets, (item, 1 << 30)) - 1
        return at >= 0 and self.brackets[at][0] < item < self.brackets[at][1] - 1 <= self._at
