"""What the commands of the store have in common: where it lies, and how a change is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import config, echo, number, option, report, say
from kg.errors import FAILED

if TYPE_CHECKING:
    from kg.corpus import Change
    from kg.store import OxigraphStore

STORE = "store"
# `--store DIR`
store_option = option(
    "--store",
    "where",
    type=click.Path(path_type=Path),
    en="Folder of the store (default: store in the output folder).",
    vi="Thư mục của kho (mặc định: store trong thư mục kết quả).",
)


def opened(where: Path | None, *, base: str | None = None, read_only: bool = False) -> OxigraphStore:
    """The store of `--store`.

    Raises:
        OutputError, InputError, UsageError: as `kg.store.OxigraphStore`.
    """
    from kg.store import OxigraphStore, base_of, is_store

    settings = config(base=base)
    path = where or settings.output / STORE
    used = base_of(path) if base is None and is_store(path) else settings.base
    return OxigraphStore(path, used, read_only=read_only)


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
