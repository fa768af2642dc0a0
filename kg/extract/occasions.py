"""Awards and launches: what several rules found about one is joined, and the event at which it happened is added.

An event's name may say what was launched at it and what it was about: "Lễ phát động Chương trình …".
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.drafts import Candidate, Draft, Known, Literal, Words
from kg.extract.engine import Engine
from kg.extract.entities import Entities, Node
from kg.extract.events import Events
from kg.extract.keys import name_key
from kg.extract.policy import items
from kg.model import Span
from kg.text.annotate import Annotated
from kg.text.lexicon import scan
from kg.text.tape import Mention, Tape

_MOST_TOPIC = 8  # items: what is longer is no topic but the rest of the sentence
_KINDS = ("award", "launch")
# Patterns that say nothing where their recipient is taken back.
_OF_RECIPIENT = frozenset({"award.receive", "award.honoured", "award.passive"})
_ISSUER = " của "  # stands in the key of an award that is named with who confers it
_LISTED = re.compile(r"[^,\s][^,]*")  # "cán bộ, công chức": one phrase of the lexicon, two groups
# Roles that tell one award from another.
_TELLING = ("giver", "recipient", "recipient_count")


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
        self._give = chars("award:give") | chars("award:receive")
        self._undo, self._passive = chars("award:undo"), chars("passive") | chars("award:honour") | chars("award:receive")
        self._for = chars("for")
        self._kind = chars("award:kind")
        self._between = chars("and") | frozenset(",")
        people = "<initiatives.people|request:whom|statistic:people>"
        self._groups = rx(rf"“?(?P<groups>{people}(?:(?:,|<and>|,<and>){people}){{0,6}})(?P<rest><launch:together>)?")
        self._topics = rx(r"(?:<request:act>)?(?P<one><^,|;|.|and|”|plural|at|for>{2,6})(?:(?:<and>|,)(?P<two>(?=<launch:place>)<^,|;|.|and|”>{2,5}))?(?=”|$)")

    def run(self, article: Annotated, entities: Entities, events: Events, drafts: list[Draft]) -> list[Draft]:
        """All drafts with awards joined, launches in events' names added, and events filled in."""
        rest = [d for d in drafts if d.kind not in _KINDS]
        found = [_split_kinds(d) for d in drafts if d.kind == "award" and self._given(article, d)]
        for draft in found:
            self._trim(article, draft)
            _by_giver(draft, entities)
        awards = _joined(found, entities)
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

    # awards

    def _given(self, article: Annotated, draft: Draft) -> bool:
        """False where what was found is no giving: a proposal, a withdrawal, or a giver who is given the award."""
        tape = article.tape
        first, last = items(article, draft.evidence)
        awards = [i for i in range(first, last) if tape.mentions.get(i) in draft.roles["award"]]
        before = tape.codes[first : awards[0] if awards else last]
        if not self._undo.isdisjoint(before):
            return False
        if any(_percent(tape, n) for n in draft.roles.get("recipient_count", ())):
            return False
        self._between_roles(tape, draft, first, last, awards)
        giver = draft.roles.get("giver", [None])[-1]
        at = next((i for i in range(first, last) if tape.mentions.get(i) is giver), None) if draft.rule.startswith("award.give") else None
        if at is not None and awards and not self._passive.isdisjoint(tape.codes[at + 1 : awards[0]]):
            del draft.roles["giver"]
            return draft.rule != "award.give"
        return "recipient" in draft.roles or draft.rule not in _OF_RECIPIENT

    def _between_roles(self, tape: Tape, draft: Draft, first: int, last: int, awards: list[int]) -> None:
        """Takes back a recipient behind a number ("tỉnh A có 30 người được tặng …") or a purpose ("để được tặng …")."""
        named = draft.roles.get("recipient", [None])[0]
        at = next((i for i in range(first, last) if tape.mentions.get(i) is named), None) if isinstance(named, Mention) else None
        if at is None or not awards:
            return
        between = range(min(at, awards[0]) + 1, max(at, awards[0]))
        counted = any((m := tape.mentions.get(i)) is not None and m.kind == "Number" for i in between)
        if counted or (at < awards[0] and any(tape.codes[i] in self._for for i in between)):
            del draft.roles["recipient"]

    def _trim(self, article: Annotated, draft: Draft) -> None:
        """Groups end before "và" and a number: "cho các tác giả và 10 giải …"."""
        for k, group in enumerate(draft.roles.get("recipient", ())):
            if isinstance(group, Words):
                first, last = items(article, group.span)
                while last > first + 1 and article.tape.codes[last - 1] in self._between:
                    last -= 1
                draft.roles["recipient"][k] = replace(group, span=article.tape.span(first, last))

    # events

    def _event(self, article: Annotated, entities: Entities, draft: Draft, spots: list[tuple[int, Mention]]) -> Candidate | None:
        """The event that the draft's sentence names; with "Nhân dịp này" the last one named before."""
        tape = article.tape
        low, high = article.items[draft.sentence]
        best: Mention | None = None
        for i in range(low, high):
            mention = tape.mentions.get(i)
            if mention is not None and mention.kind == "Event" and entities.entity(mention) is not None:
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

    def _handed(self, article: Annotated, item: int, mention: Mention, drafts: Iterable[Draft], known: list[Draft]) -> Iterator[Draft]:
        """The award that an event's name says is handed over at it."""
        child = next((c for c in mention.parts.get("children", ()) if c.kind == "Award"), None)
        if child is None or any(child in d.roles["award"] for d in known):
            return
        before = [article.plain.codes[i] for i in self._plain(article, mention.first, child.first)]
        if self._give.isdisjoint(before) and mention.parts["type"] != "ceremony":
            return
        draft = self._of_event(article, item, mention, drafts, "award", "award.event")
        draft.roles["award"] = [child]
        if "agent" in draft.roles:
            draft.roles["giver"] = draft.roles.pop("agent")
        count = next((c for c in mention.parts["children"] if c.kind == "Number" and c.first >= child.last), None)
        if count is not None:
            draft.roles["recipient_count"] = [count]
            after = next(self._plain(article, count.last, mention.last), None)
            if after is not None and article.plain.codes[after] in self._kind:
                span = article.plain.span(after, after + 1)
                draft.roles["recipient_kind"] = [Literal(article.plain.text[span.start : span.end], span)]
        yield draft

    def _of_event(self, article: Annotated, item: int, mention: Mention, drafts: Iterable[Draft], kind: str, rule: str) -> Draft:
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
            while stop < len(inside) and plain.codes[inside[stop]] not in self._between and inside[stop] not in plain.mentions:
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
        draft.qualifiers["audience"] = [Words(Span(*p.span()), "Group", p.group()[0].lower() + p.group()[1:]) for p in parts]
        found = self._topics.match(codes, m.end()) if m["rest"] else None
        if found is None:
            return
        one = Span(inside[found.start("one")][1].start, inside[found.end("one") - 1][1].end)
        about: list[Candidate] = [Words(one, "Topic")]
        if found["two"]:
            two = Span(inside[found.start("two")][1].start, inside[found.end("two") - 1][1].end)
            # "văn hóa công sở và nơi công cộng": the second shares the first's head, which most often has two syllables.
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


