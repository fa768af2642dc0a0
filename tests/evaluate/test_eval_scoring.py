"""The figures, on records small enough to count by hand."""

from __future__ import annotations

from typing import Any

import pytest

from kg.evaluate import DocumentScore, Record, evaluate, parse_record, score_document

LAN = {"id": "e1", "type": "Person", "name": "Trần Thị Lan", "aliases": ["bà Lan"]}
SO = {"id": "e2", "type": "Organization", "name": "Sở Y tế Sơn La", "aliases": ["Sở Y tế"]}
TINH = {"id": "e3", "type": "Place", "name": "tỉnh Sơn La", "aliases": ["tỉnh", "Sơn La"]}


def fact(kind: str, start: int = 0, end: int = 10, status: str = "asserted", **roles: Any) -> dict[str, Any]:
    return {"kind": kind, "status": status, "evidence": {"start": start, "end": end}, "roles": roles}


def record(entities: list[dict[str, Any]], facts: list[dict[str, Any]], **more: Any) -> Record:
    return parse_record({"doc": "d", "entities": entities, "facts": facts, **more}, "test")


def score(predicted: Record, gold: Record) -> DocumentScore:
    return score_document(predicted, gold)


POST = fact("holds_post", person=["e1"], post=["Giám đốc"], organization=["e2"])


def test_a_perfect_prediction_scores_one_everywhere() -> None:
    gold = record([LAN, SO], [POST])
    result = evaluate([gold], {"d": gold})
    for section in ("entities", "facts", "arguments"):
        figure = result.headline(section)  # type: ignore[arg-type]
        assert (figure.tally.f1, figure.low, figure.high) == (1.0, 1.0, 1.0)
    assert result.status == result.evidence == (1, 1)


def test_no_prediction_scores_nothing_and_is_named() -> None:
    result = evaluate([record([LAN, SO], [POST])], {})
    assert result.without_prediction == ("d",)
    assert result.headline("facts").tally == (0, 0, 1)
    assert result.headline("facts").tally.f1 == 0.0


def test_a_fact_counts_by_its_required_roles_and_its_arguments_by_each_filler() -> None:
    other = fact("holds_post", person=["e1"], post=["Giám đốc"], organization=["e3"])
    got = score(record([LAN, SO, TINH], [other]), record([LAN, SO, TINH], [POST]))
    assert got.total("facts") == (1, 1, 1)
    assert got.total("arguments") == (2, 3, 3)


def test_a_wrong_required_role_loses_the_fact_and_all_its_arguments() -> None:
    other = fact("holds_post", person=["e1"], post=["Chủ tịch"], organization=["e2"])
    got = score(record([LAN, SO], [other]), record([LAN, SO], [POST]))
    assert got.total("facts") == (0, 1, 1)
    assert got.total("arguments") == (0, 3, 3)
    assert len(got.missed) == len(got.spurious) == 1


def test_facts_match_one_to_one() -> None:
    got = score(record([LAN, SO], [POST, POST]), record([LAN, SO], [POST]))
    assert got.total("facts") == (1, 2, 1)


def test_two_nodes_for_one_person_are_one_hit() -> None:
    again = {**LAN, "id": "e9", "name": "bà Lan", "aliases": []}
    got = score(record([LAN, again], []), record([LAN], []))
    assert got.tallies["entities"]["Person"] == (1, 2, 1)


@pytest.mark.parametrize(
    ("name", "aliases", "hit"),
    [
        ("Trần Thị Lan", [], True),
        ("bà Lan", [], True),  # a name among gold's aliases
        ("Lan", ["bà Lan"], True),  # a shared alias
        ("Trần Thị Làn", [], False),  # a person's tone marks tell people apart
        ("Trần Thị", [], False),
    ],
)
def test_people_are_the_same_by_equal_names_only(name: str, aliases: list[str], hit: bool) -> None:
    got = score(
        record([{"id": "x", "type": "Person", "name": name, "aliases": aliases}], []),
        record([LAN], []),
    )
    assert got.total("entities").hits == hit


def test_a_general_word_shared_as_alias_proves_nothing() -> None:
    other = {"id": "x", "type": "Place", "name": "tỉnh Lai Châu", "aliases": ["tỉnh"]}
    assert score(record([other], []), record([TINH], [])).total("entities").hits == 0


def test_other_types_are_the_same_by_most_of_their_words() -> None:
    def event(name: str) -> Record:
        return record([{"id": "v", "type": "Event", "name": name}], [])

    gold = event("Hội nghị tổng kết công tác y tế năm 2019")
    assert score(event("Hội nghị tổng kết công tác y tế"), gold).total("entities").hits == 1
    assert score(event("Hội nghị xúc tiến đầu tư"), gold).total("entities").hits == 0


