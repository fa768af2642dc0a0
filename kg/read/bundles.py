"""Files that hold many articles, as a stream of records: JSON Lines, CSV, zip, tar, WARC, WACZ; compressed or not.

One record is in memory at a time. What is broken is a finding with its place, and the rest goes on where the format
allows it. Nothing is ever written to disk, so names within archives can lead nowhere; archives within archives and
links are set aside.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from kg.errors import InputError
from kg.language import Bilingual
from kg.model import Finding
from kg.read.charset import declared_by
from kg.read.errors import as_finding, missing_extra
from kg.read.feeds import is_feed, named
from kg.read.fields import FieldMap, likely
from kg.read.sources import Record, Source, bundle_kind, kind_of

_CHUNK = 1 << 16
_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, NotImplementedError)
_OPENERS: dict[str, Callable[[Path], Any]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}


def records(path: Path, fields: FieldMap, max_bytes: int) -> Iterator[Source | Finding]:
    """The articles of a bundle, in its order, each as a source that holds its bytes or fields.

    Args:
        path: a file whose name tells its kind (`kg.read.sources.bundle_kind`).
        fields: names of a record's fields.
        max_bytes: larger records are findings.

    Raises:
        KgError: the library for this kind is not installed.
    """
    none = True
    try:
        for found in _READERS[bundle_kind(path.name) or "lines"](path, fields, max_bytes):
            none = False
            yield found
    except _BROKEN as error:
        yield _broken(str(path), error)
        return
    if none:
        yield Finding("error", str(path), Bilingual("no article in this file", "tệp không có bài báo nào"))


def _broken(where: str, error: BaseException) -> Finding:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return Finding(
        "error",
        where,
        Bilingual(f"cannot be read: {reason}", f"không đọc được: {reason}"),
        Bilingual("what stood before this place was read", "phần trước chỗ này đã được đọc"),
    )


def _opened(path: Path) -> IO[bytes]:
    opener = _OPENERS.get(path.suffix.lower())
    return cast("IO[bytes]", opener(path)) if opener else path.open("rb")


def _stem(path: Path) -> str:
    name = path.name
    while (suffix := Path(name).suffix) and len(suffix) <= 6:
        name = name.removesuffix(suffix)
    return name


# records of fields


def _lines(path: Path, fields: FieldMap, max_bytes: int) -> Iterator[Source | Finding]:
    with _opened(path) as file:
        yield from lines(file, path, fields, max_bytes)


def lines(file: IO[bytes], path: Path, fields: FieldMap, max_bytes: int) -> Iterator[Source | Finding]:
    """The articles of an open stream of JSON Lines; `path` is what messages name."""
    number = 0
    try:
        while line := file.readline(max_bytes + 1):
            number += 1
            if len(line) > max_bytes:
                while not line.endswith(b"\n") and (line := file.readline(_CHUNK)):
                    pass
                yield too_large(f"{path}:{number}", max_bytes)
            elif line.strip():
                yield from_line(line, number, path, fields)
    except _BROKEN as error:
        yield _broken(f"{path}:{number}" if number else str(path), error)


def from_line(line: bytes, number: int, path: Path, fields: FieldMap) -> Source | Finding:
    """The article of one line of JSON Lines; `number` counts from 1."""
    record = Record(str(number), f"{_stem(path)}-{number}")
    where = f"{path}:{record.place}"
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _unusable(where, Bilingual(f"not JSON: {error}", f"không phải JSON: {error}"))
    if not isinstance(value, dict):
        return _unusable(where, Bilingual("expected an object", "cần một đối tượng JSON"))
    return _fields(value, path, record, fields)


def from_row(value: dict[str, Any], number: int, path: Path, fields: FieldMap) -> Source | Finding:
    """The article of one row of a table, times as the row has them; `number` counts from 1."""
    given = {name: cell.isoformat() if isinstance(cell, date) else cell for name, cell in value.items()}
    return _fields(given, path, Record(str(number), f"{_stem(path)}-{number}"), fields)


def _fields(value: dict[str, Any], path: Path, place: Record, fields: FieldMap) -> Source | Finding:
    where = f"{path}:{place.place}"
    names = fields.resolve(value)
    found: dict[str, str] = {}
    for field, name in names.items():
        given = value[name]
        if field in ("author", "publisher") and isinstance(given, list):
            given = " - ".join(map(str, given))
        if field == "id" and isinstance(given, int):
            given = str(given)
        if given is None:
            continue
        if not isinstance(given, str):
            return _unusable(where, Bilingual(f"expected {name} as a string", f"cần {name} dạng chuỗi"))
        found[field] = given
    if not any(found.get(f, "").strip() for f in ("title", "lead", "body")):
        return _no_text(where, {f: n for f, n in likely(value).items() if f not in names})
    name = found.get("id", "").strip() or place.id
    return Source(
        path,
        record=Record(place.place, name, "fields", fields=tuple(found.items()), address=found.get("url", "")),
    )


def _table(path: Path, fields: FieldMap, max_bytes: int) -> Iterator[Source | Finding]:
    csv.field_size_limit(max_bytes)
    stem = _stem(path)
    with _opened(path) as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as file:
        try:
            head = file.readline(max_bytes)
            marks = max("\t,;|", key=head.count)
            names = next(csv.reader([head], delimiter=marks), [])
            rows = csv.reader(file, delimiter=marks)
            number = 1
            while True:
                try:
                    row = next(rows)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield _unusable(f"{path}:{number + 1}", Bilingual(f"not CSV: {error}", f"không phải CSV: {error}"))
                    return
                number += 1
                if not any(cell.strip() for cell in row):
                    continue
                if len(row) > len(names):
                    yield _unusable(
                        f"{path}:{number}",
                        Bilingual(
                            f"{len(row)} cells under {len(names)} names", f"{len(row)} ô dưới {len(names)} tên cột"
                        ),
                    )
                    continue
                record = Record(str(number), f"{stem}-{number}")
                yield _fields(dict(zip(names, row, strict=False)), path, record, fields)
        except UnicodeDecodeError as error:
            yield _unusable(str(path), Bilingual(f"not UTF-8: {error.reason}", f"không phải UTF-8: {error.reason}"))


def _unusable(where: str, message: Bilingual) -> Finding:
    hint = Bilingual(
        'a record has title, lead, body as strings: {"id": …, "title": …, "lead": …, "body": …}',
        'mỗi bản ghi có title, lead, body dạng chuỗi: {"id": …, "title": …, "lead": …, "body": …}',
    )
    return Finding("error", where, message, hint)


def _no_text(where: str, guess: dict[str, str]) -> Finding:
    if not guess:
        return _unusable(where, Bilingual("no title, lead or body", "không có title, lead hay body"))
    shown = ",".join(f"{field}={name}" for field, name in guess.items())
    return Finding(
        "error",
        where,
        Bilingual(f"no title, lead or body; it looks like {shown}", f"không có title, lead hay body; có vẻ là {shown}"),
        Bilingual(f"confirm with --map {shown}", f"xác nhận bằng --map {shown}"),
    )


# archives of files


def _member(path: Path, name: str, data: bytes) -> Source | Finding | None:
    """A file of an archive; None where it is of no kind that holds an article."""
    place = PurePosixPath(name.replace("\\", "/"))
    if place.name.startswith(".") or "__MACOSX" in place.parts:
        return None
    if bundle_kind(place.name) is not None:
        return Finding(
            "warning",
            f"{path}:{name}",
            Bilingual(
                "a file of many articles within an archive is not opened", "không mở tệp nhiều bài nằm trong tệp nén"
            ),
            Bilingual("unpack it first", "hãy giải nén trước"),
        )
    kind = kind_of(place.name)
    if kind is None:
        return None
    inside = [p for p in place.with_suffix("").parts if p not in ("/", "..", ".")]
    return Source(path, record=Record(name, "-".join(inside) or "article", kind, data))


def _zip(path: Path, fields: FieldMap, max_bytes: int) -> Iterator[Source | Finding]:
    with zipfile.ZipFile(path) as archive:
        for info in sorted(archive.infolist(), key=lambda i: i.filename):
            if info.is_dir() or (kind_of(info.filename) is None and bundle_kind(info.filename) is None):
                continue
            where = f"{path}:{info.filename}"
            try:
                # A zip bomb says what it is, or lies: then no more than the limit is unpacked.
                with archive.open(info) as file:
                    data = file.read(max_bytes + 1)
            except (*_BROKEN, RuntimeError) as error:  # RuntimeError: it wants a password
                yield _broken(where, error)
                continue
            if len(data) > max_bytes:
                yield too_large(where, max_bytes)
            elif (found := _member(path, info.filename, data)) is not None:
                yield found


def _tar(path: Path, fields: FieldMap, max_bytes: int) -> Iterator[Source | Finding]:
    with tarfile.open(path, "r|*") as archive:
        for info in archive:
            if not info.isfile() or (kind_of(info.name) is None and bundle_kind(info.name) is None):
                continue
            if info.size > max_bytes:
                yield too_large(f"{path}:{info.name}", max_bytes)
                continue
            file = archive.extractfile(info)
            if file is not None and (found := _member(path, info.name, file.read())) is not None:
                yield found


def too_large(where: str, max_bytes: int) -> Finding:
    """Says that one of many articles is larger than what is read."""
    return Finding(
        "error",
        where,
        Bilingual(f"more than {max_bytes:,} bytes in one article", f"một bài dài quá {max_bytes:,} byte"),
        Bilingual("raise max_bytes in kg.toml or KG_MAX_BYTES", "tăng max_bytes trong kg.toml hay KG_MAX_BYTES"),
    )


# web archives


def _warc_file(path: Path, fields: FieldMap, max_bytes: int) -> Iterator[Source | Finding]:
    with path.open("rb") as file:
        yield from warc_records(path, path.name, file, max_bytes)


def _wacz(path: Path, fields: FieldMap, max_bytes: int) -> Iterator[Source | Finding]:
    with zipfile.ZipFile(path) as archive:
        for info in sorted(archive.infolist(), key=lambda i: i.filename):
            if bundle_kind(info.filename) == "warc":
                with archive.open(info) as file:
                    yield from warc_records(path, info.filename, file, max_bytes)


def warc_records(path: Path, name: str, file: IO[bytes], max_bytes: int) -> Iterator[Source | Finding]:
    """The pages of an open stream of a web archive. Raises `KgError` where the extra `web` is missing."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise missing_extra(str(path), "web", error.name) from error
    number, known = 0, False
    try:
        for record in ArchiveIterator(file):
            number += 1
            known = known or record.rec_headers.get_header("WARC-Type") is not None
            headers = record.http_headers
            if record.rec_type not in ("response", "resource"):
                continue
            status = headers.get_statuscode() if headers is not None else "200"
            content = (headers.get_header("Content-Type") if headers is not None else record.content_type) or ""
            if status != "200" or "html" not in content.lower():
                continue
            data = record.content_stream().read(max_bytes + 1)
            identity = (record.rec_headers.get_header("WARC-Record-ID") or "").strip("<>") or f"{name}#{number}"
            if len(data) > max_bytes:
                yield too_large(f"{path}:{identity}", max_bytes)
                continue
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            yield Source(
                path,
                record=Record(
                    identity,
                    identity.removeprefix("urn:uuid:"),
                    "page",
                    data,
                    address=address,
                    fetched=record.rec_headers.get_header("WARC-Date") or "",
                    charset=declared_by(content),
                ),
            )
    except ArchiveLoadFailed as error:
        yield _broken(f"{path}:{name}#{number + 1}", error)
    if not known:
        yield _broken(str(path), ValueError("no WARC record in it"))


