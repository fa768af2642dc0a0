"""Tables that fit a terminal: long cells go on in the next line, nothing is cut off."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kg.cli.terminal import safe, table, width

_LEAST = 8  # columns that a column keeps however narrow the terminal is
_GAP = 2


def fitted(head: Sequence[str], rows: Sequence[Sequence[str]], right: Collection[int], columns: int | None) -> str:
    """A table, safe for a terminal, at most `columns` wide where that can be; "" without columns.

    Args:
        head: names of the columns.
        rows: cells of one line each.
        right: indices of columns set flush right.
        columns: width of the terminal; None for no limit.
    """
    if not head:
        return ""
    # Made safe before it is measured: what is written out is wider than what it stands for.
    lines = [[safe(cell) for cell in row] for row in (head, *rows)]
    widths = [max(width(line[i]) for line in lines) for i in range(len(head))]
    if columns is not None:
        _narrow(widths, columns - _GAP * (len(head) - 1))
    broken: list[list[str]] = []
    for line in lines[1:]:
        cells = [wrap(cell, most) for cell, most in zip(line, widths, strict=True)]
        broken += [[cell[n] if n < len(cell) else "" for cell in cells] for n in range(max(map(len, cells)))]
    return table(lines[0], broken, sorted(right))


def _narrow(widths: list[int], room: int) -> None:
    """Take from the widest columns until all fit."""
    while sum(widths) > room and max(widths) > _LEAST:
        widths[widths.index(max(widths))] -= 1


def wrap(text: str, columns: int) -> list[str]:
    """`text` in lines of at most `columns`, broken at spaces where there are some.

    >>> wrap("Ủy ban nhân dân thành phố", 10)
    ['Ủy ban', 'nhân dân', 'thành phố']
    """
    if width(text) <= columns:
        return [text]
    lines: list[str] = []
    line, used = "", 0
    for word in text.split(" "):
        size = width(word)
        if line and used + 1 + size <= columns:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if line:
            lines.append(line)
        line, used = "", 0
        for char in word:
            if line and used + width(char) > columns:
                lines.append(line)
                line, used = "", 0
            line, used = line + char, used + width(char)
    return [*lines, line]
