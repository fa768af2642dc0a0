"""Every stretch of the text leads back to exactly the characters of the file that say it."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.model import Span
from kg.read import document, normalised

# Letters, marks in any order, line ends of every system, marks of the byte order, NBSP, and what composes without a
# combining class (Hangul vowels, an Oriya sign) or decomposes into marks alone (Tibetan).
PIECES = st.sampled_from(
    [
        "\r\n",
        *"aeodĐưq1ệờ .\n\r\u0300\u0323\u0302\u031b\u00a0\ufeff\u1100\u1161\u11a8\uac00\u0f73\u0344\u0b47\u0b3e",
        *"\u2126\U0001d15e",
    ]
)
RAW = st.lists(PIECES, max_size=30).map("".join)


def plain(raw: str) -> str:
    """What the file says: the same, without the map."""
    return normalize("NFC", raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


@given(RAW)
@example("\u1100\u1161\u11a8\u0b47\u0b3e")
@example("e\u0f73\u0300")
def test_text_is_nfc_with_line_feeds(raw: str) -> None:
    text, offsets = normalised(raw)
    assert text == plain(raw)
    assert (offsets is None) == (text == raw)


@given(RAW, st.data())
def test_a_span_leads_to_characters_that_normalise_to_it(raw: str, data: st.DataObject) -> None:
    made = document(raw)
    start = data.draw(st.integers(0, len(made.text)))
    end = data.draw(st.integers(start, len(made.text)))
    if made.offsets is not None and start < end:
        # A span that begins or ends within a cluster means the whole of it.
        starts = made.offsets.starts
        while start > 0 and starts[start - 1] == starts[start]:
            start -= 1
        while end < len(starts) and starts[end] == starts[end - 1]:
            end += 1
    quote = made.quote(Span(start, end))
    assert plain("\n" + quote)[1:] == made.text[start:end]


@given(RAW)
def test_clusters_cover_the_file_without_overlap(raw: str) -> None:
    text, offsets = normalised(raw)
    if offsets is None:
        return
    clusters = sorted(set(zip(offsets.starts, offsets.ends, strict=True)))
    first = 1 if raw.startswith("\ufeff") else 0
    assert len(offsets.starts) == len(offsets.ends) == len(text)
    assert list(offsets.starts) == sorted(offsets.starts)
    assert [c[0] for c in clusters] == [first, *(c[1] for c in clusters[:-1])][: len(clusters)]
    assert not clusters or clusters[-1][1] == len(raw)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_any_text_at_all(raw: str) -> None:
    made = document(raw)
    assert made.text == plain(raw)
    assert made.quote(Span(0, len(made.text))) == raw.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("raw", "words", "quote"),
    [
        ("Hà\u00a0Nội họp", "Hà\u00a0Nội", "Hà\u00a0Nội"),
        (normalize("NFD", "Ông Đỗ Văn Ân nói"), "Đỗ Văn Ân", normalize("NFD", "Đỗ Văn Ân")),
        ("\ufeffHuế\r\nhọp", "Huế\nhọp", "Huế\r\nhọp"),
        ("một\rhai", "một\nhai", "một\rhai"),
    ],
)
def test_quotes_are_the_files_own_characters(raw: str, words: str, quote: str) -> None:
    made = document(raw)
    at = made.text.index(words)
    assert made.quote(Span(at, at + len(words))) == quote


def test_an_empty_span_stays_empty() -> None:
    made = document("a\r\nb")
    assert made.to_source(Span(2, 2)) == Span(3, 3)
    assert made.to_source(Span(3, 3)) == Span(4, 4)
