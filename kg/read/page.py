"""A web page to the text of its article, its parts kept apart.

The main text is found by trafilatura; what papers mark in their own way (captions, lead, byline, boxes of related news)
is handled before it in `kg.read.page_parts`. The result is one text, laid out by `kg.read.render`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import InputError
from kg.language import Bilingual
from kg.model import Part, Span
from kg.read.errors import missing_extra
from kg.read.page_meta import PageMeta, page_meta, shown_time, words
from kg.read.page_parts import CAPTION_MARK, Shown, mark
from kg.read.render import meta_line, rendered

# What no XML may hold: the parser's library refuses it when it is written back.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LEAST = 180  # characters of an article's text; galleries and videos have less
_PARAGRAPH = 60
_LONG = 300  # a whole body in one line may end with its writer's name
_ARTICLE_KINDS = re.compile(r"(?i)(?:news)?article|.*posting")
_PAPER_TAIL = re.compile(r"\s+(?:[-–—|»:]|::)\s+(?:Báo\s+)?[^-–—|»]{2,50}$")
_BYLINE_PREFIX = re.compile(r"^(?:Tác giả|Bài|Tin|Thực hiện|Theo)\s*:\s*", re.IGNORECASE)
# A last line of capitalised words alone: the writer, set below the text.
_NAMES = re.compile(r"(?:[^\W\d_a-z][^\W\d_]*\.?(?:\s+(?:-\s+)?|$)){2,8}")
_SENTENCE_END = (".", "!", "?", "…", "”", '"', ":", ";")


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was understood.

    Attributes:
        text: the rendering.
        parts: its lines with what they are, ascending; spans count code points of `text`.
        meta: what the page says of itself, the shown lines taken in.
        left_out: what was taken out: its kind and its first words.
    """

    text: str
    parts: tuple[tuple[Part, Span], ...]
    meta: PageMeta
    left_out: tuple[tuple[str, str], ...]


def read_page(markup: str, where: str) -> Page:
    """The article of a page.

    Args:
        markup: the page's characters.
        where: what errors name.

    Raises:
        InputError: the page holds no article (an index, a gallery, a video), or cannot be parsed.
        KgError: the extra `web` is not installed.
    """
    try:
        from lxml import etree, html
        from trafilatura import bare_extraction
    except ImportError as error:
        raise missing_extra(where, "web", error.name) from error
    try:
        # An encoding that markup declares of itself is an error to lxml once it is decoded.
        tree = html.document_fromstring(_NO_XML.sub("", re.sub(r"^\s*<\?xml[^>]*\?>", "", markup)))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise _no_article(where, "it cannot be parsed", "không phân tích được") from error
    meta = page_meta(tree)
    shown = mark(tree)
    try:
        found = bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    except RecursionError as error:
        raise _no_article(where, "its markup is nested too deep", "thẻ lồng nhau quá sâu") from error
    body = getattr(found, "body", None)
    lines = [] if body is None else _lines(body)
    if not _is_article(lines, meta):
        raise _no_article(where, "no article on this page", "trang này không có bài báo")
    return _render(lines, meta, shown)


def _no_article(where: str, en: str, vi: str) -> InputError:
    return InputError(
        Bilingual(f"{where}: {en}", f"{where}: {vi}"),
        Bilingual(
            "indexes, galleries and videos are set aside; `kg read` shows what was understood",
            "trang mục lục, ảnh và video được bỏ qua; `kg read` cho xem chương trình hiểu gì",
        ),
    )


def _lines(body: object) -> list[tuple[Part, str]]:
    """The extractor's paragraphs in order, with the part that their marks tell."""
    lines: list[tuple[Part, str]] = []
    for element in body:  # type: ignore[attr-defined]
        if element.tag == "table":
            rows = [" | ".join(filter(None, (words(_flat(c)) for c in row))) for row in element.iter("row")]
            texts = rows
        elif element.tag == "list":
            texts = [_flat(item) for item in element]
        else:
            texts = [_flat(element)]
        for text in texts:
            for line in text.split("\n"):
                line = words(line)
                part: Part = "caption" if CAPTION_MARK in line else "body"
                line = words(line.replace(CAPTION_MARK, ""))
                if line and (not lines or lines[-1][1] != line):
                    lines.append((part, line))
    return lines


