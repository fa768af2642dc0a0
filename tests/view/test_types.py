"""The page's modules are what their comments say."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TSC = Path(__file__).parent / "npm" / "node_modules" / "typescript" / "bin" / "tsc"
NODE = shutil.which("node")


@pytest.mark.skipif(not TSC.is_file() or not NODE, reason="npm ci --prefix tests/view/npm brings typescript")
def test_types_of_the_modules() -> None:
    found = subprocess.run(
        [str(NODE), str(TSC), "-p", str(ROOT / "kg" / "view" / "static")], capture_output=True, text=True, check=False
    )
    assert found.stdout == ""
    assert found.returncode == 0
