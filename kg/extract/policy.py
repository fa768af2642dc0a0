"""What government does: measures, services, systems, codes of conduct. Lists are cut, what stands in speech is a claim.

The rules find where such a thing is said; here their stretches become things, the words "the only one", "among the
first" point at who is meant, and one sentence that lists measures gives one fact for each.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from kg.extract.drafts import Candidate, Draft, Literal, Words
from kg.extract.engine import Engine
from kg.extract.schema import fact_kinds
from kg.model import Span
from kg.text.annotate import Annotated

KINDS = frozenset({"service", "system", "code_set", "measure"})
# Roles whose words ("the only province") say something of whoever fills the other role.
_POINTS_AT = {"sole_provider": "provider", "pioneer": "operator"}
_MOST_TOPIC = 6  # items
_LEAST_SYSTEM = 5  # syllables
_LEAST_MEASURE = 12  # characters: less is no measure but the rest of a list
_EDGES = " \t.,;:…!?-–"


class Policy:
    """Compiled word classes; keeps no state between articles.

    Args:
        engine: the rules.
    """

    def __init__(self, engine: Engine) -> None:
        rx = engine.book.lexicon.regex
        word = "<^,|;|.|and|measure:clear>"
        self._principles = rx(rf"<measure:clear>{word}{{1,4}}(?:(?:,|<and>|,<and>)<measure:clear>{word}{{1,4}}){{2,}}")
        self._principle = rx(rf"<measure:clear>{word}{{1,4}}")
        self._topic = rx(
            rf"<measure:topic>(?P<topic><^,|;|.|measure:tied|and|Number|Date|plural>{{1,{_MOST_TOPIC}}})(?=<measure:tied>|,)"
        )

    def run(self, article: Annotated, drafts: list[Draft]) -> list[Draft]:
        """All drafts, those of the kinds named here made whole."""
        own = [d for d in drafts if d.kind in KINDS]
        if not own:
            return drafts
        rest = [d for d in drafts if d.kind not in KINDS]
        told = [
            (span, d)
            for d in rest
            if d.kind in ("statement", "request")
            for span in d.roles.get("content", d.roles.get("action", []))
            if isinstance(span, Span)
        ]
        for draft in _first_of_each(own):
            holder = next(
                (d for span, d in told if span.start <= draft.evidence.start and draft.evidence.end <= span.end + 1),
                None,
            )
            if holder is None:
                # A list may begin inside a speech and run on to the end of its sentence.
                holder = next(
                    (d for span, d in told if draft.evidence.overlaps(span) and draft.kind == "measure"), None
                )
            if draft.kind == "measure":
                if draft.status == "negated":
                    draft.status = "asserted"  # the rules ask for what is done; the negation belongs to the purpose
                pieces = list(self._measures(article, draft))
                if holder is None:
                    rest += (p for p in pieces if "actor" in p.roles)
                elif holder.kind == "statement" and draft.status == "asserted":
                    holder.qualifiers.setdefault("claims", []).extend(p.roles["measure"][0] for p in pieces)
            elif holder is None or holder.kind == "statement" or draft.kind == "code_set":
                made = _things(article.document.text, draft)
                if draft.kind == "system" and not _telling(article.document.text, made):
                    continue
                rest.append(made)
                if draft.kind == "service":
                    _measured(made, rest)
        return rest

    # measures

    def _measures(self, article: Annotated, draft: Draft) -> Iterator[Draft]:
        """One draft for each measure of a list."""
        text = article.document.text
        shared: dict[str, list[Candidate]] = {}
        if "actor" in draft.roles:
            shared["actor"] = draft.roles["actor"][:1]
        for role in ("purpose", "goal"):
            for span in draft.roles.get(role, [])[:1]:
                if isinstance(span, Span):
                    shared[role] = [
                        self._aim(article, trimmed(text, span)) if role == "purpose" else trimmed(text, span)
                    ]
        for stretch in draft.roles.get("measure", []):
            if not isinstance(stretch, Span):
                continue
            for span in pieces(text, stretch):
                if span.length < _LEAST_MEASURE:
                    continue
                roles: dict[str, list[Candidate]] = {**shared, "measure": [span]}
                principles: list[Candidate] = list(self._rules(article, span))
                if principles:
                    roles["principle"] = principles
                yield replace(
                    draft,
                    roles=roles,
                    qualifiers={},
                    evidence=span if ";" in text[stretch.start : stretch.end] else draft.evidence,
                )

    def _aim(self, article: Annotated, span: Span) -> Candidate:
        """What a measure is for: a topic where the words name one, else the words."""
        first, last = items(article, span)
        m = self._topic.match(article.tape.codes, first, last)
        if m is None or any(i in article.tape.mentions for i in range(*m.span("topic"))):
            return span
        return Words(article.tape.span(*m.span("topic")), "Topic")

    def _rules(self, article: Annotated, span: Span) -> Iterator[Literal]:
        first, last = items(article, span)
        for run in self._principles.finditer(article.tape.codes, first, last):
            for m in self._principle.finditer(article.tape.codes, *run.span()):
                at = article.tape.span(*m.span())
                yield Literal(article.tape.text[at.start : at.end], at)


def _first_of_each(drafts: list[Draft]) -> list[Draft]:
    """Of several drafts of one kind for the same words the first rule's: rule files list the fuller patterns first."""
    kept: list[Draft] = []
    for draft in drafts:
        if not any(k.kind == draft.kind and k.evidence.overlaps(draft.evidence) for k in kept):
            kept.append(draft)
    return kept


