"""`kg rebuild`: articles read anew after the rules have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.cli.common import config, kg_command, option, progress
from kg.cli.store import opened, store_option, told

if TYPE_CHECKING:
    from kg.store.place import Place


@kg_command(
    en="Read anew the articles of the store that other rules, another lexicon or another version of the program have "
    "read; from the texts that the store keeps, else from their files.",
    vi="Đọc lại những bài trong kho đã được đọc bằng luật, từ điển hay phiên bản khác; từ văn bản kho đang giữ, nếu "
    "không có thì từ tệp.",
    example="kg rebuild",
)
@store_option
@option("--jobs", en="Processes that read articles (setting jobs).", vi="Số tiến trình đọc bài.")
def command(where: Place | None, jobs: str | None) -> int:
    """Rebuild what is outdated."""
    from kg.corpus import rebuild

    settings = config(jobs=jobs)
    change = rebuild(
        opened(where),
        jobs=settings.jobs,
        max_bytes=settings.max_bytes,
        watch=lambda stream, total: progress(stream, total, "reading", "đang đọc"),
    )
    return told(change)
