"""What an article speaks of: its mentions sentence by sentence, its persons in order, the province it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.model import Part
from kg.text.normal import tone_key
from kg.text.tape import Mention, Tape

if TYPE_CHECKING:
    from kg.extract.entities import Node

PROVINCE_LEVELS = {"tỉnh", "thành phố", "tp", "tp.", "thủ đô"}


def flatten(mentions: Iterable[Mention], out: list[Mention]) -> None:
    """Adds mentions and what the recognisers found inside them, outer first."""
    for mention in mentions:
        parts = mention.parts
        if "inside" in parts:
            flatten(parts["inside"], out)
            continue
        out.append(mention)
        # A place in the name of a body is not spoken of by itself, unless an address goes on from it.
        if "seated" in parts:
            out.append(parts["place"])
        if mention.kind != "Organization" and (children := parts.get("children")):
            for child in children:
                child.parts["bound"] = True
            flatten(children, out)


def main_province(read: list[tuple[Part, list[Mention]]]) -> tuple[str, str, str] | None:
    """The province that level words stand for: the most frequent one, the title's counting more.

    Returns:
        its name as the text has it, how the text calls its level ("tỉnh" or "thành phố"), and its name in the
        gazetteer; None where no province is named or two are named equally often.
    """
    counts: Counter[str] = Counter()
    levels: dict[str, str] = {}
    names: dict[str, str] = {}
    for part, mentions in read:
        weight = 4 if part == "title" else 2 if part == "lead" else 1
        for m in mentions:
            m = m.parts.get("place", m) if m.kind == "Organization" else m
            if m.kind != "Place" or "province" not in m.parts:
                continue
            name = m.parts["province"]
            counts[name] += weight
            names.setdefault(name, m.parts["name"])
            level = tone_key(m.parts.get("level", ""))
            if level:
                levels.setdefault(name, "tỉnh" if level == "tỉnh" else "thành phố")
    top = counts.most_common(2)
    if not top or (len(top) == 2 and top[0][1] == top[1][1]):
        return None
    name = top[0][0]
    return names[name], levels.get(name, ""), name


def persons_in_order(tape: Tape, nodes: Iterable[Node], beside: frozenset[str]) -> list[tuple[int, bool, Node]]:
    """Where persons are named, whether beside the clause ("thay cho ông A", "cùng ông A"), and who.

    Args:
        tape: the article's items.
        nodes: its entities.
        beside: the tape's characters for words that put a person beside the clause.
    """
    aside = {
        tape.mention_span(m).start
        for i, m in tape.mentions.items()
        if m.kind == "Person" and i and tape.codes[i - 1] in beside
    }
    out = [(s.start, s.start in aside, n) for n in nodes if n.type == "Person" for s in n.spans]
    return sorted(out, key=lambda x: (x[0], x[2].id))
