"""The matches of the speech rules, one for each verb, and what a pattern cannot say of what stands around them."""

from __future__ import annotations

from kg.extract.engine import Engine, matches, sentence_items
from kg.extract.speech_quotes import Quotation, Quotations
from kg.extract.speech_settle import LONG_QUOTE
from kg.extract.speech_speakers import Speakers
from kg.extract.speech_told import Cues, Heard
from kg.text.annotate import Annotated

_MOST_MOOD = 5  # items behind a speaker of whom no verb of saying is told
_ENDS = frozenset((".", "!", "\n", "\v", ""))
_PARTS = ("lead", "body")
_LEAST_CLAUSE = 5  # items; a shorter one is an adverbial: "Trước đó, ông A nói"
_LEAST_WORDS = 3  # a shorter quotation is a word in quotation marks


class Hearing:
    """Finds where somebody says or asks something.

    Args:
        engine: the rules.
        cues: word classes.
        article: the article.
        quotes, speakers: its quotations and speakers.
    """

    def __init__(self, engine: Engine, cues: Cues, article: Annotated, quotes: Quotations, speakers: Speakers) -> None:
        self.engine, self.cues, self.article, self.tape = engine, cues, article, article.tape
        self.quotes, self.speakers = quotes, speakers

    def all(self) -> list[Heard]:
        """All matches, one a verb, in the order of the text; earlier rules of a file win."""
        tape = self.tape
        readable = [item for item, part in zip(self.article.items, self.article.parts, strict=True) if part in _PARTS]
        if not readable:
            return []
        first, last = readable[0][0], readable[-1][1]
        claimed: dict[int, Heard] = {}
        for rule in self.engine.speech:
            for m in matches(rule, tape):
                if not first <= m.start() < last:
                    continue
                roles = {
                    capture.role: m.span(group)
                    for group, capture in rule.pattern.captures.items()
                    if group in m.re.groupindex and m[group] is not None
                }
                heard = self.first_verb(Heard(rule, *m.span(), roles["verb"][0] if "verb" in roles else -1, roles))
                if heard.at not in claimed and self.fits(heard):
                    claimed.setdefault(heard.at, heard)
        return sorted(claimed.values(), key=lambda h: (h.at, h.start))

    def first_verb(self, heard: Heard) -> Heard:
        """As in "ông A cho rằng nhận định này …": what is said begins behind the verb that ends in "rằng"."""
        before = heard.verb - 1
        said = heard.start < before == heard.end - 2 and before not in self.tape.mentions
        if said and self.tape.words(before, heard.verb).endswith(" rằng"):
            heard.verb, heard.end = before, heard.verb
            heard.roles["verb"] = (before, before + 1)
        return heard

    def fits(self, heard: Heard) -> bool:
        """What a pattern cannot say of what stands around its match."""
        codes = self.tape.codes
        if "many" not in heard.roles and "speaker" in heard.roles and self.speakers.nobody(heard.roles["speaker"][0]):
            return False
        if "many" in heard.roles and not self.group(*heard.roles["many"], heard.roles["speaker"][1], heard.verb):
            return False
        if heard.rule.scope == "before":
            quote = self.quoted_before(heard)
            if quote is None:
                return False
            after = codes[heard.end : heard.end + 1] or "\n"
            if heard.verb < 0:
                # "“…”, ông A quyết tâm.": whatever he did, the sentence ends with it.
                stop = heard.end
                while stop < heard.end + _MOST_MOOD and codes[stop : stop + 1] not in _ENDS:
                    stop += 1
                heard.end = stop
                return codes[stop : stop + 1] in _ENDS
            if heard.verb < heard.roles["speaker"][0] or after in "\n\v.!?)…;”":
                return True
            if after in self.cues.tail or after in self.cues.that:
                return True
            if after == "," and codes[heard.end + 1] in self.cues.then:
                return True  # "“…”, ông A nói, đồng thời đề nghị …"
            return quote.end - quote.start >= LONG_QUOTE and heard.start <= quote.end and after not in ",:“"
        if heard.rule.scope == "inverted":
            return self.ends_with(heard)
        if heard.rule.scope in ("after", "addressed", "marked") and "speaker" in heard.roles:
            at = heard.roles["speaker"][0]
            mention, before = self.tape.mentions.get(at), self.tape.mentions.get(at - 1)
            if mention is not None and before is not None and (mention.kind, before.kind) == ("Organization", "Post"):
                return False  # "các ủy viên Thường vụ Quốc hội đánh giá": not the body
            if self.apart(heard):
                return False
            # "vừa được Sở A yêu cầu", "ngày càng được khẳng định": said of what stands before.
            if at and codes[at - 1] in self.cues.concerning:
                return False  # "đối với ông A, Ủy ban B kết luận": not he who speaks
            if at and codes[at - 1] in self.cues.relative:
                return False  # "như Thủ tướng yêu cầu"
            if codes[heard.verb - 1] in self.cues.plural or codes[heard.verb - 1] in self.cues.about:
                return False  # "những kiến nghị", "về lo ngại của dư luận"
            if not self.cues.so_that.isdisjoint(codes[heard.roles["speaker"][1] : heard.verb]):
                return False  # "lên bục để nói thêm …"
            near = heard.verb - heard.roles["speaker"][1] <= 1
            return (
                not (at and near and codes[at - 1] in self.cues.passive)
                and codes[heard.verb - 1] not in self.cues.passive
            )
        return True

    def ends_with(self, heard: Heard) -> bool:
        """True where a speaker and a verb close a clause that nobody else says: "Cầu sẽ thông xe, ông A nói."."""
        codes = self.tape.codes
        first, _ = sentence_items(self.tape, heard.at, heard.at + 1)
        after = codes[heard.end : heard.end + 1] or "\n"
        closed = after in _ENDS or (after == "," and codes[heard.end + 1] in self.cues.then)
        clause = codes[first : heard.start]
        return (
            closed
            and len(clause) >= _LEAST_CLAUSE
            and clause[0] not in self.cues.opens
            and self.cues.verbs.isdisjoint(clause)
            and not any(mark in clause for mark in "“”:;(")
            and self.quotes.at(heard.at) is None
        )

    def apart(self, heard: Heard) -> bool:
        """True where a body behind a comma is the subject: "…của Giám đốc Sở A ngày 9/6, Thanh tra tỉnh cho biết"."""
        tape, verb = self.tape, heard.verb
        body, speaker = tape.mentions.get(verb - 1), tape.mentions.get(heard.roles["speaker"][0])
        if body is None or body.kind != "Organization" or speaker is None or speaker.kind == "Organization":
            return False
        day = tape.mentions.get(verb - 3)
        return tape.codes[verb - 2] == "," and day is not None and day.kind == "Date"

    def group(self, start: int, head: int, end: int, verb: int) -> bool:
        """True where `<plural>` at `start` begins a clause and its head, at `head`, is a word for people."""
        codes, cues = self.tape.codes, self.cues
        begins = start == 0 or codes[start - 1] in "\n\v,;:“" or codes[start - 1] in cues.also
        mention = self.tape.mentions.get(head)
        human = not cues.people.isdisjoint(codes[head : min(end, head + 2)])
        if not cues.must.isdisjoint(codes[end:verb]):
            return False  # "các địa phương phải báo cáo"
        return begins and (human or (mention is not None and mention.kind == "Post"))

    def quoted_before(self, heard: Heard) -> Quotation | None:
        """The quotation that closes where an attribution begins; None where there is none that is direct speech."""
        quote = self.quotes.before(heard.start, 3)
        if quote is None:
            return None
        if (
            heard.rule.scope == "before"
            and "verb" in heard.roles
            and heard.roles["verb"][0] < heard.roles["speaker"][0]
        ):
            return quote  # "… như lời ông A": the words stand in the middle of a sentence
        first, _ = sentence_items(self.tape, quote.start, quote.start + 1)
        size = quote.end - quote.start
        # A caption without a full stop may stand before it.
        return quote if size > _LEAST_WORDS and (quote.start - first <= 1 or size > 3 * LONG_QUOTE) else None
