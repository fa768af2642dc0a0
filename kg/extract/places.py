"""Places of an article to units of the gazetteer: by name, level and the day; silent where two may be meant."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from kg.extract.keys import CITIES, name_key
from kg.extract.spoken import PROVINCE_LEVELS
from kg.text.gazetteer import gazetteer

_CITIES = frozenset((*map(name_key, CITIES), name_key("TP HCM")))


def is_city(province: str) -> bool:
    """True for the name of a city that is a province, with or without its level."""
    key = name_key(province)
    return key in _CITIES or key.removeprefix("thành phố ") in _CITIES


def is_province(name: str, level: str) -> bool:
    """True where a province's name, with the level that is said with it, means the province."""
    return level in ("", "tỉnh", "thủ đô") or (level in PROVINCE_LEVELS and is_city(name))


@lru_cache(maxsize=20_000)
def unit_of(name: str, level: str, day: str) -> tuple[str, str] | None:
    """Id and level of the unit that a name means on a day.

    Args:
        name: without the level.
        level: as the text writes it; "" where it does not.
        day: "2019-06-08", or "" where the article's day is not known.

    Returns:
        The unit's id in the gazetteer and its level; None where the name is no unit's or several's.
    """
    on = date.fromisoformat(day) if day else None
    unit = gazetteer().resolve(name, level or None, on=on) or (
        gazetteer().resolve(name, "thành phố", on=on) if not level else None
    )
    # Names of communes recur all over the country: only a parent tells which is meant, and that is not known here.
    return (unit.id, unit.level) if unit is not None and unit.tier < 3 else None
