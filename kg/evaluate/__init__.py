"""Measures fact records against gold: what was found, missed and made up, per kind and per document."""

from __future__ import annotations

from kg.evaluate.authored import AuthoredGold, Forbidden, load_authored
from kg.evaluate.loading import Case, load_cases
from kg.evaluate.matching import REQUIRED
from kg.evaluate.records import Record, RecordEntity, RecordFact, load_predictions, parse_record
from kg.evaluate.report import as_json, as_table, sentence_around, show_fact
from kg.evaluate.scoring import DocumentScore, Evaluation, Figure, Tally, evaluate, score_document

__all__ = [
    "REQUIRED",
    "AuthoredGold",
    "Case",
    "DocumentScore",
    "Evaluation",
    "Figure",
    "Forbidden",
    "Record",
    "RecordEntity",
    "RecordFact",
    "Tally",
    "as_json",
    "as_table",
    "evaluate",
    "load_authored",
    "load_cases",
    "load_predictions",
    "parse_record",
    "score_document",
    "sentence_around",
    "show_fact",
]
