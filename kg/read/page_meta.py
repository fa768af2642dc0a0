"""What a web page says of itself: title, time, writers, paper, lead.

Three sources, the better known first: JSON-LD (`NewsArticle` and its kin), OpenGraph and other `meta` elements, and
the line that the page shows its readers. A field is taken from the first source that has it in a usable form.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_VIETNAM = timezone(timedelta(hours=7))
_ARTICLE = re.compile(
    r"(?:News|Reportage|Analysis|Opinion|Background|Review|Blog|Tech|Scholarly)?Article|.*Posting$|Report$"
)
_WIDEST = 4_000_000  # characters of JSON-LD that are read: more is no article's
_DAY = r"(?P<day>[0-3]?\d)\s?(?:[/.-]|tháng)\s?(?P<month>[01]?\d)\s?(?:[/.,-]|năm)\s?(?P<year>(?:19|20)\d{2})"
_HOUR = r"(?P<hour{n}>[01]?\d|2[0-3])\s?(?:[:h]|giờ)\s?(?P<minute{n}>[0-5]\d)(?:\s?(?P<half{n}>[AaPp])\.?[Mm])?"
# "Thứ hai, 12/03/2018, 16:05 (GMT+7)", "16:05 | 12-03-2018", "ngày 12 tháng 3 năm 2018".
_SHOWN = re.compile(rf"(?:{_HOUR.format(n=1)}.{{0,20}}?)?(?<!\d){_DAY}(?!\d)(?:.{{0,20}}?(?<!\d){_HOUR.format(n=2)})?")
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_TIMES = (
    "article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate", "publish-date",
    "date", "dc.date", "dc.date.issued", "dcterms.created", "dc.created", "article:publish_time", "parsely-pub-date",
)  # fmt: skip
_WRITERS = ("author", "article:author", "dc.creator", "parsely-author", "dable:author")
_PAPERS = ("og:site_name", "dc.publisher", "application-name", "copyright", "article:publisher")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f\u200b\ufeff\ufffe\uffff\ud800-\udfff]")
_NO_NAME = re.compile(
    r"https?:|www\.|@|^\W*$|^(?:admin|administrator|author|tác giả|ban biên tập|phóng viên|pv)$", re.I
)


@dataclass(frozen=True, slots=True)
class PageMeta:
    """What a page says of itself; empty where it does not.

    Attributes:
        title: the headline, without the paper's name.
        published: "2018-03-12T16:05" or "2018-03-12", Vietnamese time (UTC+7).
        authors: names of writers.
        publisher: the paper's name.
        summary: its own description, most often the lead.
        address: its canonical address.
        kinds: types that JSON-LD and OpenGraph give ("NewsArticle", "video.other").
        sources: which source gave each field, for people who look.
    """

    title: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    summary: str = ""
    address: str = ""
    kinds: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()


def words(text: str | None) -> str:
    """A text on one line, single-spaced, without what no XML may hold and the white space that nobody sees."""
    return " ".join(_UNSEEN.sub("", text or "").split())


def page_meta(tree: HtmlElement) -> PageMeta:
    """All that the page's head and its JSON-LD say; the shown line is read by `shown_time` where it is found."""
    found: dict[str, Any] = {}
    sources: dict[str, str] = {}
    kinds: list[str] = []

    def take(field: str, value: Any, source: str) -> None:
        if value and field not in found:
            found[field] = value
            sources[field] = source

    for node in _json_ld(tree):
        types = _types(node)
        kinds += types
        if not any(_ARTICLE.fullmatch(t) for t in types):
            continue
        take("title", words(_text(node.get("headline"))), "JSON-LD")
        take("published", iso_time(_text(node.get("datePublished"))), "JSON-LD")
        take("authors", _names(node.get("author")), "JSON-LD")
        take("publisher", next(iter(_names(node.get("publisher"))), ""), "JSON-LD")
        take("summary", words(_text(node.get("description"))), "JSON-LD")
        take("address", _address(_text(node.get("mainEntityOfPage")) or _text(node.get("url"))), "JSON-LD")
    head = _meta_elements(tree)
    if kind := head.get("og:type"):
        kinds.append(kind)
    take("title", head.get("og:title") or head.get("twitter:title") or head.get("title"), "meta")
    for name in _TIMES:
        take("published", iso_time(head.get(name, "")) or shown_time(head.get(name, "")), "meta")
    for name in _WRITERS:
        take("authors", tuple(n for n in _split(head.get(name, "")) if not _NO_NAME.search(n)), "meta")
    for name in _PAPERS:
        value = head.get(name, "")
        take("publisher", value if value and not _NO_NAME.search(value) and len(value) <= 60 else "", "meta")
    take("summary", head.get("og:description") or head.get("description"), "meta")
    canonical = tree.xpath("string(//link[@rel='canonical']/@href)")
    take("address", _address(canonical) or _address(head.get("og:url", "")), "meta")
    return PageMeta(**found, kinds=tuple(dict.fromkeys(kinds)), sources=tuple(sources.items()))


