"""Gold as a person writes it: the words of the article instead of offsets, in one TOML file beside the text.

    [entities]                                   # id = [type, name, alias, …]
    lan = ["Person", "Trần Thị Lan", "bà Lan"]
    so  = ["Organization", "Sở Y tế Sơn La", "Sở Y tế"]

    [says]
    facts = [                                    # kind = the words that state it, then the roles
      {holds_post = "bà Trần Thị Lan, Giám đốc Sở Y tế", person = "lan", post = "Giám đốc", organization = "so"},
      {statement = "bà Lan cho biết [...] trong quý này", speaker = "lan", content = "đã có [...] trong quý này"},
    ]
    optional  = [ … ]                            # as facts
    forbidden = [                                # what must not be said: {kind, what a role holds …, within = words}
      {kind = "statistic", value = 57},
    ]

Words must stand in the text exactly once; "2@words" is their second occurrence. "a [...] b" is the stretch from `a` to
the next `b`. A list gives several fillers. Roles that hold an entity take its id, stretches take words, the others are
literals; a statistic without a comparator is exact ("eq"). Where the kind has a role of the same name (event, award,
document) that role is written `of`. `status` is "asserted" where it is left out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluate.matching import REQUIRED, same_number
from kg.evaluate.names import normal
from kg.evaluate.records import Filler, Record, RecordEntity, RecordFact, cannot_read
from kg.language import Bilingual
from kg.model import Span

_GAP = " [...] "
_NUMBERED = re.compile(r"(\d+)@(.*)", re.DOTALL)
_STRETCHES = {("statement", "content"), ("request", "action"), ("award", "reason")}
_LITERALS = {
    "action", "change", "comparator", "date", "doc_type", "event_type", "number", "out_of", "period", "post", "rank",
    "recipient_count", "recipient_kind", "scope", "title", "unit", "value",
}  # fmt: skip
_STATUSES = {"asserted", "planned", "reported", "negated", "former"}


@dataclass(frozen=True, slots=True)
class Forbidden:
    """What no reading of the article may say.

    Attributes:
        kind: the fact kind; empty for any measured kind.
        roles: role name to a number, or to words that a filler (its name, or the text of its stretch) contains.
        within: a stretch that the fact's evidence would have to touch; None for anywhere.
    """

    kind: str
    roles: Mapping[str, str | int | float] = field(default_factory=dict)
    within: Span | None = None

    def said_by(self, fact: RecordFact, record: Record, text: str) -> bool:
        """Whether `fact` of `record` says it; `text` is the article."""
        if (self.kind and fact.kind != self.kind) or fact.kind not in REQUIRED:
            return False
        if self.within is not None and not any(self.within.overlaps(e) for e in fact.evidence):
            return False
        return all(
            any(_holds(x, wanted, record, text) for x in fact.roles.get(role, ()))
            for role, wanted in self.roles.items()
        )


def _holds(filler: Filler, wanted: str | int | float, record: Record, text: str) -> bool:
    if not isinstance(wanted, str):
        return same_number(filler, wanted)
    if isinstance(filler, Span):
        shown = text[filler.start : filler.end]
    else:
        entity = record.entities.get(str(filler))
        shown = entity.name if entity else str(filler)
    return f" {normal(wanted)} " in f" {normal(shown)} "


@dataclass(frozen=True, slots=True)
class AuthoredGold:
    """One authored article: its record, and what must not be said."""

    record: Record
    forbidden: tuple[Forbidden, ...]


def load_authored(path: Path) -> AuthoredGold:
    """The gold in `path`, a TOML file; the article is the file beside it with the suffix ".txt".

    Raises:
        InputError: a file cannot be read, or the gold is faulty; all faults are in the one message.
    """
    article = path.with_suffix(".txt")
    try:
        # Bytes, so that the offsets count the file as it lies on disk (no change of line ends).
        text = article.read_bytes().decode("utf-8")
        value = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise cannot_read(Path(error.filename or path), error) from error
    except ValueError as error:
        raise cannot_read(path, error) from error
    return _Author(path, text).read(value)


class _Author:
    """Turns one decoded TOML file into a record, gathering the faults on the way."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text
        self.faults: list[str] = []
        self.entities: dict[str, RecordEntity] = {}

    def read(self, value: Mapping[str, Any]) -> AuthoredGold:
        says = value.get("says", {})
        for unknown in sorted(
            (value.keys() - {"entities", "says"}) | (says.keys() - {"facts", "optional", "forbidden"})
        ):
            self.faults.append(f"unknown key {unknown!r}")
        for name, row in value.get("entities", {}).items():
            self.entities[name] = self._entity(name, row)
        facts = tuple(self._fact(f"facts[{n}]", f) for n, f in enumerate(says.get("facts", ())))
        optional = tuple(self._fact(f"optional[{n}]", f) for n, f in enumerate(says.get("optional", ())))
        forbidden = tuple(self._forbidden(f"forbidden[{n}]", f) for n, f in enumerate(says.get("forbidden", ())))
        if self.faults:
            raise InputError(
                Bilingual(
                    f"{self.path}: faulty gold: " + "; ".join(self.faults),
                    f"{self.path}: bản chuẩn có lỗi: " + "; ".join(self.faults),
                )
            )
        return AuthoredGold(Record(self.path.stem, self.entities, facts, optional), forbidden)

    def _entity(self, name: str, row: Any) -> RecordEntity:
        if not isinstance(row, list) or len(row) < 2 or not all(isinstance(x, str) for x in row):
            self.faults.append(f"entities.{name}: expected [type, name, alias, …]")
            return RecordEntity(name, "", "")
        kind, *forms = row
        folded = self.text.casefold()
        for form in forms[1:] if len(forms) > 1 else forms:
            if form.casefold() not in folded:
                self.faults.append(f"entities.{name}: {form!r} is not in the article")
        return RecordEntity(name, kind, forms[0], tuple(forms[1:]))

    def _fact(self, where: str, row: Any) -> RecordFact:
        # "event", "award" and "document" name a kind and a role alike: the first key of a fact is its kind.
        kind = next(iter(row), "") if isinstance(row, Mapping) else ""
        if kind not in REQUIRED:
            self.faults.append(f"{where}: the first key must be a fact kind")
            return RecordFact("", {})
        status = row.get("status", "asserted")
        if status not in _STATUSES:
            self.faults.append(f"{where}: unknown status {status!r}")
        # A kind that is a role of itself is written with "of": {event = "words", of = "hn"}.
        roles = {(kind if r == "of" else r): v for r, v in row.items() if r not in (kind, "status")}
        filled = {r: self._fillers(f"{where} ({kind}.{r})", kind, r, v) for r, v in roles.items()}
        if kind == "statistic":
            filled.setdefault("comparator", ("eq",))  # a figure that no word compares
        for role in REQUIRED[kind]:
            if not filled.get(role):
                self.faults.append(f"{where}: {kind} needs {role}")
        return RecordFact(kind, filled, (self._find(where, row[kind]),), status)

    def _fillers(self, where: str, kind: str, role: str, value: Any) -> tuple[Filler, ...]:
        return tuple(self._filler(where, kind, role, v) for v in (value if isinstance(value, list) else [value]))

    def _filler(self, where: str, kind: str, role: str, value: Any) -> Filler:
        if (kind, role) in _STRETCHES:
            return self._find(where, value)
        literal = role in _LITERALS
        if not isinstance(value, str | int | float) or (not literal and not isinstance(value, str)):
            self.faults.append(f"{where}: {value!r} cannot fill it")
            return ""
        if not literal and value not in self.entities:
            self.faults.append(f"{where}: no entity {value!r}")
        return value

    def _forbidden(self, where: str, row: Any) -> Forbidden:
        kind = row.get("kind", "")
        if kind and kind not in REQUIRED:
            self.faults.append(f"{where}: unknown kind {kind!r}")
        if not row.keys() - {"kind"}:
            self.faults.append(f"{where}: say which fact (a role, or within)")
        within = self._find(where, row["within"]) if "within" in row else None
        return Forbidden(kind, {r: v for r, v in row.items() if r not in ("kind", "within")}, within)

    def _find(self, where: str, words: Any) -> Span:
        """The stretch that `words` name; a fault where it is missing or not the only one."""
        if not isinstance(words, str) or not words:
            self.faults.append(f"{where}: expected words of the article, found {words!r}")
            return Span(0, 0)
        numbered = _NUMBERED.fullmatch(words)
        which, rest = (int(numbered[1]), numbered[2]) if numbered else (0, words)
        first, gap, last = rest.partition(_GAP)
        starts = [m.start() for m in re.finditer(re.escape(first), self.text)]
        if len(starts) < max(which, 1):
            self.faults.append(f"{where}: {first!r} is not in the article" + (f" {which} times" if which else ""))
            return Span(0, 0)
        if not which and len(starts) > 1:
            self.faults.append(f'{where}: {first!r} stands there {len(starts)} times: write "1@…" or more words')
        start = starts[max(which, 1) - 1]
        if not gap:
            return Span(start, start + len(first))
        end = self.text.find(last, start + len(first))
        if end < 0:
            self.faults.append(f"{where}: {last!r} does not follow {first!r}")
            return Span(0, 0)
        return Span(start, end + len(last))
