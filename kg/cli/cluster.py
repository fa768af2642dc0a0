"""`kg build --engine spark`: what the command does on a cluster."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kg.cli.build import default_articles, show
from kg.cli.common import FAILED, config, echo, note, report, say
from kg.cli.inputs import field_map
from kg.cli.store import STORE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.store.place import Place

_STAGES = {
    "inputs": ("looking for articles", "đang tìm bài"),
    "readings": ("reading", "đang đọc"),
    "names": ("names", "tên gọi"),
    "default": ("what all articles say", "điều các bài nói"),
    "named": ("the articles' graphs", "đồ thị từng bài"),
    "load": ("loading", "đang nạp"),
}


def build_on_cluster(
    paths: Sequence[str],
    output: Place | None,
    *,
    base: str | None,
    fields: str | None,
    master: str | None,
    work: str | None,
    partitions: int,
) -> int:
    """Build with Spark; the status says whether all was read."""
    from kg.scale.session import ready, start

    ready()
    from kg.scale.build import Sizes, build
    from kg.scale.readings import Options
    from kg.store.place import Address

    away = output if isinstance(output, Address) else None
    settings = config(output=None if away else output, base=base)
    target = away or settings.output / STORE
    # An endpoint may be anybody's: the articles' texts stay here.
    options = Options(settings.base, settings.max_bytes, field_map(fields), keep_text=away is None)
    spark = start(master)
    try:
        summary = build(
            spark,
            paths or [str(default_articles(settings))],
            work or str(settings.output / "spark"),
            target,
            options,
            Sizes(partitions),
            _progress,
        )
    finally:
        spark.stop()
        _clear()
    status = report(summary.findings)
    if not summary.articles:
        note(say("nothing was built: no article could be read", "chưa dựng gì: không đọc được bài nào"))
        return FAILED
    show(summary)
    if away:
        echo(say(f"loaded into {target}", f"đã nạp vào {target}"))
    return status


def _progress(stage: str, done: int, total: int) -> None:
    if sys.stderr.isatty() and total:
        sys.stderr.write(f"\r{say(*_STAGES.get(stage, (stage, stage)))} {done}/{total}\x1b[K")
        sys.stderr.flush()


def _clear() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
