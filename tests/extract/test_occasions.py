"""Awards and launches: who, what, how many, at which event; proposals give nothing."""

from __future__ import annotations

import pytest
from readings import facts, read

from kg.extract.lint import texts
from kg.extract.same_names import award_key, has_issuer, initiative_key, issued_key
from kg.model import Fact, Reading


def role(reading: Reading, fact: Fact, name: str) -> list[str]:
    return [str(texts(f, reading)[0]) for f in fact.roles.get(name, ()) or fact.qualifiers.get(name, ())]


def values(fact: Fact, name: str) -> list[object]:
    return [f.value for f in fact.roles[name]]  # type: ignore[union-attr]


def test_caption_and_body_give_one_award_at_the_event_named_before() -> None:
    reading = read(
        "Ngày 5/4/2018, tại Hội nghị tổng kết công tác dân vận, ông Lê Hữu Tân phát biểu khai mạc.\n\n"
        "UBND tỉnh Phú Yên trao tặng Bằng khen cho 12 tập thể, cá nhân có thành tích nổi bật\n\n"
        "Nhân dịp này, UBND tỉnh Phú Yên đã trao tặng Bằng khen cho 12 tập thể, cá nhân có thành tích nổi bật trong "
        "công tác dân vận."
    )
    (award,) = facts(reading, "award")
    assert values(award, "recipient_count") == [12]
    assert values(award, "recipient_kind") == ["tập thể", "cá nhân"]
    assert role(reading, award, "giver") == ["UBND tỉnh Phú Yên"]
    assert role(reading, award, "event") == ["Hội nghị tổng kết công tác dân vận"]
    assert "date" not in award.roles
    assert len(award.evidence) == 2


def test_each_grade_of_a_prize_is_one_award() -> None:
    reading = read("Ban tổ chức trao 1 giải Nhất (20 triệu đồng), 3 giải Nhì, 5 giải Ba cho các tác giả trẻ.")
    found = facts(reading, "award")
    assert [(role(reading, f, "award"), values(f, "recipient_count")) for f in found] == [
        (["giải Nhất"], [1]),
        (["giải Nhì"], [3]),
        (["giải Ba"], [5]),
    ]
    assert all(role(reading, f, "recipient") == ["các tác giả trẻ"] for f in found)


def test_who_hands_over_and_who_confers_do_not_make_two_awards() -> None:
    reading = read(
        "Ông Lê Hữu Tân trao Bằng khen của Thủ tướng Chính phủ.\n\n"
        "Sở Y tế Phú Yên đã vinh dự được Thủ tướng Chính phủ tặng Bằng khen."
    )
    (award,) = facts(reading, "award")
    assert role(reading, award, "recipient") == ["Sở Y tế Phú Yên"]


@pytest.mark.parametrize(
    "nothing",
    [
        "Sở Nội vụ Phú Yên đề nghị Chủ tịch nước tặng thưởng Huân chương Lao động hạng Ba cho Sở Y tế Phú Yên.",
        "UBND tỉnh Phú Yên quy định mẫu Bằng khen.",
        "Toàn tỉnh có 90% gia đình đạt danh hiệu Gia đình văn hóa.",
    ],
)
def test_proposals_and_shares_are_no_awards(nothing: str) -> None:
    assert not [f for f in facts(read(nothing), "award") if f.status == "asserted"]


def test_an_event_s_name_says_what_it_launches_deals_with_and_calls_upon() -> None:
    reading = read(
        "Ngày 3/3/2019, tại Hội nghị quán triệt kỷ luật công vụ và phát động phong trào “Công nhân, nông dân thi đua "
        "thực hiện nếp sống mới”, ông Lê Hữu Tân phát biểu khai mạc."
    )
    (launch,) = facts(reading, "launch")
    assert values(launch, "date") == ["2019-03-03"]
    assert role(reading, launch, "audience") == ["công nhân", "nông dân"]
    assert role(reading, launch, "about") == ["nếp sống mới"]
    (event,) = facts(reading, "event")
    assert role(reading, event, "about") == ["kỷ luật công vụ"]
    assert role(reading, event, "launches") == role(reading, launch, "initiative")


def test_the_place_of_a_list_of_bodies_does_not_launch() -> None:
    reading = read("Tại Phú Yên, Sở Y tế Phú Yên, Sở Nội vụ Phú Yên phát động phong trào “Sạch làng, đẹp phố”.")
    (launch,) = facts(reading, "launch")
    assert role(reading, launch, "agent") == ["Sở Y tế Phú Yên", "Sở Nội vụ Phú Yên"]


@pytest.mark.parametrize(
    "nothing",
    [
        "Các xã có nhiều dự án trọng điểm và chương trình hành động.",
        "Nhiều dự án đầu tư công chậm tiến độ, như các dự án “đắp chiếu”.",
        "Chương trình có nhiều tiết mục hay, phong trào ngày càng lớn.",
    ],
)
def test_head_nouns_alone_name_no_initiative(nothing: str) -> None:
    assert not [e for e in read(nothing).entities if e.type == "Initiative"]


def test_one_initiative_by_several_names() -> None:
    reading = read(
        "Sở Xây dựng Phú Yên khởi công dự án xây dựng Nhà máy nước Đông Hải năm 2018. Đến nay dự án Nhà máy nước Đông "
        "Hải đã xong."
    )
    assert len([e for e in reading.entities if e.type == "Initiative"]) == 1


def test_keys_leave_out_the_head_noun_and_the_year() -> None:
    assert initiative_key("Phong trào “Vì làng xanh”", "Phong trào", "Vì làng xanh") == "vì làng xanh"
    assert award_key("danh hiệu Anh hùng Lao động năm 2011") == award_key("Anh hùng Lao động")
    assert has_issuer(issued_key(award_key("Bằng khen"), "UBND tỉnh Phú Yên"))
    assert not has_issuer(award_key("Bằng khen"))
