"""Pairs the entities and the facts of a prediction with those of gold, one to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.evaluate.names import GENERIC, best_word_f1, normal, word_f1
from kg.evaluate.records import Filler, Record, RecordEntity, RecordFact
from kg.model import Span

#: The measured kinds, each with the roles that must match for a fact to count.
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "award": ("award",),
    "document": ("document",),
    "event": ("event",),
    "holds_post": ("person", "post"),
    "launch": ("initiative",),
    "part_of": ("child", "parent"),
    "personnel_change": ("action", "person"),
    "ranking": ("indicator", "rank"),
    "request": ("speaker", "action"),
    "statement": ("speaker", "content"),
    "statistic": ("indicator", "value"),
}
# Two facts whose required roles are alike are told apart by these (two conferrals of one medal).
_TIE_BREAK = {"award": ("recipient", "giver", "recipient_count"), "event": ("date",), "document": ("number",)}

#: Entity types whose names must be equal; the names of the others may differ in some words.
EXACT_TYPES = frozenset({"Person", "Organization", "Place"})

NAME_F1 = 0.6
STRING_F1 = 0.7
INDICATOR_F1 = 0.4
STRETCH_OVERLAP = 0.5


def overlap(a: Span, b: Span) -> float:
    """Length of the common part over the length of both together: 1 for equal stretches, 0 for separate ones."""
    common = min(a.end, b.end) - max(a.start, b.start)
    return max(0, common) / max(1, max(a.end, b.end) - min(a.start, b.start))


def similarity(predicted: RecordEntity, gold: RecordEntity) -> float:
    """How surely the two are one thing; 0 where they cannot be.

    4 for equal names, 3 where the name of one is an alias of the other, 2 where they share an alias, and 1 to 1.5 by
    the words that the names of a type outside `EXACT_TYPES` have in common.
    """
    own_name, gold_name = normal(predicted.name), normal(gold.name)
    if own_name == gold_name:
        return 4.0
    own = {normal(a) for a in predicted.aliases} - GENERIC
    other = {normal(a) for a in gold.aliases} - GENERIC
    if own_name in other or gold_name in own:
        return 3.0
    if own & other:
        return 2.0
    if gold.type in EXACT_TYPES:
        return 0.0
    words = best_word_f1(_telling_forms(predicted), _telling_forms(gold))
    return 1.0 + words / 2 if words >= NAME_F1 else 0.0


def _telling_forms(entity: RecordEntity) -> list[str]:
    """The forms that say something; the name always, even a general one."""
    return [f for f in entity.forms if f == entity.name or normal(f) not in GENERIC]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which predicted entity is which gold entity.

    Attributes:
        gold_of: predicted id to gold id, one to one.
        typed: the predicted ids among them whose type agrees as well.
    """

    gold_of: Mapping[str, str]
    typed: frozenset[str]


def align(predicted: Mapping[str, RecordEntity], gold: Mapping[str, RecordEntity]) -> Alignment:
    """Best pairs first: those of one type before the others, then by `similarity`, then by id."""
    candidates = sorted(
        (p.type != g.type, -score, p.id, g.id)
        for p in predicted.values()
        for g in gold.values()
        if (score := similarity(p, g))
    )
    gold_of: dict[str, str] = {}
    taken: set[str] = set()
    typed: set[str] = set()
    for differs, _, own, other in candidates:
        if own in gold_of or other in taken:
            continue
        gold_of[own] = other
        taken.add(other)
        if not differs:
            typed.add(own)
    return Alignment(gold_of, frozenset(typed))


def _same_date(a: str, b: str) -> bool:
    """Equal, or equal but for a year that one of them lacks ("--06-08")."""
    return a == b or (b.startswith("--") and a[4:] == b[1:]) or (a.startswith("--") and b[4:] == a[1:])


