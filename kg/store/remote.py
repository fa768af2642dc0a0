"""A store on another server: any SPARQL 1.1 endpoint with Update, behind the same face as the embedded one.

Not every server makes one transaction of a request, and none takes requests of any size. So a change is first written
down in the ledger's graph, then carried out in pieces, then struck out. Whoever opens the store for writing carries out
what is written down: pieces may be carried out twice, since a set has no doubles.

Servers differ in what a default graph is. Where it can be written and is no union of the named ones (Oxigraph), it
holds what the articles say. Elsewhere (Virtuoso) that stands in a graph of its own, which queries name as their default
graph.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pyoxigraph as ox

from kg.errors import OutputError, UsageError
from kg.language import Bilingual
from kg.rdf.terms import DEFAULT_BASE, Quad, quoted
from kg.store.endpoint import Endpoint
from kg.store.oxigraph import OxigraphStore, update_data
from kg.store.place import Address

_PIECE = 400  # quads of a request: Virtuoso compiles each one
_LEDGER = "graph-ledger"
_NOTE = "<https://w3id.org/vnkg/store#note>"
_WHOLE = "<https://w3id.org/vnkg/store#noted>"
_VALUE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#value>"


def remote_base(address: Address) -> str:
    """The base of a store's IRIs; the usual one where it holds nothing. Raises `InputError` as `Endpoint.select`."""
    found = Endpoint(address).select(
        f'SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s {_VALUE} ?v }} FILTER(STRENDS(STR(?g), "/{_LEDGER}") || '
        f'STRENDS(STR(?g), "#{_LEDGER}")) }}'
    )
    bases = sorted({str(row["g"].value).removesuffix(_LEDGER) for row in found})
    if len(bases) > 1:
        raise UsageError(
            Bilingual(
                f"{address}: stores of several bases: {', '.join(bases)}",
                f"{address}: có kho của nhiều không gian tên: {', '.join(bases)}",
            ),
            Bilingual("name one with --base", "chọn bằng --base"),
        )
    return bases[0] if bases else DEFAULT_BASE


class RemoteStore(OxigraphStore):
    """A store behind a SPARQL endpoint.

    Args:
        address: of the endpoint.
        base: namespace of the data's IRIs.
        read_only: for reading.

    Raises:
        InputError: the server cannot be reached or refuses.
        OutputError: it refuses to be written.
    """

    def __init__(self, address: Address, base: str = DEFAULT_BASE, *, read_only: bool = False) -> None:
        self.address = address
        self.endpoint = Endpoint(address)
        self._engine = _Engine(self.endpoint, base, read_only)
        # New articles take the way of changed ones: there is no bulk loader.
        super().__init__(None, base, read_only=read_only, bulk=1 << 60, engine=self._engine)

    @property
    def dataset(self) -> list[tuple[str, str]]:
        """Parameters for a query of which the default graph is to be what articles say."""
        return [("default-graph-uri", self._engine.said[1:-1])] if self._engine.said else []

    def holds_graph(self, graph: str) -> bool:
        """True where a graph with this IRI is one of an article here."""
        node = ox.NamedNode(graph)
        return node not in self._own and self._engine.contains_named_graph(node)

    def _recover(self) -> None:
        """Carries out the change that a broken-off call has written down; one that was not yet whole is struck out."""
        ledger = str(self._ledger_graph)
        rows = self.endpoint.select(f"SELECT ?n ?v {{ GRAPH {ledger} {{ ?n {_NOTE} ?v }} }} ORDER BY ?n")
        notes = [(str(row["n"]), row["v"].value) for row in rows]
        if not notes:
            return
        whole = [row["v"].value for row in self.endpoint.select(f"SELECT ?v {{ GRAPH {ledger} {{ ?n {_WHOLE} ?v }} }}")]
        if whole and int(whole[0]) == len(notes):
            for _, note in sorted(notes):
                self._carry_out(note)
        self._strike_out()

    def insert(self, quads: Iterable[Quad]) -> None:
        """Sends quads that are finished as they are, "" being the default graph; what is there already does no harm.

        Raises:
            OutputError: the server refuses, or cannot be reached; a part of them may be there.
        """
        left = iter(quads)
        while piece := list(islice(left, _PIECE)):
            self._carry_out(json.dumps([("INSERT", quad) for quad in piece]))

    def _update(self, delete: set[Quad], insert: set[Quad]) -> None:
        work = [("DELETE", q) for q in sorted(delete)] + [("INSERT", q) for q in sorted(insert)]
        if not work:
            return
        left, notes = iter(work), []
        while piece := list(islice(left, _PIECE)):
            notes.append(json.dumps(piece, ensure_ascii=False))
        ledger = str(self._ledger_graph)
        names = [f"<{self.base}note-{i:06}>" for i in range(len(notes))]
        for name, note in zip(names, notes, strict=True):
            self.endpoint.update(_insert((name, _NOTE, quoted(note), ledger)))
        self.endpoint.update(_insert((names[0], _WHOLE, f'"{len(notes)}"', ledger)))
        for note in notes:
            self._carry_out(note)
        self._strike_out()

    def _carry_out(self, note: str) -> None:
        pieces: dict[tuple[str, str], set[Quad]] = defaultdict(set)
        for verb, (s, p, o, g) in json.loads(note):
            graph = g or self._engine.said
            pieces[verb, graph].add((s, p, o, graph))
        # One graph a request: of a DELETE DATA over two, Virtuoso 7 leaves some in both. Deletions come first.
        for verb, graph in sorted(pieces):
            for text in update_data(verb, pieces[verb, graph]):
                self.endpoint.update(text)

    def _strike_out(self) -> None:
        ledger = str(self._ledger_graph)
        # First the mark: without it, what is left of the notes means nothing.
        for prop in (_WHOLE, _NOTE):
            self.endpoint.update(f"DELETE WHERE {{ GRAPH {ledger} {{ ?n {prop} ?v }} }}")

    def __len__(self) -> int:
        rows = self.endpoint.select(
            f"SELECT (COUNT(*) AS ?n) {{ {self._engine.pattern(None, None, None, ox.DefaultGraph())} }}"
        )
        said = sum(int(row["n"].value) for row in rows)
        rows = self.endpoint.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {self._engine.ours()} }}")
        return said + sum(int(row["n"].value) for row in rows) - (said if self._engine.said else 0)


