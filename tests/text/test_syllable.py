from __future__ import annotations

import pytest

from kg.text.syllable import is_vietnamese_syllable

GOOD = [
    "nguyễn",
    "trần",
    "lê",
    "đức",
    "chung",
    "quý",
    "quốc",
    "giặt",
    "gì",
    "giếng",
    "gìn",
    "nghiêng",
    "nghe",
    "ngõ",
    "khuya",
    "khuỷu",
    "thuở",
    "xoong",
    "goòng",
    "huỳnh",
    "tuyết",
    "yêu",
    "ý",
    "ủy",
    "uỷ",
    "hoà",
    "hòa",
    "oanh",
    "ạch",
    "ếch",
    "ướt",
    "rượu",
    "loằng",
    "ngoằng",
    "khúc",
    "kiện",
    "cường",
    "quang",
    "thịt",
    "chị",
    "xã",
    "phường",
]
BAD = [
    "york",
    "hongkong",
    "facebook",
    "krông",
    "nge",
    "ngi",
    "ka",
    "cê",
    "qa",
    "ghà",
    "thich",
    "hoc",
    "nguyenn",
    "zing",
    "fan",
    "đắkk",
    "wto",
    "ngh",
    "ph",
    "bb",
    "hồô",
    "tớí",
    "mạtt",
    "p",
    "q",
    "km",
    "vnexpress",
    "thịc",
    "aạ",
]


@pytest.mark.parametrize("word", GOOD)
def test_vietnamese(word: str) -> None:
    assert is_vietnamese_syllable(word)
    assert is_vietnamese_syllable(word.upper())
    assert is_vietnamese_syllable(word.capitalize())


@pytest.mark.parametrize("word", [*BAD, "", "2019", "Hà Nội", "a-b"])
def test_not_vietnamese(word: str) -> None:
    assert not is_vietnamese_syllable(word)
