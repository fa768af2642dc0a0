"""Posts and changes of post, seen together: what is held, what is only being given, who decides, which post is left."""

from __future__ import annotations

import bisect

from kg.extract.drafts import Draft, Literal
from kg.extract.engine import Engine, candidates
from kg.extract.pattern import Capture
from kg.text.annotate import Annotated
from kg.text.normal import tone_key
from kg.text.tape import Mention

# Patterns that read a post and who holds it from one list or clause: "hai Phó Chủ tịch là ông A, ông B".
_LISTS = ("holds_post.list-after", "holds_post.copula-reversed")
_BEFORE = 3  # items between the verb of a change and the post: "bầu bổ sung hai Phó Chủ tịch …"
# Last words of who is somebody's relative.
_KIN = frozenset("vợ chồng mẹ cha bố chị em trai gái rể dâu ruột cháu đình".split())
_SEVERAL = frozenset("hai ba bốn các những cả 2 3 4 5".split())  # "hai ông": not the last one named
# Patterns in which who decides stands before the verb.
_ACTIVE = (".active", ".active-this", ".post-first", ".post-this")
# Titles that nobody holds beside a head of state or government whom the chain names after them.
_LOWER = (
    "bộ trưởng",
    "thứ trưởng",
    "chủ tịch ",
    "phó chủ tịch ",
    "giám đốc",
    "phó giám đốc",
    "chủ nhiệm",
    "phó chủ nhiệm",
)
_CLAUSE = 8  # items of the clause before a verb that may ask for what it says
_AGENT = 6  # items between who decides and the verb


