"""Who says and who asks what: the matches of the speech rules to statements and requests with their extents.

A statement reaches to the end of its sentence, of its quotation, or of the sentences that go on in its paragraph; a
request has an addressee and an action. What stands inside somebody's speech is marked as reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.drafts import Candidate, Draft, Known, Literal
from kg.extract.engine import Engine, sentence_items
from kg.extract.entities import Entities, Node
from kg.extract.rulebook import Rule
from kg.extract.speech_asked import Asking
from kg.extract.speech_quotes import Quotation, Quotations
from kg.extract.speech_speakers import Speakers, words_of
from kg.extract.speech_where import Where
from kg.model import Span
from kg.text.annotate import Annotated
from kg.text.tape import Mention

_PARTS = ("lead", "body")
_LEAST_WORDS = 3  # shorter than this nothing was said
_REPORTED = frozenset({"statistic", "ranking", "launch", "award", "personnel_change", "part_of"})


@dataclass(slots=True)
class Heard:
    """One match of a speech rule.

    Attributes:
        rule: the rule.
        start, end: items of the match.
        verb: item of the verb; -1 where there is none.
        roles: role to its items (start, end).
    """

    rule: Rule
    start: int
    end: int
    verb: int
    roles: dict[str, tuple[int, int]]


@dataclass(slots=True)
class Told:
    """One statement or request in the making; items half-open.

    Attributes:
        heard: what was matched.
        speaker, node: the filler, and the node behind it where known.
        content: items of what is said or asked.
        evidence: items of the whole.
        quote: the quotation that holds the content.
        addressees: for requests.
        inside: True where it stands in somebody else's speech.
    """

    heard: Heard
    kind: str
    speaker: Candidate
    node: Node | None
    content: tuple[int, int]
    evidence: tuple[int, int]
    quote: Quotation | None
    addressees: list[Candidate]
    inside: bool = False


class Speech:
    """The speech stage; compiled word classes, no state between articles."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        lexicon = engine.book.lexicon
        self.asking = Asking(engine.book)

        def of(*names: str) -> frozenset[str]:
            return frozenset("".join(lexicon.chars(n) for n in names if lexicon.has(n)))

        self.that = of("statement:that")
        self.tail = of("statement:tail", "at", "day", "today", "Date", "with")
        self.neg = of("neg")
        self.future = of("future") - of("request:ask", "request:order")
        self.also = of("request:also", "and")
        self.coordinate = re.compile(f"[;,{re.escape(''.join(self.also))}-]+$")
        self.onward = of("statement:onward")
        self.this = of("statement:this")

    def run(self, article: Annotated, entities: Entities, drafts: list[Draft]) -> list[Draft]:
        """The article's statements and requests; marks the other drafts that stand inside speech."""
        return _Reading(self, article, entities).run(drafts)


