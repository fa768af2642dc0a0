"""Who says and who asks what: the matches of the speech rules to statements and requests with their extents.

A statement reaches to the end of its sentence, of its quotation, or of the sentences that go on in its paragraph; a
request has an addressee and an action. What stands inside somebody's speech is marked as reported.
"""

from __future__ import annotations

from kg.extract.drafts import Candidate, Draft, Known, Literal
from kg.extract.engine import Engine, sentence_items
from kg.extract.entities import Entities, Node
from kg.extract.speech_asked import Asking
from kg.extract.speech_draft import Drafting
from kg.extract.speech_extent import Extents
from kg.extract.speech_heard import Hearing
from kg.extract.speech_quotes import Quotation, Quotations
from kg.extract.speech_settle import Settling
from kg.extract.speech_speakers import Speakers, words_of
from kg.extract.speech_told import Cues, Heard, Told
from kg.text.annotate import Annotated

_LEAST_WORDS = 3  # shorter than this nothing was said
_SAME = 3  # items between a verb of saying and one of asking that share what follows


class Speech:
    """The speech stage; compiled word classes, no state between articles."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.cues = Cues(engine.book.lexicon)
        self.asking = Asking(self.cues)

    def run(self, article: Annotated, entities: Entities, drafts: list[Draft]) -> list[Draft]:
        """The article's statements and requests; marks the other drafts that stand inside speech."""
        return _Reading(self, article, entities).run(drafts)


