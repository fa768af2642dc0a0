"""What is written: the same bytes for the same graph, no address, a strict policy, clear failures."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from graphs import HOSTILE, GraphWriter, hostile, sample
from rdflib import Dataset, Graph

from kg.errors import InputError, OutputError, UsageError
from kg.view import render, write_page
from kg.view.assets import csp_hash


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph.trig"
    path.write_text(sample().trig(), encoding="utf-8")
    return path


def test_same_bytes_for_every_order_hash_seed_and_locale(graph: Path, tmp_path: Path) -> None:
    page = render(graph)
    quads = list(ox.parse(path=str(graph), format=ox.RdfFormat.TRIG))
    random.Random(7).shuffle(quads)
    assert render(quads) == page
    code = "import sys; from pathlib import Path; from kg.view import write_page; write_page(*map(Path, sys.argv[1:]))"
    for seed, locale in (("1", "C"), ("2", "C.UTF-8")):
        target = tmp_path / f"{seed}.html"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONUTF8": "0", "TZ": "Pacific/Apia"}
        subprocess.run([sys.executable, "-c", code, str(graph), str(target)], check=True, env=environment)
        assert target.read_bytes() == page.encode()


# rdflib warns of itself while it reads quads.
@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")
def test_every_form_of_a_graph_gives_the_page(graph: Path) -> None:
    page = render(graph)
    dataset = Dataset()
    quads = ox.serialize(ox.parse(path=str(graph), format=ox.RdfFormat.TRIG), format=ox.RdfFormat.N_QUADS)
    dataset.parse(data=(quads or b"").decode(), format="nquads")
    assert render(dataset) == page
    store = ox.Store()
    store.load(path=str(graph), format=ox.RdfFormat.TRIG)
    assert render(store) == page
    turtle = graph.with_suffix(".ttl")
    turtle.write_text(sample().turtle(), encoding="utf-8")
    assert render(Graph().parse(data=turtle.read_text(encoding="utf-8"), format="turtle")) == render(turtle)


@pytest.mark.parametrize("made", [sample, hostile])
def test_page_names_no_address(made: object, tmp_path: Path) -> None:
    path = tmp_path / "graph.trig"
    path.write_text(made().trig(), encoding="utf-8")  # type: ignore[operator]
    page = render(path)
    assert re.findall(r"https?:|//[a-z]+\.[a-z]+/(?=[^\"']*\.(?:js|css))|@import|sourceMappingURL|\bsrc=\"", page) == []
    assert re.findall(r"url\(", page) == []


def test_policy_allows_the_page_itself_and_nothing_else(graph: Path) -> None:
    page = render(graph)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    rules = dict(rule.split(" ", 1) for rule in policy[1].replace("&#39;", "'").split("; "))
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy[1]
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert rules["script-src"].split() == [csp_hash(s) for s in scripts]
    assert rules["style-src"].split() == [csp_hash(s) for s in styles]
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_hostile_text_does_not_end_its_element(tmp_path: Path) -> None:
    path = tmp_path / "graph.trig"
    path.write_text(hostile().trig(), encoding="utf-8")
    page = render(path)
    assert HOSTILE not in page
    assert "\u202e" not in page
    assert "\u2028" not in page
    assert page.count("</script>") == 4


def test_language(graph: Path) -> None:
    assert '<html lang="en">' in render(graph, "en")
    with pytest.raises(UsageError, match="fr"):
        render(graph, "fr")


def test_write_page_reports_what_is_missing(graph: Path, tmp_path: Path) -> None:
    target = tmp_path / "trang.html"
    assert write_page(graph, target) == []
    assert target.read_text(encoding="utf-8") == render(graph)
    assert target.stat().st_mode & 0o444 == 0o444 & ~_umask()
    turtle, empty = tmp_path / "g.ttl", tmp_path / "empty.ttl"
    turtle.write_text(sample().turtle(), encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    assert [(f.severity, f.where) for f in write_page(turtle, target)] == [("info", str(turtle))]
    assert "no sentence" in write_page(turtle, target, "en")[0].message
    assert [f.severity for f in write_page(empty, target)] == ["warning"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["empty.ttl", "g.ttl", "graph.trig", "trang.html"]


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("missing.ttl", None, "missing.ttl: cannot be read"),
        ("broken.ttl", "a b", "broken.ttl: not well-formed"),
        ("graph.docx", "", "no graph format"),
        ("binary.trig", "\x00\x01", "binary.trig: not well-formed"),
    ],
)
def test_unreadable_graphs(name: str, text: str | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(message)) as caught:
        render(path)
    assert caught.value.hint


def test_unwritable_target_leaves_nothing(graph: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"cannot be written"):
        write_page(graph, tmp_path / "no" / "page.html")
    folder = tmp_path / "folder.html"
    folder.mkdir()
    with pytest.raises(OutputError, match=r"folder\.html: cannot be written"):
        write_page(graph, folder)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder.html", "graph.trig"]


def test_two_things_with_one_local_name_stay_two(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(
        '@prefix s: <https://schema.org/> . <urn:a/x> a s:Person ; s:name "A" . <urn:b/x> a s:Person ; s:name "B" .'
    )
    page = render(path)
    assert '["x",0,"A",0]' in page
    assert '["x~2",0,"B",0]' in page


def test_a_person_known_only_by_standard_terms_is_shown(tmp_path: Path) -> None:
    g = GraphWriter()
    g.statements.append('d:x a schema:City ; schema:name "Thành phố X"@vi, "City X"@en .')
    path = tmp_path / "graph.ttl"
    path.write_text(g.turtle(), encoding="utf-8")
    assert '["x",0,"Thành phố X",0]' in render(path)
