"""Bodies by their short forms: which body of the article "Sở Nội vụ", "Tỉnh ủy" or "Hội" can stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.keys import body_key, firm_core, name_key
from kg.extract.places import is_city
from kg.extract.spoken import PROVINCE_LEVELS
from kg.text.normal import tone_key
from kg.text.tape import Mention

if TYPE_CHECKING:
    from kg.extract.entities import Entities, Node

_COUNCILS = frozenset(
    ("ủy ban nhân dân", "hội đồng nhân dân", "mặt trận tổ quốc", "công an", "thanh tra", "đảng ủy", "đảng bộ", "đoàn")
)


def short(mention: Mention) -> bool:
    """True for a body named without the place that the genre leaves out: "Tỉnh ủy", "Sở Nội vụ"."""
    parts = mention.parts
    if "place" in parts or (parts.get("form") == "nested" and "place" in parts["inner"].parts):
        return False
    form = parts.get("form")
    if form == "party":
        return True
    core = tone_key(parts.get("core", ""))
    if form == "nested":
        return short(parts["inner"])
    return form in ("head", "local") and not core.startswith(("bộ ", "tổng ", "ủy ban "))


def resolve(entities: Entities, mention: Mention, text: str) -> Node | None:
    """The body of the article that a short form stands for; None where that stays open.

    Args:
        entities: the article's entities that are named in full.
        mention: the short form.
        text: its words.
    """
    parts = mention.parts
    own = body_key(parts.get("normal", text))
    level = tone_key(parts.get("tail", "")) if parts.get("elliptic") else ""
    core = own
    if parts.get("elliptic"):
        tail = tone_key(_tail(mention))
        core = name_key(text[: len(text) - len(_tail(mention))]) if tail else own
        level = tail
    candidates = [
        n
        for n in entities.nodes.values()
        if n.type == "Organization" and (n.key == core or n.key.startswith(core + " ")) and n.spans
    ]
    form = parts.get("form")
    here = entities.tape.tokens.starts[mention.first]
    bare_local = form in ("local", "party") and "tail" not in parts and core in _COUNCILS
    if (form in ("bare", "only") or bare_local) and not parts.get("elliptic"):
        first = core.split()
        candidates = [n for n in candidates if n.key.split()[: len(first)] == first]
        before = [n for n in candidates if n.spans and n.start < here]
        return max(before, key=lambda n: max(s.start for s in n.spans if s.start < here), default=None)
    same = (
        [n for n in candidates if n.key != core and n.start < here]
        if not level
        else [n for n in candidates if n.start < here and _of_level(n.key[len(core) :], level)]
    )
    city = [n for n in same if level != "tỉnh" and n.key[len(core) :].startswith(_CITY)] if level else []
    same = city or same  # "UBND TP" beside "UBND tỉnh Yên Bái"
    if len(same) > 1 or city or (same and entities.province is None):
        return max(same, key=lambda n: max(s.start for s in n.spans if s.start < here))
    if (
        entities.province is not None
        and (not level or level in PROVINCE_LEVELS)
        and _local(mention)
        and _own_kind(core, entities.province[2])
    ):
        name, level_name, _ = entities.province
        key = body_key(f"{core} {name}")
        if level:
            bare = text[: len(text) - len(_tail(mention))] if name_key(name).startswith("thành phố") else text + " "
            full = f"{bare}{name}"
        elif level_name and form != "party" and not tone_key(text).endswith("ủy"):
            full = f"{text} {level_name} {name}"
        else:
            full = f"{text} {name}"
        return entities.node("Organization", key, full)
    if level and candidates:
        with_level = [n for n in candidates if f" {name_key(level)} " in f" {n.key} "]
        if with_level:
            return max(with_level, key=lambda n: n.start)
    if not level and len(candidates) == 1:
        return candidates[0]
    return entities.node("Organization", own, text)


def _own_kind(core: str, province: str) -> bool:
    """False for a "Tỉnh ủy" in an article on a city, and a "Thành ủy" in one on another province."""
    return not core.startswith("tỉnh ủy" if is_city(province) else "thành ủy")


def _of_level(rest: str, level: str) -> bool:
    """True where what follows the head of a body's key names a unit of that level (a province's has no level there)."""
    if level in _CENTRAL:
        return " trung ương" in rest
    if level in PROVINCE_LEVELS:
        return rest.startswith(" ") and not rest.startswith(_LOWER) and not (level == "tỉnh" and rest.startswith(_CITY))
    return rest.startswith(f" {name_key(level)} ") or level not in _LEVELS


_CENTRAL = frozenset(("trung ương", "t.ư", "tư", "tw"))
_LOWER = (" quận ", " huyện ", " xã ", " phường ", " thị xã ", " thị trấn ", " thôn ")
_CITY = " thành phố "
_LEVELS = frozenset(("quận", "huyện", "xã", "phường", "thị xã", "thị trấn", "tx", "tx."))


def longer(entities: Entities, mention: Mention, key: str) -> Node | None:
    """The body whose name goes on with its place where this one ends: the last before it, else the only one.

    Args:
        entities: the article's entities that are named in full.
        mention: the shorter name.
        key: its `body_key`.
    """
    here = entities.tape.tokens.starts[mention.first]
    nodes = [
        n for n in entities.nodes.values() if n.type == "Organization" and n.located and n.key.startswith(key + " ")
    ]
    before = [n for n in nodes if n.start < here]
    if before:
        return max(before, key=lambda n: max(s.start for s in n.spans if s.start < here))
    return nodes[0] if len(nodes) == 1 else None


def firm(entities: Entities, mention: Mention, key: str) -> Node | None:
    """The one firm named in full before it for which "Công ty Hòa Phát" is short: legal form, trade and place aside.

    Args:
        entities: the article's entities that are named in full.
        mention: the shorter name.
        key: its `body_key`.
    """
    core = firm_core(key)
    if core is None or core.count(" ") < _LEAST_FIRM:
        return None
    here = entities.tape.tokens.starts[mention.first]
    found = []
    for node in entities.nodes.values():
        if node.type != "Organization" or node.key == key or not node.spans or node.start >= here:
            continue
        full = firm_core(node.key)
        if (
            full is not None
            and len(node.key) > len(key)
            and (full == core or (node.located and full.startswith(core + " ")))
        ):
            found.append(node)
    return found[0] if len(found) == 1 else None


_LEAST_FIRM = 2  # spaces: "công ty" and a name


def _tail(mention: Mention) -> str:
    inner = mention
    while inner.parts.get("form") == "nested":
        inner = inner.parts["inner"]
    return str(inner.parts.get("tail", ""))


def _local(mention: Mention) -> bool:
    inner = mention
    while inner.parts.get("form") == "nested":
        inner = inner.parts["inner"]
    if inner.parts.get("elliptic"):
        return True
    core = tone_key(inner.parts.get("core", ""))
    if inner.parts.get("form") == "party":
        return core.startswith(("tỉnh ủy", "thành ủy"))
    return core.startswith(("sở ", "đoàn đbqh", "đoàn đại biểu quốc hội", "tỉnh đoàn", "thành đoàn"))
