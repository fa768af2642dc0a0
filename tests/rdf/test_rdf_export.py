"""Exports: what goes out can be read back as the same graph."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from rdf_samples import Sheet, as_rdflib, fair, note, quads_of
from rdflib.compare import isomorphic

from kg.errors import InputError, UsageError
from kg.rdf.export import FORMATS, export, suffix, write_export
from kg.rdf.load import load_quads, load_store
from kg.rdf.terms import Quad, term, text
from kg.rdf.write import default_graph, merged, write_reading


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    return quads_of(fair(), note())


def whole(quads: list[Quad]) -> rdflib.Graph:
    graphs: dict[str, list[tuple[str, str, str]]] = {}
    for s, p, o, g in quads:
        graphs.setdefault(g, []).append((s, p, o))
    return as_rdflib(merged(graphs.values()))


@pytest.mark.parametrize(("name", "reader"), [("turtle", "turtle"), ("rdfxml", "xml"), ("ntriples", "nt")])
def test_triples_read_back(quads: list[Quad], name: str, reader: str) -> None:
    content, findings = export(quads, name)
    assert not findings
    assert isomorphic(rdflib.Graph().parse(data=content, format=reader), whole(quads))


@pytest.mark.parametrize("name", ["trig", "nquads", "jsonld"])
def test_quads_read_back(quads: list[Quad], name: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph{suffix(name)}"
    assert not write_export(quads, name, path)
    assert sorted(load_quads(path)) == sorted(quads)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own code
def test_jsonld_is_isomorphic_for_another_reader() -> None:
    triples = default_graph(write_reading(r) for r in (fair(), note()))
    content, _ = export([(*t, "") for t in triples], "jsonld")
    assert isomorphic(rdflib.Graph().parse(data=content, format="json-ld"), as_rdflib(triples))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_stable_bytes(quads: list[Quad], name: str) -> None:
    assert export(quads, name) == export([*reversed(quads), *quads[:20]], name)


@pytest.mark.parametrize(("name", "reader"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networks_hold_things_and_facts_with_labels(
    quads: list[Quad], name: str, reader: object, tmp_path: Path
) -> None:
    path = tmp_path / f"graph{suffix(name)}"
    write_export(quads, name, path)
    graph = reader(path)  # type: ignore[operator]
    labels = {data["label"]: (node, data) for node, data in graph.nodes(data=True)}
    assert labels["Lý Văn Bền"][1]["type"] == "schema:Person"
    facts = [n for n, d in graph.nodes(data=True) if d.get("kind") == "holds_post"]
    assert len(facts) == 3
    person = labels["Lý Văn Bền"][0]
    assert {d["property"] for u, v, d in graph.edges(data=True) if v == person and u in facts} == {"org:member"}
    assert not [n for n in graph if "evidence-" in n or "mention-" in n]


def test_csv_has_one_row_a_filler_with_its_quotation(quads: list[Quad]) -> None:
    table = list(csv.DictReader(io.StringIO(export(quads, "csv")[0])))
    award = [r for r in table if r["kind"] == "award" and r["status"] == "asserted"]
    assert {r["role"] for r in award} == {"giver", "award", "recipient_count", "recipient_kind", "reason"}
    assert {r["quote"] for r in award} == {"tặng Bằng khen cho 7 hợp tác xã vì giữ nghề cũ"}
    assert [r["label"] for r in award if r["role"] == "giver"] == ["Bắc Kạn"]
    assert sorted(r["value"] for r in table if r["kind"] == "statistic" and r["role"] in ("value", "upper")) == [
        "1200", "15", "3", "40", "55.5",
    ]  # fmt: skip


def test_spreadsheets_run_no_formula_of_an_article() -> None:
    s = Sheet('Ông Na nói: =HYPERLINK("http://x.invalid")')
    person = s.entity("Person", "Na")
    s.fact("statement", s.document.text, speaker=person, content=s.stretch('=HYPERLINK("http://x.invalid")'))
    cells = [cell for row in csv.reader(io.StringIO(export(quads_of(s.reading()), "csv")[0])) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_control_characters_do_not_break_xml() -> None:
    s = Sheet("Ông Na\x0b nói: vâng <b>&amp;</b> ]]>")
    person = s.entity("Person", "Na\x0b")
    s.fact("statement", "Na\x0b nói: vâng", speaker=person, content=s.stretch("vâng <b>&amp;</b> ]]>"))
    quads = quads_of(s.reading())
    content, findings = export(quads, "rdfxml")
    assert [f.severity for f in findings] == ["warning"]
    found = {str(o) for o in rdflib.Graph().parse(data=content, format="xml").objects()}
    assert "vâng <b>&amp;</b> ]]>" in found
    for name in ("graphml", "gexf"):
        ET.fromstring(export(quads, name)[0])
    assert ox.Literal("Na\x0b nói: vâng", language="vi") in {
        t.object for t in ox.parse(export(quads, "turtle")[0].encode(), format=ox.RdfFormat.TURTLE)
    }


def test_an_unknown_format_lists_the_known() -> None:
    with pytest.raises(UsageError) as caught:
        export([], "word")
    assert "turtle" in caught.value.hint


def test_a_store_has_each_triple_once_and_one_label(tmp_path: Path) -> None:
    path = tmp_path / "graph.trig"
    write_export(quads_of(fair(), note()), "trig", path)
    store = load_store(path)
    found = list(
        store.query(
            "SELECT ?l { ?o a <http://www.w3.org/ns/org#FormalOrganization> ; "
            "<http://www.w3.org/2004/02/skos/core#prefLabel> ?l }"
        )
    )
    assert sorted(row["l"].value for row in found) == ["Sở Công Thương", "Ủy ban nhân dân tỉnh Bắc Kạn"]
    assert len(list(store.named_graphs())) == 2


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("cut.ttl", "<https://a.example/x> a <https://a.example/", "line 1"),
        ("empty.ttl", "", "no triples"),
        ("cut.jsonld", '{"@id": ', "not valid"),
        ("cut.nq", "<https://a.example/x> .", "line 1"),
    ],
)
def test_broken_files_are_named_with_their_place(tmp_path: Path, name: str, content: str, what: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=what) as caught:
        load_quads(path)
    assert name in caught.value.message


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        load_quads(tmp_path / "none.ttl")
    with pytest.raises(InputError, match="a folder"):
        load_quads(tmp_path)
    with pytest.raises(UsageError, match="not a graph file"):
        load_quads(tmp_path / "graph.doc")


def test_plain_and_typed_literals_keep_their_kind_in_jsonld(tmp_path: Path) -> None:
    subject = "<https://w3id.org/vnkg/id/x>"
    values = [
        '"1"',
        '"01"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"a"@en',
        text("a"),
        '"a"',
        "<https://a.example/b c>".replace(" ", "%20"),
    ]
    quads = [(subject, term("schema:text"), v, "") for v in values] + [(subject, term("org:member"), '"odd"@vi', "")]
    path = tmp_path / "x.jsonld"
    write_export(quads, "jsonld", path)
    assert sorted(load_quads(path)) == sorted((s, p, o.replace('"01"', '"01"'), g) for s, p, o, g in quads)
