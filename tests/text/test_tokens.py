from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.text.tokens import phrase_keys, tokenize

# What tokens are made of, and what stands between them.
pieces = st.sampled_from(
    [
        *("ủy", "ban", "Hoà", "UBND", "TP.", "TP.\n", "tp.", "GS.", "T.Ư", "Đ/c ", "12", "1.234,5", "8/6/2019", "28-6"),
        *("123/QĐ-UBND", "VII", "…", "...", ",", ".", "“", "”", '"', "(", ")", "–", "_", "²", "x86", "H’Mông"),
        *("e\u0301", " ", "  ", "\t", "\u00a0", "\u2028", "\n", "\n\n", " \n "),
    ]
)
texts = st.lists(pieces, max_size=40).map("".join) | st.text(max_size=60)


def shown(text: str) -> list[tuple[str, str]]:
    """Tokens with their shapes."""
    tokens = tokenize(text)
    return [(text[a:b], w.shape) for a, b, w in zip(tokens.starts, tokens.ends, tokens.words, strict=True)]


@given(texts)
@example(" \u00a0Sở Nội vụ")
@example("TP.\nVinh")
def test_tokens_are_ascending_and_cover_all_but_white_space(text: str) -> None:
    tokens = tokenize(text)
    at = 0
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end].strip() or set(text[start:end]) == {"\n"}
        at = end
    assert not text[at:].strip()


@given(texts)
def test_a_word_is_the_same_whatever_follows_it(text: str) -> None:
    tokens = tokenize(text)
    for start, end, word in zip(tokens.starts, tokens.ends, tokens.words, strict=True):
        assert word.length == end - start
        assert word.upper == text[start].isupper()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Nội vụ tỉnh", [("Sở", "C"), ("Nội", "C"), ("vụ", "w"), ("tỉnh", "w")]),
        ("UBND khóa VII", [("UBND", "A"), ("khóa", "w"), ("VII", "r")]),
        ("tăng 1.234,5 tỷ", [("tăng", "w"), ("1.234,5", "n"), ("tỷ", "w")]),
        ("ngày 8/6/2019.", [("ngày", "w"), ("8/6/2019", "d"), (".", ".")]),
        ("số 123/QĐ-UBND", [("số", "w"), ("123/QĐ-UBND", "x")]),
        ("TP. Vinh, Q.1", [("TP.", "A"), ("Vinh", "C"), (",", ","), ("Q.", "A"), ("1", "n")]),
        ("đ/c An – tp. Huế", [("đ/c", "w"), ("An", "C"), ("–", "-"), ("tp.", "w"), ("Huế", "C")]),
        ("hết... rồi", [("hết", "w"), ("...", "."), ("rồi", "w")]),
        ("một\n\nhai", [("một", "w"), ("\n\n", "\n"), ("hai", "w")]),
    ],
)
def test_each_kind_of_token_has_its_shape(text: str, expected: list[tuple[str, str]]) -> None:
    assert shown(text) == expected


def test_a_line_break_behind_an_abbreviation_ends_nothing() -> None:
    assert [word for word, _ in shown("UBND TP.\nHCM.\nHết")] == ["UBND", "TP.", "HCM", ".", "\n", "Hết"]
    assert [word for word, _ in shown("TP.\nHải Phòng")] == ["TP.", "Hải", "Phòng"]


def test_a_line_that_ends_in_an_abbreviation_ends_before_a_sentence() -> None:
    assert [word for word, _ in shown("của TP.\nHạ tầng")] == ["của", "TP.", "\n", "Hạ", "tầng"]


def test_phrases_are_kept_by_the_keys_of_their_words() -> None:
    assert phrase_keys("Uỷ ban  nhân dân") == ("ủy", "ban", "nhân", "dân")
