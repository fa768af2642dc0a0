"""Statistics and rankings: what is measured, how much, of whom, when."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract.article import read_article
from kg.model import Document, EntityRef, Reading, Stretch, Value

TITLE = "Tin kinh tế xã hội"


def _read(text: str, title: str = TITLE) -> Reading:
    whole = f"{title}\n\n{text}"
    return read_article(Document("t", "t", whole, whole))


def _facts(text: str, kind: str = "statistic") -> list[dict[str, Any]]:
    reading = _read(text)
    names = {e.id: e.name for e in reading.entities}
    found = []
    for fact in reading.facts:
        if fact.kind == kind:
            row: dict[str, Any] = {"status": fact.status}
            for role, fillers in {**fact.roles, **fact.qualifiers}.items():
                values = [
                    names[f.id] if isinstance(f, EntityRef) else f.value if isinstance(f, Value) else f for f in fillers
                ]
                assert not any(isinstance(v, Stretch) for v in values)
                row[role] = values[0] if len(values) == 1 else values
            found.append(row)
    return found


def _has(facts: list[dict[str, Any]], **wanted: Any) -> bool:
    return any(all(f.get(role) == value for role, value in wanted.items()) for f in facts)


def test_level_and_growth_share_the_indicator() -> None:
    facts = _facts("Tổng thu ngân sách của tỉnh Lâm Đồng đạt 7.120 tỷ đồng, tăng 9,5% so với cùng kỳ.")
    assert _has(facts, indicator="Tổng thu ngân sách của tỉnh Lâm Đồng", value=7_120_000_000_000, unit="đồng")
    assert _has(facts, indicator="Tổng thu ngân sách của tỉnh Lâm Đồng", value=9.5, unit="%", subject="Lâm Đồng")
    assert len(facts) == 2


def test_a_decrease_stays_positive_and_says_so() -> None:
    (fact,) = _facts("Chỉ số tồn kho của tỉnh Lâm Đồng giảm 2,4%.")
    assert (fact["indicator"], fact["value"]) == ("Chỉ số tồn kho của tỉnh Lâm Đồng giảm", 2.4)


@pytest.mark.parametrize(
    ("words", "comparator"),
    [
        ("hơn", "gt"),
        ("trên", "gt"),
        ("gần", "approx"),
        ("khoảng", "approx"),
        ("không quá", "le"),
        ("tối đa", "le"),
        ("ít nhất", "ge"),
        ("dưới", "lt"),
    ],
)
def test_comparators(words: str, comparator: str) -> None:
    (fact,) = _facts(f"Huyện Vân Canh có {words} 150 hộ nghèo.")
    assert (fact["value"], fact["comparator"]) == (150, comparator)


def test_comparator_behind_the_number() -> None:
    (fact,) = _facts("Diện tích mỗi lô đất của dự án là 500 m2 trở lên.")
    assert (fact["value"], fact["unit"], fact["comparator"]) == (500, "m2", "ge")


@pytest.mark.parametrize(
    ("amount", "value", "unit"),
    [
        ("1,25 triệu lượt khách", 1_250_000, "lượt khách"),
        ("3.400 tỷ đồng", 3_400_000_000_000, "đồng"),
        ("3.400 tỷ", 3_400_000_000_000, "đồng"),
        ("4,5 triệu USD", 4_500_000, "USD"),
        ("62,5%", 62.5, "%"),
        ("12 ha", 12, "ha"),
    ],
)
def test_values_and_units(amount: str, value: float, unit: str) -> None:
    facts = _facts(f"Tổng giá trị đạt {amount}.")
    assert _has(facts, value=value, unit=unit)


def test_a_range_is_two_facts() -> None:
    facts = _facts("Mỗi xã có 4-5 cán bộ thú y, mỗi huyện có từ 10 đến 15 cơ sở giết mổ.")
    assert _has(facts, value=4, comparator="ge", upper=5, unit="cán bộ")
    assert _has(facts, value=5, comparator="le", unit="cán bộ")
    assert _has(facts, value=10, comparator="ge") and _has(facts, value=15, comparator="le")


def test_numbers_inside_a_name_belong_to_it() -> None:
    (fact,) = _facts("Tỷ lệ dịch vụ công trực tuyến mức 3, 4 của tỉnh Lâm Đồng đạt trên 45%.")
    assert fact["indicator"] == "Tỷ lệ dịch vụ công trực tuyến mức 3, 4 của tỉnh Lâm Đồng"
    assert (fact["value"], fact["comparator"]) == (45, "gt")


def test_prize_money_is_the_figure() -> None:
    facts = _facts("Cuộc thi có 2 giải A (mỗi giải 30 triệu đồng), 6 giải B (mỗi giải 10 triệu đồng).")
    assert [f["value"] for f in facts] == [30_000_000, 10_000_000]
    assert [f["subject"] for f in facts] == ["giải A", "giải B"]


@pytest.mark.parametrize(
    "text",
    [
        "Ông Sơn, 52 tuổi, có 30 năm công tác.",
        "Kỳ họp thứ 5 khai mạc lúc 8h30 ngày 12/7/2018 tại số 25 Trần Phú.",
        "Nghị quyết số 18 và Kết luận 21 được phổ biến đến các chi bộ.",
        "Đại hội lần thứ 12 nhiệm kỳ 2015 - 2020 diễn ra trong 3 ngày.",
        "Đoàn làm việc tại quận 7 và phường 12 từ năm 2015 và 2016.",
        "Nghị quyết đề ra 5 nhiệm vụ, 3 giải pháp trọng tâm.",
        "Phòng 204, tầng 3 là nơi tiếp dân.",
    ],
)
def test_what_is_no_statistic(text: str) -> None:
    assert _facts(text) == []


def test_a_value_told_again_is_told_once() -> None:
    facts = _facts(
        "Huyện Vân Canh có 320 hộ nghèo.\n\nTheo báo cáo, trong năm huyện Vân Canh có 320 hộ nghèo được hỗ trợ nhà ở."
    )
    assert len(facts) == 1


def test_plans_are_planned() -> None:
    (fact,) = _facts("Huyện Vân Canh phấn đấu xây dựng 40 nhà ở cho hộ nghèo.")
    assert fact["status"] == "planned"


def test_captions_and_title_give_none() -> None:
    reading = _read("Huyện tổ chức ngày hội việc làm.", title="Huyện Vân Canh có 320 hộ nghèo")
    assert not [f for f in reading.facts if f.kind == "statistic"]


def test_ranking_with_change_and_scope() -> None:
    text = (
        "Chỉ số năng lực cạnh tranh cấp tỉnh (PCI) của tỉnh Lâm Đồng tăng 4 bậc, xếp thứ 21/63 tỉnh, thành phố, "
        "cao nhất từ trước tới nay; Chỉ số cải cách hành chính (Par Index) giảm 3 bậc, xếp thứ chín cả nước."
    )
    facts = _facts(text, "ranking")
    assert _has(
        facts,
        indicator="Chỉ số năng lực cạnh tranh cấp tỉnh (PCI)",
        rank=21,
        out_of=63,
        change=4,
        subject="Lâm Đồng",
        record_high=1,
    )
    assert _has(facts, indicator="Chỉ số cải cách hành chính (Par Index)", rank=9, change=-3, scope="cả nước")
    assert all(f["subject"] == "Lâm Đồng" for f in facts)
    assert len(facts) == 2
    assert _facts(text) == []


def test_leading_is_the_first_place() -> None:
    (fact,) = _facts("Tỉnh Lâm Đồng dẫn đầu cả nước về diện tích trồng hoa.", "ranking")
    assert (fact["rank"], fact["scope"], fact["indicator"]) == (1, "cả nước", "diện tích trồng hoa")


def test_the_place_before_gives_the_change() -> None:
    facts = _facts("Chỉ số PAPI năm 2018 của tỉnh Lâm Đồng xếp thứ 12 (tụt từ vị thứ 7 năm 2017).", "ranking")
    assert _has(facts, rank=12, change=-5) and _has(facts, rank=7, period="2017")


@pytest.mark.parametrize(
    "text",
    [
        "Người đứng đầu cấp ủy chịu trách nhiệm về kết quả kiểm tra.",
        "Tỉnh Lâm Đồng nằm trong nhóm 10 địa phương dẫn đầu cả nước về cải cách hành chính.",
        "Ông Sơn là thương binh hạng 3/4, được tặng Huân chương Lao động hạng 3.",
        "Di tích được xếp hạng 2 năm trước.",
    ],
)
def test_what_is_no_ranking(text: str) -> None:
    assert _facts(text, "ranking") == []


def test_evidence_holds_the_number() -> None:
    reading = _read("Huyện Vân Canh có hơn 120 hộ nghèo.")
    (fact,) = [f for f in reading.facts if f.kind == "statistic"]
    (span,) = fact.evidence
    assert "120 hộ nghèo" in reading.document.text[span.start : span.end]
