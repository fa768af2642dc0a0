"""The embedded store: Oxigraph on disk, or in memory.

A change is one SPARQL update, and an update is one transaction of Oxigraph (RocksDB's write batch); many new articles
are one bulk loading, which takes its files in at one stroke. After a crash either is there whole or not at all. One
process writes; its lock is the file system's, so none stays behind a killed one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import InputError, OutputError, UsageError
from kg.language import Bilingual
from kg.rdf.entities import ALT_LABEL
from kg.rdf.iri import digest
from kg.rdf.terms import DEFAULT_BASE, Quad, Triple, quoted
from kg.rdf.write import LABELS, SINGLE, merged
from kg.store.face import Kept, Put
from kg.store.folder import is_store, make, open_read_only
from kg.store.ledger import Entry, Ledger

_LEDGER, _TEXTS = "graph-ledger", "graph-texts"
_VALUE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#value")
_DEFAULT = ox.DefaultGraph()
_PENDING = ox.NamedNode("https://w3id.org/vnkg/store#pending")


def base_of(path: Path) -> str:
    """The base of a store's IRIs; the usual one where it holds nothing. Raises `InputError` where it is none."""
    store = OxigraphStore._open(path, read_only=True)
    return next((had for g in store.named_graphs() if (had := _base(g))), DEFAULT_BASE)


def _base(graph: ox.NamedNode | ox.BlankNode) -> str:
    """The base that the name of a ledger's graph tells; empty for other graphs."""
    return graph.value.removesuffix(_LEDGER) if graph.value.endswith(_LEDGER) else ""


