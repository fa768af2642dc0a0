"""A graph in Python, and the notebook of the documentation, which is run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.errors import InputError, QueryError, UsageError
from kg.notebook import Graph

ROOT = Path(__file__).resolve().parents[2]
TEXT = (
    "Bình Định: Tổng kết <b>thi đua</b> năm 2018\n\n12/03/2019 08:15\n\n"
    "Sáng 12/3, Chủ tịch UBND tỉnh Bình Định Trần Văn Khải dự hội nghị tổng kết công tác thi đua. "
    "Ông Trần Văn Khải nói: <script>alert(1)</script> là việc khó.\n"
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("notebook")
    (folder / "tin.txt").write_text(TEXT, encoding="utf-8")
    kg.build([folder / "tin.txt"], folder / "out")
    return kg.load(folder / "out" / "graph.trig", lang="en")


def test_facts_have_roles_and_the_words_that_state_them(graph: Graph) -> None:
    (post,) = graph.facts("holds_post")
    assert (post["person"], post["post"], post.status) == ("Trần Văn Khải", "Chủ tịch", "asserted")
    assert post.start is not None
    assert TEXT[post.start : post.end] == post.quote
    assert [f.kind for f in graph.facts(about="Trần Văn Khải")] == [
        f.kind for f in graph.facts() if "Trần Văn Khải" in map(str, [x for r in f.roles.values() for x in r])
    ]
    assert not graph.facts(status="negated")
    assert graph.counts()["holds_post"] == 1


def test_a_query_is_rows_with_columns(graph: Graph) -> None:
    rows = graph.query("SELECT ?n { ?p a schema:Person ; schema:name ?n } ORDER BY ?n")
    assert (rows.columns, list(rows)) == (("n",), [{"n": "Trần Văn Khải"}])
    assert graph.query("ASK { ?p a schema:Person }")
    assert not graph.query("ASK { ?p a vk:Statistic }")
    with pytest.raises(QueryError):
        graph.query("DELETE WHERE { ?s ?p ?o }")


def test_tables_for_pandas(graph: Graph) -> None:
    frame = graph.facts("holds_post").pandas()
    assert frame.loc[0, "person"] == "Trần Văn Khải"
    counted = graph.query("SELECT (COUNT(*) AS ?n) { ?f vk:status ?s }").pandas()
    assert counted["n"].sum() == sum(n for k, n in graph.counts().items() if k != "articles")


def test_html_shows_labels_and_runs_nothing_of_an_article(graph: Graph) -> None:
    pages = [graph._repr_html_(), graph.facts()._repr_html_(), graph.query("SELECT * { ?s ?p ?o }")._repr_html_()]
    assert "Trần Văn Khải" in pages[1]
    assert not [p for p in pages if "<script" in p or "<b>thi" in p]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own code
def test_other_libraries_get_the_graph(graph: Graph) -> None:
    network = graph.networkx()
    assert {d["label"] for _, d in network.nodes(data=True)} >= {"Trần Văn Khải"}
    assert len(graph.rdflib()) == len({q[:3] for q in graph.quads()})
    assert graph.export("trig") == graph._file().read_text(encoding="utf-8")


def test_a_part_is_a_graph_of_its_own(graph: Graph) -> None:
    part = graph.part(kinds=["holds_post"])
    assert {f.kind for f in part.facts()} == {"holds_post"}
    assert part.query("ASK { ?f a org:Membership }")
    assert part.counts() == {"articles": 1, "holds_post": 1}
    file = part._file()
    del part
    assert not file.exists()


def test_what_is_not_there_is_said(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        kg.load(tmp_path / "none.ttl")
    with pytest.raises(UsageError, match="weather"):
        graph.facts("weather")
    with pytest.raises(AttributeError):
        kg.nothing  # noqa: B018


def test_importing_the_package_imports_no_rdf() -> None:
    code = "import sys, kg; print([m for m in ('rdflib', 'pyoxigraph', 'kg.notebook') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_without_pandas_the_rest_works(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match="pandas"):
        graph.facts().pandas()
    assert graph.facts()


@pytest.mark.filterwarnings("ignore")  # those of Jupyter's own libraries
def test_the_notebook_runs() -> None:
    import nbformat
    from nbclient import NotebookClient

    path = ROOT / "docs" / "notebook" / "graph.ipynb"
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert not any(c.get("outputs") for c in stored["cells"]), "the notebook is kept without outputs"
    notebook = nbformat.reads(json.dumps(stored), as_version=4)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    shown = json.dumps(notebook, ensure_ascii=False)
    assert "<table" in shown
    assert "Trần Văn Khải" in shown
