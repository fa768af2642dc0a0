"""Writes every generated file (from the ontology, from the commands' help); --check says which are out of date.

Usage: python scripts/generate.py [--check]; with --check nothing is written, and the status is 1 on a difference.
"""

from __future__ import annotations

import sys
from pathlib import Path

from command_docs import command_pages

from kg.rdf.generate import generated_files

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Regenerates, or compares."""
    stale = []
    for path, content in (generated_files(ROOT) | command_pages(ROOT)).items():
        if path.exists() and path.read_text(encoding="utf-8") == content:
            continue
        stale.append(path.relative_to(ROOT))
        if "--check" not in sys.argv[1:]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="\n")
    for path in stale:
        print(f"{'out of date' if '--check' in sys.argv[1:] else 'written'}: {path}")
    return 1 if stale and "--check" in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
