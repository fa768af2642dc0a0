"""Places of an article to units of the gazetteer: by name, level and the day; silent where two may be meant."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from kg.text.gazetteer import gazetteer


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
