"""The ontology: complete in both languages, of its profile, and in step with what is generated from it."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import RuleError
from kg.model import ArticleMeta, Document, Entity, EntityRef, Fact, Reading, Span, Value
from kg.rdf.generate import generated_files
from kg.rdf.ontology import Ontology, class_table, fact_table, ontology_files
from kg.rdf.spec import load_spec, make_spec
from kg.rdf.terms import PREFIXES, VK, term
from kg.rdf.write import write_reading

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "ontology"
TURTLE = sorted(FOLDER.glob("*.ttl"))
# The kinds and roles of the fact record.
RECORD = {
    "holds_post": "person* post* organization",
    "personnel_change": "action* person* post organization agent date",
    "event": "event* event_type date place organizer chair participant",
    "launch": "initiative* agent event date",
    "award": "award* giver recipient recipient_count recipient_kind reason event date",
    "document": "document* doc_type number title issuer signer date",
    "ranking": "indicator* rank* subject out_of change scope period",
    "statistic": "indicator* value* unit comparator subject period",
    "statement": "speaker* content* event",
    "request": "speaker* action* addressee event",
    "part_of": "child* parent*",
    "service": "service* provider level field partner basis sole_provider",
    "system": "system* operator levels pioneer",
    "measure": "actor* measure* purpose goal principle",
    "theme": "theme* year",
    "code_set": "document* count topic",
}


@pytest.fixture(scope="module")
def check() -> ModuleType:
    """scripts/check_ontology.py."""
    spec = importlib.util.spec_from_file_location("check_ontology", ROOT / "scripts" / "check_ontology.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def onto() -> Ontology:
    return Ontology(ontology_files(FOLDER))


def test_generated_files_are_up_to_date() -> None:
    """Otherwise: python scripts/generate.py."""
    stale = [p.name for p, content in generated_files(ROOT).items() if p.read_text(encoding="utf-8") != content]
    assert not stale


def test_the_record_can_be_said() -> None:
    facts = json.loads((FOLDER / "facts.json").read_text(encoding="utf-8"))
    found = {
        kind: " ".join(r + "*" * spec["required"] for r, spec in entry["roles"].items() if not spec["qualifier"])
        for kind, entry in facts.items()
    }
    assert found == RECORD


def test_the_profile_check_finds_nothing(check: ModuleType) -> None:
    assert check.profile_findings(FOLDER) == []


@pytest.mark.parametrize(
    ("turtle", "rule"),
    [
        ('vk:Loose rdfs:label "x"@vi, "x"@en . vk:Fact rdfs:subClassOf vk:Loose .', "rule 2"),
        ("vk:status a owl:DatatypeProperty .", "rule 3"),
        ("vk:Fact owl:equivalentClass vk:Rule .", "rule 4"),
        ("vk:status rdfs:subPropertyOf vk:roleName .", "rule 4"),
        ("vk:roleName rdfs:range xsd:gYear .", "rule 5"),
        ("rdf:type a owl:ObjectProperty .", "rule 6"),
        ("vk:Fact rdfs:subClassOf [ a owl:Restriction ] .", "rule 1"),
        ("vk:x a owl:NamedIndividual, prov:Entity, prov:Activity .", "rule 7"),
        ('vk:Fresh a owl:Class ; rdfs:label "mới"@vi .', "rule 8"),
    ],
)
def test_the_profile_check_finds_what_breaks_it(check: ModuleType, turtle: str, rule: str) -> None:
    graph = rdflib.Graph()
    for path in (*ontology_files(FOLDER), FOLDER / "alignment.ttl"):
        graph.parse(path)
    graph.parse(data="".join(f"@prefix {p}: <{i}> .\n" for p, i in PREFIXES.items()) + turtle, format="turtle")
    assert any(rule in f.message for f in check.check_graph(graph, reason=rule == "rule 7"))


@pytest.mark.parametrize("path", TURTLE, ids=lambda p: p.name)
def test_files_have_no_blank_nodes(path: Path) -> None:
    for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE):
        assert not isinstance(quad.subject, ox.BlankNode), quad
        assert not isinstance(quad.object, ox.BlankNode), quad


@pytest.mark.parametrize("path", [p for p in TURTLE if p.name != "shapes.ttl"], ids=lambda p: p.name)
def test_files_written_by_hand_stay_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_every_term_that_the_tables_name_is_declared_and_labelled(onto: Ontology) -> None:
    facts, classes = fact_table(onto), class_table(onto)
    named = {name for entry in facts.values() for name in (entry["class"], *entry["types"], *entry["main_classes"])}
    for entry in facts.values():
        for role in entry["roles"].values():
            keys = ("property", "text_property", "coins", "codes", "describes", "inverse", "group_class")
            named |= {role[key] for key in keys if role.get(key)}
            assert set(role["label"]) == set(role["comment"]) == {"vi", "en"}
    named |= {c for found in classes["entities"].values() for c in found}
    named |= {c for found in classes["begins"].values() for _, c in found}
    assert not [name for name in sorted(named) if set(classes["labels"].get(name, ())) != {"vi", "en"}]


def test_every_term_that_the_alignment_maps_is_declared(onto: Ontology) -> None:
    for quad in ox.parse((FOLDER / "alignment.ttl").read_bytes(), format=ox.RdfFormat.TURTLE):
        assert quad.subject.value in onto.subjects, quad.subject


def test_the_context_maps_terms_to_their_iris() -> None:
    body = json.loads((FOLDER / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert body["vk"] == VK
    assert body["schema"] == "https://schema.org/"
    assert body["org:heldBy"] == {"@type": "@id"}


def with_ontology(folder: Path, extra: str) -> Path:
    for path in ontology_files(FOLDER):
        shutil.copy(path, folder / path.name)
    prefixes = "".join(f"@prefix {p}: <{i}> .\n" for p, i in PREFIXES.items())
    (folder / "vnkg-extra.ttl").write_text(prefixes + extra, encoding="utf-8")
    return folder


GIFT = """
vk:Donation a owl:Class ; rdfs:subClassOf vk:Fact, schema:Action ; vk:kind "donation" ; vk:mainRole "receiver" ;
    rdfs:label "ủng hộ"@vi, "donation"@en ; skos:definition "Ủng hộ."@vi, "Something is given."@en .
