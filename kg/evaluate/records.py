"""Gold and predicted records as typed values, read from JSON with every fault named by file, line and place.

Offsets are half-open code points of the file as it lies on disk, as in the record's definition.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from kg.errors import InputError
from kg.language import Bilingual
from kg.model import Span

Filler: TypeAlias = str | int | float | Span

_SHOWN = 80


@dataclass(frozen=True, slots=True)
class RecordEntity:
    """One entity of a record.

    Attributes:
        id: unique within the record.
        type: "Person", "Place", ….
        name: the fullest form.
        aliases: the other forms.
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """Name and aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class RecordFact:
    """One fact of a record.

    Attributes:
        kind: "holds_post", ….
        roles: role name to fillers: an entity's id, a literal, or a stretch.
        evidence: where it is stated.
        status: asserted, planned, reported, negated or former.
        rule: what made it; empty in gold.
    """

    kind: str
    roles: Mapping[str, tuple[Filler, ...]]
    evidence: tuple[Span, ...] = ()
    status: str = "asserted"
    rule: str = ""

    @property
    def filler_count(self) -> int:
        """How many fillers all roles hold together."""
        return sum(len(fillers) for fillers in self.roles.values())


@dataclass(frozen=True, slots=True)
class Record:
    """What one article says, or should say.

    Attributes:
        doc: the article's file name without its suffix.
        entities: by id; of two with the same id the last counts.
        facts: the facts that count.
        optional: (gold only) facts that are neither required nor punished.
        sha256: (gold only) digest of the text that was annotated; empty where it is not kept.
    """

    doc: str
    entities: Mapping[str, RecordEntity] = field(default_factory=dict)
    facts: tuple[RecordFact, ...] = ()
    optional: tuple[RecordFact, ...] = ()
    sha256: str = ""


def _list(value: Any) -> Sequence[Any]:
    """A role may hold one filler without a list around it."""
    if value is None:
        return ()
    return value if isinstance(value, list) else [value]


def _unusable(where: str, expected: str, found: object) -> InputError:
    shown = repr(found)
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
    return InputError(
        Bilingual(f"{where}: expected {expected}, found {shown}", f"{where}: cần {expected}, nhưng là {shown}")
    )


def cannot_read(path: Path, error: Exception) -> InputError:
    """What to raise where a file of gold or of records cannot be opened, decoded or parsed."""
    reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
    return InputError(Bilingual(f"{path}: cannot be read: {reason}", f"{path}: không đọc được: {reason}"))


def _span(value: Any, where: str) -> Span:
    if isinstance(value, Mapping) and isinstance(value.get("start"), int) and isinstance(value.get("end"), int):
        return Span(value["start"], value["end"])
    raise _unusable(where, "{'start': int, 'end': int}", value)


def _filler(value: Any, where: str) -> Filler:
    if isinstance(value, Mapping):
        return _span(value, where)
    if isinstance(value, str | int | float):
        return value
    raise _unusable(where, "a string, a number or {'start': int, 'end': int}", value)


def _fact(value: Any, where: str) -> RecordFact:
    if not isinstance(value, Mapping) or not isinstance(value.get("kind"), str):
        raise _unusable(where, "{'kind': str, 'roles': {…}, …}", value)
    roles = value.get("roles")
    if not isinstance(roles, Mapping):
        raise _unusable(f"{where}.roles", "{role: [filler, …]}", roles)
    return RecordFact(
        kind=value["kind"],
        roles={str(r): tuple(_filler(x, f"{where}.roles.{r}") for x in _list(v)) for r, v in roles.items()},
        evidence=tuple(_span(e, f"{where}.evidence") for e in _list(value.get("evidence"))),
        status=str(value.get("status", "asserted")),
        rule=str(value.get("rule", "")),
    )


def _entity(value: Any, where: str) -> RecordEntity:
    if not isinstance(value, Mapping) or any(not isinstance(value.get(k), str) for k in ("id", "type", "name")):
        raise _unusable(where, "{'id': str, 'type': str, 'name': str, …}", value)
    return RecordEntity(value["id"], value["type"], value["name"], tuple(str(a) for a in value.get("aliases", ())))


def parse_record(value: Any, where: str) -> Record:
    """A record from decoded JSON.

    Args:
        value: the decoded object.
        where: how to name it in messages, such as "gold/d01.json" or "out.jsonl:12".

    Raises:
        InputError: it is not a record; the message names the place within it.
    """
    if not isinstance(value, Mapping) or "doc" not in value:
        raise InputError(
            Bilingual(f"{where}: not a fact record", f"{where}: không phải bản ghi dữ kiện"),
            Bilingual(
                "a record is an object with 'doc', 'entities' and 'facts'",
                "bản ghi là một đối tượng có 'doc', 'entities' và 'facts'",
            ),
        )
    entities = [_entity(e, f"{where}: entities[{n}]") for n, e in enumerate(value.get("entities", ()))]
    return Record(
        doc=str(value["doc"]),
        entities={e.id: e for e in entities},
        facts=tuple(_fact(f, f"{where}: facts[{n}]") for n, f in enumerate(value.get("facts", ()))),
        optional=tuple(_fact(f, f"{where}: optional[{n}]") for n, f in enumerate(value.get("optional", ()))),
        sha256=str(value.get("sha256", "")),
    )


def load_json(path: Path) -> Record | None:
    """The gold record in one JSON file; None where the file holds something else (an index, a schema).

    Raises:
        InputError: it cannot be read, is not JSON, or is a broken record.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise cannot_read(path, error) from error
    return parse_record(value, str(path)) if isinstance(value, Mapping) and "facts" in value else None


def load_predictions(path: Path) -> dict[str, Record]:
    """Records by document from a file with one JSON object a line; of two for one document the last counts.

    Raises:
        InputError: the file cannot be read, or a line is not a record.
    """
    return {r.doc: r for r in _lines(path)}


def _lines(path: Path) -> Iterator[Record]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise cannot_read(path, error) from error
    # Not splitlines(): JSON strings may hold U+2028 and the like as they are.
    for n, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise InputError(
                Bilingual(f"{path}:{n}: not JSON: {error}", f"{path}:{n}: không phải JSON: {error}"),
                Bilingual(
                    "one record a line, as `kg extract` prints it", "mỗi dòng một bản ghi, như `kg extract` in ra"
                ),
            ) from error
        yield parse_record(value, f"{path}:{n}")
