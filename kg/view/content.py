"""What the page shows, read out of a graph: entities, facts, evidence, articles. No drawing, no HTML."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kg.rdf.terms import EDTF
from kg.view.clean import clean, clean_line
from kg.view.source import RDF_TYPE, Term, Triples
from kg.view.terms import STATUSES, Vocabulary, iri, short

# {"n": node} · {"t": text} · {"v": number, "s": sign before it} · {"d": date} · {"c": labelled term} · {"b": truth}
Filler = dict[str, Any]

_NAMES = tuple(map(iri, (
    "skos:prefLabel", "schema:name", "schema:headline", "rdfs:label", "schema:description", "schema:text",
    "schema:caption", "vk:ruleName",
)))  # fmt: skip
_ALIASES = tuple(map(iri, ("skos:altLabel", "schema:alternateName")))
_HIDDEN = frozenset((*_NAMES, *_ALIASES, RDF_TYPE, *map(iri, (
    "vk:status", "prov:wasDerivedFrom", "prov:wasGeneratedBy", "schema:appearance", "skos:inScheme", "vk:statedIn",
    "vk:sha256", "schema:unitCode",
))))  # fmt: skip
_NUMBERS = frozenset(map(iri, (
    "xsd:integer", "xsd:decimal", "xsd:double", "xsd:float", "xsd:int", "xsd:long", "xsd:nonNegativeInteger",
    "xsd:positiveInteger", "xsd:short",
)))  # fmt: skip
_DATES = frozenset(map(iri, (
    "xsd:date", "xsd:dateTime", "xsd:gYear", "xsd:gYearMonth", "xsd:gMonthDay", "xsd:gMonth", "xsd:gDay",
    EDTF.strip("<>"),
)))  # fmt: skip


@dataclass(slots=True)
class Node:
    """An entity: `id` is short and stands in addresses of the page; `props` are its own properties."""

    id: str
    type: str
    name: str
    aliases: list[str]
    props: list[tuple[str, list[Filler]]] = field(default_factory=list)


@dataclass(slots=True)
class Fact:
    """A fact: roles in the order of its kind's definition, then what else the graph says of it."""

    id: str
    kind: str
    status: str
    rule: str
    roles: list[tuple[str, list[Filler]]]
    evidence: list[int]


@dataclass(slots=True)
class Evidence:
    """A stretch of an article in its context.

    Attributes:
        article: index of the article; -1 where it is unknown.
        start, end: offsets in the article's file; -1 where unknown.
        parts: `(text, 1 within the stretch, role or "")` in the order of the text.
    """

    article: int
    start: int
    end: int
    parts: list[tuple[str, int, str]]


@dataclass(slots=True)
class Article:
    """Metadata of an article; empty strings where the graph states nothing."""

    id: str
    headline: str
    date: str
    publisher: list[Filler]
    authors: list[Filler]
    about: list[Filler]
    abstract: str
    captions: list[str]


@dataclass(slots=True)
class Content:
    """All of it.

    Attributes:
        relations: direct statements between two entities that no fact node holds.
        terms: prefixed name of a term to its label.
        iris: short id of an entity, a fact or an article to its IRI; blank nodes have none.
    """

    nodes: list[Node] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    terms: dict[str, dict[str, str]] = field(default_factory=dict)
    iris: dict[str, str] = field(default_factory=dict)


def read_content(graph: Triples, vocabulary: Vocabulary) -> Content:
    """Everything that the page shows of `graph`, in an order that depends on the graph alone."""
    return _Reader(graph, vocabulary).content()


