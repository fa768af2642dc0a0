"""Exports that stream: the same bytes as those that are made in memory, from pieces on disk."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from rdf_samples import Sheet, fair, note, quads_of

from kg.rdf.export import FORMATS, export
from kg.rdf.stream import stream_file, write_stream
from kg.rdf.terms import Quad


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    return quads_of(fair(), note())


def streamed(quads: list[Quad], name: str, piece: int = 50) -> str:
    out = io.BytesIO()
    write_stream(iter(quads), name, out, piece)
    return out.getvalue().decode()


@pytest.mark.parametrize("name", FORMATS)
def test_a_stream_has_the_bytes_of_an_export(quads: list[Quad], name: str) -> None:
    assert streamed([*reversed(quads), *quads[:20]], name) == export(quads, name)[0]


@pytest.mark.parametrize("name", ["turtle", "trig", "nquads", "ntriples"])
def test_one_graph_and_the_default_graph_stream_too(name: str) -> None:
    alone = quads_of(fair())
    assert streamed(alone, name) == export(alone, name)[0]
    plain = [(s, p, o, "") for s, p, o, _ in alone]
    assert streamed(plain, name) == export(plain, name)[0]
    assert streamed([*plain, *quads_of(note())], name) == export([*plain, *quads_of(note())], name)[0]
    assert streamed([], name) == export([], name)[0]


def test_lost_characters_are_told_and_a_failure_leaves_no_file(tmp_path: Path) -> None:
    s = Sheet("Ông Na\x0b nói: vâng")
    s.fact("statement", "Na\x0b nói: vâng", speaker=s.entity("Person", "Na\x0b"), content=s.stretch("vâng"))
    assert [f.severity for f in stream_file(iter(quads_of(s.reading())), "rdfxml", tmp_path / "g.rdf")] == ["warning"]

    def breaking() -> object:
        yield from quads_of(fair())[:5]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        stream_file(breaking(), "turtle", tmp_path / "h.ttl")  # type: ignore[arg-type]
    assert [p.name for p in tmp_path.iterdir()] == ["g.rdf"]


def test_another_parser_reads_the_turtle(quads: list[Quad], tmp_path: Path) -> None:
    stream_file(quads, "turtle", tmp_path / "g.ttl")
    done = subprocess.run(
        ["rapper", "-q", "-c", "-i", "turtle", str(tmp_path / "g.ttl")], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
