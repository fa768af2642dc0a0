"""Finds where a query is wrong and what would mend it.

The parser of the engine is the authority on right and wrong; the position that it reports is not the wrong token's
(it counts the length of the keywords it tried), so the place is found by asking it about ever longer beginnings of
the query.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

import pyoxigraph as ox

from kg.query.tokens import Token, declared_prefixes, first_keyword, tokens

UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"))
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "BASE")
_WORDS = (
    *_FORMS,
    "DISTINCT", "REDUCED", "WHERE", "FROM", "NAMED", "GROUP", "BY", "HAVING", "ORDER", "ASC", "DESC", "LIMIT",
    "OFFSET", "VALUES", "OPTIONAL", "GRAPH", "UNION", "FILTER", "BIND", "AS", "MINUS", "UNDEF", "EXISTS", "NOT",
    "IN", "COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT", "SEPARATOR", "STR", "LANG", "LANGMATCHES",
    "DATATYPE", "BOUND", "IRI", "URI", "BNODE", "RAND", "ABS", "CEIL", "FLOOR", "ROUND", "CONCAT", "STRLEN",
    "UCASE", "LCASE", "CONTAINS", "ENCODE_FOR_URI", "STRSTARTS", "STRENDS", "STRBEFORE", "STRAFTER", "YEAR",
    "MONTH", "DAY", "HOURS", "MINUTES", "SECONDS", "TIMEZONE", "TZ", "NOW", "UUID", "STRUUID", "MD5", "SHA1",
    "SHA256", "SHA384", "SHA512", "COALESCE", "IF", "STRLANG", "STRDT", "SAMETERM", "ISIRI", "ISURI", "ISBLANK",
    "ISLITERAL", "ISNUMERIC", "REGEX", "SUBSTR", "REPLACE", "TRUE", "FALSE",
)  # fmt: skip
_CLOSERS = {"}": "{", ")": "(", "]": "["}
# Clauses that only stand behind the last brace.
_AFTER = frozenset(("ORDER", "GROUP", "HAVING", "LIMIT", "OFFSET"))
# Longer than any keyword: what the engine tries at the end of a beginning fails inside, not after.
_PADDING = " " * 40


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a query.

    Attributes:
        code: key of the message (`kg.query.messages`).
        at: offset in the query, in code points; None where there is no one place.
        params: what the message names.
        hint: key of the hint; "" for none.
    """

    code: str
    at: int | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""


def syntax_problem(query: str, prefixes: Mapping[str, str]) -> Problem | None:
    """The first error of syntax, or None where the engine accepts the query.

    Nothing is evaluated unless the query is right, and then against an empty store: call it for queries that the guard
    let through, or in a process that cannot open files and sockets.
    """
    message = _refusal(query, prefixes)
    if message is None:
        return None
    found = tokens(query)
    start = first_keyword(found)
    if start is not None and start.text.upper() in UPDATES:
        return Problem("update", start.start)
    wrong = _first_unviable(query, found, prefixes)
    read = found if wrong is None else found[: found.index(wrong) + 1]
    quote = next((t for t in read if t.kind == "sign" and t.text in "'\""), None)
    if quote is not None:
        return Problem("string_open", quote.start, {"found": quote.text})
    if wrong is None:
        return _at_end(query, found, message)
    return _undeclared(wrong, found, prefixes) or _at_token(wrong, found, message)


def _refusal(query: str, prefixes: Mapping[str, str]) -> str | None:
    try:
        ox.Store().query(query, prefixes=dict(prefixes))
    except SyntaxError as error:
        return str(error)
    return None


def _first_unviable(query: str, found: list[Token], prefixes: Mapping[str, str]) -> Token | None:
    """The first token that no query can have at its place."""

    def unviable(count: int) -> bool:
        # U+0001 stands in no query: each trial ends in an error and nothing is evaluated.
        trial = query[: found[count - 1].end] + _PADDING
        message = _refusal(trial + "\x01", prefixes) or ""
        return _offset(message, trial) < len(trial)

    count = bisect_left(range(len(found) + 1), True, lo=1, key=unviable)
    return found[count - 1] if count <= len(found) else None


