"""What goes beyond a sentence: how far speech reaches, which event the article is about, who takes part in it."""

from __future__ import annotations

from functools import lru_cache

from kg.extract.drafts import Draft, Literal
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
        drafts = _not_yet_held(drafts)
        _left_posts(drafts)
        self._deciders(drafts)
        drafts = _speech(self.engine).run(self.article, self.entities, drafts)
        drafts = _policy(self.engine).run(self.article, drafts)
        events = Events(self.engine, self.article, self.entities)
        drafts = events.run(drafts)
        return _occasions(self.engine).run(self.article, self.entities, events, drafts)

    def _deciders(self, drafts: list[Draft]) -> None:
        """Who decided, where the clause leaves it out: the meeting that the sentence names, else the clause before."""
        tape = self.article.tape
        changes = [d for d in drafts if d.kind == "personnel_change"]
        for number, draft in enumerate(changes):
            if "agent" in draft.roles:
                continue
            before = changes[number - 1] if number else None
            if (
                before is not None
                and before.sentence == draft.sentence
                and "agent" in before.roles
                and before.rule == draft.rule
            ):
                draft.roles["agent"] = list(before.roles["agent"])
                continue
            action = draft.roles["action"][0]
            if not isinstance(action, Literal) or action.value not in ("elected", "reelected"):
                continue
            for i in range(*self.article.items[draft.sentence]):
                mention = tape.mentions.get(i)
                if (
                    mention is None
                    or mention.kind != "Event"
                    or tape.mention_span(mention).start > draft.evidence.start
                ):
                    continue
                body = next((m for m in mention.parts.get("children", ()) if m.kind == "Organization"), None)
                draft.roles["agent"] = [body if body is not None and mention.parts["type"] == "session" else mention]
                break


def _not_yet_held(drafts: list[Draft]) -> list[Draft]:
    """Leaves out posts that a change of post speaks of: "giới thiệu ông A giữ chức …" does not say that he holds it."""
    changes = [d for d in drafts if d.kind == "personnel_change"]
    return [
        d
        for d in drafts
        if d.kind != "holds_post"
        or not d.rule.startswith(("holds_post.copula", "holds_post.career"))
        or not any(c.evidence.overlaps(d.evidence) and c.roles.get("post") == d.roles.get("post") for c in changes)
    ]


def _left_posts(drafts: list[Draft]) -> None:
    """Who leaves without a named post leaves the one in the title: "Chủ tịch X Nguyễn Văn A được miễn nhiệm"."""
    held = [
        d for d in drafts if d.kind == "holds_post" and d.status == "asserted" and d.rule.startswith("holds_post.title")
    ]
    for change in drafts:
        if change.kind != "personnel_change" or "post" in change.roles or not change.rule.endswith((".out", ".end")):
            continue
        titles = [
            d for d in held if d.roles["person"] == change.roles["person"] and d.evidence.overlaps(change.evidence)
        ]
        if len(titles) == 1:
            for role in ("post", "organization"):
                if role in titles[0].roles:
                    change.roles[role] = list(titles[0].roles[role])
