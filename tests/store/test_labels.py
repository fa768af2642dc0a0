"""What a thing is called in the store when articles disagree: as if all had been merged at once, also after a crash."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.rdf.entities import ALT_LABEL, PREF_LABEL, TYPE
from kg.rdf.terms import Triple
from kg.rdf.write import ArticleGraph, default_graph
from kg.store import Entry, OxigraphStore, Put

BASE = "https://example.org/x/"


def article(number: int, said: set[Triple]) -> Put:
    graph, node = f"<{BASE}graph-{number}>", f"<{BASE}article-{number}>"
    entry = Entry(f"/bai/{number}.txt", str(number), f"{number:064}", "1", graph, node, 1, 1)
    return Put(entry, ArticleGraph(graph, node, tuple(sorted(said)), ((graph, TYPE, f"<{BASE}Graph>"),)))


TRIPLES = st.tuples(
    st.sampled_from([f"<{BASE}{n}>" for n in "ab"]),
    st.sampled_from([PREF_LABEL, ALT_LABEL, TYPE]),
    st.sampled_from(['"Ủy ban"@vi', '"UBND"@vi', '"Uỷ \\"ban\\""@vi']),
)


def kept(triples: set[Triple]) -> set[Triple]:
    return {(s, p, f"<{BASE}T>" if p == TYPE else o) for s, p, o in triples}


ARTICLES = st.lists(st.sets(TRIPLES, max_size=6).map(kept), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(said=ARTICLES, size=st.integers(1, 4), bulk=st.integers(1, 5), data=st.data())
def test_labels_are_those_of_all_articles_merged_at_once(
    said: list[set[Triple]], size: int, bulk: int, data: st.DataObject
) -> None:
    puts = [article(n, triples) for n, triples in enumerate(said)]
    store = OxigraphStore(base=BASE, bulk=bulk)
    for i in range(0, len(puts), size):
        store.put(puts[i : i + size])
    assert set(store.said()) == default_graph(p.graph for p in puts)
    changed = data.draw(st.dictionaries(st.integers(0, len(puts) - 1), st.sets(TRIPLES, max_size=6).map(kept)))
    for n, triples in changed.items():
        puts[n] = article(n, triples)
    store.put([puts[n] for n in sorted(changed)])
    assert set(store.said()) == default_graph(p.graph for p in puts)
    gone = data.draw(st.sets(st.integers(0, len(puts) - 1)))
    store.remove([puts[n].entry for n in sorted(gone)])
    assert set(store.said()) == default_graph(p.graph for n, p in enumerate(puts) if n not in gone)


def test_a_loading_broken_off_before_its_labels_were_settled_is_ended_by_the_next_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = f"<{BASE}a>"
    one, two = {(node, PREF_LABEL, '"UBND"@vi')}, {(node, PREF_LABEL, '"Ủy ban"@vi')}
    puts = [article(n, said) for n, said in enumerate([one, two, two])]
    store = OxigraphStore(tmp_path / "kho", BASE, bulk=1)
    store.put(puts[:1])

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(OxigraphStore, "_update", killed)
        with pytest.raises(KeyboardInterrupt):
            store.put(puts[1:])
    del store
    gc.collect()
    left = OxigraphStore(tmp_path / "kho", BASE)
    assert set(left.said()) == {(node, PREF_LABEL, '"Ủy ban"@vi'), (node, ALT_LABEL, '"UBND"@vi')}
    assert len(left.ledger()) == 3
    assert len(left) == 3 * 3 + 2
