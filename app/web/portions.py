"""Long articles in portions: each a page that stays light, however many claims the article has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from app.web.markup import lines

# What a portion may weigh, in bytes of the page: half of the 100 kB that a page has in all. Beside it come the frame,
# the style sheet, the scripts and a form.
_HEAVIEST = 54_000
# What a claim adds to the page: its marks in the text and its entry beside it (measured on the gold articles).
_CLAIM = 1_050
# A line longer than this may be broken at a blank too.
_LONGEST_LINE = 4_000

NEAR = 2_500
"""A claim that begins before this code point stands in the first portion, whatever follows."""


@dataclass(frozen=True, slots=True)
class Portion:
    """``[start, end)`` of a text, in code points; the ``number``-th of ``of``, counted from 1."""

    start: int
    end: int
    number: int
    of: int


def portions(text: str, claims: Sequence[tuple[int, int]]) -> tuple[Portion, ...]:
    """The text in portions, of which each fits on a page; they cover it. ``claims`` are their ``(start, end)``.

    A portion ends with a line where it can, else at a blank or before a claim.
    """
    borders = sorted({0, len(text), *(start for start, _ in _stretches(text)), *_free(claims)})
    weights = _weights(text, borders, [start for start, _ in claims])
    line_starts = {start for start, _ in lines(text)}
    cuts, begun, last_line = [0], 0.0, 0
    for place, (before, after) in zip(borders, pairwise(weights), strict=False):
        if place in line_starts and before > begun:
            last_line = place
        while after - begun > _HEAVIEST and place > cuts[-1]:
            cuts.append(last_line if last_line > cuts[-1] else place)
            begun = weights[borders.index(cuts[-1])]
    cuts.append(len(text))
    found = [(start, end) for start, end in pairwise(cuts) if start < end] or [(0, len(text))]
    return tuple(Portion(start, end, number, len(found)) for number, (start, end) in enumerate(found, start=1))


def _stretches(text: str) -> Iterable[tuple[int, int]]:
    """The lines of the text, those that are very long in pieces that begin after a blank."""
    for start, end in lines(text):
        while end - start > _LONGEST_LINE:
            blank = text.rfind(" ", start, start + _LONGEST_LINE)
            stop = blank + 1 if blank > start else start + _LONGEST_LINE
            yield start, stop
            start = stop
        yield start, end


def _free(claims: Sequence[tuple[int, int]]) -> list[int]:
    """Where a claim begins that lies in no other."""
    found, reached = [], 0
    for start, end in sorted(claims, key=lambda claim: (claim[0], -claim[1])):
        if start >= reached:
            found.append(start)
        reached = max(reached, end)
    return found


def _weights(text: str, borders: Sequence[int], starts: Iterable[int]) -> list[float]:
    """What the page weighs up to each border."""
    counted = sorted(starts)
    pieces, place = [0.0], 0
    for start, end in pairwise(borders):
        before = place
        while place < len(counted) and counted[place] < end:
            place += 1
        pieces.append(len(text[start:end].encode("utf-8", "surrogatepass")) + _CLAIM * (place - before))
    return list(accumulate(pieces))
