"""The named queries: titled in both languages, read by two engines, and of use on a graph."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery

from kg.rdf.load import by_graph, load_quads, load_store, union

FOLDER = Path(__file__).resolve().parent.parent.parent / "ontology"
QUERIES = sorted((FOLDER / "queries").glob("*.rq"))
ABOUT = re.compile(r"^# (title@vi|title@en): (\S.*)$", re.MULTILINE)


def test_there_are_enough() -> None:
    assert len(QUERIES) >= 14


@pytest.mark.parametrize("path", QUERIES, ids=lambda p: p.stem)
def test_titles_and_syntax(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    titles = dict(ABOUT.findall(text))
    assert set(titles) == {"title@vi", "title@en"}
    prepareQuery(text)
    ox.Store().query(text)


@pytest.mark.parametrize("path", QUERIES, ids=lambda p: p.stem)
def test_terms_exist(path: Path) -> None:
    """A misspelt term would make a query that never finds anything."""
    known = set(json.loads((FOLDER / "classes.json").read_text(encoding="utf-8"))["labels"])
    body = re.sub(r"^(#|PREFIX).*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    used = set(re.findall(r"\b(?:vk|schema|org|oa|prov|skos):\w+", body))
    assert used
    assert not used - known


def test_titles_differ() -> None:
    titles = [t for path in QUERIES for t in ABOUT.findall(path.read_text(encoding="utf-8"))]
    assert len(titles) == len(set(titles))


# Posts that a body has once; words of the genre, not things of an article.
POSTS_OF_ONE = ["Chủ tịch", "Bí thư", "Giám đốc", "Bộ trưởng", "Thủ tướng", "Trưởng"]


def test_no_query_names_a_thing_of_an_article() -> None:
    for path in QUERIES:
        body = re.sub(r"#.*", "", path.read_text(encoding="utf-8"))
        for post in POSTS_OF_ONE:
            body = body.replace(post, "")
        assert body.isascii(), path.name


GOLDEN = Path(__file__).resolve().parent.parent / "rdf" / "golden" / "fair.trig"
# Rows on the small graph of tests/rdf; queries that are not here find nothing there.
ROWS = {
    "articles": 2, "awards": 2, "awards_by_giver": 1, "documents": 1, "events_by_date": 1, "evidence_of_posts": 3,
    "facts_by_status": 14, "former_posts": 1, "launches": 1, "not_asserted": 3, "part_of": 1, "participants": 1,
    "post_holders": 1, "rankings": 1, "requested_actions": 3, "requested_documents": 1, "rules": 10, "sources": 16,
    "statements": 1, "statistics": 4, "undated_rankings": 1, "who_holds_posts": 1, "mentioned_together": 0,
    "careers": 3, "posts_of_one_source": 3, "posts_through_time": 2,
}  # fmt: skip


# rdflib's own code, when it reads N-Quads.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("path", QUERIES, ids=lambda p: p.stem)
def test_two_engines_find_the_same(path: Path) -> None:
    query = path.read_text(encoding="utf-8")
    store = load_store(GOLDEN)
    quads = load_quads(GOLDEN)
    lines = [f"{s} {p} {o} .\n" for s, p, o in union(by_graph(quads))] + [f"{' '.join(q)} .\n" for q in quads]
    graph = rdflib.Dataset()
    graph.parse(data="".join(lines), format="nquads")
    found = store.query(query)
    if isinstance(found, ox.QueryTriples):
        assert len(list(found)) == len(list(graph.query(query)))
        return
    names = [v.value for v in found.variables]
    one = sorted(tuple("" if row[n] is None else row[n].value for n in names) for row in found)
    other = sorted(tuple("" if v is None else str(v) for v in row) for row in graph.query(query))
    assert one == other
    assert len(one) == ROWS.get(path.stem, 0)
