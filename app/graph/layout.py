"""Where the boxes of a picture go: stress majorisation, best of several seeded starts, then no two boxes overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from app.graph.picture import Picture

Points = NDArray[np.float64]

_GAP = 34.0
"""Least room between two boxes, in pixels: an arrow head with some line before it."""
_LINK_ROOM, _CLAIM_ROOM = 62.0, 30.0
"""Length of a link between two boxes' borders that the layout aims at, in pixels; shorter where one is a claim."""
_STARTS, _STARTS_LARGE, _LARGE = 16, 6, 40
"""How many starts are tried, and how many with more boxes than ``_LARGE``: a picture should take under a second."""
_ROUNDS = 120
_SCALES = (1.0, 0.8, 0.62)
"""Tighter copies of each layout that are tried too: where links are few, the boxes can stand closer."""
_FLATTEN = 0.72
"""Height over width that a part of the picture is pressed to before overlaps go: screens and pages are wide."""
_SEED = 20230921


@dataclass(frozen=True, slots=True)
class Places:
    """The centre of each box, in pixels from the top left corner, and the size of the whole."""

    centres: tuple[tuple[float, float], ...]
    width: float
    height: float


def place(picture: Picture) -> Places:
    """Places for all boxes of a picture; the same picture always gets the same places.

    Each connected part is laid out by itself, so that distances on paper follow distances in the graph; of several
    seeded starts the one with the fewest crossings wins. Then boxes are pushed apart until at least ``_GAP`` pixels lie
    between any two, and the parts are set in rows, the largest first.
    """
    if not picture.boxes:
        return Places((), 0.0, 0.0)
    sizes = np.array([(box.width, box.height) for box in picture.boxes])
    claims = [box.shape == "claim" for box in picture.boxes]
    graph = nx.Graph()
    graph.add_nodes_from(range(len(picture.boxes)))
    graph.add_edges_from((link.source, link.target) for link in picture.links if link.source != link.target)
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    placed = [_part(graph, part, sizes[part], claims) for part in parts]
    return _pack(parts, placed, sizes)


def _part(graph: nx.Graph, part: Sequence[int], sizes: Points, claims: Sequence[bool]) -> Points:
    """Centres of one connected part."""
    if len(part) == 1:
        return np.zeros((1, 2))
    number = {node: position for position, node in enumerate(part)}
    edges = np.array(sorted((number[a], number[b]) for a, b in graph.edges(part)))
    rooms = np.array([_CLAIM_ROOM if claims[node] else _LINK_ROOM for node in part])
    wanted = _distances(edges, sizes, rooms)
    weights = np.where(wanted > 0, 1 / np.maximum(wanted, 1e-9) ** 2, 0.0)
    inverse = np.linalg.pinv(np.diag(weights.sum(axis=1)) - weights)
    best: tuple[float, Points] | None = None
    for start in range(_STARTS if len(part) <= _LARGE else _STARTS_LARGE):
        loose = _press(_majorise(wanted, weights, inverse, np.random.default_rng(_SEED + start)))
        for scale in _SCALES:
            centres = _separate(loose * scale, sizes)
            cost = _tangle(centres, edges, sizes)
            if best is None or cost < best[0]:
                best = (cost, centres)
    assert best is not None
    return best[1]


def _distances(edges: NDArray[np.int64], sizes: Points, rooms: Points) -> Points:
    """Wanted distance of every two boxes: shortest path over links long enough for the boxes and the hubs they join."""
    boxes = len(sizes)
    degree = np.bincount(edges.ravel(), minlength=boxes)
    reach = sizes.mean(axis=1) / 2
    graph = nx.Graph()
    graph.add_nodes_from(range(boxes))
    for a, b in edges.tolist():
        # A hub needs a wider ring for its neighbours to stand in; only the less connected end can move out.
        crowd = 9.0 * float(np.sqrt(max(degree[a], degree[b])))
        graph.add_edge(a, b, length=reach[a] + reach[b] + min(rooms[a], rooms[b]) + crowd)
    wanted = np.zeros((boxes, boxes))
    for source, lengths in nx.all_pairs_dijkstra_path_length(graph, weight="length"):
        for target, length in lengths.items():
            wanted[source, target] = length
    return wanted


def _majorise(wanted: Points, weights: Points, inverse: Points, random: np.random.Generator) -> Points:
    """Centres whose distances come near the wanted ones, by SMACOF; ``inverse`` is that of the weights' Laplacian."""
    centres: Points = random.normal(size=(len(wanted), 2)) * wanted.max() / 2
    for _ in range(_ROUNDS):
        apart = np.linalg.norm(centres[:, None] - centres[None, :], axis=2)
        ratio = np.where(apart > 1e-9, weights * wanted / np.maximum(apart, 1e-9), 0.0)
        pull = np.diag(ratio.sum(axis=1)) - ratio
        centres = inverse @ (pull @ centres)
    return centres


