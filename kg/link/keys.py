"""Identity keys: which mentions of different articles mean one real thing.

A key is a string `type|name|anchor`; equal keys are one node. The anchor is empty, an official marker, or what the
name is unique within (a body, a place, an article). Names are compared in lower case with the tone mark's place
normalised and the usual abbreviations of bodies written out, and never with tone marks removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from kg.extract.keys import body_key
from kg.extract.keys import name_key as extract_name_key
from kg.model import Entity, EntityRef, Fact, Reading, Value
from kg.text.gazetteer import gazetteer
from kg.text.normal import tone_key

_SPACE = re.compile(r"\s+")
_QUOTES = str.maketrans(dict.fromkeys("“”\"'‘’«»"))
# Bodies of the whole country: one each, wherever they are named.
_NATIONAL = re.compile(
    r"(?:\b(?:trung ương|trung ương đảng|chính phủ|quốc hội|quốc gia|chủ tịch nước|nhà nước|tối cao)"
    r"|^ban bí thư|^bộ chính trị)$"
)
_LEVELS = "(?:thành phố|tỉnh|quận|huyện|thị xã|thị trấn|xã|phường|thủ đô)"
# Names of a unit besides its official one, as keys.
_ALSO = {"79": ("hồ chí minh", "sài gòn")}
# Offices that one person at a time holds in a province or district, and its highest bodies: whoever leads one of them
# there is known by the unit, also where papers name another of the posts.
_LEADS = ("chủ tịch", "phó chủ tịch", "bí thư", "phó bí thư", "trưởng đoàn", "phó trưởng đoàn")
_HIGHEST = frozenset((
    "ủy ban nhân dân", "hội đồng nhân dân", "tỉnh ủy", "thành ủy", "huyện ủy", "quận ủy", "thị ủy",
    "đoàn đại biểu quốc hội", "ban thường vụ tỉnh ủy", "ban thường vụ thành ủy", "ban chấp hành đảng bộ",
))  # fmt: skip
# Titles of the state that say whose they are by themselves.
_OF_STATE = frozenset((
    "thủ tướng", "phó thủ tướng", "phó thủ tướng thường trực", "chủ tịch nước", "phó chủ tịch nước", "tổng bí thư",
    "quyền chủ tịch nước",
))  # fmt: skip
_STATE = frozenset(("chính phủ", "quốc hội"))
_PARTY = frozenset(("bộ chính trị", "ban bí thư", "trung ương đảng", "ban chấp hành trung ương đảng"))
_OFFICES = frozenset((("chủ nhiệm", "văn phòng chính phủ"), ("chủ nhiệm", "văn phòng quốc hội")))
_LATER = 10  # ranks of posts that were held, or are only being given
_MEMBERS = ("đại biểu", "thành viên", "ủy viên")
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
_LAW = re.compile(r"(?:luật|bộ luật|hiến pháp|pháp lệnh)$")
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


def _organization(entity: Entity, entities: dict[str, Entity], article: str, places: Iterable[str]) -> str:
    key = body_key(entity.name)
    unit = _unit(entity)
    if unit:
        # However the paper writes the place's name: "UBND TP.HCM", "Ủy ban nhân dân thành phố Hồ Chí Minh".
        return f"Organization|{_core(key, unit)}{_of(unit)}|Place|{unit}|code"
    if _NATIONAL.search(key):
        return f"Organization|{key}|"
    low, high = _named(_LOWER_UNIT, entity.name), _named(_UPPER_UNIT, entity.name)
    if low or _BARE_LEVEL.search(key):
        anchored = True
    else:
        anchored = not high and bool(_LOCAL_BODY.match(key)) and not any(key.endswith(place) for place in places)
    if not anchored:
        return f"Organization|{key}|"
    place = entities.get(entity.attributes.get("place", ""))
    # District and commune names recur: without the official code, "UBND huyện Châu Thành" is this article's.
    known = place is not None and (not low or "code" in place.attributes)
    return f"Organization|{key}|{_place(place) if known and place is not None else article}"


def _unit(entity: Entity) -> str:
    """Id of the unit that a local body is of; of a province's also where only the name tells; "" for none."""
    if unit := entity.attributes.get("unit"):
        return unit
    return _province(body_key(entity.name))


