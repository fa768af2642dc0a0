"""What a large graph draws first and brings on demand, and what is told often, in a real browser."""

from __future__ import annotations

import json

from graphs import GraphWriter
from opened import Open


def test_large_graph_draws_the_important_and_unfolds_the_rest(show: Open) -> None:
    g = GraphWriter()
    names = [f"Nguyễn Thị {'ABCDEFGHIJ'[i // 10]}{'abcdefghij'[i % 10]}" for i in range(80)]
    body = g.entity("org-a", "Organization", "Hội đồng Nhân dân")
    art = g.article("article-a", "Danh sách", "\n".join(f"Bà {n} là ủy viên." for n in names))
    for i, name in enumerate(names):
        person = g.entity(f"person-{i:02}", "Person", name)
        g.fact("holds_post", art, f"Bà {name} là ủy viên", person=person, post="Ủy viên", organization=body)
    view = show(g)
    page = view.page
    assert "48 trên 81 thực thể" in page.inner_text("#note")
    missing = "person-77"
    assert page.evaluate("id => window.kgView.onScreen(id)", missing) is None
    page.fill("#search", "nguyen thi hh")
    page.press("#search", "Enter")
    assert view.spot(missing)["shown"]
    page.fill("#search", "hoi dong nhan dan")
    page.press("#search", "Enter")
    assert page.inner_text("#neighbours") == "Hiện thêm 24 trên 32 nút lân cận"
    page.click("#neighbours")
    assert page.inner_text("#neighbours") == "Hiện mọi nút lân cận"
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert "72 trên 81" in page.inner_text("#note"), "the address keeps what was unfolded"
    page.click("#unfold")
    page.locator("#note").wait_for(state="hidden")
    assert view.spot("person-50")["shown"]
    assert page.locator("#panel .fact").count() == 30
    page.click("text=Thêm 30 dữ kiện")
    assert page.locator("#panel .fact").count() == 60
    page.click("#view-table")
    assert page.locator("tbody tr").count() == 80
    view.requests.clear()
    view.requests.append("file:")


def test_a_filter_brings_what_it_lets_through(show: Open) -> None:
    """Kinds that are not among the first are drawn when they are all that is wanted."""
    g = GraphWriter()
    art = g.article("article-a", "Danh sách", "\n".join(f"Sở {i} thuộc Bộ {i % 9}." for i in range(100)))
    for i in range(9):
        g.entity(f"org-{i}", "Organization", f"Bộ {i}")
    for i in range(100):
        child = g.entity(f"org-so-{i:03}", "Organization", f"Sở {i}")
        g.fact("part_of", art, f"Sở {i} thuộc Bộ {i % 9}", child=child, parent=f"d:org-{i % 9}")
    lone = g.entity("person-lone", "Person", "Đỗ Thị Lẻ")
    g.fact("holds_post", art, "Sở 99", person=lone, post="Giám đốc", organization="d:org-so-099")
    view = show(g)
    assert view.page.evaluate("id => window.kgView.onScreen(id)", "person-lone") is None
    view.page.click('[data-row="types:Person:only"]', force=True)
    assert view.spot("person-lone")["shown"]


def test_what_is_told_often_is_one_edge(show: Open) -> None:
    g = GraphWriter()
    person, body = g.entity("person-a", "Person", "Đỗ Văn Ba"), g.entity("org-a", "Organization", "Sở Y tế")
    for i in range(30):
        art = g.article(f"article-{i}", f"Tin {i}", "Ông Đỗ Văn Ba, Giám đốc Sở Y tế.")
        g.fact("holds_post", art, "Đỗ Văn Ba, Giám đốc Sở Y tế", person=person, post="Giám đốc", organization=body)
    page = show(g, "#at=n:person-a").page
    assert len(json.loads(page.inner_text("#data"))["network"]["edges"]) == 1
    assert page.locator("#panel .fact").count() == 30
