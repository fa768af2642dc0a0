"""Pages and RDF of things, articles and terms; what protects them."""

from __future__ import annotations

import json
import os
import random
import re
import socket
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from playwright.sync_api import Browser
from serving import Server, serving

CHUNG = "Nguyễn Đức Chung"
HTML = {"Accept": "text/html"}


def find(server: Server, query: str) -> str:
    """The local name of the one thing that a query finds as ?x."""
    answer = server.ask("GET", "/sparql?" + urlencode([("query", query)]), {"Accept": "application/json"})
    (row,) = json.loads(answer.body)["results"]["bindings"]
    return str(row["x"]["value"]).rsplit("/", 1)[1]


@pytest.fixture(scope="module")
def person(server: Server) -> str:
    return find(server, f'SELECT ?x {{ ?x a schema:Person ; skos:prefLabel ?n FILTER(STR(?n) = "{CHUNG}") }}')


@pytest.fixture(scope="module")
def article(server: Server) -> str:
    return find(server, "SELECT ?x { ?x a schema:NewsArticle }")


def test_a_thing_has_a_page_with_its_facts_and_their_sentences(server: Server, person: str) -> None:
    answer = server.ask("GET", f"/id/{person}?lang=vi", HTML)
    assert (answer.status, answer.type) == (200, "text/html")
    assert f"<h1>{CHUNG}" in answer.text
    # Each role's words are a stretch of their own.
    marked = answer.text.replace("</mark><mark>", "")
    assert "<mark>Chủ tịch UBND thành phố Hà Nội Nguyễn Đức Chung</mark>" in marked
    assert re.search(r'href="/id/organization-[a-z-]+-[0-9a-f]+\?lang=vi">UBND thành phố Hà Nội</a>', answer.text)


@pytest.mark.parametrize(
    "type_", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_the_same_address_gives_rdf(server: Server, person: str, type_: str) -> None:
    answer = server.ask("GET", f"/id/{person}", {"Accept": type_})
    form = ox.RdfFormat.from_media_type(type_)
    assert answer.type == type_
    assert form is not None
    objects = {q.object.value for q in ox.parse(answer.body, format=form) if isinstance(q.object, ox.Literal)}
    assert CHUNG in objects


def test_an_article_shows_its_text_with_the_facts_marked(server: Server, article: str) -> None:
    answer = server.ask("GET", f"/article/{article}?lang=vi", HTML)
    assert answer.status == 200
    text = answer.text.split('<div class="text">', 1)[1].split("</div>", 1)[0]
    assert "<mark>" in text
    (source,) = (Path(__file__).parents[2] / "data" / "articles").glob("*.txt")
    assert (
        re.sub(r"<[^>]+>|&#34;|&#39;|&amp;", "", text).split()[:40]
        == re.sub(r"[\"'&]", "", source.read_text()).split()[:40]
    )


def test_without_text_only_the_sentences_of_facts_are_shown(store: Path, tmp_path: Path, article: str) -> None:
    with serving(store, tmp_path, "--no-text") as server:
        answer = server.ask("GET", f"/article/{article}", HTML)
    assert answer.status == 200
    assert '<div class="text">' not in answer.text
    assert "<mark>" in answer.text


def test_the_terms_are_listed_and_given_as_rdf(server: Server) -> None:
    assert "vk:status" in server.ask("GET", "/ontology", HTML).text
    answer = server.ask("GET", "/ontology", {"Accept": "text/turtle"})
    assert any(q.subject.value.endswith("#status") for q in ox.parse(answer.body, format=ox.RdfFormat.TURTLE))


def test_what_is_not_there_is_not_found(server: Server) -> None:
    for path in (
        "/id/nothing",
        "/article/nothing",
        "/nothing",
        "/id/" + quote("<x> \"'"),
        "/static/../app.py",
        "/static/%2e%2e/app.py",
    ):
        assert server.ask("GET", path, HTML).status == 404, path


def test_only_this_machines_names_are_answered(server: Server) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""):
        assert server.ask("GET", "/health", {"Host": host}).status == 421, host
    for host in ("localhost", f"localhost:{server.port}", "[::1]:80"):
        assert server.ask("GET", "/health", {"Host": host}).status == 200, host


def test_every_answer_has_a_policy_and_tells_nothing_of_the_server(server: Server, person: str) -> None:
    for path in ("/", f"/id/{person}", "/sparql", "/nothing"):
        headers = server.ask("GET", path, HTML).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers


