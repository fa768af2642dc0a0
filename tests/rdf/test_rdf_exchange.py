"""What other tools take in: Neo4j's bulk import, FollowTheMoney, Data Cube, Gephi; and parts of a graph."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pytest
import rdflib
from followthemoney import model
from rdf_samples import Sheet, fair, note, quads_of

from kg.errors import UsageError
from kg.rdf.export import export, write_export
from kg.rdf.neo4j import NODES, RELATIONSHIPS, neo4j
from kg.rdf.network import network
from kg.rdf.part import Part, part
from kg.rdf.terms import Quad, term
from kg.rdf.validate import validate


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    return quads_of(fair(), note())


def table(content: str) -> tuple[list[str], list[dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(content))
    return list(reader.fieldnames or ()), list(reader)


class TestNeo4j:
    TYPES = ("string", "long", "double", "boolean")

    def test_headers_follow_the_rules_of_the_importer(self, quads: list[Quad]) -> None:
        files = neo4j(quads)
        head, nodes = table(files[NODES])
        assert [h for h in head if h.endswith(":ID")] == ["iri:ID"]
        assert head[-1] == ":LABEL"
        names = [h.partition(":")[0] for h in head[:-1]]
        assert len(set(names)) == len(names)
        assert all(h.partition(":")[2].removesuffix("[]") in self.TYPES for h in head[1:-1])
        ids = [n["iri:ID"] for n in nodes]
        assert len(set(ids)) == len(ids)
        assert all(n[":LABEL"] for n in nodes)
        ends, related = table(files[RELATIONSHIPS])
        assert (ends[0], ends[1], ends[-1]) == (":START_ID", ":END_ID", ":TYPE")
        assert related
        assert {r[e] for r in related for e in (":START_ID", ":END_ID")} <= set(ids)
        assert all(r[":TYPE"].isidentifier() for r in related)

    def test_values_have_the_type_of_their_column(self, quads: list[Quad]) -> None:
        _, nodes = table(neo4j(quads)[NODES])
        ranking = next(n for n in nodes if n["kind:string"] == "ranking")
        assert (ranking["vk_rank:long"], ranking["quote:string"]) == ("9", "tăng 2 bậc, đứng thứ 9/63 cả nước")
        for node in nodes:
            for name, value in node.items():
                form = name.partition(":")[2].removesuffix("[]")
                for one in value.split("\x1f") if value else ():
                    assert {"long": int, "double": float}.get(form, str)(one) is not None

    def test_lists_are_told_in_the_header(self) -> None:
        s = Sheet("Ông Na, tức Nam, tức Năm, nói: vâng")
        s.fact("statement", "nói: vâng", speaker=s.entity("Person", "Na", "Nam", "Năm"), content=s.stretch("vâng"))
        _, nodes = table(neo4j(quads_of(s.reading()))[NODES])
        person = next(n for n in nodes if n["label:string"] == "Na")
        assert person["schema_alternateName:string[]"].split("\x1f") == ["Nam", "Năm"]

    def test_bytes_are_stable(self, quads: list[Quad]) -> None:
        assert neo4j(quads) == neo4j([*reversed(quads)])


class TestFollowTheMoney:
    def entities(self, quads: list[Quad]) -> dict[str, dict[str, object]]:
        return {e["id"]: e for line in export(quads, "ftm")[0].splitlines() for e in [json.loads(line)]}

    def test_their_library_takes_all_of_it(self, quads: list[Quad]) -> None:
        found = self.entities(quads)
        assert found
        for plain in found.values():
            proxy = model.get_proxy(plain, cleaned=False)
            proxy.schema.validate(plain)
            # Cleaned by the library, nothing was dropped.
            assert proxy.to_dict()["properties"].keys() == plain["properties"].keys()  # type: ignore[attr-defined]
            for prop, value in proxy.itervalues():
                if prop.type.name == "entity":
                    assert value in found, prop
                    assert model.get(found[value]["schema"]).is_a(prop.range), (prop, found[value])  # type: ignore[union-attr, arg-type]

    def test_posts_are_occupancies_with_their_sentence(self, quads: list[Quad]) -> None:
        found = self.entities(quads)
        held = [e["properties"] for e in found.values() if e["schema"] == "Occupancy"]
        ended = [p for p in held if p.get("status") == ["ended"]]  # type: ignore[attr-defined]
        assert [p["summary"] for p in ended] == [["nguyên Giám đốc Sở Công Thương"]]  # type: ignore[index]
        assert len(held) == 2

    def test_what_is_denied_is_not_said(self, quads: list[Quad]) -> None:
        content = export(quads, "ftm")[0]
        assert "Bà Sen không giữ chức" not in content
        assert "Chánh Thanh tra" not in content


class TestCube:
    def test_dated_statistics_are_observations_of_a_sound_cube(self, quads: list[Quad]) -> None:
        qb = "http://purl.org/linked-data/cube#"
        graph = rdflib.Graph().parse(data=export(quads, "qb")[0], format="turtle")
        found = list(graph.subjects(rdflib.RDF.type, rdflib.URIRef(qb + "Observation")))
        assert len(found) == 1
        checks = {  # of the vocabulary's integrity constraints
            "IC-1": "?o a qb:Observation FILTER NOT EXISTS { ?o qb:dataSet ?s . ?s a qb:DataSet }",
            "IC-2": "?s a qb:DataSet FILTER NOT EXISTS { ?s qb:structure ?d . ?d a qb:DataStructureDefinition }",
            "IC-3": "?d a qb:DataStructureDefinition FILTER NOT EXISTS { ?d qb:component [ qb:measure ?m ] }",
            "IC-4": "?p a qb:DimensionProperty FILTER NOT EXISTS { ?p rdfs:range ?r }",
            "IC-11": "?o qb:dataSet/qb:structure/qb:component/qb:dimension ?p FILTER NOT EXISTS { ?o ?p ?v }",
            "IC-14": "?o qb:dataSet/qb:structure/qb:component/qb:measure ?p FILTER NOT EXISTS { ?o ?p ?v }",
        }
        for name, wrong in checks.items():
            asked = f"PREFIX qb: <{qb}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> ASK {{ {wrong} }}"
            assert not graph.query(asked).askAnswer, name

    def test_without_dated_ones_there_is_no_cube(self) -> None:
        assert export(quads_of(note()), "qb")[0] == ""


@pytest.mark.parametrize(("name", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networks_read_back_with_their_counts(quads: list[Quad], name: str, read: object, tmp_path: Path) -> None:
    wanted = network(quads)
    write_export(quads, name, tmp_path / "g")
    found = read(tmp_path / "g")  # type: ignore[operator]
    assert (len(found), found.number_of_edges()) == (len(wanted), wanted.number_of_edges())
    assert all(d["label"] for _, d in found.nodes(data=True))
    assert {d["type"] for _, d in found.nodes(data=True)} == {d["type"] for _, d in wanted.nodes(data=True)}
    assert {d["date"] for _, d in found.nodes(data=True) if d.get("date")} == {"2018", "2018-03-05"}


class TestPart:
    def kinds(self, quads: list[Quad]) -> list[str]:
        return sorted({row["kind"] for row in csv.DictReader(io.StringIO(export(quads, "csv")[0]))})

    def test_nothing_wanted_is_everything(self, quads: list[Quad]) -> None:
        assert list(part(quads, Part())) == quads

    def test_a_kind_comes_with_what_it_points_to_and_is_sound(self, quads: list[Quad]) -> None:
        found = list(part(quads, Part(kinds=frozenset({"ranking"}))))
        assert self.kinds(found) == ["ranking"]
        subjects = {s for s, *_ in found}
        assert {"indicator", "place", "evidence", "article"} <= {
            s.rpartition("/")[2].partition("-")[0] for s in subjects
        }
        assert not [o for _, p, o, _ in found if p == term("schema:mentions") and o not in subjects]
        assert not validate(found)
        row = next(csv.DictReader(io.StringIO(export(found, "csv")[0])))
        assert row["quote"] == "tăng 2 bậc, đứng thứ 9/63 cả nước"

    @pytest.mark.parametrize(
        ("wanted", "articles"),
        [
            (Part(articles=frozenset({"ghi-chu"})), {"ghi-chu"}),
            (Part(since="2018"), {"hoi-cho"}),
            (Part(since="2018-03", until="2018-03"), {"hoi-cho"}),
            (Part(until="2018-03-04"), set()),
            (Part(since="2018-03-06"), set()),
        ],
    )
    def test_articles_are_taken_whole(self, quads: list[Quad], wanted: Part, articles: set[str]) -> None:
        found = list(part(quads, wanted))
        graphs = {g for *_, g in found}
        assert found == [q for q in quads if q[3] in graphs]
        assert {o.strip('"') for _, p, o, _ in found if p == term("schema:identifier")} & {
            "ghi-chu",
            "hoi-cho",
        } == articles

    def test_a_thing_brings_its_facts(self, quads: list[Quad]) -> None:
        person = next(s for s, p, o, _ in quads if p == term("schema:name") and "Vi Thị Sen" in o)
        found = list(part(quads, Part(about=frozenset({person[1:-1]}))))
        assert self.kinds(found) == ["award", "holds_post"]
        assert {g for *_, g in found} == {q[3] for q in quads if q[0] == person}

    def test_an_unknown_kind_lists_the_known(self) -> None:
        with pytest.raises(UsageError) as caught:
            Part(kinds=frozenset({"weather"}))
        assert "holds_post" in str(caught.value.hint)
