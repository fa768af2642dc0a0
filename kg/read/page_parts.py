"""Which elements of a web page are what: captions, lead, byline, time, and what is no part of the article.

Papers name these in Vietnamese and English, with their content system's prefix ("detail__sapo", "PhotoCMS_Caption").
Names are read as words: split at case, digits, hyphens and underscores, in lower case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.read.page_meta import shown_time, words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What stands before a caption's words so that they are known again behind the extractor, which keeps text and little
# else. Nothing on a page looks like it.
CAPTION_MARK = "⟦caption⟧"
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_CAPTION = frozenset("caption figcaption chuthich picturecaption imgcaption piccaption captionimage".split())
_LEAD = frozenset("sapo lead chapeau standfirst summary intro teaser trichdan tomtat".split())
_BYLINE = frozenset("author byline tacgia authors writer nguoiviet butdanh".split())
_TIME = frozenset("date time datetime published pubdate timestamp ngay thoigian meta postmeta posttime publish".split())
_JUNK = frozenset(
    "related relate relation lienquan tinlienquan docthem xemthem cungchuyenmuc tinkhac tinmoi newsother othernews "
    "comment comments binhluan ykien quangcao ads advertisement banner qc sponsor share social sharing toolbar "
    "tag tags tukhoa keyword keywords breadcrumb breadcrumbs rating vote poll newsletter subscribe popup readmore "
    "morenews mostread docnhieu nextpost prevpost pagination copyright".split()
)
# Several words of a name that only together say something: "box-tin-lien-quan", "tin_cung_chuyen_muc".
_JUNK_TOGETHER = (
    "tinlienquan",
    "lienquan",
    "cungchuyenmuc",
    "docthem",
    "xemthem",
    "binhluan",
    "tinkhac",
    "quangcao",
    "docnhieu",
    "tukhoa",
)
_JUNK_TAGS = ("script", "style", "noscript", "nav", "aside", "form", "button", "iframe", "footer", "template", "svg")
_LONGEST_CAPTION = 600
_LONGEST_LEAD = 1200
_CREDIT = re.compile(r"\(?(?:Ảnh|Nguồn ảnh|Đồ họa|Photo|Minh họa)\s?:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows its readers beside the text.

    Attributes:
        title: its main heading.
        lead: the paragraph set apart as the lead.
        published: the time, as `kg.read.page_meta.shown_time` reads it.
        author: the writer's line.
        left_out: what was taken out before the text was looked for: its kind and first words.
    """

    title: str
    lead: str
    published: str
    author: str
    left_out: tuple[tuple[str, str], ...]


def mark(tree: HtmlElement) -> Shown:
    """Takes out what is no part of the article and marks captions; the tree changes."""
    left_out: list[tuple[str, str]] = []
    title = _heading(tree)
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        kind = element.tag if element.tag in _JUNK_TAGS else _junk(element)
        if kind:
            said = words("".join(element.itertext()))[:80] if element.tag not in ("script", "style", "svg") else ""
            if said:
                left_out.append((kind, said))
            _drop(element)
    lead = author = published = ""
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        names = _names(element)
        if element.tag == "figcaption" or not names.isdisjoint(_CAPTION) or _picture_row(element):
            _mark_caption(element)
        elif not lead and not names.isdisjoint(_LEAD):
            said = words(element.text_content())
            if 20 <= len(said) <= _LONGEST_LEAD and said != title:
                lead = said
                _drop(element)
        elif not author and not names.isdisjoint(_BYLINE):
            said = words(element.text_content())
            if 2 <= len(said) <= 80 and not shown_time(said):
                author = said
                _drop(element)
        elif not published and (element.tag == "time" or not names.isdisjoint(_TIME)):
            said = words(element.text_content())
            time = shown_time(said) if len(said) <= 120 else ""
            if time:
                published = time
                _drop(element)
    return Shown(title, lead, published, author, tuple(left_out))


def _names(element: HtmlElement) -> set[str]:
    """The words of an element's class, id and itemprop, each alone and all of a class together."""
    found: set[str] = set()
    for value in (element.get("class"), element.get("id"), element.get("itemprop")):
        for name in (value or "").split():
            parts = [w.lower() for w in _WORD.findall(name)]
            found.update(parts)
            found.add("".join(parts))
    return found


def _junk(element: HtmlElement) -> str:
    if element.tag in ("html", "body", "main", "article"):
        return ""
    names = _names(element)
    hit = names & _JUNK
    if not hit and not any(t in n for n in names for t in _JUNK_TOGETHER):
        return ""
    # A class of the whole page ("page-with-comments") is none of the box.
    if len(element.xpath(".//p")) > 12 and len(words(element.text_content())) > 4000:
        return ""
    return "-".join(sorted(hit)) or "box"


def _heading(tree: HtmlElement) -> str:
    headings = [words(h.text_content()) for h in tree.iter("h1")]
    return max((h for h in headings if h), key=len, default="")


def _picture_row(element: HtmlElement) -> bool:
    """True for the words below a picture in a table that holds nothing else: how many papers set captions."""
    if element.tag not in ("td", "p", "div"):
        return False
    if element.tag == "td":
        table = next(element.iterancestors("table"), None)
        return (
            table is not None
            and len(table.xpath(".//img")) >= 1
            and not element.xpath(".//img")
            and len(table.xpath(".//td")) <= 2 * len(table.xpath(".//img"))
            and 0 < len(words(element.text_content())) <= _LONGEST_CAPTION
        )
    said = words(element.text_content())
    if not 0 < len(said) <= 300 or not _CREDIT.search(said):
        return False
    before = element.getprevious()
    return before is not None and bool(before.xpath("self::img|.//img")) and not words(before.text_content())


def _mark_caption(element: HtmlElement) -> None:
    """Makes the element a paragraph of its own that begins with the mark, outside its picture's table or figure."""
    said = words(element.text_content())
    box = next(
        (a for a in element.iterancestors("figure", "table") if len(words(a.text_content())) <= _LONGEST_CAPTION), None
    )
    if not said or len(said) > _LONGEST_CAPTION:
        return
    from lxml.html import HtmlElement as Element

    made = Element()
    made.tag = "p"
    made.text = CAPTION_MARK + said
    place = box if box is not None else element
    made.tail, place.tail = place.tail, None
    parent = place.getparent()
    if parent is not None:
        parent.replace(place, made)


def _drop(element: HtmlElement) -> None:
    """Takes an element out; the text behind it stays."""
    if element.getparent() is not None:
        element.drop_tree()
