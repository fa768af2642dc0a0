"""Pages for people: the editor, a page for each thing and each article; the same addresses give RDF to programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import anyio.to_thread
import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from kg.language import LANGS, Lang, in_language
from kg.query.source import named_queries, query_text
from kg.query.vocabulary import prefixes
from kg.rdf.terms import DEFAULT_BASE
from kg.resources import resource
from kg.serve.about import MOST_FACTS, Graph
from kg.serve.negotiate import best
from kg.serve.settings import Settings
from kg.store.face import Kept
from kg.view.clean import clean, json_for_script
from kg.view.content import Content, Fact, Filler
from kg.view.drawing import role_label
from kg.view.terms import Vocabulary, load_vocabulary, messages

RDF = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
_HTML = "text/html"


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(autoescape=True, undefined=StrictUndefined, loader=PackageLoader("kg.serve"))
    made.filters["clean"] = clean
    made.filters["segment"] = lambda text: quote(text, safe="")
    return made


@cache
def words() -> dict[str, dict[str, str]]:
    """The pages' own words by language."""
    found: dict[str, dict[str, str]] = json.loads((files("kg.serve") / "messages.json").read_text(encoding="utf-8"))
    return found


def language_of(request: Request) -> Lang:
    """`?lang=`, else what the browser prefers; Vietnamese where neither says."""
    wanted = request.query_params.get("lang")
    if wanted in LANGS:
        return wanted
    for part in request.headers.get("accept-language", "").split(","):
        tag = part.partition(";")[0].strip().lower()[:2]
        if tag in LANGS:
            return tag
    return "vi"


def page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A template with the words of the request's language."""
    lang = language_of(request)
    template = _environment().get_template(name)
    return HTMLResponse(template.render(lang=lang, t=words()[lang], path=request.url.path, **values), status)


async def home(request: Request) -> Response:
    """The editor."""
    settings: Settings = request.app.state.settings
    lang = language_of(request)
    queries = [
        {"name": q.name, "title": in_language(q.title, lang), "text": query_text(q.name)}
        for q in named_queries().values()
    ]
    data = {"queries": queries, "prefixes": prefixes(settings.base), "words": words()[lang]}
    return page(request, "home.html", queries=queries, data=json_for_script(data))


async def node(request: Request) -> Response:
    """`/id/…`: a thing, as a page or as RDF."""
    settings: Settings = request.app.state.settings
    iri = _node(settings, request.path_params["local"])
    media = best(request.headers.get("accept"), [_HTML, *RDF])
    if iri is None:
        return missing(request)
    if media is None:
        return PlainTextResponse(f"given as {', '.join((_HTML, *RDF))}\n", 406)
    if media in RDF:
        body = await anyio.to_thread.run_sync(_rdf, settings, iri, RDF[media])
        return Response(body, media_type=media) if body is not None else missing(request)
    content = await anyio.to_thread.run_sync(_content, settings, iri)
    own = next((n for n in content.nodes if n.id == request.path_params["local"]), None) if content else None
    if content is None or own is None:
        return missing(request)
    shown = _Shown(content, load_vocabulary(), language_of(request))
    facts = [f for f in content.facts if any(x.get("n") == own.id for _, fillers in f.roles for x in fillers)]
    return page(request, "node.html", node=own, shown=shown, groups=shown.groups(facts), iri=iri.value, most=MOST_FACTS)


async def article(request: Request) -> Response:
    """`/article/…`: an article with its facts marked in the text, as far as the text is kept and shown."""
    settings: Settings = request.app.state.settings
    iri = _node(settings, request.path_params["local"])
    found = await anyio.to_thread.run_sync(_article, settings, iri) if iri is not None else None
    if found is None:
        return missing(request)
    content, kept = found
    shown = _Shown(content, load_vocabulary(), language_of(request))
    text = _marked(kept.raw, content) if kept is not None and settings.texts else []
    article = next((a for a in content.articles if a.id == request.path_params["local"]), None)
    return page(request, "article.html", article=article, shown=shown, groups=shown.groups(content.facts), text=text)


async def ontology(request: Request) -> Response:
    """The terms, as RDF or as a list."""
    media = best(request.headers.get("accept"), [_HTML, *RDF])
    if media is None:
        return PlainTextResponse(f"given as {', '.join((_HTML, *RDF))}\n", 406)
    quads = await anyio.to_thread.run_sync(_terms)
    if media in RDF:
        triples = [ox.Triple(q.subject, q.predicate, q.object) for q in quads]
        return Response(_serialised(triples, RDF[media], DEFAULT_BASE), media_type=media)
    return page(request, "ontology.html", terms=_listed(quads, language_of(request)))