def _insert(quad: Quad) -> str:
    return update_data("INSERT", {quad})[0]


class _Engine:
    """The few calls of `pyoxigraph.Store` that the store looks things up with, as queries to a server.

    Attributes:
        said: term of the graph that stands for the default graph; "" where the server has one that can be written.
    """

    def __init__(self, endpoint: Endpoint, base: str, read_only: bool) -> None:
        self.endpoint, self._base = endpoint, base
        graph = f"<{base}graph-said>"
        filled = endpoint.ask(f"ASK {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
        known = filled or endpoint.ask(f"ASK {{ GRAPH <{base}{_LEDGER}> {{ ?s ?p ?o }} }}")
        if known or read_only:
            self.said = graph if filled else ""
        else:
            self.said = "" if self._has_default() else graph

    def _has_default(self) -> bool:
        """True where the default graph can be written, and is no union of the named ones: tried on an empty store."""
        probe, there = f"<{self._base}probe> <{self._base}probe>", f"GRAPH <{self._base}graph-probe>"
        one, other = f'{probe} "1" .', f'{probe} "2" .'
        try:
            self.endpoint.update(f"INSERT DATA {{ {one} }}")
        except OutputError as error:
            # A server without a default graph refuses this; one that refuses all will refuse the next as well.
            del error
            self.endpoint.update(f"INSERT DATA {{ {there} {{ {other} }} }}")
            self.endpoint.update(f"DELETE DATA {{ {there} {{ {other} }} }}")
            return False
        self.endpoint.update(f"INSERT DATA {{ {there} {{ {other} }} }}")
        seen = {row["o"].value for row in self.endpoint.select(f"SELECT ?o {{ {probe} ?o }}")}
        self.endpoint.update(f"DELETE DATA {{ {one} {there} {{ {other} }} }}")
        return seen == {"1"}

    def pattern(self, s: object, p: object, o: object, g: object) -> str:
        """The pattern of a graph: terms that are None are variables."""
        triple = " ".join(str(t) if t is not None else v for t, v in ((s, "?s"), (p, "?p"), (o, "?o")))
        if isinstance(g, ox.DefaultGraph):
            return f"GRAPH {self.said} {{ {triple} }}" if self.said else triple
        return f"GRAPH {g if g is not None else '?g'} {{ {triple} }}"

    def ours(self) -> str:
        """A filter for graphs of this store: other people's may lie on the same server."""
        return f"FILTER(STRSTARTS(STR(?g), {quoted(self._base + 'graph-')}))"

    def quads_for_pattern(
        self, s: Any, p: Any, o: Any, g: ox.NamedNode | ox.BlankNode | ox.DefaultGraph | None = None
    ) -> Iterator[ox.Quad]:
        """As `pyoxigraph.Store.quads_for_pattern`; without `g` in the default graph and all named ones."""
        if g is None:
            yield from self.quads_for_pattern(s, p, o, ox.DefaultGraph())
            query = f"SELECT * {{ {self.pattern(s, p, o, None)} {self.ours()} }}"
        else:
            query = f"SELECT * {{ {self.pattern(s, p, o, g)} }}"
        for row in self._rows(query, all(t is not None for t in (s, p, o))):
            graph = g if g is not None else row["g"]
            if g is None and str(graph) == self.said:
                continue
            subject, predicate, value = (row[n] if t is None else t for n, t in (("s", s), ("p", p), ("o", o)))
            yield ox.Quad(subject, predicate, value, graph)

    def _rows(self, query: str, bound: bool) -> Iterator[dict[str, Any]]:
        # A pattern without variables has no columns to select.
        if bound and "?g" not in query:
            return iter([{}] if self.endpoint.ask(query.replace("SELECT *", "ASK", 1)) else [])
        return self.endpoint.select(query)

    def named_graphs(self) -> Iterator[ox.NamedNode]:
        """The graphs of this store, with the ledger and the texts, without the one that stands for the default."""
        rows = self.endpoint.select(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} {self.ours()} }}")
        return (row["g"] for row in rows if str(row["g"]) != self.said)

    def contains_named_graph(self, graph: ox.NamedNode) -> bool:
        """True where the graph holds something."""
        return self.endpoint.ask(f"ASK {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
