"""The article's events: each named one is a fact; what sentences say of it, and who spoke at it, is gathered on it."""

from __future__ import annotations

from kg.extract.drafts import Draft, Literal
from kg.extract.engine import Engine, sentence_items
from kg.extract.entities import Entities
from kg.text.annotate import Annotated
from kg.text.tape import Mention

# Event types whose name holds the body that meets: "Kỳ họp thứ 5, HĐND tỉnh", "Đại hội Đảng bộ huyện".
_OF_A_BODY = frozenset({"session", "congress", "meeting", "conference"})
_READ = frozenset({"lead", "body", "caption"})
_AROUND = 4


class Events:
    """Gathers the events of one article."""

    def __init__(self, engine: Engine, article: Annotated, entities: Entities) -> None:
        self.engine = engine
        self.article = article
        self.entities = entities
        lexicon = engine.book.lexicon
        self._future = frozenset(lexicon.chars("future"))
        self._done = frozenset(lexicon.chars("done"))
        self._neg = frozenset(lexicon.chars("neg"))
        self._at = frozenset(lexicon.chars("at"))
        self.named = self._named()

    def _named(self) -> dict[str, tuple[int, Mention]]:
        """Node id to the item and mention that names the event best: the first one with a date in its sentence."""
        found: dict[str, tuple[int, Mention]] = {}
        for i, mention in self.article.tape.mentions.items():
            if mention.kind != "Event" or self.article.parts[self.article.sentence_of(i)] not in _READ:
                continue
            node = self.entities.entity(mention)
            if node is None:
                continue
            if node.id not in found or (self._date(i) is not None and self._date(found[node.id][0]) is None):
                found[node.id] = (i, mention)
        return found

    def _date(self, item: int) -> Mention | None:
        """The date nearest to an item in its sentence, those inside the mention first."""
        tape = self.article.tape
        inside: Mention | None = next((m for m in tape.mentions[item].parts.get("children", ()) if m.kind == "Date"), None)
        if inside is not None:
            return inside
        first, last = sentence_items(tape, item, item + 1)
        best: tuple[int, Mention] | None = None
        for i in range(first, last):
            mention = tape.mentions.get(i)
            if mention is not None and mention.kind == "Date" and (best is None or abs(i - item) < best[0]):
                best = (abs(i - item), mention)
        return best[1] if best else None

    def run(self, drafts: list[Draft]) -> list[Draft]:
        """All drafts with one for each event, events filled in where a sentence left them out, and participants."""
        own = [d for d in drafts if d.kind == "event"]
        rest = [d for d in drafts if d.kind != "event"]
        base = [self._base(i, m) for i, m in self.named.values() if self._one(i, m)]
        kept = []
        for draft in own:
            event = self._event_of(draft)
            if event is None:
                continue
            draft.roles["event"] = [event]
            kept.append(draft)
        for draft in rest:
            self._participants(draft, kept)
        return rest + base + kept

    def _one(self, item: int, mention: Mention) -> bool:
        """True for a name that means one event: a number, a quotation, a capital within a sentence, or a date with it."""
        tape = self.article.tape
        text = tape.mention_text(mention)
        if any(c.isdigit() or c in "“\"" for c in text) or (text[0].isupper() and tape.codes[item - 1 : item] not in "\n\v"):
            return True
        return self._date(item) is not None or any(child.kind == "Organization" for child in mention.parts.get("children", ())) and (
            tape.codes[item - 1 : item] in self._at
        )

    def _base(self, item: int, mention: Mention) -> Draft:
        tape = self.article.tape
        roles: dict[str, list[object]] = {"event": [mention], "event_type": [Literal(mention.parts["type"])]}
        first, last = sentence_items(tape, item, item + 1)
        date = self._date(item)
        begin, end = item, item + 1
        if date is not None:
            roles["date"] = [date]
            at = next((i for i in range(first, last) if tape.mentions.get(i) is date), item)
            begin, end = min(item, at), max(item, at) + 1
        if mention.parts["type"] in _OF_A_BODY:
            body = next((m for m in mention.parts.get("children", ()) if m.kind == "Organization"), None)
            if body is not None:
                roles["organizer"] = [body]
        around = tape.codes[max(first, item - _AROUND) : min(last, item + _AROUND)]
        status = "asserted"
        if not self._neg.isdisjoint(tape.codes[max(first, item - _AROUND) : item]):
            status = "negated"
        elif not self._future.isdisjoint(around) and self._done.isdisjoint(around):
            status = "planned"
        span = tape.span(begin, end)
        return Draft("event", "event.named", roles, span, self.article.sentence_at(span.start), status)  # type: ignore[arg-type]

    def _event_of(self, draft: Draft) -> Mention | None:
        """The draft's event; where its sentence names none, the last one named before."""
        found = draft.roles.get("event")
        if found and isinstance(found[0], Mention):
            node = self.entities.entity(found[0])
            return found[0] if node is not None else None
        last: tuple[int, Mention] | None = None
        for i, mention in self.named.values():
            at = self.article.tape.mention_span(mention).start
            if at <= draft.evidence.start and (last is None or at > last[0]):
                last = (at, mention)
        return last[1] if last else None

    def _participants(self, draft: Draft, out: list[Draft]) -> None:
        """Whoever speaks or asks at an event takes part in it."""
        if draft.kind not in ("statement", "request") or draft.inside:
            return
        event, speaker = draft.roles.get("event"), draft.roles.get("speaker")
        if not event or not speaker:
            return
        if isinstance(speaker[0], Mention) and speaker[0].kind in ("Person", "Pronoun", "Post"):
            out.append(
                Draft(
                    "event", "event.speaker", {"event": event[:1], "participant": speaker[:1]}, draft.evidence, draft.sentence,
                    qualifiers={"speaker": speaker[:1]},
                )  # fmt: skip
            )

