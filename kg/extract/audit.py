"""The precision audit: firings drawn by a fixed seed, judged by a reader, counted by pattern.

Which firings are drawn depends on the seed and on the firings alone: each has a number made of the seed, the article's
id and the fact's place, and the smallest numbers of a pattern are drawn, whatever the order of the articles.
"""

from __future__ import annotations

import csv
import hashlib
import heapq
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.extract.lint import texts
from kg.language import Bilingual
from kg.model import Fact, Reading, Span

JUDGEMENT_COLUMNS = ("article", "start", "end", "pattern", "right", "date")
TABLE_COLUMNS = ("pattern", "drawn", "right", "precision", "date")
_YES, _NO = ("right", "true", "1", "yes"), ("wrong", "false", "0", "no")


class Draw:
    """Draws from a stream of readings; keeps `per_pattern` firings of each pattern and no more.

    Args:
        seed: any whole number; the same seed and articles give the same sample.
        per_pattern: how many of each pattern, all where it fired less often.
    """

    def __init__(self, seed: int, per_pattern: int) -> None:
        self.seed = seed
        self.per_pattern = per_pattern
        self._kept: dict[str, list[tuple[int, str, dict[str, Any]]]] = {}

    def add(self, reading: Reading) -> None:
        """Takes the facts of one article into the draw."""
        for fact in reading.facts:
            kept = self._kept.setdefault(fact.rule, [])
            key = _key(reading, fact)
            rank = -int.from_bytes(hashlib.sha256(f"{self.seed}\t{key}".encode()).digest()[:8], "big")
            if any(known == key for _, known, _ in kept):
                continue  # the same article twice
            if len(kept) < self.per_pattern:
                heapq.heappush(kept, (rank, key, _firing(reading, fact)))
            elif rank > kept[0][0]:
                heapq.heapreplace(kept, (rank, key, _firing(reading, fact)))

    def sample(self) -> list[dict[str, Any]]:
        """The firings, by pattern and then by place, each to be given `right`: true or false by its reader."""
        return [
            firing
            for pattern in sorted(self._kept)
            for _, _, firing in sorted(self._kept[pattern], key=lambda k: (k[2]["article"], k[2]["start"], k[1]))
        ]


def _place(reading: Reading, fact: Fact) -> Span:
    return reading.document.to_source(fact.evidence[0])


def _key(reading: Reading, fact: Fact) -> str:
    place = _place(reading, fact)
    roles = json.dumps({r: [str(texts(f, reading)[0]) for f in fs] for r, fs in fact.roles.items()}, ensure_ascii=False)
    return "\t".join((fact.rule, reading.document.id, f"{place.start}-{place.end}", fact.status, roles))


def _firing(reading: Reading, fact: Fact) -> dict[str, Any]:
    """What a reader needs to judge: the fact, and the sentences of its first evidence."""
    place, evidence = _place(reading, fact), fact.evidence[0]
    around = [s for s in reading.sentences if s.overlaps(evidence)] or [evidence]
    sentence = Span(min(s.start for s in around), max(s.end for s in around))
    return {
        "pattern": fact.rule,
        "article": reading.document.id,
        "start": place.start,
        "end": place.end,
        "status": fact.status,
        "roles": {role: [texts(f, reading)[0] for f in fillers] for role, fillers in fact.roles.items()},
        "evidence": " ".join(reading.document.text[evidence.start : evidence.end].split()),
        "sentence": " ".join(reading.document.text[sentence.start : sentence.end].split()),
        "right": None,
    }


@dataclass(frozen=True, slots=True)
class Judgement:
    """One firing, judged. `start` and `end` are half-open code points of the file; `date` is when it was read."""

    article: str
    start: int
    end: int
    pattern: str
    right: bool
    date: str


@dataclass(frozen=True, slots=True)
class Row:
    """One pattern of the table."""

    pattern: str
    drawn: int
    right: int
    date: str

    @property
    def precision(self) -> float:
        """Share of the judged firings that are right."""
        return self.right / self.drawn


def read_judgements(path: Path, date: str) -> tuple[list[Judgement], int]:
    """The judgements of a judged sample (`.jsonl`) or of a table of judgements (`.tsv`).

    Args:
        path: the file.
        date: the date of those that state none.

    Returns:
        The judgements in the file's order, and how many firings are not judged yet (`right` is null or empty).

    Raises:
        InputError: the file cannot be read, or a line is no judgement (the line is named).
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(Bilingual(f"{path}: cannot be read: {reason}", f"{path}: không đọc được: {reason}")) from error
    rows: Iterable[tuple[int, Mapping[str, Any]]]
    if path.suffix == ".tsv":
        rows = enumerate(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE), 2)
    else:
        rows = ((n, _json(line, path, n)) for n, line in enumerate(text.split("\n"), 1) if line.strip())
    judged, open_ = [], 0
    for number, row in rows:
        right = row.get("right")
        if right is None or right == "":
            open_ += 1
            continue
        word = str(right).casefold()
        try:
            if word not in (*_YES, *_NO):
                raise ValueError(f"right = {right!r}")
            judged.append(
                Judgement(
                    str(row["article"]),
                    int(row["start"]),
                    int(row["end"]),
                    str(row["pattern"]),
                    word in _YES,
                    str(row.get("date") or date),
                )
            )
        except (KeyError, ValueError, TypeError) as error:
            raise _wrong(path, number, str(error)) from error
    return judged, open_


def _json(line: str, path: Path, number: int) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _wrong(path, number, str(error)) from error
    if not isinstance(row, dict):
        raise _wrong(path, number, "no object")
    return row


def _wrong(path: Path, number: int, what: str) -> InputError:
    return InputError(
        Bilingual(f"{path}:{number}: no judgement: {what}", f"{path}:{number}: không phải phán định: {what}"),
        Bilingual(
            "each needs article, start, end, pattern, and right: true or false",
            "cần article, start, end, pattern và right: true hoặc false",
        ),
    )


def table(judged: Iterable[Judgement]) -> list[Row]:
    """One row a pattern, by name; its date is that of the last judgement."""
    by_pattern: dict[str, list[Judgement]] = {}
    for one in sorted(judged, key=lambda j: j.date):
        by_pattern.setdefault(one.pattern, []).append(one)
    return [
        Row(pattern, len(found), sum(j.right for j in found), max(j.date for j in found))
        for pattern, found in sorted(by_pattern.items())
    ]


def as_tsv(columns: tuple[str, ...], rows: Iterable[Iterable[object]]) -> str:
    """A table with a head; cells hold no tabs (ids of articles are cleaned of them)."""
    lines = ["\t".join(columns), *("\t".join(" ".join(str(c).split()) for c in row) for row in rows)]
    return "\n".join(lines) + "\n"


def table_tsv(rows: Iterable[Row]) -> str:
    """The table as it stands beside the rules."""
    return as_tsv(TABLE_COLUMNS, ((r.pattern, r.drawn, r.right, f"{r.precision:.2f}", r.date) for r in rows))


def judgements_tsv(judged: Iterable[Judgement]) -> str:
    """The judgements as they stand beside the rules: places, and no text."""
    ordered = sorted(judged, key=lambda j: (j.pattern, j.article, j.start, j.end, j.date))
    return as_tsv(
        JUDGEMENT_COLUMNS,
        ((j.article, j.start, j.end, j.pattern, "right" if j.right else "wrong", j.date) for j in ordered),
    )
