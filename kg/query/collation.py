"""The order of a Vietnamese dictionary, for what people read."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: rank for rank, letter in enumerate(_LETTERS)}
# Level tone first, then as dictionaries have it: huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_NUMBER = re.compile(r"(\d+)")

Key = tuple[tuple[tuple[int, int, str], ...], tuple[int, ...], str]


@lru_cache(maxsize=65_536)
def collation_key(text: str) -> Key:
    """A key that sorts as Vietnamese dictionaries do: letters first, tones where the letters agree, case last.

    Numbers sort by value; what is neither letter nor number sorts before both.

    >>> sorted(["Zung", "Ánh", "An", "Ân", "Đức", "Dũng", "Quận 10", "Quận 2"], key=collation_key)
    ['An', 'Ánh', 'Ân', 'Dũng', 'Đức', 'Quận 2', 'Quận 10', 'Zung']
    """
    letters: list[tuple[int, int, str]] = []
    tones: list[int] = []
    for part in _NUMBER.split(unicodedata.normalize("NFC", text.casefold())):
        if part.isdecimal():
            letters.append((1, int(part[:300]), ""))
            tones.append(0)
            continue
        for char in part:
            base, tone = _split(char)
            letters.append((2, _RANK[base], "") if base in _RANK else (0, 0, char))
            tones.append(tone)
    return tuple(letters), tuple(tones), text.swapcase()


def _split(char: str) -> tuple[str, int]:
    """A letter without its tone, and the tone's rank.

    >>> _split("ậ")
    ('â', 5)
    """
    tone, rest = 0, ""
    for part in unicodedata.normalize("NFD", char):
        if part in _TONES:
            tone = _TONES[part]
        else:
            rest += part
    return unicodedata.normalize("NFC", rest), tone