def iso_time(value: str) -> str:
    """An ISO time as Vietnamese time; one without a zone is taken to be Vietnamese. Empty where it is none.

    >>> iso_time("2018-03-12T09:05:00Z"), iso_time("2018-03-12T16:05"), iso_time("2018-03-12"), iso_time("2018-13-40")
    ('2018-03-12T16:05', '2018-03-12T16:05', '2018-03-12', '')
    """
    m = _ISO.match(value.strip())
    if m is None:
        return ""
    year, month, day = int(m[1]), int(m[2]), int(m[3])
    try:
        if m[4] is None:
            return datetime(year, month, day, tzinfo=_VIETNAM).date().isoformat()
        zone = _VIETNAM
        if m[6] == "Z":
            zone = timezone.utc  # noqa: UP017
        elif m[6]:
            sign = -1 if m[6][0] == "-" else 1
            zone = timezone(sign * timedelta(hours=int(m[6][1:3]), minutes=int(m[6][-2:])))
        moment = datetime(year, month, day, int(m[4]), int(m[5]), tzinfo=zone).astimezone(_VIETNAM)
    except (ValueError, OverflowError):
        return ""
    return moment.strftime("%Y-%m-%dT%H:%M")


def shown_time(line: str) -> str:
    """The time that a line shows in the Vietnamese order of day, month and year; empty where there is none.

    >>> shown_time("Thứ hai, 12/03/2018, 16:05 (GMT+7)"), shown_time("Cập nhật 4:05 PM, ngày 12 tháng 3 năm 2018")
    ('2018-03-12T16:05', '2018-03-12T16:05')
    """
    m = _SHOWN.search(line)
    if m is None:
        return ""
    try:
        day = datetime(int(m["year"]), int(m["month"]), int(m["day"]), tzinfo=_VIETNAM).date().isoformat()
    except ValueError:
        return ""
    for n in "12":
        if m["hour" + n]:
            hour = int(m["hour" + n])
            half = (m["half" + n] or "").lower()
            hour = hour % 12 + 12 if half == "p" else hour % 12 if half == "a" else hour
            return f"{day}T{hour:02d}:{m['minute' + n]}"
    return day


def _json_ld(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """All objects of the page's JSON-LD, those in lists and graphs too; what is broken is passed over."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        text = (script.text or "").strip()
        if not text or len(text) > _WIDEST:
            continue
        try:
            # Line breaks within strings are common and harmless: strict=False.
            value = json.loads(text.removeprefix("<!--").removesuffix("-->").strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        waiting = [value]
        for _ in range(200):
            if not waiting:
                break
            one = waiting.pop(0)
            if isinstance(one, list):
                waiting = one[:100] + waiting
            elif isinstance(one, dict):
                yield one
                if isinstance(one.get("@graph"), list):
                    waiting += one["@graph"][:100]


def _types(node: dict[str, Any]) -> list[str]:
    kind = node.get("@type")
    return [t.rsplit("/", 1)[-1] for t in (kind if isinstance(kind, list) else [kind]) if isinstance(t, str)]


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or value.get("@id") or ""
    return value if isinstance(value, str) else ""


def _names(value: Any) -> tuple[str, ...]:
    every = value if isinstance(value, list) else [value]
    found = [name for one in every for name in _split(_text(one)) if not _NO_NAME.search(name)]
    return tuple(dict.fromkeys(found))


def _split(names: str) -> list[str]:
    return [
        n for n in (words(part) for part in re.split(r"\s*(?:[,;/&]|\s-\s|\s–\s|\bvà\b)\s*", names)) if 1 < len(n) <= 60
    ]


def _meta_elements(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = words(element.get("content"))
        if name and value:
            found.setdefault(name.strip().lower(), value)
    return found


def _address(value: str) -> str:
    value = value.strip()
    return value if re.match(r"https?://[^\s<>\"{}|\\^`]+$", value) else ""
