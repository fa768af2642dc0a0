"""What `kg query` refuses, and how it says so: wrong queries, queries that reach out, that run on, hostile data."""

from __future__ import annotations

import http.server
import json
import subprocess
import threading

import pytest

from kg.errors import QueryError
from kg.query import ask
from kg.query.diagnose import Problem, syntax_problem
from kg.query.guard import MAX_LENGTH, Parsed, inspect, normalise
from kg.query.vocabulary import prefixes

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o }"


@pytest.mark.parametrize(
    ("query", "place", "words"),
    [
        ("SELEC ?x { ?x ?p ?o }", (1, 1), ["SELEC", "SELECT"]),
        ("SELECT ?x { ?x shema:name ?n }", (1, 16), ["shema:", "schema:"]),
        ("SELECT ?x {\n  ?x zz:name ?n }", (2, 6), ["zz:", "PREFIX zz: <"]),
        ("SELECT ?x WHERE {\n  ?x ?p ?o", (1, 17), ["{", "}"]),
        ("SELECT ?x { ?x ?p ?o ORDER BY ?x", (1, 11), ["{", "}"]),
        ("SELECT ?x { ?x ?p ?o }}", (1, 23), ["}"]),
        ("SELECT ?x { ?x ?p ?o FILTER(?o = 'x' }", (1, 38), [")"]),
        ("SELECT ?x { ?x ?p ?o\n FITLER(?o > 3) }", (2, 2), ["FITLER", "FILTER"]),
        ("SELECT ?x { ?x ?p 'Hà Nội }", (1, 19), ["'"]),
        ("SELECT ?x { ?x ?p 'Nguyễn Đức' ?o }", (1, 32), ["?o"]),
        ("SELECT ?x { ?x ?p ?o } LIMIT ten", (1, 30), ["ten"]),
        ("SELECT (COUNT(*) AS ?n) ?x { ?x ?p ?o }", None, ["unbound"]),
        ("SELECT ?x ?x2 { ?x ?p . }", (1, 23), ["."]),
        ("who holds what", (1, 1), ["SELECT", "--list"]),
        ("", (1, 1), ["--list"]),
    ],
)
def test_a_wrong_query_is_told_with_line_column_caret_and_what_to_try(kg, query, place, words):
    result = kg("query", "-", stdin=query)
    assert result.exit_code == 2
    assert result.stdout == ""
    for word in words:
        assert word in result.stderr
    if place:
        first, shown, caret, *_ = result.stderr.splitlines()
        assert f"line {place[0]}, column {place[1]}:" in first
        assert shown[2:] == (query.split("\n")[place[0] - 1])
        assert caret.index("^") == place[1] + 1


def test_the_same_in_vietnamese(kg):
    result = kg("query", "SELECT ?x { ?x shema:name ?n }", lang="vi")
    assert "dòng 1, cột 16" in result.stderr
    assert "chưa được khai báo" in result.stderr


@pytest.mark.parametrize(
    ("query", "term", "near"),
    [
        ("SELECT ?x { ?x vk:rnk ?r }", "vk:rnk", "vk:rank"),
        ("SELECT ?x { ?x a vk:Reqest }", "vk:Reqest", "vk:Request"),
        ("ASK { ?x schema:Name ?r }", "schema:Name", "schema:name"),
        ("SELECT ?x { ?x schema:about/skos:preflabel ?r }", "skos:preflabel", "skos:prefLabel"),
        ("SELECT ?x { ?x ?p ?r OPTIONAL { ?r ^org:holdBy ?x } }", "org:holdBy", "org:heldBy"),
        ("SELECT ?x { ?x ?p ?r FILTER NOT EXISTS { ?x vk:statuss vk:asserted } }", "vk:statuss", "vk:status"),
    ],
)
def test_a_term_that_exists_nowhere_is_a_finding_with_the_nearest(kg, query, term, near):
    result = kg("query", query)
    assert result.exit_code == 1
    assert term in result.stderr
    assert near in result.stderr


