"""Short forms around figures: "(ABC)" behind a name, "công ty", "dự án" by themselves, "huyện", "tỉnh"."""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING

from kg.extract.drafts import Candidate, Known, Words
from kg.extract.entities import Entities, Node
from kg.text.annotate import Annotated
from kg.text.normal import tone_key
from kg.text.tape import Mention, Tape

if TYPE_CHECKING:
    from kg.extract.figure_context import Context

_NOUNS = ("Organization", "Initiative", "Award", "Place")
_TITLED = ("Organization", "Initiative")
_DEED = 4  # items behind a noun within which a number shows that a verb stands between


class ShortForms:
    """What the short forms of one article stand for.

    Args:
        words: classes of words.
        article: the article, its tape folded.
        entities: its entities; a name in brackets becomes a form of the entity before them.
        home: the province that "tỉnh" means.
    """

    def __init__(self, words: Context, article: Annotated, entities: Entities, home: Candidate | None) -> None:
        self.words = words
        self.entities = entities
        self.home = home
        self.tape: Tape = article.tape
        self.acronyms: dict[int, Known] = {}
        self._acronyms()
        self._heads: dict[str, list[tuple[list[str], Node]]] = {}
        for node in entities.nodes.values():
            if node.type in _NOUNS and node.spans:
                keys = tone_key(node.name).split()
                for start in range(1 + (len(keys) > 2 and node.type == "Organization")):
                    self._heads.setdefault(keys[start], []).append((keys[start:], node))
        self._units: list[tuple[int, str, Mention]] | None = None

    def _acronyms(self) -> None:
        """Items that repeat what stands in brackets behind the full name of a body or undertaking."""
        tape, codes = self.tape, self.tape.codes
        at = codes.find("(")
        while at > 0:
            mention = tape.mentions.get(at - 1)
            word = tape.tokens.words[tape.firsts[at + 1]] if at + 2 < len(codes) else None
            if (
                word is not None
                and word.upper
                and codes[at + 2] == ")"
                and tape.lasts[at + 1] - tape.firsts[at + 1] == 1
                and at + 1 not in tape.mentions
                and mention is not None
                and mention.kind in _TITLED
                and (node := self.entities.entity(mention)) is not None
            ):
                form = tape.words(at + 1, at + 2)
                node.add(form, None)
                for found in re.finditer(rf"\b{re.escape(form)}\b", tape.text):
                    token = bisect.bisect_left(tape.tokens.starts, found.start())
                    item = bisect.bisect_left(tape.firsts, token)
                    if item < len(codes) and tape.firsts[item] == token and item not in tape.mentions:
                        self.acronyms.setdefault(item, Known(node.id, tape.span(item, item + 1)))
            at = codes.find("(", at + 1)

    def at(self, item: int, strict: bool = True) -> Candidate | None:
        """What the common noun or the acronym at an item stands for; None where it is no short form.

        Args:
            item: an item of the tape.
            strict: True where a noun is one only if a verb follows: "dự án có …", not "dự án mới …".
        """
        tape, codes = self.tape, self.tape.codes
        if item in self.acronyms:
            return self.acronyms[item]
        if item in tape.mentions or (item and codes[item - 1] in self.words.many):
            return None
        if codes[item] in self.words.unit:
            return self._unit(item)
        if tape.firsts[item] >= len(tape.tokens.words):
            return None
        if codes[item] in self.words.stands:
            return self._standing(item)
        if codes[item] in self.words.body:
            return self._body(item)
        word = tape.tokens.words[tape.firsts[item]]
        known = self._heads.get(word.key)
        return self._noun(item, known, strict) if known else None

    def _body(self, item: int) -> Candidate | None:
        """What "cơ quan này" means: the body named last."""
        span = self.tape.span(item, item + 1)
        best: tuple[int, Node] | None = None
        for node in self.entities.nodes.values():
            if node.type == "Organization":
                last = max((s.start for s in node.spans if s.start < span.start), default=-1)
                if last >= 0 and (best is None or last > best[0]):
                    best = (last, node)
        return Known(best[1].id, span) if best is not None else None

    def _standing(self, item: int) -> Candidate | None:
        """The last body whose name begins as the lexicon says that this noun's does."""
        span = self.tape.span(item, item + 1)
        head = self.tape.normal.get(item, "").split()
        best: tuple[int, Node] | None = None
        for keys, node in self._heads.get(head[0] if head else "", ()):
            last = max((s.start for s in node.spans if s.start < span.start), default=-1)
            if keys[: len(head)] == head and last >= 0 and (best is None or last > best[0]):
                best = (last, node)
        return Known(best[1].id, span) if best is not None else None

    def _noun(self, item: int, known: list[tuple[list[str], Node]], strict: bool) -> Candidate | None:
        """The last thing named before whose name begins with the noun at an item."""
        tape, codes, words = self.tape, self.tape.codes, self.tape.tokens.words
        first = tape.firsts[item]
        here = tape.tokens.starts[first]
        best: tuple[int, int, Node] | None = None
        for keys, node in known:
            same = 0
            while same < len(keys) and first + same < len(words) and keys[same] == words[first + same].key:
                same += 1
            last = max((s.start for s in node.spans if s.start < here), default=-1)
            whole = len(keys) == len(tone_key(node.name).split())
            if same >= (1 if whole else 2) and last >= 0 and (best is None or (same, last) > best[:2]):
                best = (same, last, node)
        if best is None:
            return None
        end = bisect.bisect_left(tape.firsts, first + best[0])
        after = codes[end] if end < len(codes) else "\n"
        clear = after in self.words.predicate or self._pointed(first + best[0])
        if best[0] == 1 and not clear:
            return None
        if strict and not clear and not self._deed(end):
            return None
        if after in self.words.capital or end in tape.mentions:
            return None  # another name with the same beginning
        return Known(best[2].id, tape.span(item, max(end, item + 1)))

    def _pointed(self, token: int) -> bool:
        """True for "này" and the like, which may be in one item with the noun before it."""
        words = self.tape.tokens.words
        node = self.words.root.get(words[token].key) if token < len(words) else None
        return node is not None and node.entry is not None and node.entry.capital in self.words.this

    def _deed(self, item: int) -> bool:
        """True where words that no lexicon knows, then a number follow: "nhận 1.200 cuộc gọi"."""
        for i in range(item, min(item + _DEED, len(self.tape.codes))):
            mention = self.tape.mentions.get(i)
            if mention is not None:
                return mention.kind in ("Number", "Ratio", "Range") and i > item
            if self.tape.codes[i] not in self.words.bare:
                return False
        return False

    def _unit(self, item: int) -> Candidate | None:
        """What a level word means: "huyện" is the last one named, "tỉnh" the article's own."""
        tape = self.tape
        if tape.codes[item - 1 : item] in self.words.graded and item:
            return None
        level = _level(tape.words(item, item + 1))
        if self._units is None:
            # A unit is also named where only the name of its body is: "UBND huyện A".
            self._units = []
            for mention in self.entities.mentions:
                inner = mention.parts.get("children", ()) if mention.kind == "Organization" else ()
                for place in (mention, *inner):
                    if place.kind == "Place" and "level" in place.parts:
                        self._units.append((place.first, _level(place.parts["level"]), place))
                seat = place_of(mention) if mention.kind == "Organization" else None
                if seat is not None and "level" not in seat.parts:
                    # "Huyện ủy A": the district A.
                    self._units.append((mention.first, tape.tokens.words[mention.first].key, seat))
            self._units.sort(key=lambda u: u[0])
        if self.home is not None and self.words.provincial.issuperset(tape.codes[item]):
            return self.home
        first = tape.firsts[item]
        for at, other, mention in reversed(self._units):
            if at < first and (level in (other, _initials(other)) or other == _initials(level)):
                known = self.entities.entity(mention) is not None
                return mention if known else Words(tape.mention_span(mention), "Place")
        return None


def _level(text: str) -> str:
    return tone_key(text).rstrip(".")


def _initials(level: str) -> str:
    return "".join(word[0] for word in level.split())


def place_of(mention: Mention) -> Mention | None:
    """The place that a body is of; None where its name holds none."""
    while mention.kind == "Organization":
        inner = mention.parts.get("place") or mention.parts.get("inner")
        if not isinstance(inner, Mention):
            return None
        mention = inner
    return mention
