"""What a store can do, whatever stands behind it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

from kg.model import Document, Origin, Part, Span
from kg.rdf.terms import Quad, Triple
from kg.rdf.write import ArticleGraph
from kg.store.ledger import Entry, Ledger


@dataclass(frozen=True, slots=True)
class Kept:
    """An article's text as it was read, kept so that its offsets stay true when its file is gone.

    Attributes:
        raw: the text that offsets count in.
        parts: what each line is, where the reader knew it (see `kg.model.Document.parts`).
        origin: where it was found.
    """

    raw: str
    parts: tuple[tuple[Part, Span], ...] | None = None
    origin: Origin | None = None

    @classmethod
    def of(cls, document: Document) -> Kept:
        """What is kept of a document."""
        return cls(document.raw, document.parts, document.origin)

    def to_json(self) -> str:
        """As one line, keys in order."""
        value = {"raw": self.raw, "parts": self.parts, "origin": asdict(self.origin) if self.origin else None}
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, line: str) -> Kept:
        """What `to_json` wrote."""
        value = json.loads(line)
        parts, origin = value["parts"], value["origin"]
        return cls(
            value["raw"],
            tuple((part, Span(*span)) for part, span in parts) if parts is not None else None,
            Origin(**{**origin, "left_out": tuple(map(tuple, origin["left_out"]))}) if origin else None,
        )


@dataclass(frozen=True, slots=True)
class Put:
    """An article that goes in: its entry, its triples, and its text where that is kept."""

    entry: Entry
    graph: ArticleGraph
    kept: Kept | None = None


class GraphStore(Protocol):
    """Articles as named graphs, what they say as the default graph, and the ledger.

    `put` and `remove` are transactions: afterwards all of it holds, or, on any failure, nothing has changed.
    """

    base: str

    def ledger(self) -> Ledger:
        """All that was read."""

    def put(self, articles: Sequence[Put]) -> None:
        """Takes articles in, each in the place of the one that came from its source before.

        Raises:
            OutputError: nothing could be written (a full disk).
        """

    def remove(self, entries: Iterable[Entry]) -> None:
        """Takes articles out: what is left is the graph that never had them. Raises as `put`."""

    def kept(self, entry: Entry) -> Kept | None:
        """An article's text, where it was kept."""

    def quads(self) -> Iterator[Quad]:
        """All triples of the articles' named graphs, sorted within each graph, graphs in the order of their names."""

    def said(self) -> Iterator[Triple]:
        """The default graph, in no order."""
