"""A part of a graph: the facts of some articles, of some kinds, of some days, or about some things, and what they need.

A part is taken graph by graph, so a corpus of any size passes through.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from kg.errors import UsageError
from kg.language import Bilingual
from kg.rdf.spec import Spec, load_spec
from kg.rdf.table import ARTICLE, TYPE
from kg.rdf.terms import Quad, term, words_of

_STATED_IN = term("vk:statedIn")
_PUBLISHED = term("schema:datePublished")
_IDENTIFIER = term("schema:identifier")
_GRAPH = term("vk:ArticleGraph")
_NAMED = (term("skos:prefLabel"), term("schema:name"))
# What an article says of itself; what it mentions comes with the facts.
_MENTIONS = term("schema:mentions")


@dataclass(frozen=True, slots=True)
class Part:
    """What is wanted; an empty field asks for nothing, and what is asked for must all hold.

    Attributes:
        kinds: kinds of facts.
        articles: ids of articles, IRIs of articles or of their graphs.
        since, until: first and last day of publication, as far as given: "2018", "2018-03" or "2018-03-05".
        about: IRIs of facts, of articles, or of things in whose facts one is interested; None: of all.
    """

    kinds: frozenset[str] = field(default_factory=frozenset)
    articles: frozenset[str] = field(default_factory=frozenset)
    since: str = ""
    until: str = ""
    about: frozenset[str] | None = None

    def __post_init__(self) -> None:
        known = load_spec().kinds
        wrong = sorted(self.kinds - set(known))
        if wrong:
            raise UsageError(
                Bilingual(f"no kind of fact is called {wrong[0]!r}", f"không có loại dữ kiện {wrong[0]!r}"),
                Bilingual("known: " + ", ".join(known), "biết: " + ", ".join(known)),
            )

    def __bool__(self) -> bool:
        return bool(self.kinds or self.articles or self.since or self.until or self.about is not None)


def part(quads: Iterable[Quad], wanted: Part) -> Iterator[Quad]:
    """The quads of a part: its facts, the things and the evidence that they point to, and the articles that state them.

    Args:
        quads: a graph; the quads of one named graph must follow each other.
        wanted: what is wanted; with nothing wanted, all quads pass.
    """
    if not wanted:
        yield from quads
        return
    spec = load_spec()
    for _, group in groupby(quads, key=lambda q: q[3]):
        yield from _of_graph(list(group), wanted, spec)


def _of_graph(quads: list[Quad], wanted: Part, spec: Spec) -> Iterator[Quad]:
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for s, p, o, _ in quads:
        values[s][p].append(o)
    graph = quads[0][3]
    kinds = {kind.cls: name for name, kind in spec.kinds.items()}
    articles = {s for s in values if ARTICLE in values[s].get(TYPE, ())}
    chosen = {a for a in articles if _is_chosen(a, graph, values[a], wanted)}
    about = wanted.about
    facts = set()
    for node in values:
        kind = next((kinds[t] for t in values[node].get(TYPE, ()) if t in kinds), None)
        stated = values[node].get(_STATED_IN, ())
        if kind is None or (wanted.kinds and kind not in wanted.kinds) or not chosen.intersection(stated):
            continue
        if about is not None:
            ends = {node, *stated, *(o for found in values[node].values() for o in found)}
            if not any(end[1:-1] in about for end in ends):
                continue
        facts.add(node)
    stating = {a for f in facts for a in values[f].get(_STATED_IN, ())} & chosen
    whole = not wanted.kinds and about is None
    if not facts and not (whole and chosen):
        return
    kept = _reached(facts | (chosen if whole else stating), facts, articles, values, kinds)
    if whole and graph and chosen:
        kept = set(values)  # the article's own graph: all of it
    for quad in quads:
        s, p, o, _ = quad
        is_graph = _GRAPH in values[s].get(TYPE, ())
        if (s in kept or is_graph) and (o not in values or o in kept or p == TYPE):
            yield quad


def _is_chosen(article: str, graph: str, own: dict[str, list[str]], wanted: Part) -> bool:
    if wanted.articles:
        names = {article[1:-1], graph[1:-1], *map(words_of, own.get(_IDENTIFIER, ()))}
        if not names & wanted.articles:
            return False
    if not wanted.since and not wanted.until:
        return True
    day = min(map(words_of, own.get(_PUBLISHED, ())), default="")
    if not day:
        return False
    # A bound that names a month or a year means all of its days.
    return (not wanted.since or day[: len(wanted.since)] >= wanted.since) and (
        not wanted.until or day[: len(wanted.until)] <= wanted.until
    )


def _reached(
    start: set[str],
    facts: set[str],
    articles: set[str],
    values: dict[str, dict[str, list[str]]],
    kinds: dict[str, str],
) -> set[str]:
    """The nodes that facts point to, and what those point to: up to things, and not on to other facts."""
    kept, level = set(start), list(start)
    while level:
        node = level.pop()
        own = values[node]
        if node not in facts and node not in articles and any(p in own for p in _NAMED):
            continue
        for prop, found in own.items():
            if node in articles and prop == _MENTIONS:
                continue
            for value in found:
                is_other_fact = any(t in kinds for t in values[value].get(TYPE, ())) if value in values else False
                named = value in values and any(p in values[value] for p in _NAMED)
                if value in values and value not in kept and value not in articles and (named or not is_other_fact):
                    kept.add(value)
                    level.append(value)
    return kept
