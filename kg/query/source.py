"""Which query is meant (text, a file, a name), and which graph is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kg.errors import InputError, UsageError
from kg.language import Bilingual
from kg.query.guard import MAX_LENGTH
from kg.query.messages import say
from kg.resources import resource
from kg.store import is_store

_NAME = re.compile(r"[\w.-]+")
_TITLE = re.compile(r"^#\s*title@(vi|en):\s*(.+?)\s*$", re.MULTILINE)
_QUERIES = (".rq", ".sparql")
SUFFIXES = (".ttl", ".trig", ".nt", ".nq", ".rdf", ".jsonld")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that comes with the ontology.

    Attributes:
        name: the file's stem.
        path: the file.
        title: what it answers.
    """

    name: str
    path: Path
    title: Bilingual


def named_queries() -> Mapping[str, NamedQuery]:
    """All named queries by name, ascending."""
    found = {}
    for path in sorted(resource("ontology", "queries").glob("*.rq")):
        titles: dict[str, str] = dict(_TITLE.findall(path.read_text(encoding="utf-8")))
        any_title = titles.get("en") or titles.get("vi") or path.stem
        found[path.stem] = NamedQuery(
            path.stem, path, Bilingual(titles.get("en", any_title), titles.get("vi", any_title))
        )
    return found


def query_text(given: str) -> str:
    """The SPARQL that is meant: the text itself, the content of a file, or a named query.

    Raises:
        UsageError: it looks like a name, and no query has it.
        InputError: the file cannot be read.
    """
    if given.endswith(_QUERIES):
        return _read(Path(given))
    if not _NAME.fullmatch(given):
        return given
    known = named_queries()
    if given in known:
        return _read(known[given].path)
    if Path(given).is_file():
        return _read(Path(given))
    near = get_close_matches(given.lower(), known, 3, 0.5)
    raise UsageError(
        say("unknown_name", name=given), say("hint_near", near=", ".join(near)) if near else say("hint_list")
    )


def default_graph(output: Path) -> Path:
    """The graph that is asked where none is named: `graph.trig`, which has the evidence too, else `graph.ttl`, else the
    store.

    Raises:
        InputError: the folder has none of them.
    """
    for name in ("graph.trig", "graph.ttl"):
        if (output / name).is_file():
            return output / name
    if is_store(output / "store"):
        return output / "store"
    raise InputError(say("no_graph", path=output / "graph.trig"), say("hint_build"))


def check_graph(graph: Path) -> None:
    """Refuse what cannot be a graph, before any work is done.

    Raises:
        InputError: there is no such file.
        UsageError: its suffix is none of `SUFFIXES`.
    """
    if is_store(graph):
        return
    if not graph.is_file():
        raise InputError(say("no_graph", path=graph), say("hint_build"))
    if graph.suffix.lower() not in SUFFIXES:
        raise UsageError(say("suffix", path=graph), say("hint_suffix", known=" ".join(SUFFIXES)))


def _read(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            # One character more than is allowed is enough to refuse it.
            return file.read(MAX_LENGTH + 1)
    except OSError as error:
        raise InputError(say("unreadable", path=path, reason=error.strerror or error)) from error
    except UnicodeDecodeError as error:
        raise InputError(say("unreadable", path=path, reason=f"UTF-8, byte {error.start}")) from error
