"""Who speaks: pronouns, offices and given names to the persons of the article."""

from __future__ import annotations

from kg.extract.drafts import Candidate, Known, Words
from kg.extract.entities import Entities, Node
from kg.extract.keys import name_key
from kg.model import Span
from kg.text.normal import tone_key
from kg.text.tape import Mention, Tape

_MOST_TITLE = 3  # items between an office and its body


class Speakers:
    """Finds the person whom a mention stands for as the speaker; remembers who spoke last.

    Args:
        entities: the article's entities.
    """

    def __init__(self, entities: Entities) -> None:
        self.entities = entities
        self.tape: Tape = entities.tape
        self.last: Node | None = None
        self._given: dict[str, list[Node]] = {}
        for node in entities.nodes.values():
            if node.type == "Person" and len(node.key.split()) > 1:
                self._given.setdefault(node.key.split()[-1], []).append(node)

    def speaker(self, item: int, mention: Mention) -> tuple[Candidate, Node | None] | None:
        """Who speaks where `mention` (at an item of the tape) is the subject; None where nobody can be meant.

        Returns:
            the filler, and the node behind it where it is known now.
        """
        match mention.kind:
            case "Pronoun":
                node = self._pronoun(mention)
                if node is None:
                    return None
                return Known(node.id, self.tape.mention_span(mention)), node
            case "Post":
                return self._office(item, mention)
        node = self.entities.entity(mention)
        return (mention, node) if node is not None else None

    def spoke(self, node: Node | None) -> None:
        """Remembers the speaker for the pronouns that follow."""
        if node is not None:
            self.last = node

    def _pronoun(self, mention: Mention) -> Node | None:
        at = self.tape.mention_span(mention).start
        near = self.entities.antecedent(at)
        word = tone_key(mention.parts["name"])
        for node in (self.last, near):
            if node is not None and node.type in ("Person", "Office") and _agrees(node, word):
                return node
        return near

    def _office(self, item: int, post: Mention) -> tuple[Candidate, Node | None] | None:
        tape = self.tape
        body = post.parts.get("body")
        after = item + 1
        if body is None:
            following = tape.mentions.get(after)
            if following is not None and following.kind in ("Organization", "Place"):
                body = following
                post.parts["body"] = body
            elif following is None and after < len(tape.codes) and tape.firsts[after] < len(tape.tokens.words):
                # "Bí thư Khải": an office and a given name.
                word = tape.tokens.words[tape.firsts[after]]
                if word.upper and (named := self._given.get(word.key)):
                    node = next((n for n in named if n is self.last), named[0])
                    return Known(node.id, tape.mention_span(post)), node
        span = tape.token_span(post.first, body.last if body is not None else post.last)
        node = self.holder(post, body)
        if node is not None:
            node.add(tape.text[span.start : span.end], span)
            return Known(node.id, span), node
        return Words(span, "Office"), None

    def holder(self, post: Mention, body: Mention | None) -> Node | None:
        """Who holds an office in this article: by its title and body; the last speaker where several do."""
        key = tone_key(post.parts.get("normal") or post.parts["name"])
        org = self.entities.entity(body) if body is not None else None
        same = [(o, n) for k, o, n in self.entities.offices() if k == key]
        if org is not None:
            exact = [n for o, n in same if o == org.id]
            loose = [n for o, n in same if not o]
            words = set(org.key.split())
            near = [n for o, n in same if o and o in self.entities.nodes and self._akin(words, self.entities.nodes[o])]
            found = exact or near or loose
        else:
            found = [n for _, n in same]
        if not found:
            return None
        if self.last is not None and any(n is self.last for n in found):
            return self.last
        if len({n.id for n in found}) == 1 or body is None:
            at = self.tape.mention_span(post).start
            return min(found, key=lambda n: min((at - s.start for s in n.spans if s.start <= at), default=10**9))
        return found[0] if len({n.id for n in found}) == 1 else None

    def _akin(self, words: set[str], node: Node) -> bool:
        other = set(name_key(node.name).split())
        return bool(words) and (words <= other or other <= words)


def _agrees(node: Node, pronoun: str) -> bool:
    """False where the article calls the person by an honorific of the other gender."""
    forms = " ".join(tone_key(form).split()[0] for form in node.forms if form)
    if pronoun.startswith(("ông", "anh")):
        return not ("bà" in forms.split() or "chị" in forms.split())
    if pronoun.startswith(("bà", "chị")):
        return not ("ông" in forms.split() or "anh" in forms.split())
    return True


def words_of(tape: Tape, start: int, end: int, type_: str) -> Words:
    """A filler named by the items `start` to before `end`."""
    a, b = tape.span(start, end)
    return Words(Span(a, b), type_)
