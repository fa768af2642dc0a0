"""A reading as the fact record of plain JSON: `{"doc", "entities", "facts"}`.

Offsets in a record count code points of the file as it lies on disk (`Document.raw`).
"""

from __future__ import annotations

from typing import Any

from kg.model import EntityRef, Fact, Filler, Reading, Span, Stretch, Value

# The record has no type for an office without a named holder; it stands where its holder would.
_TYPES = {"Office": "Person"}


def _exact(fact: Fact) -> dict[str, list[str]]:
    """A figure that no word compares is meant as it stands; the graph takes that as read, the record says so."""
    plain = fact.kind == "statistic" and "comparator" not in fact.roles
    return {"comparator": ["eq"]} if plain else {}


def to_record(reading: Reading) -> dict[str, Any]:
    """The JSON form of one reading; keys and lists in a fixed order."""
    doc = reading.document

    def span(s: Span) -> dict[str, int]:
        start, end = doc.to_source(s)
        return {"start": start, "end": end}

    def filler(f: Filler) -> Any:
        match f:
            case EntityRef():
                return f.id
            case Value():
                return f.value
            case Stretch():
                return span(f.span)

    return {
        "doc": doc.id,
        "entities": [
            {"id": e.id, "type": _TYPES.get(e.type, e.type), "name": e.name, "aliases": list(e.aliases)}
            for e in reading.entities
        ],
        "facts": [
            {
                "kind": f.kind,
                "status": f.status,
                "evidence": [span(s) for s in f.evidence],
                "roles": {role: [filler(x) for x in fillers] for role, fillers in f.roles.items()} | _exact(f),
                "rule": f.rule,
                **(
                    {"qualifiers": {r: [filler(x) for x in v] for r, v in f.qualifiers.items()}} if f.qualifiers else {}
                ),
            }
            for f in reading.facts
        ],
    }
