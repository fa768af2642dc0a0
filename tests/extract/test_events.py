"""Events: which names are one event, who takes part, when and where it was, and what was said at it."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract.article import read_article
from kg.model import Document, EntityRef, Value

TITLE = "Tin trong tỉnh"


def _facts(text: str, kind: str = "event") -> list[dict[str, Any]]:
    whole = f"{TITLE}\n\n{text}"
    reading = read_article(Document("t", "t", whole, whole))
    names = {e.id: e.name for e in reading.entities}
    found = []
    for fact in reading.facts:
        if fact.kind == kind:
            row: dict[str, Any] = {"status": fact.status}
            for role, fillers in fact.roles.items():
                row[role] = [
                    names[f.id] if isinstance(f, EntityRef) else f.value
                    for f in fillers
                    if isinstance(f, EntityRef | Value)
                ]
            found.append(row)
    return found


def _one(text: str) -> dict[str, Any]:
    found = _facts(text)
    assert len(found) == 1, found
    return found[0]


HELD = "Sáng 5/4, Hội Nông dân tỉnh Phú Yên tổ chức Hội nghị sơ kết phong trào trồng rừng quý I. "


# one event under several names


@pytest.mark.parametrize(
    "again",
    [
        "Tại hội nghị, ông Trần Văn Khải cho biết diện tích rừng trồng tăng đều.",
        "Phát biểu tại buổi họp, ông Trần Văn Khải cho biết diện tích rừng trồng tăng đều.",
        "Tại Hội nghị sơ kết phong trào trồng rừng, ông Trần Văn Khải cho biết diện tích rừng trồng tăng đều.",
    ],
)
def test_a_shorter_name_or_a_bare_head_is_the_same_event(again: str) -> None:
    assert _one(HELD + again)["participant"] == ["Trần Văn Khải"]


def test_numbers_and_terms_tell_sessions_apart() -> None:
    text = "Kỳ họp thứ 5 HĐND tỉnh Phú Yên khóa VII diễn ra ngày 5/4. Kỳ họp thứ 6 HĐND tỉnh Phú Yên diễn ra ngày 9/12."
    assert [f["date"] for f in _facts(text)] == [["--04-05"], ["--12-09"]]
    text = "Kỳ họp thứ 5 HĐND tỉnh Phú Yên khóa VII đã bế mạc. Kỳ họp thứ 5 HĐND tỉnh Phú Yên khóa VI đã lâu."
    assert len(_facts(text)) == 2


def test_a_bare_head_with_its_day_is_an_event_of_its_own() -> None:
    found = _one("Tại cuộc họp sáng 5/4, bà Lê Thị Hoa cho biết nguồn nước đã ổn định.")
    assert (found["event"], found["date"], found["participant"]) == (["cuộc họp"], ["--04-05"], ["Lê Thị Hoa"])


def test_a_bare_head_without_a_day_is_none() -> None:
    assert _facts("Bà Lê Thị Hoa thường dự họp. Cuộc họp nào cũng dài.") == []


# days


def test_the_day_before_the_name_wins_over_one_in_brackets() -> None:
    found = _one(
        "Sáng 5/4, tại huyện Tuy An, Sở Y tế tỉnh Phú Yên tổ chức Lễ kỷ niệm ngày thành lập ngành (27/2/1955)."
    )
    assert found["date"] == ["--04-05"]


def test_an_event_that_is_being_prepared_does_not_take_the_day_of_the_sentence() -> None:
    text = "Ngày 5/4, ông Trần Văn Khải họp với các xã để chuẩn bị Đại hội Đảng bộ huyện Tuy An lần thứ X."
    assert "date" not in next(f for f in _facts(text) if "Đại hội" in f["event"][0])


def test_two_days_are_two_dates() -> None:
    found = _one("Trong hai ngày 7 và 8/8, Hội Nông dân tỉnh Phú Yên tổ chức đại hội lần thứ V.")
    assert found["date"] == ["--08-07", "--08-08"]


# people


def test_a_roll_runs_over_semicolons_titles_and_groups() -> None:
    text = HELD + (
        "Tham dự hội nghị có các đồng chí: Trần Văn Khải - Bí thư Huyện ủy Tuy An; Lê Thị Hoa, "
        "Phó Chủ tịch UBND tỉnh Phú Yên; cùng đại diện lãnh đạo các sở, ban, ngành của tỉnh."
    )
    assert _one(text)["participant"] == ["Trần Văn Khải", "Lê Thị Hoa", "đại diện lãnh đạo các sở, ban, ngành của tỉnh"]


def test_the_members_stand_for_their_group() -> None:
    text = HELD + "Hội nghị có sự tham dự của 3 chuyên gia, gồm các ông: Trần Văn Khải, Nguyễn Văn Lộc."
    assert _one(text)["participant"] == ["Trần Văn Khải", "Nguyễn Văn Lộc"]


def test_bodies_on_a_roll_take_part() -> None:
    text = HELD + "Tham dự hội nghị có đại diện Sở Y tế tỉnh Phú Yên, UBND huyện Tuy An."
    assert _one(text)["participant"] == ["Sở Y tế tỉnh Phú Yên", "UBND huyện Tuy An"]


def test_who_has_the_chair_is_not_named_again() -> None:
    text = (
        "Sáng 5/4, bà Lê Thị Hoa chủ trì hội nghị bàn về nước sạch. Tại hội nghị, bà Hoa nhấn mạnh vai trò của các xã."
    )
    found = _one(text)
    assert found["chair"] == ["Lê Thị Hoa"]
    assert "participant" not in found


def test_whom_one_meets_does_not_hold_the_meeting() -> None:
    found = _one("Ngày 5/4, ông Trần Văn Khải có buổi làm việc với UBND huyện Tuy An.")
    assert sorted(found["participant"]) == ["Trần Văn Khải", "UBND huyện Tuy An"]
    assert "organizer" not in found


def test_the_place_before_the_organizers_is_none_of_them() -> None:
    found = _one("Sáng 5/4, tại Hà Nội, Bộ Y tế, Hội Nông dân Việt Nam tổ chức Hội thảo nước sạch lần thứ 2.")
    assert found["organizer"] == ["Bộ Y tế", "Hội Nông dân Việt Nam"]
    assert found["place"] == ["Hà Nội"]


# what is said at events


def test_nobody_speaks_at_an_event_that_is_only_announced() -> None:
    text = (
        "Ngày 5/4, UBND tỉnh Phú Yên đang chuẩn bị tổ chức Hội nghị xúc tiến đầu tư năm 2018. "
        "Ông Trần Văn Khải khẳng định mọi việc sẽ xong đúng hạn."
    )
    assert ["event" in f for f in _facts(text, "statement")] == [False]


def test_a_body_speaks_at_its_own_meeting() -> None:
    text = (
        "Tại Hội nghị Huyện ủy Tuy An lần thứ 12 sáng 5/4, ông Trần Văn Khải đề nghị các xã rà soát quy hoạch. "
        "Huyện ủy Tuy An nhận định kinh tế của huyện còn nhiều khó khăn."
    )
    assert [f["event"] for f in _facts(text, "statement")] == [["Hội nghị Huyện ủy Tuy An lần thứ 12"]]
