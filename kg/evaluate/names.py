"""When two names are the same name: one spelling for tone marks, case and usual abbreviations, then words compared."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

# "hoà" and "hòa" are both valid; one placement for comparison. Not after q and g, where u and i belong to the onset.
_OLD_TONES = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
_OLD_TONE = re.compile(r"(?<![qg])(" + "|".join(_OLD_TONES) + r")(?!\w)")

# In this order: "tp. hcm" before "tp".
_ABBREVIATIONS = tuple(
    (re.compile(pattern), full)
    for pattern, full in (
        (r"\btp\.?\s*hcm\b", "thành phố hồ chí minh"),
        (r"\btphcm\b", "thành phố hồ chí minh"),
        (r"\bubnd\b", "ủy ban nhân dân"),
        (r"\bhđnd\b", "hội đồng nhân dân"),
        (r"\bubmttq\b", "ủy ban mặt trận tổ quốc"),
        (r"\bmttq\b", "mặt trận tổ quốc"),
        (r"\bbch\b", "ban chấp hành"),
        (r"\btp\b\.?", "thành phố"),
        (r"\bt\.ư\b\.?|\btư\b", "trung ương"),
        (r"\bqh\b", "quốc hội"),
        (r"\bcp\b", "chính phủ"),
        (r"\btx\b\.?", "thị xã"),
    )
)
_WORD = re.compile(r"[^\W_]+(?:[./-][^\W_]+)*")


@lru_cache(maxsize=1 << 16)
def normal(text: str) -> str:
    """`text` as casefolded NFC words with one tone placement, abbreviations spelled out, punctuation gone.

    >>> normal("UBND TP. Hoà Bình") == normal("Uỷ ban nhân dân thành phố Hòa Bình")
    True
    """
    text = unicodedata.normalize("NFC", text).casefold()
    text = _OLD_TONE.sub(lambda m: _OLD_TONES[m.group(1)], text)
    for pattern, full in _ABBREVIATIONS:
        text = pattern.sub(full, text)
    return " ".join(_WORD.findall(text))


@lru_cache(maxsize=1 << 16)
def _bag(text: str) -> Counter[str]:
    return Counter(normal(text).split())


def word_f1(a: str, b: str) -> float:
    """F1 of the words of `a` and `b`, as bags; 0 where they share none.

    >>> round(word_f1("tổng thu ngân sách", "thu ngân sách nhà nước"), 2)
    0.67
    """
    left, right = _bag(a), _bag(b)
    shared = (left & right).total()
    return 2 * shared / (left.total() + right.total()) if shared else 0.0


def best_word_f1(left: Iterable[str], right: Iterable[str]) -> float:
    """The best `word_f1` of any pair; 0 where either side is empty."""
    others = tuple(right)
    return max((word_f1(a, b) for a in left for b in others), default=0.0)


# Forms that name nothing on their own: sharing one of them proves nothing.
GENERIC = frozenset(
    normal(word)
    for word in (
        "tỉnh", "thành phố", "huyện", "xã", "thị xã", "quận", "ông", "bà", "đồng chí", "sở", "bộ", "thủ đô", "đề án",
        "nghị quyết", "hội nghị", "đại hội", "dự án", "chương trình", "giải thưởng",
    )
)  # fmt: skip
