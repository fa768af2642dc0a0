"""Statements and requests: who speaks, how far it reaches, whom it addresses, what stands inside it."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract.article import read_article
from kg.model import Document, EntityRef, Reading, Stretch, Value

TITLE = "Tin trong tỉnh"
OPENING = "Sáng 12/3, ông Trần Văn Khải - Chủ tịch UBND tỉnh Phú Yên và bà Lê Thị Hoa - Giám đốc Sở Y tế đi kiểm tra."


def _read(text: str) -> Reading:
    whole = f"{TITLE}\n\n{text}"
    return read_article(Document("t", "t", whole, whole))


def _told(text: str, kind: str = "statement") -> list[dict[str, Any]]:
    reading = _read(text)
    names = {e.id: e.name for e in reading.entities}
    told = []
    for fact in reading.facts:
        if fact.kind != kind:
            continue
        row: dict[str, Any] = {"status": fact.status}
        for role, fillers in {**fact.roles, **fact.qualifiers}.items():
            values: list[Any] = []
            for filler in fillers:
                match filler:
                    case EntityRef():
                        values.append(names[filler.id])
                    case Stretch():
                        values.append(reading.document.text[filler.span.start : filler.span.end])
                    case Value():
                        values.append(filler.value)
            row[role] = values
        told.append(row)
    return told


def _asked(text: str) -> list[dict[str, Any]]:
    return _told(text, "request")


def _pairs(told: list[dict[str, Any]], role: str = "content") -> list[tuple[str, str]]:
    return [(t["speaker"][0], t[role][0]) for t in told]


def test_indirect_speech_reaches_to_the_end_of_the_sentence() -> None:
    assert _pairs(_told(f"{OPENING}\n\nÔng Khải cho biết, tỉnh đã bố trí đủ vốn cho ba công trình.")) == [
        ("Trần Văn Khải", "tỉnh đã bố trí đủ vốn cho ba công trình")
    ]


def test_unattributed_sentences_of_the_paragraph_go_on() -> None:
    text = f"{OPENING}\n\nÔng Khải cho biết tỉnh đã đủ vốn. Tuy nhiên, mặt bằng còn vướng. Trước đó, cầu cũ bị cấm."
    assert _pairs(_told(text)) == [("Trần Văn Khải", "tỉnh đã đủ vốn. Tuy nhiên, mặt bằng còn vướng")]


def test_the_next_speaker_ends_a_statement() -> None:
    text = f"{OPENING}\n\nÔng Khải cho biết tỉnh đã bố trí đủ vốn. Bà Hoa nhấn mạnh thuốc không thiếu."
    assert _pairs(_told(text)) == [
        ("Trần Văn Khải", "tỉnh đã bố trí đủ vốn"),
        ("Lê Thị Hoa", "thuốc không thiếu"),
    ]


def test_a_quotation_runs_over_sentences_and_lines() -> None:
    hers = '"Chúng tôi đã đủ thuốc.\n\nBà con cứ yên tâm", bà Hoa nói.'
    text = f'{OPENING}\n\n{hers}\n\nÔng Khải nói: "Cầu sẽ xong trong năm".'
    assert _pairs(_told(text)) == [
        ("Lê Thị Hoa", "Chúng tôi đã đủ thuốc.\n\nBà con cứ yên tâm"),
        ("Trần Văn Khải", "Cầu sẽ xong trong năm"),
    ]


def test_words_in_quotation_marks_are_no_direct_speech() -> None:
    text = f"{OPENING}\n\nThấy cách làm còn “thiếu lửa”, ông Khải nhận định cán bộ xã phải được thay."
    assert _pairs(_told(text)) == [("Trần Văn Khải", "cán bộ xã phải được thay")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Theo bà Hoa, số ca mắc đã giảm.",
        "Giám đốc Sở Y tế cho biết số ca mắc đã giảm.",
        "“Số ca mắc đã giảm” - bà Hoa thông tin.",
        "Bà Lê Thị Hoa, người phụ trách điều trị, xác nhận số ca mắc đã giảm.",
    ],
)
def test_who_speaks(sentence: str) -> None:
    told = _told(f"{OPENING}\n\n{sentence}")
    assert [(s, c.lower()) for s, c in _pairs(told)] == [("Lê Thị Hoa", "số ca mắc đã giảm")]


def test_a_pronoun_is_the_last_speaker_and_not_the_last_name() -> None:
    text = (
        f"{OPENING}\n\nÔng Khải nhấn mạnh vai trò của ông Phạm Văn Tám trong dự án cầu. "
        "Ông cho rằng kỹ sư giỏi cần được giữ lại."
    )
    assert _pairs(_told(text))[-1] == ("Trần Văn Khải", "kỹ sư giỏi cần được giữ lại")


def test_a_pronoun_agrees_with_the_honorific() -> None:
    text = f"{OPENING}\n\nÔng Khải cho biết vốn đã đủ. Bà cho rằng thuốc cũng đủ."
    assert _pairs(_told(text))[-1] == ("Lê Thị Hoa", "thuốc cũng đủ")


def test_an_office_without_a_holder_is_an_entity_of_its_own() -> None:
    reading = _read("Chiều 5/4, Thủ tướng cho biết nghị định mới sẽ được ban hành.")
    (fact,) = [f for f in reading.facts if f.kind == "statement"]
    (speaker,) = fact.roles["speaker"]
    assert isinstance(speaker, EntityRef)
    entity = next(e for e in reading.entities if e.id == speaker.id)
    assert (entity.type, entity.name) == ("Office", "Thủ tướng")


def test_two_verbs_give_two_statements() -> None:
    text = f"{OPENING}\n\nÔng Khải thừa nhận tiến độ còn chậm, và cho biết nhà thầu đã bị nhắc."
    assert _pairs(_told(text)) == [
        ("Trần Văn Khải", "tiến độ còn chậm"),
        ("Trần Văn Khải", "nhà thầu đã bị nhắc"),
    ]


def test_speech_within_speech_is_the_first_speakers() -> None:
    text = f"{OPENING}\n\nÔng Khải cho biết bà Hoa khẳng định thuốc đã đủ."
    assert _pairs(_told(text)) == [("Trần Văn Khải", "bà Hoa khẳng định thuốc đã đủ")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ông Khải không cho biết lý do.",
        "Vai trò của hợp tác xã ngày càng được khẳng định rõ nét.",
        "Sở Y tế nghe báo cáo kết quả điều trị.",
        "Theo kế hoạch, cầu sẽ thông xe vào tháng 9.",
    ],
)
def test_nobody_says_anything(sentence: str) -> None:
    assert _told(f"{OPENING}\n\n{sentence}") == []


def test_answers_of_an_interview() -> None:
    text = (
        f"{OPENING}\n\nÔng Khải nói thêm về dự án cầu rằng vốn đã đủ.\n\n* Bao giờ cầu thông xe, thưa ông?\n\n"
        "- Chúng tôi cố gắng xong trong tháng 9.\n\nMưa nhiều thì muộn hơn.\n\n"
        "* Còn đường dẫn thì sao?\n\n- Đường dẫn đã xong."
    )
    assert _pairs(_told(text))[1:] == [
        ("Trần Văn Khải", "Chúng tôi cố gắng xong trong tháng 9.\n\nMưa nhiều thì muộn hơn."),
        ("Trần Văn Khải", "Đường dẫn đã xong."),
    ]


def test_a_goal_that_is_named_first() -> None:
    text = f"{OPENING}\n\nÔng Khải cho biết, với mục tiêu lấy người dân làm trung tâm, tỉnh đã cắt bớt thủ tục."
    assert _told(text)[0]["goal"] == ["lấy người dân làm trung tâm"]


def test_what_is_said_at_an_event() -> None:
    text = (
        "Sáng 12/3, tại Hội nghị tổng kết công tác y tế năm 2018, ông Trần Văn Khải cho biết vốn đã đủ.\n\n"
        "Ông Khải khẳng định thuốc không thiếu."
    )
    events = [t["event"] for t in _told(text)]
    assert events[0] == events[1]
    assert events[0][0].startswith("Hội nghị tổng kết công tác y tế")


def test_after_a_long_report_of_the_writer_nobody_is_still_at_the_event() -> None:
    report = "\n\n".join(
        f"Trạm y tế thứ {n} đã có thêm hai phòng khám và một vườn thuốc nam."
        for n in ("hai", "ba", "tư", "năm", "sáu", "bảy")
    )
    text = (
        "Sáng 12/3, tại Hội nghị tổng kết công tác y tế năm 2018, ông Trần Văn Khải cho biết vốn đã đủ.\n\n"
        f"{report}\n\nÔng Khải khẳng định thuốc không thiếu."
    )
    first, last = _told(text)
    assert first["event"][0].startswith("Hội nghị tổng kết công tác y tế")
    assert "event" not in last


def test_the_lead_is_not_said_again() -> None:
    text = (
        "Chủ tịch UBND tỉnh Phú Yên yêu cầu các sở rà soát ngay hồ sơ đất đai.\n\n"
        "Sáng 12/3, Chủ tịch UBND tỉnh Phú Yên Trần Văn Khải yêu cầu các sở rà soát ngay hồ sơ đất đai tồn đọng.\n\n"
        "Đoàn kiểm tra đã làm việc trong hai ngày."
    )
    assert [a["action"] for a in _asked(text)] == [["rà soát ngay hồ sơ đất đai tồn đọng"]]


def test_addressees_are_parted_at_the_semicolon() -> None:
    text = (
        f"{OPENING}\n\nÔng Khải đề nghị, người đứng đầu các sở, ngành; Chủ tịch UBND các huyện, thị xã "
        "thực hiện nghiêm kỷ luật; đồng thời báo cáo kết quả hằng tháng."
    )
    (asked,) = _asked(text)
    assert asked["addressee"] == ["người đứng đầu các sở, ngành", "Chủ tịch UBND các huyện, thị xã"]
    assert asked["action"] == ["thực hiện nghiêm kỷ luật; đồng thời báo cáo kết quả hằng tháng"]
    assert asked["speech_act"] == ["đề nghị"]


def test_addressees_that_have_names() -> None:
    (asked,) = _asked(f"{OPENING}\n\nUBND tỉnh yêu cầu Sở Tài chính và Sở Nội vụ phối hợp rà soát.")
    assert asked["speaker"] == ["UBND tỉnh Phú Yên"]
    assert asked["addressee"] == ["Sở Tài chính tỉnh Phú Yên", "Sở Nội vụ tỉnh Phú Yên"]


def test_an_action_goes_on_in_sentences_without_a_subject() -> None:
    asking = "Ông Khải yêu cầu các sở rà soát hồ sơ. Đề cao vai trò nêu gương; siết chặt kỷ luật."
    text = f"{OPENING}\n\n{asking} Đoàn đã ra về."
    (asked,) = _asked(text)
    assert asked["action"] == ["rà soát hồ sơ. Đề cao vai trò nêu gương; siết chặt kỷ luật"]


def test_what_a_request_is_for() -> None:
    text = f"{OPENING}\n\nĐể thực hiện hiệu quả kỷ luật công vụ, ông Khải đề nghị các sở nêu cao trách nhiệm."
    assert _asked(text)[0]["purpose"] == ["kỷ luật công vụ"]


def test_a_request_is_not_also_a_statement() -> None:
    text = f"{OPENING}\n\n“Tôi đề nghị các xã công khai danh sách”, ông Khải nói."
    assert _told(text) == []
    (asked,) = _asked(text)
    assert (asked["speaker"], asked["addressee"]) == (["Trần Văn Khải"], ["các xã"])
    assert asked["action"] == ["công khai danh sách"]


def test_a_request_after_praise() -> None:
    text = f"{OPENING}\n\nÔng Khải biểu dương những kết quả đã đạt được; đồng thời đề nghị các xã tiếp tục rà soát."
    assert _pairs(_told(text)) == [("Trần Văn Khải", "những kết quả đã đạt được")]
    assert _pairs(_asked(text), "action") == [("Trần Văn Khải", "tiếp tục rà soát")]


def test_others_are_asked_in_the_next_sentence() -> None:
    text = f"{OPENING}\n\nÔng Khải yêu cầu các sở rà soát hồ sơ. Cùng với đó, các địa phương phải báo cáo hằng tháng."
    assert [a["addressee"] for a in _asked(text)] == [["các sở"], ["các địa phương"]]


def test_a_request_in_somebodys_words_is_reported() -> None:
    text = f"{OPENING}\n\nBà Hoa cho biết, để giảm quá tải, UBND tỉnh đã yêu cầu các bệnh viện khẩn trương tăng ca."
    assert [(a["speaker"], a["status"]) for a in _asked(text)] == [(["UBND tỉnh Phú Yên"], "reported")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Việc khen thưởng được làm theo đề nghị của Sở Y tế.",
        "Cử tri nêu những kiến nghị về đường sá.",
        "Công tác chỉ đạo, điều hành của UBND tỉnh có tiến bộ.",
        "Bệnh viện đáp ứng yêu cầu nhiệm vụ mới.",
        "Như Thủ tướng yêu cầu, hồ sơ đã được số hóa.",
    ],
)
def test_nobody_asks_anything(sentence: str) -> None:
    assert _asked(f"{OPENING}\n\n{sentence}") == []


def test_figures_in_speech_are_reported_and_plans_stay_planned() -> None:
    reading = _read(
        f"{OPENING}\n\nTổng thu ngân sách của tỉnh Phú Yên đạt 7.120 tỷ đồng.\n\n"
        "Ông Khải cho biết tổng thu ngân sách của huyện Sông Hinh đạt 120 tỷ đồng.\n\n"
        "Ông Khải cho biết huyện Sông Hinh phấn đấu xây dựng 40 nhà ở cho hộ nghèo."
    )
    statuses = {
        fact.roles["value"][0].value: fact.status
        for fact in reading.facts
        if fact.kind == "statistic" and isinstance(fact.roles["value"][0], Value)
    }
    assert statuses == {7_120_000_000_000: "asserted", 120_000_000_000: "reported", 40: "planned"}