class Changes:
    """Compiled for the rules of one engine; keeps no state between articles."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        lexicon = engine.book.lexicon

        def chars(name: str) -> frozenset[str]:
            return frozenset(lexicon.chars(name) if lexicon.has(name) else "")

        self._change = chars("personnel_change:change")
        self._as = chars("personnel_change:as")
        self._asked = chars("personnel_change:asked")
        self._wish = chars("holds_post:wish")

    def run(self, article: Annotated, drafts: list[Draft]) -> list[Draft]:
        """The drafts of an article without what is no post, with changes of post completed."""
        drafts = [
            d
            for d in drafts
            if d.kind not in ("holds_post", "personnel_change")
            or (_is_post(d) and not _of_kin(article, d) and not self._considered(article, d))
        ]
        drafts = [d for d in drafts if not (d.rule.startswith("holds_post.copula") and self._wished(article, d))]
        drafts = _without_superiors(drafts)
        for draft in drafts:
            _of_parliament(draft)
        drafts = _held([d for d in drafts if d.rule not in _LISTS or self._given(article, d)])
        _left_posts(drafts)
        for draft in drafts:
            if draft.kind == "personnel_change" and draft.rule.endswith(_ACTIVE):
                _nearest_agent(article, draft)
        _deciders(article, drafts)
        return drafts

    def _given(self, article: Annotated, draft: Draft) -> bool:
        """The list is of those who are elected: "HĐND bầu bổ sung hai Phó Chủ tịch là ông A, ông B".

        Returns:
            False where the list is of those whom somebody thinks of: "ba người cho chức danh Phó Chủ tịch gồm …".
        """
        tape = article.tape
        post = draft.roles["post"][0]
        first = post.first if isinstance(post, Mention) else 0
        at = (
            bisect.bisect_right(tape.firsts, min(first, bisect.bisect_left(tape.tokens.starts, draft.evidence.start)))
            - 1
        )
        wanted = at > 0 and tape.codes[at - 1] in self._as
        for i in range(at - 1, max(at - 2 - _BEFORE, -1), -1):
            if tape.codes[i] in "\n\v;,.:“”":
                break
            if tape.codes[i] in self._change:
                draft.kind, draft.rule = "personnel_change", "personnel_change.list"
                draft.roles["action"] = candidates(tape, Capture("action", "class"), i, i + 1)
                draft.status = self._engine.status(tape, i, i + 1)
                self._agent(article, draft, i)
                return not self._considered(article, draft)
        return not wanted

    def _considered(self, article: Annotated, draft: Draft) -> bool:
        """True for a change that the clause only asks for or thinks of: "đề xuất hình thức kỷ luật cảnh cáo …"."""
        action = draft.roles["action"][0] if draft.kind == "personnel_change" else None
        if not isinstance(action, Literal) or action.span is None:
            return False
        tape = article.tape
        at = bisect.bisect_left(tape.firsts, bisect.bisect_left(tape.tokens.starts, action.span.start))
        for i in range(at - 1, max(at - 1 - _CLAUSE, -1), -1):
            if tape.codes[i] in "\n\v;,.:“”":
                return False
            if tape.codes[i] in self._asked:
                return True
        return False

    def _wished(self, article: Annotated, draft: Draft) -> bool:
        """True for a post that somebody only thinks of: "quy hoạch bà A làm Giám đốc …"."""
        person = draft.roles["person"][0]
        if not isinstance(person, Mention) or person.first == 0:
            return False
        tape = article.tape
        at = bisect.bisect_left(tape.firsts, person.first)
        return at > 0 and tape.codes[at - 1] in self._wish

    def _agent(self, article: Annotated, draft: Draft, at: int) -> None:
        """Who decides: the body or the meeting before the verb at item `at`."""
        tape = article.tape
        for i in range(at - 1, max(at - 2 - _AGENT, -1), -1):
            mention = tape.mentions.get(i)
            if tape.codes[i] in "\n\v;.:“”" or (mention is not None and mention.kind == "Person"):
                return
            if mention is not None and mention.kind in ("Organization", "Event"):
                draft.roles["agent"] = [mention.parts.get("of", mention)]
                return


def _deciders(article: Annotated, drafts: list[Draft]) -> None:
    """Who decided, where the clause leaves it out: the meeting that the sentence names, else the clause before."""
    tape = article.tape
    changes = [d for d in drafts if d.kind == "personnel_change"]
    for number, draft in enumerate(changes):
        if "agent" in draft.roles:
            continue
        before = changes[number - 1] if number else None
        if (
            before is not None
            and before.sentence == draft.sentence
            and "agent" in before.roles
            and before.rule == draft.rule
        ):
            draft.roles["agent"] = list(before.roles["agent"])
            continue
        action = draft.roles["action"][0]
        if not isinstance(action, Literal) or action.value not in ("elected", "reelected"):
            continue
        for i in range(*article.items[draft.sentence]):
            mention = tape.mentions.get(i)
            if mention is None or mention.kind != "Event" or tape.mention_span(mention).start > draft.evidence.start:
                continue
            body = next((m for m in mention.parts.get("children", ()) if m.kind == "Organization"), None)
            draft.roles["agent"] = [body if body is not None and mention.parts["type"] == "session" else mention]
            break


def _held(drafts: list[Draft]) -> list[Draft]:
    """Leaves out posts that a change of post speaks of: "giới thiệu ông A giữ chức …" does not say that he holds it."""
    changes = [d for d in drafts if d.kind == "personnel_change"]
    return [
        d
        for d in drafts
        if not d.rule.startswith(("holds_post.copula", "holds_post.career"))
        or not any(c.evidence.overlaps(d.evidence) and c.roles.get("post") == d.roles.get("post") for c in changes)
    ]


def _without_superiors(drafts: list[Draft]) -> list[Draft]:
    """Leaves out whom a comma alone parts from somebody's title.

    The head of state or government before a lower title: "… của Thủ tướng, Chủ tịch UBND A Nguyễn Văn B"; and lower
    titles before theirs: "… với Bộ trưởng Bộ A, Phó Thủ tướng Nguyễn Văn B". Chains name the higher title first.
    """
    drafts = _without_lower(drafts)
    local = {
        id(d.roles["person"][0])
        for d in drafts
        if d.rule == "holds_post.title-before"
        and any(isinstance(o, Mention) and o.parts.get("form") == "local" for o in d.roles.get("organization", ()))
    }

    def superior(draft: Draft) -> bool:
        post = draft.roles["post"][0]
        return isinstance(post, Mention) and "whole" in post.parts and "organization" not in draft.roles

    return [
        d
        for d in drafts
        if d.rule != "holds_post.title-before" or id(d.roles["person"][0]) not in local or not superior(d)
    ]


def _without_lower(drafts: list[Draft]) -> list[Draft]:
    highest = {
        id(d.roles["person"][0]): post.first
        for d in drafts
        if d.rule == "holds_post.title-before"
        and isinstance(post := d.roles["post"][0], Mention)
        and "whole" in post.parts
    }

    def lower(draft: Draft) -> bool:
        post = draft.roles["post"][0]
        at = highest.get(id(draft.roles["person"][0]), -1)
        return isinstance(post, Mention) and post.first < at and tone_key(post.parts["name"]).startswith(_LOWER)

    return [d for d in drafts if d.rule != "holds_post.title-before" or not lower(d)]


def _of_parliament(draft: Draft) -> None:
    """The body that is within a post's own words: "đại biểu Quốc hội"."""
    post = draft.roles.get("post", [None])[0]
    if draft.kind in ("holds_post", "personnel_change") and isinstance(post, Mention) and "children" in post.parts:
        draft.roles.setdefault("organization", list(post.parts["children"]))


