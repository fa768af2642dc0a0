"""JSON-LD with stable bytes, through the context that is generated from the ontology; no processor is needed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from kg.rdf.load import by_graph
from kg.rdf.terms import DEFAULT_BASE, PREFIXES, Quad, Triple, split_literal, term

_TYPE = term("rdf:type")
_XSD = PREFIXES["xsd"]


def context(classes: Mapping[str, Any], objects: Iterable[str]) -> dict[str, Any]:
    """The JSON-LD context: prefixes, and which properties hold nodes. Strings without more are Vietnamese.

    Args:
        classes: the generated table of classes.
        objects: prefixed names of the object properties.
    """
    used = {name.partition(":")[0] for name in classes["labels"]} | {"xsd"}
    body: dict[str, Any] = {"@language": "vi", "d": DEFAULT_BASE}
    body.update({p: PREFIXES[p] for p in sorted(used)})
    body.update({name: {"@type": "@id"} for name in sorted(objects)})
    return {"@context": body}


class _Compact:
    def __init__(self, body: Mapping[str, Any]) -> None:
        self._prefixes = {v: k for k, v in body.items() if isinstance(v, str) and not k.startswith("@")}
        self._nodes = {k for k, v in body.items() if isinstance(v, dict)}
        self._known: dict[str, str] = {}

    def iri(self, iri_term: str) -> str:
        known = self._known.get(iri_term)
        if known is None:
            known = self._known[iri_term] = self._shorten(iri_term[1:-1])
        return known

    def _shorten(self, value: str) -> str:
        cut = max(value.rfind("/"), value.rfind("#")) + 1
        prefix = self._prefixes.get(value[:cut])
        # "prefix://…" would be read as a full IRI.
        return f"{prefix}:{value[cut:]}" if prefix and cut < len(value) else value

    def value(self, name: str, object_term: str) -> Any:
        if not object_term.startswith('"'):
            node = self.iri(object_term) if object_term[0] == "<" else object_term
            return node if name in self._nodes else {"@id": node}
        lexical, language, datatype = split_literal(object_term)
        if name in self._nodes:
            # The context would read a bare string as an IRI.
            return {"@value": lexical, **({"@language": language} if language else {})}
        if language:
            return lexical if language == "vi" else {"@value": lexical, "@language": language}
        if datatype == _XSD + "integer" and str(int(lexical)) == lexical:
            return int(lexical)
        if datatype == _XSD + "boolean" and lexical in ("true", "false"):
            return lexical == "true"
        if datatype:
            return {"@value": lexical, "@type": self.iri(f"<{datatype}>")}
        return {"@value": lexical}


def _nodes(triples: Iterable[Triple], compact: _Compact) -> list[dict[str, Any]]:
    nodes = []
    for subject, of_subject in groupby(sorted(set(triples)), key=lambda t: t[0]):
        node: dict[str, Any] = {"@id": compact.iri(subject) if subject[0] == "<" else subject}
        for predicate, of_predicate in groupby(of_subject, key=lambda t: t[1]):
            objects = [o for _, _, o in of_predicate]
            name = "@type" if predicate == _TYPE else compact.iri(predicate)
            values = [compact.iri(o) if name == "@type" else compact.value(name, o) for o in objects]
            node[name] = values[0] if len(values) == 1 else values
        nodes.append(node)
    return nodes


def jsonld(quads: Iterable[Quad], body: Mapping[str, Any]) -> str:
    """JSON-LD of a set of quads; named graphs become nodes with `@graph`.

    Args:
        quads: graph "" is the default graph.
        body: the content of the context's `@context`.
    """
    compact = _Compact(body)
    graphs = by_graph(quads)
    content = _nodes(graphs.pop("", ()), compact)
    for graph in sorted(graphs):
        content.append({"@id": compact.iri(graph), "@graph": _nodes(graphs[graph], compact)})
    return json.dumps({"@context": body, "@graph": content}, ensure_ascii=False, indent=1) + "\n"
