"""Facts as RDF: one node a fact with its roles, and what an asserted fact says of the world.

What a role becomes is read from the ontology, so a new kind needs nothing here; `kg.rdf.shapes` adds what a few kinds
need beyond their roles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import pairwise

from kg.errors import RuleError
from kg.model import Entity, EntityRef, Fact, Filler, Reading, Span, Stretch, Value
from kg.rdf.entities import CODE_SET, DESCRIPTION, LEGISLATION, PREF_LABEL, TYPE, classes, plain
from kg.rdf.iri import Minter, class_slug, digest, slug
from kg.rdf.spec import KindSpec, RoleSpec, Spec
from kg.rdf.terms import TRUE, Triple, date, number, quoted, term, text

STATED_IN = term("vk:statedIn")
_STATUS = term("vk:status")
_STATUSES = {s: term(f"vk:{s}") for s in ("asserted", "planned", "reported", "negated", "former")}
_ACTION = term("schema:Action")
_ACTION_STATUS = term("schema:actionStatus")
_POTENTIAL = term("schema:PotentialActionStatus")
_ABOUT = term("schema:about")
_MEASURE = term("vk:PolicyMeasure")
_CONCEPT = term("skos:Concept")
_START_DATE, _END_DATE = term("schema:startDate"), term("schema:endDate")
# Classes whose nodes carry an article's own words; other coined nodes are concepts that articles share.
_DESCRIBED = frozenset({_ACTION, _MEASURE})
_LINKERS = re.compile(r"^(?:đồng thời|và|ngoài ra|bên cạnh đó|mặt khác|cùng với đó)[,\s]+", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…]\s+")


# What a kind needs beyond its roles: called with the writer, the fact, its node, and each role's fillers and terms.
Written = dict[str, list[tuple[Filler, str]]]
Shape = Callable[["FactWriter", Fact, str, Written], None]
# Roles that a shape writes by itself.
_OWN_ROLES = frozenset({("statistic", "value")})


class FactWriter:
    """Writes the facts of one reading.

    Attributes:
        triples: what was written so far.
        used: ids of entities that are fillers of some fact.
        titles: document id → stated title.
    """

    def __init__(
        self,
        reading: Reading,
        spec: Spec,
        minter: Minter,
        local: str,
        article: str,
        nodes: dict[str, str],
        shapes: Mapping[str, Shape],
    ) -> None:
        self.shapes = shapes
        self.reading = reading
        self.spec = spec
        self.minter = minter
        self.local = local
        self.article = article
        self.nodes = nodes
        self.entities: dict[str, Entity] = {e.id: e for e in reading.entities}
        self.triples: list[Triple] = []
        self.used: set[str] = set()
        self.titles: dict[str, str] = {}
        self._classes: dict[str, set[str]] = defaultdict(set)
        self._prepare()

    def _prepare(self) -> None:
        """Classes that facts tell of their entities; needed before any fact is written."""
        for fact in self.reading.facts:
            kind = self.spec.kinds.get(fact.kind)
            for _, fillers in (*fact.roles.items(), *fact.qualifiers.items()):
                self.used.update(f.id for f in fillers if isinstance(f, EntityRef))
            if kind is None or kind.main is None:
                continue
            mains = [f.id for f in fact.roles.get(kind.main, ()) if isinstance(f, EntityRef)]
            for entity_id in mains:
                if fact.status == "asserted":
                    self._classes[entity_id].update(kind.main_classes)
                if fact.kind == "event":
                    codes = [v for v in fact.roles.get("event_type", ()) if isinstance(v, Value)]
                    self._classes[entity_id].update(
                        self.spec.event_classes[str(v.value)] for v in codes if v.value in self.spec.event_classes
                    )
                elif fact.kind == "document":
                    for value in fact.roles.get("doc_type", ()):
                        found = self.spec.narrower("Document", str(value.value)) if isinstance(value, Value) else None
                        if found:
                            self._classes[entity_id].add(found)
                    for value in fact.roles.get("title", ()):
                        if isinstance(value, Value):
                            self.titles.setdefault(entity_id, str(value.value))

    def classes_of(self, entity: Entity) -> tuple[str, ...]:
        """The classes that facts tell of an entity, sorted."""
        return tuple(sorted(self._classes.get(entity.id, ())))

    def is_legislation(self, entity_id: str) -> bool:
        """True where the entity is written as legislation."""
        entity = self.entities[entity_id]
        return LEGISLATION in classes(entity, self.spec, self.classes_of(entity))

    def is_code_set(self, entity_id: str) -> bool:
        """True where the entity is written as a set of codes of conduct."""
        return CODE_SET in self._classes.get(entity_id, ())

    # ---- one fact

    def write(self, fact: Fact) -> tuple[str, str]:
        """Writes a fact; returns its term and its local name's unique part.

        Raises:
            RuleError: the ontology has no such kind or role.
        """
        kind = self.spec.kinds.get(fact.kind)
        if kind is None:
            raise RuleError(
                f"{self.reading.document.id}: the ontology has no fact kind {fact.kind!r}",
                "known kinds: " + ", ".join(self.spec.kinds),
            )
        local = f"{slug(fact.kind)}-{digest(self._content(fact))}"
        node = self.minter.local(f"fact-{local}")
        self.add(node, TYPE, kind.cls)
        # The classes of other vocabularies mean that it is so: only for what is asserted, or was so.
        if fact.status in ("asserted", "former"):
            for cls in kind.types:
                self.add(node, TYPE, cls)
        self.add(node, _STATUS, _STATUSES[fact.status])
        self.add(node, STATED_IN, self.article)
        written: Written = {}
        for name, fillers in (*fact.roles.items(), *fact.qualifiers.items()):
            role = kind.roles.get(name)
            if role is None:
                raise RuleError(
                    f"{self.reading.document.id}: the fact kind {fact.kind!r} has no role {name!r}",
                    "known roles: " + ", ".join(kind.roles),
                )
            if (fact.kind, name) not in _OWN_ROLES:
                written[name] = self._role(fact, node, role, fillers)
        if fact.status == "asserted":
            self._describe_main(kind, written)
        shape = self.shapes.get(fact.kind)
        if shape is not None:
            shape(self, fact, node, written)
        return node, local

    def add(self, s: str, p: str, o: str) -> None:
        """Writes one triple."""
        self.triples.append((s, p, o))

    def stretch(self, span: Span) -> str:
        """The words of a span on one line."""
        return plain(self.reading.document.text[span.start : span.end])

    def _content(self, fact: Fact) -> str:
        """What makes a fact this fact: article, kind, status, roles, evidence (as offsets of the file)."""
        source = self.reading.document.to_source

        def one(filler: Filler) -> str:
            match filler:
                case EntityRef(name, _):
                    return self.nodes.get(name, name)
                case Value(value, _):
                    return f"{type(value).__name__}:{value}"
                case Stretch(span):
                    start, end = source(span)
                    return f"{start}-{end}"

        roles = sorted(
            f"{name}={','.join(sorted(map(one, fillers)))}"
            for name, fillers in (*fact.roles.items(), *fact.qualifiers.items())
        )
        evidence = sorted("{}-{}".format(*source(s)) for s in fact.evidence)
        return "|".join((self.local, fact.kind, fact.status, *roles, *evidence))

    # ---- roles

    def _role(self, fact: Fact, node: str, role: RoleSpec, fillers: tuple[Filler, ...]) -> list[tuple[Filler, str]]:
        """Writes the fillers of one role on the fact node; returns each with the term it became."""
        done: list[tuple[Filler, str]] = []
        for filler in fillers:
            for prop, value in self._filler(fact, role, filler):
                self.add(node, prop, value)
                done.append((filler, value))
        return done

    def _filler(self, fact: Fact, role: RoleSpec, filler: Filler) -> list[tuple[str, str]]:
        if isinstance(filler, EntityRef):
            entity = self.entities.get(filler.id)
            if entity is None:
                raise RuleError(f"{self.reading.document.id}: {fact.kind}: unknown entity {filler.id!r}")
            if not role.is_object:
                return [(role.text_property or role.property, text(plain(entity.name)))]
            if role.group_class and entity.type == "Group":
                self.add(self.nodes[filler.id], TYPE, role.group_class)
            return [(role.property, self.nodes[filler.id])]
        if isinstance(filler, Stretch):
            if role.coins:
                return [(role.property, n) for n in self.coin_stretch(role.coins, filler.span)]
            words = self.stretch(filler.span)
            if role.is_object and role.text_property is None:
                return [(role.property, self.coin(_CONCEPT, words))]
            return [(role.text_property or role.property, text(words))]
        return [self._value(role, filler.value)]

    def _value(self, role: RoleSpec, value: str | int | float) -> tuple[str, str]:
        prop = role.property
        if role.codes is not None and not role.is_object:
            return prop, quoted(str(value))
        if role.is_object:
            known = role.codes.get(str(value)) if role.codes is not None else None
            if known is None and role.text_property and not role.coins:
                return role.text_property, text(plain(str(value)))
            if known is not None:
                # So that the graph can be read without the ontology.
                self.add(known, TYPE, role.codes_class or _CONCEPT)
                self.add(known, PREF_LABEL, text(self.spec.label(known, "vi")))
                return prop, known
            return prop, self.coin(role.coins or _CONCEPT, plain(str(value)))
        if role.datatype == "xsd:boolean":
            return prop, TRUE
        typed = date(str(value)) if "date" in role.fillers else None
        if typed:
            return prop, typed
        if isinstance(value, int | float):
            return prop, number(value)
        if "string" not in role.fillers and "stretch" not in role.fillers and role.text_property is None:
            return prop, quoted(value)
        if role.datatype == "xsd:string":
            return prop, quoted(value)
        return role.text_property or prop, text(plain(value))

    # ---- nodes made from words

    def coin(self, cls: str, words: str) -> str:
        """The node of a concept that is known by its words alone (a title of office, a scope)."""
        if cls in _DESCRIBED:
            node = self.minter.node(class_slug(cls), f"{self.local}|{cls}|{words}", words)
            self.add(node, DESCRIPTION, text(words))
        else:
            node = self.minter.concept(cls, words)
            self.add(node, PREF_LABEL, text(words))
        self.add(node, TYPE, cls)
        if cls == _ACTION:
            self.add(node, _ACTION_STATUS, _POTENTIAL)
        return node

    def coin_stretch(self, cls: str, span: Span) -> list[str]:
        """The nodes of a stretch: requested actions one by one, anything else as one node."""
        if cls not in _DESCRIBED:
            return [self.coin(cls, self.stretch(span))]
        made = []
        for piece in self._pieces(span) if cls == _ACTION else (span,):
            words = plain(self.stretch(piece).rstrip(" .;,:"))
            if cls == _ACTION:
                words = _LINKERS.sub("", words)
            if not words:
                continue
            node = self.coin(cls, words)
            made.append(node)
            if cls == _ACTION:
                for entity_id in self.inside(piece):
                    self.add(node, _ABOUT, self.nodes[entity_id])
        return made

    def _pieces(self, span: Span) -> list[Span]:
        """A stretch cut at semicolons and ends of sentences, outside quotations."""
        words = self.reading.document.text[span.start : span.end]
        cuts = [0]
        depth = 0
        ends = {m.start() + 1 for m in _SENTENCE_END.finditer(words) if words[m.end() : m.end() + 1].isupper()}
        for at, char in enumerate(words):
            if char == "“":
                depth += 1
            elif char == "”":
                depth = max(0, depth - 1)
            if depth == 0 and (char == ";" or at in ends):
                cuts.append(at + (char == ";"))
        cuts.append(len(words))
        return [Span(span.start + a, span.start + b) for a, b in pairwise(cuts) if b > a]

    def inside(self, span: Span) -> list[str]:
        """Ids of the documents and initiatives that are named within a span, in the order of the reading."""
        return [
            e.id
            for e in self.reading.entities
            if e.type in ("Document", "Initiative") and any(span.holds(m) for m in e.mentions)
        ]

    # ---- what an asserted fact says of the world

    def _describe_main(self, kind: KindSpec, written: Written) -> None:
        if kind.main is None:
            return
        mains = [value for _, value in written.get(kind.main, ())]
        for name, values in written.items():
            role = kind.roles[name]
            for main in mains:
                for filler, value in values:
                    if role.describes:
                        self._describe(main, role.describes, role.text_property, filler, value)
                    if role.inverse:
                        self.add(value, role.inverse, main)

    def _describe(self, main: str, prop: str, text_property: str | None, filler: Filler, value: str) -> None:
        if text_property and value.startswith('"'):
            self.add(main, text_property, value)
        elif prop == _START_DATE and isinstance(filler, Value) and "/" in str(filler.value):
            first, _, last = str(filler.value).partition("/")
            for end, part in ((_START_DATE, date(first)), (_END_DATE, date(last))):
                if part:
                    self.add(main, end, part)
        else:
            self.add(main, prop, value)