def missing(request: Request) -> Response:
    """404, as a page for people."""
    if best(request.headers.get("accept"), ["text/plain", _HTML]) == _HTML:
        return page(request, "missing.html", 404)
    return PlainTextResponse("there is nothing here\n", 404)


def _node(settings: Settings, local: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(settings.base + local)
    except ValueError:
        return None


def _rdf(settings: Settings, node: ox.NamedNode, form: ox.RdfFormat) -> bytes | None:
    triples = list(Graph(settings.graph).triples(node))
    return _serialised(triples, form, settings.base) if triples else None


def _serialised(triples: list[ox.Triple], form: ox.RdfFormat, base: str) -> bytes:
    text = "\n".join(map(str, triples))
    used = {name: space for name, space in prefixes(base).items() if f"<{space}" in text}
    return ox.serialize(triples, format=form, prefixes=used) or b""


def _content(settings: Settings, node: ox.NamedNode) -> Content | None:
    graph = Graph(settings.graph)
    return graph.content(node) if graph.known(node) else None


def _article(settings: Settings, node: ox.NamedNode) -> tuple[Content, Kept | None] | None:
    graph = Graph(settings.graph)
    content = graph.article(node)
    return (content, graph.kept(node)) if content is not None else None


@cache
def _terms() -> list[ox.Quad]:
    found: list[ox.Quad] = []
    for path in sorted(resource("ontology").glob("vnkg*.ttl")):
        found += ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    return found


def _listed(quads: Iterable[ox.Quad], lang: Lang) -> list[tuple[str, str, str]]:
    """Name, label and definition of each term, by name."""
    label, definition = "http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#definition"
    comment = "http://www.w3.org/2000/01/rdf-schema#comment"
    rows: dict[str, dict[str, str]] = {}
    for q in quads:
        if isinstance(q.subject, ox.NamedNode) and isinstance(q.object, ox.Literal) and q.object.language == lang:
            rows.setdefault(q.subject.value, {})[q.predicate.value] = q.object.value
    return [
        (iri.replace("#", "/").rsplit("/", 1)[-1], row.get(label, ""), row.get(definition) or row.get(comment, ""))
        for iri, row in sorted(rows.items())
    ]


class _Shown:
    """What templates ask of a content: names, words for roles and statuses, evidence."""

    def __init__(self, content: Content, vocabulary: Vocabulary, lang: Lang) -> None:
        self.content, self.vocabulary, self.lang = content, vocabulary, lang
        self.nodes = {n.id: n for n in content.nodes}
        self._words = messages()

    def groups(self, facts: Iterable[Fact]) -> list[tuple[str, list[Fact]]]:
        """Facts by kind, the kinds in the order of the ontology."""
        facts = list(facts)
        order = [*self.vocabulary.kinds, *sorted({f.kind for f in facts} - set(self.vocabulary.kinds))]
        grouped = [(kind, [f for f in facts if f.kind == kind]) for kind in order]
        return [(self.kind(kind), group) for kind, group in grouped if group]

    def kind(self, kind: str) -> str:
        """A kind of facts in words."""
        return str(self.vocabulary.kinds.get(kind, {}).get("label", {}).get(self.lang, kind))

    def type(self, type_: str) -> str:
        """A type of things in words."""
        return str(self._words["types"].get(type_, {}).get(self.lang, type_))

    def status(self, status: str) -> str:
        """A status in words."""
        return str(self._words["statuses"].get(status, {}).get(self.lang, status))

    def role(self, fact: Fact, role: str) -> str:
        """A role of a fact in words."""
        label = role_label(role, self.vocabulary, fact.kind)
        return str(label.get(self.lang, role)) if isinstance(label, dict) else str(label)

    def words(self, filler: Filler) -> str:
        """A filler as text."""
        if "n" in filler:
            node = self.nodes.get(filler["n"])
            return node.name if node is not None else str(filler["n"])
        if "c" in filler:
            return str(self.content.terms.get(filler["c"], {}).get(self.lang, filler["c"]))
        if "v" in filler:
            return f"{filler.get('s', '')}{filler['v']}"
        return str(filler.get("t", filler.get("d", filler.get("b", ""))))


def _marked(raw: str, content: Content) -> list[tuple[str, bool]]:
    """The text cut where evidence begins and ends: `(stretch, True within evidence)`, in order, nothing left out."""
    spans = [(e.start, e.end) for e in content.evidence if 0 <= e.start < e.end <= len(raw)]
    cuts = sorted({0, len(raw), *(x for span in spans for x in span)})
    return [(raw[a:b], any(s <= a and b <= e for s, e in spans)) for a, b in pairwise(cuts)]
