"""How much room text takes in a picture: widths estimated without a font, lines broken to fit."""

from __future__ import annotations

import unicodedata

_NARROW = frozenset("iljtfrI.,:;'|!()[]{}-/\\ ’”\"")
_BROAD = frozenset("mwMW@%&—…")
_NARROW_EM, _BROAD_EM, _CAPITAL_EM, _FULL_EM, _USUAL_EM = 0.36, 0.95, 0.72, 1.02, 0.61
"""Advance widths in em, rounded up from DejaVu Sans, the widest face in the font stack; others leave a little air."""
_BOLD = 1.1
ELLIPSIS = "…"


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Upper estimate of the width of ``text`` in pixels, set in a sans serif of ``size`` pixels."""
    em = sum(_advance(character) for character in text)
    return em * size * (_BOLD if bold else 1.0)


def wrap(text: str, size: float, room: float, lines: int, *, bold: bool = False) -> tuple[str, ...]:
    """``text`` in at most ``lines`` lines of at most ``room`` pixels, broken between words.

    A word that is wider than a line is cut, and so is what does not fit in the last line; both show an ellipsis.
    Empty text gives no line.
    """
    broken: list[str] = []
    for word in text.split():
        joined = f"{broken[-1]} {word}" if broken else word
        if broken and text_width(joined, size, bold=bold) <= room:
            broken[-1] = joined
        else:
            broken.append(word)
    kept = broken[:lines]
    if len(broken) > lines:
        kept[-1] = f"{kept[-1]} {ELLIPSIS}"
    return tuple(_cut(line, size, room, bold) for line in kept)


def _cut(line: str, size: float, room: float, bold: bool) -> str:
    if text_width(line, size, bold=bold) <= room:
        return line
    kept = line.removesuffix(ELLIPSIS).rstrip()
    while len(kept) > 1 and text_width(kept + ELLIPSIS, size, bold=bold) > room:
        kept = kept[:-1].rstrip()
    return kept + ELLIPSIS


def _advance(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if character in _NARROW:
        return _NARROW_EM
    if character in _BROAD:
        return _BROAD_EM
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return _FULL_EM
    return _CAPITAL_EM if character.isupper() else _USUAL_EM
