"""The terms that a query can use: prefixes and names of the ontology, and what a query misspells."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from kg.rdf.terms import DEFAULT_BASE, PREFIXES
from kg.resources import resource

RDF = PREFIXES["rdf"]
# Where every term is checked against a specification of its own, not against what our ontology happens to use.
_OPEN = frozenset((RDF, PREFIXES["xsd"]))


def prefixes(base: str = DEFAULT_BASE) -> dict[str, str]:
    """Prefix to namespace: those of the ontology, and `d:` for the data."""
    return {**PREFIXES, "d": base}


@cache
def known_terms() -> frozenset[str]:
    """All IRIs that stand in the files of the ontology."""
    import pyoxigraph as ox

    return frozenset(
        term.value
        for path in sorted(resource("ontology").glob("*.ttl"))
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        for term in (quad.subject, quad.predicate, quad.object)
        if isinstance(term, ox.NamedNode)
    )


def short(iri: str, base: str = DEFAULT_BASE) -> str:
    """The prefixed name of an IRI, or the IRI itself.

    >>> short("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    'rdf:type'
    """
    best = max(
        ((name, space) for name, space in prefixes(base).items() if iri.startswith(space)),
        key=lambda item: (len(item[1]), item[0]),
        default=None,
    )
    if best is None or not iri[len(best[1]) :].replace("-", "").replace("_", "").replace(".", "").isalnum():
        return iri
    return f"{best[0]}:{iri[len(best[1]) :]}"


def unknown_terms(used: Iterable[str], in_graph: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Terms of the ontology's namespaces that neither the ontology nor the graph has, with the nearest that they have.

    Args:
        used: IRIs of a query.
        in_graph: predicates and classes of the graph.

    Returns:
        `(prefixed name, nearest prefixed names)`, ascending.
    """
    spaces = [space for space in PREFIXES.values() if space not in _OPEN]
    known = known_terms() | frozenset(in_graph)
    found = []
    for iri in sorted(set(used) - known):
        space = max((s for s in spaces if iri.startswith(s)), key=len, default=None)
        if space is None or iri == space:
            continue
        local = {t[len(space) :]: t for t in known if t.startswith(space)}
        folded = {name.lower(): name for name in sorted(local)}
        near = get_close_matches(iri[len(space) :].lower(), sorted(folded), 3, 0.6)
        found.append((short(iri), [short(local[folded[n]]) for n in near]))
    return found
