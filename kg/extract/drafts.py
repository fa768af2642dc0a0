"""What the rules find before anybody knows which mentions are one thing."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Span, Status
from kg.text.tape import Mention


@dataclass(frozen=True, slots=True)
class Words:
    """A filler that is a thing named by a stretch of text that no recogniser folded (an indicator, a group).

    Attributes:
        span: where it stands.
        type: the entity type it becomes.
        name: its name; the text of `span` where empty.
        also: a further name, with all that the text says to tell it from others of its kind; "" for none.
    """

    span: Span
    type: str
    name: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True)
class Literal:
    """A filler that is a value; `span` is None where it follows from elsewhere."""

    value: str | int | float
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A filler that is an entity which an earlier stage found; `span` is None where the role was carried over.

    Attributes:
        id: the id of its node.
        span: where the words stand that fill the role.
    """

    id: str
    span: Span | None = None


Candidate = Mention | Words | Literal | Known | Span


@dataclass(slots=True)
class Draft:
    """A fact whose fillers are still mentions.

    Attributes:
        kind, rule: as in `Fact`.
        roles, qualifiers: role to candidates; a `Span` is a stretch.
        evidence: the stretch that states it.
        sentence: index of its sentence.
        status: as far as it is known.
        inside: True where it stands inside somebody's speech.
        flags: what later stages want to know ("lead", "caption", …).
    """

    kind: str
    rule: str
    roles: dict[str, list[Candidate]]
    evidence: Span
    sentence: int
    status: Status = "asserted"
    qualifiers: dict[str, list[Candidate]] = field(default_factory=dict)
    inside: bool = False
    flags: set[str] = field(default_factory=set)
