"""Many articles as a stream: what each line of a bundle becomes, and what is told of a line that is no article."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from kg.model import Document, Finding
from kg.read import articles

BODY = "Ông Lê Hữu Tân là Giám đốc Sở Nội vụ tỉnh Phú Yên và đã có nhiều năm công tác tại địa phương này."


def bundle(path: Path, *lines: object) -> Path:
    text = "".join((line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)) + "\n" for line in lines)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["bao.jsonl", "bao.jsonl.gz"])
def test_lines_are_articles(tmp_path: Path, name: str) -> None:
    first = {"id": "b/1", "title": "Họp tổ dân phố", "lead": "", "body": BODY}
    one, two = articles([bundle(tmp_path / name, first, "", {"title": "Đường mới", "lead": "Sắp xong.", "body": BODY})])
    assert isinstance(one, Document)
    assert isinstance(two, Document)
    assert (one.id, one.raw) == ("b/1", f"Họp tổ dân phố\n\n{BODY}")
    assert (two.id, two.raw) == ("bao-3", f"Đường mới\n\nSắp xong.\n\n{BODY}")


def test_a_bad_line_does_not_cost_the_others(tmp_path: Path) -> None:
    good = {"body": BODY}
    path = bundle(
        tmp_path / "a.jsonl", "{", [1], {"title": 3, "body": BODY}, {"title": " "}, {"body": "word " * 400}, good
    )
    found = list(articles([path]))
    assert [f.where for f in found if isinstance(f, Finding)] == [f"{path}:{n}" for n in range(1, 6)]
    assert isinstance(found[-1], Document)


def test_a_line_that_is_too_long_is_passed_over(tmp_path: Path) -> None:
    path = bundle(tmp_path / "a.jsonl", {"body": BODY * 900}, {"body": BODY})
    long, good = articles([path], max_bytes=1000)
    assert isinstance(long, Finding)
    assert "1,000" in long.message
    assert isinstance(good, Document)


def test_a_broken_archive_is_a_finding_behind_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress((json.dumps({"body": BODY}) + "\n").encode())[:-9])
    *_, last = articles([path])
    assert isinstance(last, Finding)
    (missing,) = articles([tmp_path / "none.jsonl"])
    assert isinstance(missing, Finding)
    assert "none.jsonl" in missing.where


def test_files_and_folders_too(tmp_path: Path) -> None:
    (tmp_path / "bai.txt").write_text(BODY, encoding="utf-8")
    path = bundle(tmp_path / "a.jsonl", {"id": "x", "body": BODY})
    found = [d.id for d in articles([tmp_path, path]) if isinstance(d, Document)]
    assert found == ["x", "bai"]


def test_a_bundle_without_articles_is_told(tmp_path: Path) -> None:
    (finding,) = articles([bundle(tmp_path / "a.jsonl")])
    assert isinstance(finding, Finding)
    assert (finding.severity, finding.message) == ("error", "no article in this file")


def test_a_bundle_within_an_archive_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("in/a.jsonl", json.dumps({"body": BODY}))
        archive.writestr("in/bai.txt", BODY)
    inner, article = articles([tmp_path / "b.zip"])
    assert isinstance(inner, Finding)
    assert "is not opened" in inner.message
    assert inner.where.endswith("b.zip:in/a.jsonl")
    assert isinstance(article, Document)


def test_a_broken_feed_names_its_place_once(tmp_path: Path) -> None:
    (tmp_path / "tin.xml").write_text("<rss><channel><item", encoding="utf-8")
    (finding,) = articles([tmp_path / "tin.xml"])
    assert isinstance(finding, Finding)
    assert finding.where == str(tmp_path / "tin.xml")
    assert finding.where not in finding.message