def test_a_namespace_alone_is_no_unknown_term(kg):
    query = (
        "PREFIX : <https://w3id.org/vnkg/ontology#> SELECT (STRAFTER(STR(?c), STR(vk:)) AS ?n) { ?s a ?c ; :status ?o }"
    )
    assert kg("query", query).exit_code == 0
    assert "vk:statos" in kg("query", query.replace(":status", ":statos")).stderr


def test_terms_that_only_the_graph_has_are_known(kg, tmp_path):
    (tmp_path / "g.ttl").write_text("<a:1> <https://schema.org/fooBar> 1 .", encoding="utf-8")
    result = kg("query", "SELECT * { ?s schema:fooBar ?o }", "-g", "g.ttl")
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <a:1> <a:p> 2 }",
        "PREFIX a: <a:> DELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/hostname>",
        "CLEAR ALL",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused_and_the_graph_stays(kg, folder, query):
    before = (folder / "graph.trig").read_bytes()
    result = kg("query", "-", stdin=query)
    assert result.exit_code == 2
    assert "read-only" in result.stderr
    assert (folder / "graph.trig").read_bytes() == before


@pytest.fixture
def server():
    """A listener on loopback that counts who calls."""
    called: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            called.append(self.path)
            self.send_error(404)

        do_POST = do_GET

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}/sparql", called
        httpd.shutdown()
        thread.join()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ ?s ?p ?o OPTIONAL {{ service silent <{url}> {{ ?a ?b ?c }} }} }}",
        "ASK {{ ?s ?p ?o FILTER EXISTS {{ SERVICE <{url}> {{ ?a ?b ?c }} }} }}",
        "SELECT * {{ BIND(<{url}> AS ?x) {{ SELECT * {{ SERVICE ?x {{ ?a ?b ?c }} }} }} }}",
        "CONSTRUCT {{ ?a ?b ?c }} WHERE {{ SERVICE <{url}> {{ ?a ?b ?c }} }}",
        # A comment ends at a carriage return for one parser and not for another.
        "ASK {{ # quiet\r SERVICE <{url}> {{ ?a ?b ?c }} }}",
        "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "SELECT * FROM <file:///etc/hostname> {{ ?s ?p ?o }}",
        "PREFIX f: <file:///etc/> SELECT * FROM f:hostname {{ ?s ?p ?o }}",
    ],
)
def test_queries_that_reach_out_are_refused_and_nobody_is_called(kg, server, query):
    url, called = server
    result = kg("query", "-", stdin=query.format(url=url))
    assert result.exit_code == 2
    assert "is refused" in result.stderr
    assert called == []


def test_the_words_alone_are_not_refused(kg):
    query = '# SERVICE <http://x>\nASK { ?x ?service "SERVICE <http://x> { } FROM <file:///>" . FILTER(false) } # LOAD'
    assert "false" in kg("query", "-", stdin=query).stdout


def test_nothing_is_reached_even_where_the_guard_is_wrong(server, folder, monkeypatch):
    """The worker shuts its doors before a query runs; this takes the guard away and looks."""
    url, called = server
    code = (
        "import kg.query.worker as w; "
        "w.inspect = lambda text, names: w_parsed; "
        "from kg.query.guard import Parsed; w_parsed = Parsed('select', False, (), ()); "
        "w.syntax_problem = lambda text, names: None; w.main()"
    )
    request = {
        "query": f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "graph": str(folder / "graph.ttl"),
        "seconds": 20,
        "megabytes": 1024,
        "base": "a:",
    }
    import sys

    result = subprocess.run([sys.executable, "-c", code], input=json.dumps(request).encode(), capture_output=True)
    assert json.loads(result.stdout.split(b"\n")[0])["problem"]["code"] == "engine"
    assert called == []


