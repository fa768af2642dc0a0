"""Whom a figure is about, its time, and where silence is right."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract.article import read_article
from kg.model import Document, EntityRef, Reading, Stretch


def _read(text: str, title: str = "Tin kinh tế xã hội") -> Reading:
    whole = f"{title}\n\n{text}"
    return read_article(Document("t", "t", whole, whole))


def _figures(text: str, title: str = "Tin kinh tế xã hội") -> dict[float, dict[str, Any]]:
    """Value to its roles, entities by name."""
    reading = _read(text, title)
    names = {e.id: e.name for e in reading.entities}
    found: dict[float, dict[str, Any]] = {}
    for fact in reading.facts:
        if fact.kind == "statistic":
            row = {
                role: [
                    names[f.id] if isinstance(f, EntityRef) else f.value for f in fillers if not isinstance(f, Stretch)
                ]
                for role, fillers in fact.roles.items()
            }
            found[float(row["value"][0])] = row
    return found


@pytest.mark.parametrize(
    ("text", "value", "subject"),
    [
        # the clause begins with a name, whatever it names further on
        ("Huyện Vân Canh đã lắp 1.200 camera tại xã Canh Hiển, trồng 350 cây bàng.", 350, "Huyện Vân Canh"),
        ("Năm 2018, huyện Vân Canh hiện có 350 hộ nghèo.", 350, "huyện Vân Canh"),
        # an owner inside the name, or behind the number
        ("Theo báo cáo, thu ngân sách của tỉnh Lâm Đồng đạt 7.120 tỷ đồng.", 7_120_000_000_000, "Lâm Đồng"),
        ("Hiện còn 40 hộ nghèo ở huyện Vân Canh.", 40, "huyện Vân Canh"),
        # a name right before a bracket
        ("Nhiều nơi còn khó khăn như huyện Vân Canh (có 92 hộ nghèo).", 92, "huyện Vân Canh"),
        # a thing that no recogniser knows
        ("Được biết, tàu Hải Âu có chiều dài 70 m.", 70, "tàu Hải Âu"),
    ],
)
def test_subject(text: str, value: float, subject: str) -> None:
    assert _figures(text)[value]["subject"] == [subject]


@pytest.mark.parametrize(
    ("text", "value", "subject"),
    [
        ("UBND huyện Vân Canh họp sáng 5/6. Đến nay, toàn huyện còn 84 hộ nghèo.", 84, "huyện Vân Canh"),
        (
            "Công ty TNHH Hoàng Long mở xưởng mới. Năm 2019, công ty đã tuyển 120 lao động.",
            120,
            "Công ty TNHH Hoàng Long",
        ),
        (
            "Tập đoàn Hoàng Long (HLG) họp sáng nay. Lợi nhuận của HLG đạt 310 tỷ đồng.",
            310_000_000_000,
            "Tập đoàn Hoàng Long",
        ),
    ],
)
def test_a_short_form_stands_for_what_was_named(text: str, value: float, subject: str) -> None:
    assert _figures(text)[value]["subject"] == [subject]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Tỉnh Lâm Đồng họp sáng 5/6.\n\nTăng trưởng GDP cả nước đạt 6,7%.", 6.7),
        ("Chính phủ đặt mục tiêu tăng trưởng kinh tế đạt 6,7%.", 6.7),
        ("Bộ Tài chính vừa kiểm tra tại 12 doanh nghiệp.", 12),
        ("Luật quy định số cấp phó của người đứng đầu không quá 3 người.", 3),
    ],
)
def test_silence_where_nobody_in_particular_is_meant(text: str, value: float) -> None:
    assert "subject" not in _figures(text)[value]


def test_a_list_shares_its_figure() -> None:
    figures = _figures("Số phó giám đốc sở không quá 3 người; riêng Hà Nội, Hải Phòng không quá 4 người.")
    assert figures[4]["subject"] == ["Hà Nội", "Hải Phòng"]
    assert "subject" not in figures[3]


def test_a_figure_keeps_the_subject_of_the_one_before() -> None:
    figures = _figures("Xuất khẩu của tỉnh Lâm Đồng đạt 8 tỷ USD, tăng 11%. Nhập khẩu đạt 7 tỷ USD.")
    assert all(f["subject"] == ["Lâm Đồng"] for f in figures.values())
    assert len(figures) == 3


@pytest.mark.parametrize(
    ("text", "value", "period"),
    [
        ("Doanh thu 2016 là 35 tỷ đồng.", 35_000_000_000, ["2016"]),
        ("Năm 2018, tỉnh Lâm Đồng có 47 vụ cháy thì năm 2019 có 118 vụ cháy.", 47, ["2018"]),
        ("Năm 2018, tỉnh Lâm Đồng có 412 sáng kiến, tăng 9,5% so với năm trước.", 9.5, ["2018"]),
        ("Mỗi năm nhà máy làm ra 500 tấn giấy, dùng 13 máy cán.", 13, None),
    ],
)
def test_period(text: str, value: float, period: list[str] | None) -> None:
    assert _figures(text)[value].get("period") == period


@pytest.mark.parametrize(
    ("words", "comparator"), [("ước đạt", "approx"), ("giảm khoảng", "approx"), ("tăng hơn", "gt")]
)
def test_a_comparator_inside_a_longer_phrase(words: str, comparator: str) -> None:
    assert _figures(f"Sản lượng thóc của tỉnh Lâm Đồng {words} 750 tấn.")[750]["comparator"] == [comparator]


def test_the_unit_of_a_number_of() -> None:
    assert _figures("Tại huyện Vân Canh, số người chưa có nhà là 18.")[18]["unit"] == ["người"]


@pytest.mark.parametrize(
    "text",
    [
        "Phó Thủ tướng yêu cầu 3 tỉnh Quảng Ninh, Khánh Hòa, Kiên Giang báo cáo.",
        "Các đại biểu đến từ 45 tỉnh đã có mặt.",
    ],
)
def test_what_counts_nothing(text: str) -> None:
    assert _figures(text) == {}


def test_a_limit_finds_who_is_named_by_an_acronym() -> None:
    text = "Công ty cổ phần Gạo Hải Âu (GHA) họp sáng 5/4. Nợ của GHA không quá 50 tỷ đồng."
    assert _figures(text)[50_000_000_000]["subject"] == ["Công ty cổ phần Gạo Hải Âu"]
