"""What some fact kinds say beyond their roles: posts, bounds of figures, documents, containment, speakers."""

from __future__ import annotations

from collections.abc import Mapping

from kg.link.keys import name_key
from kg.model import EntityRef, Fact, Value
from kg.rdf.entities import POST, PREF_LABEL, TYPE, document_title, labels, plain
from kg.rdf.facts import FactWriter, Shape, Written
from kg.rdf.terms import TRUE, boolean, date, number, quoted, term, text

_POST_IN = term("org:postIn")
_HELD_BY = term("org:heldBy")
_VALUE, _MIN, _MAX = term("schema:value"), term("schema:minValue"), term("schema:maxValue")
_LOWER, _UPPER = term("vk:lowerBoundExclusive"), term("vk:upperBoundExclusive")
_PLACE_TYPES = ("Place",)


def _entity_ids(fact: Fact, role: str) -> list[str]:
    return [f.id for f in fact.roles.get(role, ()) if isinstance(f, EntityRef)]


def _values(fact: Fact, role: str) -> list[str | int | float]:
    found = fact.roles.get(role, ()) or fact.qualifiers.get(role, ())
    return [f.value for f in found if isinstance(f, Value)]


def holds_post(writer: FactWriter, fact: Fact, node: str, written: Written) -> None:
    """The post itself, who holds it (asserted only), and the day on which the article said so.

    A bare title without a body ("Giám đốc") names no post that could be told from another.
    """
    published = writer.reading.article.published
    attested = date(published[:10]) if published else None
    if attested and fact.status == "asserted":
        writer.add(node, term("vk:attestedOn"), attested)
    if fact.status not in ("asserted", "former"):
        return
    for title in _values(fact, "post"):
        for body in _entity_ids(fact, "organization"):
            name, _ = labels(writer.entities[body])
            label = f"{plain(str(title))} {name}"
            post = writer.minter.node("post", f"{plain(str(title)).lower()}|{writer.nodes[body]}", label)
            writer.add(post, TYPE, POST)
            writer.add(post, PREF_LABEL, text(label))
            writer.add(post, _POST_IN, writer.nodes[body])
            _hold(writer, fact, node, post)
        if not _entity_ids(fact, "organization") and writer.spec.narrower("Post", str(title)):
            post = writer.coin(POST, plain(str(title)))
            writer.add(post, TYPE, term("vk:NationalPost"))
            _hold(writer, fact, node, post)


def _hold(writer: FactWriter, fact: Fact, node: str, post: str) -> None:
    writer.add(node, term("vk:post"), post)
    if fact.status == "asserted":
        for person in _entity_ids(fact, "person"):
            writer.add(post, _HELD_BY, writer.nodes[person])


def statistic(writer: FactWriter, fact: Fact, node: str, written: Written) -> None:
    """Value or bounds by the comparator; the unit's common code."""
    comparator = next((str(v) for v in _values(fact, "comparator")), "eq")
    for value in _values(fact, "value"):
        if not isinstance(value, int | float):
            continue
        amount = number(value)
        if comparator in ("gt", "ge"):
            writer.add(node, _MIN, amount)
            writer.add(node, _LOWER, boolean(comparator == "gt"))
        elif comparator in ("lt", "le"):
            writer.add(node, _MAX, amount)
            writer.add(node, _UPPER, boolean(comparator == "lt"))
        else:
            writer.add(node, _MIN if "upper" in fact.qualifiers else _VALUE, amount)
        if comparator == "approx":
            writer.add(node, term("vk:approximate"), TRUE)
    # A figure whose indicator is named like a service ("… tới 100% xã") is about that service.
    for indicator in _entity_ids(fact, "indicator"):
        key = name_key(writer.entities[indicator].name)
        for entity in writer.reading.entities:
            if entity.type == "Service" and name_key(entity.name) == key:
                writer.add(node, term("schema:observationAbout"), writer.nodes[entity.id])
    for unit in _values(fact, "unit"):
        code = writer.spec.units.get(str(unit)) or writer.spec.units.get(str(unit).lower())
        if code:
            writer.add(node, term("schema:unitCode"), quoted(code))


