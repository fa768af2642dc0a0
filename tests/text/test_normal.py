from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.normal import search_key, tone_key

VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
words = st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " -", max_size=30)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("Thuỷ", "Thủy"),
        ("uỷ ban", "Ủy ban"),
        ("loé", "lóe"),
        ("Ðà Nẵng", "Đà Nẵng"),
        ("Ɖà Nẵng", "đà nẵng"),
        ("Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("H’Mông", "H'Mông"),
        ("Hà\u00a0 Nội ", "Hà Nội"),
        (normalize("NFD", "Nguyễn"), "Nguyễn"),
    ],
)
def test_spellings_of_one_word_share_the_key(one: str, other: str) -> None:
    assert tone_key(one) == tone_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("An", "Ân"), ("Hùng", "Hưng"), ("Mỹ", "Mĩ"), ("Dung", "Đung"), ("Hoa", "Hòa"), ("quận 10", "quận 12")],
)
def test_different_words_keep_different_keys(one: str, other: str) -> None:
    assert tone_key(one) != tone_key(other)


@pytest.mark.parametrize("word", ["quý", "quỷ", "hoàn", "ngoài", "huỳnh", "thuyền", "khuỷu"])
def test_words_with_one_spelling_keep_their_mark(word: str) -> None:
    assert tone_key(word) == word


def test_search_key_drops_all_marks() -> None:
    assert search_key("Nguyễn Đức Chung") == "nguyen duc chung"
    assert search_key("Ủy ban nhân dân Hoà Bình") == search_key("uy ban nhan dan hoa binh")


@given(words)
def test_keys_are_stable_and_ignore_case_and_form(text: str) -> None:
    key = tone_key(text)
    assert tone_key(key) == key
    assert tone_key(text.upper()) == key
    assert tone_key(normalize("NFD", text)) == key
    assert search_key(search_key(text)) == search_key(text) == search_key(key)


@given(words)
def test_search_key_of_vietnamese_is_ascii(text: str) -> None:
    assert search_key(text).isascii()


@given(st.text(max_size=20))
def test_any_text_has_keys(text: str) -> None:
    assert isinstance(tone_key(text), str)
    assert isinstance(search_key(text), str)
