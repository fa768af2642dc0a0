"""RSS and Atom feeds and sitemaps: what they hold, and which pages they name."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import InputError
from kg.language import Bilingual
from kg.read.errors import missing_extra

_MOST = 50_000  # entries of one feed or sitemap, as the sitemap protocol has it
_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)
_HEAD = 4096
_TEXT = 400  # characters of an entry's own content that make it an article rather than an announcement


@dataclass(frozen=True, slots=True)
class Named:
    """One entry: a page's address, or a page's content that the feed itself holds.

    Attributes:
        address: the page's address; may be empty.
        markup: the page, made of the feed's content; empty where the address has to be fetched.
    """

    address: str
    markup: str = ""


def is_feed(data: bytes) -> bool:
    """True for a feed or a sitemap, by its first element."""
    head = data[:_HEAD]
    return bool(_FEED.search(head) or _SITEMAP.search(head)) and b"<html" not in head.lower()


def named(data: bytes, where: str) -> Iterator[Named]:
    """The entries of a feed or a sitemap, in its order.

    Raises:
        InputError: it cannot be parsed.
        KgError: the extra `web` is not installed.
    """
    yield from _sitemap(data, where) if _SITEMAP.search(data[:_HEAD]) else _feed(data, where)


def _feed(data: bytes, where: str) -> Iterator[Named]:
    try:
        import feedparser
    except ImportError as error:
        raise missing_extra(where, "web", error.name) from error
    # A stream, since a string might be taken for an address to fetch.
    found = feedparser.parse(io.BytesIO(data))
    if found.bozo and not found.entries:
        raise _unreadable(where, str(found.get("bozo_exception", "")))
    for entry in found.entries[:_MOST]:
        address = str(entry.get("link") or "")
        parts = [str(c.get("value", "")) for c in entry.get("content", [])]
        body = max(parts, key=len, default="")
        if len(re.sub(r"<[^>]*>", "", body)) >= _TEXT:
            yield Named(address, _page(entry, body))
        elif address:
            yield Named(address)


def _page(entry: dict[str, object], body: str) -> str:
    """A page of a feed's entry, with the feed's metadata as a page has it."""
    title = html.escape(str(entry.get("title") or ""))
    rows = {"article:published_time": entry.get("published") or entry.get("updated"), "author": entry.get("author")}
    stamp = entry.get("published_parsed") or entry.get("updated_parsed")
    if isinstance(stamp, tuple) and len(stamp) >= 5:
        rows["article:published_time"] = "{:04}-{:02}-{:02}T{:02}:{:02}:00Z".format(*stamp[:5])
    meta = "".join(f'<meta property="{k}" content="{html.escape(str(v), quote=True)}">' for k, v in rows.items() if v)
    return (
        f'<html><head><meta property="og:type" content="article">{meta}<title>{title}</title></head>'
        f"<body><h1>{title}</h1><div>{body}</div></body></html>"
    )


def _sitemap(data: bytes, where: str) -> Iterator[Named]:
    try:
        from lxml import etree
    except ImportError as error:
        raise missing_extra(where, "web", error.name) from error
    # Neither entities nor a DTD of its own: nothing is read but this file.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        tree = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _unreadable(where, str(error)) from error
    if tree is None:
        raise _unreadable(where, "")
    for number, place in enumerate(tree.iter("{*}loc")):
        if number >= _MOST:
            return
        address = (place.text or "").strip()
        if address:
            yield Named(address)


def _unreadable(where: str, reason: str) -> InputError:
    return InputError(
        Bilingual(
            f"{where}: not a feed or sitemap that can be read: {reason}",
            f"{where}: không đọc được feed hay sitemap: {reason}",
        )
    )
