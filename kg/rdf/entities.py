"""Entities as RDF: classes, labels, other names."""

from __future__ import annotations

import re

from kg.model import Entity
from kg.rdf.spec import Spec
from kg.rdf.terms import Triple, quoted, term, text
from kg.text.normal import tone_key

TYPE = term("rdf:type")
PREF_LABEL = term("skos:prefLabel")
ALT_LABEL = term("skos:altLabel")
NAME = term("schema:name")
ALTERNATE_NAME = term("schema:alternateName")
DESCRIPTION = term("schema:description")
POST = term("org:Post")
LEGISLATION = term("schema:Legislation")
CODE_SET = term("vk:CodeOfConductSet")
_IDENTIFIER = term("schema:identifier")
_LEGAL_RESOURCE = term("eli:LegalResource")
_CREATIVE_WORK = term("schema:CreativeWork")
_THEME = term("vk:AnnualTheme")
_CONCEPT = term("skos:Concept")
_CITY = term("schema:City")
_QUOTED_END = re.compile(r"[“\"«]([^“”\"«»]+)[”\"»]\s*$")
_ABBREVIATION = re.compile(r"^(.*\S)\s*\(([^()]{1,40})\)$", re.DOTALL)
_COUNTRY_LEVELS = frozenset({"quốc gia", "nước", "country"})


def plain(words: str) -> str:
    """Words of an article on one line, single-spaced."""
    return " ".join(words.split())


def labels(entity: Entity) -> tuple[str, list[str]]:
    """The preferred label and the other names, none twice, none empty.

    An initiative is called by its quoted title, an indicator by its name without the abbreviation in parentheses; the
    full form of an initiative and the abbreviation are other names.
    """
    name = plain(entity.name)
    others = [plain(alias) for alias in entity.aliases]
    if entity.type == "Initiative":
        title = _QUOTED_END.search(name)
        if title:
            others.append(name)
            name = plain(title[1])
    elif entity.type == "Indicator":
        short = _ABBREVIATION.match(name)
        if short:
            others = [short[2].strip(), *(o for o in others if o != name)]
            name = plain(short[1])
        if entity.attributes.get("abbreviation"):
            others.append(plain(entity.attributes["abbreviation"]))
    return name, [o for o in dict.fromkeys(others) if o and o != name]


def document_title(entity: Entity, stated: str | None) -> str:
    """The title of a document: as stated, else what its name quotes, else the whole name."""
    if stated:
        return plain(stated).strip("“”\"'«» ")
    title = _QUOTED_END.search(plain(entity.name))
    return plain(title[1]) if title else plain(entity.name)


def classes(entity: Entity, spec: Spec, extra: tuple[str, ...] = ()) -> set[str]:
    """All classes of an entity: those of its type, that which its name tells, and `extra` (from its facts).

    A class of `extra` that is a kind of document or event replaces what the name tells.
    """
    default = spec.entities.get(entity.type)
    found = set(default) if default else {_CONCEPT}
    narrower = next((c for name in (entity.name, *entity.aliases) if (c := spec.narrower(entity.type, name))), None)
    if entity.type == "Document":
        if CODE_SET in extra:
            return {CODE_SET, _CREATIVE_WORK}
        narrower = next(iter(extra), None) or spec.narrower("Document", entity.name) or narrower
        if narrower == LEGISLATION:
            return {LEGISLATION, _LEGAL_RESOURCE}
        found.add(narrower or term("vk:Document"))
        return found
    if entity.type == "Event" and extra:
        return found | set(extra)
    if entity.type == "Initiative" and (_THEME in extra or narrower == _THEME):
        # "Năm …" may also begin a movement's name; only its own words or a fact make it a theme.
        return {_THEME, _CONCEPT, *extra}
    if entity.type == "Place":
        if tone_key(entity.attributes.get("level", "")) in _COUNTRY_LEVELS or narrower == term("schema:Country"):
            return {term("schema:Country")}
        level = spec.narrower("Place", entity.attributes.get("level", ""))
        return found | {c for c in (narrower, level) if c == _CITY}
    found.update(extra)
    if narrower:
        found.add(narrower)
    return found


def describe(entity: Entity, node: str, spec: Spec, extra: tuple[str, ...], title: str | None) -> list[Triple]:
    """All triples of an entity that no fact states: its classes, labels and official code.

    Args:
        entity: the entity.
        node: its term.
        spec: the ontology's tables.
        extra: classes that its facts tell.
        title: a document's stated title.
    """
    found = classes(entity, spec, extra)
    triples = [(node, TYPE, cls) for cls in sorted(found)]
    label, others = labels(entity)
    triples.append((node, PREF_LABEL, text(label)))
    if entity.type == "Person":
        triples.append((node, NAME, text(label)))
        triples += [(node, ALTERNATE_NAME, text(other)) for other in others]
    else:
        triples += [(node, ALT_LABEL, text(other)) for other in others]
    if entity.type == "Document" and CODE_SET not in found:
        triples.append((node, NAME, text(document_title(entity, title))))
    code = entity.attributes.get("code")
    if entity.type == "Place" and code:
        triples.append((node, _IDENTIFIER, quoted(code)))
    return triples
