"""The folder of a store on disk: whether it is one, making it, and opening it to read."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox

_ATTEMPTS = 20
_MARK = "CURRENT"  # a file that every RocksDB folder holds


def is_store(path: Path) -> bool:
    """True for a folder that holds an Oxigraph store."""
    return (path / _MARK).is_file()


def open_read_only(path: Path) -> ox.Store:
    """A store as it is now, also beside a writer.

    A writer that tidies up may take a file away between the reader's look at the list of files and its opening: then
    the list is read again.

    Raises:
        OSError, RuntimeError: it cannot be opened, however often one tries.
    """
    for attempt in range(_ATTEMPTS):
        try:
            return ox.Store.read_only(str(path))
        except (OSError, RuntimeError):
            if attempt + 1 == _ATTEMPTS:
                raise
            time.sleep(0.05)
    raise AssertionError  # not reached


def make(path: Path) -> None:
    """An empty store at `path`, whole or not at all: one that is killed while it is made cannot be opened again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent))
    try:
        store = ox.Store(str(made))
        store.flush()
        del store
        made.chmod(0o755)  # a temporary folder is its maker's alone
        made.rename(path)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        if not is_store(path):  # another process may have been faster
            raise
