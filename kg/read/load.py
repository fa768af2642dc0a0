"""Sources to documents."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from unicodedata import normalize

from kg.errors import InputError
from kg.language import Bilingual
from kg.model import Document, Finding, Origin, Part, Span
from kg.read.bundles import records
from kg.read.charset import characters
from kg.read.decode import decoded
from kg.read.errors import as_finding
from kg.read.fields import FieldMap, article_text
from kg.read.office import pdf_text, word_text
from kg.read.offsets import normalised
from kg.read.page import read_page
from kg.read.pages import Pages, Web
from kg.read.sources import STDIN, Record, Source, bundle_kind, find_sources, kind_of
from kg.read.stdin import standard_input
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
    """As `load`, for a source of `find_sources` or `each_source`.

    Raises:
        InputError: as `load`; a web page holds no article.
        KgError: the extra that the kind of source needs is not installed.
    """
    where, record = source.where, source.record
    kind = record.kind if record is not None else kind_of(source.path.name) or "text"
    if kind == "fields" and record is not None:
        made = _from_fields(record, where)
    else:
        data = record.data if record is not None else _bytes(source.path, max_bytes)
        if len(data) > max_bytes:
            raise _too_large(Path(where), len(data), max_bytes)
        if kind == "page":
            made = _from_page(data, source)
        elif kind in ("word", "pdf"):
            text = word_text(data, where) if kind == "word" else pdf_text(data, where)
            made = document(text, _id(source, data), where, hashlib.sha256(data).hexdigest())
        else:
            made = document(decoded(data, where), _id(source, data), where, hashlib.sha256(data).hexdigest())
    if not any_language and not looks_vietnamese(made.text):
        raise InputError(
            Bilingual(f"{where}: the text does not look Vietnamese", f"{where}: văn bản không giống tiếng Việt"),
            Bilingual(
                "only articles in Vietnamese with its diacritics are read", "chỉ đọc bài tiếng Việt có dấu đầy đủ"
            ),
        )
    return made


def _id(source: Source, data: bytes) -> str:
    if source.record is not None:
        return source.record.id
    # A name that is not UTF-8 on disk has no characters; it must still be printable in a record.
    stem = os.fsencode(source.path.stem).decode("utf-8", "replace")
    if str(source.path) == STDIN:
        stem = "stdin"
    return f"{stem}-{hashlib.sha256(data).hexdigest()[:8]}" if source.shares_stem else stem


def _from_page(data: bytes, source: Source) -> Document:
    record, where = source.record, source.where
    if not data.strip():
        raise InputError(Bilingual(f"{where}: the file is empty", f"{where}: tệp rỗng"))
    markup, charset = characters(data, where, record.charset if record is not None else "")
    # The rendering is made here, so it can be composed from the beginning: raw and text are one.
    page = read_page(normalize("NFC", markup), where)
    digest = hashlib.sha256(data).hexdigest()
    origin = Origin(
        address=(record.address if record is not None else "") or page.meta.address,
        fetched=record.fetched if record is not None else "",
        charset=charset,
        left_out=page.left_out,
    )
    return Document(_id(source, data), where, page.text, page.text, None, digest, page.parts, origin)


def _from_fields(record: Record, where: str) -> Document:
    try:
        made = document(article_text(dict(record.fields)), record.id, where)
    except UnicodeEncodeError as error:
        raise InputError(
            Bilingual(f"{where}: broken characters: {error.reason}", f"{where}: ký tự hỏng: {error.reason}")
        ) from error
    return replace(made, origin=Origin(address=record.address)) if record.address else made


def document(raw: str, id: str = "text", source: str = STDIN, sha256: str = "") -> Document:
    """A document of characters that are at hand already (a sentence typed by a person, an example of a rule)."""
    text, offsets = normalised(raw)
    return Document(id, source, raw, text, offsets, sha256 or hashlib.sha256(raw.encode("utf-8")).hexdigest())


def restored(
    raw: str,
    id: str,
    source: str,
    sha256: str,
    parts: tuple[tuple[Part, Span], ...] | None = None,
    origin: Origin | None = None,
) -> Document:
    """The document that was read before, of the text that was kept (`Document.raw`) and what was known of it."""
    text, offsets = normalised(raw)
    return Document(id, source, raw, text, offsets, sha256, parts, origin)


def each_source(
    sources: Iterable[Source],
    fields: FieldMap | None = None,
    max_bytes: int = MAX_BYTES,
    web: Web | None = None,
) -> Iterator[Source | Finding]:
    """The sources with each file that holds many articles in the place of which its records stand, one at a time.

    Args:
        sources: what `find_sources` found.
        fields: names of the fields of records.
        max_bytes: larger records are findings.
        web: how pages are fetched; by default those whose addresses were given are, and those that files name are not.

    Raises:
        KgError: the extra that a kind of file needs is not installed.
    """
    with Pages(web or Web(), max_bytes) as pages:
        for source in sources:
            if source.address:
                yield from pages.at(source.address)
            elif source.record is None and (str(source.path) == STDIN or bundle_kind(source.path.name)):
                read = standard_input if str(source.path) == STDIN else partial(records, source.path)
                for found in read(fields or FieldMap(), max_bytes):
                    yield from pages.named(found) if isinstance(found, Source) and found.address else (found,)
                yield from pages.left()
            else:
                yield source


def load_each(
    sources: Iterable[Source],
    max_bytes: int = MAX_BYTES,
    any_language: bool = False,
    fields: FieldMap | None = None,
    web: Web | None = None,
) -> Iterator[Document | Finding]:
    """Each article's document, or the finding that says why there is none, in order; one is in memory at a time."""
    for source in each_source(sources, fields, max_bytes, web):
        if isinstance(source, Finding):
            yield source
            continue
        try:
            yield load_source(source, max_bytes, any_language)
        except InputError as error:
            yield as_finding(error, source.where)


def articles(
    paths: Iterable[str | os.PathLike[str]],
    max_bytes: int = MAX_BYTES,
    any_language: bool = False,
    fields: FieldMap | None = None,
    web: Web | None = None,
) -> Iterator[Document | Finding]:
    """Each article that `paths` name, or the finding that says why it cannot be read; see `find_sources`."""
    sources, findings = find_sources(paths)
    yield from findings
    yield from load_each(sources, max_bytes, any_language, fields, web)


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
