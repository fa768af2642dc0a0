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
from kg.extract.entities import Entities
from kg.extract.figure_context import Context, Surroundings
from kg.extract.figure_names import FigureNames, Items
from kg.extract.rankings import Rankings
from kg.extract.rulebook import Rule, Rulebook
from kg.model import Span, Status
from kg.text.annotate import Annotated
from kg.text.normal import tone_key
from kg.text.tape import Mention, Tape

_READ = ("lead", "body")
_LONG = 6  # words from which on a name is long
_SAME = 0.6  # share of words that two names of one value have in common where they name one thing


@dataclass(slots=True)
class Figure:
    """One number with what was found around it; item indices count on the plain tape."""

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
    name: str = ""
    named: Items = (0, 0)
    subjects: list[Candidate] = field(default_factory=list)
    period: Candidate | None = None
    status: Status = "asserted"


class Figures:
    """The figure rules of a rulebook, with the classes of words that they look for; keeps no state between articles."""

    def __init__(self, book: Rulebook) -> None:
        lexicon = book.lexicon
        self._names = FigureNames(lexicon)
        self._root = lexicon.root
        self._context = Context(lexicon)
        self.rankings = Rankings(book, self._names)
        self._rules = [r for r in book.rules if r.phase == "figure" and r.kind == "statistic"]
        self._needs = {r.name: [frozenset(n) for n in r.pattern.needs] for r in self._rules}
        chars = self._names.chars
        self._ordinal = chars("statistic:ordinal|day|month|year|Date") | set("/x")
        self._numbered = chars("statistic:numbered|documents|Organization")
        self._group = chars("statistic:group")
        self._duration = chars("units.duration|month|quarter")
        self._money = chars("units.money")
        self._measure = chars("units.measure|units.times")
        self._counter = chars("units.counter|Post")
        self._abstract = chars("statistic:abstract")
        self._recipient = chars("statistic:recipient")
        self._prize = chars("statistic:prize")
        self._after = chars("statistic:after")
        self._level = chars("statistic:level")
        self._is = chars("is")
        self._word = chars("w|C|A")
        self._nothing = self._names.closer | self._names.opener | self._names.link | chars("passive|done|future|to|at|statistic:compare")
        self._filler = chars("and|,|(|-|statistic:level|statistic:compare")
        self._consists = chars("statistic:consists")
        self._has = chars("statistic:has")

    # one article

    def find(self, article: Annotated, entities: Entities) -> list[Draft]:
        """The rankings and statistics of an article."""
        tape = article.plain
        ranked, taken = self.rankings.find(article)
        claims = self._claims(tape)
        if not claims:
            return ranked
        walls = self._names.walls(tape)
        covered = self._numbers(article)
        awarded = {
            article.sentence_at(tape.tokens.starts[m.first]) for m in article.tape.mentions.values() if m.kind == "Award"
        }
        around = Surroundings(self._context, article, entities)
        figures: list[Figure] = []
        for item in sorted(claims.keys() - taken):
            mention = tape.mentions.get(item)
            token = tape.firsts[item]
            sentence = article.sentence_at(tape.tokens.starts[token])
            if article.parts[sentence] not in _READ:
                continue
            at = bisect.bisect_right(covered, (tape.tokens.starts[token], 1 << 30)) - 1
            if (at >= 0 and covered[at][1] > tape.tokens.starts[token]) or self._names.graded(tape, item):
                continue
            figure = self._figure(tape, item, mention, sentence, *claims[item], sentence in awarded)
            if figure is None:
                continue
            if figures and self._prized(tape, figure, figures[-1]):
                continue
            last = figures[-1] if figures and figures[-1].sentence == sentence else None
            low = self._names.low(tape, walls, figure.start)
            if self._name(tape, figure, low, last):
                around.read(tape, figure, figures)
                figures.append(figure)
        return ranked + [d for f in self._distinct(figures) for d in self._drafts(tape, f)]

    def _numbers(self, article: Annotated) -> list[tuple[int, int]]:
        """Where the numbers of documents stand in the text."""
        found = []
        for mention in article.tape.mentions.values():
            if mention.kind == "Document":
                found += [tuple(span) for _, span in mention.parts["roles"].get("number", ())]
        return sorted(found)

    def _claims(self, tape: Tape) -> dict[int, tuple[Rule, int, str]]:
        """Number item to the rule that claims it, where its match begins, and the comparator."""
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
        return claims

    def _figure(
        self, tape: Tape, item: int, mention: Mention | None, sentence: int, rule: Rule, start: int, comparator: str, awarded: bool
    ) -> Figure | None:
        """The number itself with its unit; None where it measures and counts nothing."""
        codes = tape.codes
        value: int | float
        if mention is None:
            value = int(tape.normal.get(item, "0"))
        else:
            value = mention.parts["rank" if mention.kind == "Ratio" else "value"]
        figure = Figure(rule, start, item, item + 1, sentence, tape.firsts[item], value, tape.span(item, item + 1), comparator)
        if mention is not None and mention.kind == "Range":
            figure.upper = mention.parts["upper"]
        following = codes[item + 1] if item + 1 < len(codes) else "\n"
        previous = codes[item - 1] if item else "\n"
        if following in self._duration or following in "/%" or previous == "/":
            return None
        if following == "-" and tape.tokens.ends[tape.lasts[item] - 1] == tape.tokens.starts[tape.firsts[item + 1]]:
            return None
        measured = self._unit(tape, figure)
        if figure.end < len(codes) and codes[figure.end] in self._after:
            figure.comparator = tape.normal.get(figure.end, "")
            figure.end += 1
        if measured:
            return figure
        if previous in self._group or codes[start - 1 if start else 0] in self._group:
            return None
        if item == start and (previous in self._ordinal or self._named_ordinal(tape, item)):
            return None
        if not figure.counted and item + 1 < len(codes) and tape.tokens.starts[tape.firsts[item + 1]] == figure.value_span.end:
            if following not in self._names.ends:
                return None  # "25B", "16h50"
        if item == start and not figure.counted and previous in self._numbered:
            return None
        if following in self._abstract or (awarded and following in self._recipient):
            return None
        if not figure.unit and isinstance(value, int) and 1900 <= value <= 2100 and "." not in tape.words(item, item + 1):
            return None
        return figure

    def _named_ordinal(self, tape: Tape, item: int) -> bool:
        """True where the word before ends a longer phrase: "hội nghị lần thứ"."""
        token = tape.firsts[item] - 1
        node = self._root.get(tape.tokens.words[token].key) if token >= 0 else None
        return node is not None and node.entry is not None and node.entry.capital in self._ordinal

    # units

    def _unit(self, tape: Tape, figure: Figure) -> bool:
        """Reads the unit; true for one that measures, false for what is counted or nothing."""
        codes, j = tape.codes, figure.end
        mention = tape.mentions.get(figure.item)
        if mention is not None and mention.parts.get("unit"):
            figure.unit = "%"
            return True
        code = codes[j] if j < len(codes) else "\n"
        if code in self._money or code in self._measure:
            figure.unit_span = tape.span(j, j + 1)
            figure.unit = tape.words(j, j + 1)
            if code in self._money and tone_key(figure.unit) in ("vnd", "vnđ", "đ"):
                figure.unit = "đồng"
            figure.end = j + 1
            return True
        if code in self._counter:
            figure.unit_span = tape.span(j, j + 1)
            figure.unit = tape.words(j, j + 1)
            figure.counted = True
            return False
        scaled = mention is not None and mention.last - mention.first > 1
        if scaled and figure.value >= 1_000_000 and (code not in self._word or code in self._nothing):
            figure.unit = "đồng"
            return True
        k = j
        while k < len(codes) and k < j + 2 and codes[k] in self._word and codes[k] not in self._nothing:
            k += 1
        if k > j:
            figure.unit_span = tape.span(j, k)
            figure.unit = tape.words(j, k)
        return False

    # names

    def _name(self, tape: Tape, figure: Figure, low: int, last: Figure | None) -> bool:
        """Finds what is measured; false where nothing is found."""
        codes, take = tape.codes, figure.rule.take
        back, headed = self._names.before(tape, figure.start, low)
        first = codes[figure.end] if figure.end < len(codes) else "\n"
        ahead = self._names.behind(tape, figure.end) if first not in self._nothing else None
        near = last is not None and all(c in self._filler for c in codes[last.end : figure.start])
        money = figure.unit == "đồng" or codes[figure.end - 1] in self._money
        if take in ("last", "fall"):
            if last is not None and (near or back is None):
                return self._same(tape, figure, last)
            if back is None and codes[figure.start] in self._names.head:
                return self._set(tape, figure, (figure.start, figure.start + 1))
            chosen = back or ahead
            if chosen is None:
                return False
            self._set(tape, figure, chosen)
            if take == "fall" and chosen is back:
                figure.name = f"{figure.name} {self._fell(tape, figure)}"
            return True
        if near and last is not None and back is None and (ahead is None or (figure.unit == last.unit != "%" and codes[figure.start] in self._level)) and take != "after":
            return self._same(tape, figure, last)
        match take:
            case "before":
                if not headed and (far := self._names.strongest(tape, figure.start, low - 30)) is not None:
                    return self._set(tape, figure, far)
                if back is None and last is not None and last.rule is figure.rule:
                    return self._same(tape, figure, last)
                chosen = back or ahead
            case "share":
                chosen = ahead or back
            case "percent":
                chosen = back if headed or (back and codes[figure.start] in self._level) else ahead or back
            case "measure":
                if back is None and last is not None and figure.unit == last.unit and codes[figure.start] in self._level:
                    return self._same(tape, figure, last)
                chosen = back if headed or (money and back) or ahead is None else ahead
            case _:
                return self._counted(tape, figure, low, back if headed else None, ahead)
        if chosen is None:
            if last is not None and figure.unit == last.unit:
                return self._same(tape, figure, last)
            return False
        return self._set(tape, figure, chosen)

    def _counted(self, tape: Tape, figure: Figure, low: int, back: Items | None, ahead: Items | None) -> bool:
        """What is counted: the noun behind; with a bare noun, the measure or the deed before it."""
        codes, start = tape.codes, figure.start
        if ahead is None:
            adjacent = back is not None and start > back[1] - 1 and self._names.joined(tape, back[1], start)
            reached = codes[start - 1] in self._level or codes[start] in self._level or (back is not None and back[1] == start)
            return back is not None and adjacent and reached and self._set(tape, figure, back)
        if ahead[1] - ahead[0] > 1:
            return self._set(tape, figure, ahead)
        if back is not None and (codes[start - 1] in self._level or start < figure.item):
            return self._set(tape, figure, back)
        previous = tape.mentions.get(start - 2) if start > 1 else None
        if start and codes[start - 1] in self._consists and previous is not None:
            return self._set(tape, figure, (start - 2, start - 1))
        deed = start
        while deed > low and start - deed < 6 and codes[deed - 1] not in self._names.opener and deed - 1 not in tape.mentions:
            deed -= 1
        self._set(tape, figure, ahead)
        if start - deed >= 2 and codes[start - 1] not in self._has:
            figure.name = f"{' '.join(tape.words(deed, start).split())} {figure.name}"
            figure.named = (deed, ahead[1])
        return True

    def _fell(self, tape: Tape, figure: Figure) -> str:
        return tape.normal.get(figure.start) or tape.words(figure.start, figure.start + 1)

    def _prized(self, tape: Tape, figure: Figure, last: Figure) -> bool:
        """"5 giải A (mỗi giải 50 triệu đồng)": the number of prizes belongs to the award, what they are worth is the figure."""
        codes = tape.codes
        if codes[last.item + 1] not in self._prize or not (figure.unit == "đồng" or codes[figure.end - 1] in self._money):
            return False
        opening = codes.find("(", last.end, figure.start)
        if opening < 0 or ")" in codes[last.end : figure.start] or figure.start - opening > 3:
            return False
        last.value, last.value_span, last.unit, last.unit_span = figure.value, figure.value_span, figure.unit, figure.unit_span
        last.subjects = [Words(tape.span(last.item + 1, opening), "Award")]
        last.name, last.counted = tape.normal.get(last.item + 1, ""), False
        last.comparator, last.end = figure.comparator, figure.end
        return True

    def _set(self, tape: Tape, figure: Figure, items: Items) -> bool:
        figure.named = items
        figure.name = " ".join(tape.words(*items).split())
        return True

    def _same(self, tape: Tape, figure: Figure, last: Figure) -> bool:
        figure.name, figure.named = last.name, last.named
        if figure.rule.take == "fall":
            figure.name = f"{figure.name} {self._fell(tape, figure)}"
        return True

    # one article's figures

    def _distinct(self, figures: list[Figure]) -> list[Figure]:
        """A value that is told again is told once: as it is told the first time."""
        kept: list[Figure] = []
        seen: dict[tuple[float, str], list[tuple[frozenset[str], Figure]]] = {}
        for figure in figures:
            words = frozenset(tone_key(figure.name).split())
            known = seen.setdefault((figure.value, tone_key(figure.unit)), [])
            if any(f.sentence != figure.sentence and _alike(words, w) for w, f in known):
                continue
            known.append((words, figure))
            kept.append(figure)
        return kept

    # drafts

    def _drafts(self, tape: Tape, figure: Figure) -> list[Draft]:
        a, b = figure.named
        roles: dict[str, list[Candidate]] = {
            "indicator": [Words(tape.span(a, b), "Indicator", figure.name)],
            "value": [Literal(figure.value, figure.value_span)],
        }
        if figure.unit:
            roles["unit"] = [Literal(figure.unit, figure.unit_span)]
        if figure.comparator:
            roles["comparator"] = [Literal(figure.comparator)]
        if figure.subjects:
            roles["subject"] = list(figure.subjects)
        if figure.period is not None:
            roles["period"] = [figure.period]
        start = min(a, figure.start) if figure.start - a < 40 else figure.start
        evidence = tape.span(start, max(b, figure.end) if b > figure.item else figure.end)
        draft = Draft("statistic", figure.rule.name, roles, evidence, figure.sentence, figure.status)
        if figure.upper is None:
            return [draft]
        low = {**roles, "comparator": [Literal("ge")]}
        high = {**roles, "value": [Literal(figure.upper, figure.value_span)], "comparator": [Literal("le")]}
        return [
            Draft("statistic", figure.rule.name, low, evidence, figure.sentence, figure.status, {"upper": [Literal(figure.upper)]}),
            Draft("statistic", figure.rule.name, high, evidence, figure.sentence, figure.status),
        ]


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    """Two names of one thing; long names must agree in most words of both."""
    least, most = sorted((len(a), len(b)))
    return len(a & b) >= _SAME * (most if least >= _LONG else least)
