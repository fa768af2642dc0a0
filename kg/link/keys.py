"""Identity keys: which mentions of different articles mean one real thing.

A key is a string `type|name|anchor`; equal keys are one node. The anchor is empty, an official marker, or what the
name is unique within (a body, a place, an article). Names are compared in lower case with the tone mark's place
normalised and the usual abbreviations of bodies written out, and never with tone marks removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from kg.model import Entity, EntityRef, Fact, Reading, Value
from kg.text.normal import tone_key

_SPACE = re.compile(r"\s+")
_QUOTES = str.maketrans(dict.fromkeys("“”\"'‘’«»"))
_LONG_FORMS = (
    (re.compile(r"\bubnd\b"), "ủy ban nhân dân"),
    (re.compile(r"\buỷ ban\b"), "ủy ban"),
    (re.compile(r"\bhđnd\b"), "hội đồng nhân dân"),
    (re.compile(r"\bub mttq\b"), "ủy ban mặt trận tổ quốc"),
    (re.compile(r"\bmttq\b"), "mặt trận tổ quốc"),
    (re.compile(r"\btand\b"), "tòa án nhân dân"),
    (re.compile(r"\bvksnd\b"), "viện kiểm sát nhân dân"),
    (re.compile(r"\bbhxh\b"), "bảo hiểm xã hội"),
    (re.compile(r"\btp\b\.?"), "thành phố"),
    (re.compile(r"\btx\b\.?"), "thị xã"),
    (re.compile(r"\btw\b|\bt\.ư\b\.?|\btư\b"), "trung ương"),
    (re.compile(r"\btp\.hcm\b|\bthành phố hcm\b|\btphcm\b"), "thành phố hồ chí minh"),
)
# A body that ends in a bare level ("UBND tỉnh") or is of a local sort without a place is a different body elsewhere.
_BARE_LEVEL = re.compile(r"\b(?:tỉnh|thành phố|quận|huyện|thị xã|xã|phường|thị trấn|trường|công ty|cơ quan|đơn vị)$")
_LOCAL_BODY = re.compile(
    r"(?:sở|phòng|chi cục|thành ủy|tỉnh ủy|huyện ủy|quận ủy|thị ủy|đảng bộ|đảng ủy|công an|ban|hội đồng|đoàn|văn phòng"
    r"|ủy ban nhân dân|hội đồng nhân dân|trung tâm|trường|tòa án|viện kiểm sát)\b"
)
# Names of provinces and of cities are unique, those of smaller units are not.
_UPPER_UNIT = re.compile(r"(?i)\b(?:tỉnh|thành phố|tp\.?)\s+(\w)")
_LOWER_UNIT = re.compile(r"(?i)\b(?:quận|huyện|thị xã|thị trấn|phường|thị|xã)\s+(?:(?:ủy|uỷ)\s+)?(\w)")
_FULL_NUMBER = re.compile(r"\d.*[/-].*\w")
# Numbers of the Government, the National Assembly, ministries and the like name their issuer.
_NATIONAL_SERIES = re.compile(
    r"[-/](?:CP|TTg|TW|T\.?Ư|QH\d*|UBTVQH\d*|CTN|BCT|VPCP|TTCP|NHNN|TANDTC|VKSNDTC|B[A-ZĐ&]{1,8})$", re.IGNORECASE
)
_PARENTHESIS = re.compile(r"\s*\([^()]*\)\s*$")
# Concepts: the name is the thing.
_BY_NAME = frozenset({"Indicator", "Award", "Topic"})


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """The comparison form of a name: lower case, single spaces, no quotes, one place for the tone mark.

    >>> name_key("Uỷ ban  nhân dân") == name_key("Ủy ban nhân dân")
    True
    >>> name_key("Văn An") == name_key("Văn Ân")
    False
    """
    return tone_key(_SPACE.sub(" ", name.translate(_QUOTES)).strip())


@lru_cache(maxsize=65536)
def organization_name_key(name: str) -> str:
    """The comparison form of a body's name, with abbreviations written out.

    >>> organization_name_key("UBND TP Hà Nội") == organization_name_key("Ủy ban nhân dân thành phố Hà Nội")
    True
    """
    key = name_key(name)
    for pattern, long_form in _long_forms():
        key = pattern.sub(long_form, key)
    return key


@lru_cache(maxsize=1)
def _long_forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((pattern, tone_key(long_form)) for pattern, long_form in _LONG_FORMS)


def _organization(entity: Entity, entities: dict[str, Entity], article: str, places: Iterable[str]) -> str:
    key = organization_name_key(entity.name)
    low, high = _named(_LOWER_UNIT, entity.name), _named(_UPPER_UNIT, entity.name)
    if low or _BARE_LEVEL.search(key):
        anchored = True
    else:
        anchored = not high and bool(_LOCAL_BODY.match(key)) and not any(key.endswith(place) for place in places)
    if not anchored:
        return f"Organization|{key}|"
    unit = entity.attributes.get("unit")
    if unit:
        return f"Organization|{key}|Place|{unit}|code"
    place = entities.get(entity.attributes.get("place", ""))
    # District and commune names recur: without the official code, "UBND huyện Châu Thành" is this article's.
    known = place is not None and (not low or "code" in place.attributes)
    return f"Organization|{key}|{_place(place) if known and place is not None else article}"


def _named(level: re.Pattern[str], name: str) -> bool:
    """True where a level of units is followed by a unit's own name or number."""
    return any(not m[1].islower() for m in level.finditer(name))


