"""What every lexicon starts from: the tables of `data/lexicon`, family names, and the names of the gazetteer."""

from __future__ import annotations

from kg.resources import resource
from kg.text.gazetteer import gazetteer
from kg.text.lexicon import Builder, read_tables
from kg.text.normal import tone_key

# "Hồ Chí Minh" without its level is the person; with it the city. The gazetteer lists only what stands alone.
_CITY = "Hồ Chí Minh"
_CITY_LEVELS = ("thành phố ", "Thành phố ", "TP ", "TP. ", "TP.", "Tp. ", "Tp.", "T.P ")
_CITY_NAMES = ("Hồ Chí Minh", "HCM")


def unit_names() -> frozenset[str]:
    """Comparison keys of the names of all administrative units, without their level."""
    return gazetteer().unit_name_keys


def district_names() -> frozenset[str]:
    """Comparison keys of the names of districts, former ones included, without their level."""
    return frozenset(tone_key(name) for _, name in gazetteer().district_forms())


def family_names() -> tuple[str, ...]:
    """Family names as printed, from `data/lexicon/family_names.txt`."""
    lines = resource("data", "lexicon", "family_names.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def base_builder() -> Builder:
    """A lexicon builder with all tables in it; rule files add their words.

    Places that stand without a level word have the classes of their kind: "province", "district", "country", "city",
    "region"; forms that are also ordinary syllables of names ("Anh", "Đức") have "doubtful_place" instead.
    """
    builder = Builder()
    builder.add_rows(read_tables())
    for name in family_names():
        builder.add(name, "family")
    for form in gazetteer().forms:
        if form.kind != "capital":
            builder.add(form.form, "doubtful_place" if form.context else form.kind, normal=form.name)
    for level in _CITY_LEVELS:
        for name in _CITY_NAMES:
            builder.add(level + name, "province", normal=_CITY)
    return builder
