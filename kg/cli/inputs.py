"""What the commands that read articles have in common: which inputs, and the names of their fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language import Bilingual

if TYPE_CHECKING:
    from kg.config import Config
    from kg.read import FieldMap, Web

INPUTS = Bilingual(
    "Text files, web pages, files of many articles, folders, addresses on the web, or -.",
    "Tệp văn bản, trang web, tệp chứa nhiều bài, thư mục, địa chỉ trên mạng, hoặc -.",
)
FETCH_HELP = Bilingual(
    "Fetch also the pages that feeds and sitemaps on disk name.",
    "Tải cả các trang mà feed và sitemap trên đĩa nêu ra.",
)
MAP_HELP = Bilingual(
    "Names of fields in JSON Lines and CSV: title=headline,body=content, or guess.",
    "Tên các trường trong JSON Lines và CSV: title=headline,body=content, hoặc guess.",
)


def field_map(text: str | None) -> FieldMap | None:
    """The map of `--map`. Raises `UsageError` where it cannot be understood."""
    from kg.read import FieldMap

    return FieldMap.parse(text) if text is not None else None


def web(settings: Config, follow: bool) -> Web:
    """How pages are fetched: what was fetched lies in the output folder for a day."""
    from kg.read import Web

    return Web(
        follow=follow,
        cache=settings.output / "cache",
        delay=settings.fetch_delay,
        private=settings.private_addresses,
    )
