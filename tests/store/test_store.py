"""The store: what is in it is a function of the articles in it, whatever came and went, and whatever was killed."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.corpus import add, rebuild, remove
from kg.errors import InputError, OutputError, UsageError
from kg.extract.article import read_article
from kg.rdf.write import default_graph, write_reading
from kg.read import load
from kg.store import Entry, OxigraphStore, Put
from kg.store.source import load_quads

# The same body by different names, the same person, the same place: what articles share and do not share.
TEXTS = {
    "mot": "Phú Yên họp\n\nChủ tịch UBND tỉnh Phú Yên Lê Hữu Tân chủ trì cuộc họp ngày 5/4/2018. "
    "Ông Tân yêu cầu các sở báo cáo.",
    "hai": "Tin ở Phú Yên\n\nỦy ban nhân dân tỉnh Phú Yên tặng Bằng khen cho 12 tập thể. "
    "Ông Lê Hữu Tân, Chủ tịch UBND tỉnh, dự.",
    "ba": "Sở Y tế báo cáo\n\nTheo Sở Y tế tỉnh Phú Yên, tỷ lệ tiêm chủng đạt 97,5% năm 2018.",
    "bon": "Bổ nhiệm\n\nNgày 7/8/2018, bà Trần Thị Lệ được bổ nhiệm giữ chức Giám đốc Sở Y tế tỉnh Phú Yên.",
    "nam": "Phong trào\n\nUBND tỉnh Phú Yên phát động phong trào thi đua “Xanh sạch đẹp” năm 2018 ở huyện Tuy An.",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("bai")
    for name, text in TEXTS.items():
        (made / f"{name}.txt").write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def puts(folder: Path) -> dict[str, Put]:
    found = {}
    for name in TEXTS:
        document = load(folder / f"{name}.txt")
        graph = write_reading(read_article(document))
        entry = Entry(str(folder / name), name, document.sha256, "1", graph.graph, graph.article, 1, len(document.raw))
        found[name] = Put(entry, graph)
    return found


def content(store: OxigraphStore) -> tuple[list[object], list[object], list[Entry]]:
    return sorted(store.quads()), sorted(store.said()), list(store.ledger())


@settings(max_examples=30, deadline=None)
@given(
    order=st.permutations(sorted(TEXTS)),
    gone=st.sets(st.sampled_from(sorted(TEXTS))),
    size=st.integers(1, 5),
    bulk=st.integers(1, 6),
)
def test_the_order_of_articles_and_what_was_taken_out_leave_no_trace(
    puts: dict[str, Put], order: list[str], gone: set[str], size: int, bulk: int
) -> None:
    store, straight = OxigraphStore(bulk=bulk), OxigraphStore()
    for i in range(0, len(order), size):
        store.put([puts[name] for name in order[i : i + size]])
    for name in gone:
        store.remove([puts[name].entry])
    left = sorted(set(TEXTS) - gone)
    straight.put([puts[name] for name in left])
    assert content(store) == content(straight)
    assert set(store.said()) == default_graph(puts[name].graph for name in left)


def test_a_thing_keeps_the_name_that_most_articles_give_it(puts: dict[str, Put]) -> None:
    store = OxigraphStore()
    store.put(list(puts.values()))
    label = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    nodes = [s for s, p, _ in store.said() if p == label]
    assert len(nodes) == len(set(nodes))
    store.remove([puts["hai"].entry])
    assert set(store.said()) == default_graph(p.graph for n, p in puts.items() if n != "hai")


def test_only_what_is_new_or_changed_is_read(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "bai"
    own.mkdir()
    for name, text in TEXTS.items():
        (own / f"{name}.txt").write_text(text, encoding="utf-8")
    store = OxigraphStore(tmp_path / "kho")
    first = add([own], store)
    assert (first.added, first.changed, first.same) == (5, 0, 0)
    again = add([own], store)
    assert (again.added, again.changed, again.same) == (0, 0, 5)
    before = content(store)
    (own / "ba.txt").write_text(TEXTS["ba"].replace("97,5%", "98,5%"), encoding="utf-8")
    changed = add([own], store)
    assert (changed.added, changed.changed, changed.same) == (0, 1, 4)
    assert any("98.5" in o for _, _, o in store.said())
    assert not any("97.5" in o for _, _, o in store.said())
    (own / "ba.txt").write_text(TEXTS["ba"], encoding="utf-8")
    add([own], store)
    assert content(store) == before


def test_what_cannot_be_read_leaves_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "mot.txt"
    file.write_text(TEXTS["mot"], encoding="utf-8")
    store = OxigraphStore()
    add([file], store)
    before = content(store)
    file.write_bytes(b"\xff\xfe\x00")
    change = add([file], store)
    assert len(change.findings) == 1
    assert content(store) == before


def test_articles_are_removed_by_file_id_or_iri(folder: Path) -> None:
    store = OxigraphStore()
    add([folder], store)
    iri = store.ledger().find("ba")[0].article.strip("<>")
    assert remove(["mot", str(folder / "hai.txt"), iri], store).removed == 3
    assert [e.id for e in store.ledger()] == ["bon", "nam"]
    with pytest.raises(InputError, match="mot: no such article"):
        remove(["bon", "mot"], store)
    assert [e.id for e in store.ledger()] == ["bon", "nam"]


def test_a_name_of_several_articles_is_refused(folder: Path, tmp_path: Path) -> None:
    for part in "ab":
        (tmp_path / part).mkdir()
        (tmp_path / part / "x.txt").write_text(TEXTS["mot"] + part, encoding="utf-8")
    store = OxigraphStore()
    add([tmp_path / "a"], store)
    add([tmp_path / "b"], store)
    with pytest.raises(UsageError, match="means 2 articles"):
        remove(["x"], store)


def test_the_same_article_from_two_files_is_one(tmp_path: Path) -> None:
    for part in "ab":
        (tmp_path / part).mkdir()
        (tmp_path / part / "x.txt").write_text(TEXTS["mot"], encoding="utf-8")
    store = OxigraphStore()
    assert add([tmp_path / "a"], store).added == 1
    change = add([tmp_path / "b"], store)
    assert (change.added, change.same) == (0, 1)
    assert "the same article as" in change.findings[-1].message


def test_rebuild_reads_the_kept_text_where_the_file_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mot.txt"
    file.write_text(TEXTS["mot"], encoding="utf-8")
    store = OxigraphStore()
    add([file], store)
    before = sorted(store.quads())
    file.unlink()
    assert rebuild(store).changed == 0
    monkeypatch.setattr("kg.corpus.version", lambda: "another")
    change = rebuild(store)
    assert (change.changed, change.same) == (1, 0)
    assert sorted(store.quads()) == before
    assert {e.version for e in store.ledger()} == {"another"}


def test_without_texts_a_lost_file_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mot.txt"
    file.write_text(TEXTS["mot"], encoding="utf-8")
    store = OxigraphStore()
    add([file], store, keep_text=False)
    file.unlink()
    before = content(store)
    monkeypatch.setattr("kg.corpus.version", lambda: "another")
    (finding,) = rebuild(store).findings
    assert "mot.txt" in finding.where
    assert content(store) == before


def test_rebuild_keeps_no_text_that_was_not_to_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("mot", "hai"):
        (tmp_path / f"{name}.txt").write_text(TEXTS[name], encoding="utf-8")
    store = OxigraphStore()
    add([tmp_path / "mot.txt"], store, keep_text=False)
    add([tmp_path / "hai.txt"], store)
    monkeypatch.setattr("kg.corpus.version", lambda: "another")
    assert rebuild(store, jobs=2).changed == 2
    assert {e.id: store.kept(e) is not None for e in store.ledger()} == {"mot": False, "hai": True}


def test_a_second_writer_is_told_and_a_reader_is_not_disturbed(folder: Path, tmp_path: Path) -> None:
    store = OxigraphStore(tmp_path / "kho")
    add([folder / "mot.txt"], store)
    with pytest.raises(OutputError, match="another process is writing"):
        OxigraphStore(tmp_path / "kho")
    reader = OxigraphStore(tmp_path / "kho", read_only=True)
    seen = sorted(reader.quads())
    add([folder / "hai.txt"], store)
    assert sorted(reader.quads()) == seen
    assert len(load_quads(tmp_path / "kho")) > len(seen)


def test_a_store_has_one_base(folder: Path, tmp_path: Path) -> None:
    add([folder / "mot.txt"], OxigraphStore(tmp_path / "kho", "https://example.org/a/"))
    with pytest.raises(UsageError, match=r"begin with https://example\.org/a/"):
        OxigraphStore(tmp_path / "kho")


def test_no_store_to_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no store here"):
        OxigraphStore(tmp_path, read_only=True)


RUN = [sys.executable, "-c", "from kg.cli import main; main()"]


def test_killed_at_any_moment_nothing_is_lost(folder: Path, tmp_path: Path) -> None:
    """Kills the program again and again; in the end the store is that of an undisturbed run."""
    many = tmp_path / "bai"
    many.mkdir()
    for n in range(60):
        for name, text in TEXTS.items():
            (many / f"{name}-{n}.txt").write_text(text.replace("2018", str(1950 + n)), encoding="utf-8")
    straight = OxigraphStore(tmp_path / "kho-1")
    add([many], straight)
    chance, killed = random.Random(7), 0
    command = [*RUN, "add", str(many), "--store", str(tmp_path / "kho-2")]
    for attempt in range(14):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # The first ones while the store itself is made.
        time.sleep(0.3 + (0.5 if attempt < 5 else 1.5) * chance.random())
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
    last = subprocess.run(command, capture_output=True, text=True)
    assert last.returncode == 0, last.stderr
    assert killed
    assert content(OxigraphStore(tmp_path / "kho-2")) == content(straight)


def test_a_full_disk_leaves_the_store_as_it_was(folder: Path, tmp_path: Path) -> None:
    where = tmp_path / "kho"
    add([folder / "mot.txt"], OxigraphStore(where))
    before = sorted(load_quads(where))

    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    command = [*RUN, "add", str(folder), "--store", str(where), "--lang", "en"]
    found = subprocess.run(command, capture_output=True, text=True, preexec_fn=no_room, env={**os.environ})
    assert found.returncode != 0
    assert "Traceback" not in found.stderr
    assert str(where) in found.stderr
    assert sorted(load_quads(where)) == before
    assert add([folder], OxigraphStore(where)).added == 4
