from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from query_sample import graphs

from kg.cli.app import cli

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `kg build` leaves it: graph.ttl and graph.trig."""
    where = tmp_path_factory.mktemp("output")
    said, evidence = graphs()
    (where / "graph.ttl").write_text(said, encoding="utf-8")
    (where / "graph.trig").write_text(evidence, encoding="utf-8")
    return where


@pytest.fixture(scope="session")
def graph(folder: Path) -> Path:
    return folder / "graph.trig"


@pytest.fixture
def kg(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs `kg …` in an empty folder, in English; the sample is the output folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_OUTPUT", str(folder))

    def run(*args: str, stdin: str | bytes | None = None, lang: str = "en") -> Result:
        result = CliRunner().invoke(cli, [args[0], "--lang", lang, *args[1:]], input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result

    return run
