"""Settings: which value wins, and what a wrong one says."""

from __future__ import annotations

from pathlib import Path

import pytest
from calls import Run

from kg.config import SETTINGS, load
from kg.errors import UsageError
from kg.language import Bilingual


def test_each_layer_wins_over_the_one_below(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text("jobs = 2\nmax_bytes = 10\ntime_limit = 1.5\n", encoding="utf-8")
    now = load({"jobs": "4", "base": None}, {"KG_JOBS": "3", "KG_MAX_BYTES": "2_000"}, tmp_path)
    assert (now.jobs, now.max_bytes, now.time_limit, now.output) == (4, 2000, 1.5, Path("output"))
    assert [now.origins[n] for n in ("jobs", "max_bytes", "time_limit", "output")] == [
        "command line",
        "KG_MAX_BYTES",
        str(tmp_path / "kg.toml"),
        "default",
    ]


def test_a_locale_is_no_choice(tmp_path: Path) -> None:
    assert not load({}, {"LANG": "vi_VN.UTF-8"}, tmp_path).lang_is_chosen
    assert load({}, {"KG_LANG": "vi"}, tmp_path).lang_is_chosen


def test_another_file_may_be_named(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text("\ufeffjobs = 7", encoding="utf-8")
    assert load({}, {"KG_CONFIG": str(other)}, tmp_path).jobs == 7
    with pytest.raises(UsageError, match="KG_CONFIG names no file"):
        load({}, {"KG_CONFIG": str(tmp_path / "gone.toml")}, tmp_path)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("jobs = 0", "jobs = 0 (kg.toml): expected a whole number from 1"),
        ("jobs = true", "jobs = True"),
        ("max_bytes = 'big'", "max_bytes = 'big'"),
        ("lang = 'fr'", "lang = 'fr' (kg.toml): expected vi | en"),
        ("base = 'https://example.org/a b/'", "base = "),
        ("base = 'https://example.org/x'", "base = "),
        ("base = 'ftp://example.org/'", "base = "),
        ("time_limit = 0", "time_limit = 0"),
        ("time_limit = 'nan'", "time_limit = 'nan'"),
        ("output = ''", "output = ''"),
        ("output = 3", "output = 3"),
        ("ouptut = 'x'", "unknown setting 'ouptut'"),
        ("jobs 3", "not valid TOML"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_its_place(kg: Run, toml: str, message: str) -> None:
    Path("kg.toml").write_text(toml, encoding="utf-8")
    result = kg("config")
    assert result.exit_code == 2
    assert message in result.stderr
    assert "kg.toml" in result.stderr
    assert "→" in result.stderr


def test_kg_config_shows_values_and_where_they_come_from(kg: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("kg.toml").write_text("jobs = 2", encoding="utf-8")
    monkeypatch.setenv("KG_OUTPUT", "elsewhere")
    result = kg("config")
    rows = {line.split()[0]: line.split() for line in result.stdout.splitlines()}
    assert set(SETTINGS) <= set(rows)
    assert rows["jobs"][1:3] == ["2", "kg.toml"]
    assert rows["output"][1:3] == ["elsewhere", "KG_OUTPUT"]
    assert result.exit_code == 0


def test_a_misspelt_variable_is_a_finding(kg: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_OUTPT", "x")
    result = kg("config")
    assert result.exit_code == 1
    assert "KG_OUTPT" in result.stderr


def test_every_setting_is_explained_in_both_languages() -> None:
    for setting in SETTINGS.values():
        assert isinstance(setting.about, Bilingual)
        assert setting.about.vi != setting.about.en
