"""Whom a figure is about, for which time, and whether it is a plan."""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING

from kg.extract.drafts import Candidate, Known, Literal, Words
from kg.extract.entities import Entities
from kg.extract.figure_subjects import Subjects
from kg.text.annotate import Annotated
from kg.text.lexicon import Lexicon
from kg.text.tape import Mention, Tape

if TYPE_CHECKING:
    from kg.extract.figure_numbers import Figure

_COVERING = ("Document", "Event", "Initiative", "Award", "Organization")
_BEHIND = 5  # items behind a figure that may state its time
_YEAR = 4  # digits
_PLAN = 30  # items before a figure among which a word of planning counts


class Context:
    """The words that tell context, compiled once."""

    def __init__(self, lexicon: Lexicon) -> None:
        def chars(names: str) -> frozenset[str]:
            return frozenset("".join(lexicon.chars(n) for n in names.split("|") if lexicon.has(n)))

        self.period = chars("Period|statistic:span")
        self.date, self.as_of = chars("Date"), chars("statistic:as_of")
        self.day = chars("day")
        self.from_on, self.till_now = chars("statistic:from_on"), chars("statistic:till_now")
        self.plan = chars("statistic:plan")
        self.speech = chars("speech|requests")
        self.place = chars("at|to|statistic:locative")
        self.where = chars("statistic:where")
        self.owns = chars("of|statistic:where")
        self.located = chars("statistic:located")
        self.timed = chars("at|to|statistic:locative|statistic:timed")
        self.post = chars("Post")
        self.often = chars("statistic:often")
        self.turns = chars("statistic:turns")
        self.versus = chars("statistic:versus")
        self.counted = chars("statistic:count|numeral")
        self.level_verbs = chars("statistic:level|is")
        self.local = chars("statistic:local")
        self.vote = chars("statistic:vote")
        self.elect = chars("statistic:elect")
        self.attend = chars("statistic:attend")
        self.consists = chars("statistic:consists")
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
        self.against = chars("statistic:against")
        self.target = chars("statistic:target")
        verbs = chars(
            "passive|future|neg|statistic:has|statistic:level|statistic:rise|statistic:fall|statistic:share|done"
        )
        #: what may stand before the subject of a clause
        self.prelude = chars("statistic:prelude|statistic:span|“|(|-|:")
        #: what shows that a noun before it is a whole subject
        self.predicate = verbs | chars("is|also|statistic:plan|statistic:compare|statistic:this|conj_stop")
        #: what shows that an event before it does something
        self.acts = chars("done|also|statistic:draw")
        self.told = self.acts | self.predicate | chars("conj_stop")
        self.by = chars("passive|by")
        self.photo = chars("photo")
        self.draw = chars("statistic:draw")
        self.whose = chars("of|statistic:whose")
        self.part = chars("of|statistic:located")
        self.groups = chars("statistic:groups")
        self.relation = chars(
            "at|to|by|for|with|about|statistic:located|statistic:locative|speech|requests|statistic:source"
        )
        self.deeds = chars("request:act")
        self.works = chars("initiatives.project|initiatives.programme")
        self.heads = chars("statistic:head|statistic:rise|statistic:fall|statistic:level|statistic:compare")
        self.capital = chars("C|A|Cap")
        self.bare = chars("w")
        self.many = chars("plural|statistic:each|Number")
        self.unit = chars("level")
        self.company = chars("bodies.company")
        self.this = chars("statistic:this")
        self.body = chars("statistic:body")
        self.stands = chars("statistic:stands")
        self.provincial = chars("statistic:provincial") & self.unit
        self.graded = chars("statistic:grade")
        self.national = chars("whole_country|statistic:national")
        self.state = chars("country|statistic:state")
        self.root = lexicon.root
        self.brackets = re.compile(r"\([^()\n\v]*\)?")

    def planned(self, plain: Tape, item: int) -> bool:
        """True where a word of planning stands before an item in its clause, and nothing says that it is done."""
        codes = plain.codes
        for i in range(item - 1, max(-1, item - 1 - _PLAN), -1):
            code = codes[i]
            if code in "\n\v;" or code in self.done or code in self.speech:
                return False
            if code in self.plan:
                # "vượt dự toán": what was planned is what the figure is measured against.
                return not (code in self.target and i > 0 and codes[i - 1] in self.against)
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
        self.covered = sorted((m.first, m.last) for m in tape.mentions.values() if m.kind in _COVERING)
        self.home: Candidate | None = None
        if entities.province is not None:
            name = entities.province[0]
            node = next((n for n in entities.nodes.values() if n.type == "Place" and name in (n.name, *n.forms)), None)
            self.home = Known(node.id) if node is not None else None
        self.subjects = Subjects(words, article, entities, self.home)

    def read(self, plain: Tape, figure: Figure, before: list[Figure]) -> None:
        """Fills subject, period and status of a figure.

        Args:
            plain: the tape on which the figure was found.
            figure: the figure.
            before: the article's figures before it, in order.
        """
        figure.subjects = self.subjects.find(plain, figure, before)
        figure.period = self._period(plain, figure, before)
        if self.words.planned(plain, figure.start):
            figure.status = "planned"

    # time

    def _period(self, plain: Tape, figure: Figure, before: list[Figure]) -> Candidate | None:
        codes = plain.codes
        if figure.rule.take == "before" and figure.comparator in ("le", "ge"):
            return None
        first = max(codes.rfind("\n", 0, figure.item), codes.rfind("\v", 0, figure.item)) + 1
        for i in range(figure.end, min(figure.end + _BEHIND, len(codes))):
            if codes[i] in "\n\v,;.)" or codes[i] in self.words.turns or (codes[i] == "(" and i > figure.end):
                break
            if codes[i] in self.words.period and (found := self._time(plain, i)) is not None:
                return found
        for i in range(figure.item - 1, first - 1, -1):
            if codes[i] in self.words.date and (day := self._day(plain, i)) is not None:
                return day
            if codes[i] not in self.words.period or (found := self._time(plain, i)) is None:
                continue
            if codes[i] in self.words.often and self._spoken_for(plain, figure, before, i):
                continue
            time = plain.span(i, i + 1)
            if any(isinstance(s, Words) and s.span.overlaps(time) for s in figure.subjects):
                continue  # "các điển hình năm 2017 đã …"
            return found
        if (year := self._year(plain, figure)) is not None:
            return year
        last = before[-1] if before else None
        if last is None or figure.counted or last.counted or "\n" in codes[last.item : figure.item]:
            return None
        if figure.unit == "%" or codes[figure.end - 1] in self.words.money:
            return last.period  # a report's figures share its time; lengths and areas have none
        return None

    def _spoken_for(self, plain: Tape, figure: Figure, before: list[Figure], i: int) -> bool:
        """True where "mỗi ngày" is about another figure, or is in the name of what is measured."""
        return figure.named[0] < i < figure.item or (bool(before) and before[-1].item > i)

    def _year(self, plain: Tape, figure: Figure) -> Candidate | None:
        """A bare year behind the name of what is measured: "doanh thu 2016 là 5 tỷ đồng"."""
        at = figure.named[1]
        mention = plain.mentions.get(at) if at < figure.start else None
        if mention is None or mention.kind != "Number" or plain.codes[at + 1] not in self.words.level_verbs:
            return None
        text = plain.words(at, at + 1)
        year = len(text) == _YEAR and text.isdigit() and text[:2] in ("19", "20")
        return Literal(text, plain.span(at, at + 1)) if year else None

    def _day(self, plain: Tape, i: int) -> Mention | None:
        """A day or month up to which, or in which, one has counted: "tính đến ngày 30/9", "trong tháng 9"."""
        mention = plain.mentions[i]
        before = i - 1 - (i > 1 and plain.codes[i - 1] in self.words.day)
        if before < 0 or plain.codes[before] not in self.words.as_of or not mention.parts.get("value"):
            return None
        if before and plain.codes[before - 1] in self.words.date:
            return None  # "từ tháng 5 đến tháng 10"
        return mention

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
        if not words.versus.isdisjoint(codes[max(0, i - 2) : i]):
            return None  # what a figure is compared with
        if mention is None:
            number = plain.mentions.get(i - 1)
            if codes[i - 1 : i] in words.counted or (
                number is not None and number.kind == "Number" and "unit" not in number.parts
            ):
                return None  # "ba năm trước"
            return Literal(plain.words(i, i + 1), plain.span(i, i + 1))
        if plain.tokens.words[token].key in ("nhiệm", "khóa", "khoá"):
            return None
        if i and codes[i - 1] in words.from_on and codes[i + 1] in words.till_now:
            return Literal(plain.words(i - 1, i + 2), plain.span(i - 1, i + 2))  # "từ năm 2007 đến nay"
        if i and codes[i - 1] in words.school:
            return Literal(plain.words(i - 1, i + 1), plain.span(i - 1, i + 1))
        return mention