def _things(text: str, draft: Draft) -> Draft:
    """The draft with its stretches as things of the type that the role takes, and its pointing words resolved."""
    kinds = fact_kinds()[draft.kind]["roles"]
    roles: dict[str, list[Candidate]] = {}
    for role, candidates in draft.roles.items():
        target = _POINTS_AT.get(role)
        if target is not None:
            if draft.roles.get(target):
                roles[role] = draft.roles[target][:1]
            continue
        types = kinds[role]["fillers"] if role in kinds else []
        made: list[Candidate] = []
        for candidate in candidates:
            if not isinstance(candidate, Span) or "stretch" in types:
                made.append(candidate)
            elif types == ["string"]:
                made.append(Literal(text[candidate.start : candidate.end], candidate))
            else:
                made.append(Words(candidate, types[0]))
        roles[role] = made
    return replace(draft, roles=roles)


def _telling(text: str, system: Draft) -> bool:
    """True for a system that somebody runs and whose name says which: "phần mềm", "hệ thống thông tin" say nothing."""
    thing = system.roles["system"][0]
    name = text[thing.span.start : thing.span.end] if isinstance(thing, Words) else ""
    return "operator" in system.roles and (name[:1].isupper() or len(name.split()) >= _LEAST_SYSTEM)


def _measured(service: Draft, drafts: list[Draft]) -> None:
    """A figure whose indicator is the service's own name measures the service too."""
    thing = service.roles["service"][0]
    for draft in drafts:
        if draft.kind == "statistic" and isinstance(thing, Words):
            named = draft.roles["indicator"][0]
            if isinstance(named, Words) and named.span.overlaps(thing.span):
                draft.roles["subject"] = [*draft.roles.get("subject", []), thing]


def items(article: Annotated, span: Span) -> tuple[int, int]:
    """The items of the tape within a stretch of one sentence, half-open."""
    tape = article.tape
    low, high = article.items[article.sentence_at(span.start)]
    starts = [
        tape.tokens.starts[tape.firsts[i]] if tape.firsts[i] < len(tape.tokens.starts) else len(tape.text)
        for i in range(low, high)
    ]
    return low + bisect.bisect_left(starts, span.start), low + bisect.bisect_left(starts, span.end)


def trimmed(text: str, span: Span) -> Span:
    """A stretch without spaces and punctuation at its ends."""
    start, end = span
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end)


def pieces(text: str, span: Span) -> list[Span]:
    """A stretch cut at its semicolons outside of quotation marks, each piece trimmed."""
    cuts, depth = [span.start], 0
    for at in range(span.start, span.end):
        char = text[at]
        depth += (char == "“") - (char == "”")
        if char == ";" and depth <= 0:
            cuts.append(at + 1)
    cuts.append(span.end)
    return [trimmed(text, Span(a, b)) for a, b in pairwise(cuts)]
