"""Figures about a graph: how much of what, who is central, who belongs together, how two names are connected."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import pairwise

import networkx as nx

from kg.errors import UsageError
from kg.query.collation import collation_key
from kg.query.graph import Projection
from kg.query.messages import say
from kg.text.normal import search_key, tone_key
from kg.view.content import Fact, Node

# Betweenness is exact up to so many entities, and beyond is estimated from so many of them, always the same ones.
EXACT, SAMPLE = 1000, 300
_SEED = 20190608


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a graph holds.

    Attributes:
        articles, entities, facts, evidence: their numbers.
        types: entity type to number, most first.
        kinds: fact kind to number by status, most first.
    """

    articles: int
    entities: int
    facts: int
    evidence: int
    types: dict[str, int]
    kinds: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Central:
    """How central an entity is.

    Attributes:
        node: the entity.
        neighbours: entities that it is joined to.
        facts: facts that it takes part in.
        betweenness: share of the shortest paths between others that lead through it, 0 to 1.
    """

    node: Node
    neighbours: int
    facts: int
    betweenness: float


@dataclass(frozen=True, slots=True)
class Step:
    """From one entity to the next on a path, and what joins them: facts, else the labels of direct statements."""

    start: Node
    end: Node
    facts: tuple[Fact, ...]
    relations: tuple[dict[str, str], ...] = field(default=())


def counts(projection: Projection) -> Counts:
    """How much of what the graph holds."""
    content = projection.content
    types = Counter(node.type for node in content.nodes)
    kinds: dict[str, Counter[str]] = {}
    for fact in content.facts:
        kinds.setdefault(fact.kind, Counter())[fact.status] += 1
    return Counts(
        articles=len(content.articles),
        entities=len(content.nodes),
        facts=len(content.facts),
        evidence=len(content.evidence),
        types=dict(sorted(types.items(), key=lambda item: (-item[1], item[0]))),
        kinds={k: dict(sorted(v.items())) for k, v in sorted(kinds.items(), key=lambda i: (-i[1].total(), i[0]))},
    )


def central(projection: Projection, top: int) -> list[Central]:
    """The `top` entities with the most neighbours, then the highest betweenness, then by name."""
    network = _numbered(projection)
    nodes = list(projection.network)
    sample = SAMPLE if len(nodes) > EXACT else None
    between: dict[int, float] = nx.betweenness_centrality(network, k=sample, seed=_SEED)
    part: Counter[str] = Counter()
    for fact in projection.content.facts:
        part.update({f["n"] for _, fillers in fact.roles for f in fillers if "n" in f})
    found = [
        Central(projection.node(id), network.degree(i), part[id], round(between[i], 6))
        for i, id in enumerate(nodes)
        if network.degree(i)
    ]
    found.sort(key=lambda c: (-c.neighbours, -c.betweenness, collation_key(c.node.name), c.node.id))
    return found[:top]


def communities(projection: Projection) -> list[list[Node]]:
    """Entities that belong together (Louvain), the largest group first, in each the best connected first.

    Entities that nothing joins to another form no group.
    """
    network = _numbered(projection)
    network.remove_nodes_from([n for n, degree in list(network.degree()) if degree == 0])
    nodes = list(projection.network)
    groups = nx.community.louvain_communities(network, weight="weight", seed=_SEED)
    ordered = [
        sorted(group, key=lambda n: (-network.degree(n), collation_key(_name(projection, nodes[n])), n))
        for group in groups
    ]
    ordered.sort(key=lambda group: (-len(group), group))
    return [[projection.node(nodes[n]) for n in group] for group in ordered]


def path(projection: Projection, start: str, end: str) -> list[Step] | None:
    """A shortest way from one name to another, the same every time; None where nothing connects them.

    Args:
        projection: the graph.
        start: a name, an alias or an id of an entity. Spelling counts, the placement of tone marks does not.
        end: likewise.

    Raises:
        UsageError: nobody has the name (the hint says who has a similar one), or several have it.
    """
    one, other = find(projection, start), find(projection, end)
    network = _numbered(projection)
    nodes = list(projection.network)
    number = {id: i for i, id in enumerate(nodes)}
    try:
        way: list[int] = nx.shortest_path(network, number[one.id], number[other.id])
    except nx.NetworkXNoPath:
        return None
    facts = {fact.id: fact for fact in projection.content.facts}
    steps = []
    for a, b in pairwise(way):
        edges = sorted(projection.network.get_edge_data(nodes[a], nodes[b]).items())
        steps.append(
            Step(
                projection.node(nodes[a]),
                projection.node(nodes[b]),
                tuple(facts[edge["fact"]] for _, edge in edges if edge["fact"]),
                tuple(edge["label"] for _, edge in edges if not edge["fact"]),
            )
        )
    return steps


def find(projection: Projection, name: str) -> Node:
    """The entity with this name, alias or id.

    Raises:
        UsageError: as `path`.
    """
    nodes = projection.content.nodes
    by_id = next((n for n in nodes if n.id == name), None)
    if by_id is not None:
        return by_id
    key = tone_key(name)
    found = [n for n in nodes if tone_key(n.name) == key] or [n for n in nodes if key in map(tone_key, n.aliases)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(say("several", name=name), say("hint_several", near=", ".join(n.id for n in found[:8])))
    near = similar(projection, name)
    raise UsageError(say("nobody", name=name), say("hint_near", near=", ".join(near)) if near else say("hint_nobody"))


def similar(projection: Projection, name: str, most: int = 5) -> list[str]:
    """Names that are the same but for marks, then those that hold all the words, then those that look alike."""
    names: dict[str, set[str]] = {}
    for node in projection.content.nodes:
        for form in (node.name, *node.aliases):
            names.setdefault(search_key(form), set()).add(node.name)
    key = search_key(name)
    words = key.split()
    holding = [k for k in sorted(names, key=lambda k: (len(k), k)) if words and all(w in k.split() for w in words)]
    alike = get_close_matches(key, sorted(names), most, 0.7)
    keys = [*([key] if key in names else []), *holding, *alike]
    return list(dict.fromkeys(n for k in keys for n in sorted(names[k], key=collation_key)))[:most]


def _name(projection: Projection, id: str) -> str:
    return projection.node(id).name


def _numbered(projection: Projection) -> nx.Graph:
    """One edge a pair, weighted by how many join it; nodes are numbers, since networkx keeps them in sets.

    The order of a set of strings differs from one run to the next, that of a set of small numbers does not.
    """
    number = {id: i for i, id in enumerate(projection.network)}
    network = nx.Graph()
    network.add_nodes_from(number.values())
    pairs = Counter((number[a], number[b]) for a, b in projection.network.edges() if a != b)
    joint: Counter[tuple[int, int]] = Counter()
    for (a, b), count in pairs.items():
        joint[min(a, b), max(a, b)] += count
    network.add_weighted_edges_from((a, b, count) for (a, b), count in sorted(joint.items()))
    return network
