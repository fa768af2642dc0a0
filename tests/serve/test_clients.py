"""Clients that nobody here wrote, against /sparql."""

from __future__ import annotations

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from serving import Server
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

PREFIXES = "PREFIX schema: <https://schema.org/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
PEOPLE = PREFIXES + "SELECT ?name WHERE { ?p a schema:Person ; skos:prefLabel ?name }"
WHO = "Nguyễn Đức Chung"


@pytest.fixture
def wrapper(server: Server) -> SPARQLWrapper:
    return SPARQLWrapper(f"http://127.0.0.1:{server.port}/sparql")


def test_sparqlwrapper_reads_every_form(wrapper: SPARQLWrapper) -> None:
    wrapper.setQuery(PEOPLE)
    wrapper.setReturnFormat(JSON)
    rows = wrapper.query().convert()["results"]["bindings"]
    assert WHO in {row["name"]["value"] for row in rows}
    wrapper.setMethod(POST)
    assert wrapper.query().convert()["results"]["bindings"]
    wrapper.setRequestMethod(POSTDIRECTLY)
    assert wrapper.query().convert()["results"]["bindings"]
    wrapper.setReturnFormat(XML)
    assert WHO in wrapper.query().convert().toxml()
    wrapper.setReturnFormat(CSV)
    assert WHO in wrapper.query().convert().decode()


def test_sparqlwrapper_reads_graphs_and_truths(wrapper: SPARQLWrapper) -> None:
    wrapper.setQuery(PREFIXES + "CONSTRUCT { ?p skos:prefLabel ?n } { ?p a schema:Person ; skos:prefLabel ?n }")
    wrapper.setReturnFormat(TURTLE)
    assert WHO in rdflib.Graph().parse(data=wrapper.query().convert(), format="turtle").serialize(format="turtle")
    wrapper.setQuery(PREFIXES + "ASK { ?p a schema:Person }")
    wrapper.setReturnFormat(JSON)
    assert wrapper.query().convert()["boolean"] is True


def test_sparqlwrapper_is_told_what_is_wrong(wrapper: SPARQLWrapper) -> None:
    wrapper.setQuery("SELECT * WHERE { ?s ?p }")
    with pytest.raises(QueryBadFormed, match="line 1"):
        wrapper.query()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own code
@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_takes_the_endpoint_for_a_graph(server: Server, method: str) -> None:
    store = SPARQLStore(f"http://127.0.0.1:{server.port}/sparql", method=method, returnFormat="json")
    graph = rdflib.Graph(store)
    assert WHO in {str(row[0]) for row in graph.query(PEOPLE)}
    person = rdflib.URIRef("https://schema.org/Person")
    assert len(set(graph.subjects(rdflib.RDF.type, person))) > 1
    assert graph.query(PREFIXES + "ASK { ?p a schema:Person }").askAnswer
