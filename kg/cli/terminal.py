"""Text for a terminal: article text, file names and query results must not be able to drive it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

# Bidirectional controls reorder what a person reads; line and paragraph separators break rows.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def safe(text: object, keep: str = "") -> str:
    r"""`text` with control, escape, bidirectional and unpaired surrogate characters written out.

    Control characters in `keep`, such as "\n\t", pass.

    >>> print(safe("a\x1b[31mb\u202ec"))
    a\x1b[31mb\u202ec
    """
    return "".join(c if c in keep or not _dangerous(c) else _written_out(c) for c in str(text))


def _dangerous(c: str) -> bool:
    return c in _BIDI or unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")


def _written_out(c: str) -> str:
    return c.encode("unicode_escape").decode("ascii")


def width(text: str) -> int:
    """Columns that `text` takes: combining marks and format characters none, wide East Asian ones two.

    >>> width("Hà Nội"), width(unicodedata.normalize("NFD", "Hà Nội"))
    (6, 6)
    """
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def clip(text: str, columns: int) -> str:
    """`text` cut to at most `columns` columns, with "…" where something was cut."""
    if width(text) <= columns:
        return text
    kept, used = [], 0
    for c in text:
        used += width(c)
        if used > columns - 1:
            break
        kept.append(c)
    return "".join(kept).rstrip() + "…"


def table(
    headers: Sequence[str], rows: Iterable[Sequence[object]], right: Sequence[int] = (), most: int | None = None
) -> str:
    """A plain text table, safe for a terminal; no trailing spaces; ends with a line feed unless it is empty.

    Args:
        headers: one a column; an empty list leaves the head out.
        rows: cells, written with `str`; line feeds become spaces.
        right: indices of columns set flush right (numbers).
        most: largest width of a column; longer cells are cut with "…".
    """
    lines = [[safe(" ".join(str(c).split("\n"))) for c in row] for row in ([headers] if headers else []) + list(rows)]
    if most is not None:
        lines = [[clip(c, most) for c in line] for line in lines]
    if not lines:
        return ""
    widths = [max(width(line[i]) for line in lines if i < len(line)) for i in range(max(map(len, lines)))]
    if headers:
        lines.insert(1, ["─" * w for w in widths])

    def cell(text: str, i: int) -> str:
        gap = " " * (widths[i] - width(text))
        return gap + text if i in right else text + gap

    return "".join("  ".join(cell(c, i) for i, c in enumerate(line)).rstrip() + "\n" for line in lines)


def json_safe(line: str) -> str:
    r"""A line of JSON in which what could drive a terminal stands as an escape; to a parser it says the same.

    >>> print(json_safe('"a\u202eb"'))
    "a\u202eb"
    """
    return "".join(f"\\u{ord(c):04x}" if _dangerous(c) else c for c in line)
