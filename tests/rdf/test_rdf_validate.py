"""SHACL and evidence checks: a sound graph has no findings, a broken one says what and where."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rdf_samples import FAIR, fair, note, quads_of

from kg.errors import InputError
from kg.model import Finding
from kg.rdf.terms import Quad, integer, term, text
from kg.rdf.validate import validate

Change = Callable[[list[Quad]], list[Quad]]


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    return quads_of(fair(), note())


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    for reading in (fair(), note()):
        (folder / reading.document.source).write_bytes(reading.document.raw.encode())
    return folder


def without(prop: str, kind: str = "") -> Change:
    """Drops the triples of a property (of nodes whose IRI holds `kind`)."""
    return lambda quads: [q for q in quads if not (q[1] == term(prop) and kind in q[0])]


def changed(prop: str, value: str, kind: str = "") -> Change:
    return lambda quads: [(s, p, value if p == term(prop) and kind in s else o, g) for s, p, o, g in quads]


def added(prop: str, value: str, kind: str) -> Change:
    def change(quads: list[Quad]) -> list[Quad]:
        node, graph = next((s, g) for s, _, _, g in quads if f"/{kind}" in s)
        return [*quads, (node, term(prop), value, graph)]

    return change


def errors(found: list[Finding]) -> list[Finding]:
    return [f for f in found if f.severity == "error"]


def test_a_sound_graph_has_no_findings(quads: list[Quad], articles: Path) -> None:
    assert validate(quads, [articles]) == []


@pytest.mark.parametrize(
    ("change", "where", "message"),
    [
        (without("vk:status", "fact-award"), r"fact-award-\w+ vk:status", "exactly one status"),
        (changed("vk:status", term("vk:Fact"), "fact-award"), "fact-award", "exactly one status"),
        (without("vk:statedIn", "fact-ranking"), "fact-ranking", "exactly one article"),
        (without("org:member", "fact-holds"), "fact-holds-post", "person.* is required"),
        (changed("org:member", text("Bền"), "fact-holds"), "fact-holds-post", "is a node"),
        (changed("vk:rank", text("chín")), "fact-ranking", "rank"),
        (without("schema:value", "fact-statistic"), "fact-statistic", "a value or a bound"),
        (without("schema:actionStatus"), "action-", "only potential"),
        (without("skos:prefLabel", "person-"), "person-", "one preferred label"),
        (without("schema:identifier", "article-"), "article-", "exactly one identifier"),
        (without("oa:hasSource"), "evidence-", "exactly one article"),
        (changed("oa:start", integer(9999), "position-"), "position-", "below the end"),
        (without("oa:exact"), "quote-", "exactly one text"),
        (without("prov:wasDerivedFrom", "fact-launch"), "fact-launch", "no evidence"),
        (without("org:member", "fact-holds"), "post-", "No asserted fact says"),
        (changed("oa:exact", text("lời khác")), "evidence-", "has 8 characters"),
        (changed("oa:end", integer(99999), "/mention-"), "mention-", "outside its evidence"),
    ],
)  # fmt: skip
def test_broken_data_is_found(quads: list[Quad], change: Change, where: str, message: str) -> None:
    found = [f for f in errors(validate(change(quads), language="en")) if re.search(message, f.message)]
    assert found
    assert all(re.match(where, f.where) for f in found)


def test_a_second_preferred_label_is_found() -> None:
    graph = [(s, p, o, "") for s, p, o, _ in quads_of(fair())]
    assert not errors(validate(graph))
    found = errors(validate(added("skos:prefLabel", text("Tên khác"), "person-")(graph), language="en"))
    assert [f.message for f in found if f.where.startswith("person-")] == [
        "A thing has one preferred label a language."
    ]


def test_a_filler_of_another_type_is_a_warning(quads: list[Quad]) -> None:
    place = next(s for s, _, _, _ in quads if "/place-" in s)
    found = validate(changed("org:member", place, "fact-holds")(quads), language="en")
    assert any(f.severity == "warning" and "usually: Person" in f.message for f in found)


def test_quotations_are_compared_with_the_files(quads: list[Quad], tmp_path: Path) -> None:
    copy = tmp_path / "hoi-cho.txt"
    copy.write_bytes(FAIR.encode())
    found = validate(quads, [copy], "en")
    assert [(f.severity, f.where.startswith("article-ghi-chu")) for f in found] == [("warning", True)]

    wrong = [(s, p, o.replace("Bền", "Bén"), g) if p == term("oa:exact") else (s, p, o, g) for s, p, o, g in quads]
    found = errors(validate(wrong, [copy], "en"))
    assert found
    assert all("The file has" in f.message and f.hint for f in found)


def test_a_graph_without_evidence_says_that_it_was_not_checked(quads: list[Quad]) -> None:
    bare = [q for q in quads if not re.search("/(evidence|position|quote|mention)-", q[0])]
    bare = [q for q in bare if q[1] != term("prov:wasDerivedFrom")]
    assert [f.severity for f in validate(bare)] == ["info"]


def test_findings_speak_both_languages_and_name_a_remedy(quads: list[Quad]) -> None:
    broken = without("vk:status", "fact-award")(quads)
    for language, words in (("vi", "đúng một tình trạng"), ("en", "exactly one status")):
        (finding, *_) = [f for f in validate(broken, language=language) if words in f.message]
        assert finding.hint


def test_articles_that_cannot_be_read_are_an_error(quads: list[Quad], tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"khong-co: no such file or folder"):
        validate(quads, [tmp_path / "khong-co"])