def _flat(element: object) -> str:
    """An element's text; its line breaks are line feeds."""
    out = [element.text or ""]  # type: ignore[attr-defined]
    for child in element:  # type: ignore[attr-defined]
        out.append("\n" if child.tag in ("lb", "p", "item") else "")
        out.append(_flat(child))
        out.append("\n" if child.tag in ("p", "item") else "")
        out.append(child.tail or "")
    return "".join(out)


def _is_article(lines: list[tuple[Part, str]], meta: PageMeta) -> bool:
    body = [
        t for p, t in lines if p == "body" and (len(t) >= _LONG or (len(t) >= _PARAGRAPH and t.endswith(_SENTENCE_END)))
    ]
    known = any(_ARTICLE_KINDS.fullmatch(k) for k in meta.kinds)
    return sum(map(len, body)) >= (_LEAST if known else 2 * _LEAST) and (known or len(body) >= 2)


def _title(meta: PageMeta, shown: Shown) -> str:
    """The heading that the page shows; else what it says of itself, without the paper's name behind a dash."""
    if shown.title:
        return shown.title
    title = meta.title
    if meta.publisher and title.endswith(meta.publisher):
        title = re.sub(r"\s*[-–—|»:]+\s*$", "", title.removesuffix(meta.publisher))
    return words(title) or words(_PAPER_TAIL.sub("", meta.title))


def _render(lines: list[tuple[Part, str]], meta: PageMeta, shown: Shown) -> Page:
    title = _title(meta, shown)
    published = meta.published or shown.published
    author = _BYLINE_PREFIX.sub("", shown.author)
    authors = meta.authors or ((author,) if author else ())
    lead = shown.lead
    rest = [(p, t) for p, t in lines if t != title and t != lead and t not in (shown.author,)]
    if not lead and meta.summary:
        # The description repeats the lead, whole or cut; only what the page itself shows is taken.
        start = _key(meta.summary)[:60]
        for k, (part, text) in enumerate(rest[:4]):
            if part == "body" and len(start) >= 30 and start in _key(text):
                lead = text
                del rest[k]
                break
    elif not lead and rest and rest[0][0] == "body":
        lead = rest.pop(0)[1]
    out: list[tuple[Part, str]] = []
    if title:
        out.append(("title", title))
    out.append(("meta", meta_line(meta.publisher, published)))
    if lead:
        out.append(("lead", lead))
    rest = [(p, t) for p, t in rest if not (p == "body" and published and len(t) < 60 and _same_moment(t, published))]
    if rest and not authors and rest[-1][0] == "body" and _NAMES.fullmatch(rest[-1][1]):
        authors = (rest[-1][1],)
    if rest and rest[-1][0] == "body" and _key(rest[-1][1]) in {_key(a) for a in (*authors, " - ".join(authors))}:
        rest[-1] = ("byline", rest[-1][1])
    elif authors:
        rest.append(("byline", " - ".join(authors)))
    out += rest
    text, parts = rendered(out)
    sources = dict(meta.sources)
    for field, value in (
        ("title", shown.title),
        ("published", "" if meta.published else shown.published),
        ("authors", "" if meta.authors else author),
    ):
        if value:
            sources[field] = "shown"
    understood = PageMeta(
        title, published, authors, meta.publisher, meta.summary, meta.address, meta.kinds, tuple(sources.items())
    )
    return Page(text, parts, understood, shown.left_out)


def _same_moment(line: str, published: str) -> bool:
    found = shown_time(line)
    return bool(found) and found[:10] == published[:10]


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold().strip()
