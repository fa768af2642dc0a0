"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.errors import OutputError
from kg.language import Bilingual


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path`: afterwards the file holds all of it, or, on any failure, what it held before.

    Raises:
        OutputError: the folder or the file cannot be written.
    """
    write_all({path: data})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write several files that belong together: nothing is replaced until all of them lie complete on the disk.

    Missing folders are made.

    Raises:
        OutputError: a folder or a file cannot be written; every target then holds what it held before.
    """
    ready: list[tuple[Path, Path]] = []
    target = Path()
    try:
        for target, data in files.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            # A rename over a folder would fail halfway through the second loop.
            if target.is_dir():
                raise IsADirectoryError(21, "is a folder")
            ready.append((_written_beside(target, data), target))
        while ready:
            temporary, target = ready[0]
            temporary.replace(target)
            ready.pop(0)
    except OSError as error:
        raise _cannot(target, error) from error
    finally:
        for temporary, _ in ready:
            temporary.unlink(missing_ok=True)


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, piece by piece; it becomes `path` when all is written, and nothing where that fails.

    Raises:
        OutputError: the folder or the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(21, "is a folder")
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise _cannot(path, error) from error


def _cannot(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    return OutputError(
        Bilingual(f"{path}: cannot be written: {reason}", f"{path}: không ghi được: {reason}"),
        Bilingual(
            "check the folder's rights and the free space, or choose another with -o",
            "xem quyền của thư mục và chỗ trống trên đĩa, hoặc chọn nơi khác bằng -o",
        ),
    )


def _written_beside(target: Path, data: bytes) -> Path:
    """A complete temporary file in the target's own folder, since a rename does not cross file systems."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        path.chmod(0o666 & ~_umask())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _umask() -> int:
    # There is no way to read it but to set it.
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
