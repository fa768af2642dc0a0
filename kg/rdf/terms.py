"""Namespaces, and terms as strings in their N-Triples form: what the hot path of writing passes around.

`<https://…>` is an IRI, `"…"@vi`, `"…"` and `"…"^^<…>` are literals. A triple is a tuple of three such strings.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.errors import UsageError

Triple = tuple[str, str, str]
Quad = tuple[str, str, str, str]

VK = "https://w3id.org/vnkg/ontology#"
DEFAULT_BASE = "https://w3id.org/vnkg/id/"
PREFIXES: dict[str, str] = {
    "cpsv": "http://purl.org/vocab/cpsv#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vk": VK,
    "vks": "https://w3id.org/vnkg/shapes#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# How the Library of Congress types a range of dates; xsd has no such type.
EDTF = "<http://id.loc.gov/datatypes/edtf>"

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TO_ESCAPE = re.compile(r'["\\\x00-\x1f\x7f]')
_BAD_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


@lru_cache(maxsize=4096)
def term(curie: str) -> str:
    """The IRI term of a prefixed name of a known vocabulary.

    >>> term("schema:Person")
    '<https://schema.org/Person>'

    Raises:
        KeyError: the prefix is unknown.
    """
    prefix, _, local = curie.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def curie(iri: str) -> str:
    """The prefixed form of an IRI of a known vocabulary.

    >>> curie("https://schema.org/Person")
    'schema:Person'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def iri(value: str) -> str:
    """The IRI term of a full IRI.

    Raises:
        UsageError: the IRI holds a character that none may hold.
    """
    if ":" not in value or _BAD_IRI.search(value):
        raise UsageError(f"not an IRI: {value!r}", "an IRI is absolute and holds no spaces or angle brackets")
    return f"<{value}>"


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    return _ESCAPES.get(char) or f"\\u{ord(char):04X}"


def quoted(text: str) -> str:
    """`text` between quotes, with everything escaped that N-Triples and Turtle need escaped."""
    return f'"{_TO_ESCAPE.sub(_escape, text)}"'


def text(value: str) -> str:
    """Words of an article: a literal in Vietnamese."""
    return f'"{_TO_ESCAPE.sub(_escape, value)}"@vi'


_TYPE_INT, _TYPE_DEC, _TYPE_BOOL = (f"^^<{PREFIXES['xsd']}{t}>" for t in ("integer", "decimal", "boolean"))
TRUE = f'"true"{_TYPE_BOOL}'


def integer(value: int) -> str:
    """An `xsd:integer`."""
    return f'"{value}"{_TYPE_INT}'


def boolean(value: bool) -> str:
    """An `xsd:boolean`."""
    return f'"{"true" if value else "false"}"{_TYPE_BOOL}'


def number(value: int | float) -> str:
    """An `xsd:integer` where the value is whole, else an `xsd:decimal`, both in canonical form.

    >>> number(62.5)[:7], number(3.0)[:4]
    ('"62.5"^', '"3"^')
    """
    if isinstance(value, bool):
        return boolean(value)
    if isinstance(value, int):
        return integer(value)
    if value == int(value):
        return integer(int(value))
    digits = repr(value)
    if "e" in digits or "E" in digits:
        digits = f"{value:.20f}".rstrip("0")
    return f'"{digits}"{_TYPE_DEC}'


_DATES = (
    (re.compile(r"-?\d{4}-\d\d-\d\d"), "date"),
    (re.compile(r"\d{4}-\d\d"), "gYearMonth"),
    (re.compile(r"\d{4}"), "gYear"),
    (re.compile(r"--\d\d-\d\d"), "gMonthDay"),
    (re.compile(r"--\d\d"), "gMonth"),
)
_RANGE = re.compile(r"[-\d]{4,10}/[-\d]{4,10}")
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?")


@lru_cache(maxsize=4096)
def date(value: str) -> str | None:
    """A date as precise as the text, typed; None where `value` is not a date.

    A time of day is Vietnamese local time (+07:00); a range "2020/2025" is an EDTF interval.

    >>> date("--06-08")
    '"--06-08"^^<http://www.w3.org/2001/XMLSchema#gMonthDay>'
    """
    for pattern, name in _DATES:
        if pattern.fullmatch(value):
            return f'"{value}"^^<{PREFIXES["xsd"]}{name}>'
    time = _TIME.fullmatch(value)
    if time:
        return f'"{time[1]}{time[2] or ":00"}+07:00"^^<{PREFIXES["xsd"]}dateTime>'
    if _RANGE.fullmatch(value):
        return f'"{value}"^^{EDTF}'
    return None


_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^<>]*)>)?', re.DOTALL)
_UNESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _PLAIN.get(match[3], match[3])


def split_literal(literal: str) -> tuple[str, str, str]:
    """A literal term's text, language ("" without) and datatype IRI ("" without).

    >>> split_literal('"Hà Nội"@vi')
    ('Hà Nội', 'vi', '')

    Raises:
        ValueError: the term is not a literal.
    """
    match = _LITERAL.fullmatch(literal)
    if match is None:
        raise ValueError(f"not a literal: {literal}")
    words = _UNESCAPE.sub(_unescape, match[1]) if "\\" in match[1] else match[1]
    return words, match[2] or "", match[3] or ""


def words_of(term_or_literal: str) -> str:
    """A literal's text, or an IRI without its angle brackets."""
    return split_literal(term_or_literal)[0] if term_or_literal[0] == '"' else term_or_literal[1:-1]
