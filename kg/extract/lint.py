"""Checks rule files like code: all that is wrong in all of them, each with file and line, and every example run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import RuleError
from kg.extract.keys import name_key
from kg.extract.rulebook import Example, Rulebook, compile_rules, rule_files
from kg.extract.schema import fact_kinds
from kg.model import Document, EntityRef, Fact, Finding, Reading, Stretch, Value
from kg.text.normal import tone_key

# A text of one line is a headline; what is said of sentences holds in the body.
AS_BODY = "Ví dụ\n\n"


def lint(paths: list[Path]) -> list[Finding]:
    """Findings on rule files; each with file and line.

    Files that are not among the shipped ones are checked beside them, as they would run.
    """
    findings: list[Finding] = []
    shipped = rule_files()
    names = {p.resolve() for p in paths}
    others = [p for p in shipped if p.resolve() not in names]
    try:
        book = compile_rules([*others, *paths], findings)
    except RuleError as error:
        return [Finding("error", "data/lexicon", error.message, error.hint)]
    mine = {p.name for p in paths}
    findings = [f for f in findings if f.where.split(":")[0] in mine]
    _names(book, mine, findings)
    if not findings:
        _examples(book, mine, findings)
    return sorted(findings, key=lambda f: (f.where.split(":")[0], _line(f.where)))


def _line(where: str) -> int:
    tail = where.rpartition(":")[2]
    return int(tail) if tail.isdigit() else 0


def _names(book: Rulebook, mine: set[str], findings: list[Finding]) -> None:
    kinds = fact_kinds()
    seen: dict[str, str] = {}
    for rule in book.rules:
        if rule.where.split(":")[0] not in mine:
            continue
        if rule.name in seen:
            findings.append(
                Finding(
                    "error",
                    rule.where,
                    f"pattern id {rule.name!r} stands already at {seen[rule.name]}",
                    "choose another id",
                )
            )
        seen[rule.name] = rule.where
        if rule.kind not in kinds:
            known = ", ".join(sorted(kinds))
            findings.append(
                Finding("error", rule.where, f"the ontology has no fact kind {rule.kind!r}", f"known: {known}")
            )
            continue
        roles = kinds[rule.kind]["roles"]
        named = (
            {c.role for c in rule.pattern.captures.values() if c.role} | set(rule.fixed) | {a.role for a in rule.attach}
        )
        unknown = named - set(roles) - _HELPERS
        for role in sorted(unknown):
            hint = f"roles of {rule.kind}: {', '.join(roles)}"
            findings.append(Finding("error", rule.where, f"{rule.kind} has no role {role!r}", hint))
        if rule.phase == "nominal" and rule.head not in named:
            findings.append(Finding("error", rule.where, "a nominal pattern folds into its head", 'head = "person"'))


# Captures that guide the engine and are no roles: the verb of an attribution, a list of speakers.
_HELPERS = frozenset({"verb", "many"})


def _examples(book: Rulebook, mine: set[str], findings: list[Finding]) -> None:
    from kg.extract.article import Extractor

    extractor = Extractor(book)
    with_examples = {e.where.split(":")[0] for e in book.examples}
    for name in sorted(mine - with_examples):
        findings.append(
            Finding(
                "warning", f"{name}:1", "no example", "add [[example]] with text and facts, one of them with facts = []"
            )
        )
    for example in book.examples:
        if example.where.split(":")[0] in mine:
            findings.extend(run_example(extractor.read, example))


def run_example(read: Any, example: Example) -> list[Finding]:
    """What an example's sentence gives against what it must give.

    Args:
        read: the function from a document to its reading.
        example: the example; `facts = []` means none of its kind.
    """
    text = AS_BODY + example.text
    reading = read(Document("example", "example", text, text))
    found = [f for f in reading.facts if f.kind == example.kind]
    if not example.facts:
        return [
            Finding("error", example.where, f"gives a fact though it must give none: {describe(f, reading)}", f.rule)
            for f in found
        ]
    out = []
    for expected in example.facts:
        if not any(matches(fact, reading, expected) for fact in found):
            got = "; ".join(describe(f, reading) for f in found) or "nothing"
            out.append(
                Finding(
                    "error",
                    example.where,
                    f"expected {dict(expected)}, found {got}",
                    "try `kg explain` on the sentence",
                )
            )
    return out


def matches(fact: Fact, reading: Reading, expected: Mapping[str, Any]) -> bool:
    """True where the fact has every role (and the status) that `expected` names."""
    for role, want in expected.items():
        if role == "status":
            if fact.status != want:
                return False
            continue
        wanted = want if isinstance(want, list) else [want]
        got = [x for f in (*fact.roles.get(role, ()), *fact.qualifiers.get(role, ())) for x in texts(f, reading)]
        if not all(any(_same(w, g) for g in got) for w in wanted):
            return False
    return True


def _same(want: Any, got: Any) -> bool:
    if isinstance(want, int | float) and not isinstance(want, bool):
        return isinstance(got, int | float) and float(got) == float(want)
    return name_key(str(want)) == name_key(str(got)) or tone_key(str(want)) == tone_key(str(got))


def texts(filler: Any, reading: Reading) -> list[str | int | float]:
    """How a filler may be written: an entity's names, a value, the words of a stretch."""
    match filler:
        case EntityRef():
            entity = next(e for e in reading.entities if e.id == filler.id)
            return [entity.name, *entity.aliases]
        case Value():
            return [filler.value]
        case Stretch():
            return [reading.document.text[filler.span.start : filler.span.end]]
    return []


def describe(fact: Fact, reading: Reading) -> str:
    """A fact on one line."""
    roles = ", ".join(
        f"{role}={' | '.join(str(texts(f, reading)[0]) for f in fillers)}" for role, fillers in fact.roles.items()
    )
    return f"{fact.kind} [{fact.status}] {roles}"
