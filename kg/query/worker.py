"""The process that answers one query: `python -m kg.query.worker` reads a request, writes an answer, and ends.

It stands apart because the engine cannot be interrupted. The operating system ends it: by an alarm when time is over,
by a limit on memory, and no file or socket can be opened once the graph is loaded.

Request (JSON on standard input): query, graph (path), seconds, megabytes, base; where wanted also "rows" and "graphs"
(names in `ROWS` and `GRAPHS`: how a result of either sort is written), "default" and "named" (IRIs of graphs: the
dataset, as the SPARQL protocol gives it), and "hidden" (IRIs of graphs that nobody is to see).
Answer (standard output): one line of JSON, then the serialised result. The line holds "problem", or "form",
"ordered", "terms" (unknown terms with their nearest) and "variables" (the columns' order after SELECT *).
"""

from __future__ import annotations

import io
import json
import signal
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from kg.query.diagnose import Problem, syntax_problem
from kg.query.guard import inspect, normalise
from kg.query.vocabulary import RDF, prefixes, unknown_terms
from kg.store import is_store, open_read_only

MAX_RESULT = 64 * 1024 * 1024
LOADING = 1800.0  # seconds for reading the graph; ends a worker whose parent is gone
ROWS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "turtle": ox.RdfFormat.TURTLE,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
_NO_GRAPH = ox.DefaultGraph()


class _TooLarge(Exception):
    pass


class _Bounded(io.BytesIO):
    """A buffer that refuses to grow past `MAX_RESULT`."""

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > MAX_RESULT:
            raise _TooLarge
        return super().write(data)


def main() -> None:
    """Answers the request on standard input."""
    # The parent tells the user; this process just ends, also at the terminal's Ctrl-C.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # What every query needs is read while a worker that stands ready waits for one.
    import rdflib.plugins.sparql.parser  # noqa: F401

    sys.stdout.buffer.write(_told(json.load(sys.stdin.buffer)))
    sys.stdout.buffer.flush()


