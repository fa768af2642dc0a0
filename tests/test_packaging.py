"""The wheel has all it needs, and works where there is no checkout."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ARTICLE = "Phú Yên: Tin ngắn\n\nBà Trần Thị Lệ là Giám đốc Sở Tư pháp Phú Yên.\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet"]
    subprocess.run([*command, "--wheel-dir", folder, ROOT], check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_holds_the_resources(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, pattern in (("ontology", "**/*"), ("data", "**/*"), ("kg", "**/*.*")):
        for file in (ROOT / folder).glob(pattern):
            inside = file.relative_to(ROOT).as_posix()
            if file.is_file() and "__pycache__" not in inside and not Path(inside).name.startswith("."):
                assert (inside if folder == "kg" else f"kg/_resources/{inside}") in names, inside
    assert any(n.endswith("licenses/LICENSE") for n in names)
    assert any(n.endswith("licenses/NOTICE") for n in names)
    strangers = [n for n in names if not n.startswith(("kg/", "vnkg-"))]
    assert strangers == []


def test_it_works_in_an_environment_of_its_own(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    python = home / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", "--quiet"]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    # The libraries come from here, so that no network is needed; this project's own entry is not followed from a .pth.
    (site,) = home.glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    work = tmp_path / "work"
    work.mkdir()
    (work / "tin.txt").write_text(ARTICLE, encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("KG_", "PYTHON"))}

    def kg(*args: str) -> str:
        found = subprocess.run([home / "bin" / "kg", *args], cwd=work, env=environment, capture_output=True, text=True)
        assert found.returncode == 0, found.stderr
        return found.stdout

    code = "import kg.resources as r; print(r.resource_root())"
    where = subprocess.run([python, "-c", code], cwd=work, env=environment, capture_output=True, text=True, check=True)
    assert Path(where.stdout.strip()) == site / "kg" / "_resources"
    assert "1 article" in kg("build", "tin.txt")
    assert "Trần Thị Lệ" in (work / "output" / "graph.ttl").read_text(encoding="utf-8")
    assert (work / "output" / "graph.html").stat().st_size > 100_000
    assert "Trần Thị Lệ" in kg("query", "SELECT ?n { ?p a schema:Person ; schema:name ?n }")
    assert "sound" in kg("check", "output/graph.trig", "--articles", "tin.txt")
    assert "wrote" in kg("build", "-o", "seed")


def test_every_library_that_is_imported_is_declared() -> None:
    extras = PROJECT["optional-dependencies"]
    needed = [*PROJECT["dependencies"], *(d for name in extras if name not in ("dev", "bench") for d in extras[name])]
    declared = {re.split(r"[<>=\[ ]", d)[0].lower() for d in needed}
    declared.remove("lxml-html-clean")  # trafilatura's own, which it does not ask for
    distributions = packages_distributions()
    used: set[str] = set()
    for file in (ROOT / "kg").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for name in names:
                top = name.split(".")[0]
                if top not in sys.stdlib_module_names and top != "kg":
                    used.add(distributions[top][0].lower())
    assert used == declared


def test_the_version_is_said_once() -> None:
    from kg import __version__

    assert PROJECT["version"] == __version__
