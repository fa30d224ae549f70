"""Lengths that a neural parser can bear: very long lines, tokens and sentences are cut where it hurts least."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.parsing.clean import CleanLine

MAX_SEGMENT_CHARS = 2000
"""A line longer than this goes to the tokenizer in parts; paragraphs of news stay far below it."""

MAX_SENTENCE_TOKENS = 160
"""The parser's memory grows with the square of the sentence; only lists and tables reach this length."""

MAX_MODEL_CHARS = 60
"""Longer tokens (addresses, garbage) are shown to the models by their beginning."""

_SENTENCE_BORDER = re.compile(r"[.!?…][\"”»’)\]]* (?=[\"”»–—-]? ?[A-ZÅÄÖÉ])")
_SOFT_BORDERS = (frozenset(";:–—"), frozenset(","), frozenset(("och", "men", "eller", "samt")))


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a cleaned segment: its text and ``[start, end)`` there. ``expands`` marks a multi-word token."""

    text: str
    start: int
    end: int
    expands: bool = False


def segments(line: CleanLine) -> Iterator[CleanLine]:
    """Parts of ``line`` of at most ``MAX_SEGMENT_CHARS``: cut after a sentence, else at a space, else anywhere."""
    start, total = 0, len(line.text)
    while total - start > MAX_SEGMENT_CHARS:
        limit = start + MAX_SEGMENT_CHARS
        cut = 0
        for border in _SENTENCE_BORDER.finditer(line.text, start + 1, limit + 2):
            cut = min(border.end(), limit)
        cut = cut or line.text.rfind(" ", start + 1, limit) + 1 or limit
        yield _stripped(line.cut(start, cut))
        start = cut
    rest = _stripped(line.cut(start, total))
    if rest.text:
        yield rest


def bearable(sentence: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Parts of ``sentence`` of at most ``MAX_SENTENCE_TOKENS``, cut after a semicolon, a comma, before "och", or there.

    Only the second half of each part is searched for a place to cut, so that no sliver is left.
    """
    while len(sentence) > MAX_SENTENCE_TOKENS:
        cut = _cut(sentence)
        yield sentence[:cut]
        sentence = sentence[cut:]
    if sentence:
        yield sentence


def _cut(sentence: Sequence[Token]) -> int:
    candidates = range(MAX_SENTENCE_TOKENS, MAX_SENTENCE_TOKENS // 2, -1)
    for marks in _SOFT_BORDERS:
        for cut in candidates:
            if sentence[cut - 1].text in marks:
                return cut
    return MAX_SENTENCE_TOKENS


def _stripped(line: CleanLine) -> CleanLine:
    begin = len(line.text) - len(line.text.lstrip(" "))
    end = len(line.text.rstrip(" "))
    return line.cut(begin, end) if begin or end < len(line.text) else line
