"""The page in a real browser without a network; the fixture also checks that nothing is logged or fetched."""

from __future__ import annotations

import json

import pytest
from graphs import HOSTILE, TEXT, GraphWriter, hostile, sample
from opened import Open

from kg.view.terms import messages

THUAN, UBND, EVENT = "person-thuan", "org-ubnd", "event-hoi-nghi"


def test_click_on_a_node_opens_its_facts_with_the_sentence_lit(show: Open) -> None:
    view = show(sample())
    view.click(THUAN)
    page = view.page
    assert page.inner_text("#panel h2") == "Trần Đức Thuận"
    card = page.locator('#panel [data-kind="holds_post"]')
    assert card.locator("mark").inner_text() == "Chủ tịch UBND thành phố Sông Lam Trần Đức Thuận"
    quoted = card.locator("blockquote p").inner_text()
    assert quoted.startswith("Ngày 5/3/2021, tại Hội nghị")
    assert quoted.endswith("ở các trường học.")
    assert card.locator('mark [data-role="post"]').inner_text() == "Chủ tịch"
    assert card.locator('mark [data-role="person"]').inner_text() == "Trần Đức Thuận"
    assert "Khẳng định" in card.inner_text()
    assert "09:30 5/3/2021" in card.inner_text()
    assert page.locator("#panel .fact").count() == 4


def test_click_on_an_edge_opens_its_fact_and_the_article(show: Open) -> None:
    view = show(sample())
    view.click("fact-001")  # an edge: Chủ tịch
    assert view.page.inner_text("#panel h2") == "Giữ chức vụ"
    assert view.page.locator("#panel mark").inner_text() == "Chủ tịch UBND thành phố Sông Lam Trần Đức Thuận"
    for words in (
        "Thành phố Sông Lam phát động",
        "Báo Sông Lam",
        "Phạm Ngọc Đường",
        "09:30 5/3/2021",
        "holds_post.test",
    ):
        assert words in view.panel
    view.page.keyboard.press("Escape")
    view.click("fact-005")  # three entities: a tag
    assert view.page.inner_text("#panel h2") == "Khen thưởng"
    assert view.page.locator("#panel mark").inner_text() == "UBND thành phố Sông Lam tặng Bằng khen cho 12 tập thể"


def test_click_beside_everything_clears(show: Open) -> None:
    view = show(sample())
    view.click(THUAN)
    box = view.page.locator("#canvas").bounding_box()
    assert box
    view.page.mouse.click(box["x"] + 3, box["y"] + 3)
    assert "Bài báo trong đồ thị" in view.panel
    assert "Thành phố trồng cây và làm sạch sông." in view.panel


def test_filter_by_kind_and_status(show: Open) -> None:
    view = show(sample())
    page = view.page
    assert view.spot("fact-005")["shown"]
    page.click('[data-row="kinds:award"]')
    assert not view.spot("fact-005")["shown"]
    assert not view.spot("award-bang-khen")["shown"], "a thing whose only facts are off goes with them"
    assert view.spot(UBND)["shown"]
    page.click('[data-row="statuses:planned"]')
    assert not view.spot("initiative-song-sach")["shown"]
    assert "no-kinds=award" in page.url
    assert "no-statuses=planned" in page.url
    page.click("#view-table")
    assert page.locator("tbody tr").count() == 8
    page.click("text=Hiện tất cả")
    assert page.locator("tbody tr").count() == 10
    page.click('[data-row="statuses:negated:only"]', force=True)
    assert page.locator("tbody tr").count() == 1
    assert "không dự hội nghị" in page.inner_text("tbody tr")


def test_legend_turns_a_type_off_and_on(show: Open) -> None:
    view = show(sample())
    row = view.page.locator('[data-row="types:Person"]')
    assert row.inner_text().split() == ["Người", "3"]
    row.click()
    assert row.get_attribute("aria-pressed") == "false"
    assert not view.spot(THUAN)["shown"]
    assert view.spot(UBND)["shown"]
    row.click()
    assert view.spot(THUAN)["shown"]


def test_types_differ_in_colour(show: Open) -> None:
    view = show(sample())
    signs = view.page.eval_on_selector_all("#legend .sign", "all => all.map(e => getComputedStyle(e).backgroundColor)")
    assert len(signs) == len(set(signs)) == 8


@pytest.mark.parametrize("query", ["tran duc thuan", "THUAN TRAN", "Trần Đức Thuận", "ông thuận", "đuc thuan"])
def test_search_does_not_need_tone_marks(show: Open, query: str) -> None:
    view = show(sample())
    view.page.fill("#search", query)
    assert view.page.locator("#results [role=option] b").first.inner_text() == "Trần Đức Thuận"
    view.page.press("#search", "Enter")
    assert view.page.inner_text("#panel h2") == "Trần Đức Thuận"


def test_search_finds_facts_and_says_when_it_finds_nothing(show: Open) -> None:
    view = show(sample())
    view.page.fill("#search", "ra soat nguon thai")
    view.page.locator("#results [role=option]").first.click()
    assert view.page.inner_text("#panel h2") == "Yêu cầu, đề nghị"
    view.page.fill("#search", "<b>zzz</b>")
    assert "Không tìm thấy “<b>zzz</b>”" in view.page.inner_text("#results")


