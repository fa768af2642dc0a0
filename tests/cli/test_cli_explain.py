"""`kg explain`: mentions, facts with their rules, and where patterns stopped."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

from calls import ARTICLE, Run

SENTENCE = "Bà Trần Thị Lệ là Giám đốc Sở Tư pháp Phú Yên."


def test_a_sentence_with_a_fact(kg: Run) -> None:
    result = kg("explain", SENTENCE)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == SENTENCE
    assert "  · Person: Bà Trần Thị Lệ = Trần Thị Lệ" in lines
    assert "  · Organization: Sở Tư pháp Phú Yên" in lines
    (fact,) = [line for line in lines if line.startswith("  ✓ ")]
    assert "holds_post" in fact
    assert any(line.startswith("    rule holds_post.") and "“Bà Trần Thị Lệ là Giám đốc" in line for line in lines)


def test_a_pattern_that_stopped_short_says_what_it_wanted(kg: Run) -> None:
    # "trông coi" is no verb of holding a post.
    result = kg("explain", "Bà Trần Thị Lệ trông coi Giám đốc Sở Tư pháp Phú Yên.", "--near", "50")
    (near,) = [line for line in result.stdout.splitlines() if "holds_post.copula-reversed " in line]
    assert "holds_post.toml:" in near
    assert "“Giám đốc Sở Tư pháp Phú Yên”, then expected là, found “.”" in near
    assert "no fact" in result.stdout
    assert " × " not in kg("explain", SENTENCE, "--near", "0").stdout


def test_in_vietnamese(kg: Run) -> None:
    result = kg("explain", "Trời đẹp, gió nhẹ.", "--lang", "vi")
    assert "(thân bài)" in result.stdout
    assert "không có dữ kiện" in result.stdout


def test_a_file_and_standard_input(kg: Run, article: Path) -> None:
    from_file = kg("explain", article)
    assert from_file.exit_code == 0
    assert "(title)" in from_file.stdout
    assert "Trần Văn Khải" in from_file.stdout
    assert kg("explain", "-", stdin=ARTICLE).stdout == from_file.stdout
    assert kg("explain", "-", stdin=SENTENCE).stdout == kg("explain", SENTENCE).stdout


def test_decomposed_letters(kg: Run) -> None:
    assert kg("explain", normalize("NFD", SENTENCE)).stdout == kg("explain", SENTENCE).stdout


def test_wrong_use(kg: Run) -> None:
    assert kg("explain", " ").exit_code == 2
    missing = kg("explain", "missing.txt")
    assert missing.exit_code == 3
    assert "missing.txt" in missing.stderr
    # Longer than any file's name may be.
    assert kg("explain", SENTENCE * 200).exit_code == 0


def test_hostile_words_cannot_drive_a_terminal(kg: Run) -> None:
    result = kg("explain", "Ông \x1b[31mTrần \u202eVăn Ân nói, \x07 trời đẹp.")
    assert not {"\x1b", "\u202e", "\x07"} & set(result.output)
