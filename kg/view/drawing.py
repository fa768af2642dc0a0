"""From entities and facts to a drawing: which are nodes, which are edges, how large, with which label, where.

Entities are nodes. A fact that joins two of them is an edge; one that joins three or more is a small tag of its own,
unless it is about an event, a movement, a document …: then that is the middle of the star. Facts with one entity or
none are not drawn; the panel and the table have them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.view.choice import choose
from kg.view.content import Content, Fact, Filler
from kg.view.edges import curve, put_labels
from kg.view.labels import fact_label, text_size, wrap
from kg.view.layout import Box, place
from kg.view.terms import Label, Vocabulary, iri

BESIDE = 3  # edges between two nodes: more cannot be told apart; the panel has them all

# What a fact is told from: the first of these roles that an entity fills is where its edge begins.
_FROM = ("person", "giver", "speaker", "agent", "issuer", "actor", "operator", "provider", "child", "subject")
# Things of which a fact states the particulars: they stand in the middle of it.
_MIDDLE = frozenset(("Event", "Initiative", "Document", "Service", "System", "Dataset"))


@dataclass(slots=True)
class Link:
    """One edge: `fact` is the fact's id, or "" for a direct statement between two entities; `times`: told so often."""

    source: str
    target: str
    label: Label
    fact: str = ""
    kind: str = ""
    status: str = "asserted"
    times: int = 1


@dataclass(slots=True)
class Plan:
    """What is to be drawn: facts with a tag of their own, and all edges."""

    tags: list[Fact] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


@dataclass(slots=True)
class Drawing:
    """What is drawn at first, and what may be drawn later.

    Attributes:
        nodes, edges: in the form of vis-network, as pyvis carries them, ready to draw. Edges carry "labels" in both
            languages; see `kg.view.edges.put_labels` for where those stand.
        rest, tags: edges and nodes of facts beyond these, without position.
        weight: entity to the number of facts and relations that it is in.
    """

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    rest: list[dict[str, Any]]
    tags: list[dict[str, Any]]
    weight: Counter[str]


def draw(content: Content, vocabulary: Vocabulary, lang: str) -> Drawing:
    """The drawing of a graph: the most important in their places, the rest to be unfolded."""
    plan = plan_links(content, vocabulary)
    weight: Counter[str] = Counter()
    for fact in content.facts:
        weight.update({f["n"] for _, fillers in fact.roles for f in fillers if "n" in f})
    for source, _, target in content.relations:
        weight.update((source, target))
    top = max(weight.values(), default=1)
    nodes = []
    for node in content.nodes:
        share = (weight[node.id] / top) ** 0.5 if weight[node.id] > 1 else 0.0
        font = round(15 + 8 * share)
        nodes.append(
            {
                "id": node.id,
                "group": node.type,
                "label": wrap(node.name, 18 if share < 0.5 else 22),
                "size": round((8 + 18 * share) * (1.3 if node.type == "Award" else 1)),
                "font": {"size": font, "bold": share >= 0.5},
                "weight": weight[node.id],
            }
        )
    known = {f.id: f for f in plan.tags}
    for fact in plan.tags:
        labels = fact_label(fact, content, vocabulary)
        nodes.append(
            {
                "id": fact.id,
                "group": "fact",
                "kind": fact.kind,
                "status": fact.status,
                "label": wrap(labels[lang], 20, 2),
                "labels": {k: wrap(v, 20, 2) for k, v in labels.items()},
                "size": 4,
                "font": {"size": 13, "bold": False},
                "weight": 0,
            }
        )
    links = _merge(plan.links)
    shown = choose(nodes, known, [(link.source, link.target) for link in links])
    drawn = {node["id"] for node in shown}
    edges: list[dict[str, Any]] = []
    rest: list[dict[str, Any]] = []
    for i, link in enumerate(links):
        (edges if link.source in drawn and link.target in drawn else rest).append(_edge(i, link, lang))
    curve(edges)
    index = {node["id"]: i for i, node in enumerate(shown)}
    pairs = [(index[e["from"]], index[e["to"]]) for e in edges]
    boxes = [_box(node) for node in shown]
    at = place(boxes, pairs)
    for node_at, (x, y) in zip(shown, at, strict=True):
        node_at["x"], node_at["y"] = x, y
    put_labels(edges, shown, boxes)
    left = [n for n in nodes if n["id"] in known and n["id"] not in drawn]
    return Drawing(shown, edges, rest, left, weight)


