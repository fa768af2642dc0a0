"""Gold written with the words of the article instead of offsets."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluate import AuthoredGold, Record, load_authored
from kg.evaluate.records import RecordFact
from kg.model import Span

TEXT = "Bà Trần Thị Lan, Giám đốc Sở Y tế, nói: “Có thuốc. Có người.” Bà Lan nói: “Xong.”\r\n"
ENTITIES = """
[entities]
lan = ["Person", "Trần Thị Lan", "Bà Lan"]
so = ["Organization", "Sở Y tế Sơn La", "Sở Y tế"]
"""
POST = '{holds_post = "Bà Trần Thị Lan, Giám đốc Sở Y tế", person = "lan", post = "Giám đốc", organization = "so"}'


def load(tmp_path: Path, says: str, entities: str = ENTITIES, text: str = TEXT) -> AuthoredGold:
    path = tmp_path / "a.toml"
    path.write_text(f"{entities}\n[says]\n{says}\n", encoding="utf-8")
    path.with_suffix(".txt").write_bytes(text.encode("utf-8"))
    return load_authored(path)


def fault(tmp_path: Path, says: str, entities: str = ENTITIES) -> str:
    with pytest.raises(InputError) as error:
        load(tmp_path, says, entities)
    return error.value.message


def shown(span: Span) -> str:
    return TEXT[span.start : span.end]


def test_words_become_offsets_of_the_file(tmp_path: Path) -> None:
    gold = load(tmp_path, f"facts = [{POST}]")
    (fact,) = gold.record.facts
    assert shown(fact.evidence[0]) == "Bà Trần Thị Lan, Giám đốc Sở Y tế"
    assert fact.roles == {"person": ("lan",), "post": ("Giám đốc",), "organization": ("so",)}
    assert gold.record.doc == "a"
    assert gold.record.entities["so"].forms == ("Sở Y tế Sơn La", "Sở Y tế")


def test_a_gap_reaches_to_the_next_occurrence_of_its_end(tmp_path: Path) -> None:
    gold = load(
        tmp_path,
        'facts = [{statement = "1@nói: [...] ”", speaker = "lan", content = "Có [...] người."}]'.replace(
            '"Có [...]', '"1@Có [...]'
        ),
    )
    (fact,) = gold.record.facts
    assert shown(fact.evidence[0]) == "nói: “Có thuốc. Có người.”"
    (content,) = fact.roles["content"]
    assert isinstance(content, Span)
    assert shown(content) == "Có thuốc. Có người."


def test_a_numbered_quote_is_that_occurrence(tmp_path: Path) -> None:
    gold = load(tmp_path, 'facts = [{statement = "2@nói", speaker = "lan", content = "Xong"}]')
    assert gold.record.facts[0].evidence[0].start == TEXT.rindex("nói")


def test_a_kind_that_is_its_own_role_is_written_of(tmp_path: Path) -> None:
    entities = ENTITIES + 'hop = ["Event", "nói"]\n'
    gold = load(tmp_path, 'facts = [{event = "Có người", of = "hop", event_type = "meeting"}]', entities)
    assert gold.record.facts[0].kind == "event"
    assert gold.record.facts[0].roles["event"] == ("hop",)


@pytest.mark.parametrize(
    ("says", "message"),
    [
        ('facts = [{statement = "nói", speaker = "lan", content = "Xong"}]', "stands there 2 times"),
        ('facts = [{statement = "3@nói", speaker = "lan", content = "Xong"}]', "is not in the article 3 times"),
        ('facts = [{statement = "hát", speaker = "lan", content = "Xong"}]', "'hát' is not in the article"),
        ('facts = [{statement = "Xong [...] Giám đốc", speaker = "lan", content = "Xong"}]', "does not follow"),
        ('facts = [{statement = "Xong", speaker = "ông", content = "Xong"}]', "no entity 'ông'"),
        ('facts = [{statement = "Xong", content = "Xong"}]', "needs speaker"),
        ('facts = [{says = "Xong"}]', "must be a fact kind"),
        (f'facts = [{POST[:-1]}, status = "sure"}}]', "unknown status"),
        ('facts = [{statement = "Xong", speaker = 4, content = "Xong"}]', "cannot fill it"),
        ("fact = []", "unknown key 'fact'"),
        ('forbidden = [{kind = "statistic"}]', "say which fact"),
        ('forbidden = [{kind = "figure", value = 1}]', "unknown kind"),
    ],
)
def test_faults_say_what_and_where(tmp_path: Path, says: str, message: str) -> None:
    found = fault(tmp_path, says)
    assert message in found
    assert "a.toml" in found


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    found = fault(tmp_path, 'facts = [{statement = "hát", speaker = "x", content = "múa"}]')
    assert all(word in found for word in ("hát", "'x'", "múa"))


def test_an_entity_that_the_article_does_not_name_is_a_fault(tmp_path: Path) -> None:
    assert "'Bà Mai' is not in the article" in fault(tmp_path, "", ENTITIES + 'mai = ["Person", "Mai", "Bà Mai"]\n')
    assert "expected [type, name, alias, …]" in fault(tmp_path, "", '[entities]\nmai = ["Person"]\n')


def test_a_missing_article_and_broken_toml_are_input_errors(tmp_path: Path) -> None:
    path = tmp_path / "b.toml"
    path.write_text("[says", encoding="utf-8")
    with pytest.raises(InputError, match=r"b\.txt"):
        load_authored(path)
    path.with_suffix(".txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match=r"b\.toml"):
        load_authored(path)


def test_forbidden_facts_are_recognised_by_words_numbers_and_place(tmp_path: Path) -> None:
    gold = load(
        tmp_path,
        """forbidden = [
          {kind = "holds_post", person = "Lan", post = "Giám đốc"},
          {kind = "statistic", value = 5},
          {within = "Xong"},
        ]""",
    )
    people = Record("a", gold.record.entities)
    by_words, by_number, by_place = gold.forbidden

    def said(kind: str, at: int, **roles: tuple[str | int | float | Span, ...]) -> RecordFact:
        return RecordFact(kind, roles, (Span(at, at + 3),))

    post = said("holds_post", 0, person=("lan",), post=("Phó Giám đốc",))
    assert by_words.said_by(post, people, TEXT)
    assert not by_words.said_by(said("holds_post", 0, person=("so",), post=("Giám đốc",)), people, TEXT)
    for five in (5, 5.0, "5"):
        assert by_number.said_by(said("statistic", 0, value=(five,)), people, TEXT)
    assert not by_number.said_by(said("statistic", 0, value=(55,)), people, TEXT)
    assert by_place.said_by(said("request", TEXT.index("Xong")), people, TEXT)
    assert not by_place.said_by(said("request", 0), people, TEXT)
    assert not by_place.said_by(said("theme", TEXT.index("Xong")), people, TEXT)