class _Reading:
    def __init__(self, speech: Speech, article: Annotated, entities: Entities) -> None:
        self.engine, self.cues, self.asking = speech.engine, speech.cues, speech.asking
        self.article = article
        self.tape = article.tape
        self.quotes = Quotations(article.tape)
        self.extents = Extents(self.cues, article, self.quotes)
        self.speakers = Speakers(entities, article, self.cues)
        self.drafting = Drafting(speech.engine.book.lexicon, self.cues, article, entities)
        self.hearing = Hearing(speech.engine, self.cues, article, self.quotes, self.speakers)
        self.settling = Settling(article)
        self.told: list[Told] = []

    def run(self, drafts: list[Draft]) -> list[Draft]:
        heard = self.hearing.all()
        if heard:
            self.extents.attribute(heard)
            for one in heard:
                told = self.tell(one)
                if told is not None:
                    self.told.append(told)
                    self.speakers.spoke(told.node, told.evidence[1])
                    self.duties(told)
            self.interview(heard[0])
            self.told = self.settling.settled(self.told)
        self.drafting.report(drafts, self.told)
        return drafts + self.drafting.drafts(self.told)

    # one match to what is told

    def tell(self, heard: Heard) -> Told | None:
        scope = heard.rule.scope
        quote = self.quotes.at(heard.start if scope == "quoted" else heard.at)
        if scope == "own":
            return self.own(heard, quote)
        if scope in ("carried", "carried-over"):
            return self.carried(heard)
        if scope == "assigned":
            return self.assigned(heard, quote)
        who = self.who(heard)
        if who is None or self.denied(heard):
            return None
        filler, node = who
        self.turned(heard, node)
        if self.commanded(heard):
            return None
        if scope == "before":
            said = self.hearing.quoted_before(heard)
            return self.quoted(heard, filler, node, said) if said is not None else None
        if scope == "inverted":
            first, _ = sentence_items(self.tape, heard.at, heard.at + 1)
            return self.statement(heard, filler, node, (first, heard.start, None), first)
        if "content" in heard.roles:
            start = heard.roles["content"][0]
            return self.statement(heard, filler, node, (start, start + 1, None), start)
        if heard.rule.kind == "request":
            return self.request(heard, filler, node, quote)
        if quote is not None or self.nested(heard.at) or self.asks_back(heard):
            return None  # somebody tells what somebody else said
        content: tuple[int, int, Quotation | None] | None
        if scope == "quoted":
            if not self.cues.toward.isdisjoint(self.tape.codes[max(0, heard.start - 2) : heard.start]):
                return None  # "hỏi ông A: “…”"
            said = self.quotes.opening(heard.end - 1)
            if self.told and self.told[-1].quote is not None and self.told[-1].quote is said:
                return None
            content = (said.start + 1, said.end, said) if said is not None else None
        elif heard.rule.name == "statement.praised" and node is None:
            return None  # an office without a name in a caption
        else:
            content = self.extents.after(heard)
        return self.statement(heard, filler, node, content, heard.start)

    def who(self, heard: Heard) -> tuple[Candidate, Node | None] | None:
        start, end = heard.roles["speaker"]
        mentions = self.tape.mentions
        if start not in mentions and "many" not in heard.roles:
            return self.speakers.unnamed(start, end, heard.verb)
        if "many" in heard.roles:
            if any(i in mentions and mentions[i].kind == "Person" for i in range(start, end)):
                return None
            return words_of(self.tape, heard.roles["many"][0], end, "Group"), None
        mention = mentions.get(start)
        if mention is not None and mention.kind == "Document" and self.tape.codes[heard.verb] in self.cues.source:
            issuer = mention.parts["roles"].get("issuer")
            if "number" in mention.parts or not issuer:
                return None  # "theo Luật Đất đai, …": nobody says it
        if mention is not None and mention.kind == "Place" and start and start - 1 not in mentions:
            before = self.tape.codes[start - 1]
            if before in self.cues.people:
                return words_of(self.tape, start - 1, end, "Group"), None  # "cử tri huyện A"
            if before in self.cues.bare:
                return None  # "lãnh đạo tỉnh A", "người đứng đầu chính quyền tỉnh A"
        return self.speakers.speaker(start, mention.parts.get("of", mention)) if mention is not None else None

    def denied(self, heard: Heard) -> bool:
        """As in "ông A không cho biết": nothing was said."""
        start = heard.roles["speaker"][1]
        return heard.verb > start and not self.cues.neg.isdisjoint(self.tape.codes[start : heard.verb])

    def nested(self, item: int) -> bool:
        """True where an item stands inside what the last speaker says."""
        last = self.told[-1] if self.told else None
        return last is not None and last.kind == "statement" and last.content[0] <= item < last.content[1]

    def turned(self, heard: Heard, node: Node | None) -> None:
        """As in "ông A cho rằng …, song ông lưu ý …": the same speaker's new clause ends what he said before."""
        codes, last = self.tape.codes, self.told[-1] if self.told else None
        if last is None or last.quote is not None or last.node is not node or node is None or not self.nested(heard.at):
            return
        start = heard.start
        if start > last.content[0] + _LEAST_WORDS and codes[start - 1] in self.cues.but and codes[start - 2] == ",":
            last.content = (last.content[0], start - 2)
            last.evidence = (last.evidence[0], start - 2)

    def commanded(self, heard: Heard) -> bool:
        """True where the verb belongs to what was asked before, not to a clause of its own."""
        last = self.told[-1] if self.told else None
        if last is None or last.kind != "request" or not last.content[0] <= heard.at < last.content[1]:
            return False
        return self.tape.codes[heard.start - 1] not in ",;" or heard.start < last.content[0]

    def asks_back(self, heard: Heard) -> bool:
        """True in a question of the writer's; not in one that somebody puts."""
        if self.tape.codes[heard.verb] in self.cues.ask_back:
            return False
        _, end = sentence_items(self.tape, heard.at, heard.at + 1)
        return self.tape.codes[end - 1] == "?" and self.quotes.at(end - 1) is None

    def statement(
        self,
        heard: Heard,
        filler: Candidate,
        node: Node | None,
        content: tuple[int, int, Quotation | None] | None,
        start: int,
    ) -> Told | None:
        short = content is None or content[1] - content[0] < _LEAST_WORDS - (content[2] is not None)
        if content is None or (short and "content" not in heard.roles):
            return None
        first, last, quote = content
        if quote is None and self.tape.codes[first] in self.cues.of:
            return None  # "nhắc lại lo ngại của mình": a noun
        if quote is None and not self.cues.photo.isdisjoint(self.tape.codes[first:last]):
            return None  # a caption
        end = max(last + (quote is not None), heard.end)
        return Told(heard, "statement", filler, node, (first, self.trim(first, last)), (start, end), quote)

    def trim(self, first: int, last: int) -> int:
        while last > first and self.tape.codes[last - 1] in ".\v\n":
            last -= 1
        return last

    def quoted(self, heard: Heard, filler: Candidate, node: Node | None, said: Quotation) -> Told | None:
        """“…”, ông A nói: what is said stands before."""
        first = said.start + 1
        if heard.rule.kind == "statement":
            if self.tape.codes[first] in self.cues.ask and not (self.told and self.told[-1].quote is said):
                # "“Đề nghị Bộ A sớm …”, ông B nói"
                asked = self.asking.read(self.tape, self.speakers, first + 1, said.end)
                if asked is not None and asked.begins and asked.addressees:
                    evidence, asks = (said.start, heard.end), (asked.action, said.end)
                    return Told(
                        heard, "request", filler, node, asks, evidence, said, asked.addressees, name="request.quoted"
                    )
            return self.statement(heard, filler, node, (first, said.end, said), said.start)
        asked = self.asking.read(self.tape, self.speakers, first, said.end)
        named = asked is not None and asked.begins and bool(asked.addressees)
        action = asked.action if asked is not None and named else self.asking.must(self.tape, first, said.end)
        addressees = asked.addressees if asked is not None and named else []
        return Told(heard, "request", filler, node, (action, said.end), (said.start, heard.end), said, addressees)

    def request(self, heard: Heard, filler: Candidate, node: Node | None, quote: Quotation | None) -> Told | None:
        codes = self.tape.codes
        first, end = sentence_items(self.tape, heard.verb, heard.verb + 1)
        if quote is not None:
            end = min(end, quote.end)
        if heard.rule.scope == "passive":
            a, _ = heard.roles["addressee"]
            mention = self.tape.mentions[a]
            return self.asked(heard, filler, node, [mention.parts.get("of", mention)], heard.end, end, quote)
        i = heard.end
        opening = self.quotes.opening(i + (codes[i : i + 1] == ":"))
        if opening is not None:
            return self.asked(heard, filler, node, [], opening.start + 1, opening.end, opening)
        asked = self.asking.read(self.tape, self.speakers, i, end)
        if (
            asked is None
            or codes[asked.action] in self.cues.no_act
            or codes[asked.action] == ":"
            or self.asks_back(heard)
        ):
            return None
        if not (asked.addressees or asked.begins) and codes[asked.action] in self.cues.purpose:
            return None
        if codes[heard.verb] in self.cues.wish and not asked.addressees:
            # Who hopes without asking anybody states something.
            nothing = quote is not None or self.nested(heard.at) or heard.rule.scope != "after"
            return None if nothing else self.statement(heard, filler, node, self.extents.after(heard), heard.start)
        if heard.rule.scope == "addressed" and not (asked.addressees and asked.begins):
            return None
        if heard.rule.scope == "addressed" and node is None and not self.speakers.whole(heard.roles["speaker"][0]):
            return None
        inside = quote is not None or self.nested(heard.start)
        if inside and not (asked.addressees and asked.begins):
            return None
        addressees = asked.addressees or self.regarded(first, heard.start)
        told = self.asked(heard, filler, node, addressees, asked.action, end, quote)
        if told is None:
            return None
        told.inside = inside
        told.purpose = self.asking.purpose(self.tape, first, heard.start)
        if not self.cues.future.isdisjoint(codes[heard.roles.get("speaker", (0, heard.verb))[1] : heard.verb]):
            told.status = "planned"
        last = self.told[-1] if self.told else None
        if (
            last is not None
            and last.kind == "statement"
            and last.node is node
            and last.content[0] >= heard.start
            and 0 <= heard.verb - last.content[0] <= _SAME
        ):
            self.told.pop()
            told.inside = False
        return told

    def asked(
        self,
        heard: Heard,
        filler: Candidate,
        node: Node | None,
        addressees: list[Candidate],
        action: int,
        end: int,
        quote: Quotation | None,
    ) -> Told | None:
        if quote is None:
            end = self.extents.asking_on(end)
        end = self.trim(action, end)
        if end - action < _LEAST_WORDS - 1:
            return None
        return Told(
            heard, "request", filler, node, (action, end), (heard.start, max(end, heard.end)), quote, addressees
        )

    def regarded(self, first: int, end: int) -> list[Candidate]:
        """As in "Đối với các cơ quan A, ông B yêu cầu …": whom it regards, if that is named first."""
        codes = self.tape.codes
        if codes[first] not in self.cues.regarding or codes[first + 1 : first + 2] not in self.cues.plural:
            return []
        comma = codes.find(",", first, end)
        return [words_of(self.tape, first + 1, comma, "Group")] if comma > 0 else []

    def own(self, heard: Heard, quote: Quotation | None) -> Told | None:
        """As in "“Tôi đề nghị …”": the speaker follows from the quotation."""
        if quote is None:
            return None
        asked = self.asking.read(self.tape, self.speakers, heard.end, quote.end)
        if asked is None or not (asked.begins or asked.addressees):
            return None
        if self.tape.codes[heard.verb] in self.cues.wish and not asked.addressees:
            return None
        content = (asked.action, self.trim(asked.action, quote.end))
        return Told(heard, "request", Literal(""), None, content, (heard.start, quote.end), quote, asked.addressees)

    def carried(self, heard: Heard) -> Told | None:
        """As in "…; đồng thời đề nghị …": the subject of the sentence, or of the one before, goes on."""
        codes = self.tape.codes
        last = self.told[-1] if self.told else None
        if last is None or self.quotes.at(heard.verb) is not None or last.heard.rule.scope == "own":
            return None
        over = heard.rule.scope == "carried-over"
        between = codes[last.heard.end : heard.verb]
        breaks = between.count("\n") + between.count("\v")
        if breaks != over or (last.quote is not None and last.quote.end > heard.start):
            return None
        if over and last.kind != "request":
            return None
        if heard.rule.kind == "statement":
            if last.kind != "statement" or heard.end - last.content[0] < _LEAST_WORDS:
                return None
            told = self.statement(heard, last.speaker, last.node, self.extents.after(heard), heard.verb)
        else:
            told = self.request(heard, last.speaker, last.node, None)
            if told is not None and last.kind == "request" and not told.addressees:
                return None
        if told is None:
            return None
        if last.node is not None:
            told.speaker = Known(last.node.id)
        told.inside = last.inside
        if last.content[0] < heard.start < last.content[1]:
            cut = self.trim(last.content[0], heard.start)
            while cut > last.content[0] and codes[cut - 1] in ",;":
                cut -= 1
            last.content = (last.content[0], cut)
            last.evidence = (last.evidence[0], cut)
        return told

    def assigned(self, heard: Heard, quote: Quotation | None) -> Told | None:
        """As in "Sở B được giao …" behind a request: its speaker gives the task."""
        codes = self.tape.codes
        last = self.told[-1] if self.told else None
        if last is None or last.kind != "request" or last.inside or last.quote is not None or quote is not None:
            return None
        between = codes[last.content[1] : heard.start]
        if between.count("\n") + between.count("\v") > 1 or last.node is None or codes[heard.end] not in self.cues.act:
            return None
        _, end = sentence_items(self.tape, heard.verb, heard.verb + 1)
        mention = self.tape.mentions[heard.roles["addressee"][0]]
        whom: list[Candidate] = [mention.parts.get("of", mention)]
        return self.asked(heard, Known(last.node.id), last.node, whom, heard.end, end, None)

    def duties(self, told: Told) -> None:
        """As in "Các địa phương phải …" right behind a request: the same speaker asks others."""
        codes, cues = self.tape.codes, self.cues
        if told.kind != "request" or told.quote is not None or told.inside or told.node is None:
            return
        _, end = sentence_items(self.tape, told.content[1] - 1, told.content[1])
        first = end + 1
        if (
            codes[end : end + 1] not in ("\v", "\n")
            or first not in self.extents.readable
            or first in self.extents.stops
        ):
            return
        at = self.extents.group_at(first)
        if not at:
            return
        stop = self.extents.readable[first]
        asked = self.asking.read(self.tape, self.speakers, at, stop)
        if asked is None or not asked.addressees or codes[asked.action] not in cues.must:
            return
        heard = Heard(told.heard.rule, first, stop, -1, {})
        more = self.asked(heard, Known(told.node.id), told.node, asked.addressees, asked.action, stop, None)
        if more is not None:
            more.name = "request.duty"
            self.told.append(more)

    def interview(self, heard: Heard) -> None:
        """Answers that a dash marks: they are the words of whoever spoke last."""
        known = {t.content[0] for t in self.told}
        for first, last in self.extents.answers():
            before = [t.node for t in self.told if t.node is not None and t.evidence[1] <= first]
            node = before[-1] if before else self.speakers.main()
            if first in known or node is None or node.type != "Person":
                continue
            one = Heard(heard.rule, first, last, -1, {})
            self.told = [t for t in self.told if not first <= t.evidence[0] < last]
            self.told.append(
                Told(one, "statement", Known(node.id), node, (first, last), (first, last), name="statement.answer")
            )
