"""A real browser for the page, with the network cut, and pages made of small graphs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from graphs import GraphWriter
from opened import Open, View
from playwright.sync_api import Browser

from kg.view import write_page


@pytest.fixture(scope="session")
def pages() -> dict[tuple[str, str, str], str]:
    """Pages made so far: many tests look at the same one."""
    return {}


@pytest.fixture
def show(browser: Browser, tmp_path: Path, pages: dict[tuple[str, str, str], str]) -> Iterator[Open]:
    """Writes the page of a graph and opens it; at the end nothing may have been logged or asked for."""
    contexts, views = [], []

    def open_view(
        graph: GraphWriter | str, at: str = "", *, suffix: str = ".trig", width: int = 1440, height: int = 900,
        dark: bool = False, lang: str = "vi",
    ) -> View:  # fmt: skip
        text = graph if isinstance(graph, str) else graph.trig() if suffix == ".trig" else graph.turtle()
        source, target = tmp_path / f"graph{suffix}", tmp_path / "đồ thị.html"
        key = (text, suffix, lang)
        if key not in pages:
            source.write_text(text, encoding="utf-8")
            write_page(source, target, lang)
            pages[key] = target.read_text(encoding="utf-8")
        target.write_text(pages[key], encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": height},
            offline=True,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        view = View(context.new_page())
        views.append(view)
        view.page.on("console", lambda m: view.logged.append(f"{m.type}: {m.text}"))
        view.page.on("pageerror", lambda e: view.logged.append(f"error: {e}"))
        view.page.on("dialog", lambda d: (view.logged.append(f"dialog: {d.message}"), d.dismiss()))
        view.page.on("request", lambda r: view.requests.append(r.url))
        view.page.goto(target.as_uri() + at)
        view.page.wait_for_selector("html[data-ready]")
        return view

    yield open_view
    for context in contexts:
        context.close()
    for view in views:
        assert view.logged == []
        assert [url for url in view.requests if not url.startswith(("file:", "data:"))] == []
        assert len([url for url in view.requests if url.startswith("file:")]) == 1
