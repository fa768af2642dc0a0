"""`kg remove`: articles out of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.cli.common import argument, kg_command
from kg.cli.store import opened, store_option, told

if TYPE_CHECKING:
    from kg.store.place import Place


@kg_command(
    en="Take articles out of the store, each named by its file, its id or its IRI: what is left is the graph that "
    "never had them.",
    vi="Bỏ bài khỏi kho, gọi theo tệp, mã hay IRI của bài: kho còn lại đúng như chưa từng có bài ấy.",
    example="kg remove 000_2895a1450e1684b6",
)
@argument("articles", nargs=-1, required=True, en="Files, ids or IRIs.", vi="Tệp, mã hoặc IRI.")
@store_option
def command(articles: tuple[str, ...], where: Place | None) -> int:
    """Remove; nothing is removed where a name is unknown."""
    from kg.corpus import remove

    return told(remove(articles, opened(where)))
