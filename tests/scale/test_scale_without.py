"""What is said where Spark cannot be started, and where the command is used wrongly."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli.app import cli


def call(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["build", *arguments])


def test_without_java_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    found = call("--engine", "spark", "-o", str(tmp_path))
    assert found.exit_code == 3
    assert "Java 17" in found.stderr
    assert "default-jre-headless" in found.stderr
    assert "Traceback" not in found.stderr


def test_without_pyspark_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    found = call("--engine", "spark", "-o", str(tmp_path))
    assert found.exit_code == 3
    assert "vnkg[spark]" in found.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--engine", "spark", "--jobs", "2"),
        ("--engine", "spark", "--fetch"),
        ("--master", "local[1]"),
        ("-o", "http://127.0.0.1:9/query"),
    ],
)
def test_options_that_do_not_go_together_are_refused(arguments: tuple[str, ...]) -> None:
    found = call(*arguments)
    assert found.exit_code == 2
    assert found.stderr.startswith("error: ")
