"""`kg stats`: counts, centre, communities, paths."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import networkx as nx
import pytest

from kg.query.collation import collation_key
from kg.query.graph import EACH_WITH_EACH, project


@pytest.fixture
def figures(kg, graph):
    return json.loads(kg("stats", str(graph), "--format", "json").stdout)


def test_counts(figures):
    assert figures["articles"] == 2
    assert figures["facts"] == 16
    assert figures["evidence"] >= 14
    assert figures["types"]["Person"] == 2
    assert figures["types"]["Indicator"] == 2
    assert figures["kinds"]["holds_post"] == {"asserted": 1, "former": 1, "negated": 1}
    assert figures["kinds"]["ranking"] == {"asserted": 1, "planned": 1}
    assert sum(n for by_status in figures["kinds"].values() for n in by_status.values()) == figures["facts"]


def test_who_is_central(figures, graph):
    first, *rest = figures["central"]
    assert first["neighbours"] >= rest[0]["neighbours"]
    simple = nx.Graph(project(graph).network.edges())
    between = nx.betweenness_centrality(simple)
    # Entities that nothing joins count among the pairs of the whole network.
    alone = len(project(graph).network) - len(simple)
    n = len(simple)
    scale = (n - 1) * (n - 2) / ((n + alone - 1) * (n + alone - 2))
    for entity in figures["central"]:
        assert entity["neighbours"] == simple.degree(entity["id"])
        assert entity["betweenness"] == pytest.approx(between[entity["id"]] * scale, abs=1e-5)


def test_communities_hold_each_joined_entity_once(figures, graph):
    groups = [member for group in figures["communities"] for member in group["members"]]
    assert len(groups) == len(set(groups))
    assert [g["size"] for g in figures["communities"]] == sorted(
        (g["size"] for g in figures["communities"]), reverse=True
    )
    body = next(g["members"] for g in figures["communities"] if "UBND tỉnh Lạng Sơn" in g["members"])
    assert "Hoàng Văn Dũng" not in body


def test_denied_facts_join_nobody(graph):
    names = nx.get_node_attributes(project(graph).network, "name")
    joined = {frozenset((names[a], names[b])) for a, b in project(graph).network.edges()}
    assert frozenset(("Hoàng Văn Dũng", "UBND huyện Mai Sơn")) in joined
    assert not any("đoàn kiểm tra" in pair for pair in joined)


def test_a_long_list_of_participants_is_a_star(tmp_path):
    many = EACH_WITH_EACH + 4
    people = "".join(f'<d:p{i}> a schema:Person ; schema:name "Người {i}" . ' for i in range(many))
    recipients = ", ".join(f"<d:p{i}>" for i in range(many))
    (tmp_path / "g.ttl").write_text(
        "@prefix schema: <https://schema.org/> . @prefix vk: <https://w3id.org/vnkg/ontology#> . "
        f"{people} <d:f> a vk:Request ; vk:status vk:asserted ; schema:agent <d:p0> ; schema:recipient {recipients} .",
        encoding="utf-8",
    )
    assert project(tmp_path / "g.ttl").network.number_of_edges() == many - 1


def test_a_path_says_through_which_facts_and_shows_the_sentences(kg, graph):
    out = kg("stats", str(graph), "--path", "Hoàng Văn Dũng", "Sở Nội vụ tỉnh Sơn La").stdout
    assert "1. Hoàng Văn Dũng — Sở Nội vụ tỉnh Sơn La" in out
    assert "personnel change" in out
    assert "“Chiều 2/4/2021, ông Hoàng Văn Dũng được bổ nhiệm giữ chức Giám đốc Sở Nội vụ tỉnh Sơn La.”" in out


def test_a_path_of_several_steps_by_json(kg, graph, folder):
    for source, sentences in ((graph, True), (folder / "graph.ttl", False)):
        result = kg("stats", str(source), "--path", "Sơn La", "Bắc Sơn", "--format", "json")
        path = json.loads(result.stdout)["path"]
        assert [path[0]["from"]["name"], *(step["to"]["name"] for step in path)] == [
            "Sơn La", "Chỉ số PCI", "Lạng Sơn", "Bắc Sơn",
        ]  # fmt: skip
        assert all(step["facts"] or step["relations"] for step in path)
        assert any(fact["sentences"] for step in path for fact in step["facts"]) is sentences


def test_names_that_nothing_connects_are_a_finding(kg, graph):
    result = kg("stats", str(graph), "--path", "Hoàng Văn Dũng", "Bắc Sơn")
    assert result.exit_code == 1
    assert "nothing connects" in result.stdout


@pytest.mark.parametrize("typed", ["tran thi anh nguyet", "Trần Thị Anh Nguyệt", "anh nguyet", "Tran Thi Anh Nguyen"])
def test_an_unknown_name_is_answered_with_names_that_look_like_it_without_marks(kg, graph, typed):
    result = kg("stats", str(graph), "--path", typed, "Lạng Sơn")
    assert result.exit_code == 2
    assert "Trần Thị Ánh Nguyệt" in result.stderr


def test_marks_are_never_folded_to_find_somebody(kg, graph):
    assert kg("stats", str(graph), "--path", "Hoàng Văn Dung", "Sơn La").exit_code == 2
    # An alias and an id are names too.
    assert kg("stats", str(graph), "--path", "Ông Dũng", "Sở Nội vụ tỉnh Sơn La").exit_code == 0


def test_namesakes_are_told_apart_by_their_ids(kg, tmp_path):
    (tmp_path / "g.ttl").write_text(
        "@prefix s: <https://schema.org/> . @prefix d: <https://w3id.org/vnkg/id/> . "
        'd:one a s:Person ; s:name "Lê Văn An" . d:two a s:Person ; s:name "Lê Văn An" .',
        encoding="utf-8",
    )
    result = kg("stats", "g.ttl", "--path", "Lê Văn An", "Lê Văn An")
    assert result.exit_code == 2
    ids = result.stderr.split(": ")[-1].strip().split(", ")
    assert len(ids) == 2
    assert kg("stats", "g.ttl", "--path", *ids).exit_code == 1


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_table_in_both_languages(kg, graph, lang):
    out = kg("stats", str(graph), "--top", "3", lang=lang).stdout
    assert {"vi": "giữ chức vụ (holds_post)", "en": "holds a post (holds_post)"}[lang] in out
    assert {"vi": "phủ định", "en": "negated"}[lang] in out


def test_without_a_graph_that_of_the_output_folder(kg):
    assert kg("stats").stdout.startswith("2 articles")


def test_an_empty_graph_has_nothing_and_is_no_error(kg, tmp_path):
    (tmp_path / "g.ttl").write_text("")
    result = kg("stats", "g.ttl")
    assert result.exit_code == 0
    assert result.stdout.startswith("0 articles")


def test_terminals_are_not_driven_by_names(kg, tmp_path):
    (tmp_path / "g.ttl").write_text(
        '<d:1> a <https://schema.org/Person> ; <https://schema.org/name> "An\\u001B[2J\\u202E" ; '
        "<https://schema.org/knows> <d:2> . "
        '<d:2> a <https://schema.org/Person> ; <https://schema.org/name> "Ba" .',
        encoding="utf-8",
    )
    for form in ("table", "json"):
        out = kg("stats", "g.ttl", "--format", form).stdout
        assert "An" in out
        assert all(c == "\n" or c.isprintable() for c in out)


def test_the_same_bytes_under_any_hash_seed(graph):
    outputs = {
        subprocess.run(
            [sys.executable, "-c", "from kg.cli import main; main()", "stats", graph, "--format", "json"],
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1


def test_collation_puts_letters_before_tones_and_numbers_by_value():
    words = ["ma", "mà", "mả", "mã", "má", "mạ", "mạ A", "mă", "mâ", "mạng", "quận 9", "quận 10", "Đà", "Dạ", "do"]
    right = ["Dạ", "do", "Đà", "ma", "mà", "mả", "mã", "má", "mạ", "mạ A", "mạng", "mă", "mâ", "quận 9", "quận 10"]
    assert sorted(words, key=collation_key) == right
