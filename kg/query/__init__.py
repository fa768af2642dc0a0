"""Questions to a graph: SPARQL within limits, named queries, and figures about who is central and who is connected."""

from __future__ import annotations

from kg.query.engine import Answer, ask

__all__ = ["Answer", "ask"]
