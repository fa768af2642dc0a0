"""A reading as triples: what the article says, and the evidence for it. A pure function of one reading.

Terms are strings in N-Triples form (see `kg.rdf.terms`); nothing here knows a store or another article.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.link.keys import entity_keys
from kg.model import ArticleMeta, Entity, Reading, Span
from kg.rdf.entities import ALT_LABEL, NAME, POST, PREF_LABEL, TYPE, describe, plain
from kg.rdf.evidence import EvidenceWriter
from kg.rdf.facts import FactWriter
from kg.rdf.iri import Minter, article_local, digest, slug
from kg.rdf.shapes import all_shapes
from kg.rdf.spec import Spec, load_spec
from kg.rdf.terms import DEFAULT_BASE, Quad, Triple, date, quoted, term, text

_DERIVED = term("prov:wasDerivedFrom")
_GENERATED = term("prov:wasGeneratedBy")
_MENTIONS = term("schema:mentions")
_AUTHOR = term("schema:author")
_PUBLISHER = term("schema:publisher")
_MEDIA = term("schema:NewsMediaOrganization")
_PERSON = term("schema:Person")
# Of these a node has one in what all articles say.
SINGLE = (PREF_LABEL, NAME)
LABELS = (*SINGLE, ALT_LABEL)


@dataclass(frozen=True, slots=True)
class ArticleGraph:
    """All triples of one article.

    Attributes:
        graph: term of its named graph.
        article: term of the article.
        said: facts, entities and metadata; goes into the default graph too. Sorted, none twice.
        evidence: evidence nodes, role mentions and rules; only in the named graph. Sorted, none twice.
    """

    graph: str
    article: str
    said: tuple[Triple, ...]
    evidence: tuple[Triple, ...]

    def quads(self) -> Iterator[Quad]:
        """All triples with the graph's term."""
        for s, p, o in (*self.said, *self.evidence):
            yield s, p, o, self.graph


def write_reading(reading: Reading, base: str = DEFAULT_BASE, spec: Spec | None = None) -> ArticleGraph:
    """The triples of one reading; depends on nothing but the reading, the base and the ontology.

    Raises:
        kg.errors.UsageError: the base is not an IRI that ends in "/" or "#".
        kg.errors.RuleError: a fact's kind is not in the ontology.
    """
    spec = spec or load_spec()
    minter = Minter(base)
    document = reading.document
    local = article_local(document.id, document.sha256, document.raw)
    article, graph = minter.local(f"article-{local}"), minter.local(f"graph-{local}")
    keys = entity_keys(reading, local)
    nodes = {e.id: _node(e, keys[e.id], minter, spec) for e in reading.entities}
    facts = FactWriter(reading, spec, minter, local, article, nodes, all_shapes())
    evidence = EvidenceWriter(reading, minter, local, article)
    said: list[Triple] = []
    for fact in reading.facts:
        node, fact_local = facts.write(fact)
        for span in fact.evidence:
            evidence.triples.append((node, _DERIVED, evidence.node(span)))
        evidence.roles(fact, node, fact_local, nodes)
        if fact.rule:
            evidence.triples += _rule(fact.rule, node, minter)
    only_byline = set(reading.article.authors) | {reading.article.publisher}
    for entity in reading.entities:
        node = nodes[entity.id]
        if entity.id == reading.article.publisher and entity.id not in facts.used:
            said += ((node, TYPE, _MEDIA), (node, PREF_LABEL, text(plain(entity.name))))
            said.append((node, NAME, text(plain(entity.name))))
            continue
        said += describe(entity, node, spec, facts.classes_of(entity), facts.titles.get(entity.id))
        if entity.id in facts.used or entity.id not in only_byline:
            said.append((article, _MENTIONS, node))
    said += facts.triples
    said += _metadata(reading, article, minter, local, nodes)
    evidence.triples += ((graph, TYPE, term("vk:ArticleGraph")), (graph, term("vk:graphOf"), article))
    return ArticleGraph(graph, article, tuple(sorted(set(said))), tuple(sorted(set(evidence.triples))))


