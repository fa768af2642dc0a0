"""Every gold article is read; what must not be said is not said, and no figure falls below its floor."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from kg.evaluate import REQUIRED, AuthoredGold, Case, Evaluation, Record, evaluate, load_authored, load_cases, show_fact
from kg.evaluate.running import predict_one

HERE = Path(__file__).parent
PARTS = ("open", "heldout")
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
ARTICLES = sorted(path for part in PARTS for path in (HERE / part).glob("*.toml"))


@cache
def cases(part: str) -> tuple[Case, ...]:
    return tuple(load_cases(HERE / part, HERE / part))


@cache
def prediction(part: str, doc: str) -> Record:
    return predict_one(next(c for c in cases(part) if c.gold.doc == doc))


@cache
def result(part: str) -> Evaluation:
    golds = [c.gold for c in cases(part)]
    return evaluate(golds, {g.doc: prediction(part, g.doc) for g in golds})


def forbidden_facts(gold: AuthoredGold, said: Record, path: Path) -> list[str]:
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    return [
        show_fact(fact, said, text)
        for fact in said.facts
        if fact.status != "negated" and any(rule.said_by(fact, said, text) for rule in gold.forbidden)
    ]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_gold_agrees_with_itself(path: Path) -> None:
    """A perfect prediction scores 1: no two gold facts stand for one, and none matches what is forbidden."""
    gold = load_authored(path)
    score = evaluate([gold.record], {gold.record.doc: gold.record}).documents[0]
    assert not score.missed and not score.spurious
    everything = replace(gold.record, facts=(*gold.record.facts, *gold.record.optional))
    assert not forbidden_facts(gold, everything, path)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_nothing_forbidden_is_said(path: Path) -> None:
    """But for as many things as floors.toml still admits, which may only become fewer."""
    wrong = forbidden_facts(load_authored(path), prediction(path.parent.name, path.stem), path)
    assert len(wrong) <= FLOORS["wrong"].get(path.stem, 0), "\n".join(wrong)


@pytest.mark.parametrize("kind", sorted(REQUIRED))
@pytest.mark.parametrize("part", PARTS)
def test_no_kind_falls_below_its_floor(part: str, kind: str) -> None:
    tally = result(part).figure("facts", kind).tally
    assert tally.gold, "the gold lacks this kind"
    assert tally.f1 >= FLOORS[part][kind]


@pytest.mark.parametrize("section", ["facts", "arguments", "entities"])
@pytest.mark.parametrize("part", PARTS)
def test_no_headline_falls_below_its_floor(part: str, section: str) -> None:
    figures = result(part)
    assert figures.headline(section).tally.f1 >= FLOORS[part]["all"][section]  # type: ignore[arg-type]


@pytest.mark.parametrize("part", PARTS)
def test_status_and_evidence_do_not_fall_below_their_floors(part: str) -> None:
    figures = result(part)
    for name in ("status", "evidence"):
        right, matched = getattr(figures, name)
        assert right >= FLOORS[part]["all"][name] * matched
