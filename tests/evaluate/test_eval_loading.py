"""Gold, articles and predictions from disk."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.evaluate import load_cases, load_predictions, parse_record

TEXT = "Ông A nói.\r\nBà B nghe."


def write_gold(folder: Path, name: str, **more: Any) -> None:
    (folder / f"{name}.txt").write_bytes(TEXT.encode())
    value = {"doc": name, "entities": [], "facts": [], **more}
    (folder / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")


def test_cases_come_by_name_with_the_text_as_it_lies_on_disk(tmp_path: Path) -> None:
    write_gold(tmp_path, "b")
    write_gold(tmp_path, "a", sha256=hashlib.sha256(TEXT.encode()).hexdigest())
    (tmp_path / "index.json").write_text('{"about": "not a record"}', encoding="utf-8")
    (tmp_path / "c.toml").write_text("[says]\nfacts = []\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text("Xong.", encoding="utf-8")
    cases = load_cases(tmp_path, tmp_path)
    assert [c.gold.doc for c in cases] == ["a", "b", "c"]
    assert cases[0].text == TEXT


def test_what_cannot_be_gold_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no gold record"):
        load_cases(tmp_path, tmp_path)
    with pytest.raises(InputError, match="not a folder"):
        load_cases(tmp_path / "none", tmp_path)
    write_gold(tmp_path, "a", sha256="0" * 64)
    with pytest.raises(InputError, match=r"a\.txt: the text is not the one"):
        load_cases(tmp_path, tmp_path)
    (tmp_path / "a.txt").unlink()
    with pytest.raises(InputError, match=r"a\.txt: cannot be read"):
        load_cases(tmp_path, tmp_path)
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.json: cannot be read"):
        load_cases(tmp_path, tmp_path)


def test_predictions_one_a_line_the_last_of_a_document_counts(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    entity = {"id": "e", "type": "Person", "name": "A\u2028B"}
    lines = [{"doc": "a", "entities": []}, {"doc": "b"}, {"doc": "a", "entities": [entity]}]
    path.write_text("\n\n".join(json.dumps(x, ensure_ascii=False) for x in lines) + "\n", encoding="utf-8")
    found = load_predictions(path)
    assert sorted(found) == ["a", "b"]
    assert found["a"].entities["e"].name == "A\u2028B"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", r"p\.jsonl:1: not JSON"),
        ("[]", r"p\.jsonl:1: not a fact record"),
        ('{"doc": "a", "facts": [{"kind": "x"}]}', r"facts\[0\]\.roles: expected"),
        ('{"doc": "a", "facts": [{"roles": {}}]}', r"facts\[0\]: expected"),
        ('{"doc": "a", "facts": [{"kind": "x", "roles": {"r": [null]}}]}', r"facts\[0\]\.roles\.r: expected a string"),
        ('{"doc": "a", "facts": [{"kind": "x", "roles": {"r": [{"start": 1}]}}]}', r"roles\.r: expected"),
        ('{"doc": "a", "entities": [{"id": 1, "type": "P", "name": "A"}]}', r"entities\[0\]: expected"),
    ],
)
def test_broken_predictions_say_where(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load_predictions(path)


def test_a_single_filler_and_a_single_evidence_need_no_list() -> None:
    value = {
        "doc": "a",
        "facts": [{"kind": "statistic", "roles": {"value": 4}, "evidence": {"start": 1, "end": 2}}],
    }
    (fact,) = parse_record(value, "x").facts
    assert fact.roles == {"value": (4,)}
    assert fact.evidence == ((1, 2),)
    assert fact.status == "asserted"
