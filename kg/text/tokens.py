"""Text to tokens: parallel lists, one regular expression, one dictionary look-up a word.

A token's *shape* is one character: what the grammars see of a word that no lexicon knows.

    w lower-case word      C capitalised word     A acronym (two capitals or more)   r Roman numeral
    n number               d date written in digits   x document number              “ ” opening, closing quotation mark
    \\n line break          - any dash             other punctuation is its own shape; o anything else
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.text.normal import tone_key

# Written out: a range such as "à-ỹ" holds capitals too, Đ among them.
_CAPITALS = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
# Abbreviations whose full stop ends no sentence. Titles, units of administration, "T.Ư" (Trung ương), "đ/c" (đồng chí).
_ABBREVIATIONS = (
    r"T\.\s?[ƯW]\b|[Đđ]/[Cc]\b|[Đđ]c\.|(?:PGS|GS|TS|ThS|Ths|ThS|BS|Bs|KTS|LS|KS|PTS|NSND|NSƯT|NGƯT|NGND|CN|TSKH|BSCKII?|"
    rf"TP|Tp|tp|TX|Tx|TT|Q|P|H|X|T)\.(?=\s?[{_CAPITALS}]|\s?\d|\Z)"
)
_DOCUMENT_NUMBER = (
    r"\d+[a-z]?(?:[-/]\d{4})?[-/](?=[A-ZĐ][\wĐ]*[A-ZĐ\d])[A-ZĐƯ][\wĐƯ]*(?:[-/&.]\s?[A-ZĐƯ][\wĐƯ]*)*"
    r"|\d+[a-z]?/\d{4}/[A-ZĐƯ][\wĐƯ]*(?:-[A-ZĐƯ][\wĐƯ]*)*|\d+-(?:NQ|CT|QĐ|KH|KL|QC|QyĐ|TB|HD|BC|CV|TTr)\b(?:/[A-ZĐƯ][\wĐƯ.]*)?"
)
_DATE = r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?![\d/])|\d{1,2}[/-](?:1[89]|20)\d{2}(?!\d)|\d{1,2}/\d{1,2}(?![\d/])|\d{1,2}-\d{1,2}(?=[\s,;)–-])(?!-\d)"
_SHORT_DATE = re.compile(r"\d{1,2}-\d{1,2}")
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|\d+(?:,\d+)?(?!\d)|\d+"
_WORD = r"[^\W\d_]+(?:['’][^\W\d_]+)?\d*"

# Most tokens are small words: they are tried first, what may be more than a word is left to the rest.
_LOWER = "a-zàáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
_SMALL = rf"(?!tp\.|đ/c|đc\.)[{_LOWER}]+(?=[ ,.;:\n)”])"

_TOKEN = re.compile(rf"{_SMALL}|\n+|{_ABBREVIATIONS}|{_DOCUMENT_NUMBER}|{_DATE}|{_NUMBER}|{_WORD}|\.{{2,}}|[^\s\w]|_")

_ROMAN = re.compile(r"[IVXLC]+$")
_QUOTES_OPEN, _QUOTES_CLOSE = "“„«", "”»"
_DASHES = "-–—−‐‑"
_PLAIN = set(",;:.!?()/%&+")
# A line broken behind "TP.": no end of a sentence.
_BROKEN = re.compile(r"(?:[Tt][Pp]|TX|GS|TS)\.\n")
_LAST_WORDS = 200_000  # the cache of words is emptied past this, so that memory does not grow with the corpus


class Word(NamedTuple):
    """What is known of a word by itself."""

    key: str
    shape: str
    upper: bool


class _Words(dict[str, Word]):
    def __missing__(self, word: str) -> Word:
        if len(self) > _LAST_WORDS:
            self.clear()
        found = self[word] = Word(tone_key(word), _shape(word), word[0].isupper())
        return found


_words = _Words()


class Tokens(NamedTuple):
    """The tokens of a text as parallel lists; offsets are half-open code points of the text.

    Attributes:
        starts, ends: offsets of each token.
        words: what is known of each (comparison key, shape, capital).
    """

    starts: list[int]
    ends: list[int]
    words: list[Word]


def tokenize(text: str) -> Tokens:
    """All tokens of `text`, line breaks included, white space left out."""
    spans = [match.span() for match in _TOKEN.finditer(text)]
    if _BROKEN.search(text):
        spans = [(a, b) for a, b in spans if text[a] != "\n" or not _BROKEN.match(text, a - 3)]
    known = _words
    return Tokens([a for a, _ in spans], [b for _, b in spans], [known[text[a:b]] for a, b in spans])


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
