"""The ontology as the writer needs it: fact kinds and roles with their RDF terms, from the generated tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kg.errors import RuleError
from kg.rdf.terms import curie, term
from kg.resources import resource
from kg.text.normal import tone_key


@dataclass(frozen=True, slots=True)
class RoleSpec:
    """One role of a fact kind; terms are in N-Triples form, None where the ontology says nothing.

    Attributes:
        property: the property on the fact node; `is_object` where its values are nodes.
        datatype: the prefixed datatype that the property's range demands.
        text_property: the property used instead where the filler is words.
        coins: class of the node that is made from the filler's words.
        codes: code of the record → term, where the role takes codes; `codes_class` is their class.
        describes, inverse: properties between the main entity and the filler, written where the fact is asserted.
        group_class: a further class of a group in this role.
    """

    name: str
    required: bool
    qualifier: bool
    fillers: frozenset[str]
    property: str
    is_object: bool
    datatype: str = ""
    text_property: str | None = None
    coins: str | None = None
    codes: Mapping[str, str] | None = None
    codes_class: str | None = None
    describes: str | None = None
    inverse: str | None = None
    group_class: str | None = None


@dataclass(frozen=True, slots=True)
class KindSpec:
    """One fact kind: its class, the classes of other vocabularies that an asserted one also has, its roles."""

    kind: str
    cls: str
    types: tuple[str, ...]
    main: str | None
    main_classes: tuple[str, ...]
    roles: Mapping[str, RoleSpec]


@dataclass(frozen=True, slots=True)
class Spec:
    """All tables of the ontology.

    Attributes:
        kinds: kind → its specification.
        entities: entity type → default classes.
        begins: entity type → (comparison key of the words that a name begins with, class), longest first.
        event_classes: code of `event_type` → class.
        units: unit as written → UN/CEFACT code.
        labels: prefixed term → language → label.
    """

    kinds: Mapping[str, KindSpec]
    entities: Mapping[str, tuple[str, ...]]
    begins: Mapping[str, tuple[tuple[str, str], ...]]
    event_classes: Mapping[str, str]
    units: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def label(self, term_of: str, language: str) -> str:
        """The label of a term (in N-Triples form) of the ontology, or its local name."""
        name = curie(term_of[1:-1])
        return self.labels.get(name, {}).get(language) or name.rpartition(":")[2]

    def narrower(self, entity_type: str, name: str) -> str | None:
        """The class that the beginning of a name tells, or None."""
        return _narrower(self.begins.get(entity_type, ()), tone_key(name))


@lru_cache(maxsize=65536)
def _narrower(begins: tuple[tuple[str, str], ...], key: str) -> str | None:
    for words, cls in begins:
        if key.startswith(words) and not key[len(words) : len(words) + 1].isalnum():
            return cls
    return None


def _optional(entry: Mapping[str, Any], key: str) -> str | None:
    return term(entry[key]) if entry.get(key) else None


def _role(name: str, entry: Mapping[str, Any], codes: Mapping[str, Mapping[str, str]]) -> RoleSpec:
    listed = codes.get(entry["codes"]) if entry.get("codes") else None
    return RoleSpec(
        name=name,
        required=entry["required"],
        qualifier=entry["qualifier"],
        fillers=frozenset(entry["fillers"]),
        property=term(entry["property"]),
        is_object=entry["object"],
        datatype=entry.get("datatype", ""),
        text_property=_optional(entry, "text_property"),
        coins=_optional(entry, "coins"),
        codes={code: term(value) for code, value in listed.items()} if listed is not None else None,
        codes_class=_optional(entry, "codes"),
        describes=_optional(entry, "describes"),
        inverse=_optional(entry, "inverse"),
        group_class=_optional(entry, "group_class"),
    )


def make_spec(facts: Mapping[str, Any], classes: Mapping[str, Any]) -> Spec:
    """The specification from the content of `facts.json` and `classes.json`."""
    return Spec(
        kinds={
            kind: KindSpec(
                kind=kind,
                cls=term(entry["class"]),
                types=tuple(term(t) for t in entry["types"]),
                main=entry["main"],
                main_classes=tuple(term(c) for c in entry["main_classes"]),
                roles={name: _role(name, role, classes["codes"]) for name, role in entry["roles"].items()},
            )
            for kind, entry in facts.items()
        },
        entities={t: tuple(term(c) for c in found) for t, found in classes["entities"].items()},
        begins={
            t: tuple((tone_key(words), term(cls)) for words, cls in pairs) for t, pairs in classes["begins"].items()
        },
        event_classes={code: term(c) for code, c in classes["codes"].get("schema:Event", {}).items()},
        units=classes["units"],
        labels=classes["labels"],
    )


@cache
def load_spec(folder: Path | None = None) -> Spec:
    """The shipped specification, or that of another ontology folder.

    Raises:
        RuleError: a generated table is missing or broken.
    """
    folder = folder or resource("ontology")
    try:
        facts, classes = (
            json.loads((folder / name).read_text(encoding="utf-8")) for name in ("facts.json", "classes.json")
        )
        return make_spec(facts, classes)
    except (OSError, ValueError, KeyError) as problem:
        raise RuleError(
            f"{folder}: the tables of the ontology cannot be read: {problem}", "run scripts/generate.py"
        ) from None