def answer_one(connection: Connection) -> None:
    """The same for a process that a server has forked: the request comes and the answer goes through a pipe."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    connection.send_bytes(_told(json.loads(connection.recv_bytes())))


def _told(request: dict[str, Any]) -> bytes:
    try:
        head, body = _answer(request)
    except _Refused as refused:
        head, body = {"problem": _plain(refused.problem)}, b""
    return json.dumps(head).encode() + b"\n" + body


class _Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def _plain(problem: Problem) -> dict[str, Any]:
    return {"code": problem.code, "at": problem.at, "params": dict(problem.params), "hint": problem.hint}


def _answer(request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    names = prefixes(request["base"])
    text = normalise(request["query"])
    if isinstance(text, Problem):
        raise _Refused(text)
    _clock(request["seconds"])
    parsed = inspect(text, names)
    if isinstance(parsed, Problem):
        raise _Refused(parsed)
    if parsed is None:
        _close_doors(None)
        # What the engine takes and the guard cannot read is not run: nobody knows what it does.
        raise _Refused(syntax_problem(text, names) or Problem("unchecked"))
    wrong = syntax_problem(text, names)
    if wrong is not None:
        raise _Refused(wrong)
    _clock(LOADING)  # loading has its own time: it is not the query's fault
    path = Path(request["graph"])
    on_disk = is_store(path)
    store, terms, graphs = _open(path, parsed.terms, parsed.graphs) if on_disk else _load(path)
    unknown = unknown_terms(parsed.terms, terms)
    dataset = _Dataset(request.get("default"), request.get("named"), frozenset(request.get("hidden", ())))
    foreign = sorted(set(parsed.graphs) - graphs) or dataset.foreign(store, parsed.graphs)
    if foreign:
        raise _Refused(Problem("from", None, {"found": foreign[0]}, "from"))
    _close_doors(request["megabytes"], reads_files=on_disk)
    _clock(request["seconds"])
    head = {"form": parsed.form, "ordered": parsed.ordered, "terms": unknown, "variables": parsed.variables}
    rows, form = ROWS[request.get("rows", "json")], GRAPHS[request.get("graphs", "ntriples")]
    return head, _run(store, text, names, dataset.arguments(store), rows, form)


@dataclass(frozen=True, slots=True)
class _Dataset:
    """What a query is about; `default` and `named` are IRIs of graphs, None where the request names none."""

    default: list[str] | None
    named: list[str] | None
    hidden: frozenset[str]

    def foreign(self, store: ox.Store, own: Iterable[str]) -> list[str]:
        """The graphs that the request or the query itself names and the store has not, ascending."""
        asked = {*(self.default or ()), *(self.named or ()), *own}
        return sorted(g for g in asked if g in self.hidden or not store.contains_named_graph(ox.NamedNode(g)))

    def arguments(self, store: ox.Store) -> dict[str, Any]:
        """For `Store.query`; a dataset of the request stands above one of the query (SPARQL 1.1 Protocol, 2.1.4)."""
        if self.default is not None or self.named is not None:
            return {
                "default_graph": [ox.NamedNode(g) for g in self.default or ()],
                "named_graphs": [ox.NamedNode(g) for g in self.named or ()],
            }
        if not self.hidden:
            return {}
        shown: list[Any] = [g for g in store.named_graphs() if g.value not in self.hidden]
        return {"default_graph": _NO_GRAPH, "named_graphs": shown}


def _run(
    store: ox.Store,
    text: str,
    names: dict[str, str],
    dataset: dict[str, Any],
    rows: ox.QueryResultsFormat,
    form: ox.RdfFormat,
) -> bytes:
    buffer: BinaryIO = _Bounded()
    try:
        result: Any = store.query(text, prefixes=names, **dataset)
        if isinstance(result, ox.QueryTriples):
            result.serialize(output=buffer, format=form)
        else:
            result.serialize(output=buffer, format=rows)
    except _TooLarge:
        raise _Refused(Problem("too_large", None, {"limit": str(MAX_RESULT >> 20)}, "too_large")) from None
    except MemoryError:
        raise _Refused(Problem("memory", None, {}, "too_long_run")) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise _Refused(Problem("engine", None, {"reason": str(error)})) from None
    buffer.seek(0)
    return buffer.read()


def _load(path: Path) -> tuple[ox.Store, set[str], set[str]]:
    """The store, the predicates and classes in it, and the names of its graphs.

    Every triple stands once in the default graph, besides in its named graph: a union made while the query runs gives
    a triple as often as graphs hold it, and is some hundred times slower.
    """
    terms: set[str] = set()
    graphs: set[str] = set()
    rdf_type = RDF + "type"

    def quads() -> Iterator[ox.Quad]:
        parser = ox.parse(path=str(path), format=ox.RdfFormat.from_extension(path.suffix.removeprefix(".").lower()))
        for quad in parser:
            yield quad
            predicate = quad.predicate.value
            terms.add(predicate)
            if predicate == rdf_type and isinstance(quad.object, ox.NamedNode):
                terms.add(quad.object.value)
            if quad.graph_name != _NO_GRAPH:
                graphs.add(quad.graph_name.value)
                yield ox.Quad(quad.subject, quad.predicate, quad.object)

    store = ox.Store()
    try:
        store.bulk_extend(quads())
    except SyntaxError as error:
        place = f"{path}:{error.lineno}" if error.lineno else str(path)
        raise _Refused(Problem("graph", None, {"path": place, "reason": str(error.msg)}, "graph")) from None
    except (OSError, ValueError) as error:
        raise _Refused(Problem("graph", None, {"path": str(path), "reason": str(error)}, "graph")) from None
    return store, terms, graphs


def _open(path: Path, used: Iterable[str], named: Iterable[str]) -> tuple[ox.Store, set[str], set[str]]:
    """A store on disk, as it was when it was opened, and which of the query's terms and graphs are in it."""
    try:
        store = open_read_only(path)
    except (OSError, RuntimeError) as error:
        raise _Refused(Problem("graph", None, {"path": str(path), "reason": str(error)}, "graph")) from None
    kind = ox.NamedNode(RDF + "type")

    def present(term: str) -> bool:
        node = ox.NamedNode(term)
        found = (store.quads_for_pattern(None, node, None), store.quads_for_pattern(None, kind, node))
        return any(True for quads in found for _ in quads)

    graphs = {g for g in named if store.contains_named_graph(ox.NamedNode(g))}
    return store, {t for t in used if present(t)}, graphs


def _clock(seconds: float) -> None:
    """Ends this process after `seconds`. The default action of the alarm needs no Python to run."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _close_doors(megabytes: int | None, reads_files: bool = False) -> None:
    """No file, no socket, no process from here on, and no more than `megabytes` above what is in use.

    A store on disk opens its own files while it answers: there the guard alone keeps others shut.

    The guard refuses queries that reach out; this holds where the guard should ever be wrong. Systems without these
    limits (Windows) have the guard alone.
    """
    try:
        import resource
    except ImportError:
        return
    status = Path("/proc/self/statm")
    used = int(status.read_text().split()[0]) * resource.getpagesize() if megabytes and status.exists() else None
    if not reads_files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    if megabytes and used is not None:
        limit = used + (megabytes << 20)
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


if __name__ == "__main__":
    main()
