"""Two CSV files in the form of Neo4j's bulk import: `neo4j-admin database import full`.

Nodes are things, facts and articles; a fact carries the first of its evidence as properties. What the graph says with a
node is a relationship, what it says with a value is a property. Lists are joined with U+001F, which no article holds:
the importer is told so with `--array-delimiter=U+001F`.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.rdf.table import TYPE, Index
from kg.rdf.terms import PREFIXES, Quad, curie, split_literal, term, words_of

NODES, RELATIONSHIPS = "nodes.csv", "relationships.csv"
LIST = "\x1f"
_LEFT_OUT = frozenset(
    term(c)
    for c in (
        "oa:SpecificResource",
        "oa:TextPositionSelector",
        "oa:TextQuoteSelector",
        "vk:RoleMention",
        "vk:Rule",
        "vk:ArticleGraph",
    )
)
_HIDDEN = (TYPE, term("vk:status"))
_EVIDENCE = ("quote:string", "start:long", "end:long")
_FIXED = ("iri:ID", "label:string", "kind:string", "status:string", *_EVIDENCE)
_XSD = PREFIXES["xsd"]
_WHOLE = re.compile(r"[+-]?\d{1,18}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def neo4j(quads: Iterable[Quad]) -> dict[str, str]:
    """The files by name: `nodes.csv` and `relationships.csv`, each with its header; stable bytes."""
    index = Index(quads)
    nodes = [n for n in index.subjects() if (types := index.all(n, TYPE)) and not _LEFT_OUT.intersection(types)]
    inside = set(nodes)
    values: dict[str, dict[str, list[str]]] = defaultdict(dict)
    edges: list[tuple[str, str, str]] = []
    for node in nodes:
        for prop in index.properties(node):
            if prop in _HIDDEN:
                continue
            literals = [v for v in index.all(node, prop) if v[0] == '"']
            if literals:
                values[prop][node] = literals
            edges += [(node, prop, v) for v in index.all(node, prop) if v in inside]
    columns = {prop: _column(prop, values[prop]) for prop in sorted(values, key=lambda p: curie(p[1:-1]))}
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*_FIXED, *columns.values(), ":LABEL"))
    for node in nodes:
        start, end, quote = index.evidence(node)
        own = [LIST.join(_text(v) for v in values[prop].get(node, ())) for prop in columns]
        labels = sorted(_label(t) for t in index.all(node, TYPE))
        fixed = (node[1:-1], _clean(index.label(node)), index.kind(node) or "", index.status(node))
        writer.writerow((*fixed, _clean(quote), start, end, *own, LIST.join(labels)))
    related = io.StringIO(newline="")
    writer = csv.writer(related, lineterminator="\n")
    writer.writerow((":START_ID", ":END_ID", "iri:string", ":TYPE"))
    for s, p, o in sorted(edges):
        writer.writerow((s[1:-1], o[1:-1], p[1:-1], _label(p)))
    return {NODES: out.getvalue(), RELATIONSHIPS: related.getvalue()}


def _label(iri_term: str) -> str:
    """A name for labels and types: `schema_Person`."""
    return re.sub(r"\W", "_", curie(iri_term[1:-1]))


def _column(prop: str, values: Mapping[str, list[str]]) -> str:
    """The header of a property's column: its name, the narrowest type that all values have, [] where one has several.

    Dates stay strings: those of articles are often a year or a day without a year, which Neo4j's `date` is not.
    """
    every = [v for of_node in values.values() for v in of_node]
    types = {split_literal(v)[2].removeprefix(_XSD) for v in every}
    form = "string"
    if types == {"boolean"} and all(words_of(v) in ("true", "false") for v in every):
        form = "boolean"
    elif types == {"integer"} and all(_WHOLE.fullmatch(words_of(v)) for v in every):
        form = "long"
    elif types <= {"integer", "decimal", "double", "float"}:
        form = "double"
    several = any(len(of_node) > 1 for of_node in values.values())
    return f"{_label(prop)}:{form}{'[]' if several else ''}"


def _text(literal: str) -> str:
    return _clean(words_of(literal))


def _clean(words: str) -> str:
    return _CONTROL.sub("\ufffd", words)
