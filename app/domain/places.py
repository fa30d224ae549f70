"""Words found in a text again: people give words, the system needs their place."""

from __future__ import annotations

from app.domain.span import Span


def nearest(text: str, words: str, near: int) -> Span | None:
    """The place of ``words`` in ``text`` that begins nearest to the code point ``near``; ``None`` where they are not.

    White space in ``words`` counts as written; what stands around them does not.
    """
    wanted = words.strip()
    if not wanted:
        return None
    places = []
    start = text.find(wanted)
    while start >= 0:
        places.append(start)
        start = text.find(wanted, start + 1)
    if not places:
        return None
    best = min(places, key=lambda place: (abs(place - near), place))
    return Span.cut(text, best, best + len(wanted))
