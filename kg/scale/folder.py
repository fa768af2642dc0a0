"""Where the stages lie, on any file system that Spark knows: what is finished, and by what it was made.

A stage's folder is named by a digest of all that it depends on, and Spark puts `_SUCCESS` into it when the last task
has been taken over. So a folder is right or unfinished, never out of date.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_PATTERN = re.compile(r"[\\*?\[\]{}]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")


def is_uri(name: str) -> bool:
    """True for a path that names its file system."""
    return bool(_SCHEME.match(name))


def uri(path: str) -> str:
    """A path with its file system: this machine's where none is named."""
    return path if is_uri(path) else f"file:{Path(path).resolve()}"


def literal(address: str) -> str:
    """An address for reading in which no character stands for others."""
    return _PATTERN.sub(r"\\\g<0>", address)


def digest(*parts: object) -> str:
    """16 hexadecimal digits over what JSON can hold."""
    return sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


class Folder:
    """A folder on a file system of Spark's."""

    def __init__(self, spark: SparkSession, where: str) -> None:
        self.uri = uri(where).rstrip("/").replace("file:///", "file:/", 1)
        self._spark = spark
        context = spark.sparkContext
        jvm: Any = context._jvm
        self._path = jvm.org.apache.hadoop.fs.Path
        self._files = self._path(self.uri).getFileSystem(context._jsc.hadoopConfiguration())

    def below(self, *names: str) -> Folder:
        """A folder within."""
        return Folder(self._spark, "/".join((self.uri, *names)))

    @property
    def done(self) -> bool:
        """True where a stage has been finished here."""
        return bool(self._files.exists(self._path(f"{self.uri}/_SUCCESS")))

    def names(self) -> list[str]:
        """What lies in it, sorted; nothing where it is missing."""
        here = self._path(self.uri)
        if not self._files.exists(here):
            return []
        return sorted(str(status.getPath().getName()) for status in self._files.listStatus(here))

    def parts(self) -> list[str]:
        """The parts of a finished stage, in order."""
        return [name for name in self.names() if name.startswith("part-")]

    def files(self) -> Iterator[tuple[str, int, int]]:
        """All files below, or the one that it is: address, bytes, time of change in milliseconds. Hidden ones not."""
        if not self._files.exists(self._path(self.uri)):
            return
        found = self._files.listFiles(self._path(self.uri), True)
        while found.hasNext():
            status = found.next()
            name = str(status.getPath().toString())
            if not any(part.startswith((".", "_")) for part in name.removeprefix(self.uri).split("/")):
                yield name, int(status.getLen()), int(status.getModificationTime())

    def size(self) -> int:
        """Bytes of all files below."""
        return sum(size for _, size, _ in self.files())

    def keep(self, names: Iterable[str]) -> None:
        """Removes what lies here besides `names`."""
        kept = set(names)
        for name in self.names():
            if name not in kept:
                self._files.delete(self._path(f"{self.uri}/{name}"), True)

    def touch(self, name: str) -> None:
        """Makes an empty file here."""
        self._files.create(self._path(f"{self.uri}/{name}"), True).close()

    @property
    def local(self) -> Path | None:
        """Where it lies on this machine; None on another file system."""
        if not self.uri.startswith("file:"):
            return None
        return Path(self.uri.removeprefix("file:"))

    def lines(self, part: str) -> Iterator[str]:
        """The lines of a part."""
        local = self.local
        if local is not None:
            with (local / part).open(encoding="utf-8", newline="\n") as file:
                for line in file:
                    yield line.rstrip("\n")
            return
        text = self._spark.read.option("lineSep", "\n").text(literal(f"{self.uri}/{part}"))
        for row in text.toLocalIterator():
            yield row[0]
