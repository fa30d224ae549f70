"""Words found in a text again: people give words, the system needs their place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.domain.span import Span


def places(text: str, words: str) -> list[Span]:
    """Every place of ``words`` in ``text``, in order. White space in them stands for any white space, as forms and
    browsers make one kind of another; what stands around them does not count.
    """
    pieces = words.split()
    if not pieces:
        return []
    # Looked for ahead, so that places that overlap are all found.
    wanted = r"\s+".join(map(re.escape, pieces))
    pattern = re.compile(f"(?=({wanted}))")
    return [Span.cut(text, *found.span(1)) for found in pattern.finditer(text)]


def placements(text: str, pieces: Sequence[str]) -> list[tuple[Span, ...]]:
    """Every way to place several pieces in text order: each place of the first one, the others the next after it."""
    if not pieces:
        return []
    first, *others = [places(text, piece) for piece in pieces]
    found = []
    for start in first:
        placed = [start]
        for candidates in others:
            following = next((each for each in candidates if each.start >= placed[-1].end), None)
            if following is None:
                break
            placed.append(following)
        if len(placed) == len(pieces):
            found.append(tuple(placed))
    return found


def nearest(text: str, words: str, near: int) -> Span | None:
    """The one of the `places` of ``words`` that begins nearest to the code point ``near``; ``None`` without any."""
    return min(places(text, words), key=lambda place: (abs(place.start - near), place.start), default=None)