def test_escapes_that_would_hide_a_string_from_one_parser_are_refused():
    assert isinstance(normalise(r"SELECT * { BIND('\u0027 AS ?x) }"), Problem)
    assert normalise(r'SELECT * { ?x ?p "\u0110" }') == 'SELECT * { ?x ?p "Đ" }'


def test_the_guard_sees_the_dataset_and_the_order():
    parsed = inspect("SELECT ?x FROM vk:g { ?x org:role+ ?o { SELECT ?o { ?o a vk:B } ORDER BY ?o } }", prefixes())
    assert isinstance(parsed, Parsed)
    assert parsed.graphs == (prefixes()["vk"] + "g",)
    assert not parsed.ordered
    assert prefixes()["org"] + "role" in parsed.terms
    assert prefixes()["vk"] + "B" in parsed.terms


def test_a_query_that_runs_on_is_stopped_and_says_so(kg):
    result = kg("query", ENDLESS, "--limit-time", "1")
    assert result.exit_code == 2
    assert "longer than 1 s" in result.stderr
    assert "--limit-time" in result.stderr


def test_a_query_that_fills_the_memory_is_stopped(graph):
    query = "SELECT (GROUP_CONCAT(?x) AS ?all) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i BIND(CONCAT(STR(?a), STR(?d)) AS ?x) }"
    with pytest.raises(QueryError, match="memory"):
        ask(query, graph, seconds=60, megabytes=32)


def test_an_answer_without_end_is_stopped(graph):
    with pytest.raises(QueryError, match=r"larger than \d+ MB"):
        ask("SELECT * { ?a ?b ?c . ?d ?e ?f }", graph, seconds=60)


@pytest.mark.parametrize("query", ["(" * 3000, "SELECT * { ?x ?p ?o FILTER(" + "(" * 400 + "1" + ")" * 400 + ") }"])
def test_deep_nesting_ends_with_a_message(kg, query):
    result = kg("query", "-", "--limit-time", "3", stdin=query)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")


def test_very_long_queries_and_control_characters_are_refused(kg):
    assert "characters" in kg("query", "-", stdin="ASK { } #" + "x" * MAX_LENGTH).stderr
    assert "U+0007" in kg("query", "-", stdin="ASK { ?x ?p 'a\x07' }").stderr


def test_terminals_are_not_driven_by_what_articles_say(kg, tmp_path):
    hostile = "\x1b]0;owned\x07\x1b[2J\u202egnp.exe\u2066\x9b31m\r\nFAKE (0 rows)"
    (tmp_path / "g.ttl").write_text(f"<a:1> <a:p> {json.dumps(hostile)} .", encoding="utf-8")
    out = kg("query", "SELECT ?o { ?s ?p ?o }", "-g", "g.ttl").stdout
    assert "owned" in out
    assert all(c == "\n" or c.isprintable() for c in out)
    assert len(out.splitlines()) == 4


def test_terminals_are_not_driven_by_the_query_that_is_shown(kg):
    err = kg("query", "-", stdin="SELECT ?x { ?x \u202e\x85 }").stderr
    assert "column" in err
    assert all(c == "\n" or c.isprintable() for c in err)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("broken.ttl", b"<a:1> <a:p> 1 .\n<a:1> <a:p> oops .", ["broken.ttl", "2"]),
        ("latin.nt", b'<a:1> <a:p> "\xe9" .', ["latin.nt"]),
        ("graph.csv", b"a,b", [".ttl"]),
    ],
)
def test_a_graph_that_cannot_be_read_is_named(kg, tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    result = kg("query", "ASK { ?s ?p ?o }", "--graph", name)
    assert result.exit_code in (2, 3)
    for word in words:
        assert word in result.stderr


def test_queries_that_are_right_have_no_problem():
    for query in ("ASK {}", "SELECT ?á { ?á a vk:Fact } # end", "PREFIX q: <a:> SELECT * { q:x ?p 1.5 . } LIMIT 1"):
        assert syntax_problem(query, prefixes()) is None
