"""The name of what a number measures: before it in its clause, or behind it."""

from __future__ import annotations

from kg.text.lexicon import Lexicon
from kg.text.tape import Tape

_BACK = 22  # how many items before a number the name of what it measures may begin
_AHEAD = 10  # how many items behind a number that name may reach
_TIMES = "Date|Period|Number|Percent|units.duration|statistic:span|year|month|half|quarter|term"

Items = tuple[int, int]  # half-open, on the plain tape


class FigureNames:
    """Finds names beside numbers; keeps no state between articles."""

    def __init__(self, lexicon: Lexicon) -> None:
        def chars(names: str) -> frozenset[str]:
            return frozenset("".join(lexicon.chars(n) for n in names.split("|") if lexicon.has(n)))

        ends = ",|;|.|(|)|:|!|?|“|”|-|Date|Period|Number|Percent|Ratio|Range|speech"
        self.head = chars("statistic:head")
        self.opener = chars("statistic:opener|speech|requests|is")
        self.closer = chars(f"statistic:closer|{ends}") | {"\n", "\v"}
        self.ends = chars(ends) | {"\n", "\v"}
        self.times = chars(_TIMES)
        self.trail = self.times | self.opener | chars("at|of|to|statistic:closer|,|(")

    def before(self, tape: Tape, stop: int, low: int) -> tuple[Items | None, bool]:
        """The name before item `stop`, not reaching before `low`; and whether a noun of measure begins it."""
        codes = tape.codes
        end = stop
        low = max(low, stop - _BACK)
        while end > low and codes[end - 1] in self.trail and codes[end - 1] not in self.head:
            end -= 1
        soft = end
        while soft > low and codes[soft - 1] not in self.opener and codes[soft - 1] not in self.times:
            soft -= 1
        head = next((i for i in range(soft, end) if codes[i] in self.head), None)
        if head is None:
            head = next((i for i in range(soft - 1, low - 1, -1) if codes[i] in self.head), None)
            while head is not None and head > low and codes[head - 1] in self.head:
                head -= 1
        if head is not None:
            cut = head + 1
            while cut < end and codes[cut] not in self.closer:
                cut += 1
            return (head, cut), True
        if soft >= end or all(i in tape.mentions for i in range(soft, end)):
            return None, False
        return (soft, end), False

    def behind(self, tape: Tape, start: int) -> Items | None:
        """The name from item `start` on."""
        codes = tape.codes
        end = start
        while end < len(codes) and end - start < _AHEAD and codes[end] not in self.closer:
            end += 1
        return (start, end) if end > start else None
