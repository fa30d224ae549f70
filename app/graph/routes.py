"""The curve each link takes from box to box: slightly bent, round the boxes in between, apart from its counterpart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.graph.layout import Places
from app.graph.picture import Link, Picture

Points = NDArray[np.float64]

_BENDS = (0.07, -0.07, 0.16, -0.16, 0.26, -0.26, 0.38, -0.38, 0.52, -0.52)
"""How far the middle of a curve may leave the straight line, as a share of twice the distance of its ends."""
_STEPS = np.linspace(0.0, 1.0, 65)
_BEFORE, _AFTER = 2.0, 4.0
"""Pixels between a curve and the box it leaves, and the box it points at."""
_APART = 0.2
"""Least difference in bend of two links between the same boxes."""
_CLEARANCE = 7.0
"""A curve nearer than this to a third box counts as touching it."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A quadratic Bézier curve in pixels, cut to what shows between its two boxes, with the point halfway."""

    start: tuple[float, float]
    control: tuple[float, float]
    end: tuple[float, float]
    middle: tuple[float, float]


def route(picture: Picture, places: Places) -> tuple[Curve, ...]:
    """A curve for each link of the picture, in the order of its links.

    Links choose in turn: of a few bends, the one that touches the fewest other boxes, keeps away from the links already
    drawn between the same two boxes, and bends least.
    """
    centres = np.array(places.centres).reshape(-1, 2)
    halves = np.array([(box.width / 2, box.height / 2) for box in picture.boxes]).reshape(-1, 2)
    taken: dict[tuple[int, int], list[float]] = {}
    return tuple(_choose(link, centres, halves, taken) for link in picture.links)


def _choose(link: Link, centres: Points, halves: Points, taken: dict[tuple[int, int], list[float]]) -> Curve:
    ends = (min(link.source, link.target), max(link.source, link.target))
    way = 1.0 if link.source == ends[0] else -1.0
    beside = taken.setdefault(ends, [])
    third = np.ones(len(centres), dtype=bool)
    third[list(ends)] = False
    best: tuple[float, float, Points] | None = None
    for bend in _BENDS:
        points = _bezier(centres[link.source], centres[link.target], bend)
        along = _at(points, _STEPS)
        near = np.abs(along[:, None] - centres[third]) < halves[third] + _CLEARANCE
        touched = int(near.all(axis=2).any(axis=0).sum())
        crowding = sum(abs(bend * way - other) < _APART for other in beside)
        cost = 4.0 * touched + 3.0 * crowding + abs(bend)
        if best is None or cost < best[0]:
            best = (cost, bend, points)
    assert best is not None
    beside.append(best[1] * way)
    return _cut(best[2], link, centres, halves)


def _bezier(start: Points, end: Points, bend: float) -> Points:
    line = end - start
    normal = np.array([-line[1], line[0]])
    return np.array([start, (start + end) / 2 + normal * bend, end])


def _at(points: Points, steps: Points) -> Points:
    t = steps[:, None]
    curve: Points = (1 - t) ** 2 * points[0] + 2 * t * (1 - t) * points[1] + t**2 * points[2]
    return curve


def _cut(points: Points, link: Link, centres: Points, halves: Points) -> Curve:
    """The part of the curve between the two boxes' borders."""
    fine = np.linspace(0.0, 1.0, 513)
    along = _at(points, fine)
    leaving = _inside(along, centres[link.source], halves[link.source] + _BEFORE)
    arriving = _inside(along, centres[link.target], halves[link.target] + _AFTER)
    first = float(fine[np.flatnonzero(leaving).max(initial=0)])
    last = float(fine[np.flatnonzero(arriving).min(initial=len(fine) - 1)])
    if last <= first:  # boxes that touch: nothing to show between them, so show the middle of the curve
        first, last = 0.45, 0.55
    start, end, middle = _at(points, np.array([first, last, (first + last) / 2]))
    control = (
        (1 - first) * (1 - last) * points[0]
        + (first * (1 - last) + last * (1 - first)) * points[1]
        + first * last * points[2]
    )
    return Curve(_pixel(start), _pixel(control), _pixel(end), _pixel(middle))


def _inside(along: Points, centre: Points, half: Points) -> NDArray[np.bool_]:
    return np.asarray((np.abs(along - centre) <= half).all(axis=1))


def _pixel(point: Sequence[float] | Points) -> tuple[float, float]:
    return round(float(point[0]), 1), round(float(point[1]), 1)
