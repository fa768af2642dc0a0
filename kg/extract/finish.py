"""Drafts to facts: fillers become entities and values, dates take the article's year, one fact is said once."""

from __future__ import annotations

from functools import cache

from kg.extract.drafts import Candidate, Draft, Known, Literal, Words
from kg.extract.entities import Entities
from kg.extract.schema import date_roles, qualifier_roles, required_roles, word_roles
from kg.model import EntityRef, Fact, Filler, Span, Stretch, Value
from kg.text.normal import tone_key
from kg.text.tape import Mention

# Roles that hold words as they stand, even where the words name an entity.
_STATUS_RANK = {"asserted": 0, "former": 1, "planned": 2, "reported": 3, "negated": 4}


class Finisher:
    """Turns the drafts of one article into its facts.

    Args:
        entities: the article's entities.
        published: "2019-06-08…" where a date line states it; gives the year to "ngày 8/6" and the day to "hôm nay".
    """

    def __init__(self, entities: Entities, published: str | None) -> None:
        self.entities = entities
        self.published = published

    def date(self, mention: Mention) -> list[str]:
        """ISO values of a date mention (two for a range); none where the day is not known."""
        values = mention.parts.get("values") or [mention.parts.get("value")]
        if values == [None] and mention.parts.get("relative") and self.published:
            return [self.published[:10]]
        out = []
        for value in values:
            if value is None:
                continue
            if value.startswith("--") and self.published:
                value = self.published[:4] + value[1:]
            out.append(value)
        return out

    def fillers(self, candidate: Candidate) -> list[Filler]:
        """What a candidate fills a role with; empty where it names nothing known."""
        if isinstance(candidate, Span):
            return [Stretch(candidate)]
        if isinstance(candidate, Literal):
            return [Value(candidate.value, candidate.span)]
        if isinstance(candidate, Known):
            return [EntityRef(candidate.id, candidate.span)]
        if isinstance(candidate, Words):
            return [
                EntityRef(
                    self.entities.words(candidate.span, candidate.type, candidate.name, candidate.also).id,
                    candidate.span,
                )
            ]
        span = self.entities.tape.mention_span(candidate)
        match candidate.kind:
            case "Date":
                return [Value(v, span) for v in self.date(candidate)]
            case "Number" | "Period":
                return [Value(candidate.parts["value"], span)]
            case "Post":
                return [Value(candidate.parts.get("normal") or candidate.parts["name"], span)]
            case "Quote":
                return [Value(candidate.parts["name"], span)]
        node = self.entities.entity(candidate)
        return [EntityRef(node.id, span)] if node is not None else []

    def fact(self, draft: Draft) -> Fact | None:
        """The fact of a draft; None where a required role stays empty."""
        roles: dict[str, tuple[Filler, ...]] = {}
        dates, words = date_roles(draft.kind), word_roles(draft.kind)
        for role, candidates in draft.roles.items():
            fillers: list[Filler] = []
            for candidate in candidates:
                if role in dates and isinstance(candidate, Mention) and candidate.kind not in ("Date", "Period"):
                    continue
                if role in words and isinstance(candidate, Span):
                    candidate = Literal(self.entities.tape.text[candidate.start : candidate.end], candidate)
                fillers += self._office(candidate) if role in _PEOPLE else self.fillers(candidate)
            if fillers:
                roles[role] = tuple(fillers if len(fillers) == 1 else dict.fromkeys(fillers))
        for role in required_roles(draft.kind):
            if role not in roles:
                return None
        if draft.kind == "part_of" and _plain(roles["child"][0]) == _plain(roles["parent"][0]):
            return None  # "Thủ đô, thành phố Hà Nội"
        status = draft.status
        if draft.kind in _DATED and status == "asserted" and self.published and "date" in roles:
            # A day that comes after the article: it is still to happen.
            days = [str(f.value)[:10] for f in roles["date"] if isinstance(f, Value)]
            if days and all(len(d) == _DAY and d > self.published[:_DAY] for d in days):
                status = "planned"
        qualifiers = {
            role: tuple(dict.fromkeys(f for c in candidates for f in self.fillers(c)))
            for role, candidates in draft.qualifiers.items()
        }
        for role in qualifier_roles(draft.kind) & roles.keys():
            qualifiers.setdefault(role, roles[role])
            del roles[role]
        return Fact(
            draft.kind, roles, (draft.evidence,), status, draft.rule, {r: f for r, f in qualifiers.items() if f}
        )

    def _office(self, candidate: Candidate) -> list[Filler]:
        """People may be named by their office alone: the holder where the article names one, else the office itself."""
        if isinstance(candidate, Mention) and candidate.kind == "Post":
            body = candidate.parts.get("body")
            node = self.entities.holder(candidate, body)
            first, last = candidate.first, body.last if body is not None else candidate.last
            span = self.entities.tape.token_span(first, last)
            if node is None:
                node = self.entities.words(span, "Group" if candidate.parts.get("generic") else "Office")
            else:
                a, b = span
                node.add(self.entities.tape.text[a:b], span)
            return [EntityRef(node.id, span)]
        return self.fillers(candidate)

    def finish(self, drafts: list[Draft]) -> list[Fact]:
        """All facts in order of first evidence, each said once."""
        kept: dict[tuple[object, ...], Fact] = {}
        for draft in sorted(drafts, key=lambda d: (d.evidence, d.kind)):
            fact = self.fact(draft)
            if fact is None:
                continue
            key = self._key(fact)
            known = kept.get(key)
            kept[key] = fact if known is None else _merge(known, fact)
        return self._drop_weaker(list(kept.values()))

    def _key(self, fact: Fact) -> tuple[object, ...]:
        roles = _telling(fact.kind, "recipient" in fact.roles)
        return (
            fact.kind,
            *[tuple([_post(f) if role == "post" else _plain(f) for f in fact.roles.get(role, ())]) for role in roles],
        )

    def _place(self, filler: Filler) -> bool:
        """True where a body is only a place: "Chủ tịch TP Hà Nội" for the "Chủ tịch UBND TP Hà Nội"."""
        node = self.entities.nodes.get(filler.id) if isinstance(filler, EntityRef) else None
        return node is not None and node.type == "Place"

    def _drop_weaker(self, facts: list[Fact]) -> list[Fact]:
        """A post without its body gives way to the same person's same post with one; so does a change of post that
        leaves out what another says of the same action and person.
        """
        changes = [f for f in facts if f.kind == "personnel_change" and "post" in f.roles]
        held = [f for f in facts if f.kind in _OF_POSTS and {"post", "organization"} <= f.roles.keys()]
        full = {_held(f) for f in held}
        of_bodies = {_held(f) for f in held if not self._place(f.roles["organization"][0])}
        with_post = {_who(f) for f in changes}
        with_body = {(_who(f), _plain(f.roles["organization"][0])) for f in changes if "organization" in f.roles}

        def weaker(fact: Fact) -> bool:
            if fact.kind not in _OF_POSTS:
                return False
            if "post" in fact.roles:
                if "organization" not in fact.roles:
                    return _held(fact) in full
                return self._place(fact.roles["organization"][0]) and _held(fact) in of_bodies
            if "organization" in fact.roles:
                return (_who(fact), _plain(fact.roles["organization"][0])) in with_body
            return _who(fact) in with_post

        return [f for f in facts if not weaker(f)]