def plan_links(content: Content, vocabulary: Vocabulary) -> Plan:
    """Which facts become edges and which become tags."""
    plan = Plan()
    types = {node.id: node.type for node in content.nodes}
    for fact in content.facts:
        ends: dict[str, str] = {}
        for role, fillers in fact.roles:
            for filler in fillers:
                if "n" in filler:
                    ends.setdefault(filler["n"], role)
        if len(ends) < 2:
            continue
        middle = _middle(ends, types, vocabulary.kinds[fact.kind].get("main") or fact.kind)
        if middle:
            for node, role in ends.items():
                if node != middle:
                    plan.links.append(_link(fact, middle, node, role_label(role, vocabulary, fact.kind)))
        elif len(ends) == 2:
            first, second = ends
            start = next((n for wanted in _FROM for n, role in ends.items() if role == wanted), first)
            end = second if start == first else first
            plan.links.append(_link(fact, start, end, fact_label(fact, content, vocabulary)))
        else:
            plan.tags.append(fact)
            for node, role in ends.items():
                label = role_label(role, vocabulary, fact.kind)
                plan.links.append(
                    _link(fact, node, fact.id, label) if role in _FROM else _link(fact, fact.id, node, label)
                )
    for source, name, target in content.relations:
        plan.links.append(Link(source, target, content.terms[name]))
    return plan


def role_label(role: str, vocabulary: Vocabulary, kind: str) -> Label:
    """A role's name in both languages."""
    spec = vocabulary.kinds[kind]["roles"].get(role)
    return dict(spec["label"]) if spec and "label" in spec else vocabulary.label(iri(role))


def _merge(links: Sequence[Link]) -> list[Link]:
    """One edge for what is told again and again, and at most `BESIDE` between two things: those told most often."""
    same: dict[tuple[str, str, str, str, str], Link] = {}
    for link in links:
        key = (link.source, link.target, link.label["vi"], link.kind, link.status)
        if key in same:
            same[key].times += 1
        else:
            same[key] = link
    beside: dict[frozenset[str], list[Link]] = {}
    for link in same.values():
        beside.setdefault(frozenset((link.source, link.target)), []).append(link)
    kept = {id(link) for group in beside.values() for link in sorted(group, key=lambda one: -one.times)[:BESIDE]}
    return [link for link in same.values() if id(link) in kept]


def _middle(ends: dict[str, str], types: dict[str, str], main: str) -> str:
    """The one entity whose particulars the fact states, or ""."""
    own = [n for n, role in ends.items() if role == main and types.get(n) in _MIDDLE]
    return own[0] if len(own) == 1 else ""


def _link(fact: Fact, source: str, target: str, label: Label) -> Link:
    return Link(source, target, label, fact.id, fact.kind, fact.status)


def _edge(number: int, link: Link, lang: str) -> dict[str, Any]:
    return {
        "id": f"e{number}",
        "from": link.source,
        "to": link.target,
        "label": wrap(link.label[lang], 22, 2),
        "labels": {k: wrap(v, 22, 2) for k, v in link.label.items()},
        "fact": link.fact,
        "kind": link.kind,
        "status": link.status,
    } | ({"times": link.times} if link.times > 1 else {})


def _box(node: dict[str, Any]) -> Box:
    width, height = text_size(node["label"], node["font"]["size"], node["font"]["bold"])
    if node["group"] == "fact":
        both = [text_size(text, node["font"]["size"]) for text in node["labels"].values()]
        half, tall = max(w for w, _ in both) / 2 + 8, max(h for _, h in both) / 2 + 5
        return Box(half, half, tall, tall)
    size = node["size"] + 2.0
    half = max(size, width / 2 + 2)
    return Box(half, half, size, size + 4 + height)


__all__ = ["Drawing", "Filler", "Plan", "draw", "plan_links", "role_label"]
