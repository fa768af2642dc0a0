"""Which words could be Vietnamese syllables: onset, rime and tone, by rule.

Written Vietnamese has a closed set of rimes; the onset decides between c, k, q and between g, gh, ng, ngh. Used to
tell Vietnamese from other languages and unaccented text, and to tell a syllable of a name from a foreign word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from kg.text.normal import tone_key

# Without tones; "qu" is onset q with a rime that begins with u.
_RIMES_TEXT: Final = """
    a ac ach ai am an ang anh ao ap at au ay
    ăc ăm ăn ăng ăp ăt
    âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et
    ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm
    oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
    ô ôc ôi ôm ôn ông ôp ôt ôông
    ơ ơi ơm ơn ơp ơt
    u ua uac uach uai uan uang uanh uao uat uau uay uăc uăm uăn uăng uăp
    uăt uâc uân uâng uât uây uc ue uen ueo uet uê uêch uên uênh uêt uêu
    ui um un ung uơ uôc uôi uôm uôn uông uôt up ut
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu ych yn ynh yt
    """
_RIMES: Final = frozenset(_RIMES_TEXT.split())
_AFTER_Q: Final = "uac uach uai uan uang uanh uao uat uau uay uăc uăm uăn uăng uăp uăt uen ueo uet ue uyn uyp"
_ONLY_AFTER_Q: Final = frozenset(_AFTER_Q.split(" "))
_STOPPED: Final = re.compile(r"(?:c|ch|p|t)$")
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook, dot below
_STOP_TONES: Final = "\u0301\u0323"
_PARTS: Final = re.compile(r"(ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?(.*)$", re.DOTALL)


def is_vietnamese_syllable(s: str) -> bool:
    """True where `s` is spelled like one Vietnamese syllable, in any case and either tone placement.

    By rule, not by dictionary: "nguyễn" and the possible but unused "nguỡn" hold alike; "york" and "hongkong" do not.

    >>> [is_vietnamese_syllable(word) for word in ("Nguyễn", "quý", "gì", "nghe", "nge", "York", "Krông")]
    [True, True, True, True, False, False, False]
    """
    return _check(s) if s.isalpha() and len(s) <= 8 else False


@lru_cache(maxsize=32_768)
def _check(s: str) -> bool:
    tones, letters = [], []
    for char in normalize("NFD", tone_key(s)):
        if char in _TONES:
            tones.append(char)
        else:
            letters.append(char)
    if len(tones) > 1:
        return False
    plain = normalize("NFC", "".join(letters))
    found = _PARTS.match(plain)
    if found is None:
        return False
    # A rime that ends in a stop has one of two tones; without one it is unaccented text or a foreign word.
    if _STOPPED.search(plain) and (not tones or tones[0] not in _STOP_TONES):
        return False
    return any(rime in _RIMES and _fits(onset, rime) for onset, rime in _readings(found[1] or "", found[2]))


def _readings(onset: str, rime: str) -> list[tuple[str, str]]:
    if onset == "qu":
        return [("q", "u" + rime)]
    if onset == "gi":
        return [("gi", rime), ("g", "i" + rime), ("gi", "i" + rime)] if rime else [("g", "i")]
    return [(onset, rime)]


def _fits(onset: str, rime: str) -> bool:
    first = rime[0]
    front = first in "ieêy"
    if onset == "q":
        return first == "u" and len(rime) > 1
    if rime in _ONLY_AFTER_Q:
        return False
    if onset in ("c", "ng"):
        return not front
    if onset in ("k", "ngh"):
        return front
    if onset == "gh":
        return first in "ieê"
    if onset == "g":
        return not front or rime in ("i", "in", "im", "iêng", "ip", "it", "iêt")
    if onset == "gi":
        return not front or rime[:1] == "ê" or rime == "eo" or rime in ("en", "e", "iêng")
    if first == "y" and onset:
        return rime == "y"
    return True
