"""Bodies that are listed before one place: "HĐND, UBND huyện Tuy An" are two bodies of one district."""

from __future__ import annotations

import re
from typing import Any

from kg.text.normal import tone_key
from kg.text.tape import Mention, Tape


def share_place(tape: Tape, listed: re.Pattern[str]) -> None:
    """The place behind the last of a list of councils is that of all: "Huyện ủy, HĐND, UBND huyện Tuy An".

    Args:
        tape: the tape with its bodies folded; the mentions change.
        listed: finds bodies side by side on it.
    """
    for m in listed.finditer(tape.codes):
        after: Mention | None = None
        for i in range(m.end() - 1, m.start() - 1, -2):
            here = tape.mentions[i].parts
            if after is not None and "tail" in after.parts and "tail" not in here and after.parts["form"] == "local":
                text, place = tape.mention_text(tape.mentions[i]), after.parts.get("place")
                tail = after.parts["tail"]
                if here.get("form") == "party":
                    if not _of_unit(here, text, place):
                        break
                    continue
                elif here.get("form") != "local" or " " in here["core"].removeprefix("Ủy ban "):
                    break
                here.update(name=f"{text} {tail}", tail=tail)
                here.update({k: after.parts[k] for k in ("place", "elliptic") if k in after.parts})
            if "tail" in here:
                after = tape.mentions[i]


def _of_unit(party: dict[str, Any], text: str, place: Mention | None) -> bool:
    """Names a committee after its unit, where the levels agree: "Huyện ủy" and "huyện X"."""
    level = tone_key(place.parts.get("level", "")) if place is not None else ""
    if place is None or level.partition(" ")[0] != tone_key(text).partition(" ")[0]:
        return False
    name = place.parts["name"]
    party.update(name=f"{text} {name}", tail=name, place=place)
    return True


def share_owner(tape: Tape, owned: re.Pattern[str]) -> None:
    """A party's committee is that of the body of the next post: "Bí thư Đảng ủy, Giám đốc Sở Y tế Phú Yên".

    Args:
        tape: the tape with its bodies folded; the mentions change.
        owned: finds, on it, a committee ("party") and the body of the post behind it ("owner").
    """
    for m in owned.finditer(tape.codes):
        party, owner = tape.mentions[m.start("party")].parts, tape.mentions[m.start("owner")]
        text = tape.mention_text(tape.mentions[m.start("party")])
        if party.get("form") == "party" and "tail" not in party and owner.parts.get("form") == "local":
            _of_unit(party, text, owner.parts.get("place"))  # "Bí thư Huyện ủy, Chủ tịch UBND huyện X"
        if tone_key(text) not in _COMMITTEES or owner.parts.get("form") in ("bare", "only", "acronym"):
            continue
        place = owner.parts.get("place")
        if owner.parts.get("form") == "local":  # "Đảng ủy, Chủ tịch UBND xã X": of the commune
            if place is None:
                continue
            party.update(name=f"{text} {tape.mention_text(place)}", form="named", place=place)
        elif "elliptic" not in owner.parts and owner.parts.get("form") != "party":
            party.update(name=f"{text} {owner.parts.get('name') or tape.mention_text(owner)}", form="named")


_COMMITTEES = frozenset(("đảng ủy", "đảng đoàn", "ban cán sự đảng", "bcs đảng"))
