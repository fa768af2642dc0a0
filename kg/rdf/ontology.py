"""Reads `ontology/*.ttl` into the plain tables that the writer, the rule checker and the viewer use.

The tables are generated files (`ontology/facts.json`, `ontology/classes.json`): nothing parses Turtle at run time.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import RuleError
from kg.rdf.terms import PREFIXES, VK, curie

_RDF_TYPE = PREFIXES["rdf"] + "type"
_LABEL = PREFIXES["rdfs"] + "label"
_DEFINITION = PREFIXES["skos"] + "definition"
_SUBCLASS = PREFIXES["rdfs"] + "subClassOf"
_BOOLEAN = {"true": True, "1": True}


def ontology_files(folder: Path) -> list[Path]:
    """The Turtle files of the ontology proper and of the terms it takes from elsewhere, sorted."""
    return [*sorted(folder.glob("vnkg*.ttl")), folder / "external.ttl"]


class Ontology:
    """All triples of the ontology files, looked up by subject and property.

    Attributes:
        subjects: IRI to property IRI to values (IRIs as strings, literals as pyoxigraph literals), in sorted order.
    """

    def __init__(self, files: list[Path]) -> None:
        self.subjects: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for path in files:
            try:
                quads = list(ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE))
            except (OSError, SyntaxError) as problem:
                raise RuleError(
                    f"{path}: the ontology file cannot be read: {problem}",
                    "the message names the line; rapper -c FILE tells more",
                ) from None
            for quad in quads:
                if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
                    raise RuleError(f"{path}: blank node near {quad.subject}", "give the node an IRI")
                value = quad.object.value if isinstance(quad.object, ox.NamedNode) else quad.object
                self.subjects[quad.subject.value][quad.predicate.value].append(value)
        for properties in self.subjects.values():
            for values in properties.values():
                values.sort(key=str)

    def values(self, subject: str, name: str) -> list[str]:
        """Values of a property as strings; `name` is a local name of `vk:` or a full IRI."""
        iri = name if ":" in name else VK + name
        return [v if isinstance(v, str) else v.value for v in self.subjects[subject].get(iri, ())]

    def one(self, subject: str, name: str) -> str | None:
        """The first value of a property, or None."""
        found = self.values(subject, name)
        return found[0] if found else None

    def texts(self, subject: str, name: str) -> dict[str, str]:
        """The Vietnamese and English texts of a property."""
        return {
            v.language: v.value
            for v in self.subjects[subject].get(name, ())
            if isinstance(v, ox.Literal) and v.language in ("vi", "en")
        }

    def of_type(self, name: str) -> list[str]:
        """IRIs of everything of a type, sorted."""
        return sorted(s for s, p in self.subjects.items() if name in p.get(_RDF_TYPE, ()))

    def is_a(self, subject: str, name: str) -> bool:
        """True where `subject` is directly of that type."""
        return name in self.subjects[subject].get(_RDF_TYPE, ())


def _ordered(texts: dict[str, str]) -> dict[str, str]:
    return {language: texts[language] for language in ("vi", "en") if language in texts}


def fact_table(onto: Ontology) -> dict[str, Any]:
    """The content of `facts.json`: every fact kind with its class and roles.

    Raises:
        RuleError: a role names a class without a kind, or lacks a name, a property or a filler type.
    """
    table: dict[str, Any] = {}
    by_class: dict[str, str] = {}
    for iri in onto.of_type(PREFIXES["owl"] + "Class"):
        kind = onto.one(iri, "kind")
        if kind is None:
            continue
        by_class[iri] = kind
        supers = [curie(c) for c in onto.values(iri, _SUBCLASS)]
        entry: dict[str, Any] = {
            "class": curie(iri),
            "types": [c for c in supers if c.startswith(("schema:", "org:"))],
            "label": _ordered(onto.texts(iri, _LABEL)),
            "comment": _ordered(onto.texts(iri, _DEFINITION)),
            "main": onto.one(iri, "mainRole"),
            "main_classes": [curie(c) for c in onto.values(iri, "mainClass")],
            "roles": {},
        }
        table[kind] = entry
    for role in sorted(onto.of_type(VK + "FactRole"), key=lambda r: (int(onto.one(r, "order") or 0), r)):
        owner, name, prop = onto.one(role, "roleOf"), onto.one(role, "roleName"), onto.one(role, "roleProperty")
        fillers = onto.values(role, "filler")
        if owner not in by_class or not name or not prop or not fillers:
            raise RuleError(f"{curie(role)}: a role needs vk:roleOf, vk:roleName, vk:roleProperty and vk:filler")
        table[by_class[owner]]["roles"][name] = _role(onto, role, prop, fillers)
    return {kind: table[kind] for kind in sorted(table)}


def _role(onto: Ontology, role: str, prop: str, fillers: list[str]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "required": onto.one(role, "required") in _BOOLEAN,
        "qualifier": onto.one(role, "qualifier") in _BOOLEAN,
        "fillers": fillers,
        "property": curie(prop),
        "object": onto.is_a(prop, PREFIXES["owl"] + "ObjectProperty"),
        "label": _ordered(onto.texts(role, _LABEL)),
        "comment": _ordered(onto.texts(role, _DEFINITION)),
    }
    datatype = onto.one(prop, PREFIXES["rdfs"] + "range")
    if datatype and not entry["object"]:
        entry["datatype"] = curie(datatype)
    for key, name in (
        ("text_property", "textProperty"),
        ("coins", "coins"),
        ("codes", "codesOf"),
        ("describes", "describes"),
        ("inverse", "describesInverse"),
        ("group_class", "groupClass"),
    ):
        value = onto.one(role, name)
        if value:
            entry[key] = curie(value)
    return entry


def class_table(onto: Ontology) -> dict[str, Any]:
    """The content of `classes.json`.

    Keys: `entities` (entity type → classes), `begins` (entity type → [words a name begins with, class]), `codes`
    (class → code → term), `units` (word → UN/CEFACT code), `labels` (term → language → label).
    """
    entities: dict[str, list[str]] = defaultdict(list)
    begins: dict[str, list[list[str]]] = defaultdict(list)
    codes: dict[str, dict[str, str]] = defaultdict(dict)
    units: dict[str, str] = {}
    labels: dict[str, dict[str, str]] = {}

    def types_of(iri: str) -> list[str]:
        """The entity types of a class or of the nearest class above it."""
        found = onto.values(iri, "refines") or onto.values(iri, "entityType")
        return found or [t for above in onto.values(iri, _SUBCLASS) for t in types_of(above)]

    for iri in sorted(onto.subjects):
        name = curie(iri)
        for entity_type in onto.values(iri, "entityType"):
            concept = [c for c in map(curie, onto.values(iri, _SUBCLASS)) if c == "skos:Concept"]
            entities[entity_type] += [name, *concept]
        for word in onto.values(iri, "nameBegins"):
            for entity_type in types_of(iri):
                begins[entity_type].append([word, name])
        code = onto.one(iri, "code")
        if code:
            parents = onto.values(iri, _SUBCLASS) or [
                t for t in onto.values(iri, _RDF_TYPE) if not t.startswith(PREFIXES["owl"])
            ]
            for parent in parents:
                codes[curie(parent)][code] = name
        if onto.is_a(iri, VK + "Unit"):
            notation = onto.one(iri, PREFIXES["skos"] + "notation") or ""
            units.update(dict.fromkeys(onto.values(iri, PREFIXES["skos"] + "altLabel"), notation))
        label = _ordered(onto.texts(iri, _LABEL))
        if label:
            labels[name] = label
    return {
        "entities": {k: sorted(set(v)) for k, v in sorted(entities.items())},
        "begins": {k: sorted(v, key=lambda p: (-len(p[0]), p)) for k, v in sorted(begins.items())},
        "codes": {k: dict(sorted(v.items())) for k, v in sorted(codes.items())},
        "units": dict(sorted(units.items())),
        "labels": labels,
    }
