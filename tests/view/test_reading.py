"""What the panel and the table tell, and what leaves the page: queries and files."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from graphs import HOSTILE, GraphWriter, hostile, sample
from opened import Open, View

THUAN, UBND = "person-thuan", "org-ubnd"


def asked(view: View) -> str:
    view.page.click("#panel .query summary")
    return view.page.inner_text("#panel .query pre")


def answers(query: str, text: str) -> list[dict[str, str]]:
    store = ox.Store()
    store.load(text.encode(), format=ox.RdfFormat.TRIG)
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    names = [v.value for v in found.variables]
    return [{n: getattr(row[n], "value", "") for n in names} for row in found]


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (1440, 900), (1920, 1080), (1100, 700)])
def test_the_first_view_cuts_no_name(show: Open, width: int, height: int) -> None:
    """The outermost pixels of the drawing are empty."""
    page = show(sample(), width=width, height=height).page
    page.wait_for_timeout(100)
    ink = page.evaluate(
        """() => {
          const c = document.querySelector("#canvas canvas"), [w, h] = [c.width, c.height];
          const all = c.getContext("2d").getImageData(0, 0, w, h).data;
          let [inside, edge] = [0, 0];
          for (let i = 3; i < all.length; i += 4) {
            if (!all[i]) continue;
            const [x, y] = [((i - 3) / 4) % w, Math.floor((i - 3) / 4 / w)];
            if (x < 3 || x >= w - 3 || y < 3) edge++;
            else inside++;
          }
          return [edge, inside > 1000];
        }"""
    )
    assert ink == [0, True]


def test_facts_stand_by_kind_with_paper_and_date(show: Open) -> None:
    page = show(sample(), "#at=n:" + THUAN).page
    groups = page.eval_on_selector_all("#panel .kind", "all => all.map(e => e.dataset.group)")
    assert groups[0] == "holds_post"
    assert set(groups) == {"holds_post", "event", "statement", "request"}
    footer = page.locator('#panel [data-kind="statement"] blockquote footer')
    assert footer.locator("cite").inner_text() == "Báo Sông Lam"
    assert footer.locator("time").inner_text() == "09:30 5/3/2021"


def test_the_newest_fact_of_a_kind_is_first(show: Open) -> None:
    g = GraphWriter()
    person = g.entity("person-a", "Person", "Đỗ Văn Ba")
    for year in (2017, 2021, 2019):
        body = g.entity(f"org-{year}", "Organization", f"Sở {year}")
        art = g.article(
            f"article-{year}", "Tin", f"Ông Ba là Giám đốc Sở {year}.", datePublished=f'"{year}-01-02"^^xsd:date'
        )
        g.fact("holds_post", art, f"Giám đốc Sở {year}", person=person, post="Giám đốc", organization=body)
    page = show(g, "#at=n:person-a").page
    marks = page.eval_on_selector_all("#panel mark", "all => all.map(e => e.textContent.slice(-4))")
    assert marks == ["2021", "2019", "2017"]


def test_words_of_a_role_have_the_colour_of_its_name(show: Open) -> None:
    card = show(sample(), "#at=n:" + THUAN).page.locator('#panel [data-kind="holds_post"]')
    found = {}
    for role in ("person", "post", "organization"):
        word = card.locator(f'mark [data-role="{role}"]')
        found[role] = word.evaluate("e => getComputedStyle(e).borderBottomColor")
        name = card.locator(f'dt[data-hue="{word.get_attribute("data-hue")}"]')
        assert name.evaluate("e => getComputedStyle(e, '::before').backgroundColor") == found[role]
    assert len(set(found.values())) == 3


@pytest.mark.parametrize("at", ["n:person-thuan", "n:event-hoi-nghi", "f:fact-004", "a:article-1"])
def test_the_query_gives_what_the_panel_shows(show: Open, at: str) -> None:
    view = show(sample(), "#at=" + at)
    rows = answers(asked(view), sample().trig())
    shown = view.page.eval_on_selector_all("#panel [data-fact]", "all => all.map(e => e.dataset.fact)")
    assert {r["fact"].rsplit("/", 1)[-1] for r in rows} == set(shown)
    quotes = view.page.eval_on_selector_all("#panel mark", "all => all.map(e => e.textContent)")
    assert {r["quote"] for r in rows} == set(quotes)


def test_the_query_leaves_out_what_the_filters_hide(show: Open) -> None:
    view = show(sample(), f"#at=n:{THUAN}&no-kinds=request&no-statuses=reported")
    rows = answers(asked(view), sample().trig())
    assert {r["fact"].rsplit("/", 1)[-1] for r in rows} == {"fact-001", "fact-002", "fact-003"}


def test_the_query_is_copied(show: Open) -> None:
    view = show(sample(), "#at=n:" + THUAN)
    query = asked(view)
    view.page.evaluate("document.addEventListener('copy', () => { window.copied = String(getSelection()) })")
    view.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    view.page.click("#panel [data-copy]")
    view.page.wait_for_function("document.querySelector('#live').textContent === 'Đã chép'")
    assert view.page.evaluate("window.copied").strip() == query.strip()


def test_the_table_is_downloaded_as_csv(show: Open, tmp_path: Path) -> None:
    page = show(sample(), "#view=table&no-kinds=award").page
    with page.expect_download() as waiting:
        page.click("#csv")
    target = tmp_path / "facts.csv"
    waiting.value.save_as(target)
    text = target.read_text(encoding="utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert len(rows) == 9
    ranking = next(r for r in rows if r["Loại"] == "Xếp hạng")
    assert ranking["Câu văn"] == "Chỉ số xanh của Sông Lam tăng 4 bậc, xếp thứ 9/63"
    assert (ranking["Báo"], ranking["Ngày"]) == ("Báo Sông Lam", "2021-03-05T09:30:00+07:00")
    assert ranking["IRI"].endswith("/id/fact-006")


def test_hostile_text_is_no_formula_and_ends_no_cell(show: Open, tmp_path: Path) -> None:
    g = hostile()
    art = g.article("article-y", "=cmd|' /C calc'!A0", '=1+1", "và\n')
    body = g.entity("org-y", "Organization", "Sở")
    g.fact("holds_post", art, '=1+1", "và', person=body, post="Giám đốc", organization="d:person-x")
    page = show(g, "#view=table").page
    with page.expect_download() as waiting:
        page.click("#csv")
    waiting.value.save_as(tmp_path / "x.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text(encoding="utf-8")[1:])))
    cells = [c for r in rows for c in r.values()]
    assert '\'=1+1", "và' in cells
    assert not [c for c in cells if c and c[0] in "=@"]
    assert any(HOSTILE in c for c in cells)
