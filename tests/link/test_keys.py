"""Which names of different articles mean one thing."""

from __future__ import annotations

import pytest

from kg.link.keys import entity_keys, name_key, organization_name_key
from kg.model import ArticleMeta, Document, Entity, EntityRef, Fact, Reading, Span, Value


def keys(article: str, *entities: Entity, facts: tuple[Fact, ...] = ()) -> dict[str, str]:
    document = Document(article, article, "x", "x")
    return entity_keys(Reading(document, ArticleMeta(), entities, facts), article)


def key(article: str, kind: str, name: str, **attributes: str) -> str:
    return keys(article, Entity("e1", kind, name, attributes=attributes))["e1"]


def holds(person: str, body: str) -> Fact:
    roles = {"person": (EntityRef(person),), "post": (Value("Giám đốc"),), "organization": (EntityRef(body),)}
    return Fact("holds_post", roles, (Span(0, 1),))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND tỉnh Hoà Bình", "Uỷ ban nhân dân tỉnh Hòa Bình"),
        ("HĐND TP. Đà Nẵng", "Hội đồng nhân dân thành phố Đà Nẵng"),
        ("UBND TP Hà Nội", "ủy ban nhân dân  thành phố Hà Nội"),
    ],
)
def test_spellings_of_one_body(one: str, other: str) -> None:
    assert organization_name_key(one) == organization_name_key(other)
    assert key("a", "Organization", one) == key("b", "Organization", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Văn An", "Văn Ân"), ("Hùng", "Hưng"), ("quận 10", "quận 12"), ("Đức Chung", "Đức Trung")],
)
def test_tone_marks_and_numbers_keep_names_apart(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)
    assert key("a", "Place", one) != key("a", "Place", other)


def test_a_bare_level_means_another_body_in_another_article() -> None:
    assert key("a", "Organization", "UBND tỉnh") != key("b", "Organization", "UBND tỉnh")
    assert key("a", "Organization", "Sở Nội vụ") != key("b", "Organization", "Sở Nội vụ")


def test_a_local_body_is_known_by_its_place() -> None:
    def body(article: str, place: str) -> str:
        return keys(
            article,
            Entity("e1", "Place", place, attributes={"code": place}),
            Entity("e2", "Organization", "Sở Nội vụ", attributes={"place": "e1"}),
        )["e2"]

    assert body("a", "01") == body("b", "01") != body("a", "02")


def test_names_of_districts_recur() -> None:
    assert key("a", "Organization", "UBND huyện Châu Thành") != key("b", "Organization", "UBND huyện Châu Thành")
    assert key("a", "Organization", "Huyện ủy Châu Thành") != key("b", "Organization", "Huyện ủy Châu Thành")
    assert key("a", "Organization", "UBND tỉnh Long An") == key("b", "Organization", "UBND tỉnh Long An")


def test_places_go_by_official_code_where_known() -> None:
    assert key("a", "Place", "Hà Nội", code="01") == key("b", "Place", "Thủ đô Hà Nội", code="01")
    assert key("a", "Place", "Tân Thành", code="001") != key("a", "Place", "Tân Thành", code="002")
    assert key("a", "Place", "Tân Thành", level="xã") != key("a", "Place", "Tân Thành", level="huyện")


def test_namesakes_of_different_articles_are_two_persons() -> None:
    assert key("a", "Person", "Trần Thị Lan") != key("b", "Person", "Trần Thị Lan")


def test_a_post_makes_one_person_of_two_articles() -> None:
    def person(article: str) -> str:
        entities = (Entity("e1", "Person", "Trần Thị Lan"), Entity("e2", "Organization", "Bộ Y tế"))
        return keys(article, *entities, facts=(holds("e1", "e2"),))["e1"]

    assert person("a") == person("b") != key("a", "Person", "Trần Thị Lan")


def test_two_namesakes_within_one_article_stay_two() -> None:
    found = keys("a", Entity("e1", "Person", "Trần Thị Lan"), Entity("e2", "Person", "Trần Thị Lan"))
    assert found["e1"] != found["e2"]


def test_documents_go_by_their_full_number() -> None:
    def paper(article: str, name: str, number: str) -> str:
        return key(article, "Document", name, number=number, doc_type="Nghị định")

    assert paper("a", "Nghị định 24", "24/2014/NĐ-CP") == paper("b", "Nghị định về bộ máy", "24/2014/NĐ-CP")
    assert paper("a", "Nghị định 12", "12/QĐ-UBND") != paper("b", "Nghị định 12", "12/QĐ-UBND")
    assert paper("a", "Nghị định 24", "24") != paper("b", "Nghị định 24", "24")


def test_concepts_go_by_name_and_events_by_article() -> None:
    assert key("a", "Indicator", "Chỉ số hài lòng (SIPAS)") == key("b", "Indicator", "chỉ số hài lòng")
    assert key("a", "Event", "Đại hội") != key("b", "Event", "Đại hội")
