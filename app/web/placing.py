"""Words that a form gives, found in the article: at one place, or at several to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.places import placements, places
from app.domain.span import Span
from app.errors import BadCorrection
from app.storage.wishes import Place

SEVERAL = "several-places"
"""The code of the fault that asks which of several places is meant."""

# More places than a person reads through; those nearest to the claim come first then.
_MOST_OPTIONS = 12
# Code points shown on either side of a place: enough to know it again.
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Option:
    """A place to choose: the offsets of its pieces as the form sends them back, the words and what is around them."""

    value: str
    before: str
    words: str
    after: str


def placed(text: str, given: str, at: str, field: str, within: Span | None = None) -> tuple[Place, ...]:
    """The places of the words ``given``, one piece a line; none for no words.

    ``at`` are the offsets that the form sent with them: they count where those words stand there. Else the words must
    stand at one place in the article, or at one ``within`` that stretch. Raises `BadCorrection` naming the ``field``:
    code ``words`` where they do not stand in the article, `SEVERAL` where they stand at several places.
    """
    pieces = _pieces(given)
    if not pieces:
        return ()
    said = _where_said(text, pieces, at)
    found = [said] if said else placements(text, pieces)
    if len(found) > 1 and within is not None:
        found = [each for each in found if all(within.covers(span) for span in each)] or found
    if len(found) > 1:
        raise BadCorrection(field, f"the words stand at {len(found)} places", SEVERAL, str(len(found)))
    if not found:
        absent = next((piece for piece in pieces if not places(text, piece)), " … ".join(pieces))
        raise BadCorrection(field, f"“{absent}” does not stand in the article", "words", absent)
    return tuple(Place(span.start, span.end) for span in found[0])


def options(text: str, given: str, near: int) -> tuple[Option, ...]:
    """The places of the words ``given``, in text order; of very many those nearest to the code point ``near``."""
    found = sorted(placements(text, _pieces(given)), key=lambda spans: abs(spans[0].start - near))[:_MOST_OPTIONS]
    return tuple(_option(text, spans) for spans in sorted(found))


def as_lines(spans: Sequence[Span]) -> str:
    """The words of those spans as a form shows them, one piece a line."""
    return "\n".join(" ".join(span.text.split()) for span in spans)


def as_offsets(spans: Sequence[Span]) -> str:
    """Where those spans begin, as a form carries it beside their words."""
    return " ".join(str(span.start) for span in spans)


def _pieces(given: str) -> list[str]:
    return [piece for line in given.splitlines() if (piece := " ".join(line.split()))]


def _where_said(text: str, pieces: Sequence[str], at: str) -> tuple[Span, ...] | None:
    """The pieces at those offsets; ``None`` unless each stands at its own, after the one before it."""
    offsets = at.split()
    if len(offsets) != len(pieces):
        return None
    found: list[Span] = []
    for piece, offset in zip(pieces, offsets, strict=True):
        here = next((span for span in places(text, piece) if str(span.start) == offset), None)
        if here is None or (found and here.start < found[-1].end):
            return None
        found.append(here)
    return tuple(found)


def _option(text: str, spans: tuple[Span, ...]) -> Option:
    start, end = spans[0].start, spans[-1].end
    return Option(
        as_offsets(spans),
        " ".join(text[max(start - _AROUND, 0) : start].split()),
        " ".join(text[start:end].split()),
        " ".join(text[end : end + _AROUND].split()),
    )
