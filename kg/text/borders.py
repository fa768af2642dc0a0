"""Where a name ends that nothing separates from the next: "huyện Tuy An Nguyễn Văn B"."""

from __future__ import annotations

from collections.abc import Sequence, Set

from kg.text.tokens import Word

_NO_PLACE = frozenset("nguyễn trần".split())  # family names that begin almost no name of a place


def place_end(words: Sequence[Word], first: int, last: int, units: Set[str], families: Set[str], known: bool) -> int:
    """Where a unit's name ends: the longest known one, else before a family name, else three syllables.

    Args:
        words: the tokens of the text.
        first: the first token that may belong to the name.
        last: the token behind the last one that may.
        units: comparison keys of the names of units.
        families: comparison keys of family names.
        known: True where only a known name will do.

    Returns:
        the token behind the name; `first` where there is none.
    """
    if words[first].shape == "n":
        return first + 1
    for end in range(last, first, -1):
        if " ".join(w.key for w in words[first:end]) in units:
            return end
    if known or (words[first].key in families and last - first >= 3):
        return first  # "xã Lê Văn Khoa": a level word, then a person; two syllables are a village's name
    for end in range(first + 1, last):
        if words[end].key in _NO_PLACE:
            return end
    return min(last, first + 3)
