"""Statements and requests to drafts, and the mark of what else stands inside speech."""

from __future__ import annotations

from typing import cast

from kg.extract.drafts import Candidate, Draft, Literal
from kg.extract.entities import Entities
from kg.extract.speech_speakers import words_of
from kg.extract.speech_told import Cues, Told
from kg.extract.speech_where import Where
from kg.model import Status
from kg.text.annotate import Annotated
from kg.text.lexicon import Lexicon

# What these kinds say is somebody's word where it stands in speech; offices and documents exist all the same.
_REPORTED = frozenset(("statistic", "ranking", "launch", "award", "personnel_change"))
_MOST_TOPIC = 8


class Drafting:
    """Makes the drafts of one article.

    Args:
        lexicon: for words of place.
        cues: word classes.
        article, entities: what is read.
    """

    def __init__(self, lexicon: Lexicon, cues: Cues, article: Annotated, entities: Entities) -> None:
        self.cues = cues
        self.article = article
        self.tape = article.tape
        self.where = Where(lexicon, article, entities)
        self.entities = entities

    def drafts(self, told: list[Told]) -> list[Draft]:
        """The drafts of all that is told."""
        self.where.hear(told)
        return [self.draft(t) for t in told]

    def draft(self, told: Told) -> Draft:
        """The draft of what is told."""
        tape, heard = self.tape, told.heard
        role = "content" if told.kind == "statement" else "action"
        roles: dict[str, list[Candidate]] = {"speaker": [told.speaker], role: [tape.span(*told.content)]}
        if told.addressees:
            roles["addressee"] = told.addressees
        evidence = tape.span(*told.evidence)
        event = None if told.inside else self.where.event(told)
        if event is not None:
            roles["event"] = [event]
        draft = Draft(
            told.kind, told.name or heard.rule.name, roles, evidence, self.article.sentence_at(evidence.start)
        )
        if told.inside:
            draft.status, draft.inside = "reported", True
        elif told.status:
            draft.status = cast(Status, told.status)
        if told.kind == "request" and heard.verb >= 0:
            draft.qualifiers["speech_act"] = [
                Literal(tape.words(heard.verb, heard.verb + 1), tape.span(heard.verb, heard.verb + 1))
            ]
            if told.purpose is not None:
                draft.qualifiers["purpose"] = self.purpose(*told.purpose)
        if told.kind == "statement" and (goal := self.goal(*told.content)) is not None:
            draft.qualifiers["goal"] = [tape.span(*goal)]
        return draft

    def goal(self, first: int, last: int) -> tuple[int, int] | None:
        """As in "với mục tiêu …": to the comma."""
        codes = self.tape.codes
        for i in range(first, min(last, first + 3)):
            if codes[i] in self.cues.goal:
                comma = codes.find(",", i, last)
                return (i + 1, comma) if comma > i + 1 else None
        return None

    def purpose(self, first: int, last: int) -> list[Candidate]:
        """The movements and the topic that a clause of purpose names."""
        tape, cues = self.tape, self.cues
        codes = tape.codes
        out: list[Candidate] = []
        for i in range(first, last):
            mention = tape.mentions.get(i)
            if mention is not None and mention.kind == "Initiative":
                out.append(mention)
        while first < last and (codes[first] in cues.act or codes[first] in cues.how):
            first += 1
        stop = first
        while stop < last and codes[stop] not in cues.and_ and stop not in tape.mentions:
            stop += 1
        if 1 < stop - first <= _MOST_TOPIC or (stop - first == 1 and " " in tape.words(first, stop)):
            out.insert(0, words_of(tape, first, stop, "Topic"))
        return out

    def goes_on(self, end: int) -> tuple[int, int] | None:
        """The paragraph behind what is said, where it only makes that more exact: "Cụ thể, …", "Chẳng hạn …"."""
        codes = self.tape.codes
        first = codes.find("\n", end) + 1
        if not first or codes[end:first].strip(".\v\n”") or first >= len(codes):
            return None
        while codes[first : first + 1] in ("\n", "\v"):
            first += 1
        if codes[first : first + 1] == "" or codes[first] not in self.cues.exact:
            return None
        last = codes.find("\n", first)
        return first, last if last > 0 else len(codes)

    def report(self, drafts: list[Draft], told: list[Told]) -> None:
        """Marks what other rules found inside speech."""
        spans = [self.tape.span(*t.content) for t in told]
        for one in told:
            if one.kind == "statement" and one.quote is None and (more := self.goes_on(one.content[1])) is not None:
                spans.append(self.tape.span(*more))
        for draft in drafts:
            if any(s.start <= draft.evidence.start and draft.evidence.end <= s.end for s in spans):
                draft.inside = True
                if draft.kind in _REPORTED and draft.status == "asserted":
                    draft.status = "reported"
