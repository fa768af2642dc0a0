"""`kg build`: what it leaves, what it says, and that bad input costs only itself."""

from __future__ import annotations

import os
from pathlib import Path
from unicodedata import normalize

import pytest
from calls import ARTICLE, Process, Run

FILES = ["graph.html", "graph.trig", "graph.ttl"]


def listing(folder: Path) -> list[str]:
    return sorted(f.name for f in folder.iterdir())


def test_a_folder_becomes_a_graph_and_a_page(kg: Run, article: Path) -> None:
    result = kg("build", article.parent, "-o", "out")
    assert result.exit_code == 0, result.output
    assert listing(Path("out")) == FILES
    assert "1 article, " in result.stdout
    assert f"{len(ARTICLE)} characters" in result.stdout
    # The kinds of facts, each with its number.
    assert [line.split()[-1] for line in result.stdout.splitlines() if line.startswith("holds_post")] == ["2"]
    for name in FILES:
        assert f"wrote out/{name}" in result.stdout
    assert "Trần Văn Khải" in Path("out/graph.ttl").read_text(encoding="utf-8")


def test_it_speaks_vietnamese(kg: Run, article: Path) -> None:
    result = kg("build", article, "--lang", "vi")
    assert "1 bài báo, " in result.stdout
    assert "đã ghi output/graph.ttl" in result.stdout


def test_without_paths_the_setting_is_read_or_else_the_shipped_articles(kg: Run, article: Path) -> None:
    assert "1 article" in kg("build").stdout
    Path("kg.toml").write_text("articles = 'none'", encoding="utf-8")
    result = kg("build")
    assert result.exit_code == 3
    assert "none: no such file or folder" in result.stderr
    Path("kg.toml").write_text(f"articles = '{article.parent}'\noutput = 'there'", encoding="utf-8")
    assert "wrote there/graph.ttl" in kg("build").stdout


def test_standard_input(kg: Run) -> None:
    result = kg("build", "-", stdin=ARTICLE)
    assert result.exit_code == 0, result.output
    assert "article-stdin" in Path("output/graph.ttl").read_text(encoding="utf-8")


def test_the_rest_is_built_and_every_bad_input_named(kg: Run, article: Path) -> None:
    folder = article.parent
    bad = {
        "empty": b"",
        "binary": bytes(range(256)) * 20,
        "invalid": ARTICLE.encode() + b"\xe1\xbb",
        "wide": ARTICLE.encode("utf-16"),
        "english": b"The board met on Tuesday and agreed on nothing.\n",
        "tên\x1b[31mđỏ": b"",
    }
    for name, content in bad.items():
        (folder / f"{name}.txt").write_bytes(content)
    with (folder / "huge.txt").open("wb") as out:
        out.truncate(200_000_000)
    (folder / "memory.txt").symlink_to("/proc/self/mem")
    result = kg("build", folder)
    assert result.exit_code == 1
    assert "1 article" in result.stdout
    assert listing(Path("output")) == FILES
    for name in ("empty", "binary", "invalid", "wide", "english", "huge"):
        assert f"error: {folder / name}.txt: " in result.stderr, name
    assert f"warning: {folder / 'memory.txt'}: the link leads out of the folder" in result.stderr
    assert f"error: {folder / 'memory.txt'}: " in kg("build", folder / "memory.txt").stderr
    assert "tên\\x1b[31mđỏ.txt" in result.stderr
    assert "\x1b" not in result.stderr


@pytest.mark.parametrize("given", ["folder", "file", "gone"])
def test_nothing_to_read_is_status_3_and_touches_nothing(kg: Run, tmp_path: Path, given: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    Path("output").mkdir()
    Path("output/graph.ttl").write_text("kept")
    result = kg("build", tmp_path / given)
    assert result.exit_code == 3
    assert str(tmp_path / given) in result.stderr
    assert "nothing was built" in result.stderr
    assert listing(Path("output")) == ["graph.ttl"]
    assert Path("output/graph.ttl").read_text() == "kept"


def test_an_unwritable_output_folder(kg: Run, article: Path) -> None:
    Path("taken").write_text("a file")
    result = kg("build", article, "-o", "taken/out")
    assert result.exit_code == 3
    assert "taken/out/graph.ttl: cannot be written: " in result.stderr
    assert "→" in result.stderr
    assert Path("taken").read_text() == "a file"


def test_a_failure_while_writing_leaves_the_old_results_whole(
    kg: Run, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kg("build", article)
    before = {name: (Path("output") / name).read_bytes() for name in FILES}
    article.write_text(ARTICLE.replace("Khải", "Sơn"), encoding="utf-8")
    real, calls = os.fsync, []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    result = kg("build", article)
    assert result.exit_code == 3
    assert "No space left on device" in result.stderr
    assert {name: (Path("output") / name).read_bytes() for name in FILES} == before
    assert listing(Path("output")) == FILES


def test_broken_rules_build_nothing(process: Process, article: Path, broken_rules: dict[str, str]) -> None:
    for command in (("build", article), ("extract", article)):
        result = process(*command, env=broken_rules)
        told = result.stderr.decode()
        assert result.returncode == 2, told
        # All mistakes at once, each with file and line.
        assert "award.toml:" in told
        assert "launch.toml:1" in told
        assert "Traceback" not in told
        assert result.stdout == b""
    assert not Path("output").exists()


def test_several_processes_give_the_same_bytes(kg: Run, article: Path) -> None:
    for n in range(5):
        text = ARTICLE.replace("Khải", ["Sơn", "Lâm", "Hải", "Minh", "Bình"][n])
        (article.parent / f"{n}.txt").write_text(text, encoding="utf-8")
    (article.parent / "bad.txt").write_bytes(b"\xff\xff\xff")
    one = kg("build", article.parent, "-o", "one")
    two = kg("build", article.parent, "-o", "two", "--jobs", "2")
    assert one.exit_code == two.exit_code == 1
    assert one.stderr == two.stderr
    for name in FILES:
        assert (Path("one") / name).read_bytes() == (Path("two") / name).read_bytes()


def test_the_base_is_a_setting(kg: Run, article: Path) -> None:
    kg("build", article, "--base", "https://example.org/data/")
    text = Path("output/graph.ttl").read_text(encoding="utf-8")
    assert "@prefix d: <https://example.org/data/> ." in text
    assert "w3id.org/vnkg/id" not in text


def test_a_fault_in_one_article_does_not_cost_the_others(
    kg: Run, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg import pipeline

    real = pipeline.read_article

    def read(document: object) -> object:
        if document.id == "odd":  # type: ignore[attr-defined]
            raise ZeroDivisionError("oops")
        return real(document)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "read_article", read)
    (article.parent / "odd.txt").write_text(ARTICLE, encoding="utf-8")
    result = kg("build", article.parent)
    assert result.exit_code == 1
    assert "odd.txt: a fault of the program kept it from being read (ZeroDivisionError: oops)" in result.stderr
    assert "1 article" in result.stdout


def test_an_article_without_facts_is_told_and_no_failure(kg: Run, tmp_path: Path) -> None:
    file = tmp_path / "trống.txt"
    file.write_text("Trời hôm nay đẹp lắm, gió thổi nhẹ.\n", encoding="utf-8")
    result = kg("build", file)
    assert result.exit_code == 0
    assert "note: " in result.stderr
    assert "no fact found" in result.stderr


def test_decomposed_names_of_files(kg: Run, article: Path) -> None:
    file = article.parent / (normalize("NFD", "đại hội") + ".txt")
    article.rename(file)
    assert kg("build", file).exit_code == 0
