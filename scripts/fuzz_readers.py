"""Coverage-guided fuzzing of the readers: whatever comes in, a document or a finding comes out, and nothing else.

    pip install atheris
    python scripts/fuzz_readers.py page --seconds 600
    python scripts/fuzz_readers.py all --seconds 360        each target in turn, in a process of its own

A crash is written beside the call as crash-…; what it found becomes a test. Atheris is Apache-2.0 and no dependency.
"""

from __future__ import annotations

import argparse
import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["kg.read"]):
    from kg.errors import KgError
    from kg.read import articles, document
    from kg.read.charset import characters
    from kg.read.feeds import named
    from kg.read.office import pdf_text, word_text
    from kg.read.page import read_page

ROOT = Path(__file__).resolve().parents[1]


def _page(data: bytes) -> None:
    markup, _ = characters(data, "x")
    page = read_page(markup, "x")
    for part, span in page.parts:
        if not page.text[span.start : span.end].strip():
            raise AssertionError(f"an empty {part}")


def _bundle(suffix: str) -> Callable[[bytes], None]:
    folder = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))

    def read(data: bytes) -> None:
        file = folder / f"a{suffix}"
        file.write_bytes(data)
        for _ in articles([file], 100_000):
            pass

    return read


def _feed(data: bytes) -> None:
    for _ in named(data, "x"):
        pass


TARGETS: dict[str, Callable[[bytes], object]] = {
    "page": _page,
    "text": lambda data: document(data.decode("utf-8", "replace")),
    "zip": _bundle(".zip"),
    "tar": _bundle(".tar.gz"),
    "lines": _bundle(".jsonl"),
    "table": _bundle(".csv"),
    "warc": _bundle(".warc"),
    "feed": _feed,
    "word": lambda data: word_text(data, "x"),
    "pdf": lambda data: pdf_text(data, "x"),
}


def _seeds(target: str, folder: Path) -> None:
    """Something well-formed to begin with."""
    sys.path.insert(0, str(ROOT / "tests" / "read"))
    if target == "page":
        from page_samples import PAGES

        for name, make in PAGES.items():
            (folder / name).write_text(make(), encoding="utf-8")
    (folder / "text").write_text((ROOT / "README.md").read_text(encoding="utf-8")[:2000], encoding="utf-8")


def main() -> None:
    """Fuzz one target, or each in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=[*TARGETS, "all"])
    parser.add_argument("--seconds", type=int, default=60)
    given = parser.parse_args()
    if given.target == "all":
        failed = [
            name
            for name in TARGETS
            if subprocess.run([sys.executable, __file__, name, "--seconds", str(given.seconds)]).returncode
        ]
        sys.exit(f"failed: {' '.join(failed)}" if failed else 0)
    run = TARGETS[given.target]

    def one(data: bytes) -> None:
        with contextlib.suppress(KgError):
            run(data)

    with tempfile.TemporaryDirectory() as folder:
        _seeds(given.target, Path(folder))
        limits = [f"-max_total_time={given.seconds}", "-timeout=20", "-rss_limit_mb=2048", "-max_len=20000"]
        atheris.Setup([sys.argv[0], *limits, folder], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
