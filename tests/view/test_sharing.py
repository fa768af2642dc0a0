"""What people show each other: pictures, a dossier on paper, a frame in another page; and the walk of someone new."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from graphs import HOSTILE, hostile, sample
from opened import Open, View

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"


def saved(view: View, way: str, target: Path) -> bytes:
    view.page.click("#share summary")
    with view.page.expect_download() as waiting:
        view.page.click("#share-" + way)
    waiting.value.save_as(target)
    return target.read_bytes()


@pytest.mark.parametrize(("lang", "words"), [("vi", ("Người", "Nguồn tin")), ("en", ("Person", "Sources"))])
@pytest.mark.parametrize("width", [360, 1440])
def test_picture_with_legend_and_sources(show: Open, tmp_path: Path, lang: str, words: tuple[str], width: int) -> None:
    view = show(sample(), "#lang=" + lang, width=width)
    root = ElementTree.fromstring(saved(view, "svg", tmp_path / "x.svg"))
    text = " ".join("".join(e.itertext()) for e in root.iter(SVG + "text"))
    for word in (*words, "Thành phố Sông Lam phát động"):
        assert word in text
    if width == 1440:
        assert "Trần ĐứcThuận" in text.replace("Trần Đức Thuận", "Trần ĐứcThuận")
        assert "Báo Sông Lam" in text


def test_picture_as_png(show: Open, tmp_path: Path) -> None:
    data = saved(show(sample()), "png", tmp_path / "x.png")
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(data[16:20], "big") > 1400
    assert len(data) > 50_000


def test_hostile_text_in_the_picture_is_text(show: Open, tmp_path: Path) -> None:
    view = show(hostile())
    data = saved(view, "svg", tmp_path / "x.svg")
    root = ElementTree.fromstring(data)
    tags = {e.tag.removeprefix(SVG) for e in root.iter()}
    assert tags <= {"svg", "title", "rect", "text", "tspan", "line", "path", "circle", "polygon"}
    assert not [e for e in root.iter() if any(k.startswith("on") or "href" in k for k in e.attrib)]
    assert HOSTILE[:20] in "".join(root.itertext())
    assert "\u202e" not in data.decode()
    assert saved(view, "png", tmp_path / "x.png")[:4] == b"\x89PNG"


@pytest.mark.parametrize("made", [sample, hostile])
def test_dossier_prints_everything_of_one_thing(show: Open, made: object) -> None:
    graph = made()  # type: ignore[operator]
    at = "person-thuan" if made is sample else "person-x"
    view = show(graph, "#at=n:" + at)
    page = view.page
    page.evaluate("window.print = () => { window.printed = document.body.className; }")
    page.click("#share summary")
    page.click("#share-print")
    assert "dossier" in page.evaluate("window.printed")
    page.emulate_media(media="print")
    assert page.locator("#panel mark").first.is_visible()
    for gone in ("#canvas", "#search", "#filters", "#way", "#share"):
        assert not page.is_visible(gone), gone
    assert page.pdf()[:5] == b"%PDF-"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.is_visible("#canvas")


def test_frame_for_another_page(show: Open) -> None:
    view = show(sample(), "#at=n:person-thuan")
    page = view.page
    page.evaluate("() => { navigator.clipboard.writeText = async (text) => { window.copied = text; }; }")
    page.click("#share summary")
    page.click("#share-embed")
    code = page.evaluate("window.copied")
    found = re.fullmatch(r'<iframe src="([^"]+)" width="800" height="560" loading="lazy" title="[^"]*"></iframe>', code)
    assert found
    inner = show(sample(), "#" + found[1].partition("#")[2].replace("&amp;", "&"), width=800, height=560).page
    assert not inner.is_visible(".masthead")
    assert inner.is_visible("#canvas")
    assert inner.inner_text("#panel h2") == "Trần Đức Thuận"
    inner.click("#whole")
    assert inner.is_visible(".masthead")


def test_someone_new_finds_who_received_what_within_three_clicks(show: Open, tmp_path: Path) -> None:
    """In the seed's page: who received what from the city on 8 June 2019, and where is it said?"""
    from kg.pipeline import build

    build([ROOT / "data" / "articles"], tmp_path / "out")
    view = show((tmp_path / "out" / "graph.trig").read_text(encoding="utf-8"))
    page = view.page
    page.click("#search")  # 1
    page.keyboard.type("ubnd thanh pho ha noi")
    page.locator("#results [role=option]").first.click()  # 2
    assert page.inner_text("#panel h2") == "UBND thành phố Hà Nội"
    award = page.locator('#panel [data-kind="award"]')
    assert "Bằng khen" in award.inner_text()
    assert "20" in award.inner_text()
    quote = award.locator("mark").first.inner_text()
    assert "Bằng khen" in quote
    assert "8/6/2019" in award.inner_text()
    assert "VietQ.vn" in award.locator("blockquote footer").first.inner_text()
    award.locator("blockquote footer .link").first.click()  # 3: the article
    assert page.inner_text("#panel h2").startswith("Hà Nội: Nâng cao chất lượng")


def test_keyboard_alone_finds_a_person_reads_a_fact_and_copies_its_query(show: Open) -> None:
    view = show(sample())
    page, keys = view.page, view.page.keyboard
    page.evaluate("() => { navigator.clipboard.writeText = async (text) => { window.copied = text; }; }")
    keys.press("/")
    keys.type("thuan")
    keys.press("Enter")
    for _ in range(60):
        keys.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Xem dữ kiện":
            break
    keys.press("Enter")
    assert page.inner_text("#panel h2") == "Giữ chức vụ"
    for _ in range(60):
        keys.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    keys.press("Enter")
    keys.press("Tab")
    keys.press("Enter")
    page.wait_for_function("window.copied")
    assert "fact-001>" in page.evaluate("window.copied")


AXE = Path(__file__).parent / "npm" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.mark.skipif(not AXE.is_file(), reason="npm ci --prefix tests/view/npm brings axe-core")
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize(
    "at", ["", "#at=n:person-thuan&theme=dark", "#at=f:fact-004&lang=en", "#view=table&lang=en&theme=dark", "#embed=1"]
)
def test_axe_finds_nothing_serious(show: Open, width: int, at: str) -> None:
    page = show(sample(), at, width=width, height=800).page
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations")
    assert [
        (v["id"], v["impact"], v["nodes"][0]["html"][:200]) for v in found if v["impact"] in ("serious", "critical")
    ] == []
