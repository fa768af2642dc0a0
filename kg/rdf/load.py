"""Opens graph files for the other commands: quads as strings, or a store to query."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError, UsageError
from kg.language import Bilingual
from kg.rdf.terms import Quad, Triple
from kg.rdf.write import merged

FORMATS: dict[str, ox.RdfFormat] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".turtle": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}


def format_of(path: Path) -> ox.RdfFormat:
    """The format that a file's suffix tells.

    Raises:
        UsageError: the suffix is not one of a graph file.
    """
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        raise UsageError(
            Bilingual(f"{path}: not a graph file by its name", f"{path}: tên tệp không phải của tệp đồ thị"),
            Bilingual("known: " + " ".join(sorted(FORMATS)), "biết: " + " ".join(sorted(FORMATS))),
        )
    return found


def _bytes(path: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except FileNotFoundError:
        raise InputError(
            Bilingual(f"{path}: no such file", f"{path}: không có tệp này"),
            Bilingual("make one with: kg build", "tạo bằng: kg build"),
        ) from None
    except OSError as problem:
        raise InputError(
            Bilingual(f"{path}: cannot be read: {problem.strerror}", f"{path}: không đọc được: {problem.strerror}")
        ) from None


def parse(path: Path) -> list[ox.Quad]:
    """All quads of a graph file; `-` is standard input, in Turtle, TriG, N-Triples or N-Quads.

    Raises:
        InputError: the file is missing, unreadable, empty, or breaks its format (with line and column).
        UsageError: the suffix is unknown.
    """
    if path.is_dir():
        raise InputError(
            Bilingual(f"{path}: a folder, not a graph file", f"{path}: là thư mục, không phải tệp đồ thị"),
            Bilingual(f"try {path / 'graph.trig'}", f"thử {path / 'graph.trig'}"),
        )
    formats = (ox.RdfFormat.TRIG, ox.RdfFormat.N_QUADS) if str(path) == "-" else (format_of(path),)
    content = _bytes(path)
    first: SyntaxError | ValueError | None = None
    for known in formats:
        try:
            quads = list(ox.parse(content, format=known))
        except (SyntaxError, ValueError) as problem:
            first = first or problem
            continue
        if not quads:
            raise InputError(
                Bilingual(f"{path}: holds no triples", f"{path}: không có bộ ba nào"),
                Bilingual("is this the right file?", "có đúng tệp này không?"),
            )
        return quads
    en = vi = ""
    if isinstance(first, SyntaxError) and first.lineno:
        en, vi = f", line {first.lineno}, column {first.offset}", f", dòng {first.lineno}, cột {first.offset}"
    reason = first.msg if isinstance(first, SyntaxError) else str(first)
    name = formats[0].name
    raise InputError(
        Bilingual(f"{path}{en}: not valid {name}: {reason}", f"{path}{vi}: không đúng cú pháp {name}: {reason}"),
        Bilingual("was the file cut short or changed?", "tệp có bị cắt hay sửa không?"),
    )


def load_quads(path: Path) -> list[Quad]:
    """All quads of a graph file as strings in N-Triples form; the default graph is "".

    Raises:
        InputError, UsageError: as `parse`.
    """
    return [
        (
            str(q.subject),
            str(q.predicate),
            str(q.object),
            "" if isinstance(q.graph_name, ox.DefaultGraph) else str(q.graph_name),
        )
        for q in parse(path)
    ]


def load_store(path: Path) -> ox.Store:
    """A store in memory whose default graph holds every triple of the file once, beside the file's named graphs.

    Queries need no union of graphs: a triple that several articles state is found once, and a thing that articles call
    by different names has one preferred label there.

    Raises:
        InputError, UsageError: as `parse`.
    """
    store = ox.Store()
    graphs = by_graph(load_quads(path))
    if set(graphs) != {""}:
        for graph, triples in graphs.items():
            if graph:
                store.bulk_load(
                    "".join(f"{s} {p} {o} .\n" for s, p, o in triples).encode(),
                    ox.RdfFormat.N_TRIPLES,
                    to_graph=ox.NamedNode(graph[1:-1]),
                )
    store.bulk_load("".join(f"{s} {p} {o} .\n" for s, p, o in union(graphs)).encode(), ox.RdfFormat.N_TRIPLES)
    return store


def by_graph(quads: Iterable[Quad]) -> dict[str, list[Triple]]:
    """Graph term → its triples; the default graph is ""."""
    graphs: dict[str, list[Triple]] = {}
    for s, p, o, g in quads:
        graphs.setdefault(g, []).append((s, p, o))
    return graphs


def union(graphs: Mapping[str, list[Triple]]) -> set[Triple]:
    """All triples of several graphs, with one preferred label a node where the graphs differ (see `write.merged`).

    One graph alone is taken as it is: two labels within it are a mistake that `kg check` must see.
    """
    if len(graphs) == 1:
        return set(*graphs.values())
    return merged(graphs.values())
