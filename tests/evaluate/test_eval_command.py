"""`kg eval` from the outside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli.app import cli

TEXT = "Sáng 5/3, bà Trần Thị Lan, Giám đốc Sở Y tế Sơn La, nói thuốc đã đủ. Họp xong."
GOLD = """
[entities]
lan = ["Person", "Trần Thị Lan", "bà Trần Thị Lan"]
so = ["Organization", "Sở Y tế Sơn La"]
[says]
facts = [{holds_post = "bà Trần Thị Lan, Giám đốc", person = "lan", post = "Giám đốc", organization = "so"}]
"""


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "a.toml").write_text(GOLD, encoding="utf-8")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    return folder


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli, ["eval", *map(str, args)])


def predictions(tmp_path: Path, post: str) -> Path:
    path = tmp_path / "p.jsonl"
    record = {
        "doc": "a",
        "entities": [{"id": "e1", "type": "Person", "name": "Trần Thị Lan"}],
        "facts": [
            {
                "kind": "holds_post",
                "roles": {"person": ["e1"], "post": [post]},
                "evidence": [{"start": 10, "end": 40}],
                "rule": "holds_post.test",
            }
        ],
    }
    path.write_text(json.dumps(record), encoding="utf-8")
    return path


def test_figures_as_json(gold: Path, tmp_path: Path) -> None:
    result = run(gold, "--predictions", predictions(tmp_path, "Giám đốc"), "--json")
    assert result.exit_code == 0
    figures = json.loads(result.stdout)
    assert figures["documents"] == 1
    assert figures["facts"] == {"P": 1.0, "R": 1.0, "F": 1.0, "gold": 1, "pred": 1, "low": 1.0, "high": 1.0}
    assert figures["arguments.holds_post"] == {"P": 1.0, "R": 2 / 3, "F": 0.8, "gold": 3, "pred": 2}
    assert figures["status"] == figures["evidence"] == 1.0
    assert figures["per_document"]["a"]["facts"]["F"] == 1.0


def test_table_with_documents_and_errors_with_their_sentences(gold: Path, tmp_path: Path) -> None:
    wrong = predictions(tmp_path, "Chủ tịch")
    result = run(gold, "--predictions", wrong, "--per-doc", "--errors", "2", "--lang", "en")
    assert result.exit_code == 0
    assert "a missed: holds_post person=Trần Thị Lan; post=Giám đốc; organization=Sở Y tế Sơn La" in result.stdout
    assert "a spurious: holds_post person=Trần Thị Lan; post=Chủ tịch (holds_post.test)" in result.stdout
    sentences = [line.strip() for line in result.stdout.splitlines() if line.startswith("      ")]
    assert sentences == [TEXT.removesuffix(" Họp xong.")] * 2
    assert "F1 0.00" in result.stdout
    assert "sót: holds_post" in run(gold, "--predictions", wrong, "--errors", "1", "--lang", "vi").stdout


def test_the_articles_themselves_are_read(gold: Path) -> None:
    result = run(gold, gold, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["facts.holds_post"]["F"] == 1.0


def test_a_document_without_prediction_is_a_finding(gold: Path, tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("", encoding="utf-8")
    result = run(gold, "--predictions", tmp_path / "none.jsonl", "--lang", "en")
    assert result.exit_code == 1
    assert "a: no prediction" in result.stderr


def test_only_some_documents(gold: Path, tmp_path: Path) -> None:
    found = predictions(tmp_path, "Giám đốc")
    assert run(gold, "--predictions", found, "--docs", "a").exit_code == 0
    unknown = run(gold, "--predictions", found, "--docs", "a,z", "--lang", "en")
    assert unknown.exit_code == 2
    assert "no gold for z" in unknown.stderr


def test_what_cannot_be_measured_ends_with_three_and_no_traceback(gold: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for args in ((empty,), (gold, "--predictions", tmp_path / "missing.jsonl"), (tmp_path / "missing",)):
        result = run(*args)
        assert result.exit_code == 3, args
        assert result.stderr
        assert "Traceback" not in result.output


def test_control_characters_of_an_article_do_not_reach_the_terminal(gold: Path, tmp_path: Path) -> None:
    (gold / "a.txt").write_text(TEXT.replace("nói", "nói \x1b[31m\u202e"), encoding="utf-8")
    result = run(gold, "--predictions", predictions(tmp_path, "Chủ tịch"), "--errors", "1")
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output
