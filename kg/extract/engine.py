"""Runs the rules over an annotated article: nominal patterns fold, clause and speech patterns find.

Tense, modality and negation are read here, once for all rules, from the clause in which a match stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.checks import CHECKS
from kg.extract.drafts import Candidate, Draft, Literal
from kg.extract.pattern import Capture
from kg.extract.rulebook import Rule, Rulebook
from kg.model import Span, Status
from kg.text.annotate import Annotated
from kg.text.grammar import Grammar
from kg.text.tape import Mention, Tape

# How many items before a match, within its clause, may carry its negation or modality.
_BEFORE = 4


def matches(rule: Rule, tape: Tape) -> list[re.Match[str]]:
    """All matches of a rule, left to right, over the sentences that hold what it needs (no match goes beyond one)."""
    regex, codes = rule.pattern.regex, tape.codes
    found: list[re.Match[str]] = []
    for start, end in tape.sentences().holding(rule.pattern.needs):
        if not rule.overlap:
            found += regex.finditer(codes, start, end)
            continue
        while (m := regex.search(codes, start, end)) is not None:
            found.append(m)
            start = m.start() + 1
    return found


class Engine:
    """The compiled rules; keeps no state between articles."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        lexicon = book.lexicon
        self._nominal = [r for r in book.rules if r.phase == "nominal"]
        self._found = {phase: [r for r in book.rules if r.phase == phase] for phase in ("unfolded", "clause")}
        self.speech = [r for r in book.rules if r.phase == "speech"]
        self._neg = frozenset(lexicon.chars("neg"))
        self._future = frozenset(lexicon.chars("future"))
        self._done = frozenset(lexicon.chars("done"))
        self._also = frozenset(lexicon.chars("also"))
        self._reason = frozenset(lexicon.chars("reason"))
        self._free = frozenset(lexicon.chars("conj")) | frozenset(lexicon.chars("dated")) | frozenset("\n\v,;(-:.–")
        self._grammar = {r.name: Grammar(r.pattern.regex) for r in self._nominal}
        self._needs = {r.name: [frozenset(n) for n in r.pattern.needs] for r in self._nominal}

    def nominal(self, article: Annotated) -> list[Draft]:
        """Runs the nominal rules in order and folds what they match; the tape changes."""
        tape = article.tape
        drafts: list[Draft] = []
        present = frozenset(tape.codes)  # folding adds none
        for rule in self._nominal:
            if any(need.isdisjoint(present) for need in self._needs[rule.name]):
                continue

            def make(tape: Tape, m: re.Match[str], rule: Rule = rule) -> tuple[str, Mention] | None:
                found = self._drafts(rule, article, m)
                if not found:
                    return None
                drafts.extend(found)
                head = found[0].roles.get(rule.head)
                if not head or not isinstance(head[0], Mention):
                    return None
                start, end = m.span()
                mention = head[0]
                at = (i for i in range(start, end) if (x := tape.mentions.get(i)) and x.parts.get("of", x) is mention)
                code = tape.codes[next(at)]
                whole = Mention(mention.kind, tape.firsts[start], tape.lasts[end - 1], {**mention.parts, "of": mention})
                whole.parts["inside"] = [tape.mentions[i] for i in range(start, end) if i in tape.mentions]
                return code, whole

            tape.fold(self._grammar[rule.name], make)
        return drafts

    def clauses(self, article: Annotated, phase: str = "clause") -> list[Draft]:
        """Runs the rules that find and do not fold: those of phase "clause", or "unfolded" before `nominal`."""
        tape = article.tape
        drafts: list[Draft] = []
        for rule in self._found[phase]:
            for m in matches(rule, tape):
                drafts.extend(self._drafts(rule, article, m))
            if rule.inner:
                drafts.extend(self._inner(rule, article))
        return drafts

    def _inner(self, rule: Rule, article: Annotated) -> Iterator[Draft]:
        """A one-mention pattern, applied to the mentions that stand within others."""
        tape = article.tape
        capture = next(iter(rule.pattern.captures.values()))
        for mention in list(tape.mentions.values()):
            for child in _descendants(mention):
                if child.kind == capture.role.capitalize():
                    span = tape.mention_span(child)
                    roles: dict[str, list[Candidate]] = expanded(child) if rule.expand else {}
                    roles[capture.role] = [child]
                    yield Draft(rule.kind, rule.name, roles, span, article.sentence_at(span.start))

    # one match to drafts

    def _drafts(self, rule: Rule, article: Annotated, m: re.Match[str]) -> list[Draft]:
        tape, pattern = article.tape, rule.pattern
        shared: dict[str, list[Candidate]] = {}
        split: tuple[str, list[Candidate]] | None = None
        status: Status = rule.status or "asserted"  # type: ignore[assignment]
        for group, capture in pattern.captures.items():
            if group not in m.re.groupindex or m[group] is None:
                continue
            if capture.form == "status":
                status = capture.status  # type: ignore[assignment]
                continue
            fillers = candidates(tape, capture, *m.span(group))
            if capture.form == "each":
                split = (capture.role, fillers)
            else:
                shared.setdefault(capture.role, []).extend(fillers)
        if rule.expand:
            for candidate in list(shared.get(rule.expand, ())):
                if isinstance(candidate, Mention):
                    for role, brought in expanded(candidate).items():
                        shared.setdefault(role, brought)
        for role, value in rule.fixed.items():
            shared.setdefault(role, []).append(Literal(value))
        start, end = m.span()
        sentence = article.sentence_at(tape.tokens.starts[tape.firsts[start]])
        evidence = tape.span(start, end) if rule.scope == "match" else article.sentences[sentence]
        if status == "asserted" and rule.phase in self._found:
            status = self.status(tape, start, end)
        out: list[Draft] = []
        rounds: list[tuple[dict[str, list[Candidate]], Status, Span]] = []
        if pattern.each is not None and m["each"] is not None:
            a, b = m.span("each")
            ends: list[tuple[int, int]] = []
            for part in pattern.each.finditer(tape.codes, a, b):
                roles: dict[str, list[Candidate]] = {}
                own = status
                for group, capture in pattern.captures.items():
                    if group in part.re.groupindex and part[group] is not None:
                        if capture.form == "status":
                            own = capture.status  # type: ignore[assignment]
                        else:
                            roles.setdefault(capture.role, []).extend(candidates(tape, capture, *part.span(group)))
                rounds.append((roles, own, evidence))
                ends.append(part.span())
            # "Chủ tịch kiêm Tổng Giám đốc Công ty A": both posts are of the body named behind the second.
            for k in range(len(rounds) - 2, -1, -1):
                between = tape.codes[ends[k][1] : ends[k + 1][0]]
                here, after = rounds[k][0], rounds[k + 1][0]
                if (
                    "organization" not in here
                    and "organization" in after
                    and (between == "-" or not self._also.isdisjoint(between))
                ):
                    here["organization"] = after["organization"]
        else:
            rounds.append(({}, status, evidence))
        for roles, own, span in rounds:
            base = {**{k: list(v) for k, v in shared.items()}, **roles}
            for one in split[1] if split else [None]:
                filled = {**base, split[0]: [one]} if split and one is not None else base
                out.append(Draft(rule.kind, rule.name, {k: list(v) for k, v in filled.items()}, span, sentence, own))
        if rule.check:
            out = [draft for draft in out if CHECKS[rule.check](draft)]
        for draft in out:
            self._attach(rule, article, draft, start, end)
        return out

    def status(self, tape: Tape, start: int, end: int) -> Status:
        """Negated, planned or asserted, from the clause before and inside a match."""
        codes = tape.codes
        begin = start
        while begin > 0 and start - begin < _BEFORE and codes[begin - 1] not in "\n\v;,.:“”":
            begin -= 1
        # "phê bình ông A do không báo cáo": the reason is denied, not the fact.
        reason = next((i for i in range(start, end) if codes[i] in self._reason), end)
        window = codes[begin:reason]
        if not self._neg.isdisjoint(window):
            return "negated"
        if not self._future.isdisjoint(window) and self._done.isdisjoint(window):
            return "planned"
        return "asserted"

    def _attach(self, rule: Rule, article: Annotated, draft: Draft, start: int, end: int) -> None:
        if not rule.attach:
            return
        tape = article.tape
        codes = tape.codes
        first, last = sentence_items(tape, start, end)
        for attach in rule.attach:
            if attach.role in draft.roles:
                continue
            best: tuple[int, Mention] | None = None
            low = first if attach.where != "after" else end
            high = last if attach.where != "before" else start
            for i in range(low, high):
                mention = tape.mentions.get(i)
                if mention is None or not _is(mention, attach.kind):
                    continue
                if mention.kind != "Date" and first < i != end and codes[i - 1] not in self._free:
                    continue  # "Luật Cán bộ, công chức năm 2008": the year of what is named before it
                distance = start - i if i < start else i - end + 1
                if best is None or distance < best[0]:
                    best = (distance, mention)
            if best is not None:
                draft.roles[attach.role] = [best[1]]


