"""What goes beyond a sentence: how far speech reaches, which event the article is about, who takes part in it."""

from __future__ import annotations

from kg.extract.drafts import Draft
from kg.extract.engine import Engine
from kg.extract.entities import Entities
from kg.text.annotate import Annotated


class Discourse:
    """The stages between the rules and the facts, in order."""

    def __init__(self, engine: Engine, article: Annotated, entities: Entities) -> None:
        self.engine = engine
        self.article = article
        self.entities = entities

    def run(self, drafts: list[Draft]) -> list[Draft]:
        """All drafts of the article."""
        return drafts
