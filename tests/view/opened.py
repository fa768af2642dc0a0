"""An open page, as the tests of the viewer hold it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page


@dataclass
class View:
    """An open page, with all that it logged and asked for."""

    page: Page
    logged: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    @property
    def panel(self) -> str:
        return self.page.inner_text("#panel")

    def spot(self, node: str) -> dict[str, Any]:
        """Where a node, or the middle of a fact's edge, is on the screen, and whether it is shown."""
        self.page.wait_for_timeout(60)  # a frame, so that the drawing has caught up
        found = self.page.evaluate("id => window.kgView.onScreen(id)", node)
        assert found is not None, f"{node} is not drawn"
        return dict(found)

    def click(self, node: str) -> None:
        """Clicks a node, or the middle of a fact's edge, on the canvas."""
        at = self.spot(node)
        self.page.mouse.click(at["x"], at["y"])

    def focus(self) -> str:
        """What has the keyboard's focus: the element's id, or its name and text."""
        script = "(e => e.id || e.tagName + ':' + e.textContent)(document.activeElement)"
        return str(self.page.evaluate(script))


Open = Callable[..., View]
