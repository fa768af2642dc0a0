"""What the commands of the store have in common: where it lies, and how a change is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import config, echo, number, option, report, say
from kg.errors import FAILED

if TYPE_CHECKING:
    from kg.corpus import Change
    from kg.store import OxigraphStore
    from kg.store.place import Place

STORE = "store"


class PlaceType(click.Path):
    """A path, or the address of a SPARQL endpoint; the shell completes paths."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The place that is meant. Raises `UsageError` where it is none."""
        from kg.store.place import place

        return place(value) if isinstance(value, str) else value


# `--store DIR`
store_option = option(
    "--store",
    "where",
    type=PlaceType(),
    en="Folder of the store (default: store in the output folder), or http(s)://… of a SPARQL endpoint.",
    vi="Thư mục của kho (mặc định: store trong thư mục kết quả), hoặc http(s)://… của một SPARQL endpoint.",
)


def opened(where: Place | None, *, base: str | None = None, read_only: bool = False) -> OxigraphStore:
    """The store of `--store`.

    Raises:
        OutputError, InputError, UsageError: as `kg.store.source.open_store`.
    """
    from kg.store.folder import is_store
    from kg.store.source import open_store

    settings = config(base=base)
    place = where or settings.output / STORE
    # What a store has already goes before a setting, and a flag before both.
    had = base is None and (not isinstance(place, Path) or is_store(place))
    return open_store(place, None if had else settings.base, read_only=read_only)


def told(change: Change) -> int:
    """Print what a call did; the exit status."""
    status = report(change.findings)
    parts = [
        say(f"{number(change.added)} added", f"thêm {number(change.added)}"),
        say(f"{number(change.changed)} changed", f"đổi {number(change.changed)}"),
        say(f"{number(change.same)} unchanged", f"giữ nguyên {number(change.same)}"),
    ]
    if change.removed:
        parts = [say(f"{number(change.removed)} removed", f"bỏ {number(change.removed)}")]
    facts = change.facts.total()
    if facts:
        parts.append(say(f"{number(facts)} facts read", f"đọc được {number(facts)} dữ kiện"))
    echo(", ".join(parts))
    read = change.added or change.changed or change.same or change.removed
    return status if read or not change.findings else FAILED
