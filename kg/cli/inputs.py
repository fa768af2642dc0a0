"""What the commands that read articles have in common: which inputs, and the names of their fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language import Bilingual

if TYPE_CHECKING:
    from kg.read import FieldMap

INPUTS = Bilingual(
    "Text files, web pages, files of many articles, folders, or -.",
    "Tệp văn bản, trang web, tệp chứa nhiều bài, thư mục, hoặc -.",
)
MAP_HELP = Bilingual(
    "Names of fields in JSON Lines and CSV: title=headline,body=content, or guess.",
    "Tên các trường trong JSON Lines và CSV: title=headline,body=content, hoặc guess.",
)


def field_map(text: str | None) -> FieldMap | None:
    """The map of `--map`. Raises `UsageError` where it cannot be understood."""
    from kg.read import FieldMap

    return FieldMap.parse(text) if text is not None else None
