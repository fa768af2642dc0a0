"""Stores behind SPARQL endpoints: the same as the embedded one, on real servers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from servers import oxigraph, virtuoso

from kg.cli.app import cli
from kg.corpus import add, remove
from kg.errors import InputError, OutputError, QueryError, UsageError
from kg.query.engine import ask
from kg.query.source import named_queries
from kg.query.vocabulary import prefixes
from kg.store import OxigraphStore
from kg.store.endpoint import PASSWORD, TOKEN, USER, Endpoint, _update_of
from kg.store.place import Address, place
from kg.store.remote import RemoteStore
from kg.store.source import each_quad, open_store

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "gold" / "open"


@pytest.fixture(scope="module")
def articles() -> list[Path]:
    return sorted(GOLD.glob("*.txt"))[:5]


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    start = {"oxigraph": oxigraph, "virtuoso": virtuoso}[request.param]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(USER, "dba")
        patch.setenv(PASSWORD, "dba")
        with start(tmp_path_factory.mktemp(request.param)) as url:
            yield Address(url)


@pytest.fixture(scope="module")
def local(articles: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("local") / "kho"
    add(articles, OxigraphStore(path))
    return path


@pytest.fixture
def filled(address: Address, articles: list[Path]) -> Address:
    """The server with all articles in it."""
    add(articles, open_store(address))
    return address


def test_what_goes_in_comes_out_as_from_the_embedded_store(filled: Address, local: Path) -> None:
    assert list(each_quad(filled)) == list(each_quad(local))
    there, here = open_store(filled, read_only=True), open_store(local, read_only=True)
    assert sorted(there.said()) == sorted(here.said())
    assert [e.source for e in there.ledger()] == [e.source for e in here.ledger()]
    assert len(there) == len(here)
    entry = next(iter(there.ledger()))
    assert there.kept(entry) == here.kept(entry)


def test_finished_quads_go_in_as_they_are(address: Address, local: Path) -> None:
    here = open_store(local, read_only=True)
    there = RemoteStore(address, "https://example.org/xong/")
    own = {g: f"<https://example.org/xong/graph-{n}>" for n, g in enumerate(sorted({q[3] for q in here.quads()}))}
    quads = [(*q[:3], own[q[3]]) for q in here.quads()][:1500]
    said = [(*triple, "") for triple in sorted(here.said())[:900]]
    for _ in range(2):  # twice does no harm
        there.insert([*quads, *said])
    graphs = {g for _, _, _, g in quads}
    found = {(*map(str, q), g) for g in graphs for q in there.of_graph(ox.NamedNode(g[1:-1]))}
    assert len(found) == len(quads)
    assert set(there.said()) >= {q[:3] for q in said}


def test_named_queries_answer_alike(filled: Address, local: Path) -> None:
    engine, answered = OxigraphStore(local, read_only=True)._store, 0
    for name, query in named_queries().items():
        text = query.path.read_text(encoding="utf-8")
        found: Any = engine.query(text, prefixes=prefixes())
        if isinstance(found, ox.QueryTriples):
            here = {str((t.subject, t.predicate, t.object)) for t in found}
        else:
            here = {str(tuple(row)) for row in found}
        assert {str(row) for row in ask(text, filled).rows} == here, name
        answered += bool(here)
    assert answered > 20


def test_asks_and_refusals(filled: Address) -> None:
    assert ask("ASK { ?p a schema:Person }", filled).truth is True
    assert ask("ASK { ?p a sh:NodeShape }", filled).truth is False
    for query in ("DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"):
        with pytest.raises(QueryError):
            ask(query, filled)
    with pytest.raises(QueryError, match="FROM"):
        ask("SELECT * FROM <https://a.example/> { ?s ?p ?o }", filled)


def test_articles_change_and_go(filled: Address, articles: list[Path], tmp_path: Path) -> None:
    store = open_store(filled)
    assert add(articles, store).same == len(articles)
    for article in articles[:1]:
        assert remove([str(article)], store).removed == 1
    kept = OxigraphStore(tmp_path / "kho")
    add(articles[1:], kept)
    again = open_store(filled)
    assert list(again.quads()) == list(kept.quads())
    assert sorted(again.said()) == sorted(kept.said())
    own = tmp_path / "tin.txt"
    for text in (
        "Ông Lê Hữu Tân, Chủ tịch UBND tỉnh Phú Yên, dự họp.",
        "Ông Lê Hữu Tân, Chủ tịch UBND tỉnh Gia Lai, dự.",
    ):
        own.write_text(text, encoding="utf-8")
        add([own], again)
        add([own], kept)
        assert sorted(again.said()) == sorted(kept.said())
    remove([str(own)], again)


@pytest.mark.parametrize("broken", [1, 4])
def test_a_change_that_is_broken_off_is_carried_out_or_never_was(
    filled: Address, articles: list[Path], broken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = list(each_quad(filled))
    store = open_store(filled)
    entry = store.ledger().find(str(articles[3]))[0]
    calls = 0
    send = Endpoint.update

    def failing(self: Endpoint, text: str) -> None:
        nonlocal calls
        calls += 1
        if calls > broken:
            raise OutputError("the line is cut")
        send(self, text)

    with monkeypatch.context() as patch:
        patch.setattr(Endpoint, "update", failing)
        with pytest.raises(OutputError):
            store.remove([entry])
    after = open_store(filled)
    there = {e.source for e in after.ledger()}
    quads = list(after.quads())
    if entry.source in there:
        assert quads == before
    else:
        assert quads == [q for q in before if q[3] != entry.graph]
    assert not list(Endpoint(filled).select("SELECT * { GRAPH ?g { ?n <https://w3id.org/vnkg/store#note> ?v } }"))


def test_the_command_line(filled: Address, articles: list[Path], tmp_path: Path) -> None:
    def kg(*args: str) -> Result:
        return CliRunner().invoke(cli, ["--lang", "en", *args])

    added = kg("add", str(articles[0]), "--store", filled.url)
    assert added.stdout == "0 added, 0 changed, 1 unchanged\n", added.output
    assert "articles" in kg("status", "--store", filled.url).stdout
    assert kg("query", "post_holders", "-g", filled.url).exit_code == 0
    out = tmp_path / "g.ttl"
    assert kg("export", filled.url, "-f", "turtle", "-o", str(out)).exit_code == 0
    assert "org:Membership" in out.read_text(encoding="utf-8")


def test_a_wrong_password_is_refused_and_told_nowhere(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(USER, "dba")
    monkeypatch.setenv(PASSWORD, "s3cret-word")
    with virtuoso(tmp_path_factory.mktemp("refusing")) as url:
        result = CliRunner().invoke(cli, ["--lang", "en", "status", "--store", url])
        assert result.exit_code == 3
        assert "refuses" in result.stderr
        assert "s3cret" not in result.output + result.stderr
        # The same by netrc, and with the right one.
        netrc = tmp_path_factory.mktemp("home") / "netrc"
        netrc.write_text("machine 127.0.0.1 login dba password dba\n", encoding="utf-8")
        netrc.chmod(0o600)
        monkeypatch.delenv(USER)
        monkeypatch.setenv("NETRC", str(netrc))
        assert CliRunner().invoke(cli, ["status", "--store", url]).exit_code == 0


def test_a_server_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, "s3cret-word")
    with pytest.raises(InputError, match="cannot be reached") as caught:
        RemoteStore(Address("http://127.0.0.1:9/sparql"), read_only=True)
    assert "s3cret" not in caught.value.message


@pytest.mark.parametrize("given", ["http://dba:s3cret@127.0.0.1/sparql", "http://", "http://a b/", "http://[::1/"])
def test_addresses_that_cannot_be(given: str) -> None:
    with pytest.raises(UsageError) as caught:
        place(given)
    assert "s3cret" not in f"{caught.value.message} {caught.value.hint}"


@pytest.mark.parametrize(
    ("query", "update"),
    [
        ("http://h/query", "http://h/update"),
        ("http://h/sparql", "http://h/sparql"),
        ("http://h/repositories/kg", "http://h/repositories/kg/statements"),
    ],
)
def test_where_updates_go(query: str, update: str) -> None:
    assert _update_of(query) == update