def _place(entity: Entity) -> str:
    code = entity.attributes.get("code")
    if code:
        return f"Place|{code}|code"
    return f"Place|{name_key(entity.name)}|{name_key(entity.attributes.get('level', ''))}"


def _document(entity: Entity, fact: Fact | None, article: str, issuer: str) -> str:
    number, kind = entity.attributes.get("number", ""), entity.attributes.get("doc_type", "")
    if fact is not None:
        number = number or _first_value(fact, "number")
        kind = kind or _first_value(fact, "doc_type")
    # "Nghị quyết 54" is some resolution; "54/NQ-CP" is one; "12/QĐ-UBND" is one of its issuer's.
    if _FULL_NUMBER.search(number):
        national = _NATIONAL_SERIES.search(number) is not None
        if national or issuer:
            return f"Document|{name_key(kind)} {name_key(number)}|{'' if national else issuer}"
    return f"Document|{name_key(entity.name)}|{article}"


def _first_value(fact: Fact, role: str) -> str:
    return next((str(f.value) for f in fact.roles.get(role, ()) if isinstance(f, Value)), "")


def entity_keys(reading: Reading, article: str) -> dict[str, str]:
    """Identity key of each entity of a reading, by the entity's id.

    Args:
        reading: the article's reading.
        article: what names the article; keys of things that only this article knows hold it.
    """
    entities = {e.id: e for e in reading.entities}
    places = {name_key(e.name) for e in reading.entities if e.type == "Place"}
    posts: dict[str, str] = {}
    documents: dict[str, Fact] = {}
    for fact in reading.facts:
        if fact.kind == "holds_post":
            for person in fact.roles.get("person", ()):
                for body in fact.roles.get("organization", ()):
                    if isinstance(person, EntityRef) and isinstance(body, EntityRef) and body.id in entities:
                        posts.setdefault(person.id, body.id)
        elif fact.kind == "document":
            for document in fact.roles.get("document", ()):
                if isinstance(document, EntityRef):
                    documents.setdefault(document.id, fact)

    keys: dict[str, str] = {}
    for entity in reading.entities:
        if entity.type == "Place":
            keys[entity.id] = _place(entity)
        elif entity.type == "Organization":
            keys[entity.id] = _organization(entity, entities, article, places)
        elif entity.type in _BY_NAME:
            keys[entity.id] = f"{entity.type}|{name_key(_PARENTHESIS.sub('', entity.name) or entity.name)}"
    persons: dict[str, int] = {}
    for entity in reading.entities:
        if entity.id in keys:
            continue
        if entity.type == "Person":
            anchor = keys.get(posts.get(entity.id, ""), article)
            key = f"Person|{name_key(entity.name)}|{anchor}"
            # The reading holds two persons of one name: keep them apart.
            persons[key] = seen = persons.get(key, 0) + 1
            keys[entity.id] = key if seen == 1 else f"{key}|{article}|{seen}"
        elif entity.type == "Document":
            stated = documents.get(entity.id)
            keys[entity.id] = _document(entity, stated, article, _issuer(stated, keys))
        else:
            keys[entity.id] = f"{entity.type}|{name_key(entity.name)}|{article}"
    return keys


def _issuer(fact: Fact | None, keys: dict[str, str]) -> str:
    """The key of the stated issuer, or nothing."""
    fillers = fact.roles.get("issuer", ()) if fact is not None else ()
    return next((keys.get(f.id, "") for f in fillers if isinstance(f, EntityRef)), "")
