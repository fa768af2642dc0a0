"""Keys for comparing Vietnamese words: `tone_key` for identity, `search_key` for search.

Keys are for comparing only; what is shown and quoted is always the text's own form.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from unicodedata import normalize

# Đ has two look-alikes (Eth, African D) in their capital and small forms; no normalisation form brings them together.
# Dashes and apostrophes of one name differ between papers ("Bà Rịa - Vũng Tàu", "H’Mông").
_SAME: Final = {
    **dict.fromkeys(map(ord, "ÐƉðɖ"), "đ"),
    **dict.fromkeys(map(ord, "–—−‐‑‒―"), "-"),
    **dict.fromkeys(map(ord, "’‘ʼ`´"), "'"),
    0x00AD: None,  # soft hyphen
    0x200B: None,  # zero-width space
    0x200C: None,
    0x200D: None,
    0x2060: None,
    0xFEFF: None,
}

_TONED: Final = {
    "oa": ("oà", "oá", "oả", "oã", "oạ"),
    "oe": ("oè", "oé", "oẻ", "oẽ", "oẹ"),
    "uy": ("uỳ", "uý", "uỷ", "uỹ", "uỵ"),
}
_FIRST: Final = {"oa": "òóỏõọ", "oe": "òóỏõọ", "uy": "ùúủũụ"}
_MOVED: Final = {
    new: first + base[1] for base, forms in _TONED.items() for new, first in zip(forms, _FIRST[base], strict=True)
}
# Only an open rime has two spellings: "hoà" and "hòa", but "hoàn" alone. After q the u belongs to the onset: "quý".
_OPEN_RIME: Final = re.compile(rf"(?<!q)(?:{'|'.join(_MOVED)})(?![^\W\d_])")

_FOLD_D: Final = {ord("đ"): "d", **dict.fromkeys(range(0x0300, 0x0370))}


@lru_cache(maxsize=65_536)
def tone_key(s: str) -> str:
    """The key under which two spellings of the same Vietnamese words are equal.

    NFC; case folded; the two placements of the tone mark are one ("hoà" = "hòa", "Thuỷ" = "thủy", "uỷ" = "ủy", but
    "quý" stays); Đ and its look-alikes Ð and Ɖ are one; dashes are "-", apostrophes "'"; runs of white space are one
    space, none at the ends; soft hyphens and zero-width characters go. Tone marks and letters never merge: "Hùng" and
    "Hưng", "Mỹ" and "Mĩ" stay apart.

    >>> tone_key("Ðoàn ĐBQH tỉnh  Hoà Bình")
    'đoàn đbqh tỉnh hòa bình'
    >>> tone_key("Quý") == tone_key("quý"), tone_key("An") == tone_key("Ân")
    (True, False)
    """
    if s.isascii() and s.isalnum():
        return s.lower()
    key = normalize("NFC", " ".join(normalize("NFC", s).translate(_SAME).casefold().split()))
    return _OPEN_RIME.sub(lambda found: _MOVED[found.group()], key)


def search_key(s: str) -> str:
    """The key for search boxes: as `tone_key`, and all marks are gone, đ is d. Never for deciding identity.

    >>> search_key("Nguyễn Đức Chung")
    'nguyen duc chung'
    """
    return normalize("NFC", normalize("NFD", tone_key(s)).translate(_FOLD_D))
