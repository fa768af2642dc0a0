"""Edges that part from each other, and a free place on each for its label."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from kg.view.labels import text_size
from kg.view.layout import Box

LABEL = 12  # size of the labels' letters
_PLACES = (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8)
_CELL = 300

Rect = tuple[float, float, float, float]
Point = tuple[float, float]


def curve(edges: Sequence[dict[str, Any]]) -> None:
    """Makes edges between the same two nodes bend away from each other; sets "smooth" of vis-network."""
    beside: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for edge in edges:
        low, high = sorted((edge["from"], edge["to"]))
        beside.setdefault((low, high), []).append(edge)
    for (low, high), group in beside.items():
        for i, edge in enumerate(group):
            bend = (i - (len(group) - 1) / 2) * 0.4
            if low == high or abs(bend) < 0.01:
                continue
            way = "curvedCW" if (bend > 0) == (edge["from"] == low) else "curvedCCW"
            edge["smooth"] = {"enabled": True, "type": way, "roundness": round(min(abs(bend), 0.9), 2)}


def put_labels(edges: Sequence[dict[str, Any]], nodes: Sequence[dict[str, Any]], boxes: Sequence[Box]) -> None:
    """Finds for each edge's label a place where it covers no node, no name and no other label.

    Sets "spot", how far along the edge the label stands (0 to 1), where that is not the middle; and "quiet": 1 where
    every place lies on a label that shows (its own shows while one of its ends is looked at), 2 where every place lies
    on a name or on a quiet label too (it shows while the edge itself is).
    """
    names, labels, all_labels = _Taken(), _Taken(), _Taken()
    index = {node["id"]: i for i, node in enumerate(nodes)}
    for node, box in zip(nodes, boxes, strict=True):
        names.put((node["x"] - box.left, node["y"] - box.up, node["x"] + box.right, node["y"] + box.down))
    for edge in edges:
        a, b = index.get(edge["from"]), index.get(edge["to"])
        if a is None or b is None:
            continue
        start, end = (nodes[a]["x"], nodes[a]["y"]), (nodes[b]["x"], nodes[b]["y"])
        sizes = [text_size(text, LABEL) for text in edge["labels"].values()]
        half, tall = max(w for w, _ in sizes) / 2 + 2, max(h for _, h in sizes) / 2 + 1
        rooms = []
        for spot in _PLACES:
            x, y = _point(start, end, edge.get("smooth"), spot)
            room = (x - half, y - tall, x + half, y + tall)
            if names.free(room):
                rooms.append((spot, room))
        free = next((r for r in rooms if labels.free(r[1])), None)
        if free:
            labels.put(free[1])
        else:
            free = next((r for r in rooms if all_labels.free(r[1])), None)
            edge["quiet"] = 1 if free else 2
            if not free:
                continue
        all_labels.put(free[1])
        if free[0] != _PLACES[0]:
            edge["spot"] = free[0]


def _point(start: Point, end: Point, smooth: dict[str, Any] | None, t: float) -> Point:
    """The point at `t` of an edge, on the same curve as vis-network draws."""
    (ax, ay), (bx, by) = start, end
    if smooth is None:
        return ax + (bx - ax) * t, ay + (by - ay) * t
    roundness = smooth["roundness"]
    bend = roundness if smooth["type"] == "curvedCW" else -roundness
    angle = math.atan2(ay - by, bx - ax) + (0.5 * bend + 0.5) * math.pi
    reach = (0.5 * roundness + 0.5) * math.hypot(bx - ax, by - ay)
    via_x, via_y = ax + reach * math.sin(angle), ay + reach * math.cos(angle)
    u = 1 - t
    return u * u * ax + 2 * t * u * via_x + t * t * bx, u * u * ay + 2 * t * u * via_y + t * t * by


class _Taken:
    """Rectangles that are in use, by the squares of a grid."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Rect]] = {}

    def _around(self, r: Rect) -> list[tuple[int, int]]:
        across = range(int(r[0] // _CELL), int(r[2] // _CELL) + 1)
        down = range(int(r[1] // _CELL), int(r[3] // _CELL) + 1)
        return [(x, y) for x in across for y in down]

    def put(self, r: Rect) -> None:
        for cell in self._around(r):
            self._cells.setdefault(cell, []).append(r)

    def free(self, r: Rect) -> bool:
        others = (o for cell in self._around(r) for o in self._cells.get(cell, ()))
        return not any(r[0] < o[2] and o[0] < r[2] and r[1] < o[3] and o[1] < r[3] for o in others)