def test_language_switch_translates_everything(show: Open) -> None:
    view = show(sample(), "#at=n:" + THUAN)
    page = view.page
    page.click("#lang-en")
    assert page.get_attribute("html", "lang") == "en"
    assert page.inner_text("h1") == "Knowledge graph"
    assert page.inner_text("#summary") == "1 article · 13 entities · 10 facts"
    start = TEXT.index("Chủ tịch UBND")
    chars = f"characters {start}–{start + len('Chủ tịch UBND thành phố Sông Lam Trần Đức Thuận')}"
    for words in ("holds a post", "Asserted", chars, "5 March 2021, 09:30", "organization"):
        assert words.lower() in view.panel.lower()
    page.click("#view-table")
    own = json.loads(page.inner_text("#data"))
    seen = page.inner_text("body")
    for word in ("search", "filters", "kinds", "tableCaption", "start", "keyHelp", "noSources"):
        assert own["ui"]["vi"][word].partition("{")[0].strip() not in seen
    assert "bài báo" not in seen
    for label in (*own["types"], *own["statuses"], *own["kinds"]):
        assert label["label"]["vi"].lower() not in page.inner_text("#legend").lower()
    page.click("#lang-vi")
    assert page.inner_text("h1") == "Đồ thị tri thức"


def test_page_in_english_from_the_start(show: Open) -> None:
    view = show(sample(), lang="en")
    assert view.page.inner_text("h1") == "Knowledge graph"
    assert view.page.get_attribute("html", "lang") == "en"


def test_hostile_text_is_only_text(show: Open) -> None:
    view = show(hostile())
    page = view.page
    assert HOSTILE in page.inner_text("#panel")
    assert HOSTILE in page.title()
    view.click("person-x")
    assert page.inner_text("#panel h2") == HOSTILE + "[U+202E]gnp.exe ␇"
    assert page.locator("#panel mark").inner_text() == f"Giám đốc {HOSTILE} <script>alert(2)</script>"
    page.fill("#search", "onerror")
    assert HOSTILE in page.inner_text("#results")
    page.press("#search", "Escape")
    page.click("#view-table")
    assert HOSTILE in page.inner_text("#table")
    assert page.locator("img, #panel b:not(.x), iframe").count() == 0
    assert page.locator("script").count() == 4
    assert "{{ 7*7 }}<!--" in page.inner_text("#table")


def test_keyboard_alone_reaches_the_sentence(show: Open) -> None:
    view = show(sample())
    keys = view.page.keyboard
    keys.press("/")
    assert view.focus() == "search"
    keys.type("huong")
    keys.press("ArrowDown")
    keys.press("Enter")
    assert view.focus() == "H2:Lý Thị Hường"
    assert "nguyên Giám đốc Sở Xây dựng" in view.page.locator("#panel mark").first.inner_text()
    keys.press("Escape")
    assert view.focus() == "canvas"
    assert "Bài báo trong đồ thị" in view.panel
    keys.press("ArrowRight")
    first = view.page.inner_text("#live")
    assert first.startswith("Đã chọn ")
    seen = set()
    for key in ("ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"):
        keys.press(key)
        seen.add(view.page.inner_text("#live"))
    assert len(seen) > 1
    keys.press("Enter")
    assert view.focus().startswith("H2:")
    keys.press("Tab")
    assert view.focus() == "way"


def test_tab_reaches_every_control(show: Open) -> None:
    view = show(sample())
    reached = set()
    for _ in range(60):
        view.page.keyboard.press("Tab")
        reached.add(view.focus())
    for control in ("skip", "search", "view-table", "lang-en", "theme", "canvas", "zoom-in", "fit"):
        assert control in reached
    assert any(r.startswith("BUTTON:Người") for r in reached)


def test_table_is_complete_and_sorts(show: Open) -> None:
    view = show(sample(), "#view=table")
    page = view.page
    assert page.locator("tbody tr").count() == 10
    facts = json.loads(page.inner_text("#data"))["facts"]["id"]
    assert set(page.eval_on_selector_all("tbody tr", "all => all.map(r => r.dataset.fact)")) == set(facts)
    text = page.inner_text("#table")
    for words in ("Chủ tịch", "thành phố đã trồng thêm cây ở các trường học", "rà soát nguồn thải", "40,5", "63", "12"):
        assert words in text
    page.click('th button[data-column="kind"]')
    kinds = page.eval_on_selector_all("tbody th", "all => all.map(e => e.textContent)")
    assert kinds[0] == "Giữ chức vụ"
    assert page.get_attribute('th:has([data-column="kind"])', "aria-sort") == "ascending"
    page.click('th button[data-column="kind"]')
    assert page.eval_on_selector_all("tbody th", "all => all.map(e => e.textContent)") == sorted(
        kinds, key=lambda k: kinds[::-1].index(k)
    )
    page.locator("tbody th button").first.click()
    assert page.locator("#panel mark").count() == 1