def test_a_token_is_wanted_where_one_is_set(store: Path, tmp_path: Path) -> None:
    with serving(store, tmp_path, env={**os.environ, "KG_TOKEN": "s3cret"}) as server:
        assert server.ask("GET", "/").status == 401
        assert server.ask("GET", "/", {"Authorization": "Bearer wrong"}).status == 401
        assert server.ask("GET", "/", {"Authorization": "Bearer s3cret"}).status == 200
        assert "s3cret" not in server.log.read_text(encoding="utf-8")


def test_pages_of_other_origins_may_ask_only_where_that_is_said(server: Server, store: Path, tmp_path: Path) -> None:
    origin = {"Origin": "https://a.example"}
    assert "access-control-allow-origin" not in server.ask("GET", "/health", origin).headers
    with serving(store, tmp_path, "--cors", "https://a.example") as open_:
        assert open_.ask("GET", "/health", origin).headers["access-control-allow-origin"] == "https://a.example"


def test_a_graph_file_is_served_as_well(trig: Path, tmp_path: Path) -> None:
    with serving(trig, tmp_path) as server:
        assert server.ask("GET", "/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D", {"Accept": "text/csv"}).status == 200
        person = find(server, f'SELECT ?x {{ ?x a schema:Person ; skos:prefLabel ?n FILTER(STR(?n) = "{CHUNG}") }}')
        assert "<mark>" in server.ask("GET", f"/id/{person}", HTML).text


def test_figures_and_log_tell_what_was_answered_and_not_what_was_asked(server: Server) -> None:
    server.ask("GET", "/sparql?query=SECRETWORD")
    assert 'kg_answers_total{status="400"}' in server.ask("GET", "/metrics").text
    log = server.log.read_text(encoding="utf-8")
    assert "GET /sparql 400" in log
    assert "SECRETWORD" not in log


def test_a_body_may_not_be_large(server: Server) -> None:
    large = b"query=" + b"x" * (2 << 20)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert server.ask("POST", "/sparql", headers, large).status == 413


def test_hostile_requests_get_a_proper_status_and_the_server_lives(server: Server) -> None:
    chance = random.Random(7)
    pieces = [
        b"GET", b"POST", b"\x00", b"/sparql", b"/id/", b"/article/", b"%00", b"%ff", b"../", b"&", b"?", b"=",
        b"<script>alert(1)</script>", b"query=", b"SELECT * { ?s ?p ?o }", b"DROP ALL", b"' OR 1=1", b"\xff\xfe",
        "Đỗ".encode(), b"{{7*7}}", b"%0d%0aX: y", b"SERVICE <http://x>", b"\\u003c", b"A" * 3000, b"q=0.5;;,",
        b"application/sparql-query",
    ]  # fmt: skip
    for _ in range(300):
        path = b"/" + b"".join(chance.choices(pieces, k=chance.randint(0, 4)))
        body = b"".join(chance.choices(pieces, k=chance.randint(0, 5)))
        head = [
            chance.choice((b"GET", b"POST", b"HEAD", b"BREW"))
            + b" "
            + quote(path, safe="/?=&%").encode()
            + b" HTTP/1.1",
            b"Host: 127.0.0.1",
            b"Accept: " + chance.choice(pieces).replace(b"\x00", b""),
            b"Content-Type: "
            + chance.choice((b"application/sparql-query", b"application/x-www-form-urlencoded", b"x")),
            b"Content-Length: " + str(len(body)).encode(),
            b"Connection: close",
        ]
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
            connection.sendall(b"\r\n".join(head) + b"\r\n\r\n" + body)
            first = connection.makefile("rb").readline()
        status = int(first.split()[1])
        assert status in (200, 400, 403, 404, 405, 406, 413, 415), (first, head)
    assert server.ask("GET", "/health").status == 200
    assert "Traceback" not in server.log.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_from_a_saved_query_to_a_sentence(server: Server, browser: Browser, lang: str) -> None:
    page = browser.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.route(
        "**/*", lambda route: route.continue_() if f"127.0.0.1:{server.port}" in route.request.url else route.abort()
    )
    page.goto(f"http://127.0.0.1:{server.port}/?lang={lang}")
    page.select_option("#named", "who_holds_posts")
    page.fill("#query", "SELECT ?person ?name { ?person a schema:Person ; skos:prefLabel ?name } ORDER BY ?name")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#result td a")
    assert page.inner_text("#told").endswith(": 2")
    page.get_by_role("row").filter(has_text=CHUNG).get_by_role("link").click()
    assert CHUNG in page.inner_text("h1")
    assert page.inner_text("blockquote mark")
    page.locator("cite a").first.click()
    assert page.inner_text(".text mark")
    assert not problems
    page.close()


def test_a_wrong_query_tells_where(server: Server, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.port}/?lang=en")
    page.fill("#query", "SELECT ?x { ?x oops }")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#result .error")
    assert "line 1" in page.inner_text("#result .error")
    page.close()
