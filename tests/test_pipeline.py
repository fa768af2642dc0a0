"""The main flow: the same bytes for the same articles, and evidence that is the file's own characters."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import pipeline
from kg.extract.article import read_article
from kg.model import Finding
from kg.pipeline import ArticleResult, build
from kg.rdf.serialize import trig
from kg.rdf.terms import DEFAULT_BASE
from kg.read import Source, document

OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
VK = "https://w3id.org/vnkg/ontology#"

# Sentences of our own, with and without facts; each holds at least one name in full.
SENTENCES = [
    "Chủ tịch UBND tỉnh Bình Định Trần Văn Khải dự hội nghị tổng kết công tác thi đua.",
    "Dự lễ có bà Lê Thị Hoài Thu - Phó Bí thư Thường trực Tỉnh ủy Bình Định, Chủ tịch HĐND tỉnh.",
    "Ông Phan Đình Lộc (nguyên Giám đốc Sở Y tế Phú Yên) kể lại những ngày đầu.",
    "Bà Trần Thị Lệ là Giám đốc Sở Tư pháp Phú Yên.",
    "Ông Nguyễn Hữu Tấn cho biết, tỉnh sẽ hỗ trợ các hộ dân vùng lũ ổn định cuộc sống.",
    "Trời trong xanh, đường phố đông vui.",
    "UBND tỉnh Phú Yên tặng Bằng khen cho 12 tập thể có thành tích xuất sắc.",
    "Thủ tướng Chính phủ ban hành Chỉ thị số 12/CT-TTg về phòng, chống thiên tai.",
]
ARTICLES = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6)


def article(sentences: list[str], date: bool = True) -> str:
    head = "Bình Định: Tin trong ngày\n\n" + ("12/03/2019 08:15\n\n" if date else "")
    return head + "\n\n".join(sentences) + "\n"


def plain(raw: str) -> str:
    return normalize("NFC", raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


@st.composite
def files(draw: st.DrawFn) -> tuple[str, str]:
    """A file's characters, and the same article as plain NFC."""
    text = article(draw(ARTICLES), draw(st.booleans()))
    if draw(st.booleans()):
        # Between a title and a name nothing but NBSP would join words; inside names it does in real files.
        text = text.replace("Phú Yên", "Phú\u00a0Yên").replace("hội nghị", "hội\u00a0nghị")
    raw = text
    if draw(st.booleans()):
        raw = normalize("NFD", raw)
    raw = raw.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))
    return draw(st.sampled_from(["", "\ufeff"])) + raw, text


def value(store: ox.Store, subject: object, predicate: str) -> str:
    (quad,) = store.quads_for_pattern(subject, ox.NamedNode(predicate), None)  # type: ignore[arg-type]
    return str(quad.object.value)  # type: ignore[union-attr]