def test_address_keeps_and_restores_the_view(show: Open) -> None:
    view = show(sample())
    page = view.page
    view.click(EVENT)
    page.click('[data-row="types:Group"]')
    page.click("#lang-en")
    page.click("#view-table")
    page.click("#theme")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.inner_text("#panel h2") == "Hội nghị triển khai công tác môi trường"
    assert page.get_attribute('[data-row="types:Group"]', "aria-pressed") == "false"
    assert page.get_attribute("#lang-en", "aria-pressed") == "true"
    assert page.locator("table").count() == 1
    assert page.get_attribute("html", "data-theme") == "dark"
    view.requests.clear()
    view.requests.append("file:")


def test_back_returns_to_what_was_chosen(show: Open) -> None:
    view = show(sample(), "#at=n:" + THUAN)
    view.page.locator("#panel [data-node=org-ubnd]").first.click()
    assert view.page.inner_text("#panel h2") == "UBND thành phố Sông Lam"
    view.page.go_back()
    view.page.locator("#panel h2", has_text="Trần Đức Thuận").wait_for()


@pytest.mark.parametrize("address", ["#at=n:nobody", "#at=%E0%A4%A", "#no-kinds=x,__proto__&lang=xx&view=yy", "#&&==%"])
def test_a_broken_address_opens_the_overview(show: Open, address: str) -> None:
    view = show(sample(), address)
    assert "Bài báo trong đồ thị" in view.panel


def test_graph_without_evidence_says_so(show: Open) -> None:
    view = show(sample(), suffix=".ttl")
    assert "Đồ thị này không kèm nguồn" in view.panel
    view.click(THUAN)
    assert "Đồ thị này không kèm nguồn" in view.panel
    assert "Chủ tịch" in view.panel
    view.page.click("#view-table")
    assert view.page.locator("tbody tr").count() == 10


def test_empty_graph(show: Open) -> None:
    view = show("", suffix=".ttl")
    assert "Đồ thị trống" in view.panel
    view.page.keyboard.press("/")
    view.page.keyboard.type("a")
    view.page.click("#view-table")
    assert view.page.locator("tbody tr").count() == 0


@pytest.mark.parametrize("width", [360, 768, 1024, 1440])
@pytest.mark.parametrize("at", ["", "#at=n:person-thuan", "#view=table", "#at=f:fact-005&view=table"])
def test_nothing_scrolls_sideways(show: Open, width: int, at: str) -> None:
    view = show(sample(), at, width=width, height=740)
    assert view.page.evaluate("document.documentElement.scrollWidth") == width


def test_long_words_do_not_widen_a_phone(show: Open) -> None:
    g = GraphWriter()
    word = "Nghiêng" * 60
    person = g.entity("person-a", "Person", word)
    body = g.entity("org-a", "Organization", word)
    art = g.article("article-a", word, f"{word} là {word}")
    g.fact("holds_post", art, f"{word} là {word}", person=person, post=word, organization=body)
    for at in ("", "#at=n:person-a", "#view=table"):
        assert show(g, at, width=360, height=740).page.evaluate("document.documentElement.scrollWidth") == 360


def test_dark_and_light(show: Open) -> None:
    background = "getComputedStyle(document.documentElement).backgroundColor"
    light, dark = show(sample()), show(sample(), dark=True)
    before = light.page.evaluate(background)
    assert before != dark.page.evaluate(background)
    light.page.click("#theme")
    assert light.page.evaluate(background) == dark.page.evaluate(background)


def test_colours_have_contrast(show: Open) -> None:
    """Text and its quieter form stand out from the page by 4.5 to 1, the signs of the types by 3 to 1."""

    def light(value: str) -> float:
        parts = [int(value[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    names = ["ink", "mute", "accent", "line", "mark", *(f"type-{t}" for t in messages()["types"])]
    for dark in (False, True):
        page = show(sample(), dark=dark).page
        script = "names => names.map(n => getComputedStyle(document.documentElement).getPropertyValue('--' + n).trim())"
        found = dict(zip(names, page.evaluate(script, names), strict=True))
        for ground in page.evaluate(script, ["paper", "panel"]):
            for name in set(names) - {"mark"}:
                a, b = sorted((light(found[name]), light(ground)))
                assert (b + 0.05) / (a + 0.05) >= (4.5 if name in ("ink", "mute", "accent") else 3.0), (name, ground)
        a, b = sorted((light(found["ink"]), light(found["mark"])))
        assert (b + 0.05) / (a + 0.05) >= 4.5


def test_print_shows_the_drawing_and_the_panel(show: Open) -> None:
    view = show(sample(), "#at=n:" + THUAN)
    view.page.emulate_media(media="print")
    assert view.page.is_visible("#panel mark >> nth=0")
    assert view.page.is_visible("#canvas")
    assert not view.page.is_visible("#search")
    assert not view.page.is_visible("#filters")


def test_every_control_has_a_name(show: Open) -> None:
    view = show(sample(), "#at=n:" + THUAN)
    nameless = view.page.eval_on_selector_all(
        "button, input, [role=application], [tabindex]",
        "all => all.filter(e => !(e.getAttribute('aria-label') || e.textContent.trim())).map(e => e.outerHTML)",
    )
    assert nameless == []
