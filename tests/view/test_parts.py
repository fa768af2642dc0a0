"""Content, labels and positions, without a browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from graphs import GraphWriter, sample

from kg.errors import KgError
from kg.view import assets
from kg.view.clean import clean, clean_line, json_for_script
from kg.view.content import Content, read_content
from kg.view.drawing import draw, plan_links
from kg.view.labels import fact_label, wrap
from kg.view.layout import Box, place
from kg.view.source import read
from kg.view.terms import Vocabulary, load_vocabulary, short


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


def content_of(graph: GraphWriter, tmp_path: Path, vocabulary: Vocabulary) -> Content:
    path = tmp_path / "graph.trig"
    path.write_text(graph.trig(), encoding="utf-8")
    return read_content(read(path), vocabulary)


def test_facts_keep_roles_status_and_evidence(tmp_path: Path, vocabulary: Vocabulary) -> None:
    content = content_of(sample(), tmp_path, vocabulary)
    by_id = {f.id: f for f in content.facts}
    assert next(f.id for f in content.facts) == "fact-002", "in the order of the text"
    assert by_id["fact-006"].roles == [
        ("indicator", [{"n": "indicator-xanh"}]),
        ("rank", [{"v": 9}]),
        ("subject", [{"n": "place-song-lam"}]),
        ("out_of", [{"v": 63}]),
        ("change", [{"v": 4}]),
    ]
    assert [by_id[f"fact-{n:03}"].status for n in (1, 7, 8, 9, 10)] == [
        "asserted", "planned", "former", "negated", "reported",
    ]  # fmt: skip
    assert all(len(f.evidence) == 1 for f in content.facts)
    assert len(content.nodes) == 13
    assert content.relations == [("org-ubnd", "schema:areaServed", "place-song-lam")]
    assert content.terms["schema:areaServed"]["en"]


def test_role_words_belong_to_their_fact(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Two facts share a stretch; each shows its own words."""
    g = GraphWriter()
    person, body = g.entity("person-a", "Person", "Đỗ Văn Ba"), g.entity("org-a", "Organization", "Sở Y")
    art = g.article("article-a", "Tin", "Ông Đỗ Văn Ba, Giám đốc Sở Y.")
    g.fact("holds_post", art, "Đỗ Văn Ba, Giám đốc Sở Y", person=person, post="Giám đốc", organization=body)
    g.fact("part_of", art, "Đỗ Văn Ba, Giám đốc Sở Y", child=body, parent=body)
    g.proofs.append(
        "d:fact-002 prov:wasDerivedFrom d:evidence-1 . d:evidence-1 vk:roleMention d:m-1, d:m-2 .\n"
        'd:m-1 a vk:RoleMention ; vk:ofFact d:fact-001 ; vk:roleName "person" ; oa:start 4 ; oa:end 13 .\n'
        'd:m-2 a vk:RoleMention ; vk:ofFact d:fact-002 ; vk:roleName "child" ; oa:start 24 ; oa:end 28 .'
    )
    content = content_of(g, tmp_path, vocabulary)
    parts = {f.id: content.evidence[f.evidence[0]].parts for f in content.facts}
    assert parts["fact-001"] == [
        ("Ông ", 0, ""), ("Đỗ Văn Ba", 1, "person"), (", Giám đốc Sở Y", 1, ""), (".", 0, ""),
    ]  # fmt: skip
    assert [p for p in parts["fact-002"] if p[2]] == [("Sở Y", 1, "child")]


@pytest.mark.parametrize(
    ("triples", "label"),
    [
        ("schema:value 62.5", "62,5%"),
        ("schema:minValue 62 ; vk:lowerBoundExclusive true", "> 62%"),
        ("schema:minValue 1200", "≥ 1.200%"),
        ("schema:maxValue 5 ; vk:upperBoundExclusive true", "< 5%"),
        ("schema:minValue 5 ; schema:maxValue 7", "≥ 5 ≤ 7%"),
        ("schema:value 40 ; vk:approximate true", "≈ 40%"),
        ('schema:value "NaN"^^xsd:double', "NaN%"),
    ],
)
def test_values_and_bounds(triples: str, label: str, tmp_path: Path, vocabulary: Vocabulary) -> None:
    g = GraphWriter()
    place_, rate = g.entity("place-a", "Place", "Xã A"), g.entity("indicator-a", "Indicator", "tỷ lệ")
    cls = g.kinds["statistic"]["class"]
    g.statements.append(
        f"d:fact-1 a {cls} ; vk:status vk:asserted ; schema:variableMeasured {rate} ; "
        f'schema:observationAbout {place_} ; schema:unitText "%" ; {triples} .'
    )
    content = content_of(g, tmp_path, vocabulary)
    assert fact_label(content.facts[0], content, vocabulary)["vi"] == label


