"""vnkg: Vietnamese news articles in, an RDF knowledge graph with character-exact evidence out.

import kg
kg.build(["tin.txt"], "output")
graph = kg.load("output/graph.trig")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["build", "load"]

if TYPE_CHECKING:
    from kg.notebook import load
    from kg.pipeline import build

_WHERE = {"build": "kg.pipeline", "load": "kg.notebook"}


def __getattr__(name: str) -> Any:
    """Imported when they are asked for: a command that needs neither is not to wait for them."""
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