def document(writer: FactWriter, fact: Fact, node: str, written: Written) -> None:
    """What an asserted document fact says of the document, in the terms of its class."""
    if fact.status != "asserted":
        return
    for entity_id in _entity_ids(fact, "document"):
        target = writer.nodes[entity_id]
        legal = writer.is_legislation(entity_id)
        props: Mapping[str, str] = _LEGAL_PROPERTIES if legal else _WORK_PROPERTIES
        for role, prop in props.items():
            for _, value in written.get(role, ()):
                writer.add(target, prop, value)
        title = writer.titles.get(entity_id)
        if title and not writer.is_code_set(entity_id):
            words = document_title(writer.entities[entity_id], title)
            for entity in writer.reading.entities:
                if entity.type == "Place" and _names(words, entity.name):
                    writer.add(target, term("schema:about"), writer.nodes[entity.id])


_LEGAL_PROPERTIES = {
    "doc_type": term("schema:legislationType"),
    "number": term("schema:legislationIdentifier"),
    "issuer": term("schema:legislationPassedBy"),
    "signer": term("vk:signer"),
    "date": term("schema:legislationDate"),
}
_WORK_PROPERTIES = {
    "doc_type": term("vk:documentType"),
    "number": term("schema:identifier"),
    "issuer": term("vk:issuer"),
    "signer": term("vk:signer"),
    "date": term("schema:dateCreated"),
}


def _names(words: str, name: str) -> bool:
    """True where `name` stands in `words` as whole words."""
    at = words.find(name)
    while at >= 0:
        end = at + len(name)
        if not words[max(0, at - 1) : at].isalnum() and not words[end : end + 1].isalnum():
            return True
        at = words.find(name, at + 1)
    return False


def part_of(writer: FactWriter, fact: Fact, node: str, written: Written) -> None:
    """Containment in the terms of what contains what."""
    if fact.status != "asserted":
        return
    for child in _entity_ids(fact, "child"):
        for parent in _entity_ids(fact, "parent"):
            if writer.nodes[child] == writer.nodes[parent]:
                continue
            child_place = writer.entities[child].type in _PLACE_TYPES
            parent_place = writer.entities[parent].type in _PLACE_TYPES
            if child_place and parent_place:
                prop = term("schema:containedInPlace")
            elif not child_place and not parent_place:
                prop = term("org:subOrganizationOf")
            else:
                prop = term("schema:location")
            writer.add(writer.nodes[child], prop, writer.nodes[parent])


def statement(writer: FactWriter, fact: Fact, node: str, written: Written) -> None:
    """Where the words appeared; and a person who speaks at an event is a speaker there."""
    if fact.status in ("asserted", "former"):
        writer.add(node, term("schema:appearance"), writer.article)
    _speakers(writer, fact)


def request(writer: FactWriter, fact: Fact, node: str, written: Written) -> None:
    """The documents and initiatives that the requested action names."""
    for action in fact.roles.get("action", ()):
        span = getattr(action, "span", None)
        if span is not None:
            for entity_id in writer.inside(span):
                writer.add(node, term("schema:about"), writer.nodes[entity_id])
    _speakers(writer, fact)


def _speakers(writer: FactWriter, fact: Fact) -> None:
    if fact.status != "asserted":
        return
    for event in _entity_ids(fact, "event"):
        for speaker in _entity_ids(fact, "speaker"):
            if writer.entities[speaker].type == "Person":
                writer.add(writer.nodes[event], term("vk:speaker"), writer.nodes[speaker])


def award(writer: FactWriter, fact: Fact, node: str, written: Written) -> None:
    """An award to come is a potential action."""
    if fact.status == "planned":
        writer.add(node, term("schema:actionStatus"), term("schema:PotentialActionStatus"))


def all_shapes() -> dict[str, Shape]:
    """Kind → what is written beyond its roles."""
    return {
        "holds_post": holds_post,
        "statistic": statistic,
        "document": document,
        "part_of": part_of,
        "statement": statement,
        "request": request,
        "award": award,
    }
