"""Which nodes are drawn at first: as many as can be read, the most important, and those that join them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

ALL = 70  # so many nodes, tags included, are drawn without choosing
FIRST = 48  # entities that are drawn at first in a larger graph; the rest unfolds
TAGS = 12


def choose(
    nodes: Sequence[dict[str, Any]], tags: Mapping[str, Any], links: Sequence[tuple[str, str]]
) -> list[dict[str, Any]]:
    """The nodes drawn at first, in the order of `nodes`.

    Half are the weightiest of all. The other half are those that join the most of them, so that the drawing tells
    something; then tags that join at least two.

    Args:
        nodes: with "id" and "weight".
        tags: ids of the nodes that are facts.
        links: pairs of ids.
    """
    if len(nodes) <= ALL:
        return list(nodes)
    weight = {n["id"]: n["weight"] for n in nodes}
    ranked = sorted((n["id"] for n in nodes if n["id"] not in tags), key=lambda i: (-weight[i], i))
    chosen = set(ranked[: FIRST // 2])
    through = _ends_of_tags(tags, links)
    beside: dict[str, set[str]] = {}
    for a, b in links:
        for end, other in ((a, b), (b, a)):
            for one in through.get(other, (other,)) if other in tags else (other,):
                if one in chosen and end not in tags and end != one:
                    beside.setdefault(end, set()).add(one)
    for ends in through.values():
        for end in ends:
            beside.setdefault(end, set()).update(e for e in ends if e in chosen and e != end)
    near = sorted(beside.keys() - chosen, key=lambda i: (-min(len(beside[i]), 4), -weight[i], i))
    chosen |= set(near[: FIRST - len(chosen)])
    chosen |= set(ranked[:FIRST][: max(0, FIRST - len(chosen))])
    joined = Counter({tag: len(ends & chosen) for tag, ends in through.items()})
    chosen |= {t for t, n in sorted(joined.items(), key=lambda i: (-i[1], i[0]))[:TAGS] if n > 1}
    return [n for n in nodes if n["id"] in chosen]


def _ends_of_tags(tags: Mapping[str, Any], links: Sequence[tuple[str, str]]) -> dict[str, set[str]]:
    ends: dict[str, set[str]] = {}
    for a, b in links:
        if a in tags:
            ends.setdefault(a, set()).add(b)
        elif b in tags:
            ends.setdefault(b, set()).add(a)
    return ends
