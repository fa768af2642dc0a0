"""What an article says of itself: headline, time, paper, writers, captions."""

from __future__ import annotations

import re

from kg.extract.entities import Entities
from kg.model import ArticleMeta, Span
from kg.text.annotate import Annotated
from kg.text.letters import CAPITAL
from kg.text.normal import tone_key

_CAP = rf"[{CAPITAL}]"
_NAME = re.compile(
    rf"(?<![\w.])(?!P\.?V\b)(?!(?:Theo|PV|Bài|Tin|Nhóm|Ảnh|Nguồn|Clip|Video)\b)"
    rf"(?:{_CAP}[^\W\d_]*(?:[ ]{_CAP}[^\W\d_]*){{1,3}}"
    rf"|{_CAP}\.[ ]?{_CAP}[^\W\d_]*)"
)
_CREDIT = re.compile(
    rf"(?:Ảnh|Clip|Video)\s?:\s?({_CAP}[^\W\d_]+(?:[ ]{_CAP}[^\W\d_]+){{1,3}})"
    rf"\s*(?:[-–/]\s?{_CAP}[\w.]+\s*)?\)?\s*(?:\.|$|\n)"
)


def article_meta(article: Annotated, entities: Entities) -> ArticleMeta:
    """The metadata of one article; writers and the paper become entities."""
    text = article.document.text
    layout = article.layout
    headline = next((b.span for b in layout.blocks if b.part == "title"), None)
    authors: list[str] = []
    for span, part in zip(article.sentences, article.parts, strict=True):
        if part == "byline":
            for m in _NAME.finditer(text, span.start, span.end):
                if text[m.start() - 1 : m.start()] == "(" and text[m.end() : m.end() + 1] == ")":
                    entities.named("Organization", tone_key(m.group()), m.group(), Span(*m.span()))
                    continue  # "Hà Thu (Báo Bình Sơn)"
                node = entities.named("Person", tone_key(m.group()), m.group(), Span(*m.span()))
                if node.id not in authors:
                    authors.append(node.id)
        elif part == "caption" and (credit := _CREDIT.search(text, span.start, span.end)):
            # Photographers are persons of the article without facts of their own.
            entities.named("Person", tone_key(credit[1]), credit[1], Span(*credit.span(1)))
    publisher = None
    if layout.publisher is not None:
        name = text[layout.publisher.start : layout.publisher.end].strip()
        publisher = entities.named("Organization", tone_key(name), name, layout.publisher).id
    about = []
    if headline is not None:
        about = [n.id for n in entities.nodes.values() if n.type == "Place" and any(headline.holds(s) for s in n.spans)]
    return ArticleMeta(
        headline=headline,
        lead=layout.lead,
        published=layout.published,
        published_span=layout.published_span,
        authors=tuple(authors),
        publisher=publisher,
        captions=tuple(b.span for b in layout.blocks if b.part == "caption"),
        about=tuple(about),
    )
