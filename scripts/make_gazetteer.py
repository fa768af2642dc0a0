"""Regenerates the generated tables of `data/gazetteer/` from the wheel of the PyPI package `vietnamadminunits` (MIT).

    pip download --no-deps vietnamadminunits==1.0.4 -d /tmp/wheel
    python scripts/make_gazetteer.py /tmp/wheel/vietnamadminunits-1.0.4-py3-none-any.whl [--check]

Only facts are taken: official codes, names, levels, which unit lies in which, and which unit became which on 1 July
2025. The hand-kept tables (history, forms, countries, regions, bare) are not touched. `--check` writes nothing and
fails where a table differs.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterable
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "data" / "gazetteer"
LEVELS = ("Thành phố", "Tỉnh", "Quận", "Huyện", "Thị xã", "Thị trấn", "Phường", "Xã", "Đặc khu")
# Provinces that the reform of 2025 left as they were: one unit before and after.
UNCHANGED = frozenset(("01", "04", "11", "12", "14", "20", "22", "38", "40", "42", "46"))
# Provinces whose present form began after 2000, with the day it began.
SINCE = {"11": "2004-01-01", "67": "2004-01-01", "92": "2004-01-01", "93": "2004-01-01", "46": "2025-01-01"}
# Districts whose name or rank began after 2008, with the day it began (the unit before is in history.tsv).
DISTRICT_SINCE = {
    "019": "2013-12-27",
    "021": "2013-12-27",
    "474": "2025-01-01",
    "475": "2025-01-01",
    "769": "2021-01-01",
    "049": "2020-03-01",
    "407": "2020-06-01",
    "374": "2025-01-01",
    "753": "2025-01-01",
    "754": "2018-04-12",
    "682": "2024-12-01",
}
REFORM = "2025-07-01"
LAST_DAY = "2025-06-30"


def clean(text: str) -> str:
    """NFC, one space between words."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def split_level(name: str) -> tuple[str, str]:
    """Level and name: "Phường 06" gives ("phường", "6")."""
    name = clean(name)
    for level in LEVELS:
        if name.lower().startswith(level.lower() + " "):
            rest = name[len(level) + 1 :]
            return level.lower(), str(int(rest)) if rest.isdigit() else rest
    raise ValueError(f"no level in {name!r}")


def province_level(level: str) -> str:
    """The name of the first tier's levels."""
    return "thành phố trực thuộc trung ương" if level == "thành phố" else level


class Source:
    """The facts of the package."""

    def __init__(self, wheel: Path) -> None:
        with zipfile.ZipFile(wheel) as archive:
            self.converter = json.loads(archive.read("vietnamadminunits/data/converter_2025.json"))
            database = archive.read("vietnamadminunits/data/dataset.db")
        with tempfile.NamedTemporaryFile(suffix=".db") as file:
            file.write(database)
            file.flush()
            connection = sqlite3.connect(file.name)
            self.old = connection.execute(
                "select provinceCode, province, districtCode, district, wardCode, ward,"
                " provinceKey || '_' || districtKey || '_' || coalesce(wardKey, '') from admin_units_legacy"
            ).fetchall()
            self.new = connection.execute(
                "select provinceCode, province, wardCode, ward, provinceKey, wardKey from admin_units"
            ).fetchall()
            connection.close()

    def provinces(self) -> list[tuple[str, ...]]:
        """Rows of provinces.tsv: id, code, name, level, valid_from, valid_to."""
        rows = []
        for code, name in {(row[0], row[1]) for row in self.old}:
            level, short = split_level(name)
            end = "" if code in UNCHANGED else LAST_DAY
            rows.append((code, code, short, province_level(level), SINCE.get(code, ""), end))
        for code, name in {(row[0], row[1]) for row in self.new}:
            if code not in UNCHANGED:
                level, short = split_level(name)
                rows.append((f"{code}-2025", code, short, province_level(level), REFORM, ""))
        return sorted(rows)

    def districts(self) -> list[tuple[str, ...]]:
        """Rows of districts.tsv: code, name, level, province, valid_from. All end on 30 June 2025."""
        rows = set()
        for province, _, code, name, *_ in self.old:
            level, short = split_level(name)
            rows.add((code, short, level, province, DISTRICT_SINCE.get(code, "")))
        return sorted(rows)

    def communes(self) -> list[tuple[str, ...]]:
        """Rows of communes_until_2025-06.tsv: code, name, level, district."""
        rows = []
        for _, _, district, _, code, name, _ in self.old:
            if code:  # five island districts have no communes
                level, short = split_level(name)
                rows.append((code, short, level, district))
        return sorted(rows)

    def new_communes(self) -> list[tuple[str, ...]]:
        """Rows of communes_since_2025-07.tsv: code, name, level, province id."""
        rows = []
        for province, _, code, name, *_ in self.new:
            level, short = split_level(name)
            rows.append((code, short, level, province if province in UNCHANGED else f"{province}-2025"))
        return sorted(rows)

    def changes(self) -> list[tuple[str, ...]]:
        """Rows of changes_2025-07.tsv: code of an old commune (of the district where it has none), new codes.

        A commune that was divided has several new ones, the one that took its seat first.
        """
        old_code = {row[6]: row[4] or row[2] for row in self.old}
        new_code = {(row[4], row[5]): row[2] for row in self.new}
        became: dict[str, list[str]] = {}
        for province, wards in self.converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
            for ward, keys in wards.items():
                for key in keys:
                    became.setdefault(old_code[key], []).append(new_code[province, ward])
        for province, divided in self.converter["DICT_PROVINCE_WARD_DIVIDED"].items():
            for key, parts in divided.items():
                for part in sorted(parts, key=lambda part: not part["isDefaultNewWard"]):
                    became.setdefault(old_code[key], []).append(new_code[province, part["newWardKey"]])
        missing = set(old_code.values()) - set(became)
        if missing:
            raise ValueError(f"no successor for {sorted(missing)[:5]}")
        return sorted((old, " ".join(dict.fromkeys(new))) for old, new in became.items())

    def province_changes(self) -> list[tuple[str, ...]]:
        """Rows of province_changes_2025-07.tsv: old province id, new province id."""
        codes = {}
        for row in self.new:
            codes[row[4]] = row[0] if row[0] in UNCHANGED else f"{row[0]}-2025"
        old = {row[6].split("_")[0]: row[0] for row in self.old}
        pairs = self.converter["DICT_PROVINCE"].items()
        return sorted((old[key], codes[new]) for new, keys in pairs for key in keys)


def table(header: str, rows: Iterable[tuple[str, ...]]) -> str:
    """A tab-separated table with a header line."""
    return "\n".join([header.replace(" ", "\t"), *("\t".join(row) for row in rows)]) + "\n"


def main() -> int:
    """Writes or compares the tables; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--check", action="store_true", help="write nothing, fail where a table differs")
    options = parser.parse_args()
    source = Source(options.wheel)
    tables = {
        "provinces.tsv": table("id code name level valid_from valid_to", source.provinces()),
        "districts.tsv": table("code name level province valid_from", source.districts()),
        "communes_until_2025-06.tsv": table("code name level district", source.communes()),
        "communes_since_2025-07.tsv": table("code name level province", source.new_communes()),
        "changes_2025-07.tsv": table("old new", source.changes()),
        "province_changes_2025-07.tsv": table("old new", source.province_changes()),
    }
    status = 0
    for name, text in tables.items():
        path = TARGET / name
        if not options.check:
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            print(f"{path}: differs from what the package says", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