def _offset(message: str, text: str) -> int:
    """The engine's line and column as an offset; the end of the text where it gives none."""
    match = re.search(r"error at (\d+):(\d+)", message)
    if match is None:
        return len(text)
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: int(match[1]) - 1]) + int(match[2]) - 1


def _at_end(query: str, found: list[Token], message: str) -> Problem:
    """The query breaks off, or its parts do not go together."""
    reason = _reason(message)
    if reason:
        return Problem("meaning", min(_offset(message, query), len(query)), {"reason": reason})
    opened = _unclosed(found)
    if opened is not None:
        return Problem("bracket_open", opened.start, {"found": opened.text, "close": _closing(opened)}, "bracket_open")
    end = found[-1].end if found else 0
    return Problem("end", end, {}, "end" if found else "empty")


def _at_token(wrong: Token, found: list[Token], message: str) -> Problem:
    params = {"found": wrong.text}
    if wrong.text in _CLOSERS:
        before = found[: found.index(wrong)]
        opened = _unclosed(before)
        if opened is None:
            return Problem("bracket_extra", wrong.start, params)
        if opened.text != _CLOSERS[wrong.text]:
            return Problem("bracket_other", wrong.start, params | {"open": opened.text, "close": _closing(opened)})
    opened = _unclosed(found[: found.index(wrong)])
    if opened is not None and wrong.text.upper() in _AFTER:
        return Problem("bracket_open", opened.start, {"found": opened.text, "close": _closing(opened)}, "bracket_open")
    if wrong.kind == "word":
        near = get_close_matches(wrong.text.upper(), _FORMS if wrong is first_keyword(found) else _WORDS, 3, 0.7)
        if near and near[0] != wrong.text.upper():
            return Problem("token", wrong.start, params | {"near": ", ".join(near)}, "near")
        if wrong is first_keyword(found):
            return Problem("token", wrong.start, params | {"near": ", ".join(_FORMS[:4])}, "form")
        return Problem("token", wrong.start, params, "before")
    if wrong.text == "{" and opened is not None and opened.text == "(":
        return Problem("bracket_open", opened.start, {"found": opened.text, "close": ")"}, "bracket_open")
    reason = _reason(message)
    return (
        Problem("meaning", wrong.start, {"reason": reason})
        if reason
        else Problem("token", wrong.start, params, "before")
    )


def _undeclared(wrong: Token, found: list[Token], prefixes: Mapping[str, str]) -> Problem | None:
    if wrong.kind != "name":
        return None
    known = declared_prefixes(found) | set(prefixes)
    prefix = wrong.text.partition(":")[0]
    if prefix in known:
        return None
    near = get_close_matches(prefix, sorted(known), 3, 0.5)
    params = {"found": f"{prefix}:", "near": ", ".join(f"{p}:" for p in near)}
    return Problem("prefix", wrong.start, params, "prefix_near" if near else "prefix_declare")


def _unclosed(found: list[Token]) -> Token | None:
    """The innermost bracket that nothing closes."""
    opened: list[Token] = []
    for token in found:
        if token.kind != "sign":
            continue
        if token.text in _CLOSERS.values():
            opened.append(token)
        elif token.text in _CLOSERS and opened and opened[-1].text == _CLOSERS[token.text]:
            opened.pop()
    return opened[-1] if opened else None


def _closing(opened: Token) -> str:
    return next(close for close, open_ in _CLOSERS.items() if open_ == opened.text)


def _reason(message: str) -> str:
    """What the engine says in words ("The SELECT contains a variable that is unbound"), without its lists of signs."""
    for part in re.split(r", |expected one of |expected ", message.partition(": ")[2]):
        if re.fullmatch(r"[A-Z?][\w?' ().:-]*(?: [\w?'().:-]+){2,}", part.strip()):
            return part.strip()
    return ""
