"""Every example of every rule file is a test."""

from __future__ import annotations

import pytest

from kg.extract import read_article
from kg.extract.lint import run_example
from kg.extract.rulebook import Example, load_rulebook


@pytest.mark.parametrize("example", load_rulebook().examples, ids=lambda e: e.where)
def test_example_gives_its_facts(example: Example) -> None:
    assert run_example(read_article, example) == []


def test_every_rule_file_has_an_example_that_gives_and_one_that_gives_nothing() -> None:
    examples = load_rulebook().examples
    kinds = {rule.kind for rule in load_rulebook().rules}
    assert {e.kind for e in examples if e.facts} >= kinds
    assert {e.kind for e in examples if not e.facts} >= kinds
