"""A graph wherever it lies: a file, standard input, or the folder of a store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.rdf import load
from kg.rdf.terms import Quad
from kg.store.folder import is_store
from kg.store.oxigraph import OxigraphStore, base_of


def each_quad(path: Path) -> Iterator[Quad]:
    """As `load_quads`, one after the other, those of a graph together: a store passes through without being held.

    Raises:
        InputError, UsageError: as `load_quads`.
    """
    if is_store(path):
        return OxigraphStore(path, base_of(path), read_only=True).quads()
    return iter(sorted(load.load_quads(path), key=lambda quad: quad[3]))


def load_quads(path: Path) -> list[Quad]:
    """All quads of a graph as strings in N-Triples form, without the store's own books; the default graph is "".

    Raises:
        InputError, UsageError: as `kg.rdf.load.parse`; the store cannot be opened.
    """
    if is_store(path):
        return list(OxigraphStore(path, base_of(path), read_only=True).quads())
    return load.load_quads(path)
