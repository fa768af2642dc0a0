"""What the page carries: what it needs at once as one JSON value, what it reads when it is asked as lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from kg.rdf.terms import PREFIXES
from kg.view.clean import json_for_script
from kg.view.content import Content, Fact
from kg.view.drawing import Drawing, role_label
from kg.view.terms import STATUSES, Vocabulary, messages

_ASKED = ("oa", "prov", "rdf", "schema", "vk")  # prefixes of the queries that the page gives
_TIMES = ("date", "since", "start", "start_date", "period", "until", "end_date")  # roles that say when


def lines(content: Content) -> str:
    """The bodies of the facts, one JSON value a line, in the order of the facts: `[rule, roles, evidence]`.

    A line is read when its fact is looked at: a page of a hundred thousand facts opens without parsing them.
    """
    made = content.evidence
    return "\n".join(
        json_for_script(
            [
                f.rule,
                f.roles,
                [(made[i].article, made[i].start, made[i].end, made[i].parts) for i in f.evidence],
            ]
        )
        for f in content.facts
    )


def data(content: Content, vocabulary: Vocabulary, drawing: Drawing, network: Mapping[str, Any], lang: str) -> Any:
    """Names, indices, words, and the drawing; columns instead of records where there are many.

    `network` holds the nodes and edges drawn at first, as pyvis gives them; `lang` is the language of the opening.
    """
    words = messages()
    kinds = [k for k in vocabulary.kinds if any(f.kind == k for f in content.facts)]
    types = [t for t in words["types"] if any(n.type == t for n in content.nodes)]
    statuses = [s for s in STATUSES if any(f.status == s for f in content.facts)]
    roles = {k: list(dict.fromkeys(r for f in content.facts if f.kind == k for r, _ in f.roles)) for k in kinds}
    base = _base(content.iris)
    return {
        "lang": lang,
        "ui": words["ui"],
        "base": _apart(base),
        "iris": {short: _apart(iri) for short, iri in content.iris.items() if iri != base + short},
        "prefixes": {name: _apart(PREFIXES[name]) for name in _ASKED},
        "types": [{"id": t, "label": words["types"][t]} for t in types],
        "kinds": [
            {
                "id": k,
                "class": vocabulary.kinds[k]["class"],
                "label": vocabulary.kinds[k]["label"],
                "comment": vocabulary.kinds[k].get("comment", {}),
                "roles": {r: role_label(r, vocabulary, k) for r in roles[k]},
            }
            for k in kinds
        ],
        "statuses": [{"id": s, "label": words["statuses"][s]} for s in statuses],
        "terms": content.terms,
        "nodes": [
            [n.id, types.index(n.type), n.name, drawing.weight[n.id]]
            + ([n.aliases, n.props] if n.aliases or n.props else [])
            for n in content.nodes
        ],
        "facts": _columns(content, kinds, statuses),
        "sourced": bool(content.evidence),
        "articles": [
            {
                "id": a.id, "headline": a.headline, "date": a.date, "publisher": a.publisher, "authors": a.authors,
                "about": a.about, "abstract": a.abstract, "captions": a.captions,
            }
            for a in content.articles
        ],
        "relations": content.relations,
        "network": network,
        "links": _links(content, drawing),
    }  # fmt: skip


def _columns(content: Content, kinds: Sequence[str], statuses: Sequence[str]) -> dict[str, list[Any]]:
    """What filters, counts and the timeline ask of each fact."""
    number = {n.id: i for i, n in enumerate(content.nodes)}
    members = [list(dict.fromkeys(number[f["n"]] for _, fs in fact.roles for f in fs if f.get("n") in number))
               for fact in content.facts]  # fmt: skip
    articles = [sorted({content.evidence[i].article for i in f.evidence} - {-1}) for f in content.facts]
    sources = _sources(content.facts, articles)
    return {
        "id": [f.id for f in content.facts],
        "kind": [kinds.index(f.kind) for f in content.facts],
        "status": [statuses.index(f.status) for f in content.facts],
        "of": members,
        "art": articles,
        "time": [_time(f) for f in content.facts],
        "said": sources,
    }


def _sources(facts: Sequence[Fact], articles: Sequence[Sequence[int]]) -> list[int]:
    """How many articles say the same: a fact of the same kind and status with the same things in the same roles."""
    said: dict[Any, set[int]] = {}
    keys = []
    for fact, own in zip(facts, articles, strict=True):
        things = frozenset((role, f["n"]) for role, fs in fact.roles for f in fs if "n" in f)
        plain = frozenset((role, str(f.get("v"))) for role, fs in fact.roles for f in fs if "v" in f)
        key: Any = (fact.kind, fact.status, things, plain) if len(things) > 1 else fact.id
        keys.append(key)
        said.setdefault(key, set()).update(own)
    return [len(said[key]) for key in keys]


def _time(fact: Fact) -> str:
    """When the fact is set, as far as it says: a date from the year on; "" for unknown."""
    dates = {role: [f["d"] for f in fs if "d" in f and f["d"][:4].isdecimal()] for role, fs in fact.roles}
    return next((dates[role][0] for role in _TIMES if dates.get(role)), "")


def _links(content: Content, drawing: Drawing) -> dict[str, Any]:
    """Edges and tags that are not drawn at first; ends are numbers of entities, or of facts behind those."""
    number = {n.id: i for i, n in enumerate(content.nodes)}
    fact = {f.id: i for i, f in enumerate(content.facts)}
    known: dict[tuple[str, str], int] = {}

    def label(text: Mapping[str, str]) -> int:
        return known.setdefault((text["vi"], text["en"]), len(known))

    def end(node: str) -> int:
        return number[node] if node in number else len(number) + fact[node]

    rest = drawing.rest
    columns = {
        "from": [end(e["from"]) for e in rest],
        "to": [end(e["to"]) for e in rest],
        "label": [label(e["labels"]) for e in rest],
        "fact": [fact.get(e["fact"], -1) for e in rest],
        "tags": [[fact[t["id"]], label(t["labels"])] for t in drawing.tags],
    }
    return columns | {"labels": list(known)}


def _base(iris: Mapping[str, str]) -> str:
    """The namespace that most IRIs are in."""
    found = Counter(iri.removesuffix(short) for short, iri in iris.items() if iri.endswith(short))
    return min(found, key=lambda base: (-found[base], base), default="")


def _apart(iri: str) -> list[str]:
    """An IRI in two parts: the page holds no address that a browser, or a person looking for one, would take for it."""
    scheme, _, rest = iri.partition(":")
    return [scheme, rest]