class _Reader:
    def __init__(self, graph: Triples, vocabulary: Vocabulary) -> None:
        self.graph, self.vocabulary = graph, vocabulary
        self.out = Content()
        self.kinds: dict[str, str] = {}
        self.types: dict[str, str] = {}
        for subject in graph.subjects():
            classes = graph.types(subject)
            kind, entity = vocabulary.kind(classes), vocabulary.entity_type(classes)
            stated = bool(graph.values(subject, iri("vk:status"), iri("prov:wasDerivedFrom")))
            if kind and (stated or not entity):
                self.kinds[subject] = kind
            if entity and not (kind and not self._is_thing(subject)):
                self.types[subject] = entity
        self.ids = self._short_ids([*self.types, *self.kinds, *self._of_class("schema:NewsArticle")])
        self.out.iris = {short: subject for subject, short in self.ids.items() if not subject.startswith("_:")}
        self.evidence_at: dict[tuple[str, str], int] = {}
        self.article_at: dict[str, int] = {}

    def _is_thing(self, subject: str) -> bool:
        """True where the node bears a name: an event that is a fact node as well stays a thing."""
        return bool(self.graph.values(subject, *map(iri, ("skos:prefLabel", "schema:name"))))

    def _of_class(self, name: str) -> list[str]:
        return [s for s in self.graph.subjects() if iri(name) in self.graph.types(s)]

    def _short_ids(self, subjects: Iterable[str]) -> dict[str, str]:
        ids: dict[str, str] = {}
        taken: set[str] = set()
        for subject in sorted(set(subjects)):
            base = wanted = clean_line(short(subject)) or "node"
            n = 2
            while wanted in taken:
                wanted, n = f"{base}~{n}", n + 1
            taken.add(wanted)
            ids[subject] = wanted
        return ids

    def content(self) -> Content:
        out, graph = self.out, self.graph
        for subject in self._of_class("schema:NewsArticle"):
            self.article_at[subject] = len(out.articles)
            out.articles.append(self._article(subject))
        for subject, kind in self.kinds.items():
            out.facts.append(self._fact(subject, kind))
        for subject, entity in self.types.items():
            out.nodes.append(
                Node(
                    self.ids[subject],
                    entity,
                    self._name(subject),
                    sorted({clean_line(t.value) for p in _ALIASES for t in graph.values(subject, p)}),
                    [] if subject in self.kinds else self._props(subject),
                )
            )
        out.facts.sort(key=self._reading_order)
        joined = {frozenset(f["n"] for _, fs in fact.roles for f in fs if "n" in f) for fact in out.facts}
        pairs = {frozenset((a, b)) for group in joined for a in group for b in group if a != b}
        out.relations = [r for r in out.relations if frozenset((r[0], r[2])) not in pairs]
        return out

    def _reading_order(self, fact: Fact) -> tuple[Any, ...]:
        first = self.out.evidence[fact.evidence[0]] if fact.evidence else None
        return (first.article, first.start, first.end, fact.id) if first else (math.inf, 0, 0, fact.id)

    def _name(self, subject: str) -> str:
        return clean_line(self.graph.text(subject, *_NAMES)) or clean_line(short(subject))

    def _term(self, term: str) -> str:
        name = short(term)
        self.out.terms[name] = self.vocabulary.label(term)
        return name

    def _filler(self, value: Term) -> Filler:
        if not value.is_literal:
            if value.value in self.types:
                return {"n": self.ids[value.value]}
            if value.value in self.vocabulary.labels or value.value not in self.graph:
                return {"c": self._term(value.value)}
            return {"t": self._name(value.value)}
        if value.datatype in _NUMBERS:
            return _number(value)
        if value.datatype in _DATES:
            return {"d": clean_line(value.value)}
        if value.datatype == iri("xsd:boolean"):
            return {"b": value.value in ("true", "1")}
        return {"t": clean_line(value.value)}

    def _code(self, value: Term, codes: str) -> Filler:
        """A filler of a role that takes codes: the term that the code stands for."""
        term = self.vocabulary.codes.get(codes, {}).get(value.value) if value.is_literal else None
        return {"c": self._term(iri(term))} if term else self._filler(value)

    def _props(self, subject: str) -> list[tuple[str, list[Filler]]]:
        """Properties of an entity; those that lead to another entity become relations instead."""
        props = []
        for predicate, values in self.graph.properties(subject).items():
            if predicate in _HIDDEN:
                continue
            name, plain = self._term(predicate), []
            for value in values:
                filler = self._filler(value)
                if "n" in filler:
                    self.out.relations.append((self.ids[subject], name, filler["n"]))
                elif not (not value.is_literal and value.value in self.kinds):
                    plain.append(filler)
            if plain:
                props.append((name, plain))
        return props

    def _fact(self, subject: str, kind: str) -> Fact:
        graph, entry = self.graph, self.vocabulary.kinds[kind]
        left = {p: list(vs) for p, vs in graph.properties(subject).items() if p not in _HIDDEN}
        roles: list[tuple[str, list[Filler]]] = []
        sign, bounds = _bounds(left)
        for role, spec in entry["roles"].items():
            fillers: list[Filler] = []
            for name in (spec["property"], spec.get("text_property", "")):
                values = left.get(iri(name), [])
                taken = [v for v in values if self._fits(v, spec["fillers"])]
                fillers.extend(self._code(v, spec.get("codes", "")) for v in taken)
                left[iri(name)] = [v for v in values if v not in taken]
            if spec["property"] == "schema:value":
                fillers = [f | {"s": sign} if sign else f for f in fillers] + bounds
            if fillers:
                roles.append((role, fillers))
        if subject in self.types:  # the node is the thing itself
            roles.insert(0, (kind, [{"n": self.ids[subject]}]))
        roles.extend((self._term(p), [self._filler(v) for v in vs]) for p, vs in left.items() if vs)
        status = next((short(t.value).partition(":")[2] for t in graph.values(subject, iri("vk:status"))), "asserted")
        rule = next((self._name(t.value) for t in graph.values(subject, iri("prov:wasGeneratedBy"))), "")
        found = (self._evidence(t.value, subject) for t in graph.values(subject, iri("prov:wasDerivedFrom")))
        made = self.out.evidence
        evidence = sorted({e for e in found if e >= 0}, key=lambda i: (made[i].article, made[i].start))
        return Fact(self.ids[subject], kind, status if status in STATUSES else "asserted", rule, roles, evidence)

    def _fits(self, value: Term, wanted: Iterable[str]) -> bool:
        """True where a value may fill a role; only asked to tell roles apart that share a property."""
        names = set(wanted)
        if not names:
            return True
        if value.is_literal:
            return bool(names & {"string", "number", "date", "stretch"})
        kind = self.types.get(value.value)
        return kind in names if kind else True

    def _evidence(self, node: str, fact: str) -> int:
        """Index of the evidence of a fact: facts may share the stretch, the role words are each one's own."""
        graph = self.graph
        mentions = []
        for mention in (t.value for t in graph.values(node, iri("vk:roleMention"))):
            owners = [t.value for t in graph.values(mention, iri("vk:ofFact"))]
            if not owners or fact in owners:
                mentions.append(mention)
        key = (node, fact if mentions else "")
        if key in self.evidence_at:
            return self.evidence_at[key]
        start = end = -1
        exact = prefix = suffix = ""
        for selector in (t.value for t in graph.values(node, iri("oa:hasSelector"))):
            exact = exact or graph.text(selector, iri("oa:exact"))
            prefix = prefix or graph.text(selector, iri("oa:prefix"))
            suffix = suffix or graph.text(selector, iri("oa:suffix"))
            start = max(start, _whole(graph.text(selector, iri("oa:start"))))
            end = max(end, _whole(graph.text(selector, iri("oa:end"))))
        if not exact:
            self.evidence_at[key] = -1
            return -1
        marks = []
        for mention in mentions:
            role = clean_line(graph.text(mention, iri("vk:roleName")))
            span = (_whole(graph.text(mention, iri("oa:start"))), _whole(graph.text(mention, iri("oa:end"))))
            if role and span[0] >= 0:
                marks.append((span[0] - start, span[1] - start, role))
        article = next((self.article_at.get(t.value, -1) for t in graph.values(node, iri("oa:hasSource"))), -1)
        self.evidence_at[key] = len(self.out.evidence)
        self.out.evidence.append(Evidence(article, start, end, _parts(prefix, exact, suffix, marks)))
        return self.evidence_at[key]

    def _article(self, subject: str) -> Article:
        graph = self.graph

        def fillers(name: str) -> list[Filler]:
            return [self._filler(v) for v in graph.values(subject, iri(name))]

        images = [t.value for t in graph.values(subject, iri("schema:image"))]
        return Article(
            self.ids[subject],
            clean_line(graph.text(subject, iri("schema:headline"), iri("schema:name"))),
            clean_line(graph.text(subject, iri("schema:datePublished"))),
            fillers("schema:publisher"),
            fillers("schema:author"),
            fillers("schema:about"),
            clean_line(graph.text(subject, iri("schema:abstract"))),
            [clean_line(graph.text(i, iri("schema:caption"))) for i in images],
        )


