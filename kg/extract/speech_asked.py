"""Whom a request addresses, and where begins what is asked."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.extract.drafts import Candidate
from kg.extract.speech_speakers import Speakers, words_of
from kg.extract.speech_told import Cues
from kg.text.tape import Tape

_KINDS = ("Organization", "Place", "Person", "Post", "Pronoun")
_MOST_NAMED, _MOST_GROUP = 12, 34
_LEAST_LIST = 2  # items of a list, and of what is asked
_LEAST_PURPOSE = 3  # items
_TIME_WITHIN, _MOST_TIME = 3, 10  # items


class Asked(NamedTuple):
    """What stands behind a verb of asking.

    Attributes:
        addressees: fillers; empty where nobody is named.
        action: item at which what is asked begins.
        begins: True where a verb of doing begins it (so that the parting is sure).
    """

    addressees: list[Candidate]
    action: int
    begins: bool


class Asking:
    """Parts addressee and action.

    Args:
        cues: word classes.
    """

    def __init__(self, cues: Cues) -> None:
        self.cues = cues
        self.act, self.plural, self.whom = cues.act, cues.plural, cues.whom
        self.skip = cues.before_whom | frozenset(",:-")
        self.and_, self.noun = cues.and_, cues.noun
        self.duty = re.compile(f"[{re.escape(''.join(sorted(cues.act)))}]")

    def read(self, tape: Tape, speakers: Speakers, item: int, end: int) -> Asked | None:
        """Reads on from `item` (behind the verb) to before `end`; None where nothing is asked there."""
        codes = tape.codes
        i = item
        if i < end and codes[i] in self.noun and codes[i] not in self.skip:
            return None
        while i < end and codes[i] in self.skip and codes[i] not in self.act:
            i += 1
        if not self.cues.time.isdisjoint(codes[i : i + _TIME_WITHIN]):
            # "trong nhiệm kỳ mới, Hội …": when it is to be done stands before whom it is asked of.
            comma = codes.find(",", i, min(end, i + _MOST_TIME))
            if comma > 0 and i not in tape.mentions:
                i = comma + 1
            elif codes[i] in self.cues.time:
                i += 1
        if i >= end:
            return None
        named: list[Candidate] = []
        at = i
        while at < end and at - i < _MOST_NAMED:
            mention = tape.mentions.get(at)
            if mention is None or mention.kind not in _KINDS:
                break
            stop = at + 1
            if mention.kind == "Post" and stop < end and codes[stop] in self.plural:
                break  # "Chủ tịch UBND các quận": a group
            if mention.kind == "Organization" and stop < end and codes[stop] in self.plural:
                break
            if mention.kind == "Post" and (body := tape.mentions.get(stop)) and body.kind in ("Organization", "Place"):
                if stop + 1 < end and codes[stop + 1] in self.plural:
                    break
                mention.parts.setdefault("body", body)
                stop += 1
            if mention.kind in ("Post", "Pronoun"):
                who = speakers.speaker(at, mention)
                if who is not None:
                    named.append(who[0])
            else:
                named.append(mention.parts.get("of", mention))
            at = stop
            if at < end and codes[at] in self.and_ and at + 1 < end:
                following = tape.mentions.get(at + 1)
                if (following is not None and following.kind in _KINDS) or codes[at + 1] in self.plural:
                    at += 1
                    continue
            break
        else:
            at = i
        if at < end and not (named and codes[at - 1] not in self.and_ and codes[at] not in self.plural):
            group = self._group(tape, at, end)
            if group is not None:
                parts, action = group
                return Asked(named + parts, action, True)
            if not named:
                return Asked([], i, codes[i] in self.act)
        if named:
            while at < end and codes[at] in ",:":
                at += 1
            begins = at < end and codes[at] in self.cues.bid  # "đề nghị UBND tỉnh |giao Sở A …"
            if not begins:
                # "tỉnh A (khu vực B) sớm …": the verb may stand a little further on.
                m = self.duty.search(codes, at, min(end, at + 6))
                if m is not None:
                    return Asked(named, m.start(), True)
            return Asked(named, at, begins) if at < end else None
        return Asked([], i, codes[i] in self.act)

    def _group(self, tape: Tape, at: int, end: int) -> tuple[list[Candidate], int] | None:
        codes = tape.codes
        mention = tape.mentions.get(at)
        if codes[at] in self.act and codes[at] in self.whom and at + 1 < end and codes[at + 1] not in self.and_:
            return None  # "chỉ đạo tổ chức một hội nghị …": a deed, nobody's name
        if (
            codes[at] not in self.plural
            and codes[at] not in self.whom
            and (mention is None or mention.kind not in _KINDS)
        ):
            return None
        # The word right behind "các" is a noun, whatever else it can be.
        i = at + 1
        while i < end and codes[i] in self.plural:
            i += 1
        if codes[at] in self.plural or codes[at] in self.whom:
            i += codes[i : i + 1] in self.act and codes[at] in self.plural
        m = self.duty.search(codes, i, min(end, i + _MOST_GROUP))
        # "các cơ quan, tổ chức phải …": a noun in a list is no deed.
        while m is not None and (
            codes[m.start() - 1] in self.plural
            or (codes[m.start()] in self.whom and (codes[m.start() - 1] == "," or codes[m.start() - 1] in self.and_))
        ):
            m = self.duty.search(codes, m.end(), min(end, i + _MOST_GROUP))
        if m is None:
            return self._listed(tape, at, end)
        action = m.start()
        if ":" in codes[at:action] or not self.cues.date.isdisjoint(codes[at:action]):
            return None
        # "đề nghị thành phố |sau khi đồ án được duyệt, nhanh chóng …"
        action = next((k for k in range(at + 1, action) if codes[k] in self.cues.while_), action)
        while action > at + 1 and codes[action - 1] in self.cues.passive:
            action -= 1  # "Trung ương |được giữ lại …"
        last = action
        while last > at + 1 and codes[last - 1] in ",:":
            last -= 1
        out: list[Candidate] = []
        start = at
        for i in range(at, last + 1):
            if i == last or codes[i] == ";":
                if i > start:
                    out.append(words_of(tape, start, i, "Group"))
                start = i + 1
        return out, action

    def _listed(self, tape: Tape, at: int, end: int) -> tuple[list[Candidate], int] | None:
        """Where no known verb follows: the plain list of words for people ("các sở, ngành"), and the rest is asked."""
        codes, cues = tape.codes, self.cues
        i = at
        while i < end and (codes[i] in cues.plural or codes[i] in cues.whom or self._generic(tape, i)):
            i += 1
            if codes[i] in cues.and_ and (codes[i + 1] in cues.plural or codes[i + 1] in cues.whom):
                i += 1
        if codes[at] not in cues.plural or i - at < _LEAST_LIST or end - i < _LEAST_LIST or codes[i] in ",;":
            return None
        return [words_of(tape, at, i, "Group")], i

    def _generic(self, tape: Tape, item: int) -> bool:
        mention = tape.mentions.get(item)
        return mention is not None and mention.kind == "Post"

    def must(self, tape: Tape, first: int, end: int) -> int:
        """The word of duty with which a demand begins: the first one in the last sentence that has one."""
        codes, must, found = tape.codes, self.cues.must, first
        for i in range(end - 1, first, -1):
            if codes[i] in "\n\v" and found > first:
                break
            if codes[i] in must and codes[i - 1] not in self.cues.neg:
                found = i
        return found

    def purpose(self, tape: Tape, first: int, end: int) -> tuple[int, int] | None:
        """As in "Để thực hiện …, ông A đề nghị": items of what it is for."""
        codes = tape.codes
        if end - first < _LEAST_PURPOSE or codes[first] not in self.cues.purpose:
            return None
        return first + 1, end - (codes[end - 1] == ",")
