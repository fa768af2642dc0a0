"""Reading an article: coreference, status, silence, and what never changes with the order of reading."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import read_article
from kg.extract.lint import texts
from kg.model import Document, Fact, Reading

TITLE = "Phú Yên: Chuyện ở Tuy An\n\n"


def read(body: str, title: str = TITLE) -> Reading:
    text = title + body
    return read_article(Document("t", "t", text, text))


def facts(reading: Reading, kind: str) -> list[Fact]:
    return [f for f in reading.facts if f.kind == kind]


def names(reading: Reading, type_: str) -> set[str]:
    return {e.name for e in reading.entities if e.type == type_}


def role(reading: Reading, fact: Fact, name: str) -> list[str]:
    return [str(texts(f, reading)[0]) for f in fact.roles.get(name, ())]


def test_title_body_place_and_person_are_told_apart_without_a_separator() -> None:
    reading = read("Chủ tịch UBND thành phố Hải Phòng Nguyễn Đình Khang dự lễ.")
    assert names(reading, "Person") == {"Nguyễn Đình Khang"}
    (post,) = facts(reading, "holds_post")
    assert role(reading, post, "post") == ["Chủ tịch"]
    assert role(reading, post, "organization") == ["UBND thành phố Hải Phòng"]


def test_short_forms_are_the_full_one() -> None:
    reading = read(
        "UBND tỉnh Phú Yên họp phiên thường kỳ. "
        "Chủ tịch UBND tỉnh Lê Hữu Tân chủ trì. Ông Tân yêu cầu các sở báo cáo trước ngày 5/4."
    )
    assert names(reading, "Person") == {"Lê Hữu Tân"}
    assert names(reading, "Organization") == {"UBND tỉnh Phú Yên"}
    (request,) = facts(reading, "request")
    assert role(reading, request, "speaker") == ["Lê Hữu Tân"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Trần Văn An", "Trần Văn Ân"), ("Lê Đức Hùng", "Lê Đức Hưng"), ("Phạm Đức Chung", "Phạm Đức Trung")],
)
def test_tone_marks_keep_people_apart(one: str, other: str) -> None:
    reading = read(f"Dự họp có ông {one}, Giám đốc Sở Y tế, và ông {other}, Giám đốc Sở Tư pháp.")
    assert names(reading, "Person") == {one, other}


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("HĐND tỉnh Phú Yên đã bầu ông Lê Hữu Tân giữ chức Chủ tịch UBND tỉnh.", "asserted"),
        ("HĐND tỉnh Phú Yên sẽ bầu ông Lê Hữu Tân giữ chức Chủ tịch UBND tỉnh.", "planned"),
        ("HĐND tỉnh Phú Yên không bầu ông Lê Hữu Tân giữ chức Chủ tịch UBND tỉnh.", "negated"),
    ],
)
def test_tense_and_negation_belong_to_the_engine(sentence: str, status: str) -> None:
    reading = read(sentence)
    assert [f.status for f in facts(reading, "personnel_change")] == [status]


def test_a_nominated_person_does_not_hold_the_post() -> None:
    reading = read("Tỉnh ủy Phú Yên giới thiệu ông Lê Hữu Tân giữ chức Chủ tịch UBND tỉnh Phú Yên.")
    assert [role(reading, f, "action") for f in facts(reading, "personnel_change")] == [["nominated"]]
    assert facts(reading, "holds_post") == []


def test_furniture_and_bylines_state_nothing() -> None:
    reading = read(
        "Sáng 3/3, huyện Tuy An ra quân trồng cây.\n\nLê Thị Mai Hoa\n\nTin liên quan\n\n"
        "Chủ tịch UBND tỉnh Bình Định Trần Văn Khải thăm chợ."
    )
    assert facts(reading, "holds_post") == []
    assert len(reading.article.authors) == 1


def test_dates_take_the_year_of_the_date_line() -> None:
    reading = read(
        "20:15 05/04/2018\n\nSáng nay, tin từ huyện.\n\n"
        "Ngày 3/4, HĐND tỉnh Phú Yên đã bầu ông Lê Hữu Tân giữ chức Chủ tịch UBND tỉnh."
    )
    (change,) = facts(reading, "personnel_change")
    assert role(reading, change, "date") == ["2018-04-03"]
    assert reading.article.published == "2018-04-05T20:15"


def test_without_a_date_line_no_year_is_made_up() -> None:
    reading = read("Ngày 3/4, HĐND tỉnh Phú Yên đã bầu ông Lê Hữu Tân giữ chức Chủ tịch UBND tỉnh.")
    (change,) = facts(reading, "personnel_change")
    assert role(reading, change, "date") == ["--04-03"]


SENTENCES = [
    "Chủ tịch UBND tỉnh Phú Yên Lê Hữu Tân cho biết, tỉnh đã trồng 12.000 cây.",
    "Ngày 5/4/2018, UBND tỉnh Phú Yên ban hành Chỉ thị số 12/CT-UBND về kỷ luật công vụ.",
    "“Chúng tôi làm đúng hẹn”, bà Trần Thị Lệ - Giám đốc Sở Tư pháp nói.",
    "Ông yêu cầu các sở, ngành rà soát hồ sơ; báo cáo trước ngày 10/4.",
    "Hội nghị tổng kết diễn ra tại xã An Hải, huyện Tuy An.",
    "",
    "Ảnh: Mai Hoa",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), max_size=8), st.text(max_size=40))
def test_every_span_lies_in_the_text_and_reading_twice_gives_the_same(lines: list[str], noise: str) -> None:
    text = TITLE + "\n".join(lines) + noise
    document = Document("t", "t", text, text)
    reading = read_article(document)
    assert read_article(document) == reading
    ids = {e.id for e in reading.entities}
    for fact in reading.facts:
        assert fact.evidence
        for span in fact.evidence:
            assert 0 <= span.start < span.end <= len(text)
        for fillers in fact.roles.values():
            for filler in fillers:
                assert getattr(filler, "id", "e1") in ids
                if filler.span is not None:
                    assert 0 <= filler.span.start < filler.span.end <= len(text)
    for entity in reading.entities:
        assert entity.mentions
        assert all(0 <= s.start < s.end <= len(text) for s in entity.mentions)


def test_a_party_committee_is_not_the_peoples_committee_of_its_province() -> None:
    reading = read(
        "UBND tỉnh Phú Yên họp. Phó Bí thư Thường trực Tỉnh uỷ Lê Hữu Tân được bầu giữ chức Chủ tịch UBND tỉnh."
    )
    (post,) = facts(reading, "holds_post")
    assert role(reading, post, "organization") == ["Tỉnh uỷ Phú Yên"]
    assert "Tỉnh uỷ Phú Yên" in names(reading, "Organization")


def test_a_name_of_a_place_has_a_capital_on_each_word() -> None:
    reading = read("Ông Lê Hữu Tân hiện là Chủ tịch Hội an toàn giao thông Phú Yên. Đoàn đi Hội An.")
    assert "Hội an toàn giao thông Phú Yên" in names(reading, "Organization")
    assert "Hội An" in names(reading, "Place")


def test_a_pronoun_is_not_who_was_replaced() -> None:
    reading = read(
        "Ông Lê Hữu Tân được bầu giữ chức Bí thư Huyện ủy Tuy An thay cho ông Phan Đình Lộc. "
        "Năm 2015, ông tái đắc cử Bí thư Huyện ủy Tuy An."
    )
    changes = facts(reading, "personnel_change")
    assert [role(reading, c, "person") for c in changes] == [["Lê Hữu Tân"], ["Lê Hữu Tân"]]


def test_a_line_that_ends_in_an_abbreviation_is_not_the_next_lines_place() -> None:
    reading = read("Vốn cho hạ tầng của TP.\nHạ tầng đô thị còn thiếu.\nLễ khai mạc ở TP.\nHồ Chí Minh đã xong.")
    assert all("Hạ" not in name for name in names(reading, "Place"))
    assert any("Hồ Chí Minh" in name for name in names(reading, "Place"))


def test_two_syllables_that_end_a_longer_name_are_that_person() -> None:
    reading = read("Bà Phan Thị Mỹ Lệ là Giám đốc Sở Y tế Phú Yên. Năm 2017, bà Mỹ Lệ nghỉ hưu.")
    assert names(reading, "Person") == {"Phan Thị Mỹ Lệ"}


def test_a_name_may_end_as_a_kind_of_document() -> None:
    assert names(read("Ông Lưu Văn Bản, Giám đốc Sở Nội vụ Phú Yên, vắng mặt."), "Person") == {"Lưu Văn Bản"}


def test_an_abbreviation_that_the_article_explains_is_the_body() -> None:
    reading = read(
        "Tập đoàn Hoàng Long (HLG) họp sáng nay. HLG đề nghị UBND tỉnh Phú Yên giãn nợ. Theo HLG, tàu còn nằm bờ."
    )
    (request,) = facts(reading, "request")
    (statement,) = facts(reading, "statement")
    assert role(reading, request, "speaker") == role(reading, statement, "speaker") == ["Tập đoàn Hoàng Long"]
    assert "HLG" not in names(reading, "Organization")


def test_an_abbreviation_that_nothing_explains_is_nobody() -> None:
    assert not facts(read("Tập đoàn Hoàng Long họp. HLX đề nghị UBND tỉnh Phú Yên giãn nợ."), "request")


def test_a_city_of_the_provinces_name_has_bodies_of_its_own() -> None:
    text = (
        "Yên Bái: họp\n\nÔng Lê Hữu Tân là Chủ tịch UBND TP Yên Bái. Bà Trần Thị Lệ, Chủ tịch UBND tỉnh, dự họp. "
        "Ông Phan Đình Lộc, Phó Chủ tịch UBND TP, vắng. Tỉnh Yên Bái rất rộng."
    )
    reading = read_article(Document("t", "t", text, text))
    held = {tuple(role(reading, f, "person") + role(reading, f, "organization")) for f in facts(reading, "holds_post")}
    assert held == {
        ("Lê Hữu Tân", "UBND TP Yên Bái"),
        ("Trần Thị Lệ", "UBND tỉnh Yên Bái"),
        ("Phan Đình Lộc", "UBND TP Yên Bái"),
    }


def test_a_kind_of_body_behind_a_post_is_the_one_named_before() -> None:
    reading = read("Ông Lê Hữu Tân là Giám đốc Sở Y tế Phú Yên. Bà Trần Thị Lệ, phó giám đốc sở, dự họp.")
    assert [role(reading, f, "organization") for f in facts(reading, "holds_post")] == 2 * [["Sở Y tế Phú Yên"]]


def test_districts_without_a_level_are_places_in_a_list_of_districts() -> None:
    reading = read("Loa đặt ở quận Ba Đình, Hai Bà Trưng và Hoàn Kiếm; đền thờ Hai Bà Trưng đã mở cửa.")
    assert "Hai Bà Trưng" in names(reading, "Place")
    assert "Trưng" not in names(read("Loa đặt ở quận Ba Đình, Hai Bà Trưng và Hoàn Kiếm."), "Person")


def test_document_numbers_may_be_written_with_spaces() -> None:
    reading = read("Theo Thông tư số 20 / 2011 / TT-BTC của Bộ Tài chính và Nghị quyết số 38 / QH 14, việc này đúng.")
    numbers = [str(f.roles["number"][0].value) for f in facts(reading, "document")]
    assert numbers == ["20 / 2011 / TT-BTC", "38 / QH 14"]
