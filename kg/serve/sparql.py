"""`/sparql`: the query operation of the SPARQL 1.1 Protocol, and the description of the service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.errors import InputError, QueryError
from kg.query.engine import TooLong, TooMuch
from kg.query.guard import MAX_LENGTH
from kg.serve.negotiate import best
from kg.serve.runner import Busy, Gone, Runner

# Media type to the worker's name of the format; the first is the default.
ROWS = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
}
_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_DESCRIPTION = """\
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .
<{url}> a sd:Service ;
    sd:endpoint <{url}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:EmptyGraphs ;
    sd:resultFormat formats:SPARQL_Results_JSON, formats:SPARQL_Results_XML, formats:SPARQL_Results_CSV,
        formats:SPARQL_Results_TSV, formats:Turtle, formats:N-Triples, formats:RDF_XML, formats:JSON-LD ;
    sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ] .
"""


class Asked(NamedTuple):
    """A query with the dataset that the request names; None where it names none."""

    query: str
    default: list[str] | None
    named: list[str] | None


class Refused(Exception):
    """A request that cannot be answered: the status and the reason."""

    def __init__(self, status: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status, self.reason, self.headers = status, reason, headers


async def sparql(request: Request) -> Response:
    """Answers a query, or describes the service where there is none."""
    runner: Runner = request.app.state.runner
    try:
        asked = await _asked(request)
        if asked is None:
            return _description(request)
        return await _answer(runner, asked, request)
    except Refused as refused:
        return PlainTextResponse(f"{refused.reason}\n", refused.status, refused.headers)


async def _asked(request: Request) -> Asked | None:
    """What a request asks; None where it asks nothing."""
    url = _pairs(request.scope["query_string"])
    if request.method == "GET":
        return _of(url) if url else None
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == _UPDATE:
        raise Refused(403, "this endpoint only reads: updates are refused")
    body = await request.body()
    if kind == _FORM:
        if url:
            raise Refused(400, "a form in the body takes no parameters in the address")
        return _of(_pairs(body))
    if kind == _QUERY:
        if any(name == "query" for name, _ in url):
            raise Refused(400, "the query stands in the body: the address must not have one, too")
        return _of([("query", _text(body)), *url])
    raise Refused(415, f"send the query as {_FORM} or {_QUERY}")


def _pairs(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(data.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=200)
    except ValueError as error:
        raise Refused(400, "the parameters are not well-formed, percent-encoded UTF-8") from error


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Refused(400, f"the query is not UTF-8 (byte {error.start})") from error


def _of(pairs: list[tuple[str, str]]) -> Asked:
    if any(name == "update" or name.startswith("using-") for name, _ in pairs):
        raise Refused(403, "this endpoint only reads: updates are refused")
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) != 1:
        raise Refused(400, f"exactly one parameter query= is wanted, {len(queries)} were given")
    if len(queries[0]) > MAX_LENGTH:
        raise Refused(413, f"the query is longer than {MAX_LENGTH} characters")
    default = [value for name, value in pairs if name == "default-graph-uri"]
    named = [value for name, value in pairs if name == "named-graph-uri"]
    if not default and not named:
        return Asked(queries[0], None, None)
    return Asked(queries[0], default, named)


def _description(request: Request) -> Response:
    if best(request.headers.get("accept"), ["text/turtle"]) is None:
        raise Refused(406, "the description of the service is text/turtle")
    address = str(request.url.replace(query="", fragment="")).rstrip("?")
    return Response(_DESCRIPTION.format(url=address), media_type="text/turtle")


async def _answer(runner: Runner, asked: Asked, request: Request) -> Response:
    accept = request.headers.get("accept")
    rows, graphs = best(accept, list(ROWS)), best(accept, list(GRAPHS))
    if rows is None and graphs is None:
        raise Refused(406, "answers are given as " + ", ".join((*ROWS, *GRAPHS)))
    try:
        head, body = await runner.run(
            asked.query,
            gone=request.is_disconnected,
            rows=ROWS[rows or next(iter(ROWS))],
            graphs=GRAPHS[graphs or next(iter(GRAPHS))],
            default=asked.default,
            named=asked.named,
        )
    except Gone as left:
        raise Refused(499, "who asked has left") from left
    except Busy as busy:
        raise Refused(503, "too many queries at once, come again", {"Retry-After": "2"}) from busy
    except TooLong as error:
        raise Refused(504, _told(error)) from error
    except TooMuch as error:
        raise Refused(413, _told(error)) from error
    except QueryError as error:
        raise Refused(400, _told(error)) from error
    except InputError as error:
        raise Refused(500, "the graph cannot be read") from error
    media = graphs if head["form"] in ("construct", "describe") else rows
    if media is None:
        raise Refused(406, f"a query of this form ({head['form']}) is not answered as {accept}")
    return Response(body, media_type=media)


def _told(error: QueryError) -> str:
    return "\n".join(part for part in (str(error.message), str(error.hint)) if part)
