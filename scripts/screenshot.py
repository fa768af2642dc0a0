"""Makes the picture of the README: the page of `output/graph.html`, with the seed article's chairman chosen.

Usage: python scripts/screenshot.py [PAGE] [PICTURE]
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
NAME = "nguyen duc chung"


def main() -> int:
    """Open the page in headless Chromium without a network, search, choose, take the picture."""
    page_file = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "output" / "graph.html").resolve()
    picture = Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "docs" / "img" / "seed.png")
    chromium = next((p for n in ("chromium", "google-chrome") if (p := shutil.which(n))), None)
    if chromium is None or not page_file.exists():
        print("needs Chromium (scripts/setup dev) and a page (scripts/demo)", file=sys.stderr)
        return 3
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True, locale="vi-VN")
        page = context.new_page()
        page.goto(page_file.as_uri())
        page.keyboard.press("/")
        page.keyboard.type(NAME)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.evaluate("document.activeElement.blur()")
        page.wait_for_timeout(1000)
        picture.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=picture)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