# awards


def _split_kinds(draft: Draft) -> Draft:
    """"tập thể, cá nhân" are two kinds; the award's own name may say who gives it."""
    roles = dict(draft.roles)
    kinds: list[Candidate] = []
    for kind in roles.get("recipient_kind", ()):
        if isinstance(kind, Literal) and isinstance(kind.value, str):
            kinds += (Literal(part, kind.span) for part in kind.value.replace(" và ", ", ").split(", "))
    if kinds:
        roles["recipient_kind"] = kinds
    recipients = [Words(r, "Group") if isinstance(r, Span) else r for r in roles.get("recipient", ())]
    if recipients:
        roles["recipient"] = recipients
    if "giver" not in roles:
        brought = [g for a in roles["award"] if isinstance(a, Mention) for g in a.parts.get("roles", {}).get("giver", ())]
        if brought:
            roles["giver"] = brought
    return replace(draft, roles=roles)


def _percent(tape: Tape, number: Candidate) -> bool:
    return isinstance(number, Mention) and tape.mention_text(number).endswith("%")


def _acting(draft: Draft) -> None:
    """"tại Hải Phòng, Thành ủy, UBND tổ chức": the place of a list of bodies is where they meet, and does not act."""
    for role in ("giver", "agent"):
        listed = draft.roles.get(role, [])
        bodies = [x for x in listed if not (isinstance(x, Mention) and x.kind == "Place")]
        if bodies and len(bodies) < len(listed):
            draft.roles[role] = bodies


