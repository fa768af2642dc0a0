"""Turtle and TriG with stable bytes: the same triples give the same file, whatever their order, the hash seed, the
locale or the time zone. Everything is sorted here, by code point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from kg.rdf.terms import DEFAULT_BASE, PREFIXES, Quad, Triple

_TYPE = f"<{PREFIXES['rdf']}type>"
# Names that need no escape in Turtle; anything else is written in full.
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_TYPED = re.compile(r'("(?:[^"\\]|\\.)*")\^\^(<[^<>]*>)')
_INTEGER = re.compile(r"[+-]?\d+")
_DECIMAL = re.compile(r"[+-]?\d+\.\d+")
_XSD = PREFIXES["xsd"]
_REMEMBERED = 200_000


class Names:
    """Shortens terms, and remembers which prefixes were used."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.prefixes = {"d": base, **PREFIXES}
        self.used: set[str] = set()
        self._known: dict[str, str] = {}
        self._by_namespace = {namespace: prefix for prefix, namespace in self.prefixes.items()}

    def iri(self, term: str) -> str:
        """An IRI term, prefixed where that can be."""
        known = self._known.get(term)
        if known is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()  # a graph that streams through has more names than fit
            known = self._known[term] = self._shorten(term)
        return known

    def _shorten(self, term: str) -> str:
        value = term[1:-1]
        cut = max(value.rfind("/"), value.rfind("#")) + 1
        prefix = self._by_namespace.get(value[:cut])
        if prefix is None or not _LOCAL.fullmatch(value, cut):
            return term
        self.used.add(prefix)
        return f"{prefix}:{value[cut:]}"

    def object(self, term: str) -> str:
        """Any term in the object's place."""
        if term[0] == "<":
            return self.iri(term)
        if term[-1] != ">":
            return term
        typed = _TYPED.fullmatch(term)
        if typed is None:
            return term
        lexical, datatype = typed[1][1:-1], typed[2]
        if datatype == f"<{_XSD}integer>" and _INTEGER.fullmatch(lexical):
            return lexical
        if datatype == f"<{_XSD}decimal>" and _DECIMAL.fullmatch(lexical):
            return lexical
        if datatype == f"<{_XSD}boolean>" and lexical in ("true", "false"):
            return lexical
        return f"{typed[1]}^^{self.iri(datatype)}"


def blocks(triples: Iterable[Triple], names: Names, indent: str) -> Iterator[str]:
    """One block a subject; `triples` are sorted, with rdf:type before all else."""
    for subject, of_subject in groupby(triples, key=lambda t: t[0]):
        predicates = []
        for predicate, of_predicate in groupby(of_subject, key=lambda t: t[1]):
            objects = f",\n{indent}        ".join(names.object(o) for _, _, o in of_predicate)
            verb = "a" if predicate == _TYPE else names.iri(predicate)
            predicates.append(f"{verb} {objects}")
        body = f" ;\n{indent}    ".join(predicates)
        yield f"{indent}{names.iri(subject)} {body} .\n"


def order(triple: Triple) -> Triple:
    """What triples are sorted by: rdf:type comes before all else that a subject has."""
    return triple[0], "" if triple[1] == _TYPE else triple[1], triple[2]


def _sorted(triples: Iterable[Triple]) -> list[Triple]:
    return sorted(set(triples), key=order)


def head(names: Names) -> str:
    """The declarations of the prefixes that were used."""
    return "".join(f"@prefix {p}: <{names.prefixes[p]}> .\n" for p in sorted(names.used))


def turtle(triples: Iterable[Triple], base: str = DEFAULT_BASE) -> str:
    """Turtle of a set of triples. `base` is the namespace of the data, written with the prefix `d:`."""
    names = Names(base)
    body = "\n".join(blocks(_sorted(triples), names, ""))
    return f"{head(names)}\n{body}" if body else ""


def trig(quads: Iterable[Quad], base: str = DEFAULT_BASE) -> str:
    """TriG of a set of quads; a graph of "" is the default graph, which comes first."""
    names = Names(base)
    graphs: dict[str, list[Triple]] = {}
    for s, p, o, g in quads:
        graphs.setdefault(g, []).append((s, p, o))
    parts = []
    for graph in sorted(graphs):
        if not graph:
            parts.append("\n".join(blocks(_sorted(graphs[graph]), names, "")))
            continue
        body = "\n".join(blocks(_sorted(graphs[graph]), names, "  "))
        parts.append(f"{names.iri(graph)} {{\n{body}}}\n")
    return f"{head(names)}\n" + "\n".join(parts) if parts else ""
