"""Standard input: one text, one page, or a stream of many articles; its first bytes tell which."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from kg.language import Bilingual
from kg.model import Finding
from kg.read.bundles import entries, lines, warc_records
from kg.read.feeds import is_feed
from kg.read.fields import FieldMap
from kg.read.sources import STDIN, Record, Source

_PATH = Path(STDIN)
_HEAD = 4096


def standard_input(fields: FieldMap, max_bytes: int) -> Iterator[Source | Finding]:
    """The articles on standard input; JSON Lines and web archives are read as a stream, compressed or not.

    Raises:
        KgError: the extra that a kind needs is not installed.
    """
    stream = cast("io.BufferedReader", sys.stdin.buffer)
    if _head(stream).startswith(b"\x1f\x8b"):
        stream = io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=cast("IO[bytes]", stream))))
    try:
        head = _head(stream).lstrip(b"\xef\xbb\xbf \t\r\n")
        if head.startswith(b"{"):
            yield from lines(stream, _PATH, fields, max_bytes)
        elif head.startswith(b"WARC/"):
            yield from warc_records(_PATH, STDIN, stream, max_bytes)
        elif head.startswith(b"<"):
            data = stream.read(max_bytes + 1)
            if is_feed(data):
                yield from entries(data, _PATH, STDIN)
            else:
                yield Source(_PATH, record=Record("", "stdin", "page", data))
        elif head.startswith((b"PK\x03\x04", b"%PDF")):
            yield Finding(
                "error",
                STDIN,
                Bilingual("an archive or a PDF cannot be piped in", "không thể chuyển tệp nén hay PDF qua ống"),
                Bilingual("give its name instead", "hãy ghi tên tệp"),
            )
        else:
            yield Source(_PATH, record=Record("", "stdin", "text", stream.read(max_bytes + 1)))
    except (OSError, EOFError) as error:
        yield Finding("error", STDIN, Bilingual(f"cannot be read: {error}", f"không đọc được: {error}"))


def _head(stream: io.BufferedReader) -> bytes:
    return stream.peek(_HEAD)[:_HEAD] if hasattr(stream, "peek") else b""
