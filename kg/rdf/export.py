"""A graph in another format. All exports have stable bytes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import networkx as nx
import pyoxigraph as ox

from kg.errors import RuleError, UsageError
from kg.language import Bilingual
from kg.model import Finding
from kg.rdf.jsonld import jsonld
from kg.rdf.load import by_graph, union
from kg.rdf.network import network
from kg.rdf.serialize import trig, turtle
from kg.rdf.spec import load_spec
from kg.rdf.terms import DEFAULT_BASE, PREFIXES, Quad, Triple, term, words_of
from kg.resources import resource

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_XML_ESCAPE = re.compile(r"\\u00(?:0[0-8BbCcEeFf]|1[0-9A-Fa-f])")
_REPLACEMENT = "\ufffd"
# A spreadsheet runs cells that begin so as formulas.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CSV_HEAD = ("fact", "kind", "status", "role", "value", "label", "article", "start", "end", "quote")


def _triples(quads: list[Quad]) -> set[Triple]:
    return union(by_graph(quads))


def _base(quads: list[Quad]) -> str:
    """The namespace of the data: that of the articles, so that a graph with another base is short too."""
    article = term("schema:NewsArticle")
    found = min((s for s, _, o, _ in quads if o == article), default=f"<{DEFAULT_BASE}x>")[1:-1]
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


def _cell(words: str) -> str:
    return f"'{words}" if words.startswith(_FORMULA) else words


def _rows(quads: list[Quad]) -> Iterator[tuple[str, ...]]:
    """One row a filler, sorted: what the fact says, and the first of its evidence."""
    spec = load_spec()
    kinds = {kind.cls: name for name, kind in spec.kinds.items()}
    roles = {
        (name, prop): role.name
        for name, kind in spec.kinds.items()
        for role in reversed(list(kind.roles.values()))
        for prop in (role.property, role.text_property)
        if prop
    }
    roles |= {("statistic", term(f"schema:{bound}")): "value" for bound in ("value", "minValue", "maxValue")}
    by_subject: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for s, p, o in _triples(quads):
        by_subject[s][p].add(o)
    labels = (term("skos:prefLabel"), term("schema:description"), term("schema:headline"))

    def one(subject: str, prop: str) -> str:
        values = by_subject[subject].get(prop) if subject in by_subject else None
        return min(values) if values else ""

    def label(value: str) -> str:
        found = next((one(value, p) for p in labels if one(value, p)), "") if value[0] == "<" else ""
        return words_of(found) if found else ""

    for fact in sorted(by_subject):
        kind = next((kinds[t] for t in sorted(by_subject[fact].get(term("rdf:type"), ())) if t in kinds), None)
        if kind is None:
            continue
        article = one(fact, term("vk:statedIn"))
        status = one(fact, term("vk:status"))[1:-1].rpartition("#")[2]
        start, end, quote = _evidence(by_subject, by_subject[fact].get(term("prov:wasDerivedFrom"), set()))
        for prop in sorted(by_subject[fact]):
            role = roles.get((kind, prop))
            for value in sorted(by_subject[fact][prop]) if role else ():
                yield (
                    fact[1:-1],
                    kind,
                    status,
                    role or "",
                    value[1:-1] if value[0] == "<" else _cell(words_of(value)),
                    _cell(label(value)),
                    article[1:-1],
                    start,
                    end,
                    _cell(quote),
                )


def _evidence(by_subject: dict[str, dict[str, set[str]]], nodes: set[str]) -> tuple[str, str, str]:
    """Start, end and quotation of the first of several evidence nodes; empty without."""
    found = []
    for node in nodes:
        start = end = quote = ""
        for selector in by_subject[node].get(term("oa:hasSelector"), ()):
            for prop, values in by_subject[selector].items():
                if prop == term("oa:start"):
                    start = words_of(min(values))
                elif prop == term("oa:end"):
                    end = words_of(min(values))
                elif prop == term("oa:exact"):
                    quote = words_of(min(values))
        found.append((int(start or 0), start, end, quote))
    return min(found)[1:] if found else ("", "", "")


def _csv(quads: list[Quad]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_CSV_HEAD)
    writer.writerows(_rows(quads))
    return out.getvalue()


_EXPORTS: dict[str, tuple[str, Callable[[list[Quad]], str]]] = {
    "turtle": (".ttl", lambda quads: turtle(_triples(quads), _base(quads))),
    "trig": (".trig", lambda quads: trig(quads, _base(quads))),
    "nquads": (".nq", _lines),
    "ntriples": (".nt", lambda quads: _lines(_triples(quads))),
    "jsonld": (".jsonld", _jsonld),
    "rdfxml": (".rdf", _rdfxml),
    "graphml": (".graphml", _network_file(nx.generate_graphml)),
    "gexf": (".gexf", _network_file(nx.generate_gexf)),
    "csv": (".csv", _csv),
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
    findings: list[Finding] = []
    if name == "rdfxml":
        kept, lost = [], 0
        for s, p, o, g in quads:
            clean = _NOT_XML_ESCAPE.sub(_REPLACEMENT, o)
            lost += clean != o
            kept.append((s, p, clean, g))
        quads = kept
        if lost:
            findings.append(
                Finding(
                    "warning",
                    name,
                    Bilingual(
                        f"{lost} texts hold control characters, which XML cannot; each is now U+FFFD",
                        f"{lost} đoạn chữ có ký tự điều khiển mà XML không ghi được; mỗi ký tự thành U+FFFD",
                    ),
                    Bilingual("use turtle or jsonld to keep them", "dùng turtle hoặc jsonld để giữ nguyên"),
                )
            )
    return _EXPORTS[name][1](quads), findings


def write_export(quads: list[Quad], name: str, path: Path) -> list[Finding]:
    """Writes an export to a file; returns what was lost on the way.

    Raises:
        UsageError: the format is unknown.
        OSError: the file cannot be written.
    """
    content, findings = export(quads, name)
    path.write_text(content, encoding="utf-8", newline="\n")
    return findings
