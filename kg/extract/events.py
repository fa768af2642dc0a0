"""The article's events: each named one is a fact; what sentences say of it, and who spoke at it, is gathered on it."""

from __future__ import annotations

import bisect
from functools import lru_cache

from kg.extract.drafts import Candidate, Draft, Known, Literal, Words
from kg.extract.engine import Engine, sentence_items
from kg.extract.entities import Entities
from kg.extract.event_days import day_of
from kg.extract.event_people import Rolls
from kg.model import Span
from kg.text.annotate import Annotated
from kg.text.tape import Mention

# Event types whose name holds the body that meets: "Kỳ họp thứ 5, HĐND tỉnh", "Đại hội Đảng bộ huyện".
_OF_A_BODY = frozenset({"session", "congress", "meeting", "conference", "press_conference"})
_READ = frozenset({"lead", "body", "caption"})
_AROUND = 4
_VENUE = 4  # items between "tại" and the last name of a venue: "tại hội trường lớn UBND huyện"


@lru_cache(maxsize=4)
def _rolls(engine: Engine) -> Rolls:
    return Rolls(engine)


class Events:
    """Gathers the events of one article.

    Attributes:
        named: node id to the item and mention that names the event best.
    """

    def __init__(self, engine: Engine, article: Annotated, entities: Entities) -> None:
        self.engine = engine
        self.article = article
        self.entities = entities
        lexicon = engine.book.lexicon
        self._future = frozenset(lexicon.chars("future"))
        self._done = frozenset(lexicon.chars("done"))
        self._neg = frozenset(lexicon.chars("neg"))
        self._at = frozenset(lexicon.chars("at"))
        self._preparing = frozenset(lexicon.chars("event:preparing")) if lexicon.has("event:preparing") else frozenset()
        self._joins = frozenset(
            "," + "".join(lexicon.chars(n) for n in ("Number", "of", "Period", "term", "with", "event:side"))
        )
        self._about = frozenset(
            "".join(lexicon.chars(n) for n in ("about", "event:treat", "requests") if lexicon.has(n))
        )
        self._with = frozenset("".join(lexicon.chars(n) for n in ("with", "event:side") if lexicon.has(n)))
        self._days: dict[int, Mention | None] = {}
        # Items of each event's names, and of bare heads that stand for it.
        self._items: dict[str, list[int]] = {}
        for i, mention in article.tape.mentions.items():
            if mention.kind == "Event" and article.parts[article.sentence_of(i)] in _READ:
                node = entities.entity(mention)
                if node is not None:
                    self._items.setdefault(node.id, []).append(i)
        self.named = {
            node: (i, article.tape.mentions[i]) for node, items in self._items.items() if (i := self._best(items)) >= 0
        }

    def _best(self, items: list[int]) -> int:
        """The item that names an event best: the first name with a date in its sentence; -1 for bare heads only."""
        mentions = self.article.tape.mentions
        full = [i for i in items if not mentions[i].parts["bare"]]
        if not full:
            # A bare head that is an event by itself stands with its day.
            full = [i for i in items if self._dated(i) is not None][:1]
        return next((i for i in full if self._dated(i) is not None), full[0] if full else -1)

    def _dated(self, item: int) -> Mention | None:
        if item not in self._days:
            self._days[item] = day_of(self.article.tape, item, self._preparing)
        return self._days[item]

    def run(self, drafts: list[Draft]) -> list[Draft]:
        """All drafts with one for each event, events filled in where a sentence left them out, and participants."""
        own = [d for d in drafts if d.kind == "event"]
        rest = [d for d in drafts if d.kind != "event"]
        base = [self._base(i, m) for i, m in self.named.values() if self._one(i, m)]
        kept = []
        deeds = [d for d in own if isinstance(d.roles.get("event", [None])[0], Span)]
        own = [d for d in own if d not in deeds]
        told = [
            s
            for d in rest
            for r in ("content", "action")
            for s in d.roles.get(r, ())
            if d.kind in ("statement", "request") and isinstance(s, Span)
        ]
        for roll in _rolls(self.engine).find(self.article):
            if any(s.overlaps(roll.evidence) for s in told):
                continue
            own.append(
                roll.draft(roll.event)
                if roll.event is not None
                else Draft("event", "event.roll", {"participant": roll.people}, roll.evidence, roll.sentence)
            )
        for draft in own:
            event = self._event_of(draft)
            if event is None:
                continue
            draft.roles["event"] = [event]
            if any(role in draft.roles for role in ("organizer", "chair", "place", "participant")) and self._sound(
                draft
            ):
                kept.append(draft)
        for draft in rest:
            self._participants(draft, kept)
        return rest + self._settled(base + kept) + self._deeds(deeds, told)

    def _deeds(self, drafts: list[Draft], told: list[Span]) -> list[Draft]:
        """What somebody did on a day ("Sáng 5/4, ông A đã thị sát cầu B"), where its sentence names no event."""
        named = {self.article.sentence_of(item) for item, _ in self.named.values()}
        found = []
        for draft in drafts:
            span = draft.roles["event"][0]
            if isinstance(span, Span) and draft.sentence not in named and not any(s.overlaps(span) for s in told):
                draft.roles["event"] = [Words(span, "Event")]
                found.append(draft)
        return found

    def _sound(self, draft: Draft) -> bool:
        """Leaves out what the pattern caught beside the role; False where nothing is left."""
        for role in ("organizer", "place", "participant"):
            fillers: list[Candidate] = []
            for candidate in draft.roles.pop(role, ()):
                if isinstance(candidate, Span):
                    candidate = Words(candidate, "Place" if role == "place" else "Group")
                if role == "organizer" and isinstance(candidate, Mention) and self._located(candidate):
                    continue  # "tại Hà Nội, Hội A tổ chức …", "tại hội trường UBND tỉnh, Hội A tổ chức …"
                fillers.append(candidate)
            if fillers:
                draft.roles[role] = fillers
        return len(draft.roles) > 1

    def _located(self, mention: Mention) -> bool:
        tape = self.article.tape
        item = bisect.bisect_left(tape.firsts, mention.first)
        if mention.kind == "Place" and tape.codes[item - 1 : item] in self._at:
            return True
        if tape.codes[item + 1 : item + 2] not in ",(":
            return False
        before = tape.codes[max(0, item - _VENUE) : item]
        return not self._at.isdisjoint(before[max(before.rfind(c) for c in "\n\v,;.:") + 1 :])

    def _settled(self, drafts: list[Draft]) -> list[Draft]:
        """Each event's type and day on all its drafts; who has the chair is not named again among those present."""
        chairs: dict[str, set[str]] = {}
        for draft in drafts:
            node = self._node(draft)
            for chair in draft.roles.get("chair", ()):
                held = self.entities.entity(chair)
                if node is not None and held is not None:
                    chairs.setdefault(node, set()).add(held.id)
        stated = {self._node(d) for d in drafts if "organizer" in d.roles and d.rule != "event.named"}
        # Several patterns read one list: the one that read most of it.
        lists: dict[str | None, list[Candidate]] = {}
        for draft in drafts:
            if draft.rule != "event.named" and len(draft.roles.get("organizer", ())) > len(
                lists.get(self._node(draft), ())
            ):
                lists[self._node(draft)] = draft.roles["organizer"]
        out = []
        for draft in drafts:
            node = self._node(draft)
            if node is None:
                continue
            if "organizer" in draft.roles and node in lists:
                draft.roles["organizer"] = list(lists[node])
            if draft.rule == "event.named" and node in stated:
                draft.roles.pop("organizer", None)
            if node in self.named:
                draft.roles.setdefault("event_type", [Literal(self.named[node][1].parts["type"])])
                day = self._day(node)
                if day is not None:
                    draft.roles["date"] = [day]
            if "participant" in draft.roles and node in chairs:
                draft.roles["participant"] = [
                    p for p in draft.roles["participant"] if not self._is_one(p, chairs[node])
                ]
                if not draft.roles["participant"]:
                    del draft.roles["participant"]
                    draft.qualifiers.pop("speaker", None)
            out.append(draft)
        return out

    def _is_one(self, candidate: Candidate, nodes: set[str]) -> bool:
        node = self.entities.entity(candidate)
        return (node.id if node is not None else candidate.id if isinstance(candidate, Known) else "") in nodes

    def _node(self, draft: Draft) -> str | None:
        event = draft.roles["event"][0]
        if isinstance(event, Known):
            return event.id
        node = self.entities.entity(event)
        return node.id if node is not None else None

    def _day(self, node: str) -> Mention | None:
        """The day that goes with the event's name; where none does, the one that goes with a bare head."""
        tape = self.article.tape
        items = sorted(self._items[node], key=lambda i: (tape.mentions[i].parts["bare"], self._captioned(i), i))
        found: Mention | None = None
        for i in items:
            day = self._dated(i)
            if day is None:
                continue
            value = day.parts.get("value")
            if day.kind == "Date" and (value is None or value.startswith("--") or len(value) > 7):
                return day
            found = found or day
        return found

    def _captioned(self, item: int) -> bool:
        return self.article.parts[self.article.sentence_of(item)] == "caption"

    def _one(self, item: int, mention: Mention) -> bool:
        """True for a name that means one event: a number, a quotation, a capital within a sentence, a date with it."""
        tape = self.article.tape
        text = tape.mention_text(mention)
        if any(c.isdigit() or c in '“"' for c in text) or (
            text[0].isupper() and tape.codes[item - 1 : item] not in "\n\v"
        ):
            return True
        if self._dated(item) is not None:
            return True
        of_body = any(child.kind == "Organization" for child in mention.parts.get("children", ()))
        return of_body and tape.codes[item - 1 : item] in self._at

    def _base(self, item: int, mention: Mention) -> Draft:
        tape = self.article.tape
        roles: dict[str, list[Candidate]] = {"event": [mention]}
        first, last = sentence_items(tape, item, item + 1)
        date = self._dated(item)
        begin, end = item, item + 1
        if date is not None:
            at = next((i for i in range(first, last) if tape.mentions.get(i) is date), item)
            begin, end = min(item, at), max(item, at) + 1
        if mention.parts["type"] in _OF_A_BODY:
            body = next((m for m in mention.parts.get("children", ()) if m.kind == "Organization"), None)
            if body is not None and self._own(mention, body):
                # "buổi làm việc với UBND tỉnh": whom one meets does not hold the meeting.
                roles["participant" if self._met(body) else "organizer"] = [body]
        around = tape.codes[max(first, item - _AROUND) : min(last, item + _AROUND)]
        status = "asserted"
        if not self._neg.isdisjoint(tape.codes[max(first, item - _AROUND) : item]):
            status = "negated"
        elif not self._future.isdisjoint(around) and self._done.isdisjoint(around):
            status = "planned"
        span = tape.span(begin, end)
        return Draft("event", "event.named", roles, span, self.article.sentence_at(span.start), status)  # type: ignore[arg-type]

    def _own(self, mention: Mention, body: Mention) -> bool:
        """True for a body that stands right with the head, a number or "của", and not in what the event is about."""
        plain = self.article.plain
        first, at = bisect.bisect_left(plain.firsts, mention.first), bisect.bisect_left(plain.firsts, body.first)
        between = plain.codes[first + 1 : at]
        return not between or between[-1] in self._joins or (len(between) < _AROUND and self._about.isdisjoint(between))

    def _met(self, body: Mention) -> bool:
        plain = self.article.plain
        at = bisect.bisect_left(plain.firsts, body.first)
        return not self._with.isdisjoint(plain.codes[max(0, at - 2) : at])

    def _event_of(self, draft: Draft) -> Mention | None:
        """The draft's event; where its sentence names none, the last one named before."""
        found = draft.roles.get("event")
        if found and isinstance(found[0], Mention):
            node = self.entities.entity(found[0])
            return found[0] if node is not None else None
        last: tuple[int, Mention] | None = None
        for _, mention in self.named.values():
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
                    "event",
                    "event.speaker",
                    {"event": event[:1], "participant": speaker[:1]},
                    draft.evidence,
                    draft.sentence,
                    qualifiers={"speaker": speaker[:1]},
                )
            )
