"""One article in, its reading out: a pure function, with no RDF and no other article in it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from kg.extract.discourse import Discourse
from kg.extract.engine import Engine
from kg.extract.entities import Entities
from kg.extract.figures import Figures
from kg.extract.finish import Finisher
from kg.extract.meta import article_meta
from kg.extract.rulebook import Rulebook, load_rulebook
from kg.model import Document, EntityRef, Fact, Filler, Reading


@cache
def _engine() -> Engine:
    return Engine(load_rulebook())


@cache
def _figures() -> Figures:
    return Figures(load_rulebook())


def read_article(document: Document, book: Rulebook | None = None) -> Reading:
    """What one article says.

    Args:
        document: the article.
        book: the rules; the shipped ones by default.

    Returns:
        Its reading; the same for the same document and rules, whatever was read before.

    Raises:
        RuleError: the shipped rules are broken.
    """
    engine = _engine() if book is None else Engine(book)
    annotator = engine.book.annotator
    article = annotator.annotate(document)
    drafts = engine.nominal(article)
    article = annotator.again(article)
    drafts += engine.clauses(article)
    entities = Entities(article, drafts)
    drafts += (_figures() if book is None else Figures(book)).find(article, entities)
    drafts = Discourse(engine, article, entities).run(drafts)
    facts = Finisher(entities, article.layout.published).finish(drafts)
    meta = article_meta(article, entities)
    used = {f.id for fact in facts for fs in (*fact.roles.values(), *fact.qualifiers.values()) for f in fs if isinstance(f, EntityRef)}
    known, new = entities.finish(frozenset(used | {*meta.authors, *meta.about, meta.publisher or ""}))

    def renamed(fact: Fact) -> Fact:
        return replace(
            fact,
            roles={role: tuple(_rename(f, new) for f in fillers) for role, fillers in fact.roles.items()},
            qualifiers={role: tuple(_rename(f, new) for f in fillers) for role, fillers in fact.qualifiers.items()},
        )

    return Reading(
        document=document,
        article=replace(
            meta,
            authors=tuple(new[a] for a in meta.authors),
            publisher=new[meta.publisher] if meta.publisher else None,
            about=tuple(new[a] for a in meta.about),
        ),
        entities=known,
        facts=tuple(renamed(f) for f in facts),
        sentences=tuple(s for s, part in zip(article.sentences, article.parts, strict=True) if part != "furniture"),
    )


def _rename(filler: Filler, new: dict[str, str]) -> Filler:
    return EntityRef(new[filler.id], filler.span) if isinstance(filler, EntityRef) else filler
