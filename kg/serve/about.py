"""What the graph says about one thing: the triples around it, and what of them people read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.store import OxigraphStore, base_of
from kg.store.face import Kept
from kg.view.content import Content, read_content
from kg.view.source import read
from kg.view.terms import iri, load_vocabulary

MOST_FACTS = 400  # facts that a page shows; all of them are in the RDF
_MOST_QUADS = 100_000
_GENERATED = ox.NamedNode(iri("prov:wasGeneratedBy"))
_TYPE = ox.NamedNode(iri("rdf:type"))
_ARTICLE = ox.NamedNode(iri("schema:NewsArticle"))


class Graph:
    """A store opened for reading, as it was at that moment.

    Args:
        path: the folder of a store.

    Raises:
        InputError: it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open = OxigraphStore(path, base_of(path), read_only=True)

    def known(self, node: ox.NamedNode) -> bool:
        """True where the graph says something of a node."""
        return any(True for _ in self._open.around(node, None)) or any(True for _ in self._open.around(None, node))

    def triples(self, node: ox.NamedNode) -> Iterator[ox.Triple]:
        """The triples of what articles say in which a node is subject or object, each once."""
        seen: set[ox.Triple] = set()
        for quads in (self._open.around(node, None), self._open.around(None, node)):
            for quad in quads:
                triple = ox.Triple(quad.subject, quad.predicate, quad.object)
                if triple not in seen:
                    seen.add(triple)
                    yield triple

    def content(self, node: ox.NamedNode) -> Content:
        """A thing, the facts in which it stands, and the sentences that state them."""
        facts = sorted({q.subject.value for q in self._open.around(None, node) if isinstance(q.subject, ox.NamedNode)})
        return read_content(read(self._near([node, *map(ox.NamedNode, facts[:MOST_FACTS])])), load_vocabulary())

    def article(self, node: ox.NamedNode) -> Content | None:
        """All that an article says; None where the node is none."""
        graphs = [q.graph_name for q in self._open.around(node, _ARTICLE) if isinstance(q.graph_name, ox.NamedNode)]
        if not graphs:
            return None
        return read_content(read(self._open.of_graph(graphs[0])), load_vocabulary())

    def kept(self, node: ox.NamedNode) -> Kept | None:
        """The text of an article, where the store keeps it."""
        found = self._open.ledger().find(node.value)
        return self._open.kept(found[0]) if found else None

    def _near(self, start: Iterable[ox.NamedNode]) -> Iterator[ox.Quad]:
        """The quads of some nodes, of what they point to, and of what that points to: down to names and sentences."""
        level, done, count = list(start), set[str](), 0
        for depth in range(4):
            following: dict[str, ox.NamedNode] = {}
            for node in level:
                if node.value in done:
                    continue
                done.add(node.value)
                for quad in self._open.around(node, None):
                    count += 1
                    if count > _MOST_QUADS:
                        return
                    yield quad
                    if not isinstance(quad.object, ox.NamedNode) or quad.predicate in (_TYPE, _GENERATED):
                        continue
                    # From a thing onwards only its own properties: not the whole graph.
                    if depth < 1 or self._carries(node):
                        following.setdefault(quad.object.value, quad.object)
            level = list(following.values())

    def _carries(self, node: ox.NamedNode) -> bool:
        """True for parts of facts and of evidence, which only say something with what they point to."""
        local = node.value.removeprefix(self._open.base)
        return local.startswith(("fact-", "evidence-", "position-", "quote-", "post-", "action-", "role-", "mention-"))
