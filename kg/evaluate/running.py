"""Reads the articles of gold with the shipped rules."""

from __future__ import annotations

from collections.abc import Iterable

from kg.evaluate.loading import Case
from kg.evaluate.records import Record, parse_record
from kg.extract.article import read_article
from kg.read import load
from kg.record import to_record


def predict(cases: Iterable[Case]) -> dict[str, Record]:
    """What the program says of each article, by gold's document name.

    Raises:
        InputError: an article cannot be read.
        RuleError: the shipped rules are broken.
    """
    return {case.gold.doc: predict_one(case) for case in cases}


def predict_one(case: Case) -> Record:
    """What the program says of one article. Raises as `predict`."""
    record = to_record(read_article(load(case.path, any_language=True)))
    return parse_record(record, str(case.path))
