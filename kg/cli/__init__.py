"""The command line: `kg COMMAND`. Each command is a file here, imported only when it is called."""

from __future__ import annotations

from typing import NoReturn

__all__ = ["main"]


def main() -> NoReturn:
    """Entry point of `kg`; ends the process with a documented exit status."""
    from kg.cli.app import cli, make_streams_utf8

    make_streams_utf8()
    cli.main(prog_name="kg")
    raise AssertionError("click ends the process")
