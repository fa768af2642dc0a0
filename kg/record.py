"""A reading as the fact record of plain JSON, and back: `{"doc", "entities", "facts"}`.

Offsets in a record count code points of the file as it lies on disk (`Document.raw`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.model import ArticleMeta, Document, Entity, EntityRef, Fact, Filler, Reading, Span, Stretch, Value

# The record has no type for an office without a named holder; it stands where its holder would.
_TYPES = {"Office": "Person"}


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
                "roles": {role: [filler(x) for x in fillers] for role, fillers in f.roles.items()},
                "rule": f.rule,
                **(
                    {"qualifiers": {r: [filler(x) for x in v] for r, v in f.qualifiers.items()}} if f.qualifiers else {}
                ),
            }
            for f in reading.facts
        ],
    }


def from_record(record: Mapping[str, Any], document: Document) -> Reading:
    """A reading from a record (gold, or written by another program) and its document.

    Only documents whose text equals the file (`offsets is None`) are taken. Entity mentions are the places where a
    name or an alias stands in the text. `optional` facts of gold records are left out.

    Raises:
        ValueError: the document's text differs from its file, or a filler has an unknown form.
    """
    if document.offsets is not None:
        raise ValueError(f"{document.source}: records are read against NFC text with line feeds only")
    ids = {e["id"] for e in record["entities"]}

    def filler(v: Any) -> Filler:
        if isinstance(v, Mapping):
            return Stretch(Span(v["start"], v["end"]))
        if isinstance(v, str) and v in ids:
            return EntityRef(v)
        if isinstance(v, str | int | float):
            return Value(v)
        raise ValueError(f"unknown filler {v!r}")

    def spans(v: Any) -> tuple[Span, ...]:
        return tuple(Span(x["start"], x["end"]) for x in (v if isinstance(v, list) else [v]))

    def mentions(e: Mapping[str, Any]) -> tuple[Span, ...]:
        found = set()
        for name in (e["name"], *e.get("aliases", ())):
            at = document.text.find(name)
            while at >= 0:
                found.add(Span(at, at + len(name)))
                at = document.text.find(name, at + 1)
        return tuple(sorted(found))

    return Reading(
        document=document,
        article=ArticleMeta(),
        entities=tuple(
            Entity(e["id"], e["type"], e["name"], tuple(e.get("aliases", ())), mentions(e)) for e in record["entities"]
        ),
        facts=tuple(
            Fact(
                kind=f["kind"],
                roles={r: tuple(filler(x) for x in (v if isinstance(v, list) else [v])) for r, v in f["roles"].items()},
                evidence=spans(f["evidence"]),
                status=f.get("status", "asserted"),
                rule=f.get("rule", ""),
                qualifiers={r: tuple(filler(x) for x in v) for r, v in f.get("qualifiers", {}).items()},
            )
            for f in record["facts"]
        ),
    )
