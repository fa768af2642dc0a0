"""Answers that a server has given, kept until its graph changes."""

from __future__ import annotations

import os
from collections import OrderedDict
from pathlib import Path
from typing import Any

_ALL = 64 << 20  # bytes kept
_ONE = 16 << 20  # bytes of the largest answer that is kept

Answer = tuple[dict[str, Any], bytes]
State = tuple[tuple[str, int, int], ...]


def state(store: Path) -> State:
    """What tells one state of a store on disk from another: its files, their sizes and times."""
    with os.scandir(store) as entries:
        return tuple(sorted((e.name, (s := e.stat()).st_size, s.st_mtime_ns) for e in entries if e.is_file()))


class Answers:
    """The latest answers of one state of the graph; the one asked for longest ago goes first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self._state: State = ()
        self._bytes = 0

    def get(self, asked: str, now: State) -> Answer | None:
        """The answer to a request in the graph's present state, if it was given before."""
        if now != self._state:
            self._kept.clear()
            self._state, self._bytes = now, 0
        if asked in self._kept:
            self._kept.move_to_end(asked)
        return self._kept.get(asked)

    def put(self, asked: str, then: State, answer: Answer) -> None:
        """Keeps an answer that was given in a state, unless the graph has changed meanwhile."""
        if then != self._state or len(answer[1]) > _ONE or asked in self._kept:
            return
        self._kept[asked] = answer
        self._bytes += len(answer[1])
        while self._bytes > _ALL:
            self._bytes -= len(self._kept.popitem(last=False)[1][1])
