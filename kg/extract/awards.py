"""Awards: proposals are told from gifts, and what several rules found about one award is joined."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.drafts import Candidate, Draft, Known, Literal, Words
from kg.extract.engine import Engine
from kg.extract.entities import Entities, Node
from kg.extract.policy import items
from kg.extract.same_names import has_issuer, issued_key
from kg.model import Span
from kg.text.annotate import Annotated
from kg.text.tape import Mention, Tape

_ASKED = 3  # items before a giving in which what asks for it may stand
# Roles that tell one award from another.
_TELLING = ("giver", "recipient", "recipient_count")
# Patterns that say nothing where their recipient is taken back.
_OF_RECIPIENT = frozenset({"award.receive", "award.honoured", "award.passive"})


class Awards:
    """Compiled word classes; keeps no state between articles.

    Args:
        engine: the rules.
    """

    def __init__(self, engine: Engine) -> None:
        lexicon = engine.book.lexicon

        def chars(name: str) -> frozenset[str]:
            return frozenset(lexicon.chars(name)) if lexicon.has(name) else frozenset()

        self._ask = chars("award:ask")
        self._undo = chars("award:undo")
        self._passive = chars("passive") | chars("award:honour") | chars("award:receive")
        self._for = chars("for")
        self._others = chars("plural") | chars("award:kind")
        self._told = chars("speech") | chars("requests")
        self._between = chars("and") | frozenset(",")

    def run(self, article: Annotated, entities: Entities, drafts: list[Draft]) -> list[Draft]:
        """The article's awards from the drafts of that kind."""
        found = [_split_kinds(d) for d in drafts if self._given(article, d)]
        for draft in found:
            self._trim(article, draft)
            _by_giver(draft, entities)
        return _joined(found, entities)

    def _given(self, article: Annotated, draft: Draft) -> bool:
        """False where what was found is no giving: a proposal, a withdrawal, or a giver who is given the award."""
        tape = article.tape
        first, last = items(article, draft.evidence)
        awards = [i for i in range(first, last) if tape.mentions.get(i) in draft.roles["award"]]
        # "đề nghị cấp có thẩm quyền tặng …": what asks for it may stand before the giver or the verb.
        asked = tape.codes[max(first - _ASKED, 0) : first]
        if not self._ask.isdisjoint(asked[max(asked.rfind(c) for c in "\n\v;,.:") + 1 :]):
            return False
        before = tape.codes[first : awards[0] if awards else last]
        if not self._undo.isdisjoint(before):
            return False
        if any(_percent(tape, n) for n in draft.roles.get("recipient_count", ())):
            return False
        self._between_roles(tape, draft, first, last, awards)
        giver = draft.roles.get("giver", [None])[-1]
        at = _item_of(tape, giver, first, last) if draft.rule.startswith("award.give") else None
        apart = self._passive | self._told
        if at is not None and awards and not apart.isdisjoint(tape.codes[at + 1 : awards[0]]):
            del draft.roles["giver"]
            return draft.rule != "award.give"
        return "recipient" in draft.roles or draft.rule not in _OF_RECIPIENT

    def _between_roles(self, tape: Tape, draft: Draft, first: int, last: int, awards: list[int]) -> None:
        """Takes back a recipient behind a number ("tỉnh A có 30 người được tặng …") or a purpose ("để được tặng …")."""
        named = draft.roles.get("recipient", [None])[0]
        at = _item_of(tape, named, first, last)
        if at is None or not awards:
            return
        between = range(min(at, awards[0]) + 1, max(at, awards[0]))
        counted = any((m := tape.mentions.get(i)) is not None and m.kind == "Number" for i in between)
        # "UBND khen thưởng các giáo viên đạt danh hiệu …": others stand between, and received it.
        apart = self._for | (self._others if draft.rule in _OF_RECIPIENT else frozenset())
        if counted or (at < awards[0] and any(tape.codes[i] in apart for i in between)):
            del draft.roles["recipient"]

    def _trim(self, article: Annotated, draft: Draft) -> None:
        """Groups end before "và" and a number: "cho các tác giả và 10 giải …"."""
        for k, group in enumerate(draft.roles.get("recipient", ())):
            if isinstance(group, Words):
                first, last = items(article, group.span)
                while last > first + 1 and article.tape.codes[last - 1] in self._between:
                    last -= 1
                draft.roles["recipient"][k] = replace(group, span=article.tape.span(first, last))


