"""The first stage: articles to readings, in Parquet. What a worker does, and the table that comes of it.

A row is an article: what `kg.corpus.read_one` says of it, as text that Spark can take apart without Python; or an
article that could not be read, which has findings only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from pyspark.sql.types import (
    ArrayType,
    IntegerType,
    LongType,
    MapType,
    StringType,
    StructField,
    StructType,
)

from kg.corpus import Read, read_one
from kg.language import Bilingual
from kg.model import Document, Finding
from kg.pipeline import spread
from kg.rdf.terms import Quad, Triple
from kg.read import MAX_BYTES, FieldMap, Source, each_source
from kg.store import Put, books

_COUNTS = MapType(StringType(), IntegerType())
# `place` and `number` tell where an article stands among all: the order in which one machine reads them.
SCHEMA = StructType(
    [
        StructField("place", StringType(), False),
        StructField("number", LongType(), False),
        StructField("source", StringType()),
        StructField("version", StringType()),
        StructField("graph", StringType()),
        StructField("characters", LongType()),
        StructField("facts", _COUNTS),
        StructField("entities", _COUNTS),
        StructField("said", StringType()),
        StructField("evidence", StringType()),
        StructField("entry", StringType()),
        StructField("books", StringType()),
        StructField("findings", ArrayType(StringType())),
    ]
)


@dataclass(frozen=True, slots=True)
class Options:
    """What a reading depends on besides the article and the rules.

    Attributes:
        base: namespace of the data's IRIs.
        max_bytes: larger articles are findings.
        fields: names of the fields of records.
        keep_text: keep the articles' texts.
    """

    base: str
    max_bytes: int = MAX_BYTES
    fields: FieldMap | None = None
    keep_text: bool = True


def place_of(path: str) -> str:
    """What orders sources as `kg.read.find_sources` does: by the parts of their paths."""
    return path.replace("/", "\x01")


def read_sources(sources: Iterable[Source], options: Options) -> Iterator[tuple[Any, ...]]:
    """The rows of some sources; runs on a worker. A file that holds many articles is read as a stream."""
    for source in sources:
        stream = each_source([source], options.fields, options.max_bytes)
        yield from rows(place_of(str(source.path)), enumerate(stream), options)


def rows(
    place: str, stream: Iterable[tuple[int, Source | Document | Finding]], options: Options
) -> Iterator[tuple[Any, ...]]:
    """The rows of one file's articles, each with its number in the file."""
    work = partial(read_one, base=options.base, known={}, keep_text=options.keep_text)
    for number, found in stream:
        for item in spread(iter([found]), work, max_bytes=options.max_bytes):
            yield _row(place, number, item, options.base)


def _row(place: str, number: int, item: Read | Finding, base: str) -> tuple[Any, ...]:
    if isinstance(item, Finding) or item.result is None:
        findings = [item] if isinstance(item, Finding) else []
        return (place, number, *[None] * (len(SCHEMA) - 3), [to_json(f) for f in findings])
    result, entry = item.result, item.entry(item.result)
    graph = result.graph
    noted = books(base, Put(entry, graph, item.kept))
    return (
        place,
        number,
        result.source,
        entry.version,
        entry.graph,
        entry.characters,
        dict(result.facts),
        dict(result.entities),
        _lines(graph.said),
        _lines(graph.evidence),
        entry.to_json(),
        "".join(f"{' '.join(quad)} .\n" for quad in noted).rstrip("\n"),
        [to_json(f) for f in result.findings],
    )


def _lines(triples: Iterable[Triple | Quad]) -> str:
    return "\n".join(" ".join(triple) for triple in triples)


def to_json(finding: Finding) -> str:
    """A finding as one line, both languages kept."""
    both = [[m.en, m.vi] if isinstance(m, Bilingual) else m for m in (finding.message, finding.hint)]
    return json.dumps([finding.severity, finding.where, *both], ensure_ascii=False)


def from_json(line: str) -> Finding:
    """What `to_json` wrote."""
    severity, where, *both = json.loads(line)
    message, hint = (Bilingual(*m) if isinstance(m, list) else m for m in both)
    return Finding(severity, where, message, hint)
