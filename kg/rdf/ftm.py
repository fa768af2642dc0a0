"""Entities of FollowTheMoney, one JSON object a line: what investigators' tools (Aleph, OpenSanctions) read.

Its library (the extra `ftm`) knows the schemata and cleans the values. Its schemata know people, bodies, posts and
documents, and few kinds of events: facts that fit none become links between those who stand in them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kg.errors import UsageError
from kg.language import Bilingual
from kg.rdf.iri import digest
from kg.rdf.table import ARTICLE, TYPE, Index, roles_of
from kg.rdf.terms import Quad, term, words_of

# The first class that a thing has decides; what has none of them is no entity there.
_SCHEMATA = (
    ("schema:Person", "Person"),
    ("schema:NewsMediaOrganization", "Organization"),
    ("schema:GovernmentOrganization", "PublicBody"),
    ("org:FormalOrganization", "Organization"),
    ("schema:Event", "Event"),
    ("schema:AdministrativeArea", "Address"),
)
_ALIASES = (term("skos:altLabel"), term("schema:alternateName"))
_LEGAL = ("Person", "PublicBody", "Organization")
# A denied fact says that something is not so: there is no way to say that here.
_SAID = ("asserted", "reported", "former", "planned")


def ftm(quads: list[Quad]) -> str:
    """The entities, sorted by id.

    Raises:
        UsageError: the library is not installed.
    """
    try:
        from followthemoney import model
    except ImportError as error:
        raise UsageError(
            Bilingual(f"this needs the extra ftm ({error.name})", f"cần cài thêm phần ftm ({error.name})"),
            "pip install 'vnkg[ftm]'",
        ) from error
    made: dict[str, Any] = {}
    for schema, key, values in _entities(Index(quads)):
        entity = model.make_entity(schema)
        entity.id = key
        for prop, found in values.items():
            entity.add(prop, found)
        made[key] = entity
    lines = []
    for key in sorted(made):
        plain = made[key].to_dict()
        # The library keeps values in sets.
        plain["properties"] = {p: sorted(v) for p, v in sorted(plain["properties"].items())}
        body = {"id": plain["id"], "schema": plain["schema"], "properties": plain["properties"]}
        lines.append(json.dumps(body, ensure_ascii=False) + "\n")
    return "".join(lines)


_Made = tuple[str, str, dict[str, list[str]]]


def _id(node: str) -> str:
    """An id that their tools take: letters, digits and hyphens, by the whole IRI."""
    return f"vnkg-{digest(node, 10)}"


def _entities(index: Index) -> Iterator[_Made]:
    schemata = {}
    classes = [(term(cls), schema) for cls, schema in _SCHEMATA]
    for node in index.subjects():
        types = index.all(node, TYPE)
        if ARTICLE in types:
            schemata[node] = "Article"
        # A node that a fact and a thing share (an event) bears a name.
        elif not index.kind(node) or index.one(node, term("skos:prefLabel")):
            found = next((schema for cls, schema in classes if cls in types), None)
            if found:
                schemata[node] = found
    for node, schema in schemata.items():
        yield schema, _id(node), _article(index, node) if schema == "Article" else _thing(index, node, schema)
    roles = roles_of(index.spec)
    for fact in index.subjects():
        kind = index.kind(fact)
        if kind is None or index.status(fact) not in _SAID:
            continue
        fillers: dict[str, list[str]] = {}
        for prop in index.properties(fact):
            if role := roles.get((kind, prop)):
                fillers.setdefault(role, []).extend(index.all(fact, prop))
        yield from _fact(index, fact, kind, fillers, schemata)


def _article(index: Index, node: str) -> dict[str, list[str]]:
    return {
        "title": [index.words(node, term("schema:headline"))],
        "publishedAt": [index.words(node, term("schema:datePublished"))],
        "sourceUrl": [index.words(node, term("schema:url"))],
        "summary": [index.words(node, term("schema:abstract"))],
        "language": ["vie"],
        "author": [index.label(a) for a in index.all(node, term("schema:author"))],
        "publisher": [index.label(a) for a in index.all(node, term("schema:publisher"))],
    }


def _thing(index: Index, node: str, schema: str) -> dict[str, list[str]]:
    values = {"name": [index.label(node)], "alias": [words_of(v) for p in _ALIASES for v in index.all(node, p)]}
    if schema == "Address":
        values |= {"full": [index.label(node)]}
    if schema in ("PublicBody", "Address"):
        values["country"] = ["vn"]
    return values


def _fact(
    index: Index, fact: str, kind: str, fillers: dict[str, list[str]], schemata: dict[str, str]
) -> Iterator[_Made]:
    article = index.one(fact, term("vk:statedIn"))
    quote = index.evidence(fact)[2]
    common = {
        "proof": [_id(article)] if article in schemata else [],
        "summary": [quote],
        "recordId": [fact[1:-1]],
        "publisher": [index.label(p) for p in index.all(article, term("schema:publisher"))],
        "sourceUrl": [index.words(article, term("schema:url"))],
    }
    known = {role: [n for n in nodes if n in schemata] for role, nodes in fillers.items()}
    status = index.status(fact)
    if kind == "holds_post" and status != "planned":
        yield from _post(index, fact, known, fillers, {**common, "status": ["ended"] if status == "former" else []})
        return
    date = [words_of(v) for v in fillers.get("date", ()) if v[0] == '"']
    if kind == "event":
        for event in known.get("event", ()):
            legal = {r: [_id(n) for n in nodes if schemata[n] in _LEGAL] for r, nodes in known.items()}
            places = [index.label(n) for n in known.get("place", ())]
            involved = [*legal.get("participant", ()), *legal.get("chair", ()), *legal.get("speaker", ())]
            values = {"organizer": legal.get("organizer", []), "involved": involved, "location": places}
            yield "Event", _id(event), {**_thing(index, event, "Event"), **common, **values, "date": date}
        return
    nodes = list(dict.fromkeys(n for role in index.spec.kinds[kind].roles for n in known.get(role, ())))
    label = index.spec.label(index.spec.kinds[kind].cls, "vi")
    for other in nodes[1:]:
        ends = {"subject": [_id(nodes[0])], "object": [_id(other)], "role": [label], "status": [status], "date": date}
        yield "UnknownLink", f"{_id(fact)}-{digest(other, 4)}", {**common, **ends}


def _post(
    index: Index, fact: str, known: dict[str, list[str]], fillers: dict[str, list[str]], common: dict[str, list[str]]
) -> Iterator[_Made]:
    """A post of FollowTheMoney is a title at a body; two bodies' directors hold two posts."""
    bodies = [n for n in fillers.get("organization", ()) if n[0] == "<"]
    titles = [index.label(p) if p[0] == "<" else words_of(p) for p in fillers.get("post", ())]
    for person in known.get("person", ()):
        for title in filter(None, titles):
            places = [index.label(b) for b in bodies]
            key = f"vnkg-post-{digest('|'.join((title, *bodies)), 10)}"
            position = {
                "name": [", ".join((title, *filter(None, places)))],
                "organization": [_id(b) for b in bodies if b in known.get("organization", ()) and _is_body(index, b)],
                "subnationalArea": [index.label(b) for b in bodies if not _is_body(index, b)],
                "country": ["vn"],
            }
            yield "Position", key, position
            attested = [words_of(v) for v in index.all(fact, term("vk:attestedOn"))]
            values = {"holder": [_id(person)], "post": [key], "date": attested}
            yield "Occupancy", f"{_id(fact)}-{digest(title, 4)}", {**common, **values}


def _is_body(index: Index, node: str) -> bool:
    return term("org:FormalOrganization") in index.all(node, TYPE)
