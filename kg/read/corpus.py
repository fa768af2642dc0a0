"""Many articles as a stream: files, folders, and JSON Lines with an article a line."""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, cast

from kg.errors import InputError
from kg.language import Bilingual
from kg.model import Document, Finding
from kg.read.load import MAX_BYTES, document, load_each
from kg.read.sources import find_sources
from kg.read.vietnamese import looks_vietnamese

LINES = (".jsonl", ".jsonl.gz")
_PARTS = ("title", "lead", "body")
_CHUNK = 1 << 16


def articles(paths: Iterable[str | os.PathLike[str]], max_bytes: int = MAX_BYTES) -> Iterator[Document | Finding]:
    """Each article that `paths` name, or the finding that says why it cannot be read; one is in memory at a time.

    A path that ends in `.jsonl` or `.jsonl.gz` holds an object a line with `title`, `lead` and `body` (any may be
    missing); the article's text is those that are not empty, with an empty line between them, and its id is `id`, or
    the file's name and the line's number. Every other path is a file or a folder as `find_sources` takes them.

    Args:
        paths: in any order.
        max_bytes: larger files, and longer lines, are findings.
    """
    given = sorted({Path(p) for p in paths})
    bundles = [p for p in given if p.name.endswith(LINES)]
    plain = [p for p in given if p not in bundles]
    if plain:
        sources, findings = find_sources(plain)
        yield from findings
        yield from load_each(sources, max_bytes)
    for path in bundles:
        yield from _bundle(path, max_bytes)


def _bundle(path: Path, max_bytes: int) -> Iterator[Document | Finding]:
    number = 0
    try:
        with _opened(path) as file:
            while line := file.readline(max_bytes + 1):
                number += 1
                where = f"{path}:{number}"
                if len(line) > max_bytes:
                    while not line.endswith(b"\n") and (line := file.readline(_CHUNK)):
                        pass
                    yield _finding(
                        where,
                        Bilingual(f"more than {max_bytes:,} bytes in one line", f"một dòng dài quá {max_bytes:,} byte"),
                    )
                elif line.strip():
                    yield _article(line, path, number)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield _finding(
            f"{path}:{number}" if number else str(path),
            Bilingual(f"cannot be read: {reason}", f"không đọc được: {reason}"),
        )


def _opened(path: Path) -> IO[bytes]:
    if path.suffix == ".gz":
        return cast("IO[bytes]", gzip.open(path))
    return path.open("rb")


def _article(line: bytes, path: Path, number: int) -> Document | Finding:
    where = f"{path}:{number}"
    try:
        record: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _finding(where, Bilingual(f"not JSON: {error}", f"không phải JSON: {error}"))
    if not isinstance(record, dict):
        return _finding(where, Bilingual("expected an object", "cần một đối tượng JSON"))
    values = [record.get(part) or "" for part in _PARTS]
    if not all(isinstance(v, str) for v in values) or not any(v.strip() for v in values if isinstance(v, str)):
        return _finding(
            where,
            Bilingual("expected title, lead and body as strings", "cần title, lead và body dạng chuỗi"),
        )
    name = record.get("id")
    stem = path.name.removesuffix(".gz").removesuffix(".jsonl")
    try:
        made = document("\n\n".join(v for v in values if v.strip()), str(name) if name else f"{stem}-{number}", where)
    except (InputError, UnicodeEncodeError) as error:
        return _finding(where, Bilingual(f"broken characters: {error}", f"ký tự hỏng: {error}"))
    if not looks_vietnamese(made.text):
        return _finding(
            where, Bilingual("the text does not look Vietnamese", "văn bản không giống tiếng Việt"), "warning"
        )
    return made


def _finding(where: str, message: Bilingual, severity: Any = "error") -> Finding:
    hint = Bilingual(
        'one object a line: {"id": …, "title": …, "lead": …, "body": …}',
        'mỗi dòng một đối tượng: {"id": …, "title": …, "lead": …, "body": …}',
    )
    return Finding(severity, where, message, hint if severity == "error" else "")
