"""Nothing that is printed can drive a terminal, and columns stand in line."""

from __future__ import annotations

import json
import unicodedata
from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from kg.cli.terminal import clip, json_safe, safe, table, width

DANGEROUS = {"Cc", "Cs", "Zl", "Zp"}


def harmless(text: str) -> bool:
    bidi = any("\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069" or c in "\u200e\u200f\u061c" for c in text)
    return not bidi and not any(unicodedata.category(c) in DANGEROUS for c in text)


@given(st.text(max_size=60))
def test_safe_text_has_no_control_and_no_direction(text: str) -> None:
    assert harmless(safe(text))
    assert safe(safe(text)) == safe(text)


def test_vietnamese_passes_in_any_form() -> None:
    for form in ("NFC", "NFD"):
        text = normalize(form, "Nguyễn Đức Chung – “kỷ cương”\u00a0…")  # type: ignore[arg-type]
        assert safe(text) == text


def test_line_feeds_pass_where_they_are_wanted() -> None:
    assert safe("a\n\tb\r\x1b", keep="\n\t") == "a\n\tb\\r\\x1b"


@given(st.recursive(st.text(max_size=9), lambda inner: st.lists(inner, max_size=4), max_leaves=9))
def test_json_made_safe_says_the_same(value: object) -> None:
    line = json_safe(json.dumps(value, ensure_ascii=False))
    assert harmless(line)
    assert json.loads(line) == value


def test_width_counts_columns() -> None:
    assert [width(w) for w in ("Hà Nội", normalize("NFD", "Hà Nội"), "北京", "\u200b", "")] == [6, 6, 4, 0, 0]


@given(st.text(max_size=40), st.integers(1, 20))
def test_clipped_text_fits(text: str, columns: int) -> None:
    assert width(clip(text, columns)) <= max(columns, 1)


def test_a_table_stands_in_line() -> None:
    rows = [(normalize("NFD", "Thừa Thiên Huế"), 7), ("Hà\nNội", 1234), ("\x1b[2Jx", 5)]
    lines = table(["tỉnh", "số"], rows, right=(1,)).splitlines()
    assert len(lines) == 5
    assert {width(line) for line in lines} == {width(lines[0])}
    assert lines[3].endswith("1234")
    assert "Hà Nội" in lines[3]
    assert "\\x1b[2Jx" in lines[4]
    assert table([], []) == ""
