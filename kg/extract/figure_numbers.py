"""Numbers that measure or count something: their value, range and unit, and which numbers are none of them."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field

from kg.extract.drafts import Candidate, Literal
from kg.extract.engine import candidates
from kg.extract.figure_names import FigureNames, Items
from kg.extract.rulebook import Rule, Rulebook
from kg.model import Span, Status
from kg.text.grammar import Grammar
from kg.text.normal import tone_key
from kg.text.tape import Tape
from kg.text.times import number_of_token, scaled


@dataclass(slots=True)
class Figure:
    """One number with what was found around it; items count on the plain tape.

    Attributes:
        rule: the rule that says how it is introduced.
        start, item, end: first item of the rule's match, item of the number, item behind number and unit.
        sentence: index of its sentence.
        offset: its first token.
        value, value_span, upper: the number; the upper bound where it is a range.
        comparator: gt, ge, lt, le, approx, eq, or "".
        unit, unit_span, counted: the unit; True where it is a noun that is counted.
        measure: the item whose percent sign counts, where it is not `item`.
        name, named: what is measured, and its items.
        subjects, period, status: whom, when, and whether it is a plan.
    """

    rule: Rule
    start: int
    item: int
    end: int
    sentence: int
    offset: int
    value: int | float
    value_span: Span
    comparator: str = ""
    upper: int | float | None = None
    unit: str = ""
    unit_span: Span | None = None
    counted: bool = False
    measure: int = -1
    name: str = ""
    named: Items = (0, 0)
    subjects: list[Candidate] = field(default_factory=list)
    period: Candidate | None = None
    status: Status = "asserted"


Claim = tuple[Rule, int, str]  # the rule, where its match begins, the comparator


class Numbers:
    """The figure rules of a rulebook as far as they concern numbers and units; keeps no state between articles."""

    def __init__(self, book: Rulebook, names: FigureNames) -> None:
        lexicon = book.lexicon
        self._root = lexicon.root
        self._rules = [r for r in book.rules if r.phase == "figure" and r.kind == "statistic"]
        self._needs = {r.name: [frozenset(n) for n in r.pattern.needs] for r in self._rules}
        self._grammar = {r.name: Grammar(r.pattern.regex) for r in self._rules}
        chars = names.chars
        self._ordinal = chars("statistic:ordinal|day|month|year|Date|events") | set("/x")
        self._numbered = chars("statistic:numbered|documents|Organization")
        self._group = chars("statistic:group")
        self._origin = chars("statistic:origin")
        self._duration = chars("units.duration|month|quarter|statistic:ago")
        self.money = chars("units.money")
        self._measure = chars("units.measure|units.times")
        self._counter = chars("units.counter|Post")
        self._counted = self._counter | chars("statistic:vote")
        self._abstract = chars("statistic:abstract")
        self._recipient = chars("statistic:recipient")
        self._after = chars("statistic:after")
        self._word = chars("w|C|A")
        self._compare = chars("statistic:compare|statistic:limit")
        self._tally = chars("statistic:tally")
        self._per = self._measure | self._counter | self._word | chars("units.duration|month|year|day|quarter")
        self._years = chars("Period|Date|Number|and|,")
        self._to = chars("-|statistic:until")
        self._number = chars("Number")
        self._neg = chars("neg")
        self._level = chars("statistic:level")
        self._listing = chars("and|,|statistic:or")
        self._post = chars("Post")
        #: what no counted noun begins with
        self.nothing = (
            names.closer
            | names.opener
            | names.link
            | chars("passive|done|future|to|at|statistic:compare|statistic:level")
        )

    def claims(self, tape: Tape) -> dict[int, Claim]:
        """Number item to the rule that claims it, where its match begins, and the comparator."""
        present = frozenset(tape.codes)
        claims: dict[int, Claim] = {}
        for rule in self._rules:
            if any(need.isdisjoint(present) for need in self._needs[rule.name]):
                continue
            for m in self._grammar[rule.name].finditer(tape.codes):
                item, comparator = -1, ""
                for group, capture in rule.pattern.captures.items():
                    if m[group] is None:
                        continue
                    if capture.role == "value":
                        item = m.start(group)
                    elif capture.role == "comparator":
                        found = candidates(tape, capture, *m.span(group))
                        comparator = str(found[0].value) if found and isinstance(found[0], Literal) else ""
                if item >= 0:
                    claims.setdefault(item, (rule, m.start(), comparator))
        return claims

    def figure(self, tape: Tape, item: int, sentence: int, claim: Claim, awarded: bool) -> Figure | None:
        """The number at an item with its unit; None where it measures and counts nothing.

        Args:
            tape: the plain tape.
            item: the item of the number.
            sentence: index of its sentence.
            claim: the rule that claims it.
            awarded: True where the sentence speaks of awards.
        """
        rule, start, comparator = claim
        comparator = comparator or self._compared(tape, item)
        codes, mention = tape.codes, tape.mentions.get(item)
        value: int | float
        if mention is None:
            value = int(tape.normal.get(item, "0"))
        else:
            value = mention.parts["rank" if mention.kind == "Ratio" else "value"]
            if mention.kind == "Ratio" and value == 1:
                return None  # a scale: "tỷ lệ 1/500"
        span = tape.span(item, item + 1)
        figure = Figure(rule, start, item, item + 1, sentence, tape.firsts[item], value, span, comparator)
        if mention is not None and mention.kind == "Range":
            figure.upper = mention.parts["upper"]
        self._ranged(tape, figure)
        out_of = codes[item + 1 : item + 2] == "/" and codes[item + 2 : item + 3] in self._number
        if out_of and codes[item + 3 : item + 4] in self._counted:
            figure.end = item + 3  # "được 41/45 phiếu"
        following = codes[figure.end] if figure.end < len(codes) else "\n"
        previous = codes[item - 1] if item else "\n"
        if following in self._duration or following in "/%" or previous == "/":
            return None
        if following == "-" and figure.upper is None and span.end == tape.tokens.starts[tape.firsts[item + 1]]:
            return None
        if start and codes[start - 1] in self._neg and codes[start] in self._level:
            return None  # "chưa đạt 50%"
        measured = self._unit(tape, figure)
        if figure.end < len(codes) and codes[figure.end] in self._after:
            figure.comparator = tape.normal.get(figure.end, "")
            figure.end += 1
        if measured:
            return figure
        if figure.counted and figure.unit_span is not None and not figure.comparator:
            behind = bisect.bisect_left(tape.tokens.starts, figure.unit_span.end)
            at = bisect.bisect_left(tape.firsts, behind)
            if at < len(codes) and codes[at] in self._after:
                figure.comparator = tape.normal.get(at, "")  # "20 lao động trở lên"
        if item > 1 and 1900 <= value <= 2100 and codes[item - 1] in self._years and codes[item - 2] in self._years:
            return None  # "năm 2015 và 2016"
        if figure.counted and codes[start - 1 if start else 0] in self._origin:
            return None  # "đến từ 63 tỉnh": where those come from who are counted
        if previous in self._group or codes[start - 1 if start else 0] in self._group:
            return None
        if item == start and (previous in self._ordinal or self._named_ordinal(tape, item)):
            return None
        if not figure.counted and following in self._word and following not in self.nothing:
            return None  # "25B", "số 12 Nguyễn Du": no noun that is counted
        if item == start and not figure.counted and previous in self._numbered:
            return None
        place = tape.mentions.get(item + 1)
        if item == start and place is not None and place.kind == "Place":
            return None  # "2 xã A và B" counts what it names
        if item > 1 and previous == ":" and codes[item - 2] in self._number:
            return None  # "17:49:47"
        if not figure.counted and following in self._listing and codes[item + 2 : item + 3] in self._number:
            return None  # "5, 7 hay 10%"
        if following in self._abstract or (awarded and following in self._recipient):
            return None
        if (
            not figure.unit
            and isinstance(value, int)
            and 1900 <= value <= 2100
            and "." not in tape.words(item, item + 1)
        ):
            return None
        return figure

    def _compared(self, tape: Tape, item: int) -> str:
        """The comparator that ends a longer phrase before a number: "giảm khoảng", "ước đạt"."""
        words, last = tape.tokens.words, tape.firsts[item]
        for first in (last - 2, last - 1):
            if first < 0 or tape.firsts[item - 1] > first:
                continue
            node = self._root.get(words[first].key)
            if node is not None and first + 1 < last:
                node = node.get(words[first + 1].key)
            if node is not None and node.entry is not None and node.entry.capital in self._compare:
                return node.entry.normal
        return ""

    def tallied(self, tape: Tape, figure: Figure) -> None:
        """A bare number takes its unit from the name that says what it is the number of: "số người là 18"."""
        if figure.unit or figure.upper is not None or not figure.name:
            return
        first = tape.firsts[figure.named[0]]
        node = self._root.get(tape.tokens.words[first].key)
        if node is None or node.entry is None or node.entry.capital not in self._tally:
            return
        noun = self._counter_at(tape, first + 1)
        if noun is not None:
            figure.unit_span, figure.unit = noun, tape.text[noun.start : noun.end]

    def _counter_at(self, tape: Tape, first: int) -> Span | None:
        """The longest counted noun that begins with a token."""
        words, node, at, last = tape.tokens.words, self._root, first, first
        while at < len(words) and (found := node.get(words[at].key)) is not None:
            node, at = found, at + 1
            if node.entry is not None and node.entry.capital in self._counter:
                last = at
        return tape.token_span(first, last) if last > first else None

    def _named_ordinal(self, tape: Tape, item: int) -> bool:
        """True where the word before ends a longer phrase: "hội nghị lần thứ"."""
        token = tape.firsts[item] - 1
        if tape.codes[item - 1] in self._tally:
            return False  # "có tổng số 618 hội viên"
        node = self._root.get(tape.tokens.words[token].key) if token >= 0 else None
        return node is not None and node.entry is not None and node.entry.capital in self._ordinal

    def _ranged(self, tape: Tape, figure: Figure) -> None:
        """In "từ 10 đến 15 người", "2 - 3 triệu đồng" the second number gives the scale and the upper bound."""
        codes, item = tape.codes, figure.item
        if item + 2 >= len(codes) or codes[item + 1] not in self._to or codes[item + 2] not in self._number:
            return
        low, high = tape.mentions[item], tape.mentions[item + 2]
        if low.kind != "Number" or high.kind != "Number" or (low.parts.get("unit") and not high.parts.get("unit")):
            return
        bare = number_of_token(tape.text[tape.tokens.starts[high.first] : tape.tokens.ends[high.first]])
        upper = high.parts["value"]
        value = figure.value if low.last - low.first > 1 or not bare else scaled(figure.value, round(upper / bare))
        if value < upper and not (bare == upper and 1900 <= value <= 2100):
            figure.value, figure.upper, figure.end = value, upper, item + 3
            figure.measure = item + 2

    def _unit(self, tape: Tape, figure: Figure) -> bool:
        """Reads the unit; true for one that measures, false for what is counted or nothing."""
        codes, j = tape.codes, figure.end
        mention = tape.mentions.get(figure.measure if figure.measure >= 0 else figure.item)
        if mention is not None and mention.parts.get("unit"):
            figure.unit = "%"
            return True
        code = codes[j] if j < len(codes) else "\n"
        if code in self.money or code in self._measure:
            figure.unit_span = tape.span(j, j + 1)
            figure.unit = tape.words(j, j + 1)
            if code in self.money and tone_key(figure.unit) in ("vnd", "vnđ", "đ"):
                figure.unit = "đồng"
            figure.end = j + 1
            if j + 2 < len(codes) and codes[j + 1] == "/" and codes[j + 2] in self._per:
                figure.unit_span = tape.span(j, j + 3)
                figure.unit, figure.end = tape.words(j, j + 3), j + 3
            return True
        noun = self._noun(tape, j) if code not in "\n\v" else None
        if noun is not None:
            figure.unit_span = noun
            figure.unit = tape.text[noun.start : noun.end]
            figure.counted = True
            return False
        large = mention is not None and mention.last - mention.first > 1
        if large and figure.value >= 1_000_000 and (code not in self._word or code in self.nothing):
            figure.unit = "đồng"
            return True
        return False

    def _noun(self, tape: Tape, item: int) -> Span | None:
        """The counted noun that item `item` begins with, also inside a name ("4 Sở thừa …")."""
        words, first = tape.tokens.words, tape.firsts[item]
        if tape.codes[item] in self._counter:
            last = tape.lasts[item]
        else:
            node, last, at = self._root, first, first
            while at < len(words) and (found := node.get(words[at].key)) is not None:
                node, at = found, at + 1
                if node.entry is not None and node.entry.capital in self._counter:
                    last = at
        if last == first:
            return None
        capital = words[first].upper and tape.codes[item] not in self._post
        if capital and item not in tape.mentions and last < len(words) and words[last].upper:
            return None  # "15 Nhà Chung" is an address
        return tape.token_span(first, last)
