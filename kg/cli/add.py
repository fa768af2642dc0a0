"""`kg add`: new and changed articles into the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.cli.build import default_articles
from kg.cli.common import argument, config, kg_command, option, progress
from kg.cli.inputs import FETCH_HELP, INPUTS, MAP_HELP, field_map, web
from kg.cli.store import opened, store_option, told

if TYPE_CHECKING:
    from kg.store.place import Place


@kg_command(
    en="Take articles into the store: those that are new, and those whose file or rules have changed since. Each goes "
    "in whole or not at all; a call that was broken off goes on where it was. Ask the store with kg query -g, look at "
    "it with kg view, write it with kg export: its folder stands wherever a graph file does.",
    vi="Đưa bài vào kho: bài mới, và bài có tệp hay luật đã đổi. Mỗi bài vào trọn vẹn hoặc không vào; lệnh bị ngắt thì "
    "chạy lại sẽ đi tiếp. Hỏi kho bằng kg query -g, xem bằng kg view, xuất bằng kg export: thư mục của kho dùng được ở "
    "mọi chỗ nhận tệp đồ thị.",
    example="kg add data/articles",
)
@argument("paths", nargs=-1, type=str, en=INPUTS.en, vi=INPUTS.vi)
@store_option
@option("--base", en="Namespace of the data's IRIs, for a new store (setting base).", vi="Không gian tên, cho kho mới.")
@option("--map", "fields", en=MAP_HELP.en, vi=MAP_HELP.vi)
@option("--fetch", is_flag=True, en=FETCH_HELP.en, vi=FETCH_HELP.vi)
@option(
    "--no-text", is_flag=True, en="Keep quotations only, not the texts.", vi="Chỉ giữ trích dẫn, không giữ văn bản."
)
@option("--jobs", en="Processes that read articles (setting jobs).", vi="Số tiến trình đọc bài.")
def command(
    paths: tuple[str, ...],
    where: Place | None,
    base: str | None,
    fields: str | None,
    fetch: bool,
    no_text: bool,
    jobs: str | None,
) -> int:
    """Add; the status says whether all was read."""
    from kg.corpus import add

    settings = config(jobs=jobs)
    change = add(
        paths or [default_articles(settings)],
        opened(where, base=base),
        max_bytes=settings.max_bytes,
        fields=field_map(fields),
        web=web(settings, fetch),
        jobs=settings.jobs,
        keep_text=not no_text,
        watch=lambda stream, total: progress(stream, total, "reading", "đang đọc"),
    )
    return told(change)
