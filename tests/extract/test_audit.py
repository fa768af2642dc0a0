"""The precision audit: the draw depends on seed and facts alone; the table is what the judgements say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.extract.article import read_article
from kg.extract.audit import Draw, judgements_tsv, read_judgements, table, table_tsv
from kg.read import document
from kg.resources import resource

NAMES = [
    "Lê Hữu Tân",
    "Trần Thị Lệ",
    "Phan Đình Lộc",
    "Võ Văn Sáu",
    "Hồ Thị Mận",
    "Bùi Văn Cát",
    "Đỗ Thị Na",
    "Vũ Văn Ổi",
]
TEXTS = [f"Tin {n}\n\nMở đầu.\n\nÔng {name} là Giám đốc Sở Nội vụ Phú Yên." for n, name in enumerate(NAMES)]
READINGS = [read_article(document(text, f"bai-{n}")) for n, text in enumerate(TEXTS)]


def drawn(seed: int, most: int, order: slice = slice(None)) -> list[dict[str, object]]:
    draw = Draw(seed, most)
    for reading in READINGS[order]:
        draw.add(reading)
    return draw.sample()


def test_the_order_of_articles_makes_no_difference() -> None:
    assert drawn(1, 3) == drawn(1, 3, slice(None, None, -1))
    assert len(drawn(1, 3)) == 3
    assert len({json.dumps(drawn(seed, 3)) for seed in range(6)}) > 1


def test_all_are_drawn_where_there_are_fewer_and_none_twice() -> None:
    draw = Draw(1, 100)
    for reading in (*READINGS, *READINGS):
        draw.add(reading)
    assert [f["article"] for f in draw.sample()] == sorted(r.document.id for r in READINGS)


def test_a_firing_tells_what_its_reader_needs() -> None:
    firing = drawn(1, 100)[0]
    text = TEXTS[0]
    assert firing["pattern"] == "holds_post.copula"
    assert text[int(str(firing["start"])) : int(str(firing["end"]))] == firing["evidence"]
    assert firing["sentence"] == "Ông Lê Hữu Tân là Giám đốc Sở Nội vụ Phú Yên."
    assert firing["status"] == "asserted"
    assert firing["roles"] == {"person": ["Lê Hữu Tân"], "post": ["Giám đốc"], "organization": ["Sở Nội vụ Phú Yên"]}
    assert firing["right"] is None


def judged(tmp_path: Path, *rows: dict[str, object]) -> Path:
    path = tmp_path / "judged.jsonl"
    base = {"article": "a", "start": 1, "end": 2, "pattern": "award.give", "sentence": "Chữ của bài."}
    path.write_text("".join(json.dumps({**base, **row}) + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_table_counts_by_pattern(tmp_path: Path) -> None:
    path = judged(
        tmp_path,
        {"right": True},
        {"right": False, "start": 0, "date": "2019-05-02"},
        {"right": None},
        {"right": True, "pattern": "award.act", "date": "2018-01-01"},
    )
    found, open_ = read_judgements(path, "2019-05-01")
    assert open_ == 1
    assert table_tsv(table(found)) == (
        "pattern\tdrawn\tright\tprecision\tdate\n"
        "award.act\t1\t1\t1.00\t2018-01-01\n"
        "award.give\t2\t1\t0.50\t2019-05-02\n"
    )


def test_judgements_are_kept_without_text_and_read_back(tmp_path: Path) -> None:
    found, _ = read_judgements(judged(tmp_path, {"right": True}, {"right": False, "end": 9}), "2019-05-01")
    text = judgements_tsv(found)
    assert "Chữ" not in text
    path = tmp_path / "judgements.tsv"
    path.write_text(text, encoding="utf-8")
    again, _ = read_judgements(path, "1999-01-01")
    assert sorted(map(repr, again)) == sorted(map(repr, found))


@pytest.mark.parametrize("line", ["{", "[]", '{"right": true}', '{"right": "perhaps", "article": "a", "start": 1}'])
def test_a_line_that_is_no_judgement_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "judged.jsonl"
    path.write_text('{"right": null}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"judged\.jsonl:2"):
        read_judgements(path, "2019-05-01")


def test_the_table_beside_the_rules_is_what_the_judgements_say() -> None:
    judgements = resource("ontology", "rules", "audit", "judgements.tsv")
    found, open_ = read_judgements(judgements, "")
    assert open_ == 0
    assert judgements.read_text(encoding="utf-8") == judgements_tsv(found)
    assert resource("ontology", "rules", "audit.tsv").read_text(encoding="utf-8") == table_tsv(table(found))
