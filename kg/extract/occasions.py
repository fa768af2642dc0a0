"""Awards and launches: the event at which they happened, and what the names of events and movements say of them.

An event's name may say what was launched at it and what it was about: "Lễ phát động Chương trình …".
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator

from kg.extract.awards import Awards
from kg.extract.drafts import Candidate, Draft, Known, Literal, Words
from kg.extract.engine import Engine
from kg.extract.entities import Entities
from kg.extract.events import Events
from kg.model import Span
from kg.text.annotate import Annotated
from kg.text.lexicon import scan
from kg.text.tape import Mention

_MOST_TOPIC = 8  # items: what is longer is no topic but the rest of the sentence
_KINDS = ("award", "launch")
_LISTED = re.compile(r"[^,\s][^,]*")  # "cán bộ, công chức": one phrase of the lexicon, two groups


class Occasions:
    """Compiled word classes; keeps no state between articles.

    Args:
        engine: the rules.
    """

    def __init__(self, engine: Engine) -> None:
        lexicon = self._lexicon = engine.book.lexicon
        rx = lexicon.regex

        def chars(name: str) -> frozenset[str]:
            return frozenset(lexicon.chars(name)) if lexicon.has(name) else frozenset()

        self._launch, self._treat = chars("launch:launch"), chars("event:treat")
        self._occasion = chars("award:occasion") | chars("launch:occasion")
        self._receive = chars("award:receive") | chars("receiving")
        self._give = chars("award:give") | self._receive
        self._awards = Awards(engine)
        self._to = chars("award:to") | chars("gt") | chars("approx")
        self._kind = chars("award:kind")
        self._between = chars("and") | frozenset(",")
        people = "<initiatives.people|request:whom|statistic:people>"
        self._groups = rx(rf"“?(?P<groups>{people}(?:(?:,|<and>|,<and>){people}){{0,6}})(?P<rest><launch:together>)?")
        self._topics = rx(
            r"(?:<request:act>)?(?P<one><^,|;|.|and|”|plural|at|for>{2,6})(?:(?:<and>|,)(?P<two>(?=<launch:place>)<^,|;|.|and|”>{2,5}))?(?=”|$)"
        )

    def run(self, article: Annotated, entities: Entities, events: Events, drafts: list[Draft]) -> list[Draft]:
        """All drafts with awards joined, launches in events' names added, and events filled in."""
        rest = [d for d in drafts if d.kind not in _KINDS]
        awards = self._awards.run(article, entities, [d for d in drafts if d.kind == "award"])
        launches = [d for d in drafts if d.kind == "launch"]
        for item, mention in events.named.values():
            launches += self._launched(article, item, mention, rest)
            awards += self._handed(article, item, mention, rest, awards)
            self._about(article, mention, rest)
        for launch in launches:
            self._called(article, launch)
        spots = sorted((article.tape.mention_span(m).start, m) for _, m in events.named.values())
        for draft in (*awards, *launches):
            _acting(draft)
            if "event" not in draft.roles:
                event = self._event(article, entities, draft, spots)
                if event is not None:
                    draft.roles["event"] = [event]
        return rest + awards + launches

    # events

    def _event(
        self, article: Annotated, entities: Entities, draft: Draft, spots: list[tuple[int, Mention]]
    ) -> Candidate | None:
        """The event that the draft's sentence names; with "Nhân dịp này" the last one named before."""
        tape = article.tape
        low, high = article.items[draft.sentence]
        best: Mention | None = None
        for i in range(low, high):
            mention = tape.mentions.get(i)
            if mention is None or mention.kind != "Event" or entities.entity(mention) is None:
                continue
            if best is None or tape.mention_span(mention).start <= draft.evidence.start:
                best = mention
        if best is not None:
            node = entities.entity(best)
            return Known(node.id) if node is not None else None
        if self._occasion.isdisjoint(tape.codes[low:high]):
            return None
        at = bisect.bisect_right(spots, draft.evidence.start, key=lambda s: s[0])
        node = entities.entity(spots[at - 1][1]) if at else None
        return Known(node.id) if node is not None else None

    def _plain(self, article: Annotated, first: int, last: int) -> Iterator[int]:
        """Items of the tape before things were folded, between two tokens."""
        plain = article.plain
        for i in range(bisect.bisect_left(plain.firsts, first), len(plain.firsts)):
            if plain.firsts[i] >= last:
                return
            if plain.lasts[i] > plain.firsts[i]:
                yield i

    def _launched(self, article: Annotated, item: int, mention: Mention, drafts: Iterable[Draft]) -> Iterator[Draft]:
        """The initiatives that an event's name says it launches."""
        for child in mention.parts.get("children", ()):
            if child.kind != "Initiative":
                continue
            before = [article.plain.codes[i] for i in self._plain(article, mention.first, child.first)]
            if mention.parts["type"] != "launch" and self._launch.isdisjoint(before):
                continue
            draft = self._of_event(article, item, mention, drafts, "launch", "launch.event")
            draft.roles["initiative"] = [child]
            for own in _drafts_of(mention, drafts):
                own.qualifiers.setdefault("launches", []).append(child)
            yield draft

    def _handed(
        self, article: Annotated, item: int, mention: Mention, drafts: Iterable[Draft], known: list[Draft]
    ) -> Iterator[Draft]:
        """The award that an event's name says is handed over at it."""
        child = next((c for c in mention.parts.get("children", ()) if c.kind == "Award"), None)
        if child is None or any(child in d.roles["award"] for d in known):
            return
        before = [article.plain.codes[i] for i in self._plain(article, mention.first, child.first)]
        if self._give.isdisjoint(before) and mention.parts["type"] != "ceremony":
            return
        draft = self._of_event(article, item, mention, drafts, "award", "award.event")
        draft.roles["award"] = [child]
        organizers = draft.roles.pop("agent", None)
        if organizers and self._receive.isdisjoint(before):
            draft.roles["giver"] = organizers
        elif organizers and not any(c.kind in ("Organization", "Place") for c in mention.parts["children"]):
            draft.roles["recipient"] = organizers  # "A tổ chức lễ đón nhận …": nobody else is named
        numbers = [c for c in mention.parts["children"] if c.kind == "Number" and c.first >= child.last]
        for count in numbers:
            before = [article.plain.codes[i] for i in self._plain(article, child.last, count.first)]
            if before and before[-1] in self._to:
                draft.roles["recipient_count"] = [count]
                after = next(self._plain(article, count.last, mention.last), None)
                if after is not None and article.plain.codes[after] in self._kind:
                    span = article.plain.span(after, after + 1)
                    draft.roles["recipient_kind"] = [Literal(article.plain.text[span.start : span.end], span)]
                break
        yield draft

    def _of_event(
        self, article: Annotated, item: int, mention: Mention, drafts: Iterable[Draft], kind: str, rule: str
    ) -> Draft:
        tape = article.tape
        roles: dict[str, list[Candidate]] = {"event": [mention]}
        span, status = tape.mention_span(mention), "asserted"
        for own in _drafts_of(mention, drafts):
            if "date" in own.roles:
                roles.setdefault("date", list(own.roles["date"]))
            if "organizer" in own.roles:
                roles.setdefault("agent", list(own.roles["organizer"]))
            if own.evidence.start <= span.start and span.end <= own.evidence.end and own.rule == "event.named":
                span, status = own.evidence, own.status
        return Draft(kind, rule, roles, span, article.sentence_at(span.start), status)  # type: ignore[arg-type]

    def _about(self, article: Annotated, mention: Mention, drafts: Iterable[Draft]) -> None:
        """What an event's name says it deals with: "Hội nghị quán triệt <topic> và phát động …"."""
        plain = article.plain
        inside = list(self._plain(article, mention.first, mention.last))
        for k, i in enumerate(inside):
            if plain.codes[i] not in self._treat:
                continue
            stop = k + 1
            while (
                stop < len(inside)
                and plain.codes[inside[stop]] not in self._between
                and inside[stop] not in plain.mentions
            ):
                stop += 1
            if 2 <= stop - k - 1 <= _MOST_TOPIC and (stop == len(inside) or inside[stop] not in plain.mentions):
                topic = Words(plain.span(inside[k + 1], inside[stop - 1] + 1), "Topic")
                for own in _drafts_of(mention, drafts):
                    own.qualifiers.setdefault("about", []).append(topic)
            return

    # launches

    def _called(self, article: Annotated, draft: Draft) -> None:
        """Whom a movement's own name calls upon, and to what: "Cán bộ, công chức thi đua thực hiện …"."""
        initiative = draft.roles["initiative"][0]
        title = initiative.parts.get("title") if isinstance(initiative, Mention) else None
        if title is None:
            return
        plain = article.plain
        first = bisect.bisect_left(article.tape.tokens.starts, title.start)
        last = bisect.bisect_left(article.tape.tokens.starts, title.end)
        inside = list(self._inner(article, first, last))
        if not inside:
            return
        codes = "".join(c for c, _ in inside) + "”"
        m = self._groups.match(codes)
        if m is None:
            return
        groups = [s for c, s in inside[m.start("groups") : m.end("groups")] if c not in self._between]
        parts = [part for s in groups for part in _LISTED.finditer(plain.text, s.start, s.end)]
        draft.qualifiers["audience"] = [
            Words(Span(*p.span()), "Group", p.group()[0].lower() + p.group()[1:]) for p in parts
        ]
        found = self._topics.match(codes, m.end()) if m["rest"] else None
        if found is None:
            return
        one = Span(inside[found.start("one")][1].start, inside[found.end("one") - 1][1].end)
        about: list[Candidate] = [Words(one, "Topic")]
        if found["two"]:
            two = Span(inside[found.start("two")][1].start, inside[found.end("two") - 1][1].end)
            # "văn hóa công sở và nơi công cộng": the two share a head, most often of two syllables.
            head = plain.text[one.start : one.end].split()[:2]
            about.append(Words(two, "Topic", " ".join([*head, plain.text[two.start : two.end]])))
        draft.qualifiers["about"] = about

    def _inner(self, article: Annotated, first: int, last: int) -> Iterator[tuple[str, Span]]:
        """Characters and spans of the phrases between two tokens; a quotation is one item of the tape, so read anew."""
        codes, starts, ends, _ = scan(self._lexicon, article.tape.tokens.words[first:last])
        for code, a, b in zip(codes, starts, ends, strict=True):
            yield code, article.tape.token_span(first + a, first + b)


def _drafts_of(mention: Mention, drafts: Iterable[Draft]) -> Iterator[Draft]:
    return (d for d in drafts if d.kind == "event" and d.roles.get("event", [None])[0] is mention)


def _acting(draft: Draft) -> None:
    """In "tại Hải Phòng, Thành ủy, UBND tổ chức" the place is where the bodies meet, and does not act."""
    for role in ("giver", "agent"):
        listed = draft.roles.get(role, [])
        bodies = [x for x in listed if not (isinstance(x, Mention) and x.kind == "Place")]
        if bodies and len(bodies) < len(listed):
            draft.roles[role] = bodies
