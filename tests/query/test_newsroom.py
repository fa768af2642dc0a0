"""What a newsroom asks of several articles, on articles of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.corpus import add
from kg.query.engine import ask
from kg.query.formats import plain
from kg.query.source import query_text
from kg.store import OxigraphStore

ARTICLES = {
    "mot": (
        "Phú Yên: Họp đầu năm\n\n12/03/2019 08:15\n\nSáng 12/3, Chủ tịch UBND tỉnh Phú Yên Lê Hữu Tân dự họp. "
        "Năm 2018, chỉ số PCI của tỉnh Phú Yên xếp thứ 21. Bà Trần Thị Lệ, Giám đốc Sở Y tế Phú Yên, cũng dự.\n"
    ),
    "hai": (
        "Phú Yên: Chuyện y tế\n\n12/03/2019 09:00\n\nNăm 2018, chỉ số PCI của tỉnh Phú Yên xếp thứ 25. "
        "Ông Phan Đình Lộc, Giám đốc Sở Y tế Phú Yên, nói vậy. Chủ tịch UBND tỉnh Phú Yên Lê Hữu Tân vắng mặt.\n"
    ),
    "ba": (
        "Phú Yên: Nhân sự\n\n05/06/2020 10:00\n\nÔng Lê Hữu Tân, Bí thư Tỉnh ủy Phú Yên, "
        "nguyên Chủ tịch UBND tỉnh Phú Yên, tiếp dân.\n"
    ),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("newsroom")
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    add([folder / f"{name}.txt" for name in ARTICLES], OxigraphStore(folder / "store"))
    return folder / "store"


def rows(store: Path, name: str, *columns: str) -> list[tuple[str, ...]]:
    answer = ask(query_text(name), store)
    at = [answer.variables.index(column) for column in columns]
    return [tuple(plain(row[i]) for i in at) for row in answer.rows]


def test_a_post_through_time_names_its_holders_with_the_articles_that_say_so(store: Path) -> None:
    found = rows(store, "posts_through_time", "post", "attested", "person", "status", "article")
    assert sorted(r for r in found if r[0] == "Chủ tịch") == [
        ("Chủ tịch", "2019-03-12", "Lê Hữu Tân", "asserted", "Phú Yên: Chuyện y tế"),
        ("Chủ tịch", "2019-03-12", "Lê Hữu Tân", "asserted", "Phú Yên: Họp đầu năm"),
        ("Chủ tịch", "2020-06-05", "Lê Hữu Tân", "former", "Phú Yên: Nhân sự"),
    ]
    assert [r[1] for r in found if r[0] == "Chủ tịch"] == ["2019-03-12", "2019-03-12", "2020-06-05"]


def test_a_career_is_of_one_person_over_the_articles(store: Path) -> None:
    found = rows(store, "careers", "person", "post", "status", "first", "articles")
    assert [r for r in found if r[0] == "Lê Hữu Tân"] == [
        ("Lê Hữu Tân", "Chủ tịch", "asserted", "2019-03-12", "2"),
        ("Lê Hữu Tân", "Bí thư", "asserted", "2020-06-05", "1"),
        ("Lê Hữu Tân", "Chủ tịch", "former", "2020-06-05", "1"),
    ]


def test_contradictions_are_listed_with_both_articles(store: Path) -> None:
    found = rows(store, "contradictions", "what", "one", "other")
    assert ("Giám đốc", "Phan Đình Lộc", "Trần Thị Lệ") in found
    assert any({one, other} == {"21", "25"} for _, one, other in found)
    assert len(found) == 2


def test_what_two_articles_state_has_not_one_source_alone(store: Path) -> None:
    assert rows(store, "posts_of_one_source", "person", "post", "article") == [
        ("Lê Hữu Tân", "Bí thư", "Phú Yên: Nhân sự"),
        ("Lê Hữu Tân", "Chủ tịch", "Phú Yên: Nhân sự"),
        ("Phan Đình Lộc", "Giám đốc", "Phú Yên: Chuyện y tế"),
        ("Trần Thị Lệ", "Giám đốc", "Phú Yên: Họp đầu năm"),
    ]
