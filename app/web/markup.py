"""Stretches of a text as nested elements: whatever overlaps is split, nothing of the text is lost or moved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

_LINE = re.compile(r"[^\n]*\n+|[^\n]+")


@dataclass(frozen=True, slots=True)
class Mark(Generic[T]):
    """``[start, end)`` of a text, in code points, stands for ``of``."""

    start: int
    end: int
    of: T


@dataclass(frozen=True, slots=True)
class Leaf:
    """Plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Branch(Generic[T]):
    """Text under a mark. ``first`` says that the mark begins here; it may go on in another branch."""

    of: T
    first: bool
    inside: tuple[Leaf | Branch[T], ...]


Pieces = tuple[Leaf | Branch[T], ...]


def nested(text: str, start: int, end: int, marks: Sequence[Mark[T]]) -> Pieces[T]:
    """``text[start:end]`` with those marks as a tree: a longer mark holds a shorter one that begins at its place.

    A mark that crosses the end of one around it goes on in a second branch. Marks are cut to the stretch, and the text
    of all leaves in order is exactly ``text[start:end]``.
    """
    cut = [
        (max(mark.start, start), min(mark.end, end), number)
        for number, mark in enumerate(marks)
        if mark.start < end and start < mark.end
    ]
    return _Nesting(text, marks).build(sorted(cut, key=_outer_first), start, end)


def lines(text: str) -> list[tuple[int, int]]:
    """The lines of a text as ``(start, end)``, each with the line breaks after it; they cover the text."""
    return [found.span() for found in _LINE.finditer(text)]


def _outer_first(cut: tuple[int, int, int]) -> tuple[int, int, int]:
    start, end, number = cut
    return start, -end, number


class _Nesting(Generic[T]):
    """One run of `nested`; ``marks`` are found by their number."""

    def __init__(self, text: str, marks: Sequence[Mark[T]]) -> None:
        self._text = text
        self._marks = marks

    def build(self, cut: Sequence[tuple[int, int, int]], start: int, end: int) -> Pieces[T]:
        """The tree of ``[start, end)``; ``cut`` are (start, end, number) in order, some begun before ``start``."""
        pieces: list[Leaf | Branch[T]] = []
        here, waiting = start, list(cut)
        while waiting:
            begin, stop, number = waiting.pop(0)
            begin = max(begin, start)
            if begin > here:
                pieces.append(Leaf(self._text[here:begin]))
            last = min(stop, end)
            inner = [mark for mark in waiting if mark[0] < last]
            # What runs on beyond this mark takes part again after it, if this stretch goes on there.
            onward = [(last, to, other) for _, to, other in inner if to > last and last < end]
            mark = self._marks[number]
            pieces.append(Branch(mark.of, mark.start == begin, self.build(inner, begin, last)))
            waiting = sorted(onward + [after for after in waiting if after[0] >= last], key=_outer_first)
            here = last
        if here < end:
            pieces.append(Leaf(self._text[here:end]))
        return tuple(pieces)
