"""Figures: what a number measures, of whom, and when.

Rules of phase "figure" say how a number is introduced; this module finds the name of what is measured beside it, its
unit and its subject. All words come from the rule file's [words] and the lexicon's units.

`take` of a rule says where the name stands:
    before   in the clause before the number ("thu ngân sách đạt …")
    after    behind it ("… dự án")
    last     what the figure just before names, else before ("…, tăng 12 %")
    fall     as last; the name says that it falls
    share    behind it, else before ("chiếm 19 % dân số")
    percent  before where a noun of measure stands there, else behind
    measure  before where a noun of measure stands there or money is counted, else behind
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field

from kg.extract.drafts import Candidate, Draft, Literal, Words
from kg.extract.engine import candidates
from kg.extract.figure_names import FigureNames
from kg.extract.rankings import Rankings
from kg.extract.rulebook import Rule, Rulebook
from kg.model import Span, Status
from kg.text.annotate import Annotated
from kg.text.normal import tone_key
from kg.text.tape import Mention, Tape

_READ = ("lead", "body")
_SUBJECTS = frozenset({"Place", "Organization"})


@dataclass(slots=True)
class Figure:
    """One number with what was found around it; item indices count on the plain tape."""

    rule: Rule
    start: int
    item: int
    end: int
    sentence: int
    value: int | float
    unit: str = ""
    unit_span: Span | None = None
    comparator: str = ""
    upper: int | float | None = None
    name: str = ""
    named: tuple[int, int] | None = None
    subject: Candidate | None = None
    period: Candidate | None = None
    status: Status = "asserted"
    roles: dict[str, list[Candidate]] = field(default_factory=dict)


class Figures:
    """The figure rules of a rulebook, with the classes of words that they look for; keeps no state between articles."""

    def __init__(self, book: Rulebook) -> None:
        lexicon = book.lexicon
        self._names = FigureNames(lexicon)
        self.rankings = Rankings(book, self._names)
        self._rules = [r for r in book.rules if r.phase == "figure" and r.kind == "statistic"]

        def chars(names: str) -> frozenset[str]:
            return frozenset("".join(lexicon.chars(n) for n in names.split("|") if lexicon.has(n)))

        self._needs = {r.name: [frozenset(n) for n in r.pattern.needs] for r in self._rules}
        self._wall = lexicon.regex(r"[\n\v]|<,|;|.|(|)|:|!|?|“|”|->")
        self._ordinal = chars("statistic:ordinal|documents|day|month|year")
        self._duration = chars("units.duration|month|quarter")
        self._money = chars("units.money")
        self._measure = chars("units.measure|units.times")
        self._counter = chars("units.counter")
        self._plan = chars("statistic:plan")
        self._post = chars("Post")
        self._after = chars("statistic:after")
        self._word = chars("w|C|A")
        self._period = chars("Period|statistic:span")
        self._filler = chars("and|,|(|-")

    # one article

    def find(self, article: Annotated) -> list[Draft]:
        """The rankings and statistics of an article."""
        tape = article.plain
        ranked, taken = self.rankings.find(article)
        present = frozenset(tape.codes)
        claims: dict[int, tuple[Rule, int, str]] = {}
        for rule in self._rules:
            if any(need.isdisjoint(present) for need in self._needs[rule.name]):
                continue
            for m in rule.pattern.regex.finditer(tape.codes):
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
        walls = [m.end() for m in self._wall.finditer(tape.codes)]
        covered = self._covered(article)
        figures: list[Figure] = []
        for item in sorted(claims.keys() - taken):
            figure = self._figure(article, tape, walls, covered, item, *claims[item], figures)
            if figure is not None:
                figures.append(figure)
        return ranked + [self._draft(tape, f) for f in figures]

    def _covered(self, article: Annotated) -> list[tuple[int, int]]:
        """Tokens of names that numbers belong to."""
        return sorted((m.first, m.last) for m in article.tape.mentions.values() if m.kind == "Document")

    def _figure(
        self,
        article: Annotated,
        tape: Tape,
        walls: list[int],
        covered: list[tuple[int, int]],
        item: int,
        rule: Rule,
        start: int,
        comparator: str,
        before: list[Figure],
    ) -> Figure | None:
        codes = tape.codes
        mention = tape.mentions[item]
        offset = tape.tokens.starts[mention.first]
        sentence = article.sentence_at(offset)
        if article.parts[sentence] not in _READ:
            return None
        at = bisect.bisect_right(covered, (mention.first, 1 << 30)) - 1
        if at >= 0 and covered[at][1] >= mention.last:
            return None
        parts = mention.parts
        value = parts["rank"] if mention.kind == "Ratio" else parts["value"]
        figure = Figure(rule, start, item, item + 1, sentence, value, comparator=comparator)
        if mention.kind == "Range":
            figure.upper = parts["upper"]
        following = codes[item + 1] if item + 1 < len(codes) else "\n"
        if following in self._duration or following in "/%":
            return None
        measured = self._unit(tape, figure)
        if not measured and item == start and item and codes[item - 1] in self._ordinal | set("/x"):
            return None
        if figure.end < len(codes) and codes[figure.end] in self._after:
            figure.comparator = tape.normal.get(figure.end, "")
            figure.end += 1
        low = walls[bisect.bisect_right(walls, start) - 1] if walls and walls[0] <= start else 0
        last = before[-1] if before and before[-1].sentence == sentence else None
        if not self._name(tape, figure, low, measured, last):
            return None
        self._subject(article, tape, figure, before)
        self._when(tape, figure)
        first = max(codes.rfind("\n", 0, start), codes.rfind("\v", 0, start), codes.rfind(";", 0, start)) + 1
        if not self._plan.isdisjoint(codes[first:start]):
            figure.status = "planned"
        return figure

    # units

    def _unit(self, tape: Tape, figure: Figure) -> bool:
        """Reads the unit; true for one that measures, false for what is counted or nothing."""
        codes, j = tape.codes, figure.end
        mention = tape.mentions[figure.item]
        if mention.parts.get("unit"):
            figure.unit, figure.unit_span = "%", None
            return True
        code = codes[j] if j < len(codes) else "\n"
        if code in self._money or code in self._measure:
            figure.unit_span = tape.span(j, j + 1)
            figure.unit = tape.words(j, j + 1)
            if code in self._money and tone_key(figure.unit) in ("vnd", "vnđ", "đ"):
                figure.unit = "đồng"
            figure.end = j + 1
            return True
        if code in self._counter or code in self._post:
            figure.unit_span = tape.span(j, j + 1)
            figure.unit = tape.words(j, j + 1)
            return False
        scaled = mention.last - mention.first > 1
        if scaled and isinstance(figure.value, int) and figure.value >= 1_000_000 and code not in self._word:
            figure.unit = "đồng"
            return True
        k = j
        while k < len(codes) and k < j + 2 and codes[k] in self._word and codes[k] not in self._names.closer:
            k += 1
        if k > j:
            figure.unit_span = tape.span(j, k)
            figure.unit = tape.words(j, k)
        return False

    # names

    def _name(self, tape: Tape, figure: Figure, low: int, measured: bool, last: Figure | None) -> bool:
        """Finds what is measured; false where nothing is found."""
        take = figure.rule.take
        back, headed = self._names.before(tape, figure.start, low)
        ahead = self._names.behind(tape, figure.end)
        unit_only = ahead is not None and ahead[1] - ahead[0] <= 1
        if take in ("last", "fall"):
            near = last is not None and all(c in self._filler for c in tape.codes[last.end : figure.start])
            if last is not None and (near or back is None):
                figure.name, figure.named = last.name, last.named
                if take == "fall":
                    figure.name = f"{figure.name} {tape.words(figure.start, figure.start + 1)}"
                return True
            chosen = back or ahead
            if chosen is None:
                return False
            self._set(tape, figure, chosen)
            if take == "fall" and chosen is back:
                figure.name = f"{figure.name} {tape.words(figure.start, figure.start + 1)}"
            return True
        if take == "before":
            chosen = back or ahead
        elif take == "share":
            chosen = ahead or back
        elif take == "percent":
            chosen = back if headed else ahead or back
        elif take == "measure":
            money = tape.codes[figure.end - 1] in self._money or figure.unit == "đồng"
            chosen = back if headed or (money and back) or ahead is None else ahead
        else:
            chosen = ahead
            if (ahead is None or unit_only) and headed:
                chosen = back
            elif ahead is None:
                chosen = None
        if chosen is None:
            if last is not None and take in ("measure", "percent") and figure.unit == last.unit:
                figure.name, figure.named = last.name, last.named
                return True
            return False
        self._set(tape, figure, chosen)
        return True

    def _set(self, tape: Tape, figure: Figure, items: tuple[int, int]) -> None:
        figure.named = items
        figure.name = " ".join(tape.words(*items).split())

    # subject and time

    def _subject(self, article: Annotated, tape: Tape, figure: Figure, before: list[Figure]) -> None:
        """The nearest place or body before the number in its sentence, else the subject of the figure before."""
        codes = tape.codes
        first = max(codes.rfind("\n", 0, figure.item), codes.rfind("\v", 0, figure.item)) + 1
        for i in range(figure.item - 1, first - 1, -1):
            mention = tape.mentions.get(i)
            if mention is not None and mention.kind in _SUBJECTS:
                figure.subject = mention
                return
        if before and not any(c == "\n" for c in codes[before[-1].item : figure.item]):
            figure.subject = before[-1].subject

    def _when(self, tape: Tape, figure: Figure) -> None:
        codes = tape.codes
        first = max(codes.rfind("\n", 0, figure.item), codes.rfind("\v", 0, figure.item)) + 1
        for i in range(figure.item - 1, first - 1, -1):
            if codes[i] in self._period:
                mention = tape.mentions.get(i)
                figure.period = mention if isinstance(mention, Mention) else Literal(tape.words(i, i + 1), tape.span(i, i + 1))
                return

    # drafts

    def _draft(self, tape: Tape, figure: Figure) -> Draft:
        assert figure.named is not None
        a, b = figure.named
        roles: dict[str, list[Candidate]] = {
            "indicator": [Words(tape.span(a, b), "Indicator", figure.name)],
            "value": [Literal(figure.value, tape.span(figure.item, figure.item + 1))],
        }
        if figure.unit:
            roles["unit"] = [Literal(figure.unit, figure.unit_span)]
        if figure.comparator:
            roles["comparator"] = [Literal(figure.comparator)]
        if figure.subject is not None:
            roles["subject"] = [figure.subject]
        if figure.period is not None:
            roles["period"] = [figure.period]
        start = min(a, figure.start) if abs(figure.start - a) < 40 else figure.start
        evidence = tape.span(start, max(b, figure.end) if b > figure.item else figure.end)
        return Draft("statistic", figure.rule.name, roles, evidence, figure.sentence, figure.status)
