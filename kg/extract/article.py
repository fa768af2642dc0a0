"""One article in, its reading out: a pure function, with no RDF and no other article in it."""

from __future__ import annotations

from collections.abc import Mapping
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
from kg.text.annotate import Annotated


class Extractor:
    """The rules of one rulebook, compiled once; keeps no state between articles.

    Args:
        book: the rules.
    """

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.engine = Engine(book)
        self.figures = Figures(book)
        # Before a person who is not whom the clause is about: no pronoun means him.
        self._beside = frozenset("".join(map(book.lexicon.chars, ("instead", "with"))))

    def read(self, document: Document) -> Reading:
        """What one article says: the stages in their order."""
        annotator = self.book.annotator
        article = annotator.annotate(document)
        drafts = self.engine.clauses(article, "unfolded")
        drafts += self.engine.nominal(article)
        article = annotator.again(article)
        drafts += self.engine.clauses(article)
        entities = Entities(article, drafts, self._beside)
        drafts += self.figures.find(article, entities)
        drafts = Discourse(self.engine, article, entities).run(drafts)
        facts = Finisher(entities, article.layout.published).finish(drafts)
        return _reading(article, entities, facts)


@cache
def shipped() -> Extractor:
    """The extractor of the shipped rules, compiled on first use.

    Raises:
        RuleError: the shipped rules are broken.
    """
    return Extractor(load_rulebook())


def read_article(document: Document) -> Reading:
    """What one article says by the shipped rules.

    Args:
        document: the article.

    Returns:
        Its reading; the same for the same document and rules, whatever was read before.

    Raises:
        RuleError: the shipped rules are broken.
    """
    return shipped().read(document)


def _reading(article: Annotated, entities: Entities, facts: list[Fact]) -> Reading:
    meta = article_meta(article, entities)
    used = {
        f.id
        for fact in facts
        for fillers in (*fact.roles.values(), *fact.qualifiers.values())
        for f in fillers
        if isinstance(f, EntityRef)
    }
    known, new = entities.finish(frozenset(used | {*meta.authors, *meta.about, meta.publisher or ""}))

    def renamed(roles: Mapping[str, tuple[Filler, ...]]) -> dict[str, tuple[Filler, ...]]:
        return {
            role: tuple([EntityRef(new[f.id], f.span) if isinstance(f, EntityRef) else f for f in fillers])
            for role, fillers in roles.items()
        }

    return Reading(
        document=article.document,
        article=replace(
            meta,
            authors=tuple(new[a] for a in meta.authors),
            publisher=new[meta.publisher] if meta.publisher else None,
            about=tuple(new[a] for a in meta.about),
        ),
        entities=known,
        facts=tuple(
            [Fact(f.kind, renamed(f.roles), f.evidence, f.status, f.rule, renamed(f.qualifiers)) for f in facts]
        ),
        sentences=tuple(s for s, part in zip(article.sentences, article.parts, strict=True) if part != "furniture"),
    )