def _by_giver(draft: Draft, entities: Entities) -> None:
    """"Thủ tướng tặng Bằng khen" where the article knows "Bằng khen của Thủ tướng": that award."""
    givers = [g for g in draft.roles.get("giver", ()) if isinstance(g, Mention)]
    if len(givers) != 1 or len(draft.roles["award"]) != 1:
        return
    body = givers[0].parts.get("body")
    name = entities.tape.mention_text(givers[0]) + (f" {entities.tape.mention_text(body)}" if body is not None else "")
    node = entities.entity(draft.roles["award"][0])
    full = None if node is None else next((n for n in entities.nodes.values() if n.type == "Award" and n.key == f"{node.key} của {name_key(name)}"), None)
    if full is not None and node is not None:
        full.add(node.name, None)
        draft.roles["award"] = [Known(full.id)]


def _joined(drafts: list[Draft], entities: Entities) -> list[Draft]:
    """One draft for each award of a sentence, the fullest; what a caption and the body say of one award is shared."""
    out: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (-len(d.roles), -d.evidence.length)):
        here = next((o for o in out if any(x is y for x in o.roles["award"] for y in draft.roles["award"])), None)
        if here is not None:
            for role, candidates in draft.roles.items():
                here.roles.setdefault(role, candidates)
            continue
        for other in (o for o in out if _same(o, draft, entities)):
            for a, b in ((other, draft), (draft, other)):
                for role, candidates in a.roles.items():
                    b.roles.setdefault(role, candidates)
            if "giver" in other.roles:
                draft.roles["giver"] = other.roles["giver"]
            reason = max((d.roles.get("reason", []) for d in (other, draft)), key=_length)
            if reason:
                other.roles["reason"] = draft.roles["reason"] = reason
        out.append(draft)
    return sorted(out, key=lambda d: d.evidence)


def _length(candidates: list[Candidate]) -> int:
    return candidates[0].length if candidates and isinstance(candidates[0], Span) else 0


def _same(a: Draft, b: Draft, entities: Entities) -> bool:
    """The same award, and nothing that tells them apart while something ties them."""
    if len(a.roles["award"]) == len(b.roles["award"]) == 1 and not ("recipient" in a.roles and "recipient" in b.roles):
        # "Bằng khen của Thủ tướng" may be conferred by him and handed over by somebody else.
        nodes = [_node(x.roles["award"][0], entities) for x in (a, b)]
        if nodes[0] is not None and nodes[0] is nodes[1] and _ISSUER in nodes[0].key and "recipient_count" not in {*a.roles, *b.roles}:
            return True
    ids = [{n.id for x in d.roles["award"] if (n := _node(x, entities)) is not None} for d in (a, b)]
    if not ids[0] & ids[1]:
        return False
    shared = [r for r in _TELLING if r in a.roles and r in b.roles]
    return bool(shared) and all(_plain(a.roles[r], entities) == _plain(b.roles[r], entities) for r in shared)


def _node(candidate: Candidate, entities: Entities) -> Node | None:
    return entities.nodes.get(candidate.id) if isinstance(candidate, Known) else entities.entity(candidate)


def _plain(candidates: list[Candidate], entities: Entities) -> list[object]:
    out: list[object] = []
    for c in candidates:
        if isinstance(c, Mention):
            node = entities.entity(c)
            out.append(node.id if node is not None else c.parts.get("value"))
        elif isinstance(c, Words):
            out.append(" ".join(entities.tape.text[c.span.start : c.span.end].split()).casefold())
        else:
            out.append(getattr(c, "value", c))
    return out
