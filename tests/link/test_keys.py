"""Which names of different articles mean one thing."""

from __future__ import annotations

import pytest

from kg.link.keys import entity_keys, name_key
from kg.model import ArticleMeta, Document, Entity, EntityRef, Fact, Reading, Span, Status, Value


def keys(article: str, *entities: Entity, facts: tuple[Fact, ...] = ()) -> dict[str, str]:
    document = Document(article, article, "x", "x")
    return entity_keys(Reading(document, ArticleMeta(), entities, facts), article)


def key(article: str, kind: str, name: str, **attributes: str) -> str:
    return keys(article, Entity("e1", kind, name, attributes=attributes))["e1"]


def holds(person: str, body: str, post: str = "Giám đốc", status: Status = "asserted") -> Fact:
    roles = {"person": (EntityRef(person),), "post": (Value(post),)}
    if body:
        roles["organization"] = (EntityRef(body),)
    return Fact("holds_post", roles, (Span(0, 1),), status)


def holder(article: str, *posts: tuple[str, str], status: Status = "asserted", name: str = "Trần Thị Lan") -> str:
    """The key of one person who holds some posts, each a title and a body ("" for none)."""
    bodies = [Entity(f"e{n + 2}", "Organization", body) for n, (_, body) in enumerate(posts)]
    facts = tuple(holds("e1", b.id if b.name else "", post, status) for (post, _), b in zip(posts, bodies, strict=True))
    return keys(article, Entity("e1", "Person", name), *bodies, facts=facts)["e1"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND tỉnh Hoà Bình", "Uỷ ban nhân dân tỉnh Hòa Bình"),
        ("HĐND TP. Đà Nẵng", "Hội đồng nhân dân thành phố Đà Nẵng"),
        ("UBND TP Hà Nội", "ủy ban nhân dân  thành phố Hà Nội"),
        ("UBND TP.HCM", "Ủy ban nhân dân thành phố Hồ Chí Minh"),
        ("Sở Nội vụ Hà Nội", "Sở Nội vụ thành phố Hà Nội"),
        ("Bộ Kế hoạch - Đầu tư", "Bộ Kế hoạch và Đầu tư"),
        ("Ban Tổ chức Trung ương", "Ban Tổ chức T.Ư"),
        ("Văn phòng Chính phủ", "văn phòng Chính phủ"),
    ],
)
def test_spellings_of_one_body(one: str, other: str) -> None:
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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND TP Yên Bái", "UBND tỉnh Yên Bái"),
        ("Sở Y tế Phú Yên", "Sở Y tế Bình Định"),
        ("Ủy ban Tư pháp", "Ủy ban Trung ương"),
        ("Tỉnh ủy Phú Yên", "Thành ủy Hà Nội"),
    ],
)
def test_bodies_that_are_not_one(one: str, other: str) -> None:
    assert key("a", "Organization", one) != key("a", "Organization", other)


def test_who_leads_a_province_is_one_person_under_each_of_the_posts() -> None:
    chair = holder("a", ("Chủ tịch", "UBND tỉnh Phú Yên"))
    assert chair == holder("b", ("Phó Bí thư", "Tỉnh ủy Phú Yên")) == holder("c", ("Chủ tịch", "HĐND tỉnh Phú Yên"))
    assert chair != holder("d", ("Chủ tịch", "UBND tỉnh Bình Định"))
    assert chair != holder("e", ("Giám đốc", "Sở Y tế Phú Yên"))
    assert chair != holder("f", ("Chủ tịch", "UBND tỉnh Phú Yên"), name="Trần Thị Lân")


def test_titles_of_the_state_need_no_body() -> None:
    one = holder("a", ("Thủ tướng", ""))
    assert one == holder("b", ("Thủ tướng", "Chính phủ")) == holder("c", ("Ủy viên", "Bộ Chính trị"), ("Thủ tướng", ""))
    assert one != holder("d", ("Đại biểu", "Quốc hội"))


def test_the_post_in_a_province_tells_more_than_membership_in_the_party() -> None:
    both = holder("a", ("Ủy viên", "Bộ Chính trị"), ("Bí thư", "Thành ủy Hà Nội"))
    assert both == holder("b", ("Bí thư", "Thành ủy Hà Nội"))


def test_what_somebody_was_tells_less_than_what_somebody_is() -> None:
    entities = (
        Entity("e1", "Person", "Trần Thị Lan"),
        Entity("e2", "Organization", "UBND tỉnh Phú Yên"),
        Entity("e3", "Organization", "Bộ Y tế"),
    )
    facts = (holds("e1", "e2", "Chủ tịch", "former"), holds("e1", "e3", "Thứ trưởng"))
    assert keys("a", *entities, facts=facts)["e1"] == holder("b", ("Thứ trưởng", "Bộ Y tế"))


def test_laws_go_by_name_and_other_papers_without_a_number_by_article() -> None:
    law = key("a", "Document", "Luật Đất đai", doc_type="Luật")
    assert law == key("b", "Document", "luật Đất đai (sửa đổi)", doc_type="luật")
    assert law != key("a", "Document", "Luật Đất đai 2013", doc_type="Luật")
    assert key("a", "Document", "Kế hoạch", doc_type="Kế hoạch") != key(
        "b", "Document", "Kế hoạch", doc_type="Kế hoạch"
    )
