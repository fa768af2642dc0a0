"""Web pages: the same article in the markup of different papers gives the text that its clean file would have."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import pytest
from encodings_of_old import cp1258, vni
from page_samples import AUTHOR, CAPTION, LEAD, NOISE, PAGES, PAPER, TEXT, TIME, TITLE

from kg.errors import InputError, KgError
from kg.extract.article import read_article
from kg.model import Reading
from kg.read import document, load
from kg.read.page import read_page


def said(reading: Reading) -> list[object]:
    """What a reading says, without the place of its file."""
    text = reading.document.text
    meta = reading.article
    names = {e.id: (e.type, e.name, e.aliases) for e in reading.entities}
    facts = [
        (f.kind, f.status, sorted((r, str(v)) for r, v in f.roles.items()), [text[s.start : s.end] for s in f.evidence])
        for f in reading.facts
    ]
    return [facts, names, meta]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_as_its_clean_text(name: str) -> None:
    page = read_page(PAGES[name](), name)
    assert page.text == TEXT
    assert (page.meta.title, page.meta.published, page.meta.authors) == (TITLE, TIME, (AUTHOR,))
    parts = {part: page.text[span.start : span.end] for part, span in page.parts}
    assert (parts["title"], parts["lead"], parts["caption"], parts["byline"]) == (TITLE, LEAD, CAPTION, AUTHOR)


@pytest.mark.parametrize("name", ["big_daily", "local_portal", "print_version"])
def test_the_reading_is_that_of_the_clean_text(tmp_path: Path, name: str) -> None:
    file = tmp_path / "bai.html"
    file.write_text(PAGES[name](), encoding="utf-8")
    page, clean = read_article(load(file)), read_article(document(TEXT))
    assert said(page) == said(clean)
    assert {f.kind for f in page.facts} >= {"event", "holds_post", "statement", "request", "statistic"}
    assert page.article.published == TIME
    assert next(e.name for e in page.entities if e.id == page.article.publisher) == PAPER


def test_there_are_thirty_kinds_of_pages() -> None:
    assert len(PAGES) == 30


@pytest.mark.parametrize("encoding", ["utf-16", "cp1258", "vni", "nfd", "latin-1 declared"])
def test_a_page_in_another_encoding_is_the_same(tmp_path: Path, encoding: str) -> None:
    markup = PAGES["big_daily"]()
    if encoding == "nfd":
        data = unicodedata.normalize("NFD", markup).encode()
    elif encoding == "vni":
        data = vni(markup.replace('charset="utf-8"', ""))
    elif encoding == "cp1258":
        data = cp1258(markup.replace('charset="utf-8"', ""))
    elif encoding == "latin-1 declared":
        data = markup.replace('charset="utf-8"', 'charset="iso-8859-1"').encode()
    else:
        data = markup.encode(encoding)
    file = tmp_path / "bai.html"
    file.write_bytes(data)
    document_ = load(file)
    assert document_.text == TEXT
    assert document_.raw == document_.text


def test_what_was_left_out_is_told() -> None:
    page = read_page(PAGES["big_daily"](), "page")
    assert dict(page.left_out)["comment"] == f"Bạn đọc: {NOISE}"
    assert NOISE in [words for _, words in page.left_out]


@pytest.mark.parametrize(
    "markup",
    [
        "<h1>Mục lục</h1><ul><li><a href=1>Tin một hôm nay</a></li><li><a href=2>Tin hai</a></li></ul>",
        "<head><meta property='og:type' content='video.other'></head><h1>Video: Lễ hội đền</h1><video></video>"
        "<p>Xem video lễ hội.</p></body></html>",
        "<p></p>",
        "<!-- nothing -->",
    ],
    ids=["index", "video", "empty", "comment"],
)
def test_a_page_without_an_article_is_set_aside(markup: str) -> None:
    with pytest.raises(InputError, match=r"^trang\.html: "):
        read_page(markup, "trang.html")


def test_markup_of_great_depth_ends() -> None:
    deep = "<div>" * 100_000 + f"<p>{LEAD}</p>" + "</div>" * 100_000
    with pytest.raises(InputError):
        read_page(f"<html><body>{deep}</body></html>", "deep.html")


def test_script_within_text_stays_text() -> None:
    hostile = TITLE + " &lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"
    page = read_page(PAGES["wordpress"]().replace(f">{TITLE}</h1>", f">{hostile}</h1>"), "page")
    assert page.text.startswith(TITLE + " </script><img src=x onerror=alert(1)>")


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(KgError, match="needs the extra `web`") as caught:
        read_page(PAGES["wordpress"](), "a.html")
    assert "pip install 'vnkg[web]'" in caught.value.hint


def test_control_signs_in_a_caption_do_no_harm() -> None:
    """Found by fuzzing: what no XML may hold cannot be written back into the tree."""
    page = read_page(PAGES["wordpress"]().replace(CAPTION, f"\x01{CAPTION}&#2;\ufffe"), "page")
    assert page.text == TEXT
