"""The name of what a number measures: before it in its clause, or behind it."""

from __future__ import annotations

from kg.text.lexicon import Lexicon
from kg.text.tape import Tape

_BACK = 24  # how many items before a number the name of what it measures may begin
_AHEAD = 10  # how many items behind a number that name may reach
_TIMES = "Date|Period|Number|Percent|Ratio|Range|units.duration|statistic:span|year|month|half|quarter|term"
_ENDS = ",|;|.|(|)|:|!|?|“|”|-|Date|Period|Number|Percent|Ratio|Range|speech"

Items = tuple[int, int]  # half-open, on the plain tape


class FigureNames:
    """Finds names beside numbers; keeps no state between articles."""

    def __init__(self, lexicon: Lexicon) -> None:
        def chars(names: str) -> frozenset[str]:
            return frozenset("".join(lexicon.chars(n) for n in names.split("|") if lexicon.has(n)))

        self.chars = chars
        self.head = chars("statistic:head|indicators")
        self.opener = (
            chars("statistic:opener|statistic:plan|statistic:after|statistic:rise|statistic:fall|speech|requests")
            - self.head
        )
        self.strong = chars("statistic:strong")
        self.inner = chars("statistic:inner")
        self.link = chars("statistic:link")
        self.closer = chars(f"statistic:closer|{_ENDS}") | {"\n", "\v"}
        self.ends = chars(_ENDS) | {"\n", "\v"}
        self.times = chars(_TIMES)
        self.level = chars(
            "statistic:level|statistic:compare|statistic:rise|statistic:fall|statistic:limit|statistic:share"
        )
        self.reports = chars("statistic:reports")
        self.trail = self.times | self.opener | self.level | self.link | chars("at|of|to|statistic:closer|,|(")
        self.grade = chars("statistic:grade")
        self.number = chars("Number") - chars("Percent")
        self.linker = chars("statistic:linker")
        self._whereto = chars("statistic:whereto")
        self.figures = chars("Number|Percent|Ratio|Range")
        self._duration = chars("units.duration|month|quarter")
        self._units = chars("units.money|units.measure|-")
        self._tail = (self.inner | self.opener | self.link | chars("neg|passive|future|plural")) - self.head
        self._soft = (self.opener | self.link | self.times | self.ends) - {"-"}
        #: what no counted noun's phrase runs across
        self.past = chars(f"{_ENDS}|is|done|conj_stop|statistic:compare") | {"\n", "\v"}
        self._walls = chars(",|;|.|(|)|:|!|?|“|”|-") | {"\n", "\v"}

    def whole(self, tape: Tape, noun: Items) -> str:
        """The counted noun with all that follows it in its phrase: "người làm việc trong cơ quan hành chính"; or ""."""
        begin, end = noun
        stop = end
        while stop < end + _AHEAD and tape.codes[stop] not in self.past:
            stop += 1
        while stop > end and tape.codes[stop - 1] in self._soft:
            stop -= 1
        return " ".join(tape.words(begin, stop).split()) if stop > end else ""

    def low(self, tape: Tape, start: int) -> int:
        """Where the clause of item `start` begins, as far back as a name may; closed brackets belong to it."""
        codes, i = tape.codes, start
        stop = max(0, start - _BACK)
        while i > stop:
            code = codes[i - 1]
            if code == ")":
                opening = codes.rfind("(", stop, i)
                if opening < 0:
                    break
                i = opening
                continue
            if code in self._walls and not self._within(tape, i - 1):
                break
            i -= 1
        return i

    def _within(self, tape: Tape, i: int) -> bool:
        """True for a comma between two numbers and a dash inside a word: they bound no clause."""
        codes = tape.codes
        if not 0 < i < len(codes) - 1:
            return False
        if codes[i] == ",":
            return codes[i - 1] in self.number and codes[i + 1] in self.number
        if codes[i] != "-":
            return False
        return tape.tokens.starts[tape.firsts[i]] == tape.tokens.ends[tape.lasts[i - 1] - 1]

    def before(self, tape: Tape, stop: int, low: int) -> tuple[Items | None, bool]:
        """The name before item `stop`, not reaching before `low`; and whether a noun of measure begins it."""
        codes = tape.codes
        end = stop
        low = max(low, stop - _BACK)
        while (
            end > low
            and codes[end - 1] in self.trail
            and codes[end - 1] not in self.head
            and not self.graded(tape, end - 1)
        ):
            if codes[end - 1] in self.reports:
                return None, False  # "Kết quả cho thấy 90% …": the result measures nothing
            end -= 1
        soft = end
        while soft > low and (self.graded(tape, soft - 1) or codes[soft - 1] not in self._soft):
            soft -= 1
        hard = soft
        while hard > low and codes[hard - 1] not in self.opener and not self._measured(tape, hard - 1):
            hard -= 1
        head = self._head(tape, hard, end)
        if head is None:
            # "số người có …": a relative clause stands between.
            far = hard
            while (
                far > low
                and (codes[far - 1] in self.inner or codes[far - 1] not in self.opener)
                and not self._measured(tape, far - 1)
            ):
                far -= 1
            head = next((i for i in range(far, hard) if codes[i] in self.strong), None)
            if head is not None:
                return (head, end), True
        if head is None and self._proper(tape, soft, end):
            while hard > low and head is None and not self._measured(tape, hard - 1):
                hard -= 1
                head = hard if self._heads(tape, hard) else None
            while head is not None and head > low and codes[head - 1] in self.head:
                head -= 1
            if head is None:
                return None, False
        if head is not None:
            return (head, self._cut(tape, head, end)), True
        if tape.lasts[end - 1] - tape.firsts[soft] < 2:
            return None, False  # one syllable names nothing
        return (soft, end), False

    def clause(self, tape: Tape, stop: int, low: int) -> Items | None:
        """The beginning of a clause up to a verb of change before item `stop`: "Đơn vị thuộc Sở A |giảm từ| 41 …"."""
        end = stop
        while end > low and (tape.codes[end - 1] in self.trail or tape.codes[end - 1] in self.inner):
            end -= 1
        begin = low
        while begin < end and tape.codes[begin] in self._soft:
            begin += 1
        return (begin, end) if 0 < end - begin < _AHEAD and not self._proper(tape, begin, end) else None

    def strongest(self, tape: Tape, stop: int) -> Items | None:
        """The nearest "number of …" before an item in its sentence, across commas."""
        codes = tape.codes
        low = max(codes.rfind("\n", 0, stop) + 1, codes.rfind("\v", 0, stop) + 1, stop - 2 * _BACK)
        head = next((i for i in range(stop - 1, low - 1, -1) if codes[i] in self.strong), None)
        return (head, self._cut(tape, head, stop)) if head is not None else None

    def _proper(self, tape: Tape, start: int, end: int) -> bool:
        """True where nothing but names stands between two items: no name of a measure."""
        words = tape.tokens.words
        return all(i in tape.mentions or words[tape.firsts[i]].upper for i in range(start, end))

    def _head(self, tape: Tape, start: int, end: int) -> int | None:
        return next((i for i in range(start, end) if self._heads(tape, i)), None)

    def _heads(self, tape: Tape, i: int) -> bool:
        return tape.codes[i] in self.head and not self._numbered(tape, i)

    def _measured(self, tape: Tape, i: int) -> bool:
        """A number that is a figure of its own."""
        code = tape.codes[i]
        if code not in self.figures or self.graded(tape, i):
            return False
        return i + 1 >= len(tape.codes) or tape.codes[i + 1] not in self._duration

    def _cut(self, tape: Tape, start: int, end: int) -> int:
        cut = start + 1
        while cut < end and (tape.codes[cut] not in self.closer or self.graded(tape, cut)):
            cut += 1
        return cut

    def graded(self, tape: Tape, i: int) -> bool:
        """True for a number (or the comma between two) that belongs to a name: "mức 3, 4"."""
        codes = tape.codes
        if codes[i] == ",":
            return (
                i > 1
                and codes[i - 1] in self.number
                and i + 1 < len(codes)
                and codes[i + 1] in self.number
                and self.graded(tape, i - 1)
            )
        if i + 1 < len(codes) and codes[i + 1] in self._units:
            return False
        if codes[i] not in self.number or i < 1:
            return False
        return codes[i - 1] in self.grade or (
            codes[i - 1] == "," and i > 2 and codes[i - 2] in self.number and codes[i - 3] in self.grade
        )

    def _numbered(self, tape: Tape, i: int) -> bool:
        """True for "mức 3", a name; "mức 15%" is a measure."""
        return tape.codes[i] in self.grade and i + 1 < len(tape.codes) and tape.codes[i + 1] in self.number

    def purpose(self, tape: Tape, start: int) -> str:
        """What money goes to, behind its unit: "8.000 tỷ đồng |cho giảm nghèo|"; "" where nothing says so."""
        codes = tape.codes
        if codes[start : start + 1] not in self._whereto:
            return ""
        stop = start + 1
        while stop < start + _AHEAD and codes[stop] not in self.ends and codes[stop] not in self.closer:
            stop += 1
        return " ".join(tape.words(start, stop).split()) if stop > start + 1 else ""

    def behind(self, tape: Tape, start: int) -> Items | None:
        """The name from item `start` on."""
        codes = tape.codes
        end = start
        size = len(codes)
        while (
            end < size
            and end - start < _AHEAD
            and (codes[end] not in self.closer or (end > start and self.graded(tape, end)))
        ):
            end += 1
        while end > start + 1 and codes[end - 1] in self._tail:
            end -= 1
        if end == start:
            return None
        if end - start == 1 and end < size and codes[end] in self.linker:
            # A bare noun is told apart by what it is in, for or from.
            stop = end + 1
            while (
                stop < size
                and stop - start < _AHEAD
                and codes[stop] not in self.ends
                and codes[stop] not in self.closer
            ):
                stop += 1
            end = stop if stop > end + 1 else end
        return start, end

    def joined(self, tape: Tape, start: int, stop: int) -> bool:
        """True where nothing but verbs of reaching and words of comparison stands between two items."""
        return all(c in self.level or c in self.trail for c in tape.codes[start:stop])
