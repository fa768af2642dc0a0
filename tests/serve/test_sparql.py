"""The SPARQL 1.1 Protocol, case by case as its test manifest names them; and what stands around it."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from serving import Answer, Server

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
ASK = "ASK { ?s ?p ?o }"
PEOPLE = "SELECT ?name WHERE { ?p a schema:Person ; skos:prefLabel ?name }"
INSERT = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"


def get(server: Server, *pairs: tuple[str, str], accept: str = JSON) -> Answer:
    return server.ask("GET", "/sparql?" + urlencode(pairs), {"Accept": accept})


def form(server: Server, *pairs: tuple[str, str], path: str = "/sparql") -> Answer:
    return server.ask("POST", path, {"Content-Type": FORM, "Accept": JSON}, urlencode(pairs))


def truth(answer: Answer) -> bool:
    assert (answer.status, answer.type) == (200, JSON), answer.text
    return bool(json.loads(answer.body)["boolean"])


@pytest.fixture(scope="module")
def graph(server: Server) -> str:
    """The one named graph of the store."""
    found = get(server, ("query", "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"))
    (row,) = json.loads(found.body)["results"]["bindings"]  # the ledger and the texts are nobody's business
    return str(row["g"]["value"])


# query operations


def test_query_get(server: Server) -> None:
    assert truth(get(server, ("query", ASK)))


def test_query_post_form(server: Server) -> None:
    assert truth(form(server, ("query", ASK)))


def test_query_post_direct(server: Server) -> None:
    assert truth(server.ask("POST", "/sparql", {"Content-Type": f"{QUERY}; charset=utf-8", "Accept": JSON}, ASK))


def test_query_dataset_default_graph(server: Server, graph: str) -> None:
    assert truth(get(server, ("query", ASK), ("default-graph-uri", graph)))
    assert not truth(get(server, ("query", "ASK { GRAPH ?g { ?s ?p ?o } }"), ("default-graph-uri", graph)))


def test_query_dataset_default_graphs_get_and_post(server: Server, graph: str) -> None:
    pairs = (("query", ASK), ("default-graph-uri", graph), ("default-graph-uri", graph))
    assert truth(get(server, *pairs))
    assert truth(form(server, *pairs))
    direct = f"/sparql?default-graph-uri={quote(graph, safe='')}"
    assert truth(server.ask("POST", direct, {"Content-Type": QUERY, "Accept": JSON}, ASK))


def test_query_dataset_named_graphs_get_and_post(server: Server, graph: str) -> None:
    inside = ("query", "ASK { GRAPH ?g { ?s ?p ?o } }")
    assert truth(get(server, inside, ("named-graph-uri", graph)))
    assert truth(form(server, inside, ("named-graph-uri", graph)))
    assert not truth(get(server, ("query", ASK), ("named-graph-uri", graph)))


def test_query_dataset_full(server: Server, graph: str) -> None:
    both = ("query", f"ASK {{ ?s ?p ?o . GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    assert truth(get(server, both, ("default-graph-uri", graph), ("named-graph-uri", graph)))


def test_query_multiple_dataset(server: Server, graph: str) -> None:
    # The protocol's dataset stands above the query's own.
    own = ("query", f"ASK FROM <{graph}> {{ ?s ?p ?o }}")
    assert truth(get(server, own))
    assert not truth(get(server, own, ("named-graph-uri", graph)))


@pytest.mark.parametrize(
    ("query", "accept", "type_"),
    [
        (PEOPLE, JSON, JSON),
        (PEOPLE, XML, XML),
        (PEOPLE, "text/csv", "text/csv"),
        (PEOPLE, "text/tab-separated-values", "text/tab-separated-values"),
        (PEOPLE, "*/*", JSON),
        (PEOPLE, "text/csv;q=0.5, application/sparql-results+xml", XML),
        (ASK, XML, XML),
        ("DESCRIBE ?p WHERE { ?p a schema:Person }", "text/turtle", "text/turtle"),
        ("CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }", "application/rdf+xml", "application/rdf+xml"),
        ("CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }", "application/n-triples", "application/n-triples"),
        ("CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }", "application/ld+json", "application/ld+json"),
    ],
)
def test_query_content_type(server: Server, query: str, accept: str, type_: str) -> None:
    answer = get(server, ("query", query), accept=accept)
    assert (answer.status, answer.type) == (200, type_)
    if query == PEOPLE:
        assert "Nguyễn Đức Chung" in answer.text
    elif not query.startswith("ASK"):
        form_ = ox.RdfFormat.from_media_type(type_)
        assert form_ is not None
        assert list(ox.parse(answer.body, format=form_))


# updates: this endpoint only reads


def test_updates_are_refused_with_the_reason_and_change_nothing(server: Server) -> None:
    refused = [
        form(server, ("update", INSERT)),
        form(server, ("update", INSERT), ("using-graph-uri", "urn:g")),
        form(server, ("update", INSERT), ("using-named-graph-uri", "urn:g")),
        form(server, ("update", INSERT), ("update", INSERT)),
        server.ask("POST", "/sparql", {"Content-Type": UPDATE}, INSERT),
        server.ask("POST", "/sparql?using-graph-uri=urn:g", {"Content-Type": UPDATE}, INSERT),
        get(server, ("update", INSERT)),
    ]
    assert {a.status for a in refused} == {403}
    assert all("only reads" in a.text for a in refused)
    assert get(server, ("query", INSERT)).status == 400
    assert not truth(get(server, ("query", "ASK { <urn:a> ?p ?o }")))


# bad requests


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_bad_query_method(server: Server, method: str) -> None:
    assert server.ask(method, "/sparql?query=ASK%20%7B%7D").status == 405


def test_bad_multiple_queries(server: Server) -> None:
    assert get(server, ("query", ASK), ("query", ASK)).status == 400
    assert form(server, ("query", ASK), ("query", ASK)).status == 400
    assert form(server, ("query", ASK), path="/sparql?query=ASK%20%7B%7D").status == 400
    direct = server.ask("POST", "/sparql?query=ASK%20%7B%7D", {"Content-Type": QUERY}, ASK)
    assert direct.status == 400


@pytest.mark.parametrize("type_", ["text/plain", "application/json", ""])
def test_bad_query_wrong_or_missing_type(server: Server, type_: str) -> None:
    headers = {"Content-Type": type_} if type_ else {}
    assert server.ask("POST", "/sparql", headers, ASK).status == 415
    assert server.ask("POST", "/sparql", headers, urlencode([("query", ASK)])).status == 415


def test_bad_query_non_utf8(server: Server) -> None:
    assert server.ask("POST", "/sparql", {"Content-Type": QUERY}, ASK.encode("utf-16")).status == 400
    assert server.ask("GET", "/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%22%FF%22%7D").status == 400


def test_bad_query_syntax(server: Server) -> None:
    answer = get(server, ("query", "SELECT ?x {\n ?x oops }"))
    assert answer.status == 400
    assert "line 2" in answer.text


def test_an_accept_that_nothing_meets(server: Server) -> None:
    assert get(server, ("query", PEOPLE), accept="image/png").status == 406
    assert get(server, ("query", PEOPLE), accept="text/turtle").status == 406


# reach and limits


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://127.0.0.1:1/x> { GRAPH ?g { ?s ?p ?o } }",
    ],
)
def test_nothing_reaches_out(server: Server, query: str) -> None:
    answer = get(server, ("query", query))
    assert answer.status == 400
    assert "root:" not in answer.text


def test_no_dataset_of_a_request_reaches_out_or_into_the_stores_books(server: Server) -> None:
    for graph in (
        "file:///etc/passwd",
        "https://w3id.org/vnkg/id/graph-texts",
        "https://w3id.org/vnkg/id/graph-ledger",
    ):
        assert get(server, ("query", ASK), ("default-graph-uri", graph)).status == 400
        assert get(server, ("query", f"ASK FROM <{graph}> {{ ?s ?p ?o }}")).status == 400
    assert not truth(get(server, ("query", "ASK { GRAPH <https://w3id.org/vnkg/id/graph-texts> { ?s ?p ?o } }")))


def test_a_query_that_runs_too_long_is_ended_and_others_go_on(server: Server) -> None:
    heavy = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?c != ?f || ?i != ?l) }"
    answer = get(server, ("query", heavy))
    assert answer.status == 504
    assert truth(get(server, ("query", ASK)))


def test_the_service_describes_itself(server: Server) -> None:
    answer = server.ask("GET", "/sparql", {"Accept": "text/turtle"})
    assert (answer.status, answer.type) == (200, "text/turtle")
    found = {q.predicate.value.rsplit("#", 1)[-1] for q in ox.parse(answer.body, format=ox.RdfFormat.TURTLE)}
    assert {"endpoint", "supportedLanguage", "resultFormat"} <= found
