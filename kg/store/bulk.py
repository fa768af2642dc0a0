"""Many finished quads at once: into a new store, or into a SPARQL endpoint in batches that have a limit."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OutputError
from kg.language import Bilingual
from kg.store.folder import is_store, make

BATCH = 1_000_000  # bytes of one update, about
_TRIES, _TIMEOUT = 4, 120.0


def load_files(store: Path, files: Iterable[Path]) -> Iterator[Path]:
    """Load files of N-Quads into a store, which is made where it is missing; tells each when it is in.

    A file that was loaded before does no harm.

    Raises:
        OutputError: the store cannot be written.
    """
    try:
        if not is_store(store):
            make(store)
        opened = ox.Store(str(store))
        for file in files:
            opened.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
            opened.flush()
            yield file
        opened.optimize()
    except (OSError, RuntimeError) as error:
        raise OutputError(
            Bilingual(f"{store}: cannot be written: {error}", f"{store}: không ghi được: {error}"),
            Bilingual("check the free space; the same call goes on from here", "xem chỗ trống; gọi lại sẽ đi tiếp"),
        ) from error


def insert(endpoint: str, lines: Iterable[str], batch: int = BATCH) -> int:
    """Send lines of N-Quads to a SPARQL endpoint that takes updates; returns the number of updates.

    An update that was sent twice does no harm.

    Raises:
        OutputError: the endpoint refuses, or does not answer after several attempts.
    """
    sent = 0
    waiting: dict[str, list[str]] = {}
    size = 0
    for line in lines:
        triple, graph = _split(line)
        waiting.setdefault(graph, []).append(triple)
        size += len(line)
        if size >= batch:
            _update(endpoint, waiting)
            waiting, size, sent = {}, 0, sent + 1
    if waiting:
        _update(endpoint, waiting)
        sent += 1
    return sent


def _split(line: str) -> tuple[str, str]:
    """The triple and the graph of a line; a literal ends in a quote, a language or a datatype, so a graph is told."""
    rest = line.rstrip().removesuffix(".").rstrip()
    subject, predicate, tail = rest.split(" ", 2)
    if tail.startswith("<"):
        value, _, graph = tail.partition(" ")
    else:
        cut = tail.rfind(" ")
        after = tail[cut + 1 :] if cut >= 0 else ""
        # Within a literal every quote is escaped: what stands behind its last quote is no part of it.
        outside = cut > tail.rfind('"')
        value, graph = (tail[:cut], after) if outside else (tail, "")
    return f"{subject} {predicate} {value} .", graph


def _update(endpoint: str, graphs: dict[str, list[str]]) -> None:
    parts = [
        "\n".join(triples) if not graph else f"GRAPH {graph} {{\n" + "\n".join(triples) + "\n}"
        for graph, triples in graphs.items()
    ]
    body = ("INSERT DATA {\n" + "\n".join(parts) + "\n}").encode()
    if not endpoint.startswith(("http://", "https://")):
        raise OutputError(Bilingual(f"{endpoint}: not an address", f"{endpoint}: không phải địa chỉ"))
    for attempt in range(1, _TRIES + 1):
        request = urllib.request.Request(  # noqa: S310 – checked above
            endpoint, body, {"Content-Type": "application/sparql-update", "User-Agent": "vnkg"}, method="POST"
        )
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
                answer.read()
            return
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            refused = isinstance(error, urllib.error.HTTPError) and error.code < 500
            if refused or attempt == _TRIES:
                raise OutputError(
                    Bilingual(f"{endpoint}: {error}", f"{endpoint}: {error}"),
                    Bilingual(
                        "give the address that takes updates; the same call goes on from here",
                        "hãy ghi địa chỉ nhận cập nhật; gọi lại sẽ đi tiếp",
                    ),
                ) from error
            time.sleep(attempt)
