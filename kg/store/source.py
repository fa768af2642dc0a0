"""A graph wherever it lies: a file, standard input, the folder of a store, or a SPARQL endpoint."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.rdf import load
from kg.rdf.terms import DEFAULT_BASE, Quad
from kg.store.folder import is_store
from kg.store.oxigraph import OxigraphStore, base_of
from kg.store.place import Address, Place


def open_store(where: Place, base: str | None = None, *, read_only: bool = False) -> OxigraphStore:
    """The store at a place.

    Args:
        where: a folder, or the address of an endpoint.
        base: namespace of a new store's IRIs; None: that which it has, else the usual one.
        read_only: for reading.

    Raises:
        OutputError, InputError, UsageError: as `OxigraphStore` and `kg.store.remote.RemoteStore`.
    """
    if isinstance(where, Address):
        from kg.store.remote import RemoteStore, remote_base

        return RemoteStore(where, base or remote_base(where), read_only=read_only)
    had = base_of(where) if base is None and is_store(where) else base
    return OxigraphStore(where, had or DEFAULT_BASE, read_only=read_only)


def each_quad(path: Place) -> Iterator[Quad]:
    """As `load_quads`, one after the other, those of a graph together: a store passes through without being held.

    Raises:
        InputError, UsageError: as `load_quads`.
    """
    if isinstance(path, Address) or is_store(path):
        return open_store(path, read_only=True).quads()
    return iter(sorted(load.load_quads(path), key=lambda quad: quad[3]))


def load_quads(path: Path) -> list[Quad]:
    """All quads of a graph as strings in N-Triples form, without the store's own books; the default graph is "".

    Raises:
        InputError, UsageError: as `kg.rdf.load.parse`; the store cannot be opened.
    """
    if is_store(path):
        return list(OxigraphStore(path, base_of(path), read_only=True).quads())
    return load.load_quads(path)
