"""Mentions of one article to its entities: coreference within the article.

Evidence decides: equal names (abbreviations spelled out, tone marks never folded), a short form that only one longer
name of the article can stand for, a level word ("tỉnh") that the article's own province fills, a pronoun or an office
that the nearest earlier person of that office fills. What stays open is no entity.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.bodies import firm, longer, resolve, short
from kg.extract.drafts import Draft
from kg.extract.keys import body_key, name_key, place_key
from kg.extract.places import is_province, unit_of
from kg.extract.same_events import SameEvents
from kg.extract.same_names import award_key, initiative_key, within
from kg.extract.spoken import PROVINCE_LEVELS, flatten, main_province, persons_in_order
from kg.model import Entity, Part, Span
from kg.text.annotate import Annotated
from kg.text.normal import tone_key
from kg.text.tape import Mention, Tape

TYPES = {"Person", "Organization", "Place", "Document", "Event", "Initiative", "Award"}
_GENERIC = {"trung ương", "mặt trận", "chính quyền", "công an", "thanh tra", "cả nước", "thủ đô"}
_DISTRICT_LEVELS = ("huyện", "quận", "thị xã", "thành phố")
_CAPITAL = place_key("Hà Nội")


@dataclass(slots=True)
class Node:
    """An entity in the making."""

    id: str
    type: str
    name: str
    key: str
    forms: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    located: bool = False  # a body whose name ends in a place
    free: bool = False  # named by itself somewhere, and not only within the name of another thing or of a post

    @property
    def start(self) -> int:
        """Where its first mention stands; 0 where it has none."""
        return self.spans[0].start if self.spans else 0

    def add(self, form: str, span: Span | None) -> None:
        """One more form and the place where it stands."""
        if form not in self.forms:
            self.forms.append(form)
        if span is not None:
            self.spans.append(span)


class Entities:
    """The entities of one article and the way from a mention to its entity."""

    def __init__(self, article: Annotated, drafts: list[Draft], beside: frozenset[str] = frozenset()) -> None:
        self.article = article
        self.tape: Tape = article.tape
        self.nodes: dict[str, Node] = {}
        self._by_key: dict[tuple[str, str], Node] = {}
        self._of: dict[int, Node | None] = {}
        self._day = (article.layout.published or "")[:10]
        self._same_events = SameEvents(article)
        read = self._read()
        self.province = main_province(read)
        mentions = sorted((m for _, found in read for m in found), key=lambda m: (m.first, -m.last))
        self.mentions = mentions
        self._full_names = {
            name for m in mentions if m.kind == "Person" and (name := tone_key(m.parts["name"])).count(" ") > 1
        }
        # Full names first, so that short forms find them wherever they stand.
        for mention in mentions:
            self._register(mention)
        for mention in mentions:
            if id(mention) not in self._of:
                self._resolve_short(mention)
        self._own_province()
        self._timeline = persons_in_order(self.tape, self.nodes.values(), beside)
        self._holders: list[tuple[str, str, Node]] = []
        self._holders = self._posts(drafts)

    # what the article is about

    def _read(self) -> list[tuple[Part, list[Mention]]]:
        """The mentions of each sentence that is read, with those inside others, and the part it stands in."""
        mentions = self.tape.mentions
        found: list[tuple[Part, list[Mention]]] = []
        for (start, end), part in zip(self.article.items, self.article.parts, strict=True):
            if part != "furniture":
                inside: list[Mention] = []
                flatten([mentions[i] for i in range(start, end) if i in mentions], inside)
                found.append((part, inside))
        return found

    def _own_province(self) -> None:
        """A level word by itself ("TP", "tỉnh") names the article's province, also one that only bodies name."""
        if self.province is None:
            return
        codes = self.tape.codes
        for m in self.article.levels.finditer(codes):
            word = self.tape.words(m.start(), m.end())
            if tone_key(word) in PROVINCE_LEVELS:
                name, level, known = self.province
                node = self.node("Place", place_key(known), f"{level} {name}".strip())
                node.add(name, None)
                node.add(word, self.tape.span(m.start(), m.end()))
                node.free = True
                return

    # from mentions to nodes

    def node(self, type_: str, key: str, name: str) -> Node:
        """The node of a type and key, made where there is none."""
        node = self._by_key.get((type_, key))
        if node is None:
            node = Node(f"e{len(self.nodes) + 1}", type_, name, key)
            self.nodes[node.id] = node
            self._by_key[type_, key] = node
        return node

    def _link(self, mention: Mention, node: Node, form: str) -> None:
        node.add(form, self.tape.mention_span(mention))
        node.free = node.free or "bound" not in mention.parts
        self._of[id(mention)] = node

    def _register(self, mention: Mention, again: bool = False) -> None:
        """Makes or finds the node of a mention that names its thing in full."""
        text = mention.parts.get("name", "") if mention.kind == "Organization" else ""
        text = text or self.tape.mention_text(mention)
        parts = mention.parts
        match mention.kind:
            case "Person":
                name = parts["name"]
                key = tone_key(name)
                if "honorific" in parts and (" " not in key or self._ends_a_name(key)):
                    return  # "ông Tân", "bà Mỹ Thanh": by the given name
                node = self.node("Person", key, name)
                self._link(mention, node, name)
                if text != name:
                    node.add(text, None)
            case "Place" if parts["name"].isdigit() and "level" in parts:
                name = f"{parts['level']} {parts['name']}"
                self._link(mention, self.node("Place", place_key(parts["name"], parts["level"]), name), text)
            case "Place" if "capital" in parts:
                return  # "Thủ đô": Hà Nội where the article names it
            case "Place":
                level = parts.get("level", "")
                if not level and "district" in parts and not again:
                    return  # "Tuy An": the "huyện Tuy An" of the article, where it has one
                name = parts.get("province", parts["name"])
                if "normal" in parts and not level and not {"province", "district"} & parts.keys():
                    node = self.node("Place", place_key(parts["normal"]), text)  # "Hoa Kỳ" is "Mỹ"
                elif "province" in parts and is_province(name, tone_key(level)):
                    node = self.node("Place", place_key(name), parts["name"])
                else:
                    full = f"{level} {text}" if "shared" in parts else text  # "hai xã An Hải, An Mỹ"
                    node = self.node("Place", place_key(parts["name"], level), full)
                self._link(mention, node, text)
                if "code" not in node.attributes and (unit := self._unit(mention)) is not None:
                    node.attributes["code"], node.attributes["level"] = unit
                if parts["name"] != text and "province" in parts:
                    node.add(parts["name"], None)
            case "Organization":
                if parts.get("elliptic") or parts.get("form") in ("bare", "only", "acronym") or short(mention):
                    return
                if parts.get("form") == "named" and not again and not {"place", "tail", "name"} & parts.keys():
                    return  # "Hội Khuyến học" may be the "Hội Khuyến học tỉnh Phú Yên"
                key = body_key(parts.get("normal", text))
                full_name = firm(self, mention, key)
                self._link(mention, node := full_name or self.node("Organization", key, text), text)
                place = parts.get("place")
                node.located = node.located or place is not None
                if place is not None and (unit := self._unit(place)) is not None:
                    node.attributes["unit"] = unit[0]
            case "Document":
                numbered = "number" in parts
                key = f"{tone_key(parts['doc_type'])} {parts['number']}" if numbered else name_key(text)
                node = self.node("Document", key, text)
                if len(text) > len(node.name):
                    node.name = text
                self._link(mention, node, text)
                if "short" in parts:
                    node.add(parts["short"], None)
                if "title" in parts:
                    node.add(self.tape.text[parts["title"].start : parts["title"].end], None)
            case "Event":
                if not parts["bare"]:
                    self._link(mention, self._event(mention, text), text)
            case "Initiative":
                if parts.get("short"):
                    return  # only where it stands for a movement named in full
                title = parts.get("title")
                words = self.tape.text[title.start : title.end] if title else None
                key = initiative_key(text, "" if parts.get("whole") else parts["head"], words)
                known = within(self.nodes.values(), "Initiative", key, text)
                node = known if isinstance(known, Node) else self.node("Initiative", key, text)
                if len(key) > len(node.key):
                    node.key, node.name = key, text
                self._link(mention, node, text)
                if title:
                    node.add(self.tape.text[title.start : title.end], None)
            case "Award":
                core = parts.get("core", text)
                self._link(mention, self.node("Award", award_key(core), core), text)

    def _ends_a_name(self, key: str) -> bool:
        """True for two syllables with which a longer name of the article ends."""
        return key.count(" ") == 1 and any(name.endswith(" " + key) for name in self._full_names)

    def _unit(self, place: Mention) -> tuple[str, str] | None:
        """Id and level of the official unit that a place names, where it is one and only one."""
        return unit_of(place.parts.get("province", place.parts["name"]), place.parts.get("level", ""), self._day)

    def _event(self, mention: Mention, text: str) -> Node:
        """The event of a name; the longest of its names wins."""
        key = name_key(text)
        node = self._same_events.find(mention, text, self.nodes.values()) or self.node("Event", key, text)
        if len(key) > len(node.key):
            node.key, node.name = key, text
        self._same_events.add(mention, text, node)
        return node

    def _resolve_short(self, mention: Mention) -> None:
        """Short forms: what in the article they can stand for."""
        text = mention.parts.get("name", "") if mention.kind == "Organization" else ""
        text = text or self.tape.mention_text(mention)
        parts = mention.parts
        if mention.kind == "Person":
            node = self._person_by_given(mention)
            if node is None:
                node = self.node("Person", tone_key(parts["name"]), parts["name"])
            self._link(mention, node, text)
        elif "stands_for" in parts:
            self._of[id(mention)] = node = self._of.get(id(parts["stands_for"]))
            if node is not None:
                self._link(mention, node, text)
        elif mention.kind == "Organization" and parts.get("form") == "named" and "tail" not in parts:
            node = longer(self, mention, body_key(text))
            if node is not None:
                self._link(mention, node, text)
            else:
                self._register(mention, again=True)
        elif mention.kind == "Organization":
            node = resolve(self, mention, text)
            if node is not None:
                self._link(mention, node, text)
            else:
                self._of[id(mention)] = None
        elif mention.kind == "Place" and "capital" not in parts:
            named = [self._by_key.get(("Place", place_key(parts["name"], level))) for level in _DISTRICT_LEVELS]
            found = [node for node in named if node is not None]
            if len(found) == 1:
                self._link(mention, found[0], text)
            else:
                self._register(mention, again=True)
        elif mention.kind == "Place":
            self._of[id(mention)] = node = self._by_key.get(("Place", _CAPITAL))
            if node is not None:
                self._link(mention, node, text)
        elif mention.kind == "Initiative":
            known = within(self.nodes.values(), "Initiative", initiative_key(text, parts["head"], None), text)
            self._of[id(mention)] = None
            if isinstance(known, Node):
                self._link(mention, known, text)
        elif mention.kind == "Event":
            self._of[id(mention)] = node = self._earlier_event(mention)
            if node is not None:
                node.add(text, self.tape.mention_span(mention))
        else:
            self._of[id(mention)] = None

    def _person_by_given(self, mention: Mention) -> Node | None:
        given = tone_key(mention.parts["name"]).split()
        best: tuple[bool, int, Node] | None = None
        for node in self.nodes.values():
            if node.type != "Person" or node.key.split()[-len(given) :] != given or not node.spans:
                continue
            at = self.tape.mention_span(mention).start
            before = max((s.start for s in node.spans if s.start <= at), default=-1)
            rank = (before >= 0, before, node)
            if best is None or rank[:2] > best[:2]:
                best = rank
        return best[2] if best else None

    def _earlier_event(self, mention: Mention) -> Node | None:
        """The event of the article that a bare head, "hội nghị" or "kỳ họp", stands for."""
        node = self._same_events.stands_for(mention, self.nodes.values())
        if node is None and self._same_events.alone(mention):
            node = self._event(mention, self.tape.mention_text(mention))
            node.free = True
        return node

    # persons by office and by pronoun

    def _posts(self, drafts: list[Draft]) -> list[tuple[str, str, Node]]:
        """(post key, organization node id, person) of the article's posts."""
        out = []
        for draft in drafts:
            if draft.kind != "holds_post" or draft.status == "former":
                continue
            person = self.entity(draft.roles["person"][0]) if draft.roles.get("person") else None
            post = draft.roles.get("post", [None])[0]
            body = draft.roles.get("organization", [None])[0]
            if person is None or not isinstance(post, Mention):
                continue
            org = self.entity(body) if isinstance(body, Mention) else None
            out.append((tone_key(post.parts.get("normal") or post.parts["name"]), org.id if org else "", person))
        return out

    def holder(self, post: Mention, body: Mention | None) -> Node | None:
        """The one person of the article who holds a post (of a body, where one is named)."""
        key = tone_key(post.parts.get("normal") or post.parts["name"])
        org = self.entity(body) if body is not None else None
        found = {n.id: n for k, o, n in self._holders if k == key and (org is None or o in ("", org.id))}
        return next(iter(found.values())) if len(found) == 1 else None

    def antecedent(self, at: int) -> Node | None:
        """The last person named before a text offset, those only mentioned beside the clause left out if others are."""
        last = aside = None
        for start, beside, node in self._timeline:
            if start >= at:
                break
            if beside:
                aside = node
            else:
                last = node
        return last or aside

    def offices(self) -> list[tuple[str, str, Node]]:
        """(key of the post, id of the body's node or "", person) of all posts held in the article."""
        return self._holders

    def entity(self, mention: object) -> Node | None:
        """The node of a mention; None where it names nothing known."""
        if not isinstance(mention, Mention):
            return None
        whole: Mention = mention.parts.get("of", mention)
        if whole.kind == "Pronoun":
            return self.antecedent(self.tape.mention_span(whole).start)
        if whole.kind == "Post":
            return self.holder(whole, None)
        return self._of.get(id(whole))

    def words(self, span: Span, type_: str, name: str = "", also: str = "") -> Node:
        """The node of a thing that a stretch names; `also` is a further name of it."""
        text = name or " ".join(self.tape.text[span.start : span.end].split())
        # "Thủ tướng" and "Thủ tướng Chính phủ" are one office.
        node = self.node(type_, name_key(text).removesuffix(" chính phủ" if type_ == "Office" else ""), text)
        if len(text) > len(node.name) and type_ == "Office":
            node.name = text
        node.add(text, span)
        if also:
            node.add(also, None)
        return node

    def named(self, type_: str, key: str, name: str, span: Span) -> Node:
        """The node of that name, made where there is none."""
        node = self.node(type_, key, name)
        node.add(name, span)
        node.free = True
        return node

    def finish(self, needed: frozenset[str]) -> tuple[tuple[Entity, ...], dict[str, str]]:
        """The entities in order of first mention, and the way from a node's id to the entity's.

        Args:
            needed: ids of nodes that facts or metadata refer to; what is too general to be spoken of by itself ("Đảng",
                "Nhà nước") is an entity only then.
        """
        used = [
            (sorted(set(n.spans)), n.id, n)
            for n in self.nodes.values()
            if n.spans and (n.id in needed or (n.free and n.key not in _GENERIC))
        ]
        used.sort(key=lambda u: (u[0][0], u[1]))
        new = {id_: f"e{i}" for i, (_, id_, _) in enumerate(used, 1)}
        entities = [
            Entity(
                id=new[n.id],
                type=n.type,
                name=n.name,
                aliases=tuple([f for f in n.forms if f != n.name]),
                mentions=tuple(spans),
                attributes=dict(n.attributes),
            )
            for spans, _, n in used
        ]
        return tuple(entities), new
