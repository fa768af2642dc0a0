"""Files to documents: which files are articles, their characters, and the text that is read. No linguistics here."""

from __future__ import annotations

from kg.read.errors import as_finding
from kg.read.fields import FieldMap
from kg.read.load import (
    MAX_BYTES,
    articles,
    document,
    each_source,
    load,
    load_each,
    load_source,
    restored,
)
from kg.read.offsets import normalised
from kg.read.pages import Web
from kg.read.sources import Source, find_sources
from kg.read.vietnamese import looks_vietnamese

__all__ = [
    "MAX_BYTES",
    "FieldMap",
    "Source",
    "Web",
    "articles",
    "as_finding",
    "document",
    "each_source",
    "find_sources",
    "load",
    "load_each",
    "load_source",
    "looks_vietnamese",
    "normalised",
    "restored",
]