def test_the_right_name_under_another_type_is_no_entity_but_fills_a_role() -> None:
    place = {**SO, "type": "Place"}
    got = score(record([LAN, place], [POST]), record([LAN, SO], [POST]))
    assert got.tallies["entities"]["Place"] == (0, 1, 0)
    assert got.total("arguments") == (3, 3, 3)


def statistic(indicator: str, value: Any, **more: Any) -> Record:
    entity = {"id": "i", "type": "Indicator", "name": indicator}
    return record([entity], [fact("statistic", indicator=["i"], value=[value], **more)])


@pytest.mark.parametrize(
    ("indicator", "value", "hit"),
    [
        ("tổng thu ngân sách", 12.5, True),
        ("thu ngân sách", "12.5", True),  # four tenths of the words are enough, and a number may come as a string
        ("thu", 12.5, True),
        ("xuất khẩu", 12.5, False),
        ("tổng thu ngân sách", 12.6, False),
        ("tổng thu ngân sách", "nhiều", False),
    ],
)
def test_an_indicator_matches_loosely_and_a_value_exactly(indicator: str, value: Any, hit: bool) -> None:
    assert score(statistic(indicator, value), statistic("tổng thu ngân sách", 12.5)).total("facts").hits == hit


@pytest.mark.parametrize(
    ("role", "predicted", "gold", "hit"),
    [
        ("comparator", "lt", "approx", True),
        ("comparator", "gt", "approx", False),
        ("period", "--06-08", "2019-06-08", True),
        ("period", "6 tháng đầu năm", "trong 6 tháng đầu năm", True),
        ("unit", "ĐỒNG", "đồng", True),
        ("unit", "triệu đồng", "đồng", False),
    ],
)
def test_literals(role: str, predicted: str, gold: str, hit: bool) -> None:
    got = score(statistic("thu", 1, **{role: [predicted]}), statistic("thu", 1, **{role: [gold]}))
    assert got.total("arguments").hits == 2 + hit


@pytest.mark.parametrize(("start", "end", "hit"), [(10, 30, True), (10, 21, True), (10, 19, False), (0, 60, False)])
def test_a_stretch_counts_from_half_of_the_common_length(start: int, end: int, hit: bool) -> None:
    def said(a: int, b: int) -> Record:
        return record([LAN], [fact("statement", speaker=["e1"], content=[{"start": a, "end": b}])])

    assert score(said(start, end), said(10, 30)).total("facts").hits == hit


def test_optional_facts_and_their_entities_count_neither_way() -> None:
    extra = fact("part_of", child=["e2"], parent=["e3"])
    gold = record([LAN, SO, TINH], [fact("holds_post", person=["e1"], post=["Giám đốc"])], optional=[extra])
    with_it = score(record([LAN, SO, TINH], [POST, extra]), gold)
    without = score(record([LAN], [fact("holds_post", person=["e1"], post=["Giám đốc"])]), gold)
    assert with_it.total("facts") == without.total("facts") == (1, 1, 1)
    assert with_it.total("entities") == without.total("entities") == (1, 1, 1)
    assert not with_it.spurious


def test_kinds_that_are_not_measured_are_left_aside() -> None:
    theme = fact("theme", theme=["e1"])
    assert score(record([LAN], [theme]), record([LAN], [theme])).total("facts") == (0, 0, 0)


def test_status_and_evidence_are_judged_on_matched_facts() -> None:
    late = {**POST, "status": "former", "evidence": [{"start": 50, "end": 60}]}
    got = score(record([LAN, SO], [late]), record([LAN, SO], [POST]))
    assert got.status == got.evidence == (0, 1)
    assert score(
        record([LAN, SO], [{**late, "evidence": [{"start": 5, "end": 60}]}]), record([LAN, SO], [POST])
    ).evidence == (1, 1)


def test_two_awards_of_one_medal_are_told_apart_by_who_received_them() -> None:
    medal = {"id": "m", "type": "Award", "name": "Bằng khen"}
    first = fact("award", award=["m"], recipient=["e1"])
    second = fact("award", award=["m"], recipient=["e2"])
    got = score(record([LAN, SO, medal], [second, first]), record([LAN, SO, medal], [first, second]))
    assert got.total("arguments") == (4, 4, 4)


def test_the_interval_is_the_same_every_time_and_holds_the_figure() -> None:
    good, bad = record([LAN, SO], [POST]), record([LAN, SO], [])
    golds = [Record(f"d{i}", good.entities, good.facts) for i in range(20)]
    found = {f"d{i}": (good if i % 2 else bad) for i in range(20)}
    figure = evaluate(golds, found).headline("facts")
    assert figure == evaluate(golds, found).headline("facts")
    assert figure.low is not None and figure.high is not None
    assert figure.low < figure.tally.f1 < figure.high
