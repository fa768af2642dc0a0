"""Answers queries about a graph in a process of its own, within limits of time, memory and reach."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, Protocol

import pyoxigraph as ox

from kg.errors import InputError, QueryError
from kg.language import Bilingual
from kg.model import Finding
from kg.query.guard import normalise
from kg.query.messages import say
from kg.query.source import check_graph
from kg.query.worker import LOADING
from kg.rdf.terms import DEFAULT_BASE
from kg.store.place import Address, Place

SECONDS = 30.0
MEGABYTES = 2048
_CONTEXT = 100  # characters of a line that are shown around an error

Cell = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query.

    Attributes:
        form: select, ask, construct or describe.
        variables: the columns, without "?"; of a graph: subject, predicate, object.
        rows: as the query orders them, or in the order of code points where it does not; a triple a row for a graph.
        truth: the answer to an ASK; None otherwise.
        ordered: whether the query orders its rows itself.
        findings: what looks like a mistake in the query (terms that exist nowhere).
    """

    form: str
    variables: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    truth: bool | None = None
    ordered: bool = False
    findings: tuple[Finding, ...] = ()

    @property
    def is_graph(self) -> bool:
        """True for CONSTRUCT and DESCRIBE."""
        return self.form in ("construct", "describe")


def ask(
    query: str, graph: Place, *, seconds: float = SECONDS, megabytes: int = MEGABYTES, base: str = DEFAULT_BASE
) -> Answer:
    """The answer to `query` about the graph in a file, in the folder of a store, or behind a SPARQL endpoint.

    The default graph of the query is everything in the file, each triple once; named graphs are there for GRAPH. The
    prefixes of the ontology need no declaration.

    Args:
        query: SPARQL 1.1, read-only.
        graph: a file with one of `kg.query.source.SUFFIXES`, a store's folder, or an address.
        seconds: time for the query, without that for reading the graph.
        megabytes: memory for the query, besides that of the graph.
        base: what the prefix `d:` stands for.

    Raises:
        QueryError: the query is wrong, forbidden, ran too long or gave too much; the message has line and column.
        InputError: the graph cannot be read.
        UsageError: the graph's suffix is unknown.
    """
    if isinstance(graph, Address):
        return _remote(query, graph, seconds)
    check_graph(graph)
    request = {"query": query, "graph": str(graph), "seconds": seconds, "megabytes": megabytes, "base": base}
    return _answer(*call(request, Worker()))


def _remote(query: str, address: Address, seconds: float) -> Answer:
    from kg.query.remote import Refused, call_remote

    try:
        return _answer(*call_remote(query, address, seconds))
    except Refused as refused:
        problem = refused.problem
        params = {"code": problem.code, "at": problem.at, "params": dict(problem.params), "hint": problem.hint}
        raise _error(params, query) from None
    except TimeoutError as error:
        raise TooLong(say("time", seconds=f"{seconds:g}"), say("hint_too_long_run")) from error


