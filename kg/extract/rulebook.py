"""Rule files (`ontology/rules/*.toml`) and the lexicon, read, checked and compiled into one rulebook."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import RuleError
from kg.extract.checks import CHECKS
from kg.extract.pattern import Draft, Pattern, read_pattern
from kg.model import Finding
from kg.resources import resource
from kg.text.annotate import Annotator
from kg.text.lexicon import Builder, Lexicon
from kg.text.vocabulary import base_builder

PHASES = ("unfolded", "nominal", "clause", "figure", "speech")
_TOP = {"fact", "about", "words", "pattern", "example", "attach"}
_PATTERN = {"id", "match", "phase", "head", "set", "scope", "status", "expand", "take", "overlap", "check", "inner"}
_EXAMPLE = {"text", "facts", "why"}
_ATTACH = {"role", "kind", "where"}
_WHERE = ("sentence", "before", "after")


@dataclass(frozen=True, slots=True)
class Attach:
    """Fills a role that a pattern left open with the nearest mention of a kind in the sentence.

    Attributes:
        role, kind: the role, and the kind of mention that may fill it.
        where: "sentence" (either side), "before" or "after" the match.
    """

    role: str
    kind: str
    where: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern of one fact kind.

    Attributes:
        name: "<kind>.<id>", kept with each fact.
        kind: the fact kind.
        pattern: compiled.
        phase: "unfolded" patterns run first, while a person, the post and the body are items of their own; "nominal"
            patterns fold their match into the mention of role `head`; "clause" patterns run after them;
            "speech" patterns attribute what somebody says or asks, and the engine finds how far it reaches; "figure"
            patterns say how a number is introduced, and the engine finds what it measures.
        head: role whose mention a nominal match becomes.
        expand: role whose mention brings further roles of its own (a document its number, date and issuer).
        inner: the pattern is one mention, and mentions within other mentions count too.
        overlap: the search goes on behind the first role's mention and not behind the match (address chains).
        check: name of a condition on the mentions that filled the roles (`kg.extract.checks`); "" for none.
        fixed: roles with a fixed value (`set = {action = "elected"}`).
        scope: the span of the fact's evidence: "match" or "sentence".
        status: the status the pattern gives by itself; "" where the engine decides.
        attach: open roles filled from the sentence.
        take: for "figure" patterns, where the name of what is measured stands; see `kg.extract.figures`.
        source: the pattern as written.
        where: file and line, for messages.
    """

    name: str
    kind: str
    pattern: Pattern
    source: str
    phase: str
    head: str
    expand: str
    inner: bool
    overlap: bool
    check: str
    fixed: Mapping[str, Any]
    scope: str
    status: str
    attach: tuple[Attach, ...]
    take: str
    where: str


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of a rule file with the facts it must give: `[]` for none, else required roles as text.

    Attributes:
        kind: the fact kind.
        text: the sentence.
        facts: each a mapping of role to expected text (or number).
        where: file and line.
    """

    kind: str
    text: str
    facts: tuple[Mapping[str, Any], ...]
    where: str


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything that the extraction of an article needs, compiled once.

    Attributes:
        lexicon, annotator: the compiled lexicon and recognisers.
        rules: all rules, by file and position.
        examples: all examples.
        about: fact kind to what its first file says it is about.
    """

    lexicon: Lexicon
    annotator: Annotator
    rules: tuple[Rule, ...]
    examples: tuple[Example, ...]
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _File:
    path: Path
    lines: list[str]
    data: dict[str, Any]

    def line(self, table: str, index: int, key: str = "") -> int:
        """Line of the index-th `[[table]]`, or of `key` in it."""
        seen = -1
        for number, text in enumerate(self.lines, 1):
            if re.match(rf"\[\[?{table}\]?\]", text.strip()):
                seen += 1
                if seen == index and not key:
                    return number
            if seen == index and key and re.match(rf"{key}\s*=", text.strip()):
                return number
        return 1


def rule_files(folder: Path | None = None) -> list[Path]:
    """The rule files of a folder (the shipped ones by default), by name."""
    return sorted((folder or resource("ontology", "rules")).glob("*.toml"))


def check_rules(paths: list[Path] | None = None) -> list[Finding]:
    """Every error of every rule file at once: syntax, unknown classes, kinds, roles, keys, failing examples."""
    from kg.extract.lint import lint

    return lint(paths if paths is not None else rule_files())


def read_file(path: Path, findings: list[Finding]) -> _File | None:
    """One rule file; what cannot be read becomes a finding."""
    try:
        text = path.read_text(encoding="utf-8")
        return _File(path, text.splitlines(), tomllib.loads(text))
    except (OSError, UnicodeDecodeError) as error:
        findings.append(Finding("error", path.name, f"cannot be read: {error}"))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        findings.append(Finding("error", f"{path.name}:{line[1] if line else 1}", f"not TOML: {error}"))
    return None


