"""What `kg query` answers: formats, orders, sources of the query and of the graph."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.query.source import named_queries

NAMES = "SELECT ?name WHERE { ?x a schema:Person ; schema:name ?name }"
RANKS = """
SELECT ?place ?rank ?of WHERE {
  ?f vk:rank ?rank ; schema:observationAbout/skos:prefLabel ?place
  OPTIONAL { ?f vk:rankOutOf ?of }
}"""


def test_a_table_with_the_prefixes_of_the_ontology_undeclared(kg):
    result = kg("query", RANKS)
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["Lạng", "Sơn", "12", "63"] in lines
    assert ["Sơn", "La", "30"] in lines
    assert result.stdout.endswith("(2 rows)\n")


def test_numbers_are_flush_right_and_columns_aligned_for_decomposed_letters(kg, tmp_path):
    name = unicodedata.normalize("NFD", "Nguyễn Đức")
    (tmp_path / "g.ttl").write_text(
        f'@prefix s: <https://schema.org/> . <a:1> s:name "{name}" ; s:position 7 . '
        '<a:2> s:name "An" ; s:position 10 .',
        encoding="utf-8",
    )
    out = kg("query", "SELECT ?n ?p { ?x schema:name ?n ; schema:position ?p }", "-g", "g.ttl").stdout.splitlines()
    assert out[2] == "An          10"
    assert out[3] == f"{name}   7"


def test_rows_without_an_order_come_as_in_a_vietnamese_dictionary(kg, tmp_path):
    names = ["Zung", "Ánh", "An", "Ân", "Đức", "Dũng", "Quận 10", "Quận 2"]
    triples = "".join(f'<a:{i}> <https://schema.org/name> "{n}" .' for i, n in enumerate(names))
    (tmp_path / "g.ttl").write_text(triples, encoding="utf-8")
    query = "SELECT ?n { ?x schema:name ?n }"
    assert kg("query", query, "-g", "g.ttl").stdout.splitlines()[2:-1] == [
        "An", "Ánh", "Ân", "Dũng", "Đức", "Quận 2", "Quận 10", "Zung",
    ]  # fmt: skip
    # The query's own order is left alone.
    ordered = kg("query", query + " ORDER BY DESC(?n)", "-g", "g.ttl").stdout.splitlines()[2:-1]
    assert ordered == sorted(names, reverse=True)


def test_the_same_rows_in_any_order_of_the_file(kg, tmp_path):
    lines = [f'<a:{i % 7}> <https://schema.org/name> "{i}" .' for i in range(40)]
    for name, order in (("one.nt", lines), ("other.nt", lines[::-1])):
        (tmp_path / name).write_text("\n".join(order), encoding="utf-8")
    for form in ("table", "json"):
        one, other = (
            kg("query", "SELECT * { ?s ?p ?o }", "-g", f"{n}.nt", "-f", form).stdout for n in ("one", "other")
        )
        assert one == other, form


def test_select_star_keeps_the_order_in_which_variables_appear(kg):
    assert kg("query", "SELECT * { ?z a schema:Person ; schema:name ?a }", "-f", "csv").stdout.startswith("z,a\n")


def test_csv_is_read_back_by_another_reader(kg, tmp_path):
    text = 'a "quoted", b\nnext line; đ'
    (tmp_path / "g.ttl").write_text(f"<a:1> <a:p> {json.dumps(text, ensure_ascii=False)} , <a:2> .", encoding="utf-8")
    out = kg("query", "SELECT ?o ?none { ?s ?p ?o }", "-g", "g.ttl", "-f", "csv").stdout_bytes.decode()
    assert out.count("\r\n") == 3
    rows = list(csv.reader(io.StringIO(out, newline="")))
    assert rows[0] == ["o", "none"]
    assert sorted(rows[1:]) == sorted([[text, ""], ["a:2", ""]])


@pytest.mark.parametrize("form", ["tsv", "json"])
def test_tsv_and_json_are_read_back_by_other_parsers_term_for_term(kg, tmp_path, form):
    terms = {
        ox.NamedNode("a:2"),
        ox.Literal('tab\t, line\n, "quotes" and \\', language="vi"),
        ox.Literal("\x1b[31m\u202eđỏ\x9b"),
        ox.Literal("62.5", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
    }
    quads = [ox.Quad(ox.NamedNode("a:1"), ox.NamedNode("a:p"), term) for term in terms]
    ox.serialize(quads, str(tmp_path / "g.nt"), format=ox.RdfFormat.N_TRIPLES)
    out = kg("query", "SELECT ?o { ?s ?p ?o }", "-g", "g.nt", "-f", form).stdout_bytes
    kind = {"tsv": ox.QueryResultsFormat.TSV, "json": ox.QueryResultsFormat.JSON}[form]
    assert {solution["o"] for solution in ox.parse_query_results(out, format=kind)} == terms
    assert b"\x1b" not in out
    assert "\u202e" not in out.decode()
    if form == "json":  # and by a parser of another house
        found = rdflib.query.Result.parse(io.BytesIO(out), format="json")
        assert len(list(found)) == len(terms)


def test_turtle_for_construct_is_read_back_by_rdflib(kg):
    result = kg("query", f"CONSTRUCT {{ ?x schema:name ?name }} {NAMES[12:]}")
    read = rdflib.Graph().parse(data=result.stdout, format="turtle")
    assert {str(o) for o in read.objects(None, rdflib.URIRef("https://schema.org/name"))} == {
        "Trần Thị Ánh Nguyệt",
        "Hoàng Văn Dũng",
    }
    assert "@prefix schema:" in result.stdout
    assert "@prefix oa:" not in result.stdout


def test_describe_and_a_construct_as_a_table(kg):
    assert "Trần Thị Ánh Nguyệt" in kg("query", 'DESCRIBE ?x { ?x schema:name "Trần Thị Ánh Nguyệt"@vi }').stdout
    table = kg("query", "CONSTRUCT WHERE { ?x schema:name ?n }", "--format", "table").stdout
    assert table.split()[:3] == ["subject", "predicate", "object"]


@pytest.mark.parametrize(("query", "truth"), [("ASK { ?x vk:rank 12 }", "true"), ("ASK { ?x vk:rank 13 }", "false")])
def test_ask(kg, query, truth):
    assert truth in kg("query", query).stdout
    assert kg("query", query, "-f", "csv").stdout == f"{truth}\n"
    assert json.loads(kg("query", query, "-f", "json").stdout) == {"head": {}, "boolean": truth == "true"}


def test_formats_that_do_not_fit_the_answer_are_refused_with_those_that_do(kg):
    for query, form in ((NAMES, "turtle"), ("CONSTRUCT WHERE { ?s a ?o }", "csv")):
        result = kg("query", query, "-f", form)
        assert result.exit_code == 2
        assert "--format" in result.stderr


def test_an_answer_goes_to_a_file(kg, tmp_path):
    assert kg("query", NAMES, "-f", "csv", "-o", "names.csv").stdout == ""
    assert (tmp_path / "names.csv").read_bytes() == "name\r\nHoàng Văn Dũng\r\nTrần Thị Ánh Nguyệt\r\n".encode()


def test_a_query_from_a_file_and_from_standard_input(kg, tmp_path):
    (tmp_path / "names.rq").write_text("\ufeff# whose?\n" + NAMES, encoding="utf-8")
    expected = kg("query", NAMES).stdout
    assert "Hoàng Văn Dũng" in expected
    assert kg("query", "names.rq").stdout == expected
    assert kg("query", "-", stdin=NAMES).stdout == expected


def test_a_query_typed_in_decomposed_letters_finds_composed_ones(kg):
    query = 'ASK { ?x schema:name ?n FILTER(STR(?n) = "Trần Thị Ánh Nguyệt") }'
    assert "true" in kg("query", unicodedata.normalize("NFD", query)).stdout


def test_the_default_graph_is_everything_once_and_articles_are_named_graphs(kg, folder):
    count = "SELECT (COUNT(*) AS ?n) { ?x schema:name ?n0 }"
    said = kg("query", count, "-f", "csv", "-g", str(folder / "graph.ttl")).stdout
    assert kg("query", count, "-f", "csv").stdout == said
    by_article = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?x skos:prefLabel ?l } }"
    assert kg("query", by_article, "-f", "csv").stdout == "n\n2\n"
    named = kg("query", "SELECT DISTINCT ?g { GRAPH ?g { ?x vk:rankOutOf 63 } }", "-f", "csv").stdout.split()[1]
    only = f"SELECT ?r FROM <{named}> {{ ?x vk:rank ?r }}"
    assert kg("query", only, "-f", "csv").stdout == "r\n12\n"


def test_without_a_graph_the_evidence_is_asked_and_else_what_is_said(kg, folder, tmp_path, monkeypatch):
    assert "true" in kg("query", "ASK { ?e oa:exact ?words }").stdout
    (tmp_path / "graph.ttl").write_bytes((folder / "graph.ttl").read_bytes())
    monkeypatch.setenv("KG_OUTPUT", str(tmp_path))
    assert "false" in kg("query", "ASK { ?e oa:exact ?words }").stdout
    monkeypatch.setenv("KG_OUTPUT", str(tmp_path / "nothing"))
    result = kg("query", NAMES)
    assert result.exit_code == 3
    assert "kg build" in result.stderr


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_list_has_every_named_query_with_its_title(kg, lang):
    out = kg("query", "--list", lang=lang).stdout
    for query in named_queries().values():
        assert query.name in out
        assert getattr(query.title, lang) in out


def test_there_are_at_least_twelve_named_queries_with_both_titles():
    queries = named_queries()
    assert len(queries) >= 12
    assert all(q.title.vi != q.title.en != q.name for q in queries.values())


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_every_named_query_runs_and_uses_known_terms_only(kg, name):
    result = kg("query", name)
    assert (result.exit_code, result.stderr) == (0, "")


def test_the_shell_completes_names(folder):
    names = sorted(named_queries())
    env = {**os.environ, "_KG_COMPLETE": "bash_complete", "COMP_WORDS": f"kg query {names[0][:2]}", "COMP_CWORD": "2"}
    kg = Path(sys.executable).with_name("kg")
    out = subprocess.run([kg], capture_output=True, env=env, text=True, timeout=60).stdout
    assert f"plain,{names[0]}" in out.splitlines()


def test_an_unknown_name_is_answered_with_those_like_it(kg):
    known = next(iter(named_queries()), "")
    result = kg("query", known[:-1])
    assert result.exit_code == 2
    assert known in result.stderr
    assert "--list" in kg("query", "zzzzzz").stderr


def test_the_command_itself(folder):
    """The installed program, as a user calls it, under the C locale."""
    result = subprocess.run(
        [Path(sys.executable).with_name("kg"), "query", NAMES, "--graph", folder / "graph.ttl", "--format", "csv"],
        capture_output=True,
        env={**os.environ, "LC_ALL": "C"},
        timeout=60,
    )
    assert (result.returncode, result.stderr) == (0, b"")
    assert "Trần Thị Ánh Nguyệt" in result.stdout.decode()
