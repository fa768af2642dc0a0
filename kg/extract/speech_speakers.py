"""Who speaks: pronouns, offices and given names to the persons of the article."""

from __future__ import annotations

from kg.extract.drafts import Candidate, Known, Words
from kg.extract.entities import Entities, Node
from kg.extract.keys import name_key, place_key
from kg.extract.places import is_city
from kg.extract.speech_told import Cues
from kg.extract.spoken import PROVINCE_LEVELS
from kg.model import Span
from kg.text.annotate import Annotated
from kg.text.normal import tone_key
from kg.text.tape import Mention, Tape

_BODY_WITHIN = 60  # items back to the body that "cơ quan này" means
_SUBJECT = 12  # code points: a person named so near to the beginning of a sentence is what the sentence is about
# Documents that speak for the body that wrote them, unless a number makes them a thing of their own.
_FEMALE, _MALE = frozenset(("bà", "chị", "cô")), frozenset(("ông", "anh", "chú", "cụ ông"))


class Speakers:
    """Finds the person whom a mention stands for as the speaker; remembers who spoke last.

    Args:
        entities: the article's entities.
        article: the article.
        cues: word classes.
    """

    def __init__(self, entities: Entities, article: Annotated, cues: Cues) -> None:
        self.entities = entities
        self.article = article
        self.cues = cues
        self.tape: Tape = entities.tape
        self.last: Node | None = None
        self.past: list[Node] = []
        self.spoken = 0  # text offset at which the last speech ends
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
                return (Known(node.id, self.tape.mention_span(mention)), node) if node is not None else None
            case "Post":
                return self._office(item, mention)
            case "Document" if "number" not in mention.parts:
                issuer = mention.parts.get("roles", {}).get("issuer", [None])[0]
                if isinstance(issuer, Mention) and issuer.kind == "Organization":
                    mention = issuer
        node = self.entities.entity(mention)
        return (mention, node) if node is not None else None

    def spoke(self, node: Node | None, item: int) -> None:
        """Remembers the speaker, and where the speech ended, for the pronouns that follow."""
        if node is not None:
            self.last = node
            self.past.append(node)
            self.spoken = self.tape.tokens.ends[self.tape.lasts[item - 1] - 1]

    def main(self) -> Node | None:
        """The person named most often."""
        people = [n for n in self.entities.nodes.values() if n.type == "Person" and n.spans]
        return max(people, key=lambda n: len(n.spans), default=None)

    def _pronoun(self, mention: Mention) -> Node | None:
        at = self.tape.mention_span(mention).start
        near = self.entities.antecedent(at)
        word = tone_key(mention.parts["name"]).split()[0]
        topic = near if near is not None and self._leads(near, at) else None
        candidates = [n for n in (topic, self.last, near) if n is not None and n.type in ("Person", "Office")]
        if word in ("anh", "chị"):
            # Only whom the article calls so: officials are "ông" and "bà".
            for node in candidates:
                if word in _calls(node):
                    return node
            if (named := self._called(word, at)) is not None:
                return named
        found = next((n for n in candidates if _agrees(n, word)), None)
        return found or self._called(word, at)

    def _called(self, word: str, at: int) -> Node | None:
        """The last person before a text offset whom the article calls by an honorific."""
        best: tuple[int, Node] | None = None
        for node in self.entities.nodes.values():
            if node.type == "Person" and word in _calls(node):
                last = max((s.start for s in node.spans if s.start < at), default=-1)
                if last >= 0 and (best is None or last > best[0]):
                    best = (last, node)
        return best[1] if best is not None else None

    def _leads(self, node: Node, at: int) -> bool:
        """True where the person was named at the beginning of a sentence after the last speech."""
        for span in node.spans:
            if self.spoken <= span.start < at:
                sentence = self.article.sentences[self.article.sentence_at(span.start)]
                if span.start - sentence.start <= _SUBJECT:
                    return True
        return False

    def _office(self, item: int, post: Mention) -> tuple[Candidate, Node | None] | None:
        tape = self.tape
        codes = tape.codes
        if item and codes[item - 1] in self.cues.plural:
            return None
        after = item + 1
        body = post.parts.get("body")
        generic = bool(post.parts.get("generic"))
        low = post.parts["name"][0].islower() and item > 0 and codes[item - 1] not in "\n\v,;“-:"
        following = tape.mentions.get(after)
        if body is None and following is not None and following.kind in ("Organization", "Place"):
            body = following
            post.parts["body"] = body
        elif body is None and following is None and (named := self._named_behind(after)) is not None:
            return Known(named.id, tape.mention_span(post)), named
        last = body.last if body is not None else post.last
        level = (
            generic and body is None and codes[after : after + 1] in self.cues.level and bool(codes[after : after + 1])
        )
        if level:
            last = tape.lasts[after]
        span = tape.token_span(post.first, last)
        if post.parts.get("whole") and self.holder(post, body) is None:
            name = post.parts.get("normal") or post.parts["name"]
            node = self.entities.named("Office", tone_key(name), name, tape.mention_span(post))
            node.add(tape.text[span.start : span.end], span)
            return Known(node.id, span), node
        holder = self._head(body, level) if generic else self.holder(post, body)
        if holder is not None:
            holder.add(tape.text[span.start : span.end], span)
            return Known(holder.id, span), holder
        if (generic or low) and body is None and not level:
            return None
        return Words(span, "Office"), None

    def _named_behind(self, item: int) -> Node | None:
        """The person whose given name stands at an item: "Bí thư Khải", "Bí thư Xuân Anh"."""
        tape = self.tape
        first = tape.firsts[item] if item < len(tape.codes) and tape.codes[item] not in "\n\v" else -1
        word = tape.tokens.words[first] if first >= 0 else None
        if word is None or not word.upper:
            return None
        after = tape.tokens.words[first + 1] if first + 1 < len(tape.tokens.words) else None
        if after is not None and after.upper:
            both = [word.key, after.key]
            found = [n for n in self._given.get(after.key, ()) if n.key.split()[-2:] == both]
        else:
            found = self._given.get(word.key, [])
        return self.last if self.last in found else found[0] if found else None

    def _head(self, body: Mention | None, level: bool) -> Node | None:
        """As in "người đứng đầu thành phố", "lãnh đạo tỉnh": the last speaker who holds an office there."""
        if body is None:
            return self.last if level and any(n is self.last for _, _, n in self.entities.offices()) else None
        node = self.entities.entity(body)
        words = set((node.key if node is not None else name_key(self.tape.mention_text(body))).split())
        for person in reversed(self.past):
            for _, org, holder in self.entities.offices():
                if holder is person and org in self.entities.nodes:
                    other = set(name_key(self.entities.nodes[org].name).split())
                    if words and words <= other:
                        return person
        return None

    def nobody(self, item: int) -> bool:
        """True for "cán bộ", "các chủ tịch": a kind of people, not one who speaks."""
        mention = self.tape.mentions.get(item)
        if mention is None or mention.kind != "Post":
            return False
        if item and self.tape.codes[item - 1] in self.cues.plural:
            return True
        following = self.tape.mentions.get(item + 1)
        where = following is not None and following.kind in ("Organization", "Place")
        return (
            bool(mention.parts.get("generic"))
            and not where
            and self.tape.codes[item + 1 : item + 2] not in self.cues.level
        )

    def whole(self, item: int) -> bool:
        """True where a mention is more than a title without its body."""
        mention = self.tape.mentions.get(item)
        return (
            mention is None or mention.kind != "Post" or bool(mention.parts.get("whole") or mention.parts.get("body"))
        )

    def _body_before(self, item: int, head: str) -> Node | None:
        """The body that the text named last, or the last one whose name begins with `head`."""
        for i in range(item - 1, max(0, item - _BODY_WITHIN), -1):
            mention = self.tape.mentions.get(i)
            node = self.entities.entity(mention) if mention is not None and mention.kind == "Organization" else None
            if node is not None and tone_key(node.name).startswith(head):
                return node
        return None

    def _unit(self, word: str) -> Node | None:
        """The article's province, where a level word by itself ("TP", "tỉnh") means it."""
        province = self.entities.province
        if (
            province is None
            or tone_key(word) not in PROVINCE_LEVELS
            or is_city(province[2]) == (tone_key(word) == "tỉnh")
        ):
            return None
        key = place_key(province[2])
        return next((n for n in self.entities.nodes.values() if n.type == "Place" and n.key == key), None)

    def unnamed(self, start: int, end: int, verb: int) -> tuple[Candidate, Node | None] | None:
        """A document or a source that only its kind names: the article's last document of that kind, or the words."""
        tape = self.tape
        if tape.codes[start] in self.cues.this_person:
            last = self.last if self.last is not None and self.last.type == "Person" else None
            return (Known(last.id, tape.span(start, end)), last) if last is not None else None
        if tape.codes[start] in self.cues.level:
            node = self._unit(tape.words(start, end))
            return (Known(node.id, tape.span(start, end)), node) if node is not None else None
        if tape.codes[start] in self.cues.this_body or tape.codes[start] in self.cues.this_kind:
            head = (
                "" if tape.codes[start] in self.cues.this_body else tone_key(tape.words(start, end)).rsplit(" ", 1)[0]
            )
            node = self._body_before(start, head)
            return (Known(node.id, tape.span(start, end)), node) if node is not None else None
        text = tone_key(tape.words(start, end))
        at = tape.tokens.starts[tape.firsts[start]]
        known = [
            (max((s.start for s in n.spans if s.start < at), default=-1), n)
            for n in self.entities.nodes.values()
            if n.type == "Document" and n.key.split()[: len(text.split())] == text.split()
        ]
        known = [k for k in known if k[0] >= 0]
        if known:
            node = max(known, key=lambda k: k[0])[1]
            return Known(node.id, tape.span(start, end)), node
        if tape.codes[start] in self.cues.unnamed and start < verb:
            stop = verb
            while stop > end and stop - 1 not in tape.mentions:
                stop -= 1
            return words_of(tape, start, stop, "Group"), None
        return None

    def holder(self, post: Mention, body: Mention | None) -> Node | None:
        """Who holds an office in this article: by its title and body; the last speaker where several do."""
        key = tone_key(post.parts.get("normal") or post.parts["name"])
        same = [(o, n) for k, o, n in self.entities.offices() if k == key]
        if not same:
            return None
        org = self.entities.entity(body) if body is not None else None
        if org is not None:
            words = set(org.key.split())
            found = (
                [n for o, n in same if o == org.id]
                or [n for o, n in same if o in self.entities.nodes and _akin(words, self.entities.nodes[o])]
                or [n for o, n in same if not o]
            )
        else:
            found = [n for _, n in same]
        if not found:
            return None
        if any(n is self.last for n in found):
            return self.last
        at = self.tape.mention_span(post).start
        return min(found, key=lambda n: min((at - s.start for s in n.spans if s.start <= at), default=10**9))


def _akin(words: set[str], node: Node) -> bool:
    other = set(name_key(node.name).split())
    return bool(words) and (words <= other or other <= words)


def _calls(node: Node) -> set[str]:
    """The first words of a person's forms: honorifics among them."""
    return {tone_key(form).split()[0] for form in node.forms if form.strip()}


def _agrees(node: Node, pronoun: str) -> bool:
    """False where the article calls the person by an honorific of the other gender."""
    calls = _calls(node)
    if pronoun in _MALE:
        return calls.isdisjoint(_FEMALE)
    if pronoun in _FEMALE:
        return calls.isdisjoint(_MALE)
    return True


def words_of(tape: Tape, start: int, end: int, type_: str) -> Words:
    """A filler named by the items `start` to before `end`."""
    a, b = tape.span(start, end)
    return Words(Span(a, b), type_)
