"""What a query may do: read the graph it was given, and nothing else. Decided on the parsed query."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.query.diagnose import Problem
from kg.query.tokens import tokens

MAX_LENGTH = 200_000
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the guard read in a query.

    Attributes:
        form: select, ask, construct or describe.
        ordered: whether the query itself orders its rows.
        graphs: IRIs after FROM and FROM NAMED.
        terms: all IRIs of the query, ascending, but those of its dataset.
        variables: where the query asks for all (`SELECT *`), its variables in the order in which they appear.
    """

    form: str
    ordered: bool
    graphs: tuple[str, ...]
    terms: tuple[str, ...]
    variables: tuple[str, ...] = ()


def normalise(query: str) -> str | Problem:
    """The query as both parsers see it alike: NFC, line feeds, no escapes outside literals' own.

    The SPARQL of the checking parser and of the engine differ in carriage returns inside comments and in the moment at
    which `\\u` escapes are replaced; what one takes for a comment or a string could be a command for the other.
    """
    if len(query) > MAX_LENGTH:
        return Problem("too_long", None, {"length": str(len(query)), "limit": str(MAX_LENGTH)})
    text = query.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for match in _ESCAPE.finditer(text):
        code = int(match[1] or match[2], 16)
        if not 0x80 <= code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            return Problem("escape", match.start(), {"found": match[0]}, "escape")
    text = unicodedata.normalize("NFC", _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)), text))
    # A surrogate can come in through the arguments of the process; no encoding takes it.
    broken = re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", text)
    if broken:
        return Problem("control", broken.start(), {"found": f"U+{ord(broken[0]):04X}"})
    return text


def inspect(query: str, prefixes: Mapping[str, str]) -> Parsed | Problem | None:
    """What the query is, why it is refused, or None where it cannot be parsed at all (`diagnose` then says why)."""
    from pyparsing.exceptions import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        prologue, body = parseQuery(query)
    except ParseBaseException:
        return None
    except RecursionError:
        return Problem("nested")
    nodes = list(_walk([prologue, body]))
    if any(_name(node) == "ServiceGraphPattern" for node in nodes):
        return Problem("service", _place(query, "SERVICE"))
    names = _names(nodes, prefixes)
    graphs = {g for node in nodes if _name(node) == "DatasetClause" for g in _iris([node], names)}
    terms = set(_iris([body], names)) - graphs
    return Parsed(
        form=_name(body).removesuffix("Query").lower(),
        ordered="orderby" in body,
        graphs=tuple(sorted(graphs)),
        terms=tuple(sorted(terms)),
        variables=_variables(query) if _name(body) == "SelectQuery" and "projection" not in body else (),
    )


def _name(node: Any) -> str:
    return str(getattr(node, "name", ""))


def _walk(start: list[Any]) -> Iterator[Any]:
    """Every node below, without recursion: nesting is in the hands of who wrote the query."""
    from pyparsing import ParseResults

    stack = list(reversed(start))
    while stack:
        node = stack.pop()
        yield node
        # ParseResults call themselves mappings: of their few named parts, not of what they hold.
        if isinstance(node, ParseResults | list | tuple | set):
            stack.extend(node)
        elif isinstance(node, Mapping):
            stack.extend(node.values())


def _part(node: Any, name: str) -> str:
    # Not `get`: for a part that is missing, that of rdflib gives the part's name.
    return str(node[name]) if name in node else ""


def _names(nodes: list[Any], prefixes: Mapping[str, str]) -> dict[str, str]:
    own = {_part(n, "prefix"): _part(n, "iri") for n in nodes if _name(n) == "PrefixDecl"}
    return {**prefixes, **own}


def _iris(start: list[Any], names: Mapping[str, str]) -> Iterator[str]:
    from rdflib import URIRef

    for node in _walk(start):
        if _name(node) == "pname":
            yield names.get(_part(node, "prefix"), "") + re.sub(r"\\(.)", r"\1", _part(node, "localname"))
        elif isinstance(node, URIRef):
            yield str(node)


def _variables(query: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t.text[1:] for t in tokens(query) if t.kind == "variable"))


def _place(query: str, keyword: str) -> int | None:
    return next((t.start for t in tokens(query) if t.kind == "word" and t.text.upper() == keyword), None)