class Worker:
    """A process that answers one query; started before it is asked, it has read by then what every query needs."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # our own module, and nothing of the query in the arguments
            [sys.executable, "-X", "utf8", "-m", "kg.query.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def answer(self, request: bytes, seconds: float) -> tuple[int | None, bytes, bytes]:
        """Exit status (None where it was ended here), output and messages. The process does not outlive this call."""
        try:
            own_clock = hasattr(signal, "setitimer")
            limit = 2 * seconds + LOADING + 60 if own_clock else seconds
            output, errors = self._process.communicate(request, timeout=limit)
            return self._process.returncode, output, errors
        except subprocess.TimeoutExpired:
            return None, b"", b""
        finally:
            self.end()

    def end(self) -> None:
        """Ends the process, asked or not."""
        self._process.kill()
        self._process.communicate()


class Answers(Protocol):
    """A process for one query: `Worker`, or one that a server keeps."""

    def answer(self, request: bytes, seconds: float) -> tuple[int | None, bytes, bytes]:
        """See `Worker.answer`."""


class TooLong(QueryError):
    """A query ran longer than it may."""


class TooMuch(QueryError):
    """A query needs more memory, or gives a larger result, than it may."""


def call(request: dict[str, Any], worker: Answers) -> tuple[dict[str, Any], bytes]:
    """What a worker says of a query, and the result as it was serialised: see `kg.query.worker`.

    Raises:
        TooLong, TooMuch, QueryError, InputError: as `ask`.
    """
    seconds: float = request["seconds"]
    status, output, errors = worker.answer(json.dumps(request).encode(), seconds)
    if status in _TIME_OVER:
        raise TooLong(say("time", seconds=f"{seconds:g}"), say("hint_too_long_run"))
    if status in _OUT_OF_MEMORY:
        raise TooMuch(say("memory"), say("hint_too_long_run"))
    line, _, body = output.partition(b"\n")
    if status != 0 or not line:
        last = (errors.decode("utf-8", "replace").splitlines() or [""])[-1]
        raise QueryError(say("died", reason=f"{status} {last}".strip()))
    head: dict[str, Any] = json.loads(line)
    if "problem" in head:
        raise _error(head["problem"], request["query"])
    return head, body


# The worker's own clock ends it on POSIX (minus the signal's number); elsewhere this process ends it (None).
_TIME_OVER = (None, -int(getattr(signal, "SIGALRM", 14)))
# The allocator of the engine aborts; the kernel's out-of-memory killer kills.
_OUT_OF_MEMORY = (-int(signal.SIGABRT), -int(getattr(signal, "SIGKILL", 9)))


def _answer(head: dict[str, Any], body: bytes) -> Answer:
    findings = tuple(
        Finding(
            "warning",
            "SPARQL",
            say("unknown_term", term=term),
            say("hint_near", near=", ".join(near)) if near else "",
        )
        for term, near in head["terms"]
    )
    form, ordered = head["form"], head["ordered"]
    if form == "ask":
        return Answer(form, truth=bool(json.loads(body)["boolean"]), findings=findings)
    rows: list[Row]
    if form == "select":
        # Not the engine's own reader of results: it refuses literals of more than 16 MB.
        result = json.loads(body)
        place = {name: i for i, name in enumerate(head["variables"])}
        variables = tuple(sorted(result["head"]["vars"], key=lambda name: place.get(name, 0)))
        rows = [tuple(_cell(b.get(v)) for v in variables) for b in result["results"]["bindings"]]
    else:
        variables, ordered = ("subject", "predicate", "object"), False
        try:
            found: Any = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
            rows = list({(q.subject, q.predicate, q.object) for q in found})
        except MemoryError:
            raise QueryError(say("too_large", limit=16), say("hint_too_large")) from None
    if not ordered:
        rows.sort(key=lambda row: [str(cell or "") for cell in row])
    return Answer(form, variables, tuple(rows), ordered=ordered, findings=findings)


def _cell(term: dict[str, Any] | None) -> Cell:
    """A term of the SPARQL results format in JSON."""
    if term is None:
        return None
    value = term["value"]
    match term["type"]:
        case "uri":
            return ox.NamedNode(value)
        case "bnode":
            return ox.BlankNode(value)
        case "triple":
            parts: list[Any] = [_cell(value[part]) for part in ("subject", "predicate", "object")]
            return ox.Triple(*parts)
    if "xml:lang" in term:
        return ox.Literal(value, language=term["xml:lang"])
    return ox.Literal(value, datatype=ox.NamedNode(term["datatype"])) if "datatype" in term else ox.Literal(value)


def _error(problem: dict[str, Any], query: str) -> QueryError | InputError:
    """The problem in words, with line, column, the line itself and a caret."""
    params: dict[str, str] = problem["params"]
    message = say(problem["code"], **params)
    hint = say(f"hint_{problem['hint']}", **params) if problem["hint"] else ""
    if problem["code"] == "graph":
        return InputError(message, hint)
    if problem["code"] in ("too_large", "memory"):
        return TooMuch(message, hint)
    if problem["at"] is None:
        return QueryError(message, hint)
    text = normalise(query)
    line, column, shown = locate(text if isinstance(text, str) else query, problem["at"])
    place = say("place", line=line, column=column)
    en, vi = f"{place.en}: {message.en}\n{shown}", f"{place.vi}: {message.vi}\n{shown}"
    return QueryError(Bilingual(en, vi), hint)


def locate(query: str, at: int) -> tuple[int, int, str]:
    """Line and column (both from 1) of an offset, and the line with a caret below.

    >>> locate("SELECT ?x\\n{ ?x oops }", 15)
    (2, 6, '  { ?x oops }\\n       ^')
    """
    start = query.rfind("\n", 0, at) + 1
    end = query.find("\n", at)
    line, column = query[start : len(query) if end < 0 else end], at - start
    first = max(0, column - _CONTEXT)
    # One sign for one character, or the caret would stand elsewhere.
    shown = "".join(c if c.isprintable() else "\ufffd" for c in line[first : column + _CONTEXT])
    return query.count("\n", 0, at) + 1, column + 1, f"  {shown}\n  {' ' * (column - first)}^"
