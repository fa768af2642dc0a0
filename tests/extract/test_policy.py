"""Measures, services, systems, themes, codes: lists are cut, speech is a claim, silence where nothing is named."""

from __future__ import annotations

import pytest
from readings import facts, read

from kg.extract.lint import texts
from kg.extract.policy import pieces, trimmed
from kg.model import Fact, Reading, Span, Stretch


def role(reading: Reading, fact: Fact, name: str) -> list[str]:
    fillers = fact.roles.get(name, ()) or fact.qualifiers.get(name, ())
    return [
        reading.document.text[f.span.start : f.span.end] if isinstance(f, Stretch) else str(texts(f, reading)[0])
        for f in fillers
    ]


def test_a_list_of_measures_is_cut_at_its_semicolons_and_each_has_its_own_evidence() -> None:
    reading = read(
        "Để thực hiện kỷ luật công vụ gắn với nếp sống mới, tỉnh Phú Yên đã triển khai nhiều giải pháp như cắt giảm "
        "thủ tục; trả kết quả tại nhà; giao việc rõ người, rõ việc, rõ hạn."
    )
    found = facts(reading, "measure")
    assert [role(reading, f, "measure") for f in found] == [
        ["cắt giảm thủ tục"],
        ["trả kết quả tại nhà"],
        ["giao việc rõ người, rõ việc, rõ hạn"],
    ]
    assert all(role(reading, f, "actor") == ["Phú Yên"] for f in found)
    assert all(role(reading, f, "purpose") == ["kỷ luật công vụ"] for f in found)
    assert role(reading, found[2], "principle") == ["rõ người", "rõ việc", "rõ hạn"]
    assert len({f.evidence for f in found}) == len(found)


def test_a_measure_in_speech_is_a_claim_and_no_fact_of_its_own() -> None:
    reading = read(
        "Ông Lê Hữu Tân cho biết, thời gian qua, toàn ngành đã quyết tâm thực hiện việc siết chặt kỷ luật; nâng cao "
        "chất lượng phục vụ người dân."
    )
    assert not facts(reading, "measure")
    (statement,) = facts(reading, "statement")
    assert role(reading, statement, "claims") == ["siết chặt kỷ luật", "nâng cao chất lượng phục vụ người dân"]


@pytest.mark.parametrize(
    "asked",
    [
        "Ông Lê Hữu Tân yêu cầu các sở triển khai nhiều giải pháp như cắt giảm thủ tục; trả kết quả tại nhà.",
        "Tỉnh Phú Yên cần đưa ra nhiều giải pháp như cắt giảm thủ tục; trả kết quả tại nhà.",
        "Tỉnh Phú Yên sẽ triển khai nhiều giải pháp như cắt giảm thủ tục; trả kết quả tại nhà.",
    ],
)
def test_what_is_asked_or_planned_is_no_measure(asked: str) -> None:
    assert not facts(read(asked), "measure")


def test_a_service_with_its_level_field_partners_and_base() -> None:
    reading = read(
        "Tỉnh Phú Yên là địa phương duy nhất cung cấp dịch vụ công mức 3, 4 trong lĩnh vực đất đai có liên thông dữ "
        "liệu với Cục Thuế Phú Yên và Công an tỉnh Phú Yên trên cơ sở khai thác cơ sở dữ liệu địa chính."
    )
    (service,) = facts(reading, "service")
    assert role(reading, service, "service") == ["dịch vụ công mức 3, 4 trong lĩnh vực đất đai"]
    assert [f.value for f in service.roles["level"]] == [3, 4]  # type: ignore[union-attr]
    assert role(reading, service, "field") == ["đất đai"]
    assert role(reading, service, "partner") == ["Cục Thuế Phú Yên", "Công an tỉnh Phú Yên"]
    assert role(reading, service, "basis") == ["cơ sở dữ liệu địa chính"]
    assert role(reading, service, "sole_provider") == role(reading, service, "provider") == ["Phú Yên"]


def test_one_of_the_first_is_among_the_pioneers_and_a_plain_operator_is_not() -> None:
    first = read(
        "Tỉnh Phú Yên là một trong những địa phương tiên phong vận hành hệ thống một cửa điện tử dùng chung 3 cấp."
    )
    (system,) = facts(first, "system")
    assert role(first, system, "pioneer") == ["Phú Yên"]
    assert [f.value for f in system.roles["levels"]] == [3]  # type: ignore[union-attr]
    plain = read("Tỉnh Phú Yên vận hành hệ thống một cửa điện tử dùng chung 3 cấp.")
    assert "pioneer" not in facts(plain, "system")[0].roles


@pytest.mark.parametrize(
    "nothing",
    [
        "Sở Y tế Phú Yên triển khai phần mềm.",
        "Sở Y tế Phú Yên vận hành hệ thống thông tin.",
        "UBND tỉnh Phú Yên vận hành hệ thống thủy lợi.",
    ],
)
def test_what_names_no_system_gives_none(nothing: str) -> None:
    assert not facts(read(nothing), "system")


def test_a_theme_is_annual_only_with_its_year() -> None:
    reading = read(
        "Toàn ngành thực hiện chủ đề “Năm kỷ cương hành chính 2017”, tham gia hội thảo với chủ đề “Vì làng xanh”."
    )
    (theme,) = facts(reading, "theme")
    assert role(reading, theme, "year") == ["2017"]


def test_two_codes_are_one_set_however_often_they_are_named() -> None:
    reading = read(
        "Sở Nội vụ Phú Yên thực hiện kỷ luật công vụ gắn với hai quy tắc ứng xử. Các xã làm tốt hai quy tắc ứng xử."
    )
    (codes,) = facts(reading, "code_set")
    assert [f.value for f in codes.roles["count"]] == [2]  # type: ignore[union-attr]
    assert role(reading, codes, "topic") == ["kỷ luật công vụ"]
    assert len(codes.evidence) == 2


def test_pieces_keep_to_quotation_marks_and_edges() -> None:
    text = "một; “hai; ba”; bốn."
    assert [text[a:b] for a, b in pieces(text, Span(0, len(text)))] == ["một", "“hai; ba”", "bốn"]
    assert trimmed(" , x. ", Span(0, 6)) == Span(3, 4)
