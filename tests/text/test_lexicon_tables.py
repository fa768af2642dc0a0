from __future__ import annotations

from collections import Counter
from pathlib import Path
from unicodedata import is_normalized

import pytest

from kg.resources import resource
from kg.text.lexicon import read_tables
from kg.text.normal import tone_key
from kg.text.vocabulary import family_names

TABLES = sorted(resource("data", "lexicon").glob("*.tsv"))
GAZETTEER = sorted(resource("data", "gazetteer").glob("*.tsv"))


@pytest.mark.parametrize("path", [*TABLES, *GAZETTEER], ids=lambda path: path.name)
def test_tables_are_clean(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert is_normalized("NFC", text)
    assert text.endswith("\n")
    assert "\r" not in text
    lines = text.splitlines()
    assert "\t" in lines[0]
    assert all(cell == cell.strip() for line in lines for cell in line.split("\t"))
    assert max(Counter(lines).values()) == 1, "a line is there twice"


def test_lexicon_columns_are_form_class_note() -> None:
    for path in TABLES:
        assert path.read_text(encoding="utf-8").splitlines()[0].split("\t")[:2] == ["form", "class"], path.name


def test_posts_that_name_their_body_say_which() -> None:
    for row in read_tables():
        if row.table == "posts" and row.klass == "heads":
            assert row.note, row.form


def test_family_names_are_unique_and_capitalised() -> None:
    names = family_names()
    assert len({tone_key(name) for name in names}) == len(names)
    assert all(name[0].isupper() for name in names)
    assert {"Nguyễn", "Trần", "Ksor", "Điểu"} <= set(names)


def test_the_gazetteer_stays_small() -> None:
    assert sum(path.stat().st_size for path in GAZETTEER) < 2_000_000
