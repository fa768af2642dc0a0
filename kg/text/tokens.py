"""Text to tokens: parallel lists, one regular expression, one dictionary look-up a word.

A token's *shape* is one character: what the grammars see of a word that no lexicon knows.

    w lower-case word      C capitalised word     A acronym (two capitals or more)   r Roman numeral
    n number               d date written in digits   x document number              “ ” opening, closing quotation mark
    \\n line break          - any dash             other punctuation is its own shape; o anything else
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, compress
from sys import intern
from typing import NamedTuple

from kg.text.letters import CAPITAL
from kg.text.normal import tone_key

# Abbreviations whose full stop ends no sentence. Titles, units of administration, "T.Ư" (Trung ương), "đ/c" (đồng chí).
_ABBREVIATIONS = (
    r"T\.\s?[ƯW]\b|[Đđ]/[Cc]\b|[Đđ]c\.|(?:PGS|GS|TS|ThS|Ths|ThS|BS|Bs|KTS|LS|KS|PTS|NSND|NSƯT|NGƯT|NGND|CN|TSKH|BSCKII?|"
    rf"TP|Tp|tp|TX|Tx|TT|Q|P|H|X|T)\.(?=\s?[{CAPITAL}]|\s?\d|\Z)"
)
_DOCUMENT_NUMBER = (
    r"\d+[a-z]?(?:[-/]\d{4})?[-/](?=[A-ZĐ][\wĐ]*[A-ZĐ\d])[A-ZĐƯ][\wĐƯ]*(?:[-/&.]\s?[A-ZĐƯ][\wĐƯ]*)*"
    r"|\d+[a-z]?/\d{4}/[A-ZĐƯ][\wĐƯ]*(?:-[A-ZĐƯ][\wĐƯ]*)*|\d+-(?:NQ|CT|QĐ|KH|KL|QC|QyĐ|TB|HD|BC|CV|TTr)\b(?:/[A-ZĐƯ][\wĐƯ.]*)?"
)
_DATE = r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?![\d/])|\d{1,2}[/-](?:1[89]|20)\d{2}(?!\d)|\d{1,2}/\d{1,2}(?![\d/])|\d{1,2}-\d{1,2}(?=[\s,;)–-]|\.(?:\s|\Z))(?!-\d)"
_SHORT_DATE = re.compile(r"\d{1,2}-\d{1,2}")
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|\d+(?:,\d+)?(?!\d)|\d+"
_WORD = r"[^\W\d_]+(?:['’][^\W\d_]+)?\d*"

# Most tokens are words before a space or a mark, which no other kind of token can begin with: they are tried first, and
# what only a digit can begin behind one look at it. White space behind a token is read with it, so that one `findall`
# gives the whole text, and the offsets are sums of lengths (a fifth of the time of a `finditer` over all kinds).
_LETTER = "A-Za-zÀ-ÖØ-öø-ɏẠ-ỹ"
_TOKEN = re.compile(
    rf"(?:[{_LETTER}]++(?=[ ,;:\n)”])|\n+|[,;:()“”]|(?=\d)(?:{_DOCUMENT_NUMBER}|{_DATE}|{_NUMBER})|{_ABBREVIATIONS}"
    rf"|{_WORD}"
    r"|\.{2,}|[^\s\w]|_)[^\S\n]*"
)
_SPACE_BEFORE, _SPACE_BEHIND = re.compile(r"[^\S\n]*"), re.compile(r"[^\S\n]+\Z")

_ROMAN = re.compile(r"[IVXLC]+$")
_QUOTES_OPEN, _QUOTES_CLOSE = "“„«", "”»"
_DASHES = "-–—−‐‑"
_PLAIN = set(",;:.!?()/%&+")
# A line broken behind "TP." and before a name of two words or an acronym: no end of a sentence ("… của TP.\nHạ tầng …"
# is one). The line break comes first, so that it alone is looked for.
_BROKEN = re.compile(rf"\n(?<=(?:[Tt][Pp]|TX|GS|TS)\.\n)(?=[{CAPITAL}](?:[{CAPITAL}]|[^\W\d_]*[ ][{CAPITAL}]))")
_LAST_WORDS = 200_000  # the cache of words is emptied past this, so that memory does not grow with the corpus


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """What is known of a word by itself.

    Attributes:
        key: comparison key.
        shape: see above.
        upper: True where it begins with a capital.
        length: its code points.
    """

    key: str
    shape: str
    upper: bool
    length: int


class _Words(dict[str, Word]):
    """Words by how they are printed, with the white space behind them."""

    def __missing__(self, piece: str) -> Word:
        if len(self) > _LAST_WORDS:
            self.clear()
        word = _SPACE_BEHIND.sub("", piece)
        found = self[piece] = Word(intern(tone_key(word)), _shape(word), word[0].isupper(), len(word))
        return found


_words = _Words()


class Tokens(NamedTuple):
    """The tokens of a text as parallel lists; offsets are half-open code points of the text.

    Attributes:
        starts, ends: offsets of each token.
        words: what is known of each (comparison key, shape, capital, length).
    """

    starts: list[int]
    ends: list[int]
    words: list[Word]


def tokenize(text: str) -> Tokens:
    """All tokens of `text`, line breaks included, white space left out."""
    first = _SPACE_BEFORE.match(text).end()  # type: ignore[union-attr]  # matches everywhere
    pieces = _TOKEN.findall(text, first)
    starts = list(accumulate(map(len, pieces), initial=first))
    starts.pop()
    words = list(map(_words.__getitem__, pieces))
    if broken := {m.start() for m in _BROKEN.finditer(text)}:
        kept = [a not in broken for a in starts]
        starts, words = list(compress(starts, kept)), list(compress(words, kept))
    return Tokens(starts, [a + word.length for a, word in zip(starts, words, strict=True)], words)


def phrase_keys(phrase: str) -> tuple[str, ...]:
    """The comparison keys of a phrase's tokens: how the lexicon stores a form."""
    return tuple(word.key for word in tokenize(phrase).words)


def _shape(word: str) -> str:
    first = word[0]
    if first == "\n":
        return "\n"
    if first in _PLAIN and len(word) == 1:
        return first
    if first in _DASHES:
        return "-"
    if first in _QUOTES_OPEN:
        return "“"
    if first in _QUOTES_CLOSE:
        return "”"
    if first == '"':
        return '"'
    if first == "." or first == "…":
        return "."
    if first.isdigit():
        if re.fullmatch(_NUMBER, word):
            return "n"
        return "d" if re.fullmatch(_DATE, word) or _SHORT_DATE.fullmatch(word) else "x"
    if not first.isalpha():
        return "o"
    if not first.isupper():
        return "w"
    if _ROMAN.match(word):
        return "r"
    if len(word) > 1 and word.isupper():
        return "A"
    return "C"
