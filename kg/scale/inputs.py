"""What there is to read, and how it comes to the workers: in chunks, each of which is read once.

| input | how it comes |
|---|---|
| files on a disk that all workers see | each by its path, read by the worker |
| JSON Lines of more than `SPLIT` bytes, or elsewhere | by Spark, in parts that begin and end with a line |
| Parquet | by Spark, a row an article |
| any other file elsewhere (`hdfs://…`, `s3a://…`) | whole, by Spark (up to 2 GB) |
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote

from kg.errors import UsageError
from kg.language import Bilingual
from kg.model import Finding
from kg.read import FieldMap, Source, find_sources
from kg.read.bundles import from_line, from_row, too_large
from kg.read.sources import STDIN, Record, bundle_kind, kind_of
from kg.scale.folder import Folder, digest, is_uri, literal, uri
from kg.scale.readings import Options, place_of, read_sources, rows

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import SparkSession

SPLIT = 64_000_000  # bytes of a file of JSON Lines from which several workers read it
CHUNK = 4_000_000_000  # bytes of input that are read in one go: what a killed driver may cost
TABLE = ".parquet"

How = Literal["files", "lines", "rows", "whole"]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Inputs that are read in one go.

    Attributes:
        how: how they come to the workers.
        sources: what is read; for all but "files" the paths alone count.
        mark: digest of names, sizes and times of change.
        size: bytes.
    """

    how: How
    sources: tuple[Source, ...]
    mark: str
    size: int


def find(spark: SparkSession, paths: Iterable[str], split: int, most: int) -> tuple[list[Chunk], list[Finding]]:
    """The chunks of all inputs, and a finding for each path that leads to none.

    Args:
        spark: knows the file systems.
        paths: files, folders, and addresses of file systems.
        split: bytes from which a file of JSON Lines is taken apart.
        most: bytes of a chunk.

    Raises:
        UsageError: standard input or an address on the web, which no worker can read.
    """
    given = list(dict.fromkeys(paths))
    for path in given:
        if path == STDIN or path.startswith(("http://", "https://")):
            raise UsageError(
                Bilingual(f"{path}: a cluster cannot read this", f"{path}: cụm máy không đọc được"),
                Bilingual("give files, folders or addresses of a file system", "hãy ghi tệp, thư mục hoặc địa chỉ"),
            )
    # A worker has another working directory.
    near = [str(Path(p).absolute()) for p in given if not is_uri(p)]
    tables = [t for p in near for t in _tables(Path(p))]
    sources, findings = find_sources(p for p in near if not p.endswith(TABLE))
    if tables:
        findings = [f for f in findings if not any(str(t).startswith(f"{f.where}/") for t in tables)]
    found: list[tuple[How, Source, int, int]] = []
    for source in [*sources, *map(Source, tables)]:
        status = source.path.stat()
        how: How = "rows" if source.path.suffix == TABLE else "files"
        if bundle_kind(source.path.name) == "lines" and source.path.suffix in (".jsonl", ".ndjson"):
            how = "lines" if status.st_size >= split else "files"
        found.append((how, source, status.st_size, status.st_mtime_ns))
    for path in given:
        if is_uri(path):
            before = len(found)
            found += _far(Folder(spark, path))
            if before == len(found):
                findings.append(Finding("error", path, Bilingual("no article there", "không có bài báo nào ở đó")))
    return list(_chunks(found, most)), findings


