"""What the documentation says is so: examples run, commands are documented, links lead somewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import cast

import click
import pytest
from click.testing import CliRunner

from kg.cli import app
from kg.cli.command import KgCommand

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [p for p in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")] if p.name not in ("LICENSE", "NOTICE")]


def commands(made: click.Group) -> list[KgCommand]:
    found: list[KgCommand] = []
    for name in made.list_commands(click.Context(made)):
        below = made.get_command(click.Context(made), name)
        assert isinstance(below, KgCommand)
        found.append(below)
        if isinstance(below, click.Group):
            found += commands(below)
    return found


def shell_lines(text: str) -> list[str]:
    """Lines of the text's code blocks that call `kg`."""
    return [line.strip() for line in re.findall(r"^ {4,}(.+)$", text, re.MULTILINE) if re.search(r"(^|\W)kg ", line)]


OWN = cast(KgCommand, app.cli)  # the group has examples, too
EXAMPLES = sorted(
    {line for c in [OWN, *commands(app.cli)] for line in c.example.splitlines()} | set(shell_lines(README))
)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader of the README has it: the project's data, and a graph that was built."""
    folder = tmp_path_factory.mktemp("checkout")
    for part in ("data", "ontology", "tests"):
        (folder / part).symlink_to(ROOT / part)
    shutil.copy(next((ROOT / "data" / "articles").glob("*.txt")), folder / "article.txt")
    for command, to in (("build", ["-o", str(folder / "output")]), ("add", ["--store", str(folder / "output/store")])):
        assert CliRunner().invoke(app.cli, [command, str(ROOT / "data/articles"), *to]).exit_code == 0
    return folder


def test_there_are_examples() -> None:
    assert len(shell_lines(README)) >= 6
    assert len(EXAMPLES) >= 20


@pytest.mark.parametrize("line", EXAMPLES)
def test_the_example_runs(checkout: Path, tmp_path: Path, line: str) -> None:
    for entry in checkout.iterdir():
        if entry.name == "output":
            shutil.copytree(entry, tmp_path / "output")
        else:
            (tmp_path / entry.name).symlink_to(entry)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KG_")}
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    line = line.replace(".venv/bin/kg", "kg")
    found = subprocess.run(["bash", "-euc", line], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    assert found.stdout


def test_every_command_has_its_section() -> None:
    for page in ("commands.md", "commands.vi.md"):
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        for name in app.COMMANDS:
            assert f"\n## kg {name}\n" in text
        for name in ("list", "check", "new"):
            assert f"\n## kg rules {name}\n" in text


def test_generated_files_are_up_to_date() -> None:
    command = [sys.executable, ROOT / "scripts" / "generate.py", "--check"]
    found = subprocess.run(command, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), target


def test_files_that_the_readme_names_exist() -> None:
    for name in re.findall(r"`((?:kg|scripts|docs|ontology|data|tests|benchmarks)/[\w./-]*)`", README):
        assert (ROOT / name).exists(), name


@pytest.mark.parametrize("name", ["demo", "setup", "test"])
def test_scripts_are_sound_and_executable(name: str) -> None:
    script = ROOT / "scripts" / name
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", script], check=True)


def test_the_ci_calls_the_readmes_commands() -> None:
    assert "scripts/demo" in README
    assert "scripts/test" in README
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "\nscripts/demo\n" in run
    assert "\nscripts/test\n" in run


def test_every_dependency_has_its_reason() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    reasons = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for group in (project["dependencies"], *project["optional-dependencies"].values()):
        for dependency in group:
            name = re.split(r"[<>=\[ ]", dependency)[0]
            assert f"| `{name}` |" in reasons, name
