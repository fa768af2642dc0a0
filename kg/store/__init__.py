"""The store: many articles as one graph that lives; articles come, change and go one by one.

Each article has a named graph with all that it says and the evidence. What articles say stands once more in the default
graph, so that queries need no union: a triple is there while some article says it, and a thing that articles call by
different names has one preferred label. A ledger tells what was read, from where, and with which rules.
"""

from __future__ import annotations

from kg.store.face import GraphStore, Kept, Put
from kg.store.folder import is_store, open_read_only
from kg.store.ledger import Entry, Ledger
from kg.store.oxigraph import OxigraphStore, base_of, books

__all__ = [
    "Entry",
    "GraphStore",
    "Kept",
    "Ledger",
    "OxigraphStore",
    "Put",
    "base_of",
    "books",
    "is_store",
    "open_read_only",
]
