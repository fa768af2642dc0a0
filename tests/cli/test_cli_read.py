"""`kg read`: what was understood of an input."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import app

BODY = "Ông Lê Hữu Tân là Giám đốc Sở Nội vụ tỉnh Phú Yên và đã có nhiều năm công tác tại địa phương này."
PAGE = (
    "<html><head><meta property='og:type' content='article'><title>Họp tổ dân phố</title></head><body>"
    f"<nav>Trang chủ</nav><h1>Họp tổ dân phố</h1><div class='date'>16:05 12/03/2018</div><p>{BODY}</p><p>{BODY[3:]}</p>"
    "</body></html>"
)


def test_parts_and_what_was_left_out_are_shown(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(PAGE, encoding="utf-8")
    found = CliRunner().invoke(app.cli, ["read", str(file)])
    assert found.exit_code == 0
    for words in ("title", "Họp tổ dân phố", "16:05 12/03/2018", "nav: Trang chủ", "utf-8"):
        assert words in found.stdout


def test_json_has_offsets_of_the_text_that_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "leer.html").write_text("<p></p>", encoding="utf-8")
    found = CliRunner().invoke(app.cli, ["read", str(tmp_path), "--format", "json"])
    assert found.exit_code == 1
    assert "leer.html: no article on this page" in found.stderr
    row = json.loads(found.stdout)
    assert row["published"] == "2018-03-12T16:05"
    text = "\n\n".join(part["text"] for part in row["parts"])
    assert all(text[p["start"] : p["end"]] == p["text"] for p in row["parts"])


def test_nothing_read_is_told_by_the_status(tmp_path: Path) -> None:
    assert CliRunner().invoke(app.cli, ["read", str(tmp_path / "none")]).exit_code == 3
    assert CliRunner().invoke(app.cli, ["read", "x", "--map", "tit=a"]).exit_code == 2


@pytest.mark.parametrize("form", ["text", "page", "lines", "packed lines", "feed", "zip"])
def test_standard_input_is_told_by_its_first_bytes(form: str) -> None:
    line = json.dumps({"id": "x", "title": "Họp tổ dân phố", "body": BODY}).encode() + b"\n"
    feed = "<rss><channel><item><title>T</title><link>http://a.example/1</link></item></channel></rss>"
    data = {
        "text": f"Họp tổ dân phố\n\n{BODY}".encode(), "page": PAGE.encode(), "lines": line * 2,
        "packed lines": gzip.compress(line * 2), "feed": feed.encode(), "zip": b"PK\x03\x04",
    }[form]  # fmt: skip
    command = [sys.executable, "-c", "from kg.cli import main; main()", "read", "-", "--format", "json", "--lang", "en"]
    found = subprocess.run(command, input=data, capture_output=True)
    rows = [json.loads(row) for row in found.stdout.splitlines()]
    assert [r["parts"][0]["text"] for r in rows] == ["Họp tổ dân phố"] * {
        "lines": 2,
        "packed lines": 2,
        "feed": 0,
        "zip": 0,
    }.get(form, 1)
    if form == "feed":
        assert b"not fetched" in found.stderr
    if form == "zip":
        assert b"give its name instead" in found.stderr
    assert b"Traceback" not in found.stderr


def test_a_pattern_that_the_shell_left_is_followed(tmp_path: Path) -> None:
    for name in ("a1.txt", "a2.txt", "b.txt"):
        (tmp_path / name).write_text(f"Tin {name}\n\n{BODY}", encoding="utf-8")
    found = CliRunner().invoke(app.cli, ["read", str(tmp_path / "a*.txt"), "--format", "json"])
    assert [json.loads(row)["id"] for row in found.stdout.splitlines()] == ["a1", "a2"]