vk:role-donation-giver a owl:NamedIndividual, vk:FactRole ; vk:roleOf vk:Donation ; vk:roleName "giver" ;
    vk:roleProperty schema:agent ; vk:order 1 ; vk:required true ; vk:filler "Person", "Organization" ;
    vk:describesInverse vk:supports ;
    rdfs:label "bên cho"@vi, "giver"@en ; skos:definition "Ai cho."@vi, "Who gives."@en .
vk:role-donation-receiver a owl:NamedIndividual, vk:FactRole ; vk:roleOf vk:Donation ; vk:roleName "receiver" ;
    vk:roleProperty schema:recipient ; vk:order 2 ; vk:filler "Organization" ;
    rdfs:label "bên nhận"@vi, "receiver"@en ; skos:definition "Ai nhận."@vi, "Who receives."@en .
vk:role-donation-thing a owl:NamedIndividual, vk:FactRole ; vk:roleOf vk:Donation ; vk:roleName "thing" ;
    vk:roleProperty schema:object ; vk:order 3 ; vk:filler "string" ; vk:coins vk:Topic ;
    rdfs:label "vật"@vi, "thing"@en ; skos:definition "Cho gì."@vi, "What is given."@en .
vk:role-donation-day a owl:NamedIndividual, vk:FactRole ; vk:roleOf vk:Donation ; vk:roleName "day" ;
    vk:roleProperty vk:date ; vk:order 4 ; vk:filler "date" ;
    rdfs:label "ngày"@vi, "day"@en ; skos:definition "Ngày."@vi, "When."@en .
vk:supports a owl:ObjectProperty ; rdfs:label "ủng hộ"@vi, "supports"@en ;
    skos:definition "Ủng hộ."@vi, "Supports."@en .
"""


def test_a_new_kind_needs_the_ontology_alone(tmp_path: Path) -> None:
    onto = Ontology(ontology_files(with_ontology(tmp_path, GIFT)))
    spec = make_spec(fact_table(onto), class_table(onto))
    text = "Bà Sáo ủng hộ Trường Hoa Mai 20 bộ bàn ghế"
    entities = (Entity("e1", "Person", "Sáo"), Entity("e2", "Organization", "Trường Hoa Mai"))
    roles = {
        "giver": (EntityRef("e1"),), "receiver": (EntityRef("e2"),), "thing": (Value("bàn ghế"),),
        "day": (Value("2020-02"),),
    }  # fmt: skip
    fact = Fact("donation", roles, (Span(0, len(text)),))
    reading = Reading(Document("x", "x", text, text), ArticleMeta(), entities, (fact,))
    said = write_reading(reading, spec=spec).said
    (node,) = {s for s, _, o in said if o == term("vk:Donation")}
    about = {p: o for s, p, o in said if s == node and p != term("rdf:type")}
    assert about[term("vk:date")] == f'"2020-02"^^<{PREFIXES["xsd"]}gYearMonth>'
    person, school = about[term("schema:agent")], about[term("schema:recipient")]
    assert (about[term("schema:object")], term("skos:prefLabel"), '"bàn ghế"@vi') in said
    assert (node, term("rdf:type"), term("schema:Action")) in said
    assert (person, term("vk:supports"), school) in said


@pytest.mark.parametrize(
    ("extra", "what"),
    [
        ("vk:role-x a vk:FactRole ; vk:roleOf vk:Statement .", "role-x"),
        ('vk:role-x a vk:FactRole ; vk:roleName "x" ; vk:roleProperty vk:date ; vk:filler "date" .', "role-x"),
        ("vk:Broken a owl:Class", "vnkg-extra.ttl"),
        ("vk:Fact rdfs:seeAlso [] .", "blank node"),
    ],
)  # fmt: skip
def test_a_broken_ontology_is_refused(tmp_path: Path, extra: str, what: str) -> None:
    with pytest.raises(RuleError, match=what):
        fact_table(Ontology(ontology_files(with_ontology(tmp_path, extra))))


def test_missing_tables_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="cannot be read") as caught:
        load_spec(tmp_path)
    assert "generate.py" in caught.value.hint


def test_the_script_reports_what_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(FOLDER, tmp_path / "ontology")
    (tmp_path / "docs").mkdir()
    source = ROOT / "scripts" / "generate.py"
    spec = importlib.util.spec_from_file_location("generate_script", source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.syspath_prepend(source.parent)
    spec.loader.exec_module(module)
    main: Callable[[], int] = module.main
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["generate.py", "--check"])
    assert main() == 1
    assert "docs/ontology.md" in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", ["generate.py"])
    assert main() == 0
    monkeypatch.setattr(sys, "argv", ["generate.py", "--check"])
    assert main() == 0
