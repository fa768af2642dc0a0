"""A graph as an index from subject to properties to values; from a file, rdflib, or quads of pyoxigraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import InputError
from kg.store import OxigraphStore, base_of, is_store

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """An object of a triple.

    Attributes:
        value: the IRI, the blank node's label with "_:", or the literal's text.
        datatype: the literal's datatype; "" for IRIs and blank nodes.
        lang: the literal's language; "" where it has none.
    """

    value: str
    datatype: str = ""
    lang: str = ""

    @property
    def is_literal(self) -> bool:
        """True for literals."""
        return self.datatype != ""


class Triples:
    """All triples of a dataset, its named graphs taken together, each once.

    Iteration and values are in code point order, so what is built from them does not depend on the order of the file.
    """

    def __init__(self, triples: Iterable[tuple[str, str, Term]]) -> None:
        index: dict[str, dict[str, set[Term]]] = {}
        for subject, predicate, value in triples:
            index.setdefault(subject, {}).setdefault(predicate, set()).add(value)
        self._index = {s: {p: tuple(sorted(index[s][p])) for p in sorted(index[s])} for s in sorted(index)}

    def subjects(self) -> Iterator[str]:
        """All subjects, ascending."""
        return iter(self._index)

    def __contains__(self, subject: str) -> bool:
        return subject in self._index

    def properties(self, subject: str) -> dict[str, tuple[Term, ...]]:
        """Every property of `subject` with its values; empty for an unknown subject."""
        return self._index.get(subject, {})

    def values(self, subject: str, *predicates: str) -> tuple[Term, ...]:
        """Values of the first of `predicates` that `subject` has."""
        own = self._index.get(subject, {})
        return next((own[p] for p in predicates if p in own), ())

    def text(self, subject: str, *predicates: str) -> str:
        """The first value's text, or ""; Vietnamese and plain strings before other languages."""
        found = self.values(subject, *predicates)
        best = sorted(found, key=lambda t: (t.lang not in ("", "vi"), t.value))
        return best[0].value if best else ""

    def types(self, subject: str) -> tuple[str, ...]:
        """IRIs of the classes of `subject`."""
        return tuple(t.value for t in self.values(subject, RDF_TYPE))


def read(source: Any) -> Triples:
    """The index of a graph.

    Args:
        source: path of a file (.ttl .trig .nt .nq .rdf .jsonld); an rdflib Graph or Dataset; a pyoxigraph Store; or
            any iterable of pyoxigraph quads or triples.

    Raises:
        InputError: the file cannot be read, its suffix is unknown, or it is not well-formed.
    """
    if isinstance(source, str | Path):
        return Triples(_from_file(Path(source)))
    if hasattr(source, "quads") and hasattr(source, "namespace_manager"):  # rdflib.Dataset
        return Triples(_from_rdflib(q[:3] for q in source.quads()))
    if hasattr(source, "namespace_manager"):  # rdflib.Graph
        return Triples(_from_rdflib(source))
    return Triples(_from_oxigraph(source))


def _from_file(path: Path) -> Iterator[tuple[str, str, Term]]:
    if is_store(path):
        yield from _from_oxigraph(OxigraphStore(path, base_of(path), read_only=True).raw())
        return
    form = _FORMATS.get(path.suffix.lower())
    if form is None:
        raise InputError(f"{path}: no graph format has this suffix", f"use one of {' '.join(_FORMATS)}")
    try:
        # Blank nodes keep their labels: a page must not change from one run to the next.
        yield from _from_oxigraph(ox.parse(path=str(path), format=form))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}", "check the path") from error
    except SyntaxError as error:
        raise InputError(f"{path}: not well-formed: {error.msg}", "build the graph again, or check the file") from error


def _from_oxigraph(quads: Iterable[Any]) -> Iterator[tuple[str, str, Term]]:
    def name(node: Any) -> str:
        return str(node.value) if isinstance(node, ox.NamedNode) else f"_:{node.value}"

    for quad in quads:
        s, p, o = quad.subject, quad.predicate, quad.object
        if not isinstance(s, ox.NamedNode | ox.BlankNode) or isinstance(o, ox.Triple):
            continue  # statements about statements: nothing that the page shows
        if isinstance(o, ox.Literal):
            yield name(s), p.value, Term(o.value, o.datatype.value, o.language or "")
        else:
            yield name(s), p.value, Term(name(o))


def _from_rdflib(triples: Iterable[Any]) -> Iterator[tuple[str, str, Term]]:
    from rdflib import XSD, BNode, Literal

    def name(node: Any) -> str:
        return f"_:{node}" if isinstance(node, BNode) else str(node)

    for s, p, o in triples:
        if isinstance(o, Literal):
            yield name(s), str(p), Term(str(o), str(o.datatype or XSD.string), o.language or "")
        else:
            yield name(s), str(p), Term(name(o))