def same_number(predicted: Filler, gold: float) -> bool:
    """Whether `predicted`, a number or its digits, is the number `gold`."""
    if isinstance(predicted, Span):
        return False
    try:
        return abs(float(predicted) - float(gold)) <= 1e-9 * max(1.0, abs(float(gold)))
    except ValueError:
        return False


class Matcher:
    """Compares the facts of one prediction with gold, through the alignment of their entities."""

    def __init__(self, predicted: Record, gold: Record) -> None:
        self.predicted = predicted.entities
        self.gold = gold.entities
        self.alignment = align(self.predicted, self.gold)

    def same(self, role: str, predicted: Filler, gold: Filler) -> bool:
        """Whether `predicted` fills `role` as `gold` does."""
        if isinstance(gold, Span):
            return isinstance(predicted, Span) and overlap(predicted, gold) >= STRETCH_OVERLAP
        if not isinstance(gold, str):
            return same_number(predicted, gold)
        if isinstance(predicted, Span):
            return False
        if gold in self.gold:
            return self._same_entity(role, predicted, self.gold[gold])
        if isinstance(predicted, str) and predicted in self.predicted:
            predicted = self.predicted[predicted].name
        return self._same_literal(role, predicted, gold)

    def _same_entity(self, role: str, predicted: Filler, gold: RecordEntity) -> bool:
        if not isinstance(predicted, str):
            return False
        own = self.predicted.get(predicted)
        if own is None:
            return normal(predicted) in {normal(f) for f in gold.forms} - GENERIC
        if self.alignment.gold_of.get(own.id) == gold.id:
            return True
        return role == "indicator" and best_word_f1(own.forms, gold.forms) >= INDICATOR_F1

    @staticmethod
    def _same_literal(role: str, predicted: str | int | float, gold: str) -> bool:
        if role in ("date", "period") and _same_date(str(predicted), gold):
            return True
        if role == "date":
            return False
        if role == "action":
            return predicted == gold
        if role == "comparator" and {predicted, gold} == {"approx", "lt"}:
            return True  # "gần 1.000": readers differ
        text = str(predicted)
        return normal(text) == normal(gold) or word_f1(text, gold) >= STRING_F1

    def hits(self, role: str, predicted: Sequence[Filler], gold: Sequence[Filler]) -> int:
        """How many fillers of `gold` are found in `predicted`, one to one."""
        left = list(predicted)
        found = 0
        for g in gold:
            at = next((i for i, p in enumerate(left) if self.same(role, p, g)), None)
            if at is not None:
                del left[at]
                found += 1
        return found

    def fact_hits(self, predicted: RecordFact, gold: RecordFact) -> int:
        """Fillers of `gold` found in `predicted`, over all roles."""
        return sum(self.hits(r, predicted.roles.get(r, ()), fillers) for r, fillers in gold.roles.items())

    def _closeness(self, predicted: RecordFact, gold: RecordFact) -> int:
        """0 where the two cannot be one fact; else more for each filler they share."""
        if predicted.kind != gold.kind:
            return 0
        for role in REQUIRED[gold.kind]:
            if not self.hits(role, predicted.roles.get(role, ()), gold.roles.get(role, ())):
                return 0
        telling = sum(
            self.hits(r, predicted.roles.get(r, ()), gold.roles[r])
            for r in _TIE_BREAK.get(gold.kind, ())
            if r in gold.roles
        )
        return 1 + self.fact_hits(predicted, gold) + telling

    def pair(self, predicted: Sequence[RecordFact], gold: Sequence[RecordFact]) -> dict[int, int]:
        """{index in `predicted`: index in `gold`}, one to one, the closest pairs first."""
        candidates = sorted(
            (-score, i, j)
            for i, p in enumerate(predicted)
            for j, g in enumerate(gold)
            if (score := self._closeness(p, g))
        )
        pairs: dict[int, int] = {}
        taken: set[int] = set()
        for _, i, j in candidates:
            if i not in pairs and j not in taken:
                pairs[i] = j
                taken.add(j)
        return pairs
