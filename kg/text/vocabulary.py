"""What every lexicon starts from: the tables of `data/lexicon`, family names, and the names of the gazetteer."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache

from kg.resources import resource
from kg.text.lexicon import Builder, read_tables
from kg.text.normal import tone_key


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = resource("data", "gazetteer", name)
    if not path.is_file():
        return
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)


@cache
def unit_names() -> frozenset[str]:
    """Comparison keys of the names of all administrative units, without their level."""
    names = set()
    for table in ("provinces.tsv", "districts.tsv", "communes_until_2025-06.tsv", "communes_since_2025-07.tsv", "history.tsv"):
        names.update(tone_key(row["name"]).replace(" - ", " ") for row in _rows(table))
    return frozenset(names)


def base_builder() -> Builder:
    """A lexicon builder with all tables in it; rule files add their words."""
    builder = Builder()
    builder.add_rows(read_tables())
    for line in resource("data", "lexicon", "family_names.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            builder.add(line.strip(), "family")
    for row in _rows("provinces.tsv"):
        builder.add(row["name"], "province")
    return builder
