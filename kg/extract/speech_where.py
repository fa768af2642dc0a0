"""At which event something was said."""

from __future__ import annotations

import bisect

from kg.extract.drafts import Candidate, Known
from kg.extract.entities import Entities, Node
from kg.extract.speech_told import Told
from kg.text.annotate import Annotated
from kg.text.lexicon import Lexicon

_AT_WITHIN = 3  # items between a word of place and the event
_AHEAD = 4  # items beside an event's name that say that it is to come
_PRESS_WITHIN = 6  # items of a sentence among which it says to whom somebody spoke
_FIRST = 4  # sentences in which an article says what it reports on
# Sentences of the writer's own after which a voice is no longer heard at the event (requests' events on press articles:
# right 24 of 27 without a bound, 24 of 25 with it).
_SILENT = 5
_PARTS = ("lead", "body")


class Where:
    """The events at which the article's speakers speak.

    Args:
        lexicon: for the words of place.
        article: the article.
        entities: its entities.
    """

    def __init__(self, lexicon: Lexicon, article: Annotated, entities: Entities) -> None:
        self.article = article
        self.tape = tape = article.tape
        at = frozenset("".join(lexicon.chars(n) for n in ("at", "statement:at") if lexicon.has(n)))
        self._coming = frozenset("".join(lexicon.chars(n) for n in ("future", "event:upcoming") if lexicon.has(n)))
        self._earlier = frozenset(lexicon.chars("event:earlier")) if lexicon.has("event:earlier") else frozenset()
        self._done = frozenset(lexicon.chars("done"))
        self._interview = frozenset(lexicon.chars("statement:interview"))
        self._press = frozenset(lexicon.chars("statement:press"))
        self._interviewed: set[str] = set()
        # Events that the article announces: nobody speaks at them yet.
        self.announced: set[str] = set()
        self._bodies: dict[str, set[str]] = {}
        # item, sentence, event, whether a word of place is with it
        self.spots: list[tuple[int, int, Node, bool]] = []
        self._first = [k for k, part in enumerate(article.parts) if part in _PARTS][:_FIRST]
        for i, mention in tape.mentions.items():
            if mention.kind != "Event" or article.parts[k := article.sentence_of(i)] not in _PARTS:
                continue
            node = entities.entity(mention)
            if node is None:
                continue
            start, end = article.items[k]
            placed = not at.isdisjoint(tape.codes[max(start, i - _AT_WITHIN) : i])
            if not mention.parts["bare"] and self._announces(start, i, end):
                self.announced.add(node.id)
            for child in mention.parts.get("children", ()):
                body = entities.entity(child) if child.kind == "Organization" else None
                if body is not None:
                    self._bodies.setdefault(node.id, set()).add(body.id)
            if placed or k in self._first:
                self.spots.append((i, k, node, placed))
        self.heard: list[tuple[int, Node]] = []
        self.main: Node | None = None
        # By event: the sentence in which somebody was last heard at it.
        self._last: dict[str, int] = {}

    def hear(self, told: list[Told]) -> None:
        """Finds the events that are places of speech: named beside somebody's words, or at the article's beginning."""
        own: dict[int, Node] = {}
        for one in told:
            if one.inside:
                continue
            first, last = self._sentences(one)
            for i, sentence, node, placed in self.spots:
                if placed and first <= sentence <= last and not one.content[0] <= i < one.content[1]:
                    own[i] = node
        for i, _, node, placed in self.spots:
            if node.id in self.announced and not (i in own and self._leads(i)):
                own.pop(i, None)
                continue
            if placed and self.tape.codes[i - _AT_WITHIN : i].strip() and self._leads(i):
                own.setdefault(i, node)
        # What the article reports on, if its first sentences name an event and speak of it as a day's.
        self.main = next(
            (
                node
                for i, sentence, node, _ in self.spots
                if node.id not in self.announced
                and self.tape.codes[self.article.items[sentence][0]] not in self._earlier
                and self._dated(*self.article.items[sentence])
                and self._seen(sentence)
                and not any(t.content[0] <= i < t.content[1] for t in told)
            ),
            None,
        )
        self.heard = sorted(own.items())

    def event(self, told: Told) -> Candidate | None:
        """The event at which something was told; None where the article does not say. Asked in the text's order."""
        first, last = self._sentences(told)
        near = [
            n
            for i, n in self.heard
            if first <= self._sentence(i) <= last and not told.content[0] <= i < told.content[1]
        ]
        if near:
            self._interviewed.clear()
            return Known(near[-1].id)
        if told.node is not None:
            if self._to_press(first):
                self._interviewed.add(told.node.id)
            if told.node.id in self._interviewed:
                return None
        if told.node is None or told.node.type != "Person":
            # A body speaks at its own meeting.
            body = told.node.id if told.node is not None else ""
            held = [n for n in (*(h[1] for h in self.heard), self.main) if n is not None]
            return next((Known(n.id) for n in held if body in self._bodies.get(n.id, ())), None)
        k = bisect.bisect_right(self.heard, told.evidence[0], key=lambda h: h[0])
        if k:
            item, node = self.heard[k - 1]
            if first - max(self._sentence(item), self._last.get(node.id, 0)) > _SILENT:
                return None
            self._last[node.id] = last
            return Known(node.id)
        if self.main is not None:
            return Known(self.main.id)
        # The lead quotes before it says where.
        early = self._seen(self._sentence(told.evidence[0]))
        return Known(self.heard[0][1].id) if early and len({n.id for _, n in self.heard}) == 1 else None

    def _to_press(self, sentence: int) -> bool:
        """True where a sentence begins with to which paper somebody spoke: "Trao đổi với PV, …"."""
        codes = self.tape.codes
        start, end = self.article.items[sentence]
        for i in range(start, min(end, start + _PRESS_WITHIN)):
            if codes[i] in self._interview:
                paper = self.tape.mentions.get(i + 1)
                known = paper is not None and paper.kind == "Organization" and paper.parts.get("form") == "whole"
                return known or codes[i + 1 : i + 2] in self._press
        return False

    def _announces(self, start: int, item: int, end: int) -> bool:
        """True where words around an event's name say that it is still to come."""
        codes = self.tape.codes
        around = codes[max(start, item - _AHEAD) : item] + codes[item + 1 : min(end, item + _AHEAD)]
        return not self._coming.isdisjoint(around) and self._done.isdisjoint(around)

    def _dated(self, start: int, end: int) -> bool:
        return any(i in self.tape.mentions and self.tape.mentions[i].kind == "Date" for i in range(start, end))

    def _seen(self, sentence: int) -> bool:
        return sentence in self._first

    def _sentence(self, item: int) -> int:
        return self.article.sentence_of(item)

    def _sentences(self, told: Told) -> tuple[int, int]:
        """The first and last sentence of what is told, its attribution included."""
        return self._sentence(told.evidence[0]), self._sentence(max(told.evidence[1] - 1, told.heard.end - 1))

    def _leads(self, item: int) -> bool:
        """True where an event stands at the beginning of a sentence: "Tại hội nghị, …"."""
        start, _ = self.article.items[self._sentence(item)]
        return item - start <= _AT_WITHIN
