"""What goes beyond a sentence: how far speech reaches, which event the article is about, who takes part in it."""

from __future__ import annotations

from functools import lru_cache

from kg.extract.changes import Changes
from kg.extract.documents import documents
from kg.extract.drafts import Draft
from kg.extract.engine import Engine
from kg.extract.entities import Entities
from kg.extract.events import Events
from kg.extract.occasions import Occasions
from kg.extract.policy import Policy
from kg.extract.speech import Speech
from kg.text.annotate import Annotated

# Related headlines, date lines and names of writers state no facts of the article.
_SILENT = frozenset({"meta", "byline", "furniture"})


@lru_cache(maxsize=4)
def _changes(engine: Engine) -> Changes:
    return Changes(engine)


@lru_cache(maxsize=4)
def _speech(engine: Engine) -> Speech:
    return Speech(engine)


@lru_cache(maxsize=4)
def _policy(engine: Engine) -> Policy:
    return Policy(engine)


@lru_cache(maxsize=4)
def _occasions(engine: Engine) -> Occasions:
    return Occasions(engine)


class Discourse:
    """The stages between the rules and the facts, in order."""

    def __init__(self, engine: Engine, article: Annotated, entities: Entities) -> None:
        self.engine = engine
        self.article = article
        self.entities = entities

    def run(self, drafts: list[Draft]) -> list[Draft]:
        """All drafts of the article."""
        parts = self.article.parts
        drafts = [draft for draft in drafts if parts[draft.sentence] not in _SILENT]
        drafts = _changes(self.engine).run(self.article, drafts)
        drafts = _speech(self.engine).run(self.article, self.entities, drafts)
        drafts = documents(self.article, _policy(self.engine).run(self.article, drafts))
        events = Events(self.engine, self.article, self.entities)
        drafts = events.run(drafts)
        return _occasions(self.engine).run(self.article, self.entities, events, drafts)
