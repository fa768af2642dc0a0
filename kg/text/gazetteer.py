"""The administrative units of Vietnam, before and after 1 July 2025, and the names of places that news writes.

    >>> from datetime import date
    >>> gazetteer().resolve("Hoà Bình", "tỉnh", on=date(2019, 6, 8)).id
    '17'
    >>> gazetteer().resolve("Tân Thành", "xã") is None  # there are dozens
    True

Tables lie in `data/gazetteer/` (see SOURCES.md there for codes, ids and validity). Provinces and districts are read at
once, communes when they are first asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from kg.errors import KgError
from kg.resources import resource
from kg.text.normal import tone_key

_PROVINCE, _DISTRICT, _COMMUNE = 1, 2, 3
_GREAT_CITIES: Final = frozenset(("01", "31", "48", "79", "92"))
_REFORM: Final = "2025-07-01"
_LAST_DAY: Final = "2025-06-30"

# The ways a level is written, by comparison key. "TP" alone is both tiers: the name decides.
LEVEL_WORDS: Final[Mapping[str, str]] = {
    "tỉnh": "tỉnh",
    "t.": "tỉnh",
    "thành phố": "thành phố",
    "tp": "thành phố",
    "tp.": "thành phố",
    "t.p": "thành phố",
    "t.p.": "thành phố",
    "thành phố trực thuộc trung ương": "thành phố trực thuộc trung ương",
    "quận": "quận",
    "q.": "quận",
    "q": "quận",
    "huyện": "huyện",
    "huyện đảo": "huyện",
    "h.": "huyện",
    "thị xã": "thị xã",
    "tx": "thị xã",
    "tx.": "thị xã",
    "t.x": "thị xã",
    "xã": "xã",
    "x.": "xã",
    "phường": "phường",
    "p.": "phường",
    "p": "phường",
    "f.": "phường",
    "thị trấn": "thị trấn",
    "tt.": "thị trấn",
    "tt": "thị trấn",
    "đặc khu": "đặc khu",
}
_TIERS: Final[Mapping[str, tuple[int, ...]]] = {
    "tỉnh": (_PROVINCE,),
    "thành phố trực thuộc trung ương": (_PROVINCE,),
    "thành phố": (_PROVINCE, _DISTRICT),
    "quận": (_DISTRICT,),
    "huyện": (_DISTRICT,),
    "thị xã": (_DISTRICT,),
    "xã": (_COMMUNE,),
    "phường": (_COMMUNE,),
    "thị trấn": (_COMMUNE,),
    "đặc khu": (_COMMUNE, _DISTRICT),
}
_LEVEL_BEFORE: Final = re.compile(
    "(" + "|".join(sorted((re.escape(word) for word in LEVEL_WORDS), key=len, reverse=True)) + r")(?<=[.\w])(\s*)(?=\S)"
)


class Unit(NamedTuple):
    """An administrative unit.

    Attributes:
        code: official code ("01", "769", "00001"); empty for former provinces that had none. Not unique over time.
        name: without its level ("Vân Canh", "10").
        level: thành phố trực thuộc trung ương, tỉnh, quận, huyện, thị xã, thành phố, phường, xã, thị trấn, đặc khu.
        parent: id of the unit it lies in; None for provinces.
        valid_from, valid_to: first and last day, "2025-06-30"; None where not known or still valid.
        id: unique over time; equal to `code` for the units of 30 June 2025. Letters, digits and hyphens only.
        successors: ids of what it became where that is recorded with the unit itself.
    """

    code: str
    name: str
    level: str
    parent: str | None
    valid_from: str | None
    valid_to: str | None
    id: str
    successors: tuple[str, ...] = ()

    @property
    def tier(self) -> int:
        """1 province, 2 district, 3 commune."""
        return _PROVINCE if self.parent is None else _DISTRICT if len(self.code) == 3 else _COMMUNE

    def valid_on(self, day: date) -> bool:
        """True where the unit existed on that day, as far as is known."""
        text = day.isoformat()
        return (self.valid_from or "") <= text <= (self.valid_to or "9999")


class Form(NamedTuple):
    """A form under which a place is written without a word for its level.

    Attributes:
        form: as usually printed; matched by comparison key, with the case of its first letter.
        name: the name of what it stands for.
        kind: province, district, country, city (foreign), region, capital.
        context: True where the form is also an ordinary syllable of names ("Anh", "Đức"): it counts only beside a
            word that asks for a place.
    """

    form: str
    name: str
    kind: str
    context: bool = False


def name_key(name: str) -> str:
    """Comparison key of a name: as `tone_key`, no white space around hyphens, no zero before a number.

    >>> name_key("Bà Rịa – Vũng Tàu") == name_key("Bà Rịa-Vũng Tàu"), name_key("05")
    (True, '5')
    """
    key = re.sub(r"\s*-\s*", "-", tone_key(name))
    return key.lstrip("0") or key if key.isdigit() else key


def _rows(name: str, columns: int) -> Iterator[list[str]]:
    path = resource("data", "gazetteer", name)
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"{path}: cannot be read ({error})", "install vnkg again") from error
    for number, line in enumerate(lines[1:], 2):
        if line:
            row = line.split("\t")
            if len(row) != columns:
                raise KgError(f"{path}:{number}: expected {columns} columns, found {len(row)}", "regenerate the table")
            yield row


class Gazetteer:
    """Look-up of units and the forms of their names. Use the shared `gazetteer()`."""

    def __init__(self) -> None:
        self._upper: dict[str, Unit] = {}
        for id_, code, name, level, start, end in _rows("provinces.tsv", 6):
            self._upper[id_] = Unit(code, name, level, None, start or None, end or None, id_)
        for code, name, level, province, start in _rows("districts.tsv", 5):
            self._upper[code] = Unit(code, name, level, province, start or None, _LAST_DAY, code)
        for id_, code, name, level, parent, start, end, successors in _rows("history.tsv", 8):
            self._upper[id_] = Unit(
                code, name, level, parent or None, start or None, end, id_, tuple(successors.split())
            )
        self._upper_names = _index(self._upper.values())
        # "Kontum" is a spelling: it resolves as the name does.
        self._form_rows = tuple(_rows("forms.tsv", 3))
        self._spelling = {name_key(form): name_key(name) for form, name, _ in self._form_rows}
        self._with_level = {name_key(form) for form, _, kind in self._form_rows if kind == "with_level"}

    @cached_property
    def provinces(self) -> Mapping[str, Unit]:
        """Comparison key of every form of a province's name to the province of 30 June 2025 (or the last one before).

        63 provinces and the former ones; "thừa thiên huế" is the province that ended in 2024, "huế" the city since.
        """
        by_name: dict[str, Unit] = {}
        for unit in sorted(self.units(_PROVINCE), key=lambda u: u.valid_to or _LAST_DAY):
            if (unit.valid_from or "") < _REFORM:
                by_name[name_key(unit.name)] = unit
        for form, name in self._spelling.items():
            if name in by_name:
                by_name.setdefault(form, by_name[name])
        return by_name

    @cached_property
    def _communes(self) -> dict[str, Unit]:
        units = {}
        for code, name, level, district in _rows("communes_until_2025-06.tsv", 4):
            units[code] = Unit(code, name, level, district, None, _LAST_DAY, code)
        for code, name, level, province in _rows("communes_since_2025-07.tsv", 4):
            units[f"{code}-2025"] = Unit(code, name, level, province, _REFORM, None, f"{code}-2025")
        return units

    @cached_property
    def _commune_names(self) -> dict[str, list[Unit]]:
        return _index(self._communes.values())

    @cached_property
    def _successors(self) -> dict[str, tuple[str, ...]]:
        became = {}
        for old, new in chain(_rows("changes_2025-07.tsv", 2), _rows("province_changes_2025-07.tsv", 2)):
            became[old] = tuple(new.split()) if len(old) == 2 else tuple(f"{code}-2025" for code in new.split())
        return became

    def unit(self, id_: str) -> Unit | None:
        """The unit with that id, or None."""
        return self._upper.get(id_) or self._communes.get(id_)

    def units(self, tier: int | None = None) -> tuple[Unit, ...]:
        """All units, of one tier (1 province, 2 district, 3 commune) or of all."""
        if tier == _COMMUNE:
            return tuple(self._communes.values())
        upper = (unit for unit in self._upper.values() if tier is None or unit.tier == tier)
        return tuple(chain(upper, self._communes.values() if tier is None else ()))

    def successors(self, unit: Unit) -> tuple[Unit, ...]:
        """What a unit became, the one that took its seat first; empty while it exists or where it is not recorded."""
        ids = unit.successors or self._successors.get(unit.id, ())
        found = (self.unit(id_) for id_ in ids)
        return tuple(one for one in found if one is not None and one != unit)

    def chain(self, unit: Unit) -> tuple[Unit, ...]:
        """The unit, the unit that it lies in, and so on up to its province."""
        found = [unit]
        while (parent := found[-1].parent) is not None:
            found.append(self._upper[parent])
        return tuple(found)

    def province_of(self, unit: Unit) -> Unit:
        """The province that a unit lies in (itself, for a province)."""
        return self.chain(unit)[-1]

    def resolve(
        self, name: str, level: str | None = None, within: str | None = None, on: date | None = None
    ) -> Unit | None:
        """The unit that a name means, or None where there is none or more than one.

        Args:
            name: without the level, in any spelling ("Hoà Bình", "Kontum", "05"); with it where `level` is None.
            level: as written ("huyện", "TP.", "Q."); another rank of the same tier is accepted where that is unique.
            within: id of a unit that contains it.
            on: the day of the text. Units that existed that day come first, then those that had ended before.
        """
        if level is None and name_key(name) not in self._spelling:
            level, name = self.split(name)
        word = LEVEL_WORDS.get(tone_key(level), tone_key(level)) if level else None
        key = name_key(name)
        if word is None and key in self._with_level:
            return None  # without "TP" Hồ Chí Minh is the person
        key = self._spelling.get(key, key)
        for tier in _TIERS.get(word, ()) if word else (_PROVINCE, _DISTRICT, _COMMUNE):
            index = self._commune_names if tier == _COMMUNE else self._upper_names
            units = [unit for unit in index.get(key, ()) if unit.tier == tier]
            if within is not None:
                units = [unit for unit in units if self._lies_in(unit, within)]
            if word == "thành phố":  # of the first tier only the cities are called so
                units = [unit for unit in units if tier != _PROVINCE or unit.level.startswith("thành phố")]
            chosen = _choose(units, word, on)
            if len(chosen) == 1:
                return chosen[0]
            if chosen and word is None:
                return None
        return None

    def _lies_in(self, unit: Unit, within: str) -> bool:
        outer = self.unit(within)
        if outer is None:
            return False
        # A district of Thừa Thiên Huế is listed under Huế, one of Hà Tây under Hà Nội.
        wanted = {within, *outer.successors}
        return any(one.id in wanted for one in self.chain(unit)[1:])

    @staticmethod
    def split(text: str) -> tuple[str | None, str]:
        """A written form as (level, name): "TX. Sơn Tây" gives ("thị xã", "Sơn Tây"), "Q.1" ("quận", "1").

        The level is None where the form has none.
        """
        found = _LEVEL_BEFORE.match(text.casefold())
        if not found or not (found[2] or found[1].endswith(".") or text[found.end()].isdigit()):
            return None, text
        return LEVEL_WORDS[found[1]], text[found.end() :]

    @cached_property
    def bare_districts(self) -> frozenset[str]:
        """Names of districts that mean the district although no level word stands before them.

        The rule: it is no number, no province has the name and one district alone, now and before; it has at least
        two syllables, does not begin with a family name, and at most one commune elsewhere has it. Provincial towns
        and cities ("Pleiku") need only the first part; districts of the five great cities, which news names without
        their level ("Bình Thạnh"), need only be no number. `bare.tsv` has the last word: given names and better
        known things ("Điện Biên Phủ") are out.
        """
        families = {tone_key(line) for line in _lines("lexicon", "family_names.txt")}
        verdict = {name_key(name): bare == "yes" for name, bare in _rows("bare.tsv", 2)}
        names: set[str] = set()
        for key, units in self._upper_names.items():
            if not key.isdigit() and verdict.get(key, self._is_bare(key, units, families)):
                names.update(unit.name for unit in units if unit.tier == _DISTRICT)
        return frozenset(names)

    def _is_bare(self, key: str, units: list[Unit], families: set[str]) -> bool:
        if key in self.provinces or any(unit.tier != _DISTRICT for unit in units):
            return False
        if any(unit.parent in _GREAT_CITIES for unit in units):
            return True
        if len({unit.parent for unit in units}) > 1:
            return False
        if units[0].level in ("thành phố", "thị xã"):
            return True
        first, _, rest = key.partition(" ")
        elsewhere = [u for u in self._commune_names.get(key, ()) if u.valid_to and u.parent != units[0].id]
        return bool(rest) and first not in families and len(elsewhere) <= 1

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """All forms of places that count without a level word, sorted; none is listed twice.

        "Hồ Chí Minh" is not among them: without "TP" it is the person.
        """
        found: dict[str, Form] = {}
        for unit in self.provinces.values():
            if name_key(unit.name) not in self._with_level:
                found[unit.name] = Form(unit.name, unit.name, "province")
        for name in self.bare_districts:
            found.setdefault(name, Form(name, name, "district"))
        for form, name, kind in self._form_rows:
            if kind != "with_level":
                place = "province" if name_key(name) in self.provinces else "district"
                found.setdefault(form, Form(form, name, kind if kind == "capital" else place))
        for form, name, kind, _, context in _rows("countries.tsv", 5):
            found.setdefault(form, Form(form, name, kind, context == "context"))
        for form, name, kind in _rows("regions.tsv", 3):
            found.setdefault(form, Form(form, name, kind))
        return tuple(found[form] for form in sorted(found))

    def province_names(self) -> Mapping[str, str]:
        """Every printed form of a province's name, aliases and abbreviations included, to the name."""
        return {one.form: one.name for one in self.forms if one.kind in ("province", "capital")}

    def district_forms(self) -> Iterator[tuple[str, str]]:
        """Every (level, name) of a district, former ones included, for matching with a level word; sorted."""
        yield from sorted({(unit.level, unit.name) for unit in self.units(_DISTRICT)})

    @cached_property
    def unit_name_keys(self) -> frozenset[str]:
        """Comparison keys of the names of all units of all tiers and times, without their level."""
        return frozenset(chain(self._upper_names, self._commune_names, self._spelling))


def _lines(folder: str, name: str) -> Iterator[str]:
    path: Path = resource("data", folder, name)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _index(units: Iterable[Unit]) -> dict[str, list[Unit]]:
    index: dict[str, list[Unit]] = {}
    for unit in units:
        index.setdefault(name_key(unit.name), []).append(unit)
    return index


def _choose(units: list[Unit], level: str | None, on: date | None) -> list[Unit]:
    """The units valid on the day, else those that had ended; of those the exact level, else the same tier."""
    if on is not None:
        day = on.isoformat()
        units = [u for u in units if u.valid_on(on)] or [u for u in units if (u.valid_to or "9999") < day]
    chosen = [unit for unit in units if unit.level == level] or units
    # Without a day, "Hải Phòng" before and after the reform is one code: the unit of the longer list stands for it.
    if on is None and len({unit.code for unit in chosen}) == 1:
        return sorted(chosen, key=lambda unit: unit.id)[:1]
    return chosen


@cache
def gazetteer() -> Gazetteer:
    """The shared gazetteer, read on first use.

    Raises:
        KgError: a table is missing or broken.
    """
    return Gazetteer()
