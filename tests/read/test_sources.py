"""Which files a call means."""

from __future__ import annotations

import itertools
from pathlib import Path

from kg.read import find_sources, load_source

TEXT = "Ủy ban nhân dân huyện họp phiên thường kỳ, bàn về ngân sách."


def write(file: Path, text: str = TEXT) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def names(paths: list[Path]) -> list[str]:
    return [str(s.path) for s in find_sources(paths)[0]]


def test_folders_are_searched_and_files_taken(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/c/1.TXT", "a.txt", "b/.hidden.txt", "b/x.doc", ".git/y.txt"):
        write(tmp_path / name)
    other = write(tmp_path / "article")
    sources, findings = find_sources([tmp_path, other])
    assert [s.path.relative_to(tmp_path).as_posix() for s in sources] == ["a.txt", "article", "b/2.txt", "b/c/1.TXT"]
    assert findings == []


def test_the_order_of_the_call_does_not_matter(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{n}.txt") for n in "cab"] + [tmp_path]
    results = {tuple(names(list(order))) for order in itertools.permutations(paths)}
    assert len(results) == 1


def test_a_file_is_read_once(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt")
    (tmp_path / "link.txt").symlink_to(file)
    assert len(names([tmp_path, file, tmp_path / "." / "a.txt"])) == 1


def test_findings_name_the_path(tmp_path: Path) -> None:
    write(tmp_path / "page" / "x.doc")
    (tmp_path / "loose.txt").symlink_to(tmp_path / "gone")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    sources, findings = find_sources([tmp_path / "page", tmp_path / "nope", tmp_path])
    assert sources == []
    told = {f.where: (f.severity, f.message) for f in findings}
    assert told[str(tmp_path / "page")] == ("error", "no article in this folder (1 files of other kinds)")
    assert told[str(tmp_path / "nope")] == ("error", "no such file or folder")
    assert told[str(tmp_path / "loose.txt")] == ("error", "the link leads nowhere")
    assert told[str(tmp_path / "self.txt")][1].startswith("cannot be opened")


def test_a_circle_of_links_ends(tmp_path: Path) -> None:
    write(tmp_path / "a" / "1.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    sources, findings = find_sources([tmp_path])
    assert [s.path for s in sources] == [tmp_path / "a" / "1.txt"]
    assert [(f.severity, f.where) for f in findings] == [("warning", str(tmp_path / "a" / "up"))]


def test_links_are_followed_within_the_folder_that_was_named(tmp_path: Path) -> None:
    write(tmp_path / "far" / "1.txt")
    (tmp_path / "near").mkdir()
    (tmp_path / "near" / "link").symlink_to(tmp_path / "far")
    assert names([tmp_path]) == [str(tmp_path / "far" / "1.txt")]
    (tmp_path / "near" / "file.txt").symlink_to(tmp_path / "far" / "1.txt")
    sources, findings = find_sources([tmp_path / "near"])
    assert sources == []
    assert {(f.where, f.message) for f in findings} == {
        (str(tmp_path / "near" / name), "the link leads out of the folder") for name in ("link", "file.txt")
    }


def test_different_articles_of_one_name_keep_apart(tmp_path: Path) -> None:
    write(tmp_path / "a" / "tin.txt")
    write(tmp_path / "b" / "tin.txt", TEXT + " Hội nghị kết thúc.")
    sources, findings = find_sources([tmp_path])
    ids = [load_source(s).id for s in sources]
    assert len(set(ids)) == 2
    assert all(i.startswith("tin-") for i in ids)
    assert [f.severity for f in findings] == ["warning"]
    assert findings[0].where == f"{tmp_path / 'a' / 'tin.txt'}, {tmp_path / 'b' / 'tin.txt'}"


def test_one_article_in_two_places_is_read_once(tmp_path: Path) -> None:
    write(tmp_path / "a" / "tin.txt")
    write(tmp_path / "b" / "tin.txt")
    sources, findings = find_sources([tmp_path])
    assert [load_source(s).id for s in sources] == ["tin"]
    assert [(f.severity, f.where) for f in findings] == [("info", str(tmp_path / "b" / "tin.txt"))]


def test_standard_input_comes_first(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt")
    assert names([file, Path("-")]) == ["-", str(file)]
