"""Coverage: how often patterns fire, and which constructions hold a trigger word and give nothing."""

from __future__ import annotations

import pytest

from kg.extract.anchors import Anchors
from kg.extract.article import shipped
from kg.extract.coverage import Coverage, Gap, Survey
from kg.model import Document
from kg.read import document

HEAD = "Tin trong ngày\n\nMở đầu.\n\n"
POST = "Bà Trần Thị Lệ là Giám đốc Sở Tư pháp Phú Yên."


def survey(*texts: str, most: int = 1000) -> Coverage:
    made = Survey(shipped(), most)
    for number, text in enumerate(texts):
        made.add(document(HEAD + text, f"bai-{number}"))
    return made.result()


def gaps(result: Coverage, kind: str, every: bool = True) -> dict[str, Gap]:
    return {g.construction: g for g in result.frequent(kind, every)}


def test_facts_and_articles_of_a_pattern_are_counted() -> None:
    result = survey(POST, f"{POST} Ông Lê Hữu Tân là Giám đốc Sở Nội vụ Phú Yên.", "Trời đẹp.")
    assert result.articles == 3
    (fired,) = [f for f in result.fired if f.rule == "holds_post.copula"]
    assert (fired.facts, fired.articles, fired.matches) == (3, 2, 3)
    assert fired.where.startswith("holds_post.toml:")
    assert result.fired[0] == fired


def test_patterns_that_never_match_are_told_apart_from_those_that_only_help() -> None:
    result = survey("Tại huyện Tuy An, ngày 3/4/2019 diễn ra hội nghị tổng kết năm học.", POST)
    assert "holds_post.copula" not in result.silent + result.unkept
    assert "award.prizes" in result.silent
    assert not set(result.silent) & set(result.unkept)
    every = {r.name for r in shipped().book.rules}
    assert {f.rule for f in result.fired if f.facts} & every | set(result.silent) | set(result.unkept) == every


def test_a_trigger_without_a_fact_is_a_gap_with_its_place() -> None:
    text = "Chiều nay, Sở Nội vụ Phú Yên luân chuyển hai lần ông Lê Hữu Tân."
    result = survey(text, POST)
    (gap,) = gaps(result, "personnel_change").values()
    assert gap.construction == "Organization <change> … Person"
    assert (gap.sentences, gap.fillable) == (1, 1)
    start, end = gap.example.span
    assert gap.example.article == "bai-0"
    assert (HEAD + text)[start:end] == gap.example.words == text


def test_a_sentence_that_gave_the_fact_is_no_gap() -> None:
    result = survey("HĐND tỉnh Phú Yên đã bầu ông Lê Hữu Tân giữ chức Chủ tịch UBND tỉnh Phú Yên.")
    assert "personnel_change" not in result.gaps


def test_headlines_are_not_expected_to_give_facts() -> None:
    made = Survey(shipped())
    made.add(document("Sở Nội vụ Phú Yên luân chuyển ông Lê Hữu Tân\n\nMở đầu.\n\nTrời đẹp."))
    assert "personnel_change" not in made.result().gaps


def test_only_sentences_that_could_fill_the_roles_count_unless_all_are_asked_for() -> None:
    result = survey("Việc luân chuyển còn chậm.", "Việc luân chuyển còn chậm.")
    assert gaps(result, "personnel_change", every=False) == {}
    (gap,) = gaps(result, "personnel_change").values()
    assert (gap.sentences, gap.fillable) == (2, 0)


def test_the_most_frequent_construction_comes_first() -> None:
    rare, often = "Sở Nội vụ Phú Yên luân chuyển hai lần ông Lê Hữu Tân.", "Việc luân chuyển còn chậm."
    result = survey(rare, often, often)
    counts = [g.sentences for g in result.frequent("personnel_change", every=True)]
    assert counts == [2, 1]


def test_memory_is_bounded_and_the_frequent_stay() -> None:
    often = "Việc luân chuyển còn chậm."
    others = [
        f"Việc {'ông Lê Hữu Tân ' * n}luân chuyển còn {'ông Lê Hữu Tân ' * m}chậm." for n in range(3) for m in range(3)
    ]
    result = survey(often, often, often, *others, often, most=3)
    assert result.forgotten
    found = gaps(result, "personnel_change")
    assert len(found) <= 3
    assert found["<change>"].sentences >= 4
    assert not survey(often, *others).forgotten


@pytest.mark.parametrize(
    ("kind", "triggers"),
    [
        ("award", {"give", "receive"}),
        ("personnel_change", {"change", "stand", "out", "end"}),
        ("ranking", {"placed", "grade", "first"}),
    ],
)
def test_triggers_are_the_words_that_patterns_hang_on(kind: str, triggers: set[str]) -> None:
    assert set(Anchors(shipped().book, kind).triggers.values()) >= triggers


def test_words_of_grammar_are_no_triggers() -> None:
    book = shipped().book
    for kind in book.about:
        assert not set(Anchors(book, kind).triggers) & set(book.lexicon.chars("is") + book.lexicon.chars("and"))


def test_offsets_are_the_files_own() -> None:
    text = "Tin\n\nMở đầu.\n\nSở Nội vụ Phú Yên luân chuyển hai lần ông Lê Hữu Tân."
    made = Survey(shipped())
    made.add(document("\ufeff" + text.replace("\n", "\r\n"), "crlf"))
    (gap,) = made.result().frequent("personnel_change")
    start, end = gap.example.span
    assert ("\ufeff" + text.replace("\n", "\r\n"))[start:end].startswith("Sở Nội vụ")


def test_an_empty_run() -> None:
    result = Survey(shipped()).result()
    assert (result.articles, result.gaps) == (0, {})
    assert isinstance(document("x"), Document)