def _press(centres: Points) -> Points:
    """Turned so that the long axis lies flat, and pressed to a landscape format where it is taller than that."""
    centred = centres - centres.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)  # the axis of the smaller spread first
    turned: Points = centred @ axes[:, ::-1]
    turned *= np.where(turned[0] > 0, -1.0, 1.0)  # the first box, the most active actor, comes to the top left
    span = np.ptp(turned, axis=0)
    if span[0] > 0 and span[1] / span[0] > _FLATTEN:
        stretch = np.sqrt(span[1] / span[0] / _FLATTEN)
        turned *= np.array([stretch, 1 / stretch])
    return turned


def _separate(centres: Points, sizes: Points) -> Points:
    """Boxes pushed apart, each pair along the axis that needs less, until ``_GAP`` lies between any two."""
    moved = centres.copy()
    room = (sizes[:, None] + sizes[None, :]) / 2 + _GAP
    first, second = np.triu_indices(len(moved), k=1)
    for turn in count():
        between = moved[second] - moved[first]
        lack = room[first, second] - np.abs(between)
        clash = np.flatnonzero((lack > 1e-6).all(axis=1))
        if not len(clash):
            break
        shift = np.zeros_like(moved)
        axis = np.argmin(lack[clash], axis=1)
        step = np.where(between[clash, axis] >= 0, 1.0, -1.0) * (lack[clash, axis] / 2 + 0.01)
        np.subtract.at(shift, (first[clash], axis), step)
        np.add.at(shift, (second[clash], axis), step)
        moved += np.clip(shift, -40, 40)
        if turn % 60 == 59:
            moved *= 1.06  # what pushing cannot untie comes apart in the end
    return moved


def _tangle(centres: Points, edges: NDArray[np.int64], sizes: Points) -> float:
    """How hard a layout is to read: crossings of links, links that run over boxes, area, length of links."""
    heads, tails = centres[edges[:, 0]], centres[edges[:, 1]]
    crossings = 0
    for one in range(len(edges)):
        rest = np.arange(one + 1, len(edges))
        apart = ~np.isin(edges[rest], edges[one]).any(axis=1)
        rest = rest[apart]
        if len(rest):
            side = _side(heads[one], tails[one], heads[rest]) * _side(heads[one], tails[one], tails[rest])
            other = _side(heads[rest], tails[rest], heads[one]) * _side(heads[rest], tails[rest], tails[one])
            crossings += int(((side < 0) & (other < 0)).sum())
    steps = np.linspace(0.05, 0.95, 24)[:, None, None]
    along = heads + (tails - heads) * steps
    covered = 0
    for box, (centre, size) in enumerate(zip(centres, sizes, strict=True)):
        other_links = ~(edges == box).any(axis=1)
        inside = (np.abs(along[:, other_links] - centre) < size / 2 + 4).all(axis=2).any(axis=0)
        covered += int(inside.sum())
    span = np.ptp(centres, axis=0) + sizes.max(axis=0)
    length = np.linalg.norm(tails - heads, axis=1).sum() / len(edges)
    area = float(span[0] * span[1] / sizes.prod(axis=1).sum())
    return 3.0 * crossings + 4.0 * covered + area + float(length) / 40


def _side(start: Points, end: Points, point: Points) -> Points:
    """On which side of the line from start to end a point lies, as the sign of the cross product."""
    line, aim = end - start, point - start
    crossed: Points = line[..., 0] * aim[..., 1] - line[..., 1] * aim[..., 0]
    return crossed


def _pack(parts: Sequence[Sequence[int]], placed: Sequence[Points], sizes: Points) -> Places:
    """The parts set in rows from the top left, none wider than the first."""
    centres = np.zeros_like(sizes)
    frames = []
    for part, points in zip(parts, placed, strict=True):
        low = (points - sizes[part] / 2).min(axis=0)
        frames.append((points - low, (points + sizes[part] / 2).max(axis=0) - low))
    widest = max(float(frame[0]) for _, frame in frames)
    area = sum(float((frame + 2 * _GAP).prod()) for _, frame in frames)
    limit = max(widest, float(np.sqrt(area / _FLATTEN)))
    x = y = row_height = 0.0
    rows: list[list[tuple[Sequence[int], Points, float, float]]] = [[]]
    row_widths = []
    for part, (points, frame) in zip(parts, frames, strict=True):
        if rows[-1] and x + frame[0] > limit:
            row_widths.append(x - 2 * _GAP)
            x, y, row_height = 0.0, y + row_height + 2 * _GAP, 0.0
            rows.append([])
        rows[-1].append((part, points, x, y))
        x += float(frame[0]) + 2 * _GAP
        row_height = max(row_height, float(frame[1]))
    row_widths.append(x - 2 * _GAP)
    width = max(row_widths)
    for row, row_width in zip(rows, row_widths, strict=True):
        for part, points, left, top in row:
            centres[list(part)] = points + np.array([left + (width - row_width) / 2, top])
    return Places(tuple((round(float(a), 1), round(float(b), 1)) for a, b in centres), width, y + row_height)