class OxigraphStore:
    """A store in a folder, or in memory without one.

    Args:
        path: the folder; made where it is missing. None: in memory.
        base: namespace of the data's IRIs; a store has one for ever.
        read_only: for reading beside a writer: what was written when it was opened is seen.
        bulk: from so many new articles on they are loaded in bulk, which is faster and writes files each time.
        engine: what is asked in the place of an Oxigraph store (see `kg.store.remote`).

    Raises:
        OutputError: another process writes, or the folder cannot be written.
        InputError: there is no store to read.
        UsageError: the store was made with another base.
    """

    def __init__(
        self,
        path: Path | None = None,
        base: str = DEFAULT_BASE,
        *,
        read_only: bool = False,
        bulk: int = 32,
        engine: Any = None,
    ) -> None:
        self.path, self.base, self._bulk = path, base, bulk
        self._store: Any = engine if engine is not None else self._open(path, read_only)
        self._ledger_graph = ox.NamedNode(f"{base}{_LEDGER}")
        self._text_graph = ox.NamedNode(f"{base}{_TEXTS}")
        self._own = {self._ledger_graph, self._text_graph}
        # The ledger's entries by source, once they were asked for: nobody else writes while this store is open.
        self._known: dict[str, Entry] | None = None
        had = next((b for g in self._store.named_graphs() if (b := _base(g))), base)
        if had != base:
            raise UsageError(
                Bilingual(f"{path}: this store's IRIs begin with {had}", f"{path}: IRI của kho này bắt đầu bằng {had}"),
                Bilingual(f"give --base {had}, or another store", f"dùng --base {had}, hoặc kho khác"),
            )
        if not read_only:
            self._recover()

    @staticmethod
    def _open(path: Path | None, read_only: bool) -> ox.Store:
        if path is None:
            return ox.Store()
        if read_only:
            if not is_store(path):
                raise InputError(
                    Bilingual(f"{path}: no store here", f"{path}: không có kho ở đây"),
                    Bilingual("make one with: kg add", "tạo bằng: kg add"),
                )
            try:
                return open_read_only(path)
            except (OSError, RuntimeError) as error:
                raise InputError(
                    Bilingual(f"{path}: cannot be opened: {error}", f"{path}: không mở được: {error}")
                ) from error
        try:
            if not is_store(path):
                make(path)
            return ox.Store(str(path))
        except (OSError, RuntimeError) as error:
            if "lock" in str(error).lower():
                raise OutputError(
                    Bilingual(
                        f"{path}: another process is writing to this store", f"{path}: tiến trình khác đang ghi kho này"
                    ),
                    Bilingual("wait until it has ended, then try again", "đợi tiến trình ấy xong rồi thử lại"),
                ) from error
            raise OutputError(
                Bilingual(f"{path}: cannot be opened: {error}", f"{path}: không mở được: {error}"),
                Bilingual(
                    "check the folder's rights and the free space", "xem quyền của thư mục và chỗ trống trên đĩa"
                ),
            ) from error

    # reading

    def ledger(self) -> Ledger:
        """All that was read."""
        if self._known is None:
            found = self._store.quads_for_pattern(None, _VALUE, None, self._ledger_graph)
            entries = (Entry.from_json(_value(q)) for q in found)
            self._known = {e.source: e for e in entries}
        return Ledger(dict(self._known))

    def kept(self, entry: Entry) -> Kept | None:
        """An article's text, where it was kept."""
        node = ox.NamedNode(self._node("text", entry.source)[1:-1])
        for quad in self._store.quads_for_pattern(node, _VALUE, None, self._text_graph):
            return Kept.from_json(_value(quad))
        return None

    def quads(self) -> Iterator[Quad]:
        """All triples of the articles' named graphs, sorted within each graph, graphs in the order of their names."""
        for graph in sorted((g for g in self._store.named_graphs() if g not in self._own), key=lambda g: str(g.value)):
            name = str(graph)
            for s, p, o in sorted(_triple(q) for q in self._store.quads_for_pattern(None, None, None, graph)):
                yield s, p, o, name

    def raw(self) -> Iterator[ox.Quad]:
        """The quads of the articles' named graphs as Oxigraph has them, in no order."""
        return (q for q in self._store.quads_for_pattern(None, None, None, None) if self._of_article(q.graph_name))

    def around(self, subject: ox.NamedNode | None, value: ox.NamedNode | None) -> Iterator[ox.Quad]:
        """The quads with a subject or an object, of any graph but the store's own books, in no order."""
        return (q for q in self._store.quads_for_pattern(subject, None, value, None) if q.graph_name not in self._own)

    def of_graph(self, graph: ox.NamedNode) -> Iterator[ox.Quad]:
        """The quads of one named graph, in no order."""
        quads: Iterator[ox.Quad] = self._store.quads_for_pattern(None, None, None, graph)
        return quads

    @property
    def own(self) -> tuple[str, ...]:
        """IRIs of the graphs that hold the store's own books: the ledger and the articles' texts."""
        return tuple(sorted(g.value for g in self._own))

    def _of_article(self, graph: object) -> bool:
        return not isinstance(graph, ox.DefaultGraph) and graph not in self._own

    def said(self) -> Iterator[Triple]:
        """The default graph, in no order."""
        return (_triple(q) for q in self._store.quads_for_pattern(None, None, None, _DEFAULT))

    def __len__(self) -> int:
        return len(self._store)

    # writing

    def put(self, articles: Sequence[Put]) -> None:
        """Takes articles in, each in the place of the one that came from its source before; one transaction.

        Raises:
            OutputError: nothing could be written.
        """
        self.ledger()
        known = self._known or {}
        gone = [known[a.entry.source] for a in articles if a.entry.source in known]
        if gone or len(articles) < self._bulk:
            self._change(gone, articles)
        else:
            self._load(articles)

    def remove(self, entries: Iterable[Entry]) -> None:
        """Takes articles out: what is left is the graph that never had them; one transaction. Raises as `put`."""
        self._change(list(entries), ())

    def _change(self, gone: Sequence[Entry], come: Sequence[Put]) -> None:
        """One SPARQL update, which is one transaction: made for a handful of articles in a store of any size."""
        out: set[Quad] = set()
        held: dict[Triple, ox.Quad] = {}  # what the articles that go say, as the store has it
        into: set[Quad] = set()
        own = (str(self._ledger_graph), str(self._text_graph))
        for entry in gone:
            graph = ox.NamedNode(entry.graph[1:-1])
            for quad in self._store.quads_for_pattern(None, None, None, graph):
                held[triple := _triple(quad)] = quad
                out.add((*triple, entry.graph))
            out.add((self._node("entry", entry.source), str(_VALUE), quoted(entry.to_json()), own[0]))
            kept = self.kept(entry)
            if kept is not None:
                out.add((self._node("text", entry.source), str(_VALUE), quoted(kept.to_json()), own[1]))
        said: set[Triple] = set()
        for article in come:
            said_here = _canonical(article.graph.said)
            said.update(said_here)
            graph_term = article.graph.graph
            into.update((*t, graph_term) for t in (*said_here, *_canonical(article.graph.evidence)))
            into.update(books(self.base, article))
        graphs_out = {e.graph for e in gone}
        leaving = {
            (*triple, "")
            for triple in self._in_default(held)
            if triple[1] not in LABELS and triple not in said and not self._elsewhere(held[triple], graphs_out)
        }
        # What the default graph has already is not changed by inserting it again.
        arriving = {(*t, "") for t in said if t[1] not in LABELS}
        touched = {s for s, p, _ in (*held, *said) if p in LABELS}
        self._name(touched, out, into, leaving, arriving)
        self._update({*(out - into), *leaving}, {*(into - out), *arriving})
        self._remember(gone, come)

    def _load(self, come: Sequence[Put]) -> None:
        """Many new articles at once: the bulk loader, which is all or nothing, in a quarter of an update's time.

        It cannot delete. Where labels in the default graph change, a note of what must go is loaded with the articles;
        the deletion takes the note with it, and whoever opens the store for writing carries out a note that is left.
        """
        into: set[Quad] = set()
        lines: list[str] = []
        touched: dict[str, set[Quad]] = defaultdict(set)
        for article in come:
            name = article.graph.graph
            labels = [t for t in article.graph.said if t[1] in LABELS]
            for triple in _canonical(labels):
                touched[triple[0]].add((*triple, name))
            for s, p, o in article.graph.said:
                lines.append(f"{s} {p} {o} {name} .\n")
                if p not in LABELS:
                    lines.append(f"{s} {p} {o} .\n")
            lines += [f"{s} {p} {o} {name} .\n" for s, p, o in article.graph.evidence]
            into.update(books(self.base, article))
        leaving: set[Quad] = set()
        arriving: set[Quad] = set()
        disputed = set()
        for node, labels_of in touched.items():
            if self._undisputed(node, labels_of):
                arriving.update((s, p, o, "") for s, p, o, _ in labels_of)
            else:
                disputed.add(node)
        self._name(disputed, set(), {q for node in disputed for q in touched[node]}, leaving, arriving)
        note: set[Quad] = set()
        if leaving:
            text = json.dumps(sorted(leaving), ensure_ascii=False)
            note = {(self._node("pending", come[0].entry.source), str(_PENDING), quoted(text), str(self._ledger_graph))}
        lines += [f"{s} {p} {o} {g} .\n" for s, p, o, g in {*into, *arriving, *note}]
        with self._writing():
            self._store.bulk_load("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
        self._remember((), come)
        if note:
            self._update({*leaving, *note}, set())

    def _recover(self) -> None:
        """Carries out the notes of a loading that was broken off after its articles were in."""
        for quad in list(self._store.quads_for_pattern(None, _PENDING, None, self._ledger_graph)):
            leaving = {(s, p, o, g) for s, p, o, g in json.loads(_value(quad))}
            self._update({*leaving, (*_triple(quad), str(self._ledger_graph))}, set())

    def _remember(self, gone: Iterable[Entry], come: Iterable[Put]) -> None:
        if self._known is not None:
            for entry in gone:
                self._known.pop(entry.source, None)
            self._known.update((a.entry.source, a.entry) for a in come)

    def _update(self, delete: set[Quad], insert: set[Quad]) -> None:
        update = update_data("DELETE", delete) + update_data("INSERT", insert)
        if update:
            with self._writing():
                self._store.update(" ;\n".join(update))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except (OSError, RuntimeError) as error:
            raise OutputError(
                Bilingual(f"{self.path}: cannot be written: {error}", f"{self.path}: không ghi được: {error}"),
                Bilingual("nothing was changed; check the free space", "chưa đổi gì; xem chỗ trống trên đĩa"),
            ) from error

    def _undisputed(self, node: str, coming: set[Quad]) -> bool:
        """True where the labels that come can just be added: they change nothing about which is preferred."""
        iri = ox.NamedNode(node[1:-1])
        now = {
            prop: {str(q.object) for q in self._store.quads_for_pattern(iri, ox.NamedNode(prop[1:-1]), None, _DEFAULT)}
            for prop in SINGLE
        }
        says = {prop: {o for _, p, o, _ in coming if p == prop} for prop in LABELS}
        if not any(now.values()):
            return all(len(says[prop]) <= 1 for prop in SINGLE)
        preferred = set[str]().union(*now.values())
        return all(says[prop] == now[prop] for prop in SINGLE) and not says[ALT_LABEL] & preferred

    def _name(
        self, nodes: Iterable[str], out: set[Quad], into: set[Quad], leaving: set[Quad], arriving: set[Quad]
    ) -> None:
        """The labels of things whose names changed: one preferred, as `kg.rdf.write.merged` chooses it."""
        coming: dict[str, set[Quad]] = defaultdict(set)
        for quad in into:
            if quad[1] in LABELS:
                coming[quad[0]].add(quad)
        for node in nodes:
            iri = ox.NamedNode(node[1:-1])
            stated: dict[str, set[Triple]] = defaultdict(set)
            now: set[Quad] = set()
            for prop in LABELS:
                for found in self._store.quads_for_pattern(iri, ox.NamedNode(prop[1:-1]), None, None):
                    triple = _triple(found)
                    if isinstance(found.graph_name, ox.DefaultGraph):
                        now.add((*triple, ""))
                    elif (*triple, graph := str(found.graph_name)) not in out:
                        stated[graph].add(triple)
            for s, p, o, g in coming[node]:
                stated[g].add((s, p, o))
            wanted = {(*t, "") for t in merged(stated[g] for g in sorted(stated))}
            leaving |= now - wanted
            arriving |= wanted - now

    def _in_default(self, held: Mapping[Triple, ox.Quad]) -> Iterator[Triple]:
        """Those of some triples that the default graph has: one look-up a subject, since most are evidence."""
        for subject in {quad.subject for quad in held.values()}:
            found = (_triple(q) for q in self._store.quads_for_pattern(subject, None, None, _DEFAULT))
            yield from (triple for triple in found if triple in held)

    def _elsewhere(self, quad: ox.Quad, graphs: set[str]) -> bool:
        found = self._store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        return any(not isinstance(q.graph_name, ox.DefaultGraph) and str(q.graph_name) not in graphs for q in found)

    def _node(self, kind: str, source: str) -> str:
        return _node(self.base, kind, source)


def books(base: str, article: Put) -> Iterator[Quad]:
    """What a store of this base notes of an article: its entry, and its text where that is kept."""
    source = article.entry.source
    yield _node(base, "entry", source), str(_VALUE), quoted(article.entry.to_json()), f"<{base}{_LEDGER}>"
    if article.kept is not None:
        yield _node(base, "text", source), str(_VALUE), quoted(article.kept.to_json()), f"<{base}{_TEXTS}>"


def _node(base: str, kind: str, source: str) -> str:
    return f"<{base}{kind}-{digest(source)}>"


def _triple(quad: ox.Quad) -> Triple:
    return str(quad.subject), str(quad.predicate), str(quad.object)


def _value(quad: ox.Quad) -> str:
    return quad.object.value if isinstance(quad.object, ox.Literal) else ""


def _canonical(triples: Iterable[Triple]) -> list[Triple]:
    """Triples as the store gives them back: Oxigraph has one form for each number and language tag."""
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in triples)
    return [_triple(q) for q in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)]


def update_data(verb: str, quads: set[Quad]) -> list[str]:
    """`DELETE DATA` or `INSERT DATA` of quads; none where there is nothing to do."""
    if not quads:
        return []
    graphs: dict[str, list[str]] = defaultdict(list)
    for s, p, o, g in sorted(quads):
        graphs[g].append(f"{s} {p} {o} .")
    parts = ["\n".join(lines) if not g else f"GRAPH {g} {{\n" + "\n".join(lines) + "\n}" for g, lines in graphs.items()]
    return [f"{verb} DATA {{\n" + "\n".join(parts) + "\n}"]