# feeds that lie on disk


def _feed(path: Path, fields: FieldMap, max_bytes: int) -> Iterator[Source | Finding]:
    with _opened(path) as file:
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        yield too_large(str(path), max_bytes)
        return
    yield from entries(data, path, str(path))


def entries(data: bytes, path: Path, where: str) -> Iterator[Source | Finding]:
    """The entries of a feed or sitemap: those that it holds as records, those that it only names as addresses.

    Raises:
        KgError: the extra `web` is not installed.
    """
    if not is_feed(data):
        yield Finding("warning", where, Bilingual("neither a feed nor a sitemap", "không phải feed hay sitemap"))
        return
    try:
        for number, entry in enumerate(named(data, where), start=1):
            if entry.markup:
                page = entry.markup.encode("utf-8", "replace")
                record = Record(
                    str(number), f"{_stem(path)}-{number}", "page", page, address=entry.address, charset="utf-8"
                )
                yield Source(path, record=record)
            else:
                yield Source(path, address=entry.address)
    except InputError as error:
        yield as_finding(error, where)


_READERS: dict[str, Callable[[Path, FieldMap, int], Iterator[Source | Finding]]] = {
    "lines": _lines,
    "table": _table,
    "zip": _zip,
    "tar": _tar,
    "warc": _warc_file,
    "wacz": _wacz,
    "feed": _feed,
}
