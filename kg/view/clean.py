"""Makes any text safe to show: no control characters, no bidirectional overrides, no way out of a script element."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

# What turns the direction of a line or hides in it: marks, embeddings, overrides, isolates, line and paragraph
# separators, the byte-order mark, the soft hyphen's invisible kin. Zero-width joiners stay: emoji need them.
_INVISIBLE = {0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_SPACES = {0x09: " ", 0x0A: " ", 0x0B: " ", 0x0C: " ", 0x0D: " ", 0x85: " ", 0x2028: " ", 0x2029: " "}


def _table() -> dict[int, str]:
    table = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
    table |= {code: f"[U+{code:04X}]" for code in (*range(0x80, 0xA0), *_INVISIBLE)}
    return table | _SPACES


_TABLE = _table()


def clean(text: str) -> str:
    """`text` with line ends and tabs as spaces and every control or direction character as a visible sign.

    >>> clean("a\\tb\\u202ec\\x00")
    'a b[U+202E]c␀'
    """
    return text.translate(_TABLE)


def clean_line(text: str) -> str:
    """As `clean`, with runs of white space as one space and none at the ends; NFC."""
    return " ".join(clean(unicodedata.normalize("NFC", text)).split())


def json_for_script(value: Any) -> str:
    """JSON that may stand inside `<script type="application/json">`: keys sorted, `<`, `>`, `&` and U+2028/9 escaped.

    >>> json_for_script("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
