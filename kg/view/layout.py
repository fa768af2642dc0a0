"""Where things stand: positions computed beforehand, the same for the same graph, with room for every label.

Each connected part is drawn by stress majorisation (distances on paper as close as can be to distances in the graph),
then boxes are pushed apart until none overlaps, then the parts are packed beside each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_STEP = 118.0  # length of one edge
_STRETCH = 1.3  # labels are wider than high
_SHAPE = 1.15  # width by height of the frame that a drawing should fill
_GAP = 16.0
_ASIDE, _BELOW = 60.0, 46.0  # between unconnected parts


@dataclass(frozen=True, slots=True)
class Box:
    """The room that a node and its label take, around the node's centre (screen units at scale 1).

    Attributes:
        left, right, up, down: distances from the centre, all positive.
    """

    left: float
    right: float
    up: float
    down: float


def place(boxes: Sequence[Box], edges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A position for each box; no two boxes overlap.

    Args:
        boxes: one for each node.
        edges: pairs of indices of `boxes`; direction and repetition do not matter.

    Returns:
        `(x, y)` for each node, y downwards, the whole centred on the origin.
    """
    if not boxes:
        return []
    neighbours: list[set[int]] = [set() for _ in boxes]
    for a, b in edges:
        if a != b:
            neighbours[a].add(b)
            neighbours[b].add(a)
    room = np.array([(b.left, b.right, b.up, b.down) for b in boxes], dtype=np.float64)
    at = np.zeros((len(boxes), 2))
    parts = _components(neighbours)
    for part in parts:
        at[part] = _separate(_spread(part, neighbours), room[part])
    _pack(parts, at, room)
    return [(round(float(x)), round(float(y))) for x, y in at]


def _components(neighbours: Sequence[set[int]]) -> list[list[int]]:
    """Connected parts, the largest first, each ascending."""
    seen = [False] * len(neighbours)
    parts = []
    for start in range(len(neighbours)):
        if seen[start]:
            continue
        seen[start] = True
        part, i = [start], 0
        while i < len(part):
            for n in sorted(neighbours[part[i]]):
                if not seen[n]:
                    seen[n] = True
                    part.append(n)
            i += 1
        parts.append(sorted(part))
    return sorted(parts, key=lambda p: (-len(p), p[0]))


def _distances(part: Sequence[int], neighbours: Sequence[set[int]]) -> Floats:
    """Numbers of edges between all pairs; whole numbers throughout, so every machine agrees."""
    n = len(part)
    index = {node: i for i, node in enumerate(part)}
    adjacent = np.zeros((n, n), dtype=np.float32)
    for node in part:
        for other in neighbours[node]:
            adjacent[index[node], index[other]] = 1
    distance = np.full((n, n), -1.0)
    frontier = np.eye(n, dtype=np.float32)
    step = 0
    while frontier.any():
        distance[frontier > 0] = step
        step += 1
        frontier = ((frontier @ adjacent > 0) & (distance < 0)).astype(np.float32)
    return distance


def _spread(part: Sequence[int], neighbours: Sequence[set[int]]) -> Floats:
    n = len(part)
    if n == 1:
        return np.zeros((1, 2))
    distance = _distances(part, neighbours)
    # Many neighbours need a longer way to stand around their hub.
    degree = np.array([len(neighbours[node]) for node in part], dtype=np.float64)
    crowd = 1 + 0.09 * np.sqrt(np.maximum(degree[:, None], degree[None, :]))
    ideal = _STEP * distance * np.where(distance == 1, crowd, crowd**0.5)
    at = _first_guess(ideal)
    weight = np.zeros_like(ideal)
    np.divide(1.0, ideal**2, out=weight, where=ideal > 0)
    total = weight.sum(axis=1)
    for _ in range(240 if n <= 400 else 60):
        dx = at[:, None, 0] - at[None, :, 0]
        dy = at[:, None, 1] - at[None, :, 1]
        length = np.sqrt(dx * dx + dy * dy)
        pull = np.zeros_like(length)
        np.divide(ideal, length, out=pull, where=length > 1e-9)
        move_x = (weight * (at[None, :, 0] + pull * dx)).sum(axis=1) / total
        move_y = (weight * (at[None, :, 1] + pull * dy)).sum(axis=1) / total
        at = 0.35 * at + 0.65 * np.stack((move_x, move_y), axis=1)
    return _turn(at)