def _tables(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(p for p in path.rglob(f"*{TABLE}") if p.is_file() and not p.name.startswith((".", "_")))
    return [path] if path.suffix == TABLE and path.is_file() else []


def _far(folder: Folder) -> Iterator[tuple[How, Source, int, int]]:
    files = sorted(folder.files())
    stems = Counter(PurePosixPath(name).stem for name, _, _ in files if kind_of(name) is not None)
    for name, size, changed in files:
        path = Path(name)
        if path.suffix == TABLE:
            how: How = "rows"
        elif bundle_kind(path.name) is not None:
            how = "lines" if path.suffix in (".jsonl", ".ndjson") else "whole"
        elif kind_of(path.name) is not None:
            how = "whole"
        else:
            continue
        yield how, Source(path, shares_stem=stems[path.stem] > 1), size, changed


def _chunks(found: list[tuple[How, Source, int, int]], most: int) -> Iterator[Chunk]:
    for how, same in groupby(sorted(found, key=lambda item: item[0]), key=lambda item: item[0]):
        part: list[tuple[How, Source, int, int]] = []
        size = 0
        for item in same:
            if part and size + item[2] > most:
                yield _chunk(how, part, size)
                part, size = [], 0
            part.append(item)
            size += item[2]
        yield _chunk(how, part, size)


def _chunk(how: How, part: list[tuple[How, Source, int, int]], size: int) -> Chunk:
    mark = digest(how, [(str(s.path), s.shares_stem, length, changed) for _, s, length, changed in part])
    return Chunk(how, tuple(s for _, s, _, _ in part), mark, size)


_PARTS, _BYTES = "spark.sql.files.minPartitionNum", "spark.sql.files.maxPartitionBytes"


def forget(spark: SparkSession) -> None:
    """Files are cut as the session would have it again."""
    for name in (_PARTS, _BYTES):
        spark.conf.unset(name)


def read(
    spark: SparkSession, chunk: Chunk, options: Options, partitions: int, split: int = SPLIT
) -> RDD[tuple[Any, ...]]:
    """The rows of a chunk's articles (`kg.scale.readings.SCHEMA`), to be read by the workers."""
    if chunk.how == "files":
        spread = spark.sparkContext.parallelize(chunk.sources, min(partitions, len(chunk.sources)))
        return spread.mapPartitions(lambda sources: read_sources(sources, options))
    # So that a file is cut in the same places twice, also while workers come and go.
    spark.conf.set(_PARTS, str(partitions))
    spark.conf.set(_BYTES, str(split))
    names = {_plain(uri(str(s.path))): s for s in chunk.sources}
    addresses = [literal(name) for name in names]
    if chunk.how == "lines":
        text = spark.read.option("lineSep", "\n").text(addresses)
        lines = text.selectExpr("_metadata.file_path", "_metadata.file_block_start", "CAST(value AS BINARY) AS value")
        first: dict[tuple[str, int], int] = {}
        number: Counter[str] = Counter()
        for path, start, count in sorted(map(tuple, lines.groupBy("file_path", "file_block_start").count().collect())):
            first[path, start] = number[path]
            number[path] += count
        return lines.rdd.mapPartitions(lambda part: _lines(part, first, names, options))
    if chunk.how == "rows":
        table = spark.read.parquet(*addresses).selectExpr(
            "_metadata.file_path", "_metadata.row_index", "struct(*) AS r"
        )
        return table.rdd.mapPartitions(lambda part: _rows(part, names, options))
    whole = spark.read.format("binaryFile").load(addresses).select("path", "content")
    return whole.rdd.mapPartitions(lambda part: _whole(part, names, options))


def _plain(address: str) -> str:
    return address.replace("file:///", "file:/", 1)


def _lines(
    part: Iterable[Any], first: dict[tuple[str, int], int], names: dict[str, Source], options: Options
) -> Iterator[tuple[Any, ...]]:
    """Runs on a worker: blocks of JSON Lines, whose lines are numbered as in the whole file."""
    fields = options.fields or FieldMap()
    for (address, start), block in groupby(part, key=lambda row: (row[0], row[1])):
        path = names[_plain(unquote(address))].path

        yield from rows(place_of(str(path)), _numbered(block, first[address, start], path, fields, options), options)


def _numbered(
    block: Iterable[Any], number: int, path: Path, fields: FieldMap, options: Options
) -> Iterator[tuple[int, Source | Finding]]:
    for _, _, value in block:
        number += 1
        if len(value) >= options.max_bytes:
            yield number, too_large(f"{path}:{number}", options.max_bytes)
        elif value.strip():
            yield number, from_line(bytes(value), number, path, fields)


def _rows(part: Iterable[Any], names: dict[str, Source], options: Options) -> Iterator[tuple[Any, ...]]:
    """Runs on a worker: rows of Parquet."""
    fields = options.fields or FieldMap()
    for address, index, row in part:
        path = names[_plain(unquote(address))].path
        found = from_row(row.asDict(), index + 1, path, fields)
        yield from rows(place_of(str(path)), [(index, found)], options)


def _whole(part: Iterable[Any], names: dict[str, Source], options: Options) -> Iterator[tuple[Any, ...]]:
    """Runs on a worker: files that came whole."""
    for address, content in part:
        source = names[_plain(address)]
        path, data = source.path, bytes(content)
        kind = kind_of(path.name)
        if kind is not None:
            name = f"{path.stem}-{sha256(data).hexdigest()[:8]}" if source.shares_stem else path.stem
            alone = replace(source, record=Record("", name, kind, data))
            yield from rows(place_of(str(path)), [(0, alone)], options)
            continue
        with tempfile.TemporaryDirectory() as folder:
            here = Path(folder) / path.name
            here.write_bytes(data)
            yield from rows(place_of(str(path)), enumerate(_moved(here, path, options)), options)


def _moved(here: Path, path: Path, options: Options) -> Iterator[Source | Finding]:
    from kg.read import each_source

    for found in each_source([Source(here)], options.fields, options.max_bytes):
        if isinstance(found, Source):
            yield replace(found, path=path) if found.path == here else found
        else:
            yield replace(found, where=found.where.replace(str(here), str(path), 1))