def test_which_facts_become_edges_and_tags(tmp_path: Path, vocabulary: Vocabulary) -> None:
    plan = plan_links(content_of(sample(), tmp_path, vocabulary), vocabulary)
    links = {(e.fact, e.source, e.target): e.label["vi"] for e in plan.links}
    assert {f.id for f in plan.tags} == {"fact-004", "fact-005"}
    assert links["fact-001", "person-thuan", "org-ubnd"] == "Chủ tịch"
    assert links["fact-006", "place-song-lam", "indicator-xanh"] == "thứ 9/63"
    assert ("fact-002", "event-hoi-nghi", "person-thuan") in links, "the event is the middle of its star"
    assert ("fact-005", "org-ubnd", "fact-005") in links, "who gives stands before the tag"
    assert ("fact-005", "fact-005", "award-bang-khen") in links
    assert ("", "org-ubnd", "place-song-lam") in links
    assert not [k for k in links if k[0] == "fact-010"], "one entity: nothing to join"


def test_labels_lie_on_nothing(tmp_path: Path, vocabulary: Vocabulary) -> None:
    drawing = draw(content_of(sample(), tmp_path, vocabulary), vocabulary, "vi")
    nodes, edges = drawing.nodes, drawing.edges
    assert all("x" in n for n in nodes)
    assert sum(1 for e in edges if not e.get("quiet")) >= len(edges) / 2
    assert len({(n["x"], n["y"]) for n in nodes}) == len(nodes)


def boxes_overlap(boxes: list[Box], at: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found = []
    for i, ((ax, ay), a) in enumerate(zip(at, boxes, strict=True)):
        for j in range(i):
            (bx, by), b = at[j], boxes[j]
            if (
                ax - a.left < bx + b.right - 1
                and bx - b.left < ax + a.right - 1
                and ay - a.up < by + b.down - 1
                and by - b.up < ay + a.down - 1
            ):
                found.append((j, i))
    return found


@pytest.mark.parametrize(
    ("count", "edges"),
    [
        (0, []),
        (1, []),
        (2, [(0, 1), (1, 0), (0, 1)]),
        (30, [(0, i) for i in range(1, 30)]),
        (20, [(i, (i + 1) % 20) for i in range(20)]),
        (12, []),
        (60, [(i, i // 2) for i in range(60)]),
        (25, [(i, j) for i in range(25) for j in range(i)]),
    ],
)
def test_no_box_overlaps_another(count: int, edges: list[tuple[int, int]]) -> None:
    boxes = [Box(20 + 7 * (i % 9), 20 + 7 * (i % 9), 10 + i % 5, 30 + 8 * (i % 3)) for i in range(count)]
    at = place(boxes, edges)
    assert boxes_overlap(boxes, at) == []
    assert place(boxes, edges) == at


def test_neighbours_stand_nearer_than_strangers() -> None:
    chain = [(i, i + 1) for i in range(9)]
    at = place([Box(30, 30, 10, 20)] * 10, chain)

    def far(i: int, j: int) -> float:
        return ((at[i][0] - at[j][0]) ** 2 + (at[i][1] - at[j][1]) ** 2) ** 0.5

    assert max(far(i, i + 1) for i in range(9)) < min(far(i, i + 4) for i in range(6))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a[U+202E]b"),
        ("a\u2066b\u200fc\ufeff", "a[U+2066]b[U+200F]c[U+FEFF]"),
        ("\x00\x1b[31m\x7f\x9b", "␀␛[31m␡[U+009B]"),
        ("a\r\nb\tc\u2028d", "a  b c d"),
        ("Nguyễn\u00a0Đức 👩‍🔧", "Nguyễn\u00a0Đức 👩‍🔧"),
    ],
)
def test_clean(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_clean_line_composes_and_trims() -> None:
    assert clean_line("  Nguye\u0302\u0303n \n Đức ") == "Nguyễn Đức"


def test_json_for_script_reads_back() -> None:
    value: Any = {"b": "</script><!--&\u2028\u2029", "a": ["đ", 1.5, None]}
    text = json_for_script(value)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == value


def test_wrap_cuts_long_names() -> None:
    assert wrap("một hai ba bốn năm sáu bảy tám chín mười", 8, 2) == "một hai\nba bốn…"
    assert max(map(len, wrap("x" * 200, 18).split("\n"))) <= 22
    assert wrap("", 18) == ""
    assert wrap("UBND thành phố Hà Nội", 18) == "UBND thành\nphố Hà Nội", "no word alone on its line"


def test_short_names() -> None:
    assert short("https://schema.org/name") == "schema:name"
    assert short("https://w3id.org/vnkg/id/person-a") == "person-a"


def test_script_is_one_scope_without_imports() -> None:
    script = assets.script()
    assert "import " not in script.replace("important", "")
    assert "\nexport " not in script
    assert "innerHTML" not in script
    assert "eval(" not in script


def test_modules_must_not_share_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "main.js").write_text('import { a } from "./other.js";\nconst b = a;\n')
    (tmp_path / "other.js").write_text("export const a = 1;\nconst b = 2;\n")
    monkeypatch.setattr(assets, "_static", lambda: tmp_path)
    with pytest.raises(KgError, match=r"main\.js declares again: b"):
        assets.script()
    (tmp_path / "other.js").write_text('import { b } from "./main.js";\nexport const a = b;\n')
    with pytest.raises(KgError, match="main → other → main"):
        assets.script()
