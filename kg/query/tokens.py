"""SPARQL cut into tokens, for saying where a query is wrong.

This is not a parser: whether a query is allowed is decided on the parsed query (`kg.query.guard`). The tokens only
serve to point at the place of an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

_LOCAL = r"(?:[\w:%-]|\\.|\.(?=[\w:%\\.-]*[\w:%\\-]))*"
_PATTERNS = (
    ("space", r"\s+"),
    ("comment", r"#[^\r\n]*"),
    ("iri", r"<[^<>\"{}|^`\\\x00-\x20]*>"),
    ("string", r"'''(?:'{0,2}(?:[^'\\]|\\.))*'''|\"\"\"(?:\"{0,2}(?:[^\"\\]|\\.))*\"\"\""),
    ("string_short", r"'(?:[^'\\\n\r]|\\.)*'|\"(?:[^\"\\\n\r]|\\.)*\""),
    ("blank", r"_:\w[\w.-]*"),
    ("variable", r"[?$]\w+"),
    ("name", rf"(?:[^\W\d_][\w.-]*)?:{_LOCAL}"),
    ("lang", r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*"),
    ("number", r"\d*\.?\d+(?:[eE][+-]?\d+)?"),
    ("word", r"[^\W\d]\w*"),
    ("sign", r"\^\^|&&|\|\||!=|<=|>=|."),
)
_TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PATTERNS), re.DOTALL)


class Token(NamedTuple):
    """One token.

    Attributes:
        kind: iri, string, blank, variable, name (prefixed), lang, number, word or sign.
        text: its characters.
        start, end: half-open, in code points of the query.
    """

    kind: str
    text: str
    start: int
    end: int


def tokens(query: str) -> list[Token]:
    """All tokens but white space and comments.

    >>> [t.text for t in tokens('SELECT ?x { ?x vk:rank 3. } # end')]
    ['SELECT', '?x', '{', '?x', 'vk:rank', '3', '.', '}']
    """
    return [t for t in _all(query) if t.kind not in ("space", "comment")]


def _all(query: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(query):
        kind = str(match.lastgroup)
        yield Token("string" if kind == "string_short" else kind, match.group(), match.start(), match.end())


def declared_prefixes(found: list[Token]) -> set[str]:
    """The prefixes that the query declares itself, without the colon."""
    return {
        b.text[:-1]
        for a, b in pairwise(found)
        if a.kind == "word" and a.text.upper() == "PREFIX" and b.kind == "name" and b.text.endswith(":")
    }


def first_keyword(found: list[Token]) -> Token | None:
    """The word after the prologue: SELECT, ASK, INSERT, …; None in a query without one."""
    at = 0
    while at < len(found):
        word = found[at].text.upper()
        if word == "PREFIX":
            at += 3
        elif word == "BASE":
            at += 2
        else:
            return found[at] if found[at].kind == "word" else None
    return None
