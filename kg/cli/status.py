"""`kg status`: what the store holds, and what is outdated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.cli.common import FINDINGS, OK, echo, kg_command, number, option, say
from kg.cli.store import opened, store_option
from kg.cli.terminal import table

if TYPE_CHECKING:
    from kg.store.place import Place


@kg_command(
    en="What the store holds: articles, facts, triples, and how many articles other rules have read (exit status 1 "
    "where there are any; kg rebuild reads them anew).",
    vi="Kho có gì: số bài, dữ kiện, bộ ba, và bao nhiêu bài được đọc bằng luật khác (trạng thái 1 nếu có; kg rebuild "
    "đọc lại).",
    example="kg status",
)
@store_option
@option("--articles", "listing", is_flag=True, en="List the articles.", vi="Liệt kê các bài.")
def command(where: Place | None, listing: bool) -> int:
    """Print the figures."""
    from kg.store.ledger import counts
    from kg.store.version import version

    store = opened(where, read_only=True)
    ledger = store.ledger()
    if listing:
        rows = [(e.id, e.source, number(e.facts), "" if e.version == version() else e.version) for e in ledger]
        headers = [say("id", "mã"), say("source", "nguồn"), say("facts", "dữ kiện"), say("read with", "đọc bằng")]
        echo(table(headers, rows, right=(2,)), end="")
        return OK
    outdated = len(ledger.outdated(version()))
    figures = counts(ledger)
    rows_ = [
        (say("articles", "bài"), number(figures["articles"])),
        (say("characters", "ký tự"), number(figures["characters"])),
        (say("facts", "dữ kiện"), number(figures["facts"])),
        (say("triples", "bộ ba"), number(len(store))),
        (say("outdated", "đã cũ"), number(outdated)),
    ]
    echo(table([say("of", "gồm"), say("number", "số lượng")], rows_, right=(1,)), end="")
    return FINDINGS if outdated else OK