def _nearest_agent(article: Annotated, draft: Draft) -> None:
    """Who stands next to the verb decides: "Tại kỳ họp bất thường, HĐND tỉnh bầu …"."""
    agent, action = draft.roles.get("agent", [None])[0], draft.roles["action"][0]
    if not isinstance(agent, Mention) or not isinstance(action, Literal) or action.span is None:
        return
    if agent.kind == "Post" and tone_key(agent.parts["name"]) == "đại biểu":
        del draft.roles["agent"]  # those of the meeting
        return
    tape = article.tape
    first = bisect.bisect_left(tape.firsts, agent.last)
    last = bisect.bisect_left(tape.firsts, bisect.bisect_left(tape.tokens.starts, action.span.start))
    for i in range(last - 1, first - 1, -1):
        mention = tape.mentions.get(i)
        if mention is None or mention is agent.parts.get("body"):
            continue
        if mention.kind in ("Organization", "Person", "Post") and "bound" not in mention.parts:
            draft.roles["agent"] = [mention.parts.get("of", mention)]
            return


def _of_kin(article: Annotated, draft: Draft) -> bool:
    """True where the clause speaks of somebody's relative: "vợ ông A bị cảnh cáo", "cha mẹ ông A là giáo viên"."""
    if draft.rule.startswith(("holds_post.title", "holds_post.list")):
        return False  # "con trai bà A (Trưởng phòng …)": the title is hers
    person = draft.roles["person"][0]
    if not isinstance(person, Mention) or person.first == 0:
        return False
    words, starts = article.tape.tokens.words, article.tape.tokens.starts
    first = bisect.bisect_left(starts, draft.evidence.start)
    if first and words[first - 1].key in _KIN:
        return True
    before = words[person.first - 1].key
    return before in _KIN or (person.kind == "Pronoun" and before in _SEVERAL)


def _is_post(draft: Draft) -> bool:
    """False for "lãnh đạo", "cán bộ", and for "đại biểu" of no body who are not named right behind it."""
    post = draft.roles.get("post", [None])[0]
    if not isinstance(post, Mention):
        return True
    if "generic" in post.parts:
        return False
    if "organization" in draft.roles or tone_key(post.parts["name"]) not in ("đại biểu", "thành viên"):
        return True
    person = draft.roles["person"][0]
    return isinstance(person, Mention) and post.last == person.first


def _left_posts(drafts: list[Draft]) -> None:
    """Who leaves without a named post leaves the one in the title: "Chủ tịch X Nguyễn Văn A được miễn nhiệm"."""
    held = [
        d for d in drafts if d.kind == "holds_post" and d.status == "asserted" and d.rule.startswith("holds_post.title")
    ]
    for change in drafts:
        if change.kind != "personnel_change" or "post" in change.roles or not change.rule.endswith((".out", ".end")):
            continue
        titles = [
            d for d in held if d.roles["person"] == change.roles["person"] and d.evidence.overlaps(change.evidence)
        ]
        if len(titles) == 1:
            for role in ("post", "organization"):
                if role in titles[0].roles:
                    change.roles[role] = list(titles[0].roles[role])