def _first_guess(ideal: Floats) -> Floats:
    """Scaling of the distances to a few far-apart nodes (pivot MDS), with a little noise so that none coincide."""
    n = len(ideal)
    i = np.arange(n, dtype=np.float64)
    spiral = np.stack((np.cos(i * 2.399963), np.sin(i * 2.399963)), axis=1) * (0.02 * _STEP)
    if n == 2:
        pair: Floats = np.array([[0.0, 0.0], [ideal[0, 1], 0.0]])
        return pair
    pivots = [0]
    nearest = ideal[0]
    while len(pivots) < min(n, 50):
        pivots.append(int(nearest.argmax()))
        nearest = np.minimum(nearest, ideal[pivots[-1]])
    noise = np.modf((i[:, None] + 1) * (i[None, pivots] + 1) * 0.6180339887)[0]
    squared = (ideal[:, pivots] * (1 + 0.1 * noise)) ** 2
    centred = -0.5 * (squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean())
    _, vectors = np.linalg.eigh(centred.T @ centred)
    guess: Floats = centred @ vectors[:, -2:][:, ::-1]
    size = np.sqrt((guess**2).mean(axis=0))
    scale = ideal.mean() / np.sqrt(2) / np.maximum(size, 1e-9)
    scaled: Floats = guess * scale + spiral
    return scaled


def _turn(at: Floats) -> Floats:
    """Stretched, and turned the way in which it fills its frame best."""
    at = at - at.mean(axis=0)
    best, least = at, np.inf
    for step in range(36):
        angle = np.pi * step / 36
        cos, sin = np.cos(angle), np.sin(angle)
        x = (at[:, 0] * cos + at[:, 1] * sin) * _STRETCH
        y = at[:, 1] * cos - at[:, 0] * sin
        side = max((np.ptp(x) + 140) / _SHAPE, np.ptp(y) + 60)
        if side < least - 1:
            best, least = np.stack((x, y), axis=1), side
    return best


def _separate(at: Floats, room: Floats) -> Floats:
    """Boxes pushed apart, along the shorter way out, until none overlaps."""
    n = len(at)
    if n < 2:
        return at
    need = 1.9 * float(((room[:, 0] + room[:, 1] + _GAP) * (room[:, 2] + room[:, 3] + _GAP)).sum())
    spread = np.sqrt(((at - at.mean(axis=0)) ** 2).mean(axis=0)) * 3.2
    at = at * max(1.0, (need / max(float(spread[0] * spread[1]), 1.0)) ** 0.5)
    upper = np.triu(np.ones((n, n), dtype=bool), 1)
    a = b = np.zeros(0, dtype=np.int64)
    for turn in range(600):
        if turn % 12 == 0:
            near_x = np.abs(at[:, None, 0] - at[None, :, 0]) < 420
            near_y = np.abs(at[:, None, 1] - at[None, :, 1]) < 260
            a, b = np.nonzero(near_x & near_y & upper)
        dx, dy = at[b, 0] - at[a, 0], at[b, 1] - at[a, 1]
        over_x = np.where(dx >= 0, room[a, 1] + room[b, 0], room[a, 0] + room[b, 1]) + _GAP - np.abs(dx)
        over_y = np.where(dy >= 0, room[a, 3] + room[b, 2], room[a, 2] + room[b, 3]) + _GAP - np.abs(dy)
        hit = (over_x > 0.01) & (over_y > 0.01)
        if not hit.any():
            if turn % 12 == 0:
                break
            continue
        sideways = hit & (over_x < over_y)
        upwards = hit & ~sideways
        push_x = np.where(sideways, np.where(dx >= 0, 1.0, -1.0) * (over_x * 0.5 + 0.01), 0.0)
        push_y = np.where(upwards, np.where(dy >= 0, 1.0, -1.0) * (over_y * 0.5 + 0.01), 0.0)
        for axis, push in ((0, push_x), (1, push_y)):
            at[:, axis] += np.bincount(b, push, n) - np.bincount(a, push, n)
    return at


def _pack(parts: Sequence[Sequence[int]], at: Floats, room: Floats) -> None:
    """Parts put side by side in rows, of the width that fills the frame best; changes `at`."""
    sizes = []
    for part in parts:
        p = list(part)
        low = np.array([(at[p, 0] - room[p, 0]).min(), (at[p, 1] - room[p, 2]).min()])
        high = np.array([(at[p, 0] + room[p, 1]).max(), (at[p, 1] + room[p, 3]).max()])
        at[p] -= low
        sizes.append((float(high[0] - low[0]), float(high[1] - low[1])))
    widest = max(w for w, _ in sizes)
    area = sum((w + _ASIDE) * (h + _BELOW) for w, h in sizes)
    widths = [max(widest, (area * _SHAPE) ** 0.5 * factor / 10) for factor in range(7, 21)]
    rows = min((_rows(sizes, width) for width in (widest, *widths)), key=lambda r: max(r[0] / _SHAPE, r[1]))
    for part, spot in zip(parts, rows[2], strict=True):
        at[list(part)] += spot
    at -= (rows[0] / 2, rows[1] / 2)


def _rows(sizes: Sequence[tuple[float, float]], width: float) -> tuple[float, float, list[tuple[float, float]]]:
    """Width and height of all rows, and the upper left corner of each part."""
    x = y = row = across = 0.0
    spots = []
    for w, h in sizes:
        if x > 0 and x + w > width:
            x, y, row = 0.0, y + row + _BELOW, 0.0
        spots.append((x, y))
        across = max(across, x + w)
        x, row = x + w + _ASIDE, max(row, h)
    return across, y + row, spots
