"""A graph of entities for networkx: who is joined to whom, and by which facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import networkx as nx

from kg.view.content import Content, Fact, Node, read_content
from kg.view.labels import fact_label
from kg.view.source import read
from kg.view.terms import Label, Vocabulary, load_vocabulary

# Up to so many entities a fact joins each with each; a list of fifty who attended would otherwise be 1,225 edges.
EACH_WITH_EACH = 6


@dataclass(frozen=True, slots=True)
class Projection:
    """A graph, read once, with its entities joined.

    Attributes:
        content: entities, facts, evidence and articles.
        vocabulary: labels of kinds and types.
        network: a `networkx.MultiGraph`; nodes are ids of entities with "name" and "type"; an edge's key is the fact's
            id, or the property of a direct statement, with "kind", "label" (`{"vi", "en"}`), "status", "fact" (the id
            of the fact, "" for a direct statement).
    """

    content: Content
    vocabulary: Vocabulary
    network: nx.MultiGraph

    def node(self, id: str) -> Node:
        """The entity with this id.

        Raises:
            KeyError: there is none.
        """
        node: Node = self.network.nodes[id]["node"]
        return node


def project(path: Path) -> Projection:
    """The projection of a graph in a file (.ttl .trig .nt .nq .rdf .jsonld).

    Facts join the entities that fill their roles. Denied facts join nobody. Whatever the order of the file, nodes and
    edges come in the same order.

    Raises:
        InputError: the file cannot be read.
    """
    vocabulary = load_vocabulary()
    content = read_content(read(path), vocabulary)
    network = nx.MultiGraph()
    for node in content.nodes:
        network.add_node(node.id, name=node.name, type=node.type, node=node)
    for fact in content.facts:
        if fact.status == "negated":
            continue
        label = fact_label(fact, content, vocabulary)
        for one, other in joined(fact):
            network.add_edge(one, other, key=fact.id, kind=fact.kind, label=label, status=fact.status, fact=fact.id)
    for one, name, other in content.relations:
        if one != other:
            label = content.terms.get(name) or Label(vi=name, en=name)
            network.add_edge(one, other, key=name, kind="", label=label, status="asserted", fact="")
    return Projection(content, vocabulary, network)


def joined(fact: Fact) -> Iterator[tuple[str, str]]:
    """Pairs of entities that a fact joins: each with each, or the first with all others where they are many."""
    entities = list(dict.fromkeys(f["n"] for _, fillers in fact.roles for f in fillers if "n" in f))
    if len(entities) <= EACH_WITH_EACH:
        yield from combinations(entities, 2)
    else:
        yield from ((entities[0], other) for other in entities[1:])