def _literal(word: str) -> str:
    return f"'{word.casefold()}"


def compile_rules(paths: list[Path], findings: list[Finding]) -> Rulebook:
    """Reads and compiles rule files; mistakes are added to `findings` and the patterns concerned left out."""
    files = [f for f in (read_file(p, findings) for p in paths) if f is not None]
    builder: Builder = base_builder()
    kinds = set()
    for file in files:
        kind = file.data.get("fact")
        if not isinstance(kind, str) or not re.fullmatch(r"[a-z_]+", kind):
            findings.append(
                Finding("error", f"{file.path.name}:1", 'fact = "…" is missing or no name', 'fact = "award"')
            )
            kind = file.data["fact"] = file.path.stem
        for key in sorted(set(file.data) - _TOP):
            findings.append(
                Finding("error", f"{file.path.name}:1", f"unknown key {key!r}", f"known: {', '.join(sorted(_TOP))}")
            )
        kinds.add(kind)
        for name, forms in file.data.get("words", {}).items():
            for form in forms:
                # "bầu = elected" gives the form its normal form
                text, _, normal = str(form).partition("=")
                builder.add(text.strip(), f"{kind}:{name}", normal=normal.strip())
    drafts: list[tuple[_File, int, dict[str, Any], Draft]] = []
    table_classes = builder.classes()
    for file in files:
        kind = file.data["fact"]

        def classes(name: str, kind: str = kind) -> str:
            for full in (f"{kind}:{name}", name):
                if full in table_classes:
                    return full
            raise KeyError(name)

        def literal(word: str) -> str:
            builder.add(word, _literal(word))
            return _literal(word)

        for index, raw in enumerate(file.data.get("pattern", [])):
            where = f"{file.path.name}:{file.line('pattern', index)}"
            for key in sorted(set(raw) - _PATTERN):
                findings.append(
                    Finding("error", where, f"unknown key {key!r}", f"known: {', '.join(sorted(_PATTERN))}")
                )
            if not isinstance(raw.get("match"), str) or not isinstance(raw.get("id"), str):
                findings.append(Finding("error", where, "a pattern needs id and match, both strings"))
                continue
            if raw.get("phase", "clause") not in PHASES:
                findings.append(
                    Finding("error", where, f"unknown phase {raw['phase']!r}", f"known: {', '.join(PHASES)}")
                )
                continue
            if raw.get("check", "") not in ("", *CHECKS):
                findings.append(
                    Finding("error", where, f"unknown check {raw['check']!r}", f"known: {', '.join(CHECKS)}")
                )
                continue
            try:
                drafts.append((file, index, raw, read_pattern(raw["match"], classes, literal)))
            except RuleError as error:
                at = f"{file.path.name}:{file.line('pattern', index, 'match')}"
                findings.append(Finding("error", at, error.message, error.hint))
    lexicon = builder.compile()
    annotator = Annotator(lexicon)
    rules = []
    for file, index, raw, draft in drafts:
        kind = file.data["fact"]
        rules.append(
            Rule(
                name=f"{kind}.{raw['id']}",
                kind=kind,
                pattern=draft.compile(lexicon),
                source=raw["match"],
                phase=raw.get("phase", "clause"),
                head=raw.get("head", ""),
                expand=raw.get("expand", ""),
                inner=bool(raw.get("inner", False)),
                overlap=bool(raw.get("overlap", False)),
                check=raw.get("check", ""),
                fixed=raw.get("set", {}),
                scope=raw.get("scope", "match"),
                status=raw.get("status", ""),
                attach=tuple(
                    Attach(a["role"], a["kind"], a.get("where", "sentence")) for a in file.data.get("attach", [])
                ),
                take=raw.get("take", ""),
                where=f"{file.path.name}:{file.line('pattern', index)}",
            )
        )
    examples = [
        Example(f.data["fact"], e["text"], tuple(e.get("facts", ())), f"{f.path.name}:{f.line('example', i)}")
        for f in files
        for i, e in enumerate(f.data.get("example", []))
        if isinstance(e, dict) and isinstance(e.get("text"), str)
    ]
    about = {f.data["fact"]: str(f.data.get("about", "")) for f in reversed(files)}  # a kind's first file tells
    return Rulebook(lexicon, annotator, tuple(rules), tuple(examples), about)


@cache
def load_rulebook() -> Rulebook:
    """The shipped rules, compiled once a process.

    Raises:
        RuleError: any rule file or table is broken; the message lists all mistakes with file and line.
    """
    findings: list[Finding] = []
    book = compile_rules(rule_files(), findings)
    if findings:
        raise RuleError("\n".join(f"{f.where}: {f.message}" for f in findings), "run `kg rules check`")
    return book
