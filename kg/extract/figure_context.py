"""Whom a figure is about, for which time, and whether it is a plan."""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING

from kg.extract.drafts import Candidate, Known, Literal, Words
from kg.extract.entities import Entities
from kg.model import Span
from kg.text.annotate import Annotated
from kg.text.lexicon import Lexicon
from kg.text.tape import Mention, Tape

if TYPE_CHECKING:
    from kg.extract.figure_numbers import Figure

_ACTORS = ("Place", "Organization", "Person", "Pronoun", "Event", "Initiative")
_COVERING = ("Document", "Event", "Initiative", "Award", "Organization")
_BEHIND = 5  # items behind a figure that may state its time
_PLAN = 30  # items before a figure among which a word of planning counts
_GROUP = 5  # items before a place that may make it the name of a group
_LIST = 6  # members of a coordinated list of subjects


class Context:
    """The words that tell context, compiled once."""

    def __init__(self, lexicon: Lexicon) -> None:
        def chars(names: str) -> frozenset[str]:
            return frozenset("".join(lexicon.chars(n) for n in names.split("|") if lexicon.has(n)))

        self.period = chars("Period|statistic:span")
        self.plan = chars("statistic:plan")
        self.speech = chars("speech|requests")
        self.place = chars("at|to|statistic:locative")
        self.post = chars("Post")
        self.level = chars("statistic:local")
        self.vote = chars("statistic:vote")
        self.attend = chars("statistic:attend")
        self.term = chars("statistic:tenure")
        self.school = chars("statistic:school")
        self.source = chars("statistic:source")
        self.has = chars("statistic:has") - chars("is")
        self.people = chars("statistic:people")
        self.plain = (chars("w") | self.people) - chars(
            "statistic:link|statistic:opener|statistic:closer|at|to|by|conj"
        )
        self.money = chars("units.money")
        self.joint = chars("and|,")
        self.done = chars("statistic:achieved")
        self.brackets = re.compile(r"\([^()\n\v]*\)?")

    def planned(self, plain: Tape, item: int) -> bool:
        """True where a word of planning stands before an item in its clause, and nothing says that it is done."""
        codes = plain.codes
        for i in range(item - 1, max(-1, item - 1 - _PLAN), -1):
            code = codes[i]
            if code in "\n\v;" or code in self.done or code in self.speech:
                return False
            if code in self.plan:
                return True
        return False


