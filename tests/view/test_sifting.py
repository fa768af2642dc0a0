"""Filters by time, paper and number of sources; ways between two things; what the address keeps of them."""

from __future__ import annotations

import pytest
from graphs import GraphWriter
from opened import Open


def years() -> GraphWriter:
    """Three papers tell of two people and four bodies, over three years; one fact is told by two papers."""
    g = GraphWriter()
    ba, tu = g.entity("person-ba", "Person", "Đỗ Văn Ba"), g.entity("person-tu", "Person", "Lê Thị Tư")
    bodies = [g.entity(f"org-{n}", "Organization", f"Sở {n}") for n in ("một", "hai", "ba", "bốn")]
    for letter in "ABC":
        g.entity(f"paper-{letter}", "Organization", f"Báo {letter}")
    told = [
        (2018, "A", ba, 0), (2019, "A", ba, 1), (2019, "B", ba, 1), (2020, "B", tu, 1), (2020, "C", tu, 2),
    ]  # fmt: skip
    for i, (year, paper, person, at) in enumerate(told):
        name, body = ("Đỗ Văn Ba" if person == ba else "Lê Thị Tư"), f"Sở {('một', 'hai', 'ba', 'bốn')[at]}"
        art = g.article(
            f"article-{i}",
            f"Tin {i}",
            f"{name} là Giám đốc {body}.",
            datePublished=f'"{year}-03-0{i + 1}"^^xsd:date',
            publisher=f"d:paper-{paper}",
        )
        g.fact("holds_post", art, f"{name} là Giám đốc {body}", person=person, post="Giám đốc", organization=bodies[at])
    return g


def shown(page: object) -> list[str]:
    return page.eval_on_selector_all("tbody tr", "all => all.map(r => r.dataset.fact)")  # type: ignore[attr-defined, no-any-return]


def test_the_timeline_filters_by_period(show: Open) -> None:
    view = show(years(), "#view=table")
    page = view.page
    bars = page.locator('[data-bars="articles"] i')
    assert [bars.nth(i).get_attribute("title") for i in (0, 12, 24)] == ["3/2018: 1", "3/2019: 2", "3/2020: 2"]
    page.focus("#since")
    page.keyboard.press("ArrowRight")
    assert shown(page) == ["fact-002", "fact-003", "fact-004", "fact-005"]
    assert "since=2018-04" in page.url
    page.focus("#until")
    page.keyboard.press("Home")
    assert page.locator("tbody tr").count() == 0
    page.click("text=Hiện tất cả")
    assert page.locator("tbody tr").count() == 5


def test_filter_by_paper_and_by_number_of_sources(show: Open) -> None:
    page = show(years(), "#view=table").page
    page.select_option("#paper", "Báo B")
    assert shown(page) == ["fact-003", "fact-004"]
    page.select_option("#paper", "")
    page.select_option("#least", "2")
    assert shown(page) == ["fact-002", "fact-003"], "two papers say the same"
    assert "least=2" in page.url
    page.click('th button[data-column="kind"]')
    page.locator("tbody th button").first.click()
    assert "2 bài báo" in page.inner_text("#panel")


@pytest.mark.parametrize(
    ("at", "count"),
    [("paper=B%C3%A1o%20C", 1), ("since=2019&until=2019", 2), ("since=2020-03-05", 1), ("least=2", 2), ("least=x", 5)],
)
def test_the_address_brings_the_filters_back(show: Open, at: str, count: int) -> None:
    assert show(years(), "#view=table&" + at).page.locator("tbody tr").count() == count


def test_a_drawn_edge_stays_while_one_of_its_facts_is_on(show: Open) -> None:
    view = show(years(), "#paper=" + "Báo B")
    assert view.spot("fact-002")["shown"], "fact-002 stands for fact-003 too, which Báo B tells"
    assert not view.spot("fact-001")["shown"]


@pytest.mark.parametrize(("lang", "name"), [("vi", "Đường nối"), ("en", "Way")])
def test_a_way_between_two_things(show: Open, lang: str, name: str) -> None:
    view = show(years(), "#at=n:org-một&lang=" + lang)
    page = view.page
    page.click("#way")
    assert view.focus() == "search"
    page.keyboard.type("so ba")
    page.keyboard.press("Enter")
    assert name in page.inner_text("#panel")
    steps = page.eval_on_selector_all(".way > li > .entity", "all => all.map(e => e.textContent)")
    assert steps == ["Sở một", "Đỗ Văn Ba", "Sở hai", "Lê Thị Tư", "Sở ba"]
    assert page.locator(".way mark").count() == 4
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.locator(".way > li").count() == 5
    page.fill("#search", "so bon")
    page.press("#search", "Enter")
    assert page.locator(".way").count() == 0, "nothing leads there"
    page.click("#panel h3 ~ button")
    assert "start=" not in page.url
    view.requests.clear()
    view.requests.append("file:")


def test_the_address_keeps_what_is_sought(show: Open) -> None:
    view = show(years())
    page = view.page
    page.fill("#search", "lê thị")
    assert "q=l%C3%AA%20th%E1%BB%8B" in page.url
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.input_value("#search") == "lê thị"
    page.focus("#search")
    assert page.locator("#results [role=option] b").first.inner_text() == "Lê Thị Tư"
    view.requests.clear()
    view.requests.append("file:")
