"""Which line of an article is what: title, date line, lead, body, captions, byline, page furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from kg.model import Part, Span
from kg.text.letters import CAPITAL
from kg.text.normal import tone_key
from kg.text.times import iso_date

_TIME = r"(?P<hour>[01]?\d|2[0-3])\s?(?:[:h]|giờ)\s?(?P<minute>[0-5]\d)"
_DAY = r"(?P<day>[0-3]?\d)\s?[/.-]\s?(?P<month>[01]?\d)\s?[/.-]\s?(?P<year>(?:19|20)\d{2})"
_DATE_LINE = re.compile(
    rf"(?:{_TIME}.{{0,20}}?)?{_DAY}(?:.{{0,20}}?(?P<hour2>[01]?\d|2[0-3])\s?[:h]\s?(?P<minute2>[0-5]\d))?"
)
_DATELINE = re.compile(
    r"\s*(?:\((?P<paper>[^()\n]{2,40})\)|(?P<bare>[A-ZĐ][\w.]{1,20}(?:\.(?:vn|com|net|org))|TTXVN|VOV|TTO|NLĐ|SGGP|PLO|TPO|VTV|Dân trí))\s?[-–—:]\s*"
)
_FURNITURE = re.compile(
    r"(?:thích và chia sẻ|tin liên quan|tin cùng chuyên mục|bài liên quan|xem thêm|đọc thêm|tin khác|các tin khác|video hot|"
    r"về đầu trang|bình luận|chia sẻ bài viết|từ khóa|tags?\s*:|theo dõi|đọc nhiều|tin mới|mời bạn đọc|mời quý vị|quảng cáo\s*:|tin đọc nhiều|in bài viết|gửi bình luận|chủ đề\s*:)",
    re.IGNORECASE,
)
# Furniture that ends the article: whatever follows is not of it.
_END = re.compile(
    r"(?:tin liên quan|tin cùng chuyên mục|bài liên quan|tin khác|các tin khác|đọc nhiều|tin mới|tin đọc nhiều)\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"\(?(?:Ảnh|ảnh|Nguồn ảnh|Đồ họa|Clip|Video|Nguồn)\s?:\s?")
_NAME_WORD = rf"[{CAPITAL}][^\W\d_]*"
_BYLINE = re.compile(
    rf"(?:(?:Theo|Bài|Bài và ảnh|Tin|PV|Nhóm PV|Tin, ảnh|Thực hiện)\s?:?\s)?{_NAME_WORD}(?:[ .]{_NAME_WORD}){{0,4}}(?:\s?(?:[-–,/&]|và)\s?{_NAME_WORD}(?:[ .]{_NAME_WORD}){{0,4}}){{0,3}}(?:\s?\([^)]*\)|/[A-Z]+)?\.?$"
)
_PLACEHOLDER = {"author", "tác giả", "admin", "pv"}


_NO_BYLINE = frozenset(
    "Chủ Phó Bí Hội Ông Bà Đồng Anh Chị Các Tổng Bộ Thứ Giám Trưởng Đại Ảnh Video Clip Nguồn Hà Việt".split()
)


_AROUND_DATE = 40  # a date line has little beside its date: a weekday, "Cập nhật", a time zone


class Block(NamedTuple):
    """A line with its part; the span leaves out surrounding white space."""

    part: Part
    span: Span


class Layout(NamedTuple):
    """The article's structure.

    Attributes:
        blocks: all non-empty lines, ascending.
        published: "2019-06-08T20:24" or "2019-06-08" where a date line states it.
        published_span: where.
        publisher: the paper named in the dateline "(Paper) -".
        lead: the lead without the dateline.
    """

    blocks: tuple[Block, ...]
    published: str | None
    published_span: Span | None
    publisher: Span | None
    lead: Span | None


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _lines(text: str) -> list[Span]:
    spans, at = [], 0
    while at <= len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        span = _trim(text, at, stop)
        if span.end > span.start:
            spans.append(span)
        at = stop + 1
    return spans


def is_byline(line: str) -> bool:
    """True for a line that is nothing but one or more names of writers."""
    return len(line) <= 60 and bool(_BYLINE.match(line)) and line.split()[0] not in _NO_BYLINE


def layout(text: str, known: Iterable[tuple[Part, Span]] | None = None) -> Layout:
    """Classifies the lines of `text`; offsets count code points of `text`.

    Args:
        text: the article.
        known: what its lines are, where the reader knows it (a web page tells); the rest is told by the words.
    """
    told = {span.start: part for part, span in known or ()}
    lines = _lines(text)
    blocks: list[Block] = []
    published: str | None = None
    published_span: Span | None = None
    publisher: Span | None = None
    lead: Span | None = None
    ended = False
    body_seen = 0
    for index, span in enumerate(lines):
        line = text[span.start : span.end]
        part = told.get(span.start)
        if part in ("title", "caption", "byline"):
            blocks.append(Block(part, span))
            continue
        if ended:
            blocks.append(Block("furniture", span))
            continue
        if index == 0 and len(lines) > 1:
            blocks.append(Block("title", span))
            continue
        if len(line) < 120 and _FURNITURE.match(line):
            ended = bool(_END.match(line)) or index > len(lines) - 6
            blocks.append(Block("furniture", span))
            continue
        date = _DATE_LINE.search(line) if published is None and len(lines) > 1 and body_seen == 0 else None
        if date is not None and len(line) - (date.end() - date.start()) > _AROUND_DATE:
            date = None  # a sentence with a date in it
        if date is not None:
            day = iso_date(int(date["day"]), int(date["month"]), int(date["year"]))
            if day is not None:
                hour, minute = date["hour"] or date["hour2"], date["minute"] or date["minute2"]
                published = f"{day}T{int(hour):02d}:{minute}" if hour else day
                published_span = Span(span.start + date.start(), span.start + date.end())
                before, bar, _ = line[: date.start()].rpartition("|")
                if bar and 1 < len(before.strip()) <= _AROUND_DATE:
                    publisher = _trim(text, span.start, span.start + len(before))  # "Báo Bình Sơn | 16:05 12/03/2018"
                blocks.append(Block("meta", span))
                continue
        if body_seen == 0 and len(line) < 20 and tone_key(line) in _PLACEHOLDER:
            blocks.append(Block("meta", span))
            continue
        start = span.start
        if body_seen == 0 and (m := _DATELINE.match(line)):
            group = "paper" if m["paper"] else "bare"
            publisher = publisher or Span(start + m.start(group), start + m.end(group))
            start += m.end()
            blocks.append(Block("meta", Span(span.start, start)))
        inside = Span(start, span.end)
        if is_byline(text[start : span.end]) and body_seen:
            blocks.append(Block("byline", inside))
            continue
        ends = line[-1] in ".!?:;…”\"')»" or body_seen == 0 or len(line) > 400
        if not ends or (len(line) < 200 and _CREDIT.search(line) and not line.rstrip(")").endswith(".")):
            blocks.append(Block("caption", inside))
            continue
        body_seen += 1
        if body_seen == 1 and lead is None and len(lines) > index + 1 and inside.length < 700:
            lead = inside
            blocks.append(Block("lead", inside))
        else:
            blocks.append(Block("body", inside))
    return Layout(tuple(blocks), published, published_span, publisher, lead)
