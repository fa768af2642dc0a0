"""The figures as JSON and as text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.evaluate.records import Filler, Record, RecordFact
from kg.evaluate.scoring import SECTIONS, Evaluation, Figure
from kg.model import Span

_SHOWN = 60
_BORDER = re.compile(r"[.!?…][”\"’»)]*\s+(?=[“\"‘«(]*(\w))|\n+")


def as_json(result: Evaluation) -> dict[str, Any]:
    """The figures under stable keys: "facts", "facts.holds_post", "entities.Person", …, "status", "evidence"."""

    def row(figure: Figure) -> dict[str, float | int]:
        t = figure.tally
        line: dict[str, float | int] = {
            "P": t.precision, "R": t.recall, "F": t.f1, "gold": t.gold, "pred": t.predicted
        }  # fmt: skip
        if figure.low is not None and figure.high is not None:
            line |= {"low": figure.low, "high": figure.high}
        return line

    out: dict[str, Any] = {"documents": len(result.documents)}
    for section in SECTIONS:
        for label in result.labels(section):
            out[f"{section}.{label}"] = row(result.figure(section, label))
        out[section] = row(result.headline(section))
    for name, (right, matched) in (("status", result.status), ("evidence", result.evidence)):
        out[name] = right / matched if matched else None
    out["per_document"] = {
        d.doc: {section: row(Figure(d.total(section))) for section in SECTIONS} for d in result.documents
    }
    return out


def as_table(result: Evaluation, words: Mapping[str, str]) -> Iterator[str]:
    """Lines of the table; `words` gives the headings gold, predicted, all, documents, status, evidence."""
    yield f"{words['documents']}: {len(result.documents)}"
    for section in SECTIONS:
        yield ""
        yield f"{section:24} {words['gold']:>8} {words['predicted']:>8} {'P':>6} {'R':>6} {'F1':>6}"
        for label in result.labels(section):
            yield _line(label, result.figure(section, label))
        yield _line(words["all"], result.headline(section))
    yield ""
    for name, (right, matched) in (("status", result.status), ("evidence", result.evidence)):
        yield f"{words[name]}: {right}/{matched}"


def _line(label: str, figure: Figure) -> str:
    t = figure.tally
    line = f"  {label:22} {t.gold:8} {t.predicted:8} {t.precision:6.3f} {t.recall:6.3f} {t.f1:6.3f}"
    return line if figure.low is None else f"{line}  [{figure.low:.3f}, {figure.high:.3f}]"


def show_fact(fact: RecordFact, record: Record, text: str) -> str:
    """`fact` on one line: its kind, status where it is not asserted, and the roles with names instead of ids."""

    def show(filler: Filler) -> str:
        if isinstance(filler, Span):
            words = " ".join(text[filler.start : filler.end].split())
            return f"“{words[:_SHOWN]}…”" if len(words) > _SHOWN else f"“{words}”"
        entity = record.entities.get(filler) if isinstance(filler, str) else None
        return entity.name if entity else str(filler)

    status = "" if fact.status == "asserted" else f" [{fact.status}]"
    roles = "; ".join(f"{role}={' | '.join(map(show, fillers))}" for role, fillers in fact.roles.items())
    rule = f" ({fact.rule})" if fact.rule else ""
    return f"{fact.kind}{status} {roles}{rule}"


def sentence_around(text: str, at: Span) -> str:
    """The sentence or sentences of `text` that `at` touches, on one line."""
    borders = [b for b in _BORDER.finditer(text) if b[1] is None or not b[1].islower()]
    start = max((b.end() for b in borders if b.end() <= at.start), default=0)
    end = min((b.start() + 1 for b in borders if b.start() >= at.end - 1), default=len(text))
    return " ".join(text[start:end].split())
