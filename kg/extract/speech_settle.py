"""What is told, put in order: whose own words a request is, where one clause ends the other, what the lead repeats."""

from __future__ import annotations

from itertools import pairwise

from kg.extract.drafts import Known
from kg.extract.speech_told import Told
from kg.text.annotate import Annotated

LONG_QUOTE = 8  # items of a quotation that cannot be a word in quotation marks
_REPEATED = 0.75  # share of a lead's words that the body says again


class Settling:
    """Settles what was told in one article.

    Args:
        article: the article.
    """

    def __init__(self, article: Annotated) -> None:
        self.article = article
        self.tape = article.tape

    def settled(self, told: list[Told]) -> list[Told]:
        """What stays, with the extents that it keeps beside the rest."""
        self._part(told)
        return self._once(_own_words(told))

    def _part(self, told: list[Told]) -> None:
        """As in "… ; Bộ B yêu cầu …": a clause of its own ends what was told before it in the same sentence."""
        codes = self.tape.codes
        for early, late in pairwise(told):
            start = late.heard.start
            if early.quote is not None or not early.content[0] < start < early.content[1]:
                continue
            # "Về việc Bộ A yêu cầu …, ông B cho biết …"
            aside = codes[start - 1] == "," and early.kind == "request" and late.kind == "statement"
            if codes[start - 1] == ";" or aside:
                early.content = (early.content[0], start - 1)
                early.evidence = (early.evidence[0], start - 1)
                late.inside = early.inside

    def _once(self, told: list[Told]) -> list[Told]:
        """Without what the lead tells of what the body tells again."""
        lead = [
            t for t in told if self.article.parts[self.article.sentence_at(self.tape.span(*t.evidence).start)] == "lead"
        ]
        again: set[int] = set()
        for early in lead:
            words = self._words(early)
            for late in told:
                same = late.kind == early.kind and late.node is early.node and late.content[0] > early.content[1]
                if same and len(words & self._words(late)) >= _REPEATED * len(words):
                    again.add(id(early))
        return [t for t in told if id(t) not in again]

    def _words(self, told: Told) -> set[str]:
        first, last = self.tape.firsts[told.content[0]], self.tape.lasts[told.content[1] - 1]
        return {word.key for word in self.tape.tokens.words[first:last]}


def _own_words(told: list[Told]) -> list[Told]:
    """Requests in somebody's own words take the speaker of their quotation; the statement gives way to them."""
    holders = {t.quote.start: t for t in told if t.quote is not None and t.heard.rule.scope != "own" and not t.inside}
    gone: set[int] = set()
    for one in told:
        if one.heard.rule.scope != "own" or one.quote is None:
            continue
        holder = holders.get(one.quote.start)
        if holder is None or holder.node is None:
            gone.add(id(one))
            continue
        one.speaker, one.node = Known(holder.node.id), holder.node
        if holder.kind == "request" or one.heard.start - one.quote.start <= LONG_QUOTE:
            gone.add(id(holder))
        else:
            holder.content = (holder.content[0], max(one.heard.start - 1, holder.content[0] + 1))
    return [t for t in told if id(t) not in gone]
