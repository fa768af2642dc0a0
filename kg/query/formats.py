"""Answers as text for programs: the W3C's CSV, TSV and JSON results, and Turtle; and as cells for people."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pyoxigraph as ox

from kg.errors import UsageError
from kg.query.collation import collation_key
from kg.query.engine import Answer, Cell, Row
from kg.query.messages import say
from kg.query.vocabulary import prefixes, short
from kg.rdf.terms import DEFAULT_BASE, PREFIXES

FORMATS = ("table", "csv", "tsv", "json", "turtle")
_NUMBERS = frozenset(
    PREFIXES["xsd"] + name
    for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger", "positiveInteger")
)
# Escape sequences, and what turns or hides text: written as \uXXXX, which TSV, JSON and Turtle read back as it was.
_UNSAFE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]"
)


def serialise(answer: Answer, form: str, base: str = DEFAULT_BASE) -> str:
    """The answer in a format for programs; ends with a line feed.

    TSV, JSON and Turtle are safe to print: control and direction characters stand as escapes. CSV has no escapes, so
    there they are as the graph has them.

    Args:
        answer: what was found.
        form: csv, tsv, json or turtle.
        base: namespace of the data, `d:` in Turtle.

    Raises:
        UsageError: a format of tables for a graph, or Turtle for a table.
    """
    if form == "turtle":
        if not answer.is_graph:
            raise UsageError(say("format_graph"), say("hint_format_graph"))
        return _turtle(answer, base)
    if answer.is_graph:
        raise UsageError(say("format_rows", format=form), say("hint_format_rows"))
    if form == "json":
        return _json(answer)
    if answer.truth is not None:
        # The formats define nothing for ASK.
        return f"{str(answer.truth).lower()}\n"
    return _csv(answer) if form == "csv" else _tsv(answer)


def plain(cell: Cell, base: str = DEFAULT_BASE) -> str:
    """What a person reads for a term: the literal's text, the prefixed name, "" for nothing."""
    match cell:
        case None:
            return ""
        case ox.NamedNode():
            return short(cell.value, base)
        case ox.BlankNode():
            return f"_:{cell.value}"
        case ox.Literal():
            return cell.value
    return str(cell)


def reading_rows(answer: Answer, base: str = DEFAULT_BASE) -> tuple[list[list[str]], set[int]]:
    """Cells for people, and the indices of the columns that hold numbers only.

    Where the query gives no order, rows come in that of a Vietnamese dictionary, numbers by value.
    """
    rows = list(answer.rows)
    if not answer.ordered:
        rows.sort(key=lambda row: [_reading_order(cell, base) for cell in row])
    numbers = {
        i
        for i in range(len(answer.variables))
        if all(_is_number(row[i]) for row in rows) and any(row[i] is not None for row in rows)
    }
    return [[" ".join(plain(cell, base).split()) for cell in row] for row in rows], numbers


def _is_number(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, ox.Literal) and cell.datatype.value in _NUMBERS)


def _reading_order(cell: Cell, base: str) -> tuple[Any, ...]:
    if cell is None:
        return (0,)
    if isinstance(cell, ox.Literal) and cell.datatype.value in _NUMBERS:
        try:
            return (1, float(cell.value), cell.value)
        except ValueError:  # a datatype alone makes no number of "abc"
            return (2, collation_key(cell.value), cell.value)
    return (2, collation_key(plain(cell, base)), str(cell))


def _csv(answer: Answer) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(answer.variables)
    for row in answer.rows:
        values = [cell.value if isinstance(cell, ox.NamedNode) else plain(cell) for cell in row]
        writer.writerow(values)
    return out.getvalue()


def _tsv(answer: Answer) -> str:
    lines = ["\t".join(f"?{name}" for name in answer.variables)]
    lines += ["\t".join("" if c is None else _safe(str(c).replace("\t", "\\t")) for c in row) for row in answer.rows]
    return "\n".join(lines) + "\n"


def _json(answer: Answer) -> str:
    if answer.truth is not None:
        return json.dumps({"head": {}, "boolean": answer.truth}) + "\n"
    bindings = [
        {name: _binding(cell) for name, cell in zip(answer.variables, row, strict=True) if cell is not None}
        for row in answer.rows
    ]
    result = {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}
    return _safe(json.dumps(result, ensure_ascii=False, indent=1)) + "\n"


def _binding(cell: Any) -> dict[str, Any]:
    match cell:
        case ox.NamedNode():
            return {"type": "uri", "value": cell.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": cell.value}
        case ox.Literal():
            if cell.language:
                return {"type": "literal", "xml:lang": cell.language, "value": cell.value}
            if cell.datatype.value == PREFIXES["xsd"] + "string":
                return {"type": "literal", "value": cell.value}
            return {"type": "literal", "datatype": cell.datatype.value, "value": cell.value}
    parts = {"subject": cell.subject, "predicate": cell.predicate, "object": cell.object}
    return {"type": "triple", "value": {name: _binding(part) for name, part in parts.items()}}


def _turtle(answer: Answer, base: str) -> str:
    names = {
        name: space
        for name, space in sorted(prefixes(base).items())
        if any(_in_space(row, space) for row in answer.rows)
    }
    triples: list[Any] = [ox.Triple(*row) for row in answer.rows]  # type: ignore[arg-type]
    return _safe((ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=names) or b"").decode())


def _in_space(row: Row, space: str) -> bool:
    return any(
        (isinstance(cell, ox.NamedNode) and cell.value.startswith(space))
        or (isinstance(cell, ox.Literal) and not cell.language and cell.datatype.value.startswith(space))
        for cell in row
    )


def _safe(text: str) -> str:
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04X}", text)