def _bounds(left: dict[str, list[Term]]) -> tuple[str, list[Filler]]:
    """The sign before a value that is "about", and a value's bounds, each with its sign; takes them out of `left`."""

    def holds(name: str) -> bool:
        return any(t.value in ("true", "1") for t in left.pop(iri(name), []))

    lower, upper = holds("vk:lowerBoundExclusive"), holds("vk:upperBoundExclusive")
    bounds = [_number(t) | {"s": ">" if lower else "≥"} for t in left.pop(iri("schema:minValue"), [])]
    bounds += [_number(t) | {"s": "<" if upper else "≤"} for t in left.pop(iri("schema:maxValue"), [])]
    return "≈" if holds("vk:approximate") else "", bounds


def _number(term: Term) -> Filler:
    """A number as a filler; the text itself where it is none."""
    try:
        number = float(term.value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        return {"t": clean_line(term.value)}
    return {"v": int(number) if number.is_integer() else number}


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else -1


def _parts(prefix: str, exact: str, suffix: str, marks: Iterable[tuple[int, int, str]]) -> list[tuple[str, int, str]]:
    """The context cut at the borders of the stretch and of the role words; where words overlap, the shorter win.

    Offsets of `marks` are from the start of `exact`, and may reach into the context.
    """
    text = prefix + exact + suffix
    inside = [0] * len(prefix) + [1] * len(exact) + [0] * len(suffix)
    roles = [""] * len(text)
    for start, end, role in sorted(marks, key=lambda m: (m[0] - m[1], m)):
        for i in range(max(start + len(prefix), 0), min(end + len(prefix), len(text))):
            roles[i] = role
    parts: list[tuple[str, int, str]] = []
    at = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or (inside[i], roles[i]) != (inside[at], roles[at]):
            parts.append((clean(text[at:i]), inside[at], roles[at]))
            at = i
    return parts


__all__ = ["Article", "Content", "Evidence", "Fact", "Filler", "Node", "read_content"]
