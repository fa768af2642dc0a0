"""Rule files are checked like code: all mistakes at once, each with file and line; nothing runs with a broken one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract.lint import lint

GOOD = """fact = "launch"
about = "Ai phát động gì."

[words]
start = ["khai trương"]

[[pattern]]
id    = "opening"
match = '{agent:Organization} ...3 <start> {initiative:Initiative}'

[[example]]
text  = "UBND tỉnh Phú Yên khai trương chương trình “Chợ sạch”."
facts = [{ agent = "UBND tỉnh Phú Yên" }]

[[example]]
text  = "UBND tỉnh Phú Yên họp."
facts = []
"""


def findings(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return [(f.where, f.message) for f in lint([path])]


def test_a_sound_file_has_no_findings(tmp_path: Path) -> None:
    assert findings(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (("<start>", "<begin>"), 9, "unknown class <begin>"),
        (("Initiative}'", "Movement}'"), 9, "unknown kind 'Movement'"),
        (("...3", "...99"), 9, "a gap of 1 to"),
        (("...3", '"họp'), 9, "a quotation mark in a pattern"),
        (("{agent:Organization}", "[{agent:Organization}"), 9, "missing ']'"),
        (("{initiative:Initiative}", "{thing:Initiative}"), 7, "launch has no role 'thing'"),
        (('id    = "opening"', 'id    = "opening"\nspeed = 3'), 7, "unknown key 'speed'"),
        (('fact = "launch"', 'fact = "launches"'), 7, "the ontology has no fact kind 'launches'"),
        (
            ('agent = "UBND tỉnh Phú Yên"', 'agent = "UBND tỉnh Bình Định"'),
            11,
            "expected {'agent': 'UBND tỉnh Bình Định'}",
        ),
        (("khai trương chương trình", "duy trì chương trình"), 11, "expected {'agent'"),
        (("UBND tỉnh Phú Yên họp.", "UBND tỉnh Phú Yên khai trương dự án “Bến mới”."), 15, "must give none"),
    ],
)
def test_each_mistake_is_told_with_its_line(tmp_path: Path, change: tuple[str, str], line: int, message: str) -> None:
    assert change[0] in GOOD
    found = findings(tmp_path, GOOD.replace(*change, 1))
    assert any(where == f"mine.toml:{line}" and message in told for where, told in found), found


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("<start>", "<begin>") + "\n[[pattern]]\nid = 'second'\nmatch = '{agent:Nobody} khai'\n"
    assert [where for where, _ in findings(tmp_path, text)] == ["mine.toml:9", "mine.toml:21"]


def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    assert findings(tmp_path, 'fact = "launch"\nabout = \n')[0][0] == "mine.toml:2"


def test_a_pattern_cannot_be_a_raw_expression(tmp_path: Path) -> None:
    text = GOOD.replace("...3 <start>", "(.*)+ <start>")
    assert findings(tmp_path, text)