_DATED = frozenset(("event", "launch", "award"))  # what happens on its day
_DAY = 10  # characters of a whole date
_OF_POSTS = frozenset(("holds_post", "personnel_change"))


def _held(fact: Fact) -> tuple[object, ...]:
    """What a fact says of a post, but for its body."""
    return (fact.kind, *_who(fact), _post(fact.roles["post"][0]))


def _who(fact: Fact) -> tuple[object, ...]:
    """Action (of a change) and person."""
    return (*[_plain(f) for f in fact.roles.get("action", ())], _plain(fact.roles["person"][0]))


def _post(filler: Filler) -> object:
    """A post as it is compared: "Phó ban" is the "Phó Trưởng ban"."""
    plain = _plain(filler)
    return _SHORT_POSTS.get(plain, plain) if isinstance(plain, str) else plain


_SHORT_POSTS = {"phó ban": "phó trưởng ban", "phó phòng": "phó trưởng phòng", "phó đoàn": "phó trưởng đoàn"}
_PEOPLE = {
    "person",
    "speaker",
    "participant",
    "chair",
    "recipient",
    "giver",
    "agent",
    "signer",
    "addressee",
    "organizer",
    "issuer",
}


# Roles that gather what several sentences say of one fact.
_GROWING = {"participant"}


@cache
def _telling(kind: str, received: bool) -> tuple[str, ...]:
    """The roles that tell two facts of a kind apart; `received` for an award whose recipient is known."""
    roles = required_roles(kind)
    if kind in ("holds_post", "personnel_change"):
        return (*roles, "post", "organization")
    if kind == "award":
        return (*roles, "recipient", "recipient_count", "giver") if received else (*roles, "recipient_count")
    if kind in ("statistic", "ranking"):
        return (*roles, "subject", "unit", "period")
    return roles


def _plain(filler: Filler) -> object:
    if isinstance(filler, EntityRef):
        return filler.id
    if isinstance(filler, Stretch):
        return filler.span
    return tone_key(filler.value) if isinstance(filler.value, str) else filler.value


def _merge(a: Fact, b: Fact) -> Fact:
    """The same fact said twice: evidence of both, roles of the first, what it lacks from the second."""
    roles: dict[str, tuple[Filler, ...]] = {**b.roles, **a.roles}
    for role in _GROWING & set(a.roles) & set(b.roles):
        known = {_plain(f) for f in a.roles[role]}
        roles[role] = a.roles[role] + tuple(f for f in b.roles[role] if _plain(f) not in known)
    # Two readings of the same words: the more special one; two places of the text: the plainer one.
    same = any(x.overlaps(y) for x in a.evidence for y in b.evidence)
    status = (
        max(a.status, b.status, key=_STATUS_RANK.__getitem__)
        if same
        else min(a.status, b.status, key=_STATUS_RANK.__getitem__)
    )
    evidence = a.evidence + tuple(s for s in b.evidence if s not in a.evidence)
    return Fact(a.kind, roles, evidence, status, a.rule, {**b.qualifiers, **a.qualifiers})