@lru_cache(maxsize=65536)
def _province(key: str) -> str:
    if not _LOCAL_BODY.match(key):
        return ""
    for name, unit in gazetteer().provinces.items():
        ends = [f" {n}" for n in (extract_name_key(name), *_ALSO.get(unit.id, ()))]
        # "UBND thành phố Yên Bái" is the city's, which lies in the province of its name.
        if any(key.endswith(end) and not key.removesuffix(end).endswith((" thành phố", " huyện")) for end in ends):
            return unit.id
    return ""


def _of(unit: str) -> str:
    """The name of a unit, one for all spellings, as it ends the names of its bodies."""
    known = gazetteer().unit(unit)
    return f" {tone_key(known.name)}" if known is not None else ""


@lru_cache(maxsize=65536)
def _core(key: str, unit: str) -> str:
    """A body's key without the name of its place.

    >>> _core("ủy ban nhân dân hà nội", "01")
    'ủy ban nhân dân'
    """
    known = gazetteer().unit(unit)
    if known is None:
        return key
    names = "|".join(
        re.escape(n)
        for n in sorted({*map(extract_name_key, (known.name,)), *_ALSO.get(unit, ())}, key=len, reverse=True)
    )
    return re.sub(rf"(?: {_LEVELS})?(?:^| )(?:{names})$", "", key) or key


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
    if not number and _LAW.match(name_key(kind)):
        # Laws are called by their name; which of several of that name only a year tells.
        return f"Document|{name_key(_PARENTHESIS.sub('', entity.name) or entity.name)}|"
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
    documents: dict[str, Fact] = {}
    for fact in reading.facts:
        if fact.kind == "document":
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
    anchors = _anchors(reading, entities, keys)
    persons: dict[str, int] = {}
    for entity in reading.entities:
        if entity.id in keys:
            continue
        if entity.type == "Person":
            anchor = anchors.get(entity.id, article)
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


def _anchors(reading: Reading, entities: dict[str, Entity], keys: dict[str, str]) -> dict[str, str]:
    """What each person is known by: the unit or the body of the post that tells most, by the person's id."""
    found: dict[str, tuple[int, str]] = {}
    for fact in reading.facts:
        if fact.kind not in ("holds_post", "personnel_change") or fact.status in ("negated", "planned"):
            continue
        post = name_key(_first_value(fact, "post"))
        bodies = [f.id for f in fact.roles.get("organization", ()) if isinstance(f, EntityRef) and f.id in entities]
        for person in fact.roles.get("person", ()):
            if not isinstance(person, EntityRef):
                continue
            for body in bodies or [""]:
                rank = _rank(post, entities.get(body), keys.get(body, ""))
                if rank is None:
                    continue
                late = fact.kind == "personnel_change" or fact.status == "former"
                this = (rank[0] + (_LATER if late else 0), rank[1])
                found[person.id] = min(this, found.get(person.id, this))
    return {person: anchor for person, (_, anchor) in found.items()}


def _rank(post: str, body: Entity | None, key: str) -> tuple[int, str] | None:
    """How much a post tells of who holds it (0 the most), and what it makes the person known by."""
    if post in _OF_STATE:
        return 1, "state"
    if body is None:
        return None
    unit = body.attributes.get("code", "") if body.type == "Place" else _unit(body)
    core = body_key(body.name) if body.type == "Organization" else ""
    core = _core(core, unit) if unit else core
    if unit and post.startswith(_LEADS) and (body.type == "Place" or core in _HIGHEST):
        return 0, f"Place|{unit}|code"
    if core in _PARTY:
        return 3, "state"
    if (core in _STATE and not post.startswith(_MEMBERS)) or (post, core) in _OFFICES:
        return 1, "state"
    return 2, key


def _issuer(fact: Fact | None, keys: dict[str, str]) -> str:
    """The key of the stated issuer, or nothing."""
    fillers = fact.roles.get("issuer", ()) if fact is not None else ()
    return next((keys.get(f.id, "") for f in fillers if isinstance(f, EntityRef)), "")