def _split_kinds(draft: Draft) -> Draft:
    """Kinds listed ("tập thể, cá nhân") are several; the award's own name may say who gives it."""
    roles = dict(draft.roles)
    kinds: list[Candidate] = []
    for kind in roles.get("recipient_kind", ()):
        if isinstance(kind, Literal) and isinstance(kind.value, str):
            kinds += (Literal(part, kind.span) for part in kind.value.replace(" và ", ", ").split(", "))
    if kinds:
        roles["recipient_kind"] = kinds
    recipients: list[Candidate] = [Words(r, "Group") if isinstance(r, Span) else r for r in roles.get("recipient", ())]
    if recipients:
        roles["recipient"] = recipients
    if "giver" not in roles:
        brought = [
            g for a in roles["award"] if isinstance(a, Mention) for g in a.parts.get("roles", {}).get("giver", ())
        ]
        if brought:
            roles["giver"] = brought
    return replace(draft, roles=roles)


def _item_of(tape: Tape, candidate: Candidate | None, first: int, last: int) -> int | None:
    """The item of a mention between two items."""
    if not isinstance(candidate, Mention):
        return None
    return next((i for i in range(first, last) if tape.mentions.get(i) is candidate), None)


def _percent(tape: Tape, number: Candidate) -> bool:
    return isinstance(number, Mention) and tape.mention_text(number).endswith("%")


def _by_giver(draft: Draft, entities: Entities) -> None:
    """Where the article knows "Bằng khen của Thủ tướng", "Thủ tướng tặng Bằng khen" speaks of it."""
    givers = [g for g in draft.roles.get("giver", ()) if isinstance(g, Mention)]
    if len(givers) != 1 or len(draft.roles["award"]) != 1:
        return
    body = givers[0].parts.get("body")
    name = entities.tape.mention_text(givers[0]) + (f" {entities.tape.mention_text(body)}" if body is not None else "")
    node = entities.entity(draft.roles["award"][0])
    if node is None:
        return
    wanted = issued_key(node.key, name)
    full = next((n for n in entities.nodes.values() if n.type == "Award" and n.key == wanted), None)
    if full is not None:
        full.add(node.name, None)
        draft.roles["award"] = [Known(full.id)]


def _joined(drafts: list[Draft], entities: Entities) -> list[Draft]:
    """One draft for each award of a sentence, the fullest; what a caption and the body say of one award is shared."""
    out: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (-len(d.roles), -d.evidence.length)):
        here = next((o for o in out if any(x is y for x in o.roles["award"] for y in draft.roles["award"])), None)
        if here is not None:
            for role, candidates in draft.roles.items():
                here.roles.setdefault(role, candidates)
            continue
        for other in (o for o in out if _same(o, draft, entities)):
            for a, b in ((other, draft), (draft, other)):
                for role, candidates in a.roles.items():
                    b.roles.setdefault(role, candidates)
            if "giver" in other.roles:
                draft.roles["giver"] = other.roles["giver"]
            reason = max((d.roles.get("reason", []) for d in (other, draft)), key=_length)
            if reason:
                other.roles["reason"] = draft.roles["reason"] = reason
        out.append(draft)
    return sorted(out, key=lambda d: d.evidence)


def _length(candidates: list[Candidate]) -> int:
    return candidates[0].length if candidates and isinstance(candidates[0], Span) else 0


def _same(a: Draft, b: Draft, entities: Entities) -> bool:
    """The same award, and nothing that tells them apart while something ties them."""
    if len(a.roles["award"]) == len(b.roles["award"]) == 1 and not ("recipient" in a.roles and "recipient" in b.roles):
        # "Bằng khen của Thủ tướng" may be conferred by him and handed over by somebody else.
        nodes = [_node(x.roles["award"][0], entities) for x in (a, b)]
        counted = "recipient_count" in a.roles or "recipient_count" in b.roles
        if nodes[0] is not None and nodes[0] is nodes[1] and has_issuer(nodes[0].key) and not counted:
            return True
    ids = [{n.id for x in d.roles["award"] if (n := _node(x, entities)) is not None} for d in (a, b)]
    if not ids[0] & ids[1]:
        return False
    shared = [r for r in _TELLING if r in a.roles and r in b.roles]
    return bool(shared) and all(_plain(a.roles[r], entities) == _plain(b.roles[r], entities) for r in shared)


def _node(candidate: Candidate, entities: Entities) -> Node | None:
    return entities.nodes.get(candidate.id) if isinstance(candidate, Known) else entities.entity(candidate)


def _plain(candidates: list[Candidate], entities: Entities) -> list[object]:
    out: list[object] = []
    for c in candidates:
        if isinstance(c, Mention):
            node = entities.entity(c)
            out.append(node.id if node is not None else c.parts.get("value"))
        elif isinstance(c, Words):
            out.append(" ".join(entities.tape.text[c.span.start : c.span.end].split()).casefold())
        else:
            out.append(getattr(c, "value", c))
    return out
