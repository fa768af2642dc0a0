"""Graphs of the seed article, and a server of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import Server, serving

from kg.corpus import add
from kg.pipeline import build
from kg.store import OxigraphStore

SEED = Path(__file__).parents[2] / "data" / "articles"


@pytest.fixture(scope="session")
def trig(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    build([SEED], folder)
    return folder / "graph.trig"


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store") / "store"
    add([SEED], OxigraphStore(folder))
    return folder


@pytest.fixture(scope="session")
def server(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(store, tmp_path_factory.mktemp("server"), "--seconds", "5") as made:
        yield made
