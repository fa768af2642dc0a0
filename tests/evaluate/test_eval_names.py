"""Names as they are compared."""

from __future__ import annotations

import unicodedata

import pytest

from kg.evaluate.names import best_word_f1, normal, word_f1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("UBND tỉnh Hòa Bình", "Uỷ ban nhân dân tỉnh Hoà Bình"),
        ("TP.HCM", "Thành phố Hồ Chí Minh"),
        ("TPHCM", "TP. HCM"),
        ("T.Ư Đoàn", "Trung ương Đoàn"),
        ("Sở Y tế", "sở y tế,"),
        (unicodedata.normalize("NFD", "Nguyễn Ái Quý"), "Nguyễn Ái Quý"),
        ("Đoàn ĐBQH - HĐND", "Đoàn ĐBQH, Hội đồng nhân dân"),
    ],
)
def test_spellings_of_one_name(a: str, b: str) -> None:
    assert normal(a) == normal(b)


@pytest.mark.parametrize(("a", "b"), [("Văn An", "Văn Ân"), ("quận 10", "quận 12"), ("Hùng", "Hưng"), ("quý", "qúy")])
def test_different_names_stay_different(a: str, b: str) -> None:
    assert normal(a) != normal(b)


def test_numbers_of_documents_stay_whole() -> None:
    assert normal("Quyết định số 655-QĐ/TU,") == "quyết định số 655-qđ/tu"


def test_words_in_common() -> None:
    assert word_f1("a b c d", "a b") == pytest.approx(2 / 3)
    assert word_f1("a a", "a") == pytest.approx(2 / 3)
    assert word_f1("a", "b") == 0.0
    assert best_word_f1(["x", "a"], ["a", "y"]) == 1.0
    assert best_word_f1([], ["a"]) == 0.0
