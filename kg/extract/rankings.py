"""Rankings: which index, who, which place, out of how many, and how far from the last time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.extract.drafts import Candidate, Draft, Literal, Words
from kg.extract.engine import candidates
from kg.extract.figure_names import FigureNames, Items
from kg.extract.rulebook import Rule, Rulebook
from kg.model import Span, Status
from kg.text.annotate import Annotated
from kg.text.grammar import Grammar
from kg.text.tape import Mention, Tape

_READ = ("lead", "body", "caption")
_SUBJECTS = ("Place", "Organization")
_NAME = 16  # items that the name of an index may have
_AROUND = 6  # items around a rank that may state its year


@dataclass(slots=True)
class _Place:
    """A place in a ranking as a pattern found it; items count on the plain tape, `low` to `high` is its segment."""

    rule: Rule
    start: int
    end: int
    low: int
    high: int
    sentence: int
    roles: dict[str, list[Candidate]]
    indicators: list[Items] = field(default_factory=list)
    subject: Candidate | None = None


class Rankings:
    """The ranking rules of a rulebook; keeps no state between articles."""

    def __init__(self, book: Rulebook, names: FigureNames) -> None:
        lexicon = book.lexicon
        self._names = names
        self.rules = [r for r in book.rules if r.phase == "figure" and r.kind == "ranking"]
        self._needs = {r.name: [frozenset(n) for n in r.pattern.needs] for r in self.rules}
        self._grammar = {r.name: Grammar(r.pattern.regex) for r in self.rules}

        def chars(classes: str) -> frozenset[str]:
            return frozenset("".join(lexicon.chars(n) for n in classes.split("|") if lexicon.has(n)))

        self._index = chars("ranking:index")
        self._wide = chars("ranking:wide|whole_country")
        self._joint = chars("and|,")
        self._regards = chars("ranking:regards")
        self._group = chars("ranking:group")
        self._star = chars("ranking:star")
        self._plan = chars("statistic:plan")
        self._year = chars("Period")
        self._is = chars("is")
        self._walls = chars(".|;|:|(|)|“|”|speech|is") | {"\n", "\v"}
        self._stop = chars(
            "ranking:placed|ranking:first|ranking:up|ranking:down|of|statistic:level|,|;|.|:|“|”|Date|Period|Number|Ratio|speech"
        ) | {"\n", "\v"}
        rx = lexicon.regex
        change = (
            "(?:<of>)?(?:<ranking:up>|(?P<down><ranking:down>))(?:<statistic:compare>)?(?P<n><Number>)<ranking:step>"
        )
        self._change = rx(change)
        self._from = chars("ranking:fell|ranking:rose")
        self._record = rx("<ranking:record>")

    def find(self, article: Annotated, home: Candidate | None) -> tuple[list[Draft], set[int]]:
        """The rankings of an article, and the items whose numbers they took.

        Args:
            article: the article.
            home: the place that the article is about, ranked where nobody else is named.
        """
        tape = article.plain
        present = frozenset(tape.codes)
        taken: set[int] = set()
        places: list[_Place] = []
        for rule in self.rules:
            if any(need.isdisjoint(present) for need in self._needs[rule.name]):
                continue
            for m in self._grammar[rule.name].finditer(tape.codes):
                if taken.isdisjoint(range(*m.span())):
                    place = self._place(article, tape, rule, m)
                    if place is not None:
                        taken.update(range(*m.span()))
                        places.append(place)
        places.sort(key=lambda p: p.start)
        drafts: list[Draft] = []
        last: _Place | None = None
        for number, place in enumerate(places):
            if number + 1 < len(places):
                place.high = min(place.high, places[number + 1].start)
            if self._indicator(tape, place, last):
                self._who(tape, place, last, home)
                drafts.append(self._draft(tape, place, last, taken))
                if last is not None and last.low == place.low and "change" not in drafts[-2].roles:
                    self._moved(tape, drafts[-2], drafts[-1], place)
                last = place
            else:
                taken.difference_update(range(place.start, place.end))
        return drafts, taken

    def _place(self, article: Annotated, tape: Tape, rule: Rule, m: re.Match[str]) -> _Place | None:
        codes = tape.codes
        start, end = m.span()
        sentence = article.sentence_at(tape.tokens.starts[tape.firsts[start]])
        if article.parts[sentence] not in _READ:
            return None
        if not self._group.isdisjoint(codes[max(start - _AROUND, 0) : start]):
            return None  # "in the group of the five that lead the country" is no place
        if end < len(codes) and codes[end] in self._star:
            return None
        roles: dict[str, list[Candidate]] = {}
        for group, capture in rule.pattern.captures.items():
            if m[group] is None:
                continue
            for found in candidates(tape, capture, *m.span(group)):
                if isinstance(found, Mention) and found.kind == "Ratio":
                    span = tape.mention_span(found)
                    roles["rank"] = [Literal(found.parts["rank"], span)]
                    roles["out_of"] = [Literal(found.parts["out_of"], span)]
                else:
                    roles[capture.role] = [found]
        for role, value in rule.fixed.items():
            roles[role] = [Literal(value)]
        low = max(codes.rfind(c, 0, start) for c in "\n\v;") + 1
        high = min((x for x in (codes.find(c, end) for c in "\n\v;") if x >= 0), default=len(codes))
        return _Place(rule, start, end, low, high, sentence, roles)

    # what is ranked

    def _indicator(self, tape: Tape, place: _Place, last: _Place | None) -> bool:
        codes = tape.codes
        after = self._about(tape, place)
        if (after < place.high and codes[after] in self._regards) or codes[place.end - 1] in self._index:
            start = after + 1 if codes[place.end - 1] not in self._index else place.end - 1
            found = self._names.behind(tape, start)
            if found is not None:
                place.indicators = [self._before_is(tape, place, found)]
                return True
        near = self._own(tape, place, last)
        if near is not None:
            place.indicators = [near]
            return True
        heads = [i for i in range(place.low, place.start) if codes[i] in self._index]
        if not heads and last is not None and place.low <= last.start:
            place.indicators = last.indicators
            return True
        if not heads:
            wall = max(codes.rfind(c, place.low, place.start) for c in ",()") + 1
            back, headed = self._names.before(tape, place.start, max(wall, place.low))
            if back is not None and headed:
                place.indicators = [back]
                return True
            # The sentence before may have named the index.
            before = max(codes.rfind("\n", 0, max(0, place.low - 1)), codes.rfind("\v", 0, max(0, place.low - 1))) + 1
            heads = [i for i in range(before, place.low) if codes[i] in self._index]
            if not heads and last is not None and before <= last.start:
                place.indicators = last.indicators
                return True
            if not heads:
                return False
        done = -1
        for i in heads:
            if i < done:
                continue
            if done >= 0 and not all(c in self._joint for c in codes[done:i]):
                place.indicators = []  # not one list: what stands nearest to the place is ranked
            done = self._reach(tape, i, place.start)
            place.indicators.append((i, done))
        return True

    def _about(self, tape: Tape, place: _Place) -> int:
        """The item behind a place, its scope and the nouns of those that are ranked: "trong 19 sở, ngành |về …"."""
        codes, after = tape.codes, place.end
        stop = min(place.high, place.end + _AROUND if "out_of" in place.roles else place.end + 2)
        while after < stop and codes[after] not in self._regards:
            counted = "out_of" in place.roles and after not in tape.mentions and codes[after] not in self._walls
            if codes[after] not in self._wide and not counted:
                break
            after += 1
        return after

    def _before_is(self, tape: Tape, place: _Place, found: Items) -> Items:
        """In "the first in <index> is <name>" the name is who holds the place."""
        codes, (start, end) = tape.codes, found
        at = next((i for i in range(start, min(end + 1, place.high)) if codes[i] in self._is), None)
        if at is None or at + 1 >= place.high:
            return found
        named = tape.mentions.get(at + 1)
        if named is not None and named.kind in _SUBJECTS:
            place.subject = named
        return (start, at) if at > start else found

    def _own(self, tape: Tape, place: _Place, last: _Place | None) -> Items | None:
        """A measure named between the place before in the same sentence and this one."""
        if last is None or last.sentence != place.sentence or last.end >= place.start:
            return None
        if any(c in self._index for c in tape.codes[last.end : place.start]):
            return None
        found, headed = self._names.before(tape, place.start, last.end)
        return found if headed else None

    def _reach(self, tape: Tape, head: int, stop: int) -> int:
        """Where the name of an index that begins at `head` ends; its abbreviation in brackets belongs to it."""
        codes, i = tape.codes, head + 1
        while i < stop and i - head < _NAME:
            if codes[i] == "(":
                close = codes.find(")", i, min(stop, i + 6))
                return close + 1 if close > 0 else i
            if codes[i] in self._stop or (i in tape.mentions and tape.mentions[i].kind in _SUBJECTS):
                break
            i += 1
        return i

    # who is ranked

    def _moved(self, tape: Tape, now: Draft, then: Draft, place: _Place) -> None:
        """In "…, down from the second place" the earlier place gives the change of the later one."""
        if place.start and tape.codes[place.start - 1] in self._from:
            new, old = now.roles["rank"][0], then.roles["rank"][0]
            values = [_number(c) for c in (new, old)]
            now.roles["change"] = [Literal(values[1] - values[0])]

    def _who(self, tape: Tape, place: _Place, last: _Place | None, home: Candidate | None) -> None:
        if place.subject is not None:
            return
        named = place.indicators[0][0]
        low = named if named < place.low else place.low
        inside = self._mentions(tape, low, place.start)
        if inside:
            place.subject = inside[-1][1]
        elif last is not None and last.subject is not None and last.high >= place.low - 2:
            place.subject = last.subject
        else:
            far = self._mentions(tape, tape.codes.rfind("\n", 0, place.start) + 1, place.low)
            place.subject = far[-1][1] if far else home

    def _mentions(self, tape: Tape, low: int, high: int) -> list[tuple[int, Mention]]:
        out = []
        for i in range(low, high):
            m = tape.mentions.get(i)
            if m is not None and m.kind in _SUBJECTS:
                out.append((i, m))
        return out

    # drafts

    def _draft(self, tape: Tape, place: _Place, last: _Place | None, taken: set[int]) -> Draft:
        codes = tape.codes
        roles = dict(place.roles)
        roles["indicator"] = [self._words(tape, items) for items in place.indicators]
        if place.subject is not None:
            roles["subject"] = [place.subject]
        if "scope" not in roles and place.end < place.high:
            near = [*range(place.end, min(place.end + 4, place.high))]
            if "out_of" not in roles:
                near += range(place.low, place.start)
            scope = next((i for i in near if codes[i] in self._wide), None)
            if scope is not None:
                text = tape.normal.get(scope) or tape.words(scope, scope + 1)
                roles["scope"] = [Literal(text, tape.span(scope, scope + 1))]
        low = max(place.low, last.end if last is not None else 0)
        change = None
        for m in self._change.finditer(codes, low, min(place.high, place.end + 8)):
            if m.start() < place.start or change is None:
                change = m
        if change is not None:
            number = tape.mentions[change.start("n")].parts["value"]
            roles["change"] = [Literal(-number if change["down"] else number, tape.span(*change.span("n")))]
            taken.update(range(*change.span()))
        years = [i for i in range(max(low, place.start - 1), place.start) if codes[i] in self._year]
        if not years:
            years = [i for i in range(place.end, min(place.end + _AROUND, place.high)) if codes[i] in self._year]
        if not years:
            years = [i for i in range(max(low, place.start - _AROUND), place.start) if codes[i] in self._year]
        if years:
            roles["period"] = [tape.mentions[years[0]]]
        qualifiers: dict[str, list[Candidate]] = {}
        if (best := self._record.search(codes, place.end, min(place.high, place.end + 10))) is not None:
            qualifiers["record_high"] = [Literal(1, tape.span(*best.span()))]
        status: Status = (
            "asserted"
            if self._plan.isdisjoint(codes[max(place.low, place.start - 2 * _AROUND) : place.start])
            else "planned"
        )
        first = place.indicators[0][0]
        start = first if place.low <= first < place.start else place.start
        evidence = tape.span(start, max([place.end] + [b for _, b in place.indicators if b <= place.high]))
        return Draft("ranking", place.rule.name, roles, evidence, place.sentence, status, qualifiers)

    def _words(self, tape: Tape, items: Items) -> Words:
        span: Span = tape.span(*items)
        return Words(span, "Indicator", " ".join(tape.text[span.start : span.end].split()))


def _number(rank: Candidate) -> int:
    if isinstance(rank, Mention):
        return int(rank.parts["value"])
    return int(rank.value) if isinstance(rank, Literal) else 0
