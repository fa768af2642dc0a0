"""One layout for articles that come in parts: fields of a record, what was understood of a web page.

    title
    paper | 16:05 12/03/2018
    lead
    paragraphs, captions in their places
    writers

All offsets of such an article count in this text, which is kept. It is laid out as papers' own text files are, so the
same words in a plain text file give the same reading.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Part, Span

Line = tuple[Part, str]


def rendered(lines: Iterable[Line]) -> tuple[str, tuple[tuple[Part, Span], ...]]:
    """The text of an article's lines with an empty line between them, and the span of each line that is not empty."""
    text: list[str] = []
    parts: list[tuple[Part, Span]] = []
    at = 0
    for part, words in lines:
        for one in words.split("\n"):
            one = one.strip()
            if one:
                parts.append((part, Span(at, at + len(one))))
                text.append(one)
                at += len(one) + 2
    return "\n\n".join(text) + "\n", tuple(parts)


def meta_line(publisher: str, published: str) -> str:
    """The line of paper and time, as Vietnamese papers print it; empty where no time is known.

    >>> meta_line("Báo Bình Sơn", "2018-03-12T16:05"), meta_line("", "2018-03-12"), meta_line("Báo Bình Sơn", "")
    ('Báo Bình Sơn | 16:05 12/03/2018', '12/03/2018', '')
    """
    if not published:
        return ""
    day, _, hour = published.partition("T")
    year, month, date = day.split("-")
    time = f"{hour} {date}/{month}/{year}".strip()
    return f"{publisher} | {time}" if publisher else time
