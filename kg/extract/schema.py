"""The fact kinds and their roles, from the table that is generated from the ontology (`ontology/facts.json`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from kg.resources import resource


@cache
def fact_kinds() -> Mapping[str, Any]:
    """Fact kind to its class, labels and roles; see `ontology/facts.json`."""
    table: dict[str, Any] = json.loads(resource("ontology", "facts.json").read_text(encoding="utf-8"))
    return table


@cache
def required_roles(kind: str) -> tuple[str, ...]:
    """Roles without which there is no fact of this kind."""
    return tuple(role for role, what in fact_kinds()[kind]["roles"].items() if what["required"])


@cache
def qualifier_roles(kind: str) -> frozenset[str]:
    """Roles beyond the measured record, kept in `Fact.qualifiers`."""
    return frozenset(role for role, what in fact_kinds()[kind]["roles"].items() if what["qualifier"])


@cache
def word_roles(kind: str) -> frozenset[str]:
    """Roles that hold words as they stand and neither things nor stretches."""
    return frozenset(role for role, what in fact_kinds()[kind]["roles"].items() if what["fillers"] == ["string"])


@cache
def date_roles(kind: str) -> frozenset[str]:
    """Roles that hold dates."""
    return frozenset(role for role, what in fact_kinds()[kind]["roles"].items() if what["fillers"] == ["date"])
