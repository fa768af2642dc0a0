"""Exports of graphs that do not fit into memory: sorted in pieces on disk, written line by line.

The bytes are those of `kg.rdf.export`. Turtle, TriG, N-Triples, N-Quads and RDF/XML stream; the other formats are made
of graphs that are held whole, as those who read them do.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from pathlib import Path
from typing import IO, BinaryIO

import pyoxigraph as ox

from kg.model import Finding
from kg.rdf.export import base_of, export, export_findings, without_controls
from kg.rdf.load import by_graph, union
from kg.rdf.serialize import Names, blocks, head, order
from kg.rdf.terms import PREFIXES, Quad, Triple, term

STREAMED = ("turtle", "trig", "nquads", "ntriples", "rdfxml")
_PIECE = 200_000  # quads that are sorted at once
_TYPE = term("rdf:type")
_ARTICLE = term("schema:NewsArticle")


def write_stream(quads: Iterable[Quad], name: str, out: BinaryIO, piece: int = _PIECE) -> list[Finding]:
    """Writes a graph in a format; returns what was lost on the way.

    Args:
        quads: terms in N-Triples form, in any order.
        name: one of `kg.rdf.export.FORMATS`.
        out: where the bytes go.
        piece: number of quads that are held at once.

    Raises:
        UsageError: the format is unknown.
    """
    if name not in STREAMED:
        content, findings = export(list(quads), name)
        out.write(content.encode())
        return findings
    with ExitStack() as stack:
        sort = _Sorted(piece, stack)
        lost = 0
        for s, p, o, g in quads:
            if name == "rdfxml":
                o, changed = without_controls(o)
                lost += changed
            sort.graphs.add(g)
            if o == _ARTICLE:
                sort.least_article = min(sort.least_article or s, s)
            # What a block is made of lies together: by graph for TriG, else by subject.
            s, p, o = order((s, p, o)) if name in ("turtle", "trig") else (s, p, o)
            sort.put((g, s, p, o) if name == "trig" else (s, p, o, g))
        base = base_of(sort.least_article)
        if name == "nquads":
            _lines((" ".join(part for part in row if part) + " .\n" for row in sort), out)
        elif name == "ntriples":
            _lines((" ".join(t) + " .\n" for t in _united(sort)), out)
        elif name == "rdfxml":
            triples = (ox.parse(" ".join(t).encode() + b" .", format=ox.RdfFormat.N_TRIPLES) for t in _united(sort))
            each = (t for parsed in triples for t in parsed)
            ox.serialize(each, out, format=ox.RdfFormat.RDF_XML, prefixes={"d": base, **PREFIXES})
        else:
            names = Names(base)
            parts = _trig(sort, names) if name == "trig" else blocks(_typed(_united(sort)), names, "")
            _with_head(parts, names, out, stack)
        return export_findings(name, lost)


class _Sorted:
    """Rows of four terms, which come back ascending and each once."""

    def __init__(self, piece: int, stack: ExitStack) -> None:
        self.graphs: set[str] = set()
        self.least_article = ""
        self._piece, self._stack = piece, stack
        self._rows: set[tuple[str, str, str, str]] = set()
        self._files: list[IO[str]] = []

    def put(self, row: tuple[str, str, str, str]) -> None:
        self._rows.add(row)
        if len(self._rows) >= self._piece:
            file: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115
            self._stack.enter_context(file)
            # No term holds a tab or the end of a line: N-Triples escapes both.
            file.writelines("\t".join(r) + "\n" for r in sorted(self._rows))
            self._files.append(file)
            self._rows.clear()

    def __iter__(self) -> Iterator[tuple[str, str, str, str]]:
        def rows(file: IO[str]) -> Iterator[tuple[str, str, str, str]]:
            file.seek(0)
            for line in file:
                a, b, c, d = line[:-1].split("\t")
                yield a, b, c, d

        merged = heapq.merge(sorted(self._rows), *map(rows, self._files))
        return (row for row, _ in groupby(merged))


def _united(rows: _Sorted) -> Iterator[Triple]:
    """All graphs as one, subject by subject: the names of a thing are settled as `kg.rdf.load.union` does."""
    for _, of_subject in groupby(rows, key=lambda row: row[0]):
        group = list(of_subject)
        if len(rows.graphs) == 1:
            yield from ((s, p, o) for s, p, o, _ in group)
            continue
        graphs = by_graph((s, p or _TYPE, o, g) for s, p, o, g in group)
        # A second graph that says nothing here: one of many must not pass for the only one.
        graphs.setdefault("-", [])
        graphs.setdefault("--", [])
        untyped = any(not p for _, p, _, _ in group)
        yield from sorted(union(graphs), key=order if untyped else None)


def _typed(triples: Iterable[Triple]) -> Iterator[Triple]:
    return ((s, p or _TYPE, o) for s, p, o in triples)


def _trig(rows: _Sorted, names: Names) -> Iterator[str]:
    for graph, of_graph in groupby(rows, key=lambda row: row[0]):
        triples = _typed((s, p, o) for _, s, p, o in of_graph)
        if not graph:
            yield from blocks(triples, names, "")
            continue
        opening = f"{names.iri(graph)} {{\n"
        pieces = blocks(triples, names, "  ")
        last = opening + next(pieces)
        for block in pieces:
            yield last
            last = block
        yield f"{last}}}\n"


def _lines(lines: Iterable[str], out: BinaryIO) -> None:
    while chunk := "".join(islice(lines, 5000)):
        out.write(chunk.encode())


def _with_head(parts: Iterable[str], names: Names, out: BinaryIO, stack: ExitStack) -> None:
    """Blocks with an empty line between them, after the prefixes that turned out to be used."""
    body: IO[bytes] = tempfile.TemporaryFile("w+b")  # noqa: SIM115
    stack.enter_context(body)
    empty = True
    for block in parts:
        body.write((block if empty else f"\n{block}").encode())
        empty = False
    if empty:
        return
    out.write(f"{head(names)}\n".encode())
    body.seek(0)
    while chunk := body.read(1 << 20):
        out.write(chunk)


def stream_file(quads: Iterable[Quad], name: str, path: Path) -> list[Finding]:
    """As `write_stream`, to a file that is there whole or not at all. Raises `OutputError` besides."""
    from kg.files import written_whole

    with written_whole(path) as out:
        return write_stream(quads, name, out)
