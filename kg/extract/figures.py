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
    prize    nowhere: the rule gives it; the award before the brackets is the subject
    measure  before where a noun of measure stands there or money is counted, else behind
"""

from __future__ import annotations

import bisect
from dataclasses import replace

from kg.extract.drafts import Candidate, Draft, Literal, Words
from kg.extract.entities import Entities
from kg.extract.figure_context import Context, Surroundings
from kg.extract.figure_names import FigureNames, Items
from kg.extract.figure_numbers import Figure, Numbers
from kg.extract.rankings import Rankings
from kg.extract.rulebook import Rulebook
from kg.model import Span
from kg.text.annotate import Annotated
from kg.text.normal import tone_key
from kg.text.tape import Tape

_READ = ("lead", "body")
_LARGE = 1_000_000  # an amount from which on the same amount is the same thing
_SHORT = 2  # items: a verb of spending alone ("đầu tư"), which what the money goes to completes
_LONG = 6  # words from which on a name is long
_SAME = 0.6  # share of words that two names of one value have in common where they name one thing


_NAMED = frozenset(("Person", "Place", "Organization"))


class Figures:
    """The figure rules of a rulebook, with the classes of words that they look for; keeps no state between articles."""

    def __init__(self, book: Rulebook) -> None:
        self._names = FigureNames(book.lexicon)
        self._numbers = Numbers(book, self._names)
        self._context = Context(book.lexicon)
        self._rankings = Rankings(book, self._names)
        chars = self._names.chars
        self._level = chars("statistic:level")
        self._change, self._reach = chars("statistic:change"), chars("statistic:reach")
        self._counter = chars("units.counter")
        self._filler = chars("and|,|(|-|statistic:level|statistic:compare")
        self._and = chars("and")
        self._consists = chars("statistic:consists")
        self._has = chars("statistic:has")
        self._target = chars("statistic:target")
        self._still = chars("statistic:still")
        self._example = chars("statistic:example")

    # one article

    def find(self, article: Annotated, entities: Entities) -> list[Draft]:
        """The rankings and statistics of an article."""
        tape = article.plain
        around = Surroundings(self._context, article, entities)
        ranked, taken = self._rankings.find(article, around.home)
        claims = self._numbers.claims(tape)
        if not claims:
            return ranked
        covered = self._document_numbers(article)
        awarded = {
            article.sentence_at(tape.tokens.starts[m.first])
            for m in article.tape.mentions.values()
            if m.kind == "Award"
        }
        figures: list[Figure] = []
        done = -1
        for item in sorted(claims.keys() - taken):
            if item < done:
                continue
            token = tape.firsts[item]
            sentence = article.sentence_at(tape.tokens.starts[token])
            if article.parts[sentence] not in _READ or self._supposed(article, sentence):
                continue
            at = bisect.bisect_right(covered, (tape.tokens.starts[token], 1 << 30)) - 1
            if (at >= 0 and covered[at][1] > tape.tokens.starts[token]) or self._names.graded(tape, item):
                continue
            figure = self._numbers.figure(tape, item, sentence, claims[item], sentence in awarded)
            if figure is None:
                continue
            if figure.rule.take == "prize":
                self._prize(tape, figure, figures)
                figures.append(figure)
                continue
            last = figures[-1] if figures and figures[-1].sentence == sentence else None
            low = self._names.low(tape, figure.start)
            if self._name(tape, figure, low, last):
                done = figure.end
                self._numbers.tallied(tape, figure)
                around.read(tape, figure, figures)
                figures.append(figure)
        out = ranked
        for figure, again in self._distinct(figures):
            drafts = self._drafts(tape, figure)
            out = out + drafts
            # A value that is told again is one fact with the evidence of both places.
            for other in again:
                evidence = self._evidence(tape, other)
                out += [replace(d, evidence=evidence, sentence=other.sentence, status=other.status) for d in drafts]
        return out

    def _supposed(self, article: Annotated, sentence: int) -> bool:
        """True for an example of nobody: "Ví dụ, một hộ có 3 con trâu …"; "Chẳng hạn như phường A có …" is a fact."""
        plain, starts = article.plain, article.plain.tokens.starts
        first = bisect.bisect_left(plain.firsts, bisect.bisect_left(starts, article.sentences[sentence].start))
        if plain.codes[first : first + 1] not in self._example:
            return False
        last = bisect.bisect_left(plain.firsts, bisect.bisect_left(starts, article.sentences[sentence].end))
        return not any(m.kind in _NAMED for i in range(first, last) if (m := plain.mentions.get(i)) is not None)

    def _document_numbers(self, article: Annotated) -> list[tuple[int, int]]:
        """Where the numbers of documents stand in the text."""
        found = []
        for mention in article.tape.mentions.values():
            if mention.kind == "Document":
                found += [(span.start, span.end) for _, span in mention.parts["roles"].get("number", ())]
        return sorted(found)

    # names

    def _name(self, tape: Tape, figure: Figure, low: int, last: Figure | None) -> bool:
        """Finds what is measured; false where nothing is found."""
        codes, take = tape.codes, figure.rule.take
        back, headed = self._names.before(tape, figure.start, low)
        if back is not None and last is not None and back[0] < last.end + 1 and codes[back[0]] in self._numbers.money:
            back, headed = None, False  # "7.000 tỷ đồng chứ không phải 3.000 tỷ"
        if last is not None and self._changed(tape, figure, last):
            return self._same(tape, figure, last)
        comma = codes[figure.start - 1] == "," and codes[figure.start] in self._level
        if back is None and last is None and comma:
            # "Vụ tôm khá, đạt 64% kế hoạch"
            back, headed = self._names.before(tape, figure.start - 1, self._names.low(tape, figure.start - 1))
            back = back if headed else None
        changing = self._changing(tape, figure)
        if changing and not headed:
            back = self._names.clause(tape, figure.start, low) or back
        first = codes[figure.end] if figure.end < len(codes) else "\n"
        ahead = self._names.behind(tape, figure.end) if first not in self._numbers.nothing else None
        if changing and back is None and ahead is None and (second := self._second(tape, figure)):
            figure.unit = figure.unit or tape.words(second[0], second[0] + 1)
            return self._set(tape, figure, second)
        near = last is not None and self._near(tape, last, figure)
        money = figure.unit == "đồng" or codes[figure.end - 1] in self._numbers.money
        if take in ("last", "fall"):
            if last is not None and (near or back is None) and not (figure.counted and ahead is not None and not near):
                return self._same(tape, figure, last)
            if back is None and codes[figure.start] in self._names.head:
                return self._set(tape, figure, (figure.start, figure.start + 1))
            if codes[figure.start] in self._names.head and figure.start and codes[figure.start - 1] in self._target:
                return self._set(tape, figure, (figure.start, figure.start + 1))  # "hoàn thành mục tiêu tăng trưởng"
            if not headed and not self._still.isdisjoint(codes[figure.start : figure.item]):
                return False  # "sau khi hợp nhất giảm còn 151": of what is not said
            # "Khối A giảm 7 hợp đồng": of somebody who cuts something the thing is measured.
            chosen = back if back is not None and (headed or ahead is None) else ahead
            if chosen is None:
                return False
            self._set(tape, figure, chosen)
            return self._fallen(tape, figure)
        if (
            near
            and last is not None
            and back is None
            and (ahead is None or (figure.unit == last.unit != "%" and codes[figure.start] in self._level))
            and take != "after"
        ):
            return self._same(tape, figure, last)
        if take == "after" and figure.unit and not figure.counted:
            take = "percent" if figure.unit == "%" else "measure"
        match take:
            case "before":
                beside = back is not None and headed and (back[1] == figure.start or back[0] <= low)
                if figure.unit == "%" and not beside and ahead is not None:
                    return self._set(tape, figure, ahead)  # "tiết kiệm ít nhất 10% chi phí điện"
                if not headed and (far := self._names.strongest(tape, figure.start)) is not None:
                    return self._set(tape, figure, far)
                if back is None and last is not None and last.rule is figure.rule:
                    return self._same(tape, figure, last)
                # "được bố trí không quá 2 cấp phó"
                chosen = ahead if figure.counted and not headed and ahead is not None else back or ahead
            case "share":
                chosen = ahead or back if headed else ahead or self._names.strongest(tape, figure.start) or back
            case "percent":
                level = codes[figure.start] in self._level
                chosen = (
                    back
                    if back and (level or (headed and back[1] == figure.start))
                    else ahead or (back if headed else None)
                )
            case "measure":
                if (
                    back is None
                    and last is not None
                    and figure.unit == last.unit
                    and codes[figure.start] in self._level
                ):
                    return self._same(tape, figure, last)
                chosen = back if headed or (money and back) or ahead is None else ahead
                if money and not headed and back is not None and chosen is back and back[1] - back[0] <= _SHORT:
                    goes = self._names.purpose(tape, figure.end)
                    self._set(tape, figure, chosen)
                    figure.name = f"{figure.name} {goes}".strip()
                    return True
            case _:
                named = back if headed or changing else None
                return self._counted(tape, figure, max(low, last.end if last else 0), named, ahead)
        if chosen is None:
            if last is not None and figure.unit == last.unit:
                return self._same(tape, figure, last)
            return False
        return self._set(tape, figure, chosen)

    def _second(self, tape: Tape, figure: Figure) -> Items | None:
        """What the second value of a change counts: "giảm từ 90 xuống còn 35 trạm"."""
        codes = tape.codes
        at = next((i for i in range(figure.end, min(figure.end + 4, len(codes))) if codes[i] in self._names.number), 0)
        if not at or self._reach.isdisjoint(codes[figure.end : at]) or codes[at + 1] not in self._counter:
            return None
        return self._names.behind(tape, at + 1)

    def _near(self, tape: Tape, last: Figure, figure: Figure) -> bool:
        """True where nothing of weight stands between a figure, with what it counts, and the next."""
        end = last.end
        if last.counted and last.item < last.named[1] <= figure.start and tape.codes[figure.start] in self._level:
            end = last.named[1]  # "24.500 lao động, đạt 102% kế hoạch"
        return all(c in self._filler for c in tape.codes[end : figure.start])

    def _changing(self, tape: Tape, figure: Figure) -> bool:
        """True for the first value of a change: "giảm từ 41 xuống 28"; also for "tăng lên thành 12"."""
        return not self._change.isdisjoint(tape.codes[max(0, figure.start - 1) : figure.start + 1])

    def _changed(self, tape: Tape, figure: Figure, last: Figure) -> bool:
        """True for the second value of a change."""
        between = tape.codes[last.end : figure.item]
        return (
            self._changing(tape, last)
            and not self._reach.isdisjoint(between)
            and all(c in self._filler or c in self._counter for c in between)
        )

    def _counted(self, tape: Tape, figure: Figure, low: int, back: Items | None, ahead: Items | None) -> bool:
        """What is counted: the noun behind; with a bare noun, the measure or the deed before it."""
        codes, start = tape.codes, figure.start
        if ahead is None:
            adjacent = back is not None and start > back[1] - 1 and self._names.joined(tape, back[1], start)
            reached = (
                codes[start - 1] in self._level
                or codes[start] in self._level
                or (back is not None and back[1] == start)
            )
            return back is not None and adjacent and reached and self._set(tape, figure, back)
        word = tape.tokens.words[tape.firsts[ahead[0]]]
        if not figure.unit and word.upper and word.shape != "A":
            return False  # "số 12 Lê Duẩn"
        if ahead[1] - ahead[0] > 1:
            return self._set(tape, figure, ahead)
        if back is not None and (codes[start - 1] in self._level or start < figure.item):
            return self._set(tape, figure, back)
        previous = tape.mentions.get(start - 2) if start > 1 else None
        if start and codes[start - 1] in self._consists and previous is not None:
            return self._set(tape, figure, (start - 2, start - 1))
        deed = start
        while (
            deed > low
            and start - deed < 6
            and codes[deed - 1] not in self._names.opener
            and codes[deed - 1] not in self._and
            and deed - 1 not in tape.mentions
            and not tape.tokens.words[tape.firsts[deed - 1]].upper
        ):
            deed -= 1
        self._set(tape, figure, ahead)
        if start - deed >= 2 and codes[start - 1] not in self._has and codes[start] not in self._has:
            figure.name = f"{' '.join(tape.words(deed, start).split())} {figure.name}"
            figure.named = (deed, ahead[1])
        return True

    def _fallen(self, tape: Tape, figure: Figure) -> bool:
        """The name of a fall says so, once; what is left after it is none."""
        left = not self._still.isdisjoint(tape.codes[figure.start : figure.item])
        if figure.rule.take == "fall" and not left:
            fell = tape.normal.get(figure.start) or tape.words(figure.start, figure.start + 1)
            if not figure.name.endswith(f" {fell}"):
                figure.name = f"{figure.name} {fell}"
        return True

    def _prize(self, tape: Tape, figure: Figure, figures: list[Figure]) -> None:
        """In "5 giải A (mỗi giải 50 triệu đồng)" the number belongs to the award, the prize is the figure."""
        opening = tape.codes.find("(", figure.start, figure.item)
        figure.named = (figure.start, opening)
        figure.name = str(figure.rule.fixed["indicator"])
        figure.subjects = [Words(tape.span(figure.start, opening), "Award")]
        if figures and figures[-1].item == figure.start - 1:
            figures.pop()

    def _set(self, tape: Tape, figure: Figure, items: Items) -> bool:
        figure.named = items
        figure.name = " ".join(tape.words(*items).split())
        return True

    def _same(self, tape: Tape, figure: Figure, last: Figure) -> bool:
        figure.name, figure.named = last.name, last.named
        return self._fallen(tape, figure)

    # one article's figures

    def _distinct(self, figures: list[Figure]) -> list[tuple[Figure, list[Figure]]]:
        """A value that is told again is told once: as it is told the first time; with where it is told again."""
        kept: list[tuple[Figure, list[Figure]]] = []
        seen: dict[tuple[float, str], list[tuple[frozenset[str], Figure, list[Figure]]]] = {}
        for figure in figures:
            words = frozenset(tone_key(figure.name).split())
            known = seen.setdefault((figure.value, tone_key(figure.unit)), [])
            large = figure.value >= _LARGE and not figure.counted
            for w, first, again in known:
                if first.sentence != figure.sentence and (large or _alike(words, w)):
                    if first.upper is None and figure.upper is None:
                        again.append(figure)
                    break
            else:
                more: list[Figure] = []
                known.append((words, figure, more))
                kept.append((figure, more))
        return kept

    # drafts

    def _evidence(self, tape: Tape, figure: Figure) -> Span:
        a, b = figure.named
        start = min(a, figure.start) if figure.start - a < 40 else figure.start
        return tape.span(start, max(b, figure.end) if b > figure.item else figure.end)

    def _drafts(self, tape: Tape, figure: Figure) -> list[Draft]:
        a, b = figure.named
        noun = figure.counted and a > figure.item and tape.words(a, b) == figure.name
        also = self._names.whole(tape, (a, b)) if noun else ""
        roles: dict[str, list[Candidate]] = {
            "indicator": [Words(tape.span(a, b), "Indicator", figure.name, also)],
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
        evidence = self._evidence(tape, figure)
        draft = Draft("statistic", figure.rule.name, roles, evidence, figure.sentence, figure.status)
        if figure.upper is None:
            return [draft]
        if figure.rule.take == "before" and figure.comparator in ("le", "ge"):
            if figure.comparator == "le":
                roles["value"] = [Literal(figure.upper, figure.value_span)]
            return [draft]  # "không quá 7 - 9 người"
        low: dict[str, list[Candidate]] = {**roles, "comparator": [Literal("ge")]}
        high: dict[str, list[Candidate]] = {
            **roles,
            "value": [Literal(figure.upper, figure.value_span)],
            "comparator": [Literal("le")],
        }
        return [
            Draft(
                "statistic",
                figure.rule.name,
                low,
                evidence,
                figure.sentence,
                figure.status,
                {"upper": [Literal(figure.upper)]},
            ),
            Draft("statistic", figure.rule.name, high, evidence, figure.sentence, figure.status),
        ]


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    """Two names of one thing; long names must agree in most words of both."""
    least, most = sorted((len(a), len(b)))
    return len(a & b) >= _SAME * (most if least >= _LONG else least)
