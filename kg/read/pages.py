"""Pages by their addresses: fetched one after another, feeds and sitemaps followed, none twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from kg.errors import InputError
from kg.language import Bilingual
from kg.model import Finding
from kg.read.bundles import entries
from kg.read.errors import as_finding
from kg.read.feeds import is_feed
from kg.read.sources import Record, Source
from kg.read.web import Fetcher

_DEPTH = 3  # sitemaps within sitemaps
_HTML = ("text/html", "application/xhtml+xml", "")


@dataclass(frozen=True, slots=True)
class Web:
    """How pages are fetched.

    Attributes:
        follow: fetch also what feeds and sitemaps on disk name. Those that lie on the web are always followed.
        cache: folder of what was fetched; None for none.
        delay: seconds between two requests to one host.
        private: fetch from this machine and its network, too.
        most: pages at most of one feed or sitemap.
    """

    follow: bool = False
    cache: Path | None = None
    delay: float = 1.0
    private: bool = False
    most: int = 1000


class Pages:
    """The pages of one call; the network is asked only once it is needed.

    Args:
        web: how pages are fetched.
        max_bytes: larger pages are findings.
    """

    def __init__(self, web: Web, max_bytes: int) -> None:
        self._web, self._max_bytes = web, max_bytes
        self._fetcher: Fetcher | None = None
        self._seen: set[str] = set()
        self._left: dict[str, int] = {}

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._fetcher is not None:
            self._fetcher.__exit__(kind, error, at)

    def at(self, address: str, depth: int = 0) -> Iterator[Source | Finding]:
        """The page at an address, or those that the feed or sitemap there names."""
        if address in self._seen:
            return
        self._seen.add(address)
        if self._fetcher is None:
            self._fetcher = Fetcher(
                self._max_bytes, delay=self._web.delay, cache=self._web.cache, private=self._web.private
            )
        try:
            found = self._fetcher.fetch(address)
        except InputError as error:
            yield as_finding(error, address)
            return
        if is_feed(found.data):
            yield from self._followed(found.data, address, depth)
        elif found.kind in _HTML:
            name = re.sub(r"\W+", "-", found.address.split("//", 1)[-1]).strip("-")[:120] or "page"
            yield Source(
                Path(),
                record=Record(
                    found.address, name, "page", found.data,
                    address=found.address, fetched=found.time, charset=found.charset,
                ),
            )  # fmt: skip
        else:
            yield Finding("warning", address, Bilingual(f"no page: {found.kind}", f"không phải trang: {found.kind}"))

    def named(self, source: Source) -> Iterator[Source | Finding]:
        """What a feed on disk names: fetched where that is wanted, else counted."""
        if self._web.follow:
            yield from self.at(source.address)
        else:
            self._left[str(source.path)] = self._left.get(str(source.path), 0) + 1

    def left(self) -> Iterator[Finding]:
        """What was named and not fetched."""
        for where, number in self._left.items():
            yield Finding(
                "warning",
                where,
                Bilingual(f"names {number} pages that were not fetched", f"nêu {number} trang chưa được tải"),
                Bilingual("--fetch fetches them", "--fetch sẽ tải các trang này"),
            )
        self._left.clear()

    def _followed(self, data: bytes, address: str, depth: int) -> Iterator[Source | Finding]:
        if depth >= _DEPTH:
            yield Finding(
                "warning", address, Bilingual("feeds within feeds: not followed", "feed lồng feed: không đi tiếp")
            )
            return
        left = self._web.most
        for found in entries(data, Path(address), address):
            if isinstance(found, Finding) or not found.address:
                yield found
            elif left:
                left -= 1
                yield from self.at(found.address, depth + 1)
