"""Whether a text is Vietnamese, told by its letters alone."""

from __future__ import annotations

import re
from unicodedata import normalize

# Letters that hardly any other language writes: đ, ơ, ư, and, decomposed, a hook above, a dot below, or a tone upon a
# circumflex or breve. Those marks alone are left out: French, Romanian and Portuguese have them too.
_OWN = re.compile("[đ\u031b\u0309\u0323]|[\u0302\u0306][\u0300\u0301\u0303]")
_WORD = re.compile(r"[^\W\d_]{2,}")
# Vietnamese prose has such a letter in five or six of ten words; of 2,233 news articles none had fewer than four.
_LEAST = 0.12
_SAMPLE = 20_000


def looks_vietnamese(text: str) -> bool:
    """True where enough words have letters of the Vietnamese alphabet; `text` is NFC. Text without words is not.

    >>> looks_vietnamese("Ủy ban nhân dân thành phố họp"), looks_vietnamese("The committee met on Monday")
    (True, False)
    """
    words = _WORD.findall(text[:_SAMPLE])
    own = sum(1 for word in words if _OWN.search(normalize("NFD", word.lower())))
    return bool(words) and own >= _LEAST * len(words)
