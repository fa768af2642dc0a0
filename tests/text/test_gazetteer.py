from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.gazetteer import LEVEL_WORDS, Gazetteer, Unit, gazetteer, name_key

OLD, NEW, NEWS = date(2025, 6, 30), date(2025, 7, 1), date(2019, 6, 8)


@pytest.fixture(scope="module")
def units() -> Gazetteer:
    return gazetteer()


def found(unit: Unit | None) -> str | None:
    return unit and unit.id


def test_numbers_of_units_before_and_after_the_reform(units: Gazetteer) -> None:
    alive = {(day, tier): sum(u.valid_on(day) for u in units.units(tier)) for day in (OLD, NEW) for tier in (1, 2, 3)}
    assert alive[OLD, 1] == 63
    assert alive[OLD, 2] == 696
    assert alive[OLD, 3] == 10_035
    assert alive[NEW, 1] == 34
    assert alive[NEW, 2] == 0
    assert alive[NEW, 3] == 3_321


def test_levels_after_the_reform(units: Gazetteer) -> None:
    levels = Counter(unit.level for unit in units.units(3) if unit.valid_on(NEW))
    assert levels == {"xã": 2_621, "phường": 687, "đặc khu": 13}
    cities = [u for u in units.units(1) if u.valid_on(NEW) and u.level == "thành phố trực thuộc trung ương"]
    assert {u.name for u in cities} == {"Hà Nội", "Huế", "Hải Phòng", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ"}


def test_ids_are_unique_and_safe_in_an_iri(units: Gazetteer) -> None:
    ids = [unit.id for unit in units.units()]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[0-9a-z-]+", one) for one in ids)
    assert all(units.unit(unit.id) is unit for unit in units.units())


def test_codes_have_the_length_of_their_tier(units: Gazetteer) -> None:
    for unit in units.units():
        assert len(unit.code) == {1: 2, 2: 3, 3: 5}[unit.tier] or (unit.id.startswith("h-") and not unit.code)


def test_every_unit_lies_in_a_province(units: Gazetteer) -> None:
    for unit in units.units():
        chain = units.chain(unit)
        assert chain[0] is unit
        assert chain[-1].tier == 1
        assert [one.tier for one in chain] == sorted({one.tier for one in chain}, reverse=True)
        assert units.province_of(unit) is chain[-1]


def test_every_unit_of_the_old_list_became_units_of_the_new(units: Gazetteer) -> None:
    reached = set()
    for unit in units.units():
        if unit.valid_to == "2025-06-30" and unit.tier != 2:
            after = units.successors(unit)
            assert after, unit
            assert all(one.valid_on(NEW) and one.tier == unit.tier for one in after)
            reached.update(one.id for one in after)
    districts = [unit for unit in units.units(2) if unit.valid_to == "2025-06-30"]
    reached.update(one.id for unit in districts for one in units.successors(unit))  # islands without communes
    assert {u.id for u in units.units(3) if u.valid_on(NEW)} <= reached
    assert {u.id for u in units.units(1) if u.valid_from == "2025-07-01"} <= reached


def test_a_unit_that_stays_has_no_successor(units: Gazetteer) -> None:
    hanoi = units.resolve("Hà Nội")
    assert hanoi is not None
    assert units.successors(hanoi) == ()


@pytest.mark.parametrize(
    ("name", "level", "within", "day", "expected"),
    [
        ("Hà Nội", None, None, NEWS, "01"),
        ("Hoà Bình", "tỉnh", None, NEWS, "17"),
        ("Hòa Bình", "TP.", None, NEWS, "148"),
        ("TP.HCM", None, None, NEWS, "79"),
        ("Kontum", "tỉnh", None, NEWS, "62"),
        ("Đắc Lắc", None, None, NEWS, "66"),
        ("BR-VT", None, None, NEWS, "77"),
        ("Bà Rịa – Vũng Tàu", "tỉnh", None, NEWS, "77"),
        ("Thừa Thiên - Huế", "tỉnh", None, NEWS, "46-2024"),
        ("Huế", None, None, NEWS, "474-2024"),
        ("Huế", "thành phố", None, date(2025, 2, 1), "46"),
        ("Bắc Ninh", "tỉnh", None, NEWS, "27"),
        ("Bắc Ninh", "tỉnh", None, date(2026, 1, 1), "24-2025"),
        ("Bắc Giang", "tỉnh", None, date(2026, 1, 1), "24"),
        ("Vân Canh", "huyện", None, NEWS, "551"),
        ("Dĩ An", "huyện", "74", date(2009, 1, 1), "724"),
        ("Châu Thành", "huyện", "83", NEWS, "831"),
        ("Q.1", None, None, NEWS, "760"),
        ("quận 2", None, None, NEWS, "769-2020"),
        ("Thủ Đức", "TP", None, date(2022, 1, 1), "769"),
        ("TX. Sơn Tây", None, None, NEWS, "269"),
        ("Ba Vì", "huyện", "28-2008", date(2007, 1, 1), "271"),
        ("Phú Vang", "huyện", "46-2024", NEWS, "478"),
        ("Kim Liên", "phường", "01", NEWS, "00229"),
        ("Kim Liên", "phường", "01", date(2026, 1, 1), "00229-2025"),
        ("05", "P.", "764", NEWS, "26887"),
        ("Sơn Trà", "quận", "48", NEWS, "493"),
    ],
)
def test_names_find_their_unit(
    units: Gazetteer, name: str, level: str | None, within: str | None, day: date, expected: str
) -> None:
    assert found(units.resolve(name, level, within, day)) == expected


@pytest.mark.parametrize(
    ("name", "level", "within"),
    [
        ("Tân Thành", "xã", None),
        ("Châu Thành", "huyện", None),
        ("Bắc Ninh", "tỉnh", None),  # without a day: the one before or the one after
        ("Hồ Chí Minh", None, None),  # the person
        ("Kim Liên", "phường", "79"),
        ("Atlantis", None, None),
        ("", None, None),
        ("Hà Nội", "tỉnh", "no-such-unit"),
    ],
)
def test_ambiguous_and_unknown_names_find_nothing(
    units: Gazetteer, name: str, level: str | None, within: str | None
) -> None:
    assert units.resolve(name, level, within) is None


def test_recurring_communes_resolve_within_their_district(units: Gazetteer) -> None:
    names: Counter[tuple[str, str, str | None]] = Counter()
    old = [unit for unit in units.units(3) if unit.valid_on(OLD)]
    for unit in old:
        names[name_key(unit.name), unit.level, unit.parent] += 1
    for unit in old[::97]:
        if names[name_key(unit.name), unit.level, unit.parent] == 1:
            assert units.resolve(unit.name, unit.level, unit.parent, NEWS) is unit


def test_provinces_by_every_form(units: Gazetteer) -> None:
    current = {unit.id for unit in units.provinces.values() if unit.valid_on(OLD)}
    assert len(current) == 63
    assert units.provinces[name_key("Đăk Lăk")].name == "Đắk Lắk"
    assert units.provinces[name_key("Hà Tây")].valid_to == "2008-07-31"
    names = units.province_names()
    assert names["TP.HCM"] == "Hồ Chí Minh"
    assert names["Thủ đô"] == "Hà Nội"
    assert "Hồ Chí Minh" not in names


def test_district_forms_keep_former_districts(units: Gazetteer) -> None:
    forms = set(units.district_forms())
    assert {("quận", "10"), ("quận", "2"), ("huyện", "Vân Canh"), ("huyện", "Từ Liêm")} <= forms


@pytest.mark.parametrize("name", ["Pleiku", "Hội An", "Củ Chi", "Bình Thạnh", "Hoàn Kiếm", "Huế"])
def test_districts_known_without_their_level(units: Gazetteer, name: str) -> None:
    assert name in units.bare_districts


@pytest.mark.parametrize("name", ["10", "Châu Thành", "Vinh", "Thống Nhất", "Lê Chân", "Hòa Bình", "Thanh Liêm"])
def test_districts_not_taken_without_their_level(units: Gazetteer, name: str) -> None:
    assert name not in units.bare_districts


def test_forms_are_sorted_unique_and_of_known_kinds(units: Gazetteer) -> None:
    forms = [one.form for one in units.forms]
    assert forms == sorted(set(forms))
    kinds = {one.kind for one in units.forms}
    assert kinds == {"province", "district", "country", "city", "region", "capital"}
    by_form = {one.form: one for one in units.forms}
    assert by_form["Anh"].context
    assert not by_form["Nhật Bản"].context
    assert by_form["ĐBSCL"].name == "Đồng bằng sông Cửu Long"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TX. Sơn Tây", ("thị xã", "Sơn Tây")),
        ("Q.1", ("quận", "1")),
        ("P5", ("phường", "5")),
        ("thành phố Hà Nội", ("thành phố", "Hà Nội")),
        ("TPHCM", (None, "TPHCM")),
        ("Phú Thọ", (None, "Phú Thọ")),
        ("Hà Nội", (None, "Hà Nội")),
        ("thị trấn Lim", ("thị trấn", "Lim")),
    ],
)
def test_levels_are_split_off(text: str, expected: tuple[str | None, str]) -> None:
    assert Gazetteer.split(text) == expected


@given(st.sampled_from(sorted(LEVEL_WORDS)), st.text(max_size=12), st.dates())
def test_resolving_never_fails_and_answers_with_a_unit_of_the_level(word: str, name: str, day: date) -> None:
    unit = gazetteer().resolve(name, word, None, day)
    if unit is not None:
        assert name_key(unit.name) in gazetteer().unit_name_keys
        assert (unit.valid_from or "") <= day.isoformat()


def test_former_units_name_successors_that_exist(units: Gazetteer) -> None:
    former = [unit for unit in units.units() if unit.successors]
    assert len(former) > 40
    for unit in former:
        assert all(units.unit(one) is not None for one in unit.successors), unit
        assert unit.valid_to is not None
        assert unit.valid_to < "2025-07-01"


def test_a_code_given_on_belongs_to_one_unit_at_a_time(units: Gazetteer) -> None:
    spans: dict[str, list[tuple[str, str]]] = {}
    for unit in units.units():
        if unit.code and unit.tier < 3:
            spans.setdefault(unit.code, []).append((unit.valid_from or "", unit.valid_to or "9999"))
    for code, lives in spans.items():
        lives.sort()
        for (_, end), (start, _) in pairwise(lives):
            assert end < start, code
