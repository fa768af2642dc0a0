"""Many finished quads at once, into a new store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OutputError
from kg.language import Bilingual
from kg.store.folder import is_store, make


def load_files(store: Path, files: Iterable[Path]) -> Iterator[Path]:
    """Load files of N-Quads into a store, which is made where it is missing; tells each when it is in.

    A file that was loaded before does no harm.

    Raises:
        OutputError: the store cannot be written.
    """
    try:
        if not is_store(store):
            make(store)
        opened = ox.Store(str(store))
        for file in files:
            opened.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
            opened.flush()
            yield file
        opened.optimize()
    except (OSError, RuntimeError) as error:
        raise OutputError(
            Bilingual(f"{store}: cannot be written: {error}", f"{store}: không ghi được: {error}"),
            Bilingual("check the free space; the same call goes on from here", "xem chỗ trống; gọi lại sẽ đi tiếp"),
        ) from error
