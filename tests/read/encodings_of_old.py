"""Texts in the encodings of old, for tests."""

from __future__ import annotations

import unicodedata

from kg.read.charset import _VNI

_LETTERS = {v: k for k, v in reversed(_VNI.items())}
# Windows-1258 has letters with circumflex, breve and horn, and tones as marks of their own.
_OWN = {"\u0302", "\u0306", "\u031b"}


def vni(text: str) -> bytes:
    """VNI-Win; signs that it lacks become question marks."""
    return "".join(_LETTERS.get(c, c) for c in text).encode("cp1252", "replace")


def cp1258(text: str) -> bytes:
    """Windows-1258; signs that it lacks become question marks."""
    parts = []
    for c in text:
        base, *marks = unicodedata.normalize("NFD", c)
        kept = "".join(m for m in marks if m in _OWN)
        parts.append(unicodedata.normalize("NFC", base + kept) + "".join(m for m in marks if m not in _OWN))
    return "".join(parts).encode("cp1258", "replace")
