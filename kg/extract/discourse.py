"""What goes beyond a sentence: how far speech reaches, which event the article is about, who takes part in it."""

from __future__ import annotations

from functools import lru_cache

from kg.extract.drafts import Draft
from kg.extract.engine import Engine
from kg.extract.entities import Entities
from kg.extract.events import Events
from kg.extract.speech import Speech
from kg.text.annotate import Annotated


@lru_cache(maxsize=4)
def _speech(engine: Engine) -> Speech:
    return Speech(engine)


class Discourse:
    """The stages between the rules and the facts, in order."""

    def __init__(self, engine: Engine, article: Annotated, entities: Entities) -> None:
        self.engine = engine
        self.article = article
        self.entities = entities

    def run(self, drafts: list[Draft]) -> list[Draft]:
        """All drafts of the article."""
        drafts = _speech(self.engine).run(self.article, self.entities, drafts)
        return Events(self.engine, self.article, self.entities).run(drafts)
