"""What every command is made of: bilingual help, settings, findings, output.

A command is a module here with a function `command`:

    @kg_command(en="Count things.", vi="Đếm.", example="kg count output/graph.ttl")
    @argument("graph", type=click.Path(path_type=Path), en="A graph.", vi="Đồ thị.")
    @option("--top", type=int, default=10, en="How many.", vi="Bao nhiêu.")
    def command(graph: Path, top: int) -> int:
        echo(say(en="done", vi="xong"))
        return OK

and a line in `kg.cli.app.COMMANDS`. It raises `KgError` and returns an exit status; everything else is done in `app`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import click

from kg.cli.command import LANG_FLAG, argument, kg_command, kg_group, option
from kg.cli.terminal import safe
from kg.cli.tongue import language, say
from kg.config import Config, load
from kg.errors import FAILED, FINDINGS, INTERRUPTED, OK, USAGE
from kg.files import write_whole
from kg.language import Bilingual, in_language
from kg.model import Finding

__all__ = [
    "FAILED",
    "FINDINGS",
    "INTERRUPTED",
    "OK",
    "USAGE",
    "argument",
    "config",
    "echo",
    "kg_command",
    "kg_group",
    "language",
    "note",
    "number",
    "option",
    "progress",
    "read_stdin",
    "report",
    "say",
    "write_text",
]

_T = TypeVar("_T")


def config(**flags: object) -> Config:
    """Settings in force; `flags` are values of the command's options (None: not given).

    Raises:
        UsageError: a setting cannot be used.
    """
    context = click.get_current_context(silent=True)
    given = context.find_root().meta.get(LANG_FLAG) if context else None
    return load({"lang": given, **flags})


def number(value: int) -> str:
    """A whole number with the thousands set apart as the language does."""
    return f"{value:,}".replace(",", say(",", "."))


def echo(text: str = "", end: str = "\n") -> None:
    """A result, on standard output. `text` is made safe for terminals; line feeds and tabs pass."""
    click.echo(safe(text, keep="\n\t") + end, nl=False)


def note(text: str = "") -> None:
    """A message, on standard error."""
    click.echo(safe(text, keep="\n\t"), err=True)


_SEVERITY = {
    "error": Bilingual("error", "lỗi"),
    "warning": Bilingual("warning", "chú ý"),
    "info": Bilingual("note", "ghi chú"),
}


def report(findings: Iterable[Finding], out: Callable[[str], None] = note) -> int:
    """Print findings, one a line with its hint below, on standard error.

    Returns:
        `FINDINGS` where one is an error or a warning, else `OK`.
    """
    status = OK
    lang = language()
    for f in findings:
        out(f"{in_language(_SEVERITY[f.severity], lang)}: {safe(f.where)}: {safe(in_language(f.message, lang))}")
        if f.hint:
            out(f"  → {safe(in_language(f.hint, lang))}")
        if f.severity != "info":
            status = FINDINGS
    return status


def progress(items: Iterable[_T], total: int, en: str, vi: str) -> Iterator[_T]:
    """`items`, with a line on standard error that counts them; silent unless that is a terminal.

    Args:
        items: what is counted.
        total: how many there are; 0 where nobody knows.
        en: what is being done, in English.
        vi: the same in Vietnamese.
    """
    if not sys.stderr.isatty() or total == 1:
        yield from items
        return
    label = say(en, vi)
    # A hundred redraws are enough for any run; more only slow it down.
    step = max(1, total // 100) if total else 50
    try:
        for n, item in enumerate(items, start=1):
            yield item
            if n % step == 0 or n == total:
                sys.stderr.write(f"\r{label} {n}{f'/{total}' if total else ''}\x1b[K")
                sys.stderr.flush()
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def read_stdin() -> bytes:
    """All of standard input."""
    return sys.stdin.buffer.read()


def write_text(target: str | Path | None, text: str) -> None:
    """Write a result to a file (whole or not at all), or to standard output where `target` is None or "-".

    Raises:
        OutputError: the file cannot be written.
    """
    if target is None or str(target) == "-":
        # Bytes pass unchanged: what another program reads must not be made safe for terminals.
        click.echo(text.encode("utf-8"), nl=False)
        return
    write_whole(Path(target), text.encode("utf-8"))
