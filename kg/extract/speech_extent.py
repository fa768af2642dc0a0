"""How far reaches what is said: to the end of the sentence, of the quotation, or of the sentences that go on."""

from __future__ import annotations

import re

from kg.extract.engine import sentence_items
from kg.extract.speech_quotes import Quotation, Quotations
from kg.extract.speech_told import Cues, Heard
from kg.text.annotate import Annotated

_MOST_SENTENCES = 6
_MOST_LINES = 30
_MARK_WITHIN = 16  # items between a verb that is as often something else and the colon that shows what is said
_SUBJECT_WITHIN = 12
_ASIDE = 10  # items between a verb of saying and the "rằng" that opens what is said
_NEAR = 4  # items at a sentence's beginning within which a word of duty is about what was asked before
_TELLS_ON = frozenset(("Date", "Event", "Person", "Pronoun", "Award"))
_SOMEBODY = frozenset(("Person", "Pronoun", "Post"))
_ANSWER = re.compile("[?]\n-")


class Extents:
    """Extents in one article.

    Args:
        cues: word classes.
        article: the article.
        quotes: its quotations.
    """

    def __init__(self, cues: Cues, article: Annotated, quotes: Quotations) -> None:
        self.cues = cues
        self.article = article
        self.tape = article.tape
        self.quotes = quotes
        self.stops: set[int] = set()
        self.named: set[int] = set()  # of those, the sentences that begin with a person who speaks
        self.readable = {
            a: b for (a, b), part in zip(article.items, article.parts, strict=True) if part in ("lead", "body")
        }

    def attribute(self, heard: list[Heard]) -> None:
        """Takes note of the sentences in which somebody else is heard: nothing goes on into them."""
        for one in heard:
            first = sentence_items(self.tape, one.start, one.start + 1)[0]
            self.stops.add(first)
            speaker = self.tape.mentions.get(one.roles["speaker"][0]) if "speaker" in one.roles else None
            if speaker is not None and speaker.kind == "Person" and one.start - first < _NEAR:
                self.named.add(first)

    def after(self, heard: Heard) -> tuple[int, int, Quotation | None] | None:
        """Items of what is said behind a verb, and the quotation if it is one; None where nothing is said there."""
        codes, cues = self.tape.codes, self.cues
        i = heard.end
        marked = codes[i - 1] in ",:" or codes[i - 1] in cues.that
        colon = codes[i - 1] == ":"
        _, end = sentence_items(self.tape, heard.at, heard.at + 1)
        while i < end and (codes[i] in cues.that or codes[i] in ",:-"):
            marked = True
            colon = codes[i] == ":"
            i += 1
        if not marked and heard.rule.scope == "marked":
            found = codes.find(":", i, min(end, i + _MARK_WITHIN))
            if found < 0 and codes[i : i + 1] != "“":
                return None
            i = max(i, found + 1)
            colon = found >= 0
        if i >= end:
            return self.answer(end) if colon and codes[end : end + 1] == "\n" else None
        if codes[i] in ".;)":
            return None
        while i + 1 < end and codes[i] in cues.and_ and codes[i + 1] in cues.verbs:
            i += 2  # "cảm ơn và chúc mừng …"
        if not marked:
            # "nói tại hội nghị rằng …", "thông tin thêm về tiến độ: …"
            stop = next((k for k in range(i, min(end, i + _ASIDE)) if codes[k] in ",;“"), min(end, i + _ASIDE))
            aside = codes[i] in cues.aside
            i = next(
                (k + 1 for k in range(i, stop) if codes[k] in cues.quoting or (aside and codes[k] == ":")),
                i,
            )
        told = codes.find(":", i, min(end, i + _NEAR))
        quote = self.quotes.opening(i if told < 0 else told + 1)  # "nói thẳng: “…”"
        if quote is not None:
            return quote.start + 1, quote.end, quote
        if heard.rule.scope == "marked" and codes[i - 1] == ",":
            first, _ = sentence_items(self.tape, heard.at, heard.at + 1)
            if codes[i] in cues.act or codes[first] in cues.while_:
                return None  # "bổ sung, hoàn chỉnh …"; "sau khi báo A phản ánh, …"
        i += codes[i] == "“"
        inner = self.quotes.at(end)
        if inner is not None and inner.start >= i:
            end = min(inner.end + 1, self.last_item())
        return i, self.onward(end), None

    def last_item(self) -> int:
        """One past the last item that is read."""
        return max(self.readable.values(), default=len(self.tape.codes))

    def onward(self, end: int) -> int:
        """The end of the sentences of the same line that go on, unattributed, behind a sentence that ends at `end`."""
        codes = self.tape.codes
        for _ in range(_MOST_SENTENCES):
            first = end + 1
            if codes[end : end + 1] != "\v" or first not in self.readable or first in self.stops:
                break
            mention = self.tape.mentions.get(first)
            if codes[first] in "“(*" or codes[first] in self.cues.narrate or (mention and mention.kind in _TELLS_ON):
                break
            end = self.readable[first]
        return end

    def asking_on(self, end: int) -> int:
        """The end of the sentences of the same line that go on asking: they begin with a verb of doing."""
        codes, cues = self.tape.codes, self.cues
        for _ in range(_MOST_SENTENCES):
            first = end + 1
            if (
                codes[end : end + 1] != "\v"
                or first not in self.readable
                or first in self.stops
                or first in self.tape.mentions
            ):
                break
            begin = first
            while begin < first + 3 and (codes[begin] in cues.also or codes[begin] == ","):
                begin += 1
            if codes[begin] in cues.regarding:
                break
            if codes[begin] not in cues.act:
                head = codes[begin : begin + _SUBJECT_WITHIN]
                anaphor = not cues.this.isdisjoint(head[: _NEAR + 2]) and not cues.must.isdisjoint(head)
                if (
                    not (anaphor or not cues.must.isdisjoint(head[:_NEAR]))
                    or codes[first] in cues.narrate
                    or self.group_at(first)
                ):
                    break
                if any(
                    self.tape.mentions[i].kind in _SOMEBODY
                    for i in range(begin, begin + self._duty(head))
                    if i in self.tape.mentions
                ):
                    break
            end = self.readable[first]
        return end

    def _duty(self, head: str) -> int:
        """Items before the first word of duty."""
        return next((i for i, code in enumerate(head) if code in self.cues.must), len(head))

    def group_at(self, first: int) -> int:
        """Item at which a sentence's own group of addressees begins ("Cùng với đó, các địa phương …"); 0 for none."""
        codes, cues = self.tape.codes, self.cues
        i = first
        while i < first + 3 and i < self.last_item() - 1 and (codes[i] in cues.also or codes[i] == ","):
            i += 1
        head = codes[i : i + _SUBJECT_WITHIN]
        whom = codes[i] in cues.whom and not cues.must.isdisjoint(head)
        if whom and cues.this.isdisjoint(head) and i in self.readable:
            return i
        if codes[i] in cues.plural and not cues.whom.isdisjoint(codes[i + 1 : i + 4]) and cues.this.isdisjoint(head):
            return i
        return 0

    def answer(self, end: int) -> tuple[int, int, Quotation | None] | None:
        """The lines of an interview's answer that begin behind the line break at `end`."""
        codes = self.tape.codes
        i = end
        while codes[i : i + 1] in ("\n", "\v"):
            i += 1
        first = i + (codes[i : i + 1] == "-")
        stop = first
        for _ in range(_MOST_LINES):
            if i not in self.readable or codes[i] == "o" or (i > first and i in self.named):
                break
            line = codes.find("\n", i)
            line = len(codes) if line < 0 else line
            if codes[line - 1 : line] == "?" and codes[line + 1 : line + 2] == "-":
                break
            stop = i = line
            while codes[i : i + 1] in ("\n", "\v"):
                i += 1
        return (first, stop, None) if stop > first else None

    def answers(self) -> list[tuple[int, int]]:
        """Items of the answers of an interview that marks them with dashes."""
        out = []
        for m in _ANSWER.finditer(self.tape.codes):
            found = self.answer(m.end() - 1)
            if found is not None and self.quotes.at(m.end()) is None:
                out.append(found[:2])
        return out
