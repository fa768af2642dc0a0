"""What the terms of a graph are called and how they are shown: fact kinds, entity types, labels in two languages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kg.errors import KgError
from kg.rdf.terms import PREFIXES
from kg.resources import resource

STATUSES = ("asserted", "planned", "reported", "negated", "former")

# Entity types in the order of the legend, with standard classes that make a node one, beside those that the ontology
# names: graphs of others, and nodes that only bear the special class. A node of several types is the first.
_CLASSES: dict[str, tuple[str, ...]] = {
    "Person": ("schema:Person",),
    "Organization": ("org:Organization", "schema:Organization", "schema:GovernmentOrganization",
                     "schema:NewsMediaOrganization"),
    "Place": ("schema:Place", "schema:AdministrativeArea", "schema:City", "schema:State", "schema:Country"),
    "Event": ("schema:Event",),
    "Initiative": ("vk:EmulationMovement", "vk:Campaign", "vk:Programme", "vk:Project", "vk:Prize", "vk:AnnualTheme"),
    "Award": (),
    "Indicator": ("schema:StatisticalVariable",),
    "Service": ("cpsv:PublicService", "schema:GovernmentService", "schema:Service"),
    "System": (),
    "Dataset": ("schema:Dataset",),
    "Document": ("schema:Legislation", "eli:LegalResource", "vk:Scheme", "vk:Document", "vk:CodeOfConductSet",
                 "schema:CreativeWork"),
    "Group": ("schema:Audience", "vk:RoleGroup"),
    "Topic": (),
}  # fmt: skip

# Never nodes of the drawing, whatever else they are: parts of facts, of articles, of evidence. What the ontology says
# that roles coin (titles, actions, measures) is one too.
_PARTS = (
    "schema:NewsArticle", "schema:ImageObject", "schema:Action", "org:Role", "org:Post", "oa:SpecificResource",
    "oa:TextPositionSelector", "oa:TextQuoteSelector", "vk:RoleMention", "vk:Rule", "vk:ArticleGraph",
    "skos:ConceptScheme",
)  # fmt: skip


Label = dict[str, str]


def iri(name: str) -> str:
    """The IRI of a prefixed name; other strings as they are.

    >>> iri("vk:status")
    'https://w3id.org/vnkg/ontology#status'
    """
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else name


def short(term: str) -> str:
    """The prefixed name of an IRI, or what stands after its last "/" or "#".

    >>> short("https://w3id.org/vnkg/ontology#status")
    'vk:status'
    """
    for prefix, base in PREFIXES.items():
        if term.startswith(base) and len(term) > len(base):
            return f"{prefix}:{term[len(base) :]}"
    return term.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1] or term


@dataclass(frozen=True)
class Vocabulary:
    """Kinds, types and labels.

    Attributes:
        kinds: fact kind to its entry of `ontology/facts.json`.
        labels: IRI of a class, property or concept to its label in Vietnamese and English.
        codes: class to code to the prefixed name of the term that the code stands for.
        by_class: IRI of a fact class to its kind.
        types: entity type to the IRIs of its classes, in the order of the legend.
        parts: IRIs of the classes of nodes that are never drawn.
    """

    kinds: Mapping[str, Mapping[str, Any]]
    labels: Mapping[str, Label]
    codes: Mapping[str, Mapping[str, str]]
    by_class: Mapping[str, str]
    types: Mapping[str, frozenset[str]]
    parts: frozenset[str]

    def entity_type(self, classes: Iterable[str]) -> str:
        """The entity type of a node with these classes, or "" for a node that is a part of something."""
        own = set(classes)
        if own & self.parts:
            return ""
        return next((kind for kind, known in self.types.items() if own & known), "")

    def kind(self, classes: Iterable[str]) -> str:
        """The fact kind of a node with these classes, or ""."""
        return next((self.by_class[c] for c in sorted(classes) if c in self.by_class), "")

    def label(self, term: str) -> Label:
        """The label of a term in both languages; its name where the ontology has none."""
        return self.labels.get(term) or {"vi": short(term), "en": short(term)}


def load_vocabulary() -> Vocabulary:
    """The vocabulary of the shipped ontology, from the tables generated from it.

    Raises:
        KgError: a table is missing or broken.
    """
    kinds, tables = _table("facts.json"), _table("classes.json")
    labels: dict[str, Label] = {iri(name): dict(label) for name, label in messages()["terms"].items()}
    for name, label in tables["labels"].items():
        either = label.get("vi") or label.get("en") or short(iri(name))
        labels[iri(name)] = {"vi": label.get("vi", either), "en": label.get("en", either)}
    types = {
        kind: frozenset(map(iri, (*own, *(c for c in tables["entities"].get(kind, ()) if c != "skos:Concept"))))
        for kind, own in _CLASSES.items()
    }
    coined = {role["coins"] for entry in kinds.values() for role in entry["roles"].values() if "coins" in role}
    types["Topic"] |= {iri("skos:Concept")}  # many things are concepts; what is nothing else is a topic
    return Vocabulary(
        kinds=kinds,
        labels=labels,
        codes=tables["codes"],
        by_class={iri(entry["class"]): kind for kind, entry in kinds.items()},
        types=types,
        parts=frozenset(map(iri, (*_PARTS, *sorted(coined)))),
    )


def _table(name: str) -> Any:
    path = resource("ontology", name)
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise KgError(f"{path}: the generated table cannot be read: {error}", "install vnkg again") from error


@cache
def messages() -> dict[str, Any]:
    """The page's words: {"ui": {"vi": …, "en": …}, "types", "statuses", "terms": name to label}."""
    text = (files("kg.view") / "messages.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
