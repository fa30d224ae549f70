"""Stretches of an article's text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, end)`` of a text, in Unicode code points, with the words that stand there.

    The offsets count into the text *as submitted*, so ``text[span.start:span.end] == span.text`` always holds for the
    text the span was cut from.
    """

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got [{self.start}, {self.end})")
        if len(self.text) != self.end - self.start:
            raise ValueError(f"span [{self.start}, {self.end}) does not fit its text of {len(self.text)} code points")

    @classmethod
    def cut(cls, text: str, start: int, end: int) -> Self:
        """The span ``[start, end)`` of ``text``; raises ``ValueError`` when it is empty or runs past the text."""
        return cls(start, end, text[start:end])

    def overlaps(self, other: Span) -> bool:
        """Whether the two stretches share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this stretch."""
        return self.start <= other.start and other.end <= self.end
