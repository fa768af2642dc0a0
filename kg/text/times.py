"""Dates, periods and numbers on the tape."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.text.lexicon import Lexicon
from kg.text.tape import Mention, Tape

_DAY_MONTH = re.compile(r"(\d{1,2})[/.-](\d{1,2})$")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.-](\d{4})$")
_RATIO = re.compile(r"(\d{1,3})/(\d{1,4})$")
_RANGE = re.compile(r"(\d{1,2})-(\d{1,2})$")


def iso_date(day: int | None, month: int | None, year: int | None) -> str | None:
    """A date as precise as what is given; None where it is none.

    >>> iso_date(8, 6, 2019), iso_date(8, 6, None), iso_date(None, 3, 2019), iso_date(31, 2, 2019)
    ('2019-06-08', '--06-08', '2019-03', None)
    """
    if month is not None and not 1 <= month <= 12:
        return None
    if year is not None and not 1000 <= year <= 2200:
        return None
    if day is not None:
        if month is None or not 1 <= day <= (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]:
            return None
        if day == 29 and month == 2 and year is not None and (year % 4 or (year % 100 == 0 and year % 400)):
            return None
        return f"{year:04d}-{month:02d}-{day:02d}" if year is not None else f"--{month:02d}-{day:02d}"
    if month is not None:
        return f"{year:04d}-{month:02d}" if year is not None else None
    return f"{year:04d}" if year is not None else None


def date_of_token(word: str) -> str | None:
    """The date that a token of digits and separators stands for.

    >>> date_of_token("8/6/2019"), date_of_token("28-6"), date_of_token("3/2007"), date_of_token("14/63")
    ('2019-06-08', '--06-28', '2007-03', None)
    """
    if m := _DAY_MONTH_YEAR.match(word):
        year = int(m[3])
        return iso_date(int(m[1]), int(m[2]), year if year > 99 else (2000 if year < 50 else 1900) + year)
    if m := _MONTH_YEAR.match(word):
        return iso_date(None, int(m[1]), int(m[2]))
    if m := _DAY_MONTH.match(word):
        return iso_date(int(m[1]), int(m[2]), None)
    return None


def number_of_token(word: str) -> float | int:
    """The value of a number as Vietnamese writes it: full stops between thousands, a comma before decimals.

    >>> number_of_token("1.234,5"), number_of_token("62,5"), number_of_token("173.369")
    (1234.5, 62.5, 173369)
    """
    value = float(word.replace(".", "").replace(",", "."))
    return int(value) if value.is_integer() else value


def scaled(value: float, factor: int) -> float | int:
    """`value` times `factor`, without the noise of binary fractions."""
    result = Decimal(str(value)) * factor
    return int(result) if result == int(result) else float(result)


class Times:
    """The recognisers, compiled for one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.date = lexicon.new_code("Date")
        self.period = lexicon.new_code("Period")
        self.number = lexicon.new_code("Number")
        self.percent = lexicon.new_code("Number", "Percent")
        self.range = lexicon.new_code("Range")
        self.ratio = lexicon.new_code("Ratio")
        self._into = frozenset(lexicon.chars("into")) if lexicon.has("into") else frozenset()
        grammar = lexicon.grammar
        self._dates = grammar(
            r"(?P<relative><today>)(?:,?\(?(?P<ta>d)\)?)?"
            r"|(?P<dmy><day>?n<month>n(?:,?<year>n)?)"
            r"|(?P<dot><day>n\.n(?:\.n)?)"
            r"|(?P<range><day>?(?P<ra>d|n)(?:-|<to>)<day>?(?P<rb>d)|<day>(?P<rc>n)<and><day>?(?P<rd>d))"
            r"|<day>,?\(?(?P<dd>d)\)?"
            r"|(?P<my><month>(?:d|n(?:<year>|-|/|\.)n))"
            r"|(?P<full>d)"
        )
        self._periods = grammar(
            r"(?P<span>(?:<term>)?\(?(?:<year>)?n(?:-|<to>)(?:<year>)?n\)?)"
            r"|(?P<months>n<month>(?:<half>)?(?:<year>)?n)"
            r"|(?P<monthshalf>n<month><half>)"
            r"|(?P<quarter><quarter>[rn](?:<year>|/)?n?)"
            r"|(?P<halfyear>(?:<half>)?<year>n|<half>n)"
        )
        self._sums = grammar(f"{self.number}{self.number}")
        self._numbers = grammar(r"n(?:<multiplier>)*%?|n(?:<multiplier>)*<percentword>")

    def run(self, tape: Tape) -> None:
        """Folds dates, then periods, then numbers."""
        tape.fold(self._dates, self._make_date)
        tape.fold(self._periods, self._make_period)
        tape.fold(self._numbers, self._make_number)
        tape.fold(self._sums, self._make_sum)

    def _ints(self, tape: Tape, start: int, end: int) -> list[int]:
        out = []
        for i in range(start, end):
            if tape.codes[i] == "n":
                word = tape.words(i, i + 1)
                if word.isdigit():
                    out.append(int(word))
        return out

    def _make_date(self, tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
        start, end = m.span()
        mention = Mention("Date", tape.firsts[start], tape.lasts[end - 1])
        value: str | None = None
        if m["relative"]:
            if m["ta"]:
                value = date_of_token(tape.words(m.start("ta"), m.end("ta")))
            mention.parts["relative"] = "today"
            if value is None:
                mention.parts["value"] = None
                return self.date, mention
        elif m["dmy"] or m["dot"]:
            numbers = self._ints(tape, start, end)
            if len(numbers) < 2:
                return None
            value = iso_date(numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else None)
        elif m["range"]:
            a, b = ("ra", "rb") if m["ra"] else ("rc", "rd")
            last = date_of_token(tape.words(m.start(b), m.end(b)))
            first_word = tape.words(m.start(a), m.end(a))
            first = date_of_token(first_word)
            if last is None:
                return None
            if first is None and first_word.isdigit() and last[-2:].isdigit() and len(last) >= 7:
                first = last[:-2] + f"{int(first_word):02d}"
            if first is None:
                return None
            if len(first) == 7 and first.startswith("--") and len(last) == 10:
                first = last[:5] + first[2:]
            mention.parts["values"] = [first, last]
            value = first
        elif m["dd"]:
            value = date_of_token(tape.words(m.start("dd"), m.end("dd")))
        elif m["my"]:
            if tape.codes[end - 1] == "d":
                value = date_of_token(tape.words(end - 1, end))
                if value is not None and value.startswith("--"):
                    return None
            else:
                numbers = self._ints(tape, start, end)
                value = iso_date(None, numbers[0], numbers[1]) if len(numbers) == 2 else None
        else:
            word = tape.words(start, end)
            value = date_of_token(word)
            if value is not None and value.startswith("--"):
                # A bare "8/6" is a date only where nothing makes it a share or a rank.
                before = tape.codes[start - 1] if start else "\n"
                after = tape.codes[end] if end < len(tape.codes) else "\n"
                if (
                    before not in self._into
                    and not (before in "(-\n\v" and after in "),-.:\n\v")
                    and not (before == "(" or after == ")")
                ):
                    value = None
            if value is None:
                if r := _RATIO.match(word):
                    mention.kind = "Ratio"
                    mention.parts.update(rank=int(r[1]), out_of=int(r[2]))
                    return self.ratio, mention
                if (r := _RANGE.match(word)) and int(r[1]) < int(r[2]):
                    mention.kind = "Range"
                    mention.parts.update(value=int(r[1]), upper=int(r[2]))
                    return self.range, mention
                return None
        if value is None:
            return None
        mention.parts["value"] = value
        return self.date, mention

    def _make_period(self, tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
        start, end = m.span()
        numbers = self._ints(tape, start, end)
        years = [n for n in numbers if 1900 <= n <= 2100]
        mention = Mention("Period", tape.firsts[start], tape.lasts[end - 1])
        if m["span"]:
            if len(years) != 2 or years[0] >= years[1]:
                return None
            mention.parts["value"] = f"{years[0]}/{years[1]}"
        elif m["monthshalf"]:
            mention.parts["value"] = tape.words(start, end)
        else:
            if not years and not m["quarter"]:
                return None
            if m["halfyear"]:
                mention.parts["year"] = years[0]
            mention.parts["value"] = str(years[0]) if m["halfyear"] else tape.words(start, end)
        return self.period, mention

    def _make_sum(self, tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
        """One amount in two parts: "107 tỷ 396 triệu"."""
        high, low = tape.mentions[m.start()], tape.mentions[m.start() + 1]
        if min(high.last - high.first, low.last - low.first) < 2:
            return None  # no multiplier
        bare = number_of_token(tape.text[tape.tokens.starts[high.first] : tape.tokens.ends[high.first]])
        if not isinstance(bare, int) or not bare or low.parts["value"] >= high.parts["value"] / bare:
            return None
        value = high.parts["value"] + low.parts["value"]
        return self.number, Mention("Number", high.first, low.last, {"value": value})

    def _make_number(self, tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
        start, end = m.span()
        value: float | int = number_of_token(tape.words(start, start + 1))
        percent = False
        for i in range(start + 1, end):
            if tape.codes[i] == "%" or i not in tape.normal:
                percent = True
            else:
                value = scaled(value, int(tape.normal[i]))
        mention = Mention("Number", tape.firsts[start], tape.lasts[end - 1], {"value": value})
        if percent:
            mention.parts["unit"] = "%"
            return self.percent, mention
        return self.number, mention
