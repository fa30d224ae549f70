"""What the models get to see of a submitted line, and the way back to the submitted code points.

News systems send soft hyphens inside words, no-break spaces, byte order marks, letters as base plus combining mark.
The models have seen none of these, so they read a cleaned line; every cleaned character remembers where it stood.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_VARIATION_SELECTORS = frozenset(chr(code) for code in range(0xFE00, 0xFE10))


@dataclass(frozen=True, slots=True)
class CleanLine:
    """A cleaned stretch of a text. Character ``i`` of ``text`` stands at ``[starts[i], ends[i])`` as submitted."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def cut(self, start: int, end: int) -> CleanLine:
        """The part ``[start, end)``, counted in cleaned characters."""
        return CleanLine(self.text[start:end], self.starts[start:end], self.ends[start:end])


def lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines of ``text`` as ``(start, end)`` code points, without their line breaks.

    A line ends where ``str.splitlines`` says: at \\n, \\r\\n, \\r, the vertical separators and U+2028, U+2029.
    """
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line.rstrip("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"))
        start += len(line)


def clean(text: str, start: int, end: int) -> CleanLine:
    """The line ``[start, end)`` of ``text`` as the models read it; empty where nothing visible stands there.

    Format characters (soft hyphen, zero-width space, byte order mark, direction marks) and variation selectors are
    left out, runs of white space and control characters become one space, a letter with its combining marks becomes
    the composed letter where Unicode has one, and a lone surrogate becomes U+FFFD.
    """
    if text.isascii() or unicodedata.is_normalized("NFC", text[start:end]):
        pieces: Iterator[tuple[str, int, int]] = ((text[i], i, i + 1) for i in range(start, end))
    else:
        pieces = _composed(text, start, end)
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for char, at, until in pieces:
        visible = _visible(char)
        if visible == "" or (visible == " " and (not chars or chars[-1] == " ")):
            continue
        chars.append(visible)
        starts.append(at)
        ends.append(until)
    while chars and chars[-1] == " ":
        chars.pop(), starts.pop(), ends.pop()
    return CleanLine("".join(chars), tuple(starts), tuple(ends))


def _visible(char: str) -> str:
    if char.isalnum():
        return char
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category == "Cc":
        return " "
    if category == "Cf" or char in _VARIATION_SELECTORS:
        return ""
    return _REPLACEMENT if category == "Cs" else char


def _composed(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Characters with combining marks folded in, each with the stretch it came from."""
    at = start
    while at < end:
        until = at + 1
        while until < end and unicodedata.combining(text[until]):
            until += 1
        composed = unicodedata.normalize("NFC", text[at:until])
        if len(composed) == 1:
            yield composed, at, until
        else:
            for i in range(at, until):
                yield text[i], i, i + 1
        at = until
