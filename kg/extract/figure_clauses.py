"""Who a clause is about: whom it begins with, who owns what it names, where it says that something is."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

from kg.extract.drafts import Candidate, Literal, Words
from kg.extract.entities import Entities
from kg.extract.figure_named import ShortForms
from kg.text.annotate import Annotated
from kg.text.tape import Mention, Tape

if TYPE_CHECKING:
    from kg.extract.figure_context import Context

_ACTORS = ("Place", "Organization", "Person", "Pronoun", "Event", "Initiative")
_NAMED = ("Place", "Organization", "Number", "Period")
_GROUP = 5  # items before a place that may make it the name of a group
_GROUPED = 4  # words from which on the name of a group tells it from others
_THING = 10  # items that the name of a thing may have
_LIST = 6  # members of a coordinated list of subjects
_CREDIT = 6  # items behind a word for photographs within which agencies are named
_LATE = 12  # items of a clause that may stand before its subject

# Somebody whom the text names and no recogniser knows: neither he nor anybody else is the subject.
UNKNOWN = Literal("")


class Clauses:
    """Reads the names in the clauses of one article.

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
        self._at = 0  # the item up to which a closed bracket is a remark
        self._owners = sorted({*self.items, *self.short.acronyms})

    def _clause(
        self, low: int, high: int, counted: bool, taken: int, since: int
    ) -> tuple[list[Candidate], list[Candidate]]:
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
                if self._is(i, ("Event",)):
                    continue
                if i in self.tape.mentions and i > 0 and codes[i - 1] in self.words.place:
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
            elif mention is None and codes[i] in words.counted and i + 1 < stop and codes[i + 1] in words.period:
                i += 2  # "ba năm trước"
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
        """A thing or group that no recogniser knows: "tàu Hải Âu có …", "các hộ nuôi tôm đã …"."""
        codes, words, mentions = self.tape.codes, self.words, self.tape.mentions
        i = low
        while i < high and i not in mentions and codes[i] in words.prelude:
            i += 1
        stop, end = min(high, i + _THING, taken), i
        if i >= stop or codes[i] in words.heads or codes[i] in words.place or codes[i] in words.predicate:
            return None
        if codes[i] in words.versus:
            return None  # "so với cùng kỳ 2016 giảm 284 người"
        if codes[i] in words.deeds and codes[i] not in words.works:
            return None  # "kết nối với tuyến A, phục vụ …" is what somebody does
        grouped, named = codes[i] in words.groups, codes[i] in words.works
        while end < stop and codes[end] not in words.predicate and codes[end] not in "(,–-":
            mention = mentions.get(end)
            if mention is not None and mention.kind not in _NAMED:
                return None
            if codes[end] in words.relation and codes[i] not in words.works:
                return None  # the names of undertakings hold places and purposes; of others they end here
            known = mention is not None and mention.kind != "Period"
            named = named or (end > i and (known or self.tape.tokens.words[self.tape.firsts[end]].upper))
            end += 1
        ended = end < len(codes) and (codes[end] in words.predicate or codes[end] == "(")
        first, last = self.tape.firsts[i], self.tape.lasts[end - 1]
        size = last - first
        proper = size > 1 and all(w.upper for w in self.tape.tokens.words[first : first + 2])
        if proper and not grouped and codes[i] not in words.works:
            return UNKNOWN
        if not ended or not (size >= _GROUPED if grouped else named and size > 1):
            return None
        return Words(self.tape.span(i, end), "Group" if grouped else "Initiative")

    def _session(self, item: int) -> Candidate | None:
        """In "Tại kỳ họp thứ 2, HĐND huyện A đã …" the body ends the name of its session and begins the clause."""
        mention, codes = self.tape.mentions.get(item), self.tape.codes
        if (
            mention is None
            or mention.kind != "Event"
            or item + 1 >= len(codes)
            or codes[item + 1] not in self.words.told
        ):
            return None
        return next((m for m in mention.parts.get("children", ()) if m.kind == "Organization"), None)

    def _is(self, item: int, kinds: tuple[str, ...]) -> bool:
        mention = self.tape.mentions.get(item)
        return mention is not None and mention.kind in kinds

    def _listed(self, item: int, low: int, high: int) -> list[Candidate]:
        """A name with those that it is listed with; an acronym stands alone."""
        if item in self.short.acronyms:
            return [self.short.acronyms[item]]
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