class Surroundings:
    """What stands around the figures of one article.

    Args:
        words: the classes of words to look for.
        article: the article, its tape folded.
        entities: its entities.
    """

    def __init__(self, words: Context, article: Annotated, entities: Entities) -> None:
        self.words = words
        self.article = article
        self.tape = tape = article.tape
        self.brackets = [m.span() for m in words.brackets.finditer(tape.codes)]
        paper = article.layout.publisher
        at = bisect.bisect_left(tape.tokens.starts, paper.start) if paper is not None else -1
        self.items = sorted(i for i, m in tape.mentions.items() if m.kind in _ACTORS and not m.first <= at < m.last)
        self.covered = sorted((m.first, m.last) for m in tape.mentions.values() if m.kind in _COVERING)
        self.home: Candidate | None = None
        if entities.province is not None:
            name = entities.province[0]
            node = next((n for n in entities.nodes.values() if n.type == "Place" and name in (n.name, *n.forms)), None)
            self.home = Known(node.id) if node is not None else None

    def read(self, plain: Tape, figure: Figure, before: list[Figure]) -> None:
        """Fills subject, period and status of a figure.

        Args:
            plain: the tape on which the figure was found.
            figure: the figure.
            before: the article's figures before it, in order.
        """
        tape = self.tape
        at = bisect.bisect_right(tape.firsts, plain.firsts[figure.item]) - 1
        codes = tape.codes
        first = max(codes.rfind("\n", 0, at), codes.rfind("\v", 0, at)) + 1
        figure.subjects = self._subjects(plain, figure, first, at, before)
        figure.period = self._period(plain, figure, before)
        if self.words.planned(plain, figure.start):
            figure.status = "planned"

    # subjects

    def _subjects(self, plain: Tape, figure: Figure, first: int, at: int, before: list[Figure]) -> list[Candidate]:
        codes, words = self.tape.codes, self.words
        near = before[-1] if before and before[-1].sentence == figure.sentence else None
        low = first
        for i in range(at - 1, first - 1, -1):
            if codes[i] in words.speech or (i == first and codes[i] in words.source):
                # "X cho biết, …", "Theo X, …": who speaks is not whom the figures are about
                comma = codes.find(",", i, at) if codes[i] in words.source else -1
                low = comma + 1 if comma >= 0 else i + 1
                break
        if not words.vote.isdisjoint(codes[max(first, at - 2) : at + 3]):
            person = self._last(("Person", "Pronoun"), codes.rfind("\n", 0, at) + 1, at)
            return [person] if person is not None else list(near.subjects) if near else []
        if not words.attend.isdisjoint(codes[first:at]) and figure.counted:
            event = self._last(("Event",), 0, at)
            if event is not None:
                return [event]
        if figure.rule.take == "before" and figure.comparator in ("le", "ge"):
            return self._clause(max(low, codes.rfind(",", low, at) + 1), at)  # a rule is about whom it names
        if near is not None and near.counted and (group := self._group(plain, near, figure)) is not None:
            return [group]
        segment = max(codes.rfind(";", low, at) + 1, low)
        for start in (segment, low) if segment > low else (low,):
            found = self._clause(start, at)
            if found:
                return found
        local = next((i for i in range(at - 1, low - 1, -1) if codes[i] in words.level), None)
        if local is not None and self.home is not None:
            return [self.home]
        paragraph = codes.rfind("\n", 0, at) + 1
        if before and before[-1].subjects and before[-1].offset >= self.tape.firsts[paragraph]:
            carried = [s for s in before[-1].subjects if not (isinstance(s, Mention) and s.kind == "Event")]
            if carried:
                return carried
        previous = self._last(("Place", "Organization"), paragraph, first)
        if previous is not None:
            return [previous]
        return [self.home] if self.home is not None else []

    def _group(self, plain: Tape, owner: Figure, figure: Figure) -> Candidate | None:
        """In "12 xã có 40 trường" the first number counts whom the second is about."""
        if figure.start < 1 or plain.codes[figure.start - 1] not in self.words.has:
            return None
        end = max(owner.end, owner.named[1])
        if end < figure.start - 1 or owner.unit_span is None:
            return None
        return Words(Span(owner.value_span.start, owner.unit_span.end), "Group")

    def _last(self, kinds: tuple[str, ...], low: int, high: int) -> Mention | None:
        """The last mention of a kind between two items, brackets left out."""
        for k in range(bisect.bisect_left(self.items, high) - 1, -1, -1):
            i = self.items[k]
            if i < low:
                return None
            if self.tape.mentions[i].kind in kinds and not self._bracketed(i):
                return self._mention(i)
        return None

    def _clause(self, low: int, high: int) -> list[Candidate]:
        """Who the clause nearest to item `high` is about: its first name, else a place where."""
        codes = self.tape.codes
        place: Mention | None = None
        end = high
        while end > low:
            start = max(codes.rfind(",", low, end) + 1, low)
            for i in self.items[bisect.bisect_left(self.items, start) : bisect.bisect_left(self.items, end)]:
                if self._bracketed(i) or (
                    codes[i - 1] in self.words.post and i > start and self.tape.mentions[i].kind != "Person"
                ):
                    continue
                if i > 0 and codes[i - 1] in self.words.place:
                    place = place or self._mention(i)
                    continue
                if start < i <= start + _GROUP and codes[start] in self.words.people and not self._joined(start, i):
                    return [Words(self.tape.span(start, i + 1), "Group")]
                return self._listed(i, low, end)
            end = start - 1
        return [place] if place is not None else []

    def _joined(self, start: int, item: int) -> bool:
        """True where anything but plain words stands between two items: no name of a group."""
        return any(c not in self.words.plain for c in self.tape.codes[start:item])

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

    def _mention(self, item: int) -> Mention:
        mention = self.tape.mentions[item]
        found: Mention = mention.parts.get("of", mention)
        return found

    def _bracketed(self, item: int) -> bool:
        at = bisect.bisect_right(self.brackets, (item, 1 << 30)) - 1
        return at >= 0 and self.brackets[at][0] < item < self.brackets[at][1] - 1

    # time

    def _period(self, plain: Tape, figure: Figure, before: list[Figure]) -> Candidate | None:
        codes = plain.codes
        if figure.rule.take == "before" and figure.comparator in ("le", "ge"):
            return None
        first = max(codes.rfind("\n", 0, figure.item), codes.rfind("\v", 0, figure.item)) + 1
        for i in range(figure.end, min(figure.end + _BEHIND, len(codes))):
            if codes[i] in "\n\v,;.)" or (codes[i] == "(" and i > figure.end):
                break
            if codes[i] in self.words.period and (found := self._time(plain, i)) is not None:
                return found
        for i in range(figure.item - 1, first - 1, -1):
            if codes[i] in self.words.period and (found := self._time(plain, i)) is not None:
                return found
        last = before[-1] if before else None
        if last is None or figure.counted or last.counted or "\n" in codes[last.item : figure.item]:
            return None
        if figure.unit == "%" or codes[figure.end - 1] in self.words.money:
            return last.period  # a report's figures share its time; lengths and areas have none
        return None

    def _time(self, plain: Tape, i: int) -> Candidate | None:
        """A period that stands for itself: not in a name, not a term of office."""
        token = plain.firsts[i]
        at = bisect.bisect_right(self.covered, (token, 1 << 30)) - 1
        if at >= 0 and self.covered[at][1] > token:
            return None
        codes, words = plain.codes, self.words
        mention = plain.mentions.get(i)
        if codes[i] in words.term or (i and codes[i - 1] in words.term):
            return None
        if mention is None:
            return Literal(plain.words(i, i + 1), plain.span(i, i + 1))
        if plain.tokens.words[token].key in ("nhiệm", "khóa", "khoá"):
            return None
        if i and codes[i - 1] in words.school:
            return Literal(plain.words(i - 1, i + 1), plain.span(i - 1, i + 1))
        return mention
