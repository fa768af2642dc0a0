"""Web pages a second on one core, beside trafilatura alone on the same pages in the same run.

    python benchmarks/pages.py                  the pages of the tests, each many times
    python benchmarks/pages.py --pages folder   *.html of a folder

CPU seconds; both get the same characters. Ours finds parts, metadata and text; trafilatura text and metadata.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from trafilatura import bare_extraction

from kg.read.page import read_page

ROOT = Path(__file__).resolve().parents[1]


def seconds(work: Callable[[str], object], pages: list[str]) -> float:
    """CPU seconds for all pages, after one that is not counted."""
    work(pages[0])
    begin = time.process_time()
    for page in pages:
        work(page)
    return time.process_time() - begin


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path)
    given = parser.parse_args()
    if given.pages:
        pages = [f.read_text(encoding="utf-8", errors="replace") for f in sorted(given.pages.glob("*.html"))]
    else:
        sys.path.insert(0, str(ROOT / "tests" / "read"))
        from page_samples import PAGES

        pages = [make() for make in PAGES.values()] * 20
    ours = seconds(lambda markup: read_page(markup, "page"), pages)
    theirs = seconds(lambda markup: bare_extraction(markup, with_metadata=True), pages)
    print(f"pages                {len(pages):8}")
    print(f"ours                 {len(pages) / ours:8.0f} a second")
    print(f"trafilatura alone    {len(pages) / theirs:8.0f} a second")
    print(f"time against it      {ours / theirs:8.2f}")


if __name__ == "__main__":
    main()