class _Reading:
    def __init__(self, speech: Speech, article: Annotated, entities: Entities) -> None:
        self.s = speech
        self.article = article
        self.entities = entities
        self.tape = article.tape
        self.quotes = Quotations(article.tape)
        self.speakers = Speakers(entities)
        self.told: list[Told] = []
        self.where = Where(speech.engine.book.lexicon, article, entities)

    def run(self, drafts: list[Draft]) -> list[Draft]:
        for heard in self.heard():
            told = self.tell(heard)
            if told is not None:
                self.told.append(told)
                self.speakers.spoke(told.node)
        self.settle()
        out = [self.draft(t) for t in self.told]
        self.report(drafts)
        return drafts + out

    # matches

    def heard(self) -> list[Heard]:
        """All matches, one a verb, in the order of the text; earlier rules of a file win."""
        tape = self.tape
        present = frozenset(tape.codes)
        claimed: dict[int, Heard] = {}
        items, parts = self.article.items, self.article.parts
        readable = [(a, b) for (a, b), part in zip(items, parts, strict=True) if part in _PARTS]
        if not readable:
            return []
        first, last = readable[0][0], readable[-1][1]
        for rule in self.s.engine.speech:
            if any(need.isdisjoint(present) for need in self.s.engine.needs(rule)):
                continue
            for m in rule.pattern.regex.finditer(tape.codes, first, last):
                roles = {
                    capture.role: m.span(group)
                    for group, capture in rule.pattern.captures.items()
                    if group in m.re.groupindex and m[group] is not None
                }
                verb = roles["verb"][0] if "verb" in roles else -1
                heard = Heard(rule, *m.span(), verb, roles)
                key = verb if verb >= 0 else heard.end - 1
                if key not in claimed and self.fits(heard):
                    claimed[key] = heard
        return sorted(claimed.values(), key=lambda h: (h.verb if h.verb >= 0 else h.end, h.start))

    def fits(self, heard: Heard) -> bool:
        """What a pattern cannot say of what stands around its match."""
        codes = self.tape.codes
        if heard.rule.scope == "before":
            if self.quoted_before(heard) is None:
                return False
            after = codes[heard.end] if heard.end < len(codes) else "\n"
            return after in "\n\v.!?)…,;" or after in self.s.tail or after in self.s.that
        return True

    def quoted_before(self, heard: Heard) -> Quotation | None:
        quote = self.quotes.before(heard.start, 3)
        if quote is None or quote.end - quote.start < _LEAST_WORDS:
            return None
        first, _ = sentence_items(self.tape, quote.start, quote.start + 1)
        return quote if quote.start - first <= 1 else None

    # one match to what is told

    def tell(self, heard: Heard) -> Told | None:
        scope = heard.rule.scope
        quote = self.quotes.at(heard.verb if heard.verb >= 0 else heard.start)
        if scope == "own":
            return self.own(heard, quote)
        if scope == "carried":
            return self.carried(heard)
        who = self.who(heard)
        if who is None:
            return None
        filler, node = who
        if scope == "before":
            said = self.quoted_before(heard)
            assert said is not None
            return self.quoted(heard, filler, node, said)
        if heard.rule.kind == "request":
            return self.request(heard, filler, node, quote)
        if quote is not None:
            return None  # somebody quotes somebody else
        if self.denied(heard):
            return None
        if self.told and self.told[-1].evidence[1] > heard.verb and not self.breaks(heard):
            return None
        if scope == "quoted":
            said = self.quotes.opening(heard.end - 1)
            if said is None:
                return None
            return self.statement(heard, filler, node, (said.start + 1, said.end), said, heard.start)
        content = self.content(heard)
        if content is None:
            return None
        first, last, said = content
        return self.statement(heard, filler, node, (first, last), said, heard.start)

    def who(self, heard: Heard) -> tuple[Candidate, Node | None] | None:
        start, end = heard.roles["speaker"]
        mention = self.tape.mentions.get(start)
        if "many" in heard.roles:
            first = heard.roles["many"][0]
            if any(i in self.tape.mentions and self.tape.mentions[i].kind == "Person" for i in range(start, end)):
                return None
            return words_of(self.tape, first, end, "Group"), None
        if mention is None:
            return None
        return self.speakers.speaker(start, mention.parts.get("of", mention))

    def denied(self, heard: Heard) -> bool:
        """"ông A không cho biết": nothing was said."""
        start = heard.roles.get("speaker", (heard.start, heard.start))[1]
        return not self.s.neg.isdisjoint(self.tape.codes[start : heard.verb])

    def breaks(self, heard: Heard) -> bool:
        """True where a match inside the last statement's sentence ends that statement and begins another."""
        return False

    def statement(
        self, heard: Heard, filler: Candidate, node: Node | None, content: tuple[int, int], quote: Quotation | None, start: int
    ) -> Told | None:
        if content[1] - content[0] < _LEAST_WORDS:
            return None
        end = max(content[1] + (quote is not None), heard.end)
        return Told(heard, "statement", filler, node, content, (start, end), quote, [])

    def content(self, heard: Heard) -> tuple[int, int, Quotation | None] | None:
        """Where what is said begins and ends, for a verb before it."""
        codes, s = self.tape.codes, self.s
        i = heard.end
        marked = codes[i - 1] in ",:"
        _, end = sentence_items(self.tape, heard.verb, heard.verb + 1)
        while i < end and (codes[i] in s.that or codes[i] in ",:-"):
            marked = True
            i += 1
        if not marked and heard.rule.scope == "marked":
            colon = codes.find(":", i, min(end, i + 16))
            if colon < 0:
                if i < end and codes[i] == "“":
                    colon = i - 1
                else:
                    return None
            i = colon + 1
        if i >= end:
            return None
        quote = self.quotes.opening(i)
        if quote is not None:
            return i + 1, quote.end, quote
        inner = self.quotes.at(end)
        if inner is not None and inner.start >= i:
            end = inner.end + 1
        end = self.onward(heard, end)
        while end > i and codes[end - 1] in ".\v":
            end -= 1
        return i, end, None

    def onward(self, heard: Heard, end: int) -> int:
        """Where the sentences end that go on with what is said."""
        return end

    def quoted(self, heard: Heard, filler: Candidate, node: Node | None, said: Quotation) -> Told | None:
        content = (said.start + 1, said.end)
        if heard.rule.kind == "request":
            action = content[0]
            asked = self.s.asking.read(self.tape, self.speakers, content[0], content[1])
            addressees = asked.addressees if asked is not None else []
            if asked is not None and addressees:
                action = asked.action
            return Told(heard, "request", filler, node, (action, content[1]), (said.start, heard.end), said, addressees)
        return self.statement(heard, filler, node, content, said, said.start)

    def request(self, heard: Heard, filler: Candidate, node: Node | None, quote: Quotation | None) -> Told | None:
        if self.denied(heard):
            return None
        _, end = sentence_items(self.tape, heard.verb, heard.verb + 1)
        start = heard.start
        if quote is not None:
            end = min(end, quote.end)
        if heard.rule.scope == "passive":
            a, _ = heard.roles["addressee"]
            mention = self.tape.mentions[a]
            return self.asked(heard, filler, node, [mention.parts.get("of", mention)], heard.end, end, start, quote)
        i = heard.end
        opening = self.quotes.opening(i + (self.tape.codes[i : i + 1] == ":"))
        if opening is not None:
            return self.asked(heard, filler, node, [], opening.start + 1, opening.end, start, opening)
        asked = self.s.asking.read(self.tape, self.speakers, i, end)
        if asked is None or (heard.rule.scope == "addressed" and not (asked.addressees and asked.begins)):
            return None
        return self.asked(heard, filler, node, asked.addressees, asked.action, end, start, quote)

    def asked(
        self, heard: Heard, filler: Candidate, node: Node | None, addressees: list[Candidate], action: int, end: int, start: int,
        quote: Quotation | None,
    ) -> Told | None:
        codes = self.tape.codes
        if quote is None:
            end = self.more(end)
        while end > action and codes[end - 1] in ".\v":
            end -= 1
        if end - action < 2:
            return None
        told = Told(heard, "request", filler, node, (action, end), (start, end), quote, addressees)
        told.inside = self.inside(told)
        return told

    def more(self, end: int) -> int:
        """The sentences of the same line that go on asking: they begin with a verb of doing."""
        codes = self.tape.codes
        for _ in range(4):
            if codes[end : end + 1] != "\v" or codes[end + 1 : end + 2] not in self.s.asking.act or end + 1 in self.tape.mentions:
                break
            _, end = sentence_items(self.tape, end + 1, end + 2)
        return end

    def inside(self, told: Told) -> bool:
        """True where somebody else's speech holds it."""
        last = self.told[-1] if self.told else None
        if told.quote is not None and told.quote.start < told.heard.start:
            return True
        return last is not None and last.content[0] <= told.heard.start < last.content[1] and last.kind == "statement"

    def own(self, heard: Heard, quote: Quotation | None) -> Told | None:
        if quote is None:
            return None
        asked = self.s.asking.read(self.tape, self.speakers, heard.end, quote.end)
        if asked is None:
            return None
        action = asked.action
        return Told(heard, "request", Literal(""), None, (action, quote.end), (heard.start, quote.end), quote, asked.addressees)

    def carried(self, heard: Heard) -> Told | None:
        """"…; đồng thời đề nghị …": the subject of the sentence goes on."""
        if not self.told:
            return None
        last = self.told[-1]
        if last.quote is not None and last.quote.end > heard.start:
            return None
        codes = self.tape.codes
        between = codes[last.heard.end : heard.verb]
        if "\n" in between or "\v" in between:
            return None
        if self.tape.codes[heard.start] == "," and heard.start + 1 == heard.verb and not last.heard.rule.kind == "request":
            return None
        told = self.request(heard, last.speaker, last.node, None)
        if told is None:
            return None
        told.inside = last.inside
        cut = heard.start
        if last.content[0] < cut < last.content[1]:
            last.content = (last.content[0], cut)
            last.evidence = (last.evidence[0], cut)
        return told

    # all together

    def settle(self) -> None:
        """Requests in somebody's own words take the speaker of their quotation; the statement gives way to them."""
        by_quote: dict[int, Told] = {}
        for told in self.told:
            if told.quote is not None and told.heard.rule.scope != "own" and told.quote.start >= told.evidence[0]:
                by_quote[told.quote.start] = told
        out: list[Told] = []
        gone: set[int] = set()
        for told in self.told:
            if told.heard.rule.scope == "own" and told.quote is not None:
                holder = by_quote.get(told.quote.start)
                if holder is None or holder.node is None:
                    continue
                told.speaker, told.node = Known(holder.node.id), holder.node
                first, _ = sentence_items(self.tape, told.heard.start, told.heard.start + 1)
                first = max(first, told.quote.start + 1)
                if first <= holder.content[0] + 1:
                    gone.add(id(holder))
                elif holder.kind == "statement":
                    holder.content = (holder.content[0], first)
                else:
                    gone.add(id(holder))
            out.append(told)
        self.told = [t for t in out if id(t) not in gone]

    def draft(self, told: Told) -> Draft:
        tape = self.tape
        heard = told.heard
        role = "content" if told.kind == "statement" else "action"
        a, b = told.content
        while b > a and tape.codes[b - 1] in "\v\n":
            b -= 1
        roles: dict[str, list[Candidate]] = {"speaker": [told.speaker], role: [tape.span(a, b)]}
        if told.addressees:
            roles["addressee"] = told.addressees
        evidence = tape.span(*told.evidence)
        event = None if told.inside else self.where.event(evidence.start)
        if event is not None:
            roles["event"] = [event]
        draft = Draft(told.kind, heard.rule.name, roles, evidence, self.article.sentence_at(evidence.start))
        if told.inside:
            draft.status, draft.inside = "reported", True
        if told.kind == "request" and heard.verb >= 0:
            verb = tape.span(heard.verb, heard.verb + 1)
            draft.qualifiers["speech_act"] = [Literal(tape.text[verb.start : verb.end], verb)]
        return draft

    def report(self, drafts: list[Draft]) -> None:
        """Marks what other rules found inside speech."""
        spans = sorted(self.tape.span(*t.content) for t in self.told)
        for draft in drafts:
            if any(s.start <= draft.evidence.start and draft.evidence.end <= s.end for s in spans):
                draft.inside = True
                if draft.kind in _REPORTED and draft.status == "asserted":
                    draft.status = "reported"


__all__ = ["Heard", "Mention", "Span", "Speech", "Told"]
