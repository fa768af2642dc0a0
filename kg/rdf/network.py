"""The graph as nodes and edges: things and facts, for GraphML, GEXF and measures of networks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import networkx as nx

from kg.rdf.spec import Spec, load_spec
from kg.rdf.terms import PREFIXES, Quad, curie, term, words_of

_TYPE = term("rdf:type")
_STATUS = term("vk:status")
_STATED_IN = term("vk:statedIn")
_LABELS = (term("skos:prefLabel"), term("schema:name"), term("schema:description"))
_ARTICLE = term("schema:NewsArticle")
# When it was: as the text says, else the day of the article that attests it.
_DATES = tuple(
    term(p)
    for p in ("schema:startDate", "schema:startTime", "vk:date", "schema:observationDate", "vk:year", "vk:attestedOn")
)
_SKIPPED = frozenset(
    term(c)
    for c in (
        "schema:NewsArticle",
        "schema:ImageObject",
        "oa:SpecificResource",
        "oa:TextPositionSelector",
        "oa:TextQuoteSelector",
        "vk:RoleMention",
        "vk:Rule",
        "vk:ArticleGraph",
    )
)


def _short(iri_term: str) -> str:
    value = iri_term[1:-1]
    name = curie(value)
    return name if name != value else value.rpartition("/")[2]


def network(quads: Iterable[Quad], language: str = "vi", spec: Spec | None = None) -> nx.MultiDiGraph:
    """Things and facts as nodes, properties between them as edges; articles and evidence are left out.

    Node attributes: `label`, `type` (prefixed class), `group` ("fact" or "entity"); facts also `kind`, `status`,
    `date`, `article`. Edge attributes: `label` (in `language`), `property`. Nodes are in sorted order.
    """
    spec = spec or load_spec()
    kinds = {kind.cls: name for name, kind in spec.kinds.items()}
    types: dict[str, set[str]] = defaultdict(set)
    names: dict[str, dict[str, str]] = defaultdict(dict)
    attributes: dict[str, dict[str, str]] = defaultdict(dict)
    dates: dict[str, dict[str, str]] = defaultdict(dict)
    edges: set[tuple[str, str, str]] = set()
    article_ids: dict[str, str] = {}
    for s, p, o, _ in quads:
        if p == _TYPE:
            types[s].add(o)
        elif p in _LABELS:
            # The smallest of several, so that the order of the file does not matter.
            names[s][p] = min(names[s].get(p, o), o)
        elif p == _STATUS:
            attributes[s]["status"] = _short(o).partition(":")[2]
        elif p == _STATED_IN:
            attributes[s]["article"] = o
        elif p in _DATES and o[0] == '"':
            dates[s][p] = min(dates[s].get(p, o), o)
        elif p == term("schema:identifier"):
            article_ids[s] = words_of(o)
        elif o[0] == "<":
            edges.add((s, p, o))
    graph = nx.MultiDiGraph()
    for node in sorted(types):
        if types[node] & _SKIPPED:
            continue
        kind = next((kinds[t] for t in sorted(types[node]) if t in kinds), None)
        label = next((words_of(names[node][p]) for p in _LABELS if p in names[node]), None)
        own = sorted(types[node], key=lambda t: (not t.startswith(f"<{PREFIXES['vk']}"), t))
        data: dict[str, Any] = {"type": _short(own[0]), "group": "fact" if kind else "entity"}
        if kind:
            date = next((words_of(dates[node][p]) for p in _DATES if p in dates[node]), "")
            data |= {"kind": kind, "status": attributes[node].get("status", ""), "date": date}
            article = attributes[node].get("article", "")
            data["article"] = article_ids.get(article, article[1:-1])
            label = spec.labels.get(_short(spec.kinds[kind].cls), {}).get(language, kind)
        graph.add_node(node[1:-1], label=label or _short(node), **data)
    for s, p, o in sorted(edges):
        if s[1:-1] in graph and o[1:-1] in graph:
            prop = _short(p)
            label = spec.labels.get(prop, {}).get(language, prop)
            graph.add_edge(s[1:-1], o[1:-1], label=label, property=prop)
    return graph
