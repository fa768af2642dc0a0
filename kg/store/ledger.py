"""What was read: one entry an article, kept in the store itself, so that both change in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One article that was read.

    Attributes:
        source: where it came from: a file's absolute path, with ":" and the place within it where it holds many.
        id: the article's id, as records name it.
        sha256: of the file's bytes; an article whose fingerprint is the same is not read again.
        version: of the rules, the lexicon, the ontology and the program that read it (`kg.store.version`).
        graph: term of its named graph.
        article: term of the article.
        facts: number of facts.
        characters: number of characters.
    """

    source: str
    id: str
    sha256: str
    version: str
    graph: str
    article: str
    facts: int
    characters: int

    def to_json(self) -> str:
        """As one line, keys in order."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, line: str) -> Entry:
        """The entry of a line. Raises `ValueError` or `TypeError` where it is none."""
        value: Any = json.loads(line)
        return cls(**value)


@dataclass(slots=True)
class Ledger:
    """All entries, by source.

    Attributes:
        entries: source to entry.
    """

    entries: dict[str, Entry] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Entry]:
        return iter(sorted(self.entries.values(), key=lambda e: (e.id, e.source)))

    def __len__(self) -> int:
        return len(self.entries)

    def find(self, name: str) -> list[Entry]:
        """The entries that a name means: a source, a path's end, an article's id, or its IRI."""
        exact = [e for e in self if name in (e.source, e.id, e.article.strip("<>"), e.graph.strip("<>"))]
        return exact or [e for e in self if e.source.endswith("/" + name)]

    def outdated(self, version: str) -> list[Entry]:
        """The entries that another version of the rules made."""
        return [e for e in self if e.version != version]


def counts(ledger: Ledger) -> Mapping[str, int]:
    """Articles, facts and characters of a ledger."""
    return {
        "articles": len(ledger),
        "facts": sum(e.facts for e in ledger),
        "characters": sum(e.characters for e in ledger),
    }