def _node(entity: Entity, key: str, minter: Minter, spec: Spec) -> str:
    """An entity's term; an office whose title says it all ("Thủ tướng") is one post, whoever names it."""
    if entity.type == "Office":
        if spec.narrower("Post", entity.name):
            return minter.concept(POST, entity.name)
        return minter.node("post", key, key.split("|")[1])
    return minter.entity(key)


def _rule(rule: str, fact: str, minter: Minter) -> Iterable[Triple]:
    node = minter.local(f"rule-{slug(rule)}-{digest(rule, 4)}")
    return (
        (fact, _GENERATED, node),
        (node, TYPE, term("vk:Rule")),
        (node, term("vk:ruleName"), quoted(rule)),
    )


def _metadata(reading: Reading, article: str, minter: Minter, local: str, nodes: dict[str, str]) -> Iterator[Triple]:
    meta: ArticleMeta = reading.article
    words = reading.document.text

    def stretch(span: Span) -> str:
        return text(plain(words[span.start : span.end]))

    yield article, TYPE, term("schema:NewsArticle")
    yield article, term("schema:identifier"), quoted(reading.document.id)
    yield article, term("schema:inLanguage"), quoted("vi")
    origin = reading.document.origin
    if origin is not None and origin.address:
        yield article, term("schema:url"), quoted(origin.address)
    if reading.document.sha256:
        yield article, term("vk:sha256"), quoted(reading.document.sha256)
    if meta.headline is not None:
        yield article, term("schema:headline"), stretch(meta.headline)
    if meta.lead is not None:
        yield article, term("schema:abstract"), stretch(meta.lead)
    published = date(meta.published) if meta.published else None
    if published:
        yield article, term("schema:datePublished"), published
    for author in meta.authors:
        if author in nodes:
            yield article, _AUTHOR, nodes[author]
    if meta.publisher in nodes:
        yield article, _PUBLISHER, nodes[meta.publisher]
    for place in meta.about:
        if place in nodes:
            yield article, term("schema:about"), nodes[place]
    for caption in meta.captions:
        start, end = reading.document.to_source(caption)
        image = minter.local(f"image-{local}-{start}-{end}")
        yield article, term("schema:image"), image
        yield image, TYPE, term("schema:ImageObject")
        yield image, term("schema:caption"), stretch(caption)


def default_graph(graphs: Iterable[ArticleGraph]) -> set[Triple]:
    """What all articles together say: each triple once, each node with one preferred label (see `merged`)."""
    return merged(graph.said for graph in graphs)


def merged(graphs: Iterable[Iterable[Triple]]) -> set[Triple]:
    """The union of several graphs in which each node has one preferred label.

    Articles may call one thing by different names; the commonest (the longer, then the first by code point, where two
    are as common) is its label, the rest are other names.
    """
    triples: set[Triple] = set()
    names: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for graph in graphs:
        for node, prop, value in graph:
            if prop in LABELS:
                names[node][prop][value] += 1
            else:
                triples.add((node, prop, value))
    for node, counts in names.items():
        triples.update(labels_of(node, counts))
    return triples


def labels_of(node: str, counts: Mapping[str, Mapping[str, int]]) -> set[Triple]:
    """The label triples of one node in what all articles say; see `merged`.

    Args:
        node: its term.
        counts: property (of `LABELS`) to name to the number of articles that use it.
    """
    others = set(counts.get(ALT_LABEL, ()))
    found: set[Triple] = set()
    preferred: set[str] = set()
    for prop in SINGLE:
        names = counts.get(prop)
        if not names:
            continue
        best = min(names, key=lambda name: (-names[name], -len(name), name))
        found.add((node, prop, best))
        if len(names) > 1:
            others.update(name for name in names if name != best)
            preferred.add(best)
    # At the end: what one property prefers may have lost in the other, in either order.
    found.update((node, ALT_LABEL, name) for name in others - preferred)
    return found
