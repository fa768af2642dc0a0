"""Which quotation marks belong together: direct speech runs over sentences and lines, and papers use straight marks."""

from __future__ import annotations

import bisect
import re
from typing import NamedTuple

from kg.text.tape import Tape

_MARKS = re.compile("[“”\n]")
# A quotation that runs on over lines does not run on for ever: past this many lines its mark was a slip.
_MOST_LINES = 12


class Quotation(NamedTuple):
    """A stretch of direct speech by items of the tape: the opening mark, and the closing one."""

    start: int
    end: int


class Quotations:
    """The outermost quotations of a tape, ascending.

    Straight marks that the tape could not tell apart, because the quotation runs over lines, are set right on the tape.
    """

    def __init__(self, tape: Tape) -> None:
        self.all: list[Quotation] = []
        changed: dict[int, str] = {}
        codes, text, starts, firsts = tape.codes, tape.text, tape.tokens.starts, tape.firsts
        opened, depth, lines = -1, 0, 0
        for m in _MARKS.finditer(codes):
            i = m.start()
            if m.group() == "\n":
                lines += 1
                if opened >= 0 and lines > _MOST_LINES:
                    opened, depth = -1, 0
                continue
            first = i == 0 or codes[i - 1] in "\n:"
            straight = text[starts[firsts[i]]] == '"'
            mark = m.group()
            if straight and lines and opened >= 0:
                # Behind a line break the tape counts anew; here the quotation is still open.
                mark = "“" if first else "”"
                if first:
                    opened, depth = -1, 0
                if codes[i] != mark:
                    changed[i] = mark
                    codes_after = codes[i + 1 : codes.find("\n", i)] if "\n" in codes[i:] else codes[i + 1 :]
                    for k, code in enumerate(codes_after, i + 1):
                        if code in "“”" and text[starts[firsts[k]]] == '"':
                            changed[k] = "”" if code == "“" else "“"
            elif straight and i in changed:
                mark = changed[i]
            elif straight and mark == "“" and opened >= 0 and codes[i + 1 : i + 2] in (",", "-", "."):
                # Opened with a curly mark, closed with a straight one.
                mark = changed[i] = "”"
            if mark == "“":
                if opened < 0 or first:
                    opened, depth, lines = i, 0, 0
                else:
                    depth += 1
            elif opened >= 0:
                if depth:
                    depth -= 1
                else:
                    self.all.append(Quotation(opened, i))
                    opened = -1
        if changed:
            marks = list(codes)
            for i, mark in changed.items():
                marks[i] = mark
            tape.codes = "".join(marks)

    def at(self, item: int) -> Quotation | None:
        """The quotation in which an item stands."""
        k = bisect.bisect_right(self.all, item, key=lambda q: q.start) - 1
        return self.all[k] if k >= 0 and self.all[k].end > item else None

    def opening(self, item: int) -> Quotation | None:
        """The quotation that an item opens."""
        k = bisect.bisect_left(self.all, item, key=lambda q: q.start)
        return self.all[k] if k < len(self.all) and self.all[k].start == item else None

    def before(self, item: int, within: int) -> Quotation | None:
        """The last quotation that closes at most `within` items before an item."""
        k = bisect.bisect_right(self.all, item, key=lambda q: q.start) - 1
        return self.all[k] if k >= 0 and item - within <= self.all[k].end <= item else None
