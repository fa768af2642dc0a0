"""The frozen value types that travel from one stage to the next.

Offsets are half-open and count Unicode code points of `Document.text`. `Document.to_source` turns them into offsets
of the file as it lies on disk; everything that leaves the program (records, RDF) carries those.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Status = Literal["asserted", "planned", "reported", "negated", "former"]
Part = Literal["title", "meta", "lead", "body", "caption", "byline", "furniture"]
Severity = Literal["error", "warning", "info"]


class Span(NamedTuple):
    """A half-open stretch of a text, in code points.

    >>> Span(2, 5).length
    3
    """

    start: int
    end: int

    @property
    def length(self) -> int:
        """Number of code points."""
        return self.end - self.start

    def holds(self, other: Span) -> bool:
        """True where `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """True where the two share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """For each code point of the text, where in the source it begins and ends (two arrays of equal length)."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document was found, beside its file; empty where not known.

    Attributes:
        address: its address on the web.
        fetched: when it was fetched, as an archive or a fetch says it (ISO 8601).
        charset: the encoding that its characters were read in.
        left_out: what of a page was not taken for the article: its kind and first words.
    """

    address: str = ""
    fetched: str = ""
    charset: str = ""
    left_out: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One article: the file's own text, and the text that is read.

    Attributes:
        id: the file's stem; names the article in records.
        source: where it came from (a path as it was given, or "-").
        raw: the decoded file exactly as it lies on disk (byte-order mark, CRLF and decomposed letters kept).
        text: NFC, line feeds only, no byte-order mark. All spans of a reading count here.
        offsets: from `text` to `raw`; None where the two are equal.
        sha256: hex digest of the file's bytes.
        parts: what each line is, where the reader knows it (a web page tells); None where the text must tell.
        origin: where it was found; None for a plain file.

    For an article that does not lie on disk as text (a web page, a record's fields) `raw` is the text that
    `kg.read.render` lays out: the one that offsets count in, and that has to be kept.
    """

    id: str
    source: str
    raw: str
    text: str
    offsets: OffsetMap | None = None
    sha256: str = ""
    parts: tuple[tuple[Part, Span], ...] | None = None
    origin: Origin | None = None

    def to_source(self, span: Span) -> Span:
        """`span` of `text` as a span of `raw`. An empty span maps to an empty span."""
        if self.offsets is None:
            return span
        if span.end <= span.start:
            at = self.offsets.starts[span.start] if span.start < len(self.text) else len(self.raw)
            return Span(at, at)
        return Span(self.offsets.starts[span.start], self.offsets.ends[span.end - 1])

    def quote(self, span: Span) -> str:
        """The file's own characters at `span` of `text`."""
        start, end = self.to_source(span)
        return self.raw[start:end]


@dataclass(frozen=True, slots=True)
class EntityRef:
    """A filler that is one of the reading's entities.

    Attributes:
        id: the entity's id within the reading.
        span: where the words stand that fill the role; None where the role was carried over from elsewhere.
    """

    id: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A filler that is a literal: a string, a number, or a date as precise as the text ("2019-06-08", "--06-08").

    Attributes:
        value: the normalised value.
        span: where it stands in the text; None where it follows from elsewhere.
    """

    value: str | int | float
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A filler that is a stretch of the text itself (what was said, asked, given as a reason)."""

    span: Span


Filler = EntityRef | Value | Stretch


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the article states.

    Attributes:
        kind: the fact kind ("holds_post", "award", …), as in `ontology/rules`.
        roles: role name to fillers, in the order of the text.
        evidence: the stretches that state the fact; at least one.
        status: asserted, planned, reported, negated or former.
        rule: what made the fact, "<kind>.<pattern>".
        qualifiers: roles beyond the measured record (a ranking's "record_high", a statement's "goal"); the same form
            as `roles`, kept apart so that the record stays as agreed.
    """

    kind: str
    roles: Mapping[str, tuple[Filler, ...]]
    evidence: tuple[Span, ...]
    status: Status = "asserted"
    rule: str = ""
    qualifiers: Mapping[str, tuple[Filler, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entity:
    """One real thing within one article.

    Attributes:
        id: unique within the reading ("e1", …, in order of first mention).
        type: Person, Organization, Place, Event, Initiative, Document, Award, Indicator, Group, and for what the
            record does not measure: Office (a post without a named holder, where it acts), Service, System, Dataset,
            Topic.
        name: the fullest form; persons without title or honorific.
        aliases: the other forms, in order of first appearance.
        mentions: where it is named, ascending.
        attributes: what the reading found beside the name, all strings; "code" (official unit code), "level"
            (tỉnh, huyện, xã …), "place" (the id of the place entity a body belongs to), "unit" (the official code of
            that place), "number" and "doc_type" for
            documents, "abbreviation" for indicators. Absent where not stated.
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ArticleMeta:
    """What the article says of itself.

    Attributes:
        headline, lead: their spans; None where there is none.
        published: "2019-06-08T20:24" or "2019-06-08"; None where no line states it.
        published_span: where that stands.
        authors, publisher: ids of entities of the reading.
        captions: spans of picture captions.
        about: ids of the places that the headline names.
    """

    headline: Span | None = None
    lead: Span | None = None
    published: str | None = None
    published_span: Span | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    captions: tuple[Span, ...] = ()
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know: used by every checker and reader.

    Attributes:
        severity: error (not usable), warning (usable, but look), info.
        where: file, line or node, as exact as is known.
        message: what was found and what was expected.
        hint: what to try; may be empty.
    """

    severity: Severity
    where: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one article says: the result of the pure function `kg.extract.read_article`.

    Attributes:
        document: the article.
        article: its metadata.
        entities: in order of first mention.
        facts: in order of first evidence.
        sentences: spans of all sentences of title, lead, body and captions, ascending; context for evidence.
        findings: what could not be read.
    """

    document: Document
    article: ArticleMeta
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    sentences: tuple[Span, ...] = ()
    findings: tuple[Finding, ...] = ()
