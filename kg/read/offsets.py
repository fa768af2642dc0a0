"""From the file's own characters to the text that is read, with a way back for every offset."""

from __future__ import annotations

from unicodedata import combining, is_normalized, normalize

from kg.model import OffsetMap

BYTE_ORDER_MARK = "\ufeff"


def normalised(raw: str) -> tuple[str, OffsetMap | None]:
    r"""The text of a file: NFC, line feeds only, no byte-order mark; all else (NBSP too) as it is.

    A run of characters that normalises as one (a letter and its marks, CR and LF) is a cluster. Each code point of the
    text maps to the whole of its cluster, so a span of whole clusters maps to exactly the characters that normalise to
    it, and any other span to those of the clusters it touches.

    Returns:
        The text, and the map from it to `raw`: None where the two are equal.

    >>> normalised("Ha\u0300\r\n")
    ('Hà\n', OffsetMap(starts=(0, 1, 3), ends=(1, 3, 5)))
    >>> normalised("Hà\n")
    ('Hà\n', None)
    """
    at = 1 if raw.startswith(BYTE_ORDER_MARK) else 0
    if at == 0 and "\r" not in raw and is_normalized("NFC", raw):
        return raw, None
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    while at < len(raw):
        line_end = _line_end(raw, at)
        line = raw[at:line_end]
        if is_normalized("NFC", line):
            parts.append(line)
            starts.extend(range(at, line_end))
            ends.extend(range(at + 1, line_end + 1))
        else:
            _add_clusters(line, at, parts, starts, ends)
        at = line_end
        if at < len(raw):
            width = 2 if raw.startswith("\r\n", at) else 1
            parts.append("\n")
            starts.append(at)
            ends.append(at + width)
            at += width
    return "".join(parts), OffsetMap(tuple(starts), tuple(ends))


def _line_end(raw: str, at: int) -> int:
    """Where the line from `at` ends: controls never combine, so lines can be normalised one by one."""
    feed = raw.find("\n", at)
    feed = len(raw) if feed < 0 else feed
    ret = raw.find("\r", at, feed)
    return feed if ret < 0 else ret


def _add_clusters(line: str, offset: int, parts: list[str], starts: list[int], ends: list[int]) -> None:
    begin = 0
    for i in range(1, len(line) + 1):
        if i < len(line) and not _begins_cluster(line[begin:i], line[i]):
            continue
        cluster = normalize("NFC", line[begin:i])
        parts.append(cluster)
        starts.extend([offset + begin] * len(cluster))
        ends.extend([offset + i] * len(cluster))
        begin = i


def _begins_cluster(before: str, c: str) -> bool:
    """True where nothing from `c` on can change how `before` normalises, or the other way round."""
    # Below U+0300 nothing combines with what stands before it.
    if c < "\u0300":
        return True
    if combining(c) or combining(normalize("NFD", c)[0]):
        return False
    # Starters that compose with the starter before them: Hangul vowels and finals, some Indic signs.
    return normalize("NFC", before + c) == normalize("NFC", before) + normalize("NFC", c)