def _is(mention: Mention, kinds: str) -> bool:
    """True for a mention of one of the kinds; "Year" is a period that is one year."""
    return any(mention.kind == k or (k == "Year" and "year" in mention.parts) for k in kinds.split("|"))


def _descendants(mention: Mention) -> Iterator[Mention]:
    for child in mention.parts.get("children", ()):
        yield child
        yield from _descendants(child)


def expanded(mention: Mention) -> dict[str, list[Candidate]]:
    """The roles that a mention brings with it."""
    roles: dict[str, list[Candidate]] = {}
    for role, brought in mention.parts.get("roles", {}).items():
        roles[role] = [Literal(*x) if isinstance(x, tuple) else x for x in brought]
    return roles


def sentence_items(tape: Tape, start: int, end: int) -> tuple[int, int]:
    """The items of the sentence in which items `start` to `end` stand."""
    codes = tape.codes
    first = max(codes.rfind("\n", 0, start), codes.rfind("\v", 0, start)) + 1
    stops = [x for x in (codes.find("\n", end), codes.find("\v", end)) if x >= 0]
    return first, min(stops, default=len(codes))


def candidates(tape: Tape, capture: Capture, start: int, end: int) -> list[Candidate]:
    """What a captured group of items offers as fillers."""
    if capture.form == "stretch":
        return [tape.span(start, end)]
    if capture.form == "class":
        form = tape.normal.get(start) or tape.words(start, end)
        return [Literal(int(form) if form.isdigit() else form, tape.span(start, end))]
    out: list[Candidate] = []
    for i in range(start, end):
        mention = tape.mentions.get(i)
        if mention is not None:
            out.append(mention.parts.get("of", mention))
    return out