def evidence(graph: bytes) -> Iterator[tuple[int, int, str, str, str]]:
    """Start, end, and the quotation with what stands before and after it, for each evidence node of each fact."""
    store = ox.Store()
    store.load(graph, format=ox.RdfFormat.TRIG)
    union = ox.Store()
    union.extend(ox.Quad(q.subject, q.predicate, q.object) for q in store)
    facts = {q.subject for q in union.quads_for_pattern(None, ox.NamedNode(VK + "status"), None)}
    for fact in facts:
        nodes = [q.object for q in union.quads_for_pattern(fact, ox.NamedNode(PROV + "wasDerivedFrom"), None)]
        assert nodes, f"{fact} has no evidence"
        for node in nodes:
            selectors = [q.object for q in union.quads_for_pattern(node, ox.NamedNode(OA + "hasSelector"), None)]  # type: ignore[arg-type]
            kinds = {value(union, s, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"): s for s in selectors}
            position, quote = kinds[OA + "TextPositionSelector"], kinds[OA + "TextQuoteSelector"]
            context = [
                next((str(q.object.value) for q in union.quads_for_pattern(quote, ox.NamedNode(OA + p), None)), "")  # type: ignore[arg-type,union-attr]
                for p in ("prefix", "exact", "suffix")
            ]
            yield (int(value(union, position, OA + "start")), int(value(union, position, OA + "end")), *context)  # type: ignore[misc]


@settings(max_examples=60, deadline=None)
@given(files())
def test_every_quotation_is_exactly_the_characters_of_the_file(given_: tuple[str, str]) -> None:
    raw, text = given_
    found = set()
    for start, end, before, exact, after in evidence(trig(read_raw(raw).graph.quads()).encode("utf-8")):
        assert exact == raw[start:end]
        assert raw[start - len(before) : end + len(after)] == before + exact + after
        found.add(plain("\n" + exact)[1:])
    # They are the words that state the facts, not just any.
    assert found == {text[s.start : s.end] for f in read_article(document(text)).facts for s in f.evidence}


@settings(max_examples=60, deadline=None)
@given(files())
def test_the_form_of_the_file_changes_no_fact(given_: tuple[str, str]) -> None:
    raw, text = given_
    one, other = read_article(document(raw)), read_article(document(text))
    assert one.facts == other.facts
    assert one.entities == other.entities
    for fact in one.facts:
        for span in fact.evidence:
            assert plain("\n" + one.document.quote(span))[1:] == text[span.start : span.end]


def read_raw(raw: str) -> ArticleResult:
    return pipeline.read_and_write(document(raw, "bài"), base=DEFAULT_BASE)


def test_the_sentences_of_these_tests_do_state_facts() -> None:
    assert sum(read_raw(article(SENTENCES)).facts.values()) >= 4


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    where = tmp_path / "articles"
    where.mkdir()
    for n in range(5):
        text = article(SENTENCES[n:] + SENTENCES[:n], date=n != 2)
        (where / f"bài {n}.txt").write_text(text, encoding="utf-8")
    return where


PROGRAM = "from kg.cli import main; main()"


def test_two_builds_are_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    known = subprocess.run(["/usr/bin/locale", "-a"], capture_output=True, text=True, check=True).stdout.lower()
    assert "vi_vn.utf8" in known, "the locale vi_VN.UTF-8 is missing: run scripts/setup dev"
    paths = sorted(folder.iterdir())
    worlds = [
        ({"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"}, paths),
        ({"PYTHONHASHSEED": "2", "LC_ALL": "vi_VN.UTF-8", "TZ": "Asia/Ho_Chi_Minh"}, paths[::-1]),
        ({"PYTHONHASHSEED": "3", "LC_ALL": "vi_VN.UTF-8", "TZ": "America/Los_Angeles", "PYTHONUTF8": "0"}, [folder]),
    ]
    results = []
    for n, (environment, order) in enumerate(worlds):
        output = tmp_path / f"out{n}"
        command = [sys.executable, "-c", PROGRAM, "build", *order, "-o", output]
        subprocess.run(command, env={**os.environ, **environment}, capture_output=True, check=True)
        results.append({f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(output.iterdir())})
    assert results[0] == results[1] == results[2]
    assert set(results[0]) == {"graph.html", "graph.trig", "graph.ttl"}


def test_an_article_is_the_same_alone_and_among_others(folder: Path, tmp_path: Path) -> None:
    def graphs(path: Path) -> dict[str, set[str]]:
        output = tmp_path / f"out {path.stem}"
        build([path], output)
        by_graph: dict[str, set[str]] = {}
        for q in ox.parse((output / "graph.trig").read_bytes(), format=ox.RdfFormat.TRIG):
            by_graph.setdefault(str(q.graph_name), set()).add(str(q.triple))
        return by_graph

    together = graphs(folder)
    assert len(together) == 5
    for path in folder.iterdir():
        ((name, triples),) = graphs(path).items()
        assert together[name] == triples


def test_the_summary_counts_what_is_in_the_graph(folder: Path, tmp_path: Path) -> None:
    summary = build([folder], tmp_path / "out")
    statuses = [
        q
        for q in ox.parse((tmp_path / "out" / "graph.trig").read_bytes(), format=ox.RdfFormat.TRIG)
        if q.predicate.value == VK + "status"
    ]
    assert sum(summary.facts.values()) == len(statuses)
    assert summary.articles == 5
    assert summary.characters == sum(len(f.read_text(encoding="utf-8")) for f in folder.iterdir())
    assert [f.name for f in summary.files] == ["graph.ttl", "graph.trig", "graph.html"]
    assert list(summary.facts.values()) == sorted(summary.facts.values(), reverse=True)


def test_a_watcher_sees_every_article(folder: Path, tmp_path: Path) -> None:
    (folder / "bad.txt").write_bytes(b"")
    seen: list[object] = []

    def watch(stream: Iterator[ArticleResult | Finding], total: int) -> Iterator[ArticleResult | Finding]:
        for item in stream:
            seen.append((type(item).__name__, total))
            yield item

    build([folder], tmp_path / "out", watch=watch)
    assert sorted(set(seen)) == [("ArticleResult", 6), ("Finding", 6)]
    assert len(seen) == 6


def test_work_of_ones_own_over_articles(folder: Path) -> None:
    sources = [Source(p) for p in sorted(folder.iterdir())]
    assert list(pipeline.each_article(sources, len_of)) == list(pipeline.each_article(sources, len_of, jobs=2))


def len_of(document: object) -> int:
    return len(document.text)  # type: ignore[attr-defined,no-any-return]


def test_who_leaves_before_the_end_does_not_wait(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_WAITING", 4)
    article = next(folder.iterdir())
    stream = pipeline.each_article([Source(article)] * 40, len_of, jobs=2)
    next(stream)
    # A thread of its own, so that a pool that never ends fails this test and holds up no other.
    leaving = threading.Thread(target=stream.close, daemon=True)  # type: ignore[attr-defined]
    leaving.start()
    leaving.join(60)
    assert not leaving.is_alive()


def test_documents_at_hand_go_the_same_way(folder: Path) -> None:
    files = sorted(folder.iterdir())
    items = [document(f.read_text(encoding="utf-8")) for f in files]
    assert list(pipeline.spread(iter(items), len_of, jobs=2)) == [len(d.text) for d in items]
