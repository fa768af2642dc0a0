"""`kg …` in an empty folder with a quiet environment, and small articles of our own."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from calls import ARTICLE, PROGRAM, Process, Run
from click.testing import CliRunner, Result

from kg.cli.app import cli

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine reaches a test."""
    for name in [n for n in os.environ if n.startswith(("KG_", "LC_", "LANG", "_KG"))]:
        monkeypatch.delenv(name)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


@pytest.fixture
def kg() -> Run:
    """Runs `kg …` within this process."""

    def run(*args: str | Path, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(cli, [str(a) for a in args], input=stdin)
        assert isinstance(result.exception, SystemExit) or result.exception is None, result.exc_info
        return result

    return run


@pytest.fixture
def process() -> Process:
    """Runs `kg …` as a program of its own, with more of the environment where it is given."""

    def run(
        *args: str | Path, env: dict[str, str] | None = None, stdin: bytes = b""
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*PROGRAM, *map(str, args)],
            input=stdin,
            capture_output=True,
            env={**os.environ, **(env or {})},
            check=False,
        )

    return run


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """One article that states posts."""
    file = tmp_path / "articles" / "thi-dua.txt"
    file.parent.mkdir()
    file.write_text(ARTICLE, encoding="utf-8")
    return file


@pytest.fixture
def broken_rules(tmp_path: Path) -> dict[str, str]:
    """The environment of a program whose rule file `award.toml` is broken in two places."""
    copy = tmp_path / "copy"
    for part in ("kg", "ontology", "data"):
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    rules = copy / "ontology" / "rules" / "award.toml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text + "\n[[pattern]]\nid = 'broken'\nmatch = '{award:Award} [nowhere'\n", encoding="utf-8")
    (copy / "ontology" / "rules" / "launch.toml").write_text("fact = launch\n", encoding="utf-8")
    return {"PYTHONPATH": str(copy)}
