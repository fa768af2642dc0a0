"""Counts hits, spurious and missed ones, and turns them into precision, recall and F1 with an interval.

What is counted
  entities   per type: a predicted entity is a hit when it pairs with a gold entity of the same type.
  facts      per kind: a fact is a hit when its required roles match.
  arguments  per kind: every filler of every role; a fact that matches none loses all its fillers.
  status     share of the matched facts that carry the right status.
  evidence   share of the matched facts whose evidence overlaps the gold one.
Facts that gold calls optional, and entities that only such facts hold, count neither for nor against.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from kg.evaluate.matching import REQUIRED, Matcher, overlap
from kg.evaluate.records import Record, RecordFact

Section = Literal["entities", "facts", "arguments"]
SECTIONS: tuple[Section, ...] = ("entities", "facts", "arguments")

_SAMPLES = 400
_TAIL = 10  # of the sorted samples, left out at either end: a 95 % interval


class Tally(NamedTuple):
    """Hits, and how many there were on either side."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    def plus(self, other: Tally) -> Tally:
        """The sum, part by part."""
        return Tally(self.hits + other.hits, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Hits among the predicted; 0 where nothing was predicted."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Hits among gold; 0 where gold holds nothing."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two; 0 where both are 0."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """The figures of one document.

    Attributes:
        doc: its name.
        tallies: by section, then by entity type or fact kind.
        status, evidence: (right, matched facts).
        missed: gold facts that no prediction met.
        spurious: predicted facts of measured kinds that met nothing.
    """

    doc: str
    tallies: Mapping[Section, Mapping[str, Tally]]
    status: tuple[int, int]
    evidence: tuple[int, int]
    missed: tuple[RecordFact, ...]
    spurious: tuple[RecordFact, ...]

    def total(self, section: Section) -> Tally:
        """All types or kinds of a section together."""
        return _sum(self.tallies[section].values())


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the result.

    Attributes:
        tally: the counts.
        low, high: bounds of the 95 % interval of F1, by drawing documents again; None for single kinds.
    """

    tally: Tally
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of a corpus.

    Attributes:
        documents: in the order of their names.
        without_prediction: documents that had no prediction and scored nothing.
    """

    documents: tuple[DocumentScore, ...]
    without_prediction: tuple[str, ...] = field(default=())

    def labels(self, section: Section) -> list[str]:
        """The entity types or fact kinds that occur, sorted."""
        return sorted({label for d in self.documents for label in d.tallies[section]})

    def figure(self, section: Section, label: str) -> Figure:
        """One type or kind over all documents."""
        return Figure(_sum(d.tallies[section].get(label, Tally()) for d in self.documents))

    def headline(self, section: Section) -> Figure:
        """The micro-average of a section with its interval; the same numbers on every call."""
        totals = [d.total(section) for d in self.documents]
        draw = random.Random(0)  # noqa: S311 - repeatable on purpose, nothing secret
        samples = sorted(
            _sum(totals[draw.randrange(len(totals))] for _ in totals).f1 for _ in range(_SAMPLES if totals else 0)
        )
        if not samples:
            return Figure(Tally())
        return Figure(_sum(totals), samples[_TAIL], samples[-_TAIL - 1])

    @property
    def status(self) -> tuple[int, int]:
        """(facts with the right status, matched facts)."""
        return sum(d.status[0] for d in self.documents), sum(d.status[1] for d in self.documents)

    @property
    def evidence(self) -> tuple[int, int]:
        """(facts with evidence in the right place, matched facts)."""
        return sum(d.evidence[0] for d in self.documents), sum(d.evidence[1] for d in self.documents)


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for t in tallies:
        total = total.plus(t)
    return total


class _Counts:
    """Counters of one section, by label."""

    def __init__(self) -> None:
        self.hits: Counter[str] = Counter()
        self.predicted: Counter[str] = Counter()
        self.gold: Counter[str] = Counter()

    def freeze(self) -> dict[str, Tally]:
        labels = sorted({*self.hits, *self.predicted, *self.gold})
        return {label: Tally(self.hits[label], self.predicted[label], self.gold[label]) for label in labels}


def _count_entities(matcher: Matcher, gold: Record) -> _Counts:
    required = _entities_of(gold.facts, gold)
    excused = _entities_of(gold.optional, gold) - required
    counts = _Counts()
    for entity in matcher.predicted.values():
        if matcher.alignment.gold_of.get(entity.id) in excused:
            continue
        counts.predicted[entity.type] += 1
        counts.hits[entity.type] += entity.id in matcher.alignment.typed
    counts.gold.update(e.type for e in gold.entities.values() if e.id not in excused)
    return counts


def _entities_of(facts: Iterable[RecordFact], record: Record) -> set[str]:
    return {
        x for f in facts for fillers in f.roles.values() for x in fillers if isinstance(x, str) and x in record.entities
    }


def score_document(predicted: Record, gold: Record) -> DocumentScore:
    """The figures of one document; kinds that are not measured are left aside on both sides."""
    matcher = Matcher(predicted, gold)
    own = [f for f in predicted.facts if f.kind in REQUIRED]
    expected = [f for f in gold.facts if f.kind in REQUIRED]
    optional = [f for f in gold.optional if f.kind in REQUIRED]
    pairs = matcher.pair(own, expected)
    rest = [i for i in range(len(own)) if i not in pairs]
    excused = {rest[i] for i in matcher.pair([own[i] for i in rest], optional)}

    facts, arguments = _Counts(), _Counts()
    right_status = right_evidence = 0
    for i, fact in enumerate(own):
        if i in excused:
            continue
        facts.predicted[fact.kind] += 1
        arguments.predicted[fact.kind] += fact.filler_count
        if i in pairs:
            match = expected[pairs[i]]
            facts.hits[fact.kind] += 1
            arguments.hits[fact.kind] += matcher.fact_hits(fact, match)
            right_status += fact.status == match.status
            right_evidence += any(overlap(a, b) > 0 for a in fact.evidence for b in match.evidence)
    for fact in expected:
        facts.gold[fact.kind] += 1
        arguments.gold[fact.kind] += fact.filler_count

    met = set(pairs.values())
    return DocumentScore(
        doc=gold.doc,
        tallies={
            "entities": _count_entities(matcher, gold).freeze(),
            "facts": facts.freeze(),
            "arguments": arguments.freeze(),
        },
        status=(right_status, len(pairs)),
        evidence=(right_evidence, len(pairs)),
        missed=tuple(f for j, f in enumerate(expected) if j not in met),
        spurious=tuple(own[i] for i in rest if i not in excused),
    )


def evaluate(gold: Sequence[Record], predictions: Mapping[str, Record]) -> Evaluation:
    """The figures of all gold documents; one without a prediction scores nothing and is named in the result."""
    return Evaluation(
        documents=tuple(score_document(predictions.get(g.doc, Record(g.doc)), g) for g in gold),
        without_prediction=tuple(g.doc for g in gold if g.doc not in predictions),
    )
