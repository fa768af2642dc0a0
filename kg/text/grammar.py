"""Regular expressions that know with which characters their matches can begin.

Python's `re` tries a pattern of alternatives at every character of a text, at 0.1 µs each; with the characters known,
all other positions are passed over at a twentieth of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

# Python's own parser of regular expressions: the module has had this name since 3.11.
_parse: Any = re._parser.parse  # type: ignore[attr-defined]
_WIDEST = 4096  # a range of more characters than this is as good as any character


class Grammar:
    """A compiled pattern.

    Attributes:
        regex: as compiled.
        begin: see `starts`.
        whole: True where a match has no group "m", which would stand for it.
    """

    __slots__ = ("begin", "regex", "whole")

    def __init__(self, regex: re.Pattern[str]) -> None:
        self.regex = regex
        self.begin = starts(regex)
        self.whole = "m" not in regex.groupindex

    def search(self, text: str, at: int) -> re.Match[str] | None:
        """The first match that begins at `at` or behind it."""
        if self.begin is None:
            return self.regex.search(text, at)
        match = self.regex.match
        for m in self.begin.finditer(text, at):
            if (found := match(text, m.start())) is not None:
                return found
        return None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches, left to right, none within another."""
        at = 0
        while at <= len(text) and (found := self.search(text, at)) is not None:
            yield found
            at = max(found.end(), found.start() + 1)


def starts(pattern: re.Pattern[str]) -> re.Pattern[str] | None:
    """A class of the characters with which matches of `pattern` begin.

    None where that can be any or nothing, and where the pattern begins with a class that `re` looks for by itself.

    >>> starts(re.compile("(?P<a>ab|[cd])?(?<=x)e+|(?!g)f"))
    re.compile('[acdef]')
    >>> starts(re.compile("[^a]b")), starts(re.compile("a?"))
    (None, None)
    """
    parts = _parse(pattern.pattern, pattern.flags)
    head = parts
    while head and str(head[0][0]) == "SUBPATTERN":
        head = head[0][1][-1]
    if head and str(head[0][0]) in ("IN", "LITERAL"):
        return None
    found, empty = _first(parts)
    if found is None or empty:
        return None
    return re.compile(f"[{re.escape(''.join(sorted(found)))}]")


def _first(parts: Iterable[tuple[Any, Any]]) -> tuple[set[str] | None, bool]:
    """First characters of a sequence (None for any), and whether it can match nothing at all."""
    found: set[str] = set()
    for op, value in parts:
        chars, empty = _piece(str(op), value)
        if chars is None:
            return None, False
        found |= chars
        if not empty:
            return found, False
    return found, True


def _piece(op: str, value: Any) -> tuple[set[str] | None, bool]:
    if op == "LITERAL":
        return {chr(value)}, False
    if op == "IN":
        return _members(value), False
    if op in ("ASSERT", "ASSERT_NOT", "AT"):
        return set(), True
    if op == "SUBPATTERN":
        return _first(value[-1])
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        chars, empty = _first(value[2])
        return chars, empty or value[0] == 0
    if op == "BRANCH":
        found: set[str] = set()
        some = False
        for branch in value[1]:
            chars, empty = _first(branch)
            if chars is None:
                return None, False
            found |= chars
            some = some or empty
        return found, some
    return None, False


def _members(members: Iterable[tuple[Any, Any]]) -> set[str] | None:
    found: set[str] = set()
    for op, value in members:
        match str(op):
            case "LITERAL":
                found.add(chr(value))
            case "RANGE" if value[1] - value[0] < _WIDEST:
                found.update(map(chr, range(value[0], value[1] + 1)))
            case _:
                return None
    return found
