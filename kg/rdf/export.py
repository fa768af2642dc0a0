"""A graph in another format. All exports have stable bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import networkx as nx
import pyoxigraph as ox

from kg.errors import RuleError, UsageError
from kg.language import Bilingual
from kg.model import Finding
from kg.rdf.cube import cube
from kg.rdf.ftm import ftm
from kg.rdf.jsonld import jsonld
from kg.rdf.load import by_graph, union
from kg.rdf.network import network
from kg.rdf.serialize import trig, turtle
from kg.rdf.table import facts_csv
from kg.rdf.terms import DEFAULT_BASE, PREFIXES, Quad, Triple, term
from kg.resources import resource

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_XML_ESCAPE = re.compile(r"\\u00(?:0[0-8BbCcEeFf]|1[0-9A-Fa-f])")
_REPLACEMENT = "\ufffd"


def _triples(quads: list[Quad]) -> set[Triple]:
    return union(by_graph(quads))


def _base(quads: list[Quad]) -> str:
    article = term("schema:NewsArticle")
    return base_of(min((s for s, _, o, _ in quads if o == article), default=""))


def base_of(article: str) -> str:
    """The namespace of the data: that of the articles, so that a graph with another base is short too.

    Args:
        article: the first article's term, "" where there is none.
    """
    found = (article or f"<{DEFAULT_BASE}x>")[1:-1]
    return found[: max(found.rfind("/"), found.rfind("#")) + 1]


def _lines(quads: Iterable[tuple[str, ...]]) -> str:
    return "".join(sorted({" ".join(part for part in quad if part) + " .\n" for quad in quads}))


def _jsonld(quads: list[Quad]) -> str:
    try:
        body = json.loads(resource("ontology", "context.jsonld").read_text(encoding="utf-8"))["@context"]
    except (OSError, ValueError, KeyError) as problem:
        raise RuleError(f"ontology/context.jsonld cannot be read: {problem}", "run scripts/generate.py") from None
    return jsonld(quads, {**body, "d": _base(quads)})


def _rdfxml(quads: list[Quad]) -> str:
    triples = sorted(_triples(quads))
    parsed = ox.parse(_lines(triples).encode(), format=ox.RdfFormat.N_TRIPLES)
    content = ox.serialize(parsed, format=ox.RdfFormat.RDF_XML, prefixes={"d": _base(quads), **PREFIXES})
    return (content or b"").decode()


def _network_file(writer: Callable[..., Iterable[str]]) -> Callable[[list[Quad]], str]:
    def write(quads: list[Quad]) -> str:
        graph = network(quads)
        for _, data in graph.nodes(data=True):
            data["label"] = _NOT_XML.sub(_REPLACEMENT, data["label"])
        # The header of GEXF carries the day of writing, which would change the bytes every day.
        lines = (re.sub(r' lastmodifieddate="[^"]*"', "", line) for line in writer(graph))
        return "\n".join(lines) + "\n"

    return write


_EXPORTS: dict[str, tuple[str, Callable[[list[Quad]], str]]] = {
    "turtle": (".ttl", lambda quads: turtle(_triples(quads), _base(quads))),
    "trig": (".trig", lambda quads: trig(quads, _base(quads))),
    "nquads": (".nq", _lines),
    "ntriples": (".nt", lambda quads: _lines(_triples(quads))),
    "jsonld": (".jsonld", _jsonld),
    "rdfxml": (".rdf", _rdfxml),
    "graphml": (".graphml", _network_file(nx.generate_graphml)),
    "gexf": (".gexf", _network_file(nx.generate_gexf)),
    "csv": (".csv", facts_csv),
    "qb": (".ttl", lambda quads: turtle(cube(quads, _base(quads)), _base(quads))),
    "ftm": (".json", ftm),
}
FORMATS: tuple[str, ...] = tuple(_EXPORTS)


def suffix(name: str) -> str:
    """The usual suffix of files of a format, such as ".ttl"."""
    return _EXPORTS[name][0]


def export(quads: list[Quad], name: str) -> tuple[str, list[Finding]]:
    """The graph in a format, and what was lost on the way.

    Args:
        quads: the graph; "" is the default graph. Formats without named graphs hold the union of all graphs.
        name: one of `FORMATS`.

    Raises:
        UsageError: the format is unknown.
    """
    if name not in _EXPORTS:
        raise UsageError(
            Bilingual(f"unknown format {name!r}", f"không có định dạng {name!r}"),
            Bilingual("known: " + ", ".join(FORMATS), "biết: " + ", ".join(FORMATS)),
        )
    lost = 0
    if name == "rdfxml":
        kept = []
        for s, p, o, g in quads:
            clean, changed = without_controls(o)
            lost += changed
            kept.append((s, p, clean, g))
        quads = kept
    return _EXPORTS[name][1](quads), export_findings(name, lost)


def without_controls(term_or_literal: str) -> tuple[str, bool]:
    """A term whose control characters that XML cannot hold are U+FFFD, and whether it had some."""
    clean = _NOT_XML_ESCAPE.sub(_REPLACEMENT, term_or_literal)
    return clean, clean != term_or_literal


def export_findings(name: str, lost: int) -> list[Finding]:
    """What a format could not hold; `lost` is the number of texts with control characters."""
    if not lost:
        return []
    return [
        Finding(
            "warning",
            name,
            Bilingual(
                f"{lost} texts hold control characters, which XML cannot; each is now U+FFFD",
                f"{lost} đoạn chữ có ký tự điều khiển mà XML không ghi được; mỗi ký tự thành U+FFFD",
            ),
            Bilingual("use turtle or jsonld to keep them", "dùng turtle hoặc jsonld để giữ nguyên"),
        )
    ]


def write_export(quads: list[Quad], name: str, path: Path) -> list[Finding]:
    """Writes an export to a file; returns what was lost on the way.

    Raises:
        UsageError: the format is unknown.
        OSError: the file cannot be written.
    """
    content, findings = export(quads, name)
    path.write_text(content, encoding="utf-8", newline="\n")
    return findings
