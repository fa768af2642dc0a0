"""`kg rules coverage` and `kg rules audit`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calls import Run

BODY = (
    "Ông Lê Hữu Tân là Giám đốc Sở Nội vụ Phú Yên.\n\n"
    "Chiều nay, Sở Nội vụ Phú Yên luân chuyển hai lần ông Lê Hữu Tân, \x1b[31mtheo tin mới.\n\n"
    "Việc luân chuyển còn chậm."
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "bao.jsonl"
    lines = [
        {"id": "b/1", "title": "Tin", "lead": "Mở đầu.", "body": BODY},
        {"id": "b/2", "title": "Tin", "body": BODY},
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_coverage_for_people(kg: Run, corpus: Path) -> None:
    result = kg("rules", "coverage", corpus, "--kind", "personnel_change", "--kind", "holds_post")
    assert result.exit_code == 0
    assert result.stdout.startswith("2 articles\n")
    (line,) = [line.split() for line in result.stdout.splitlines() if line.startswith("holds_post.copula ")]
    assert line[1:4] == ["2", "2", "2"]
    assert "award." not in result.stdout
    lines = [line.strip() for line in result.stdout.splitlines()]
    at = lines.index("2  Organization <change> … Person")
    assert lines[at + 1].startswith("b/1 ")
    assert "Chiều nay, Sở Nội vụ Phú Yên luân chuyển" in lines[at + 1]
    assert "\x1b" not in result.output


def test_coverage_as_json_holds_places_and_no_text(kg: Run, corpus: Path) -> None:
    result = kg("rules", "coverage", corpus, "--format", "json", "--top", "1")
    report = json.loads(result.stdout)
    assert report["articles"] == 2
    assert report["patterns"][0]["pattern"].startswith("holds_post.")
    assert "award.prizes" in report["never_match"]
    (gap,) = report["gaps"]["personnel_change"]
    assert gap["sentences"] == 2
    assert gap["example"]["article"] == "b/1"
    assert "Chiều" not in result.stdout


def test_coverage_in_vietnamese_and_with_all_sentences(kg: Run, corpus: Path) -> None:
    few = kg("rules", "coverage", corpus, "--lang", "vi").stdout
    assert few.startswith("2 bài")
    assert len(kg("rules", "coverage", corpus, "--lang", "vi", "--all").stdout) > len(few)


def test_what_cannot_be_read_is_told(kg: Run, corpus: Path, tmp_path: Path) -> None:
    result = kg("rules", "coverage", corpus, tmp_path / "none.jsonl")
    assert result.exit_code == 1
    assert "none.jsonl" in result.stderr
    assert kg("rules", "coverage", tmp_path / "none.jsonl").exit_code == 3
    assert kg("rules", "audit", "draw", tmp_path / "none.jsonl").exit_code == 3
    wrong = kg("rules", "coverage", corpus, "--kind", "awards")
    assert wrong.exit_code == 2
    assert "award" in wrong.stderr


def test_an_audit_from_draw_to_table(kg: Run, corpus: Path, tmp_path: Path) -> None:
    sample = tmp_path / "sample.jsonl"
    assert kg("rules", "audit", "draw", corpus, "-o", sample, "--per-pattern", "5").exit_code == 0
    lines = [json.loads(line) for line in sample.read_text(encoding="utf-8").splitlines()]
    assert "\x1b" not in sample.read_text(encoding="utf-8")
    assert {line["article"] for line in lines} == {"b/1", "b/2"}
    assert kg("rules", "audit", "table", sample).exit_code == 2
    for number, line in enumerate(lines):
        line["right"] = number > 0
    sample.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    made = tmp_path / "audit.tsv"
    kept = tmp_path / "judgements.tsv"
    result = kg("rules", "audit", "table", sample, "-o", made, "--judgements", kept, "--date", "2019-05-01")
    assert result.exit_code == 1
    assert lines[0]["pattern"] in result.stderr
    assert "2019-05-01" in made.read_text(encoding="utf-8")
    again = kg("rules", "audit", "table", kept, "--floor", "0")
    assert again.exit_code == 0
    assert again.stdout == made.read_text(encoding="utf-8")
    assert kg("rules", "audit", "table", kept, "--date", "May").exit_code == 2
