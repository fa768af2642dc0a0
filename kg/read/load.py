"""One source to one document."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.errors import InputError
from kg.language import Bilingual
from kg.model import Document, Finding
from kg.read.decode import decoded
from kg.read.offsets import normalised
from kg.read.sources import STDIN, Source
from kg.read.vietnamese import looks_vietnamese

MAX_BYTES = 5_000_000


def load(path: str | os.PathLike[str], max_bytes: int = MAX_BYTES, any_language: bool = False) -> Document:
    """Read one article: a UTF-8 text file, or standard input for "-".

    Args:
        path: the file.
        max_bytes: larger files are refused without being read.
        any_language: take a text that does not look Vietnamese, too.

    Raises:
        InputError: it cannot be opened, is no regular file, too large, empty, binary, not UTF-8, or not Vietnamese;
            the message names the file, and the place in it where there is one.
    """
    return load_source(Source(Path(path)), max_bytes, any_language)


def load_source(source: Source, max_bytes: int = MAX_BYTES, any_language: bool = False) -> Document:
    """As `load`, for a source of `find_sources`. Raises `InputError`."""
    name = str(source.path)
    data = _bytes(source.path, max_bytes)
    raw = decoded(data, name)
    digest = hashlib.sha256(data).hexdigest()
    # A name that is not UTF-8 on disk has no characters; it must still be printable in a record.
    stem = "stdin" if name == STDIN else os.fsencode(source.path.stem).decode("utf-8", "replace")
    made = document(raw, f"{stem}-{digest[:8]}" if source.shares_stem else stem, name, digest)
    if not any_language and not looks_vietnamese(made.text):
        raise InputError(
            Bilingual(f"{name}: the text does not look Vietnamese", f"{name}: văn bản không giống tiếng Việt"),
            Bilingual(
                "only articles in Vietnamese with its diacritics are read", "chỉ đọc bài tiếng Việt có dấu đầy đủ"
            ),
        )
    return made


def document(raw: str, id: str = "text", source: str = STDIN, sha256: str = "") -> Document:
    """A document of characters that are at hand already (a sentence typed by a person, an example of a rule)."""
    text, offsets = normalised(raw)
    return Document(id, source, raw, text, offsets, sha256 or hashlib.sha256(raw.encode("utf-8")).hexdigest())


def load_each(
    sources: Sequence[Source], max_bytes: int = MAX_BYTES, any_language: bool = False
) -> Iterator[Document | Finding]:
    """Each source's document, or the finding that says why there is none, in order."""
    for source in sources:
        try:
            yield load_source(source, max_bytes, any_language)
        except InputError as error:
            yield as_finding(error, str(source.path))


def as_finding(error: InputError, where: str) -> Finding:
    """What kept a source from being read, as a finding; the place is taken out of the message."""
    message = error.message
    cut = f"{where}: "
    if isinstance(message, Bilingual):
        message = Bilingual(message.en.removeprefix(cut), message.vi.removeprefix(cut))
    return Finding("error", where, message, error.hint)


def _bytes(path: Path, max_bytes: int) -> bytes:
    try:
        if str(path) == STDIN:
            data = sys.stdin.buffer.read(max_bytes + 1)
        else:
            status = path.stat()
            # Before opening: to open a pipe waits for a writer, perhaps for ever.
            if not stat.S_ISREG(status.st_mode):
                raise InputError(
                    Bilingual(f"{path}: not a regular file", f"{path}: không phải tệp thường"),
                    Bilingual("pipe it in and give - instead", "hãy chuyển qua ống và ghi - thay cho tên"),
                )
            if status.st_size > max_bytes:
                raise _too_large(path, status.st_size, max_bytes)
            data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(
            Bilingual(f"{path}: cannot be read: {reason}", f"{path}: không đọc được: {reason}"),
            Bilingual("check its rights", "xem lại quyền truy cập"),
        ) from error
    if len(data) > max_bytes:
        raise _too_large(path, len(data), max_bytes)
    return data


def _too_large(path: Path, size: int, most: int) -> InputError:
    return InputError(
        Bilingual(
            f"{path}: {size:,} bytes, more than the {most:,} that are read",
            f"{path}: {size:,} byte, quá mức {most:,} được đọc",
        ),
        Bilingual(
            "split it into articles, or raise max_bytes in kg.toml or KG_MAX_BYTES",
            "hãy tách thành từng bài, hoặc tăng max_bytes trong kg.toml hay KG_MAX_BYTES",
        ),
    )
