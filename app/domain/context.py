"""The sentences around a place in a text, found by punctuation alone: what is shown with a claim, never analysed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.domain.span import Span

# A full stop, question or exclamation mark with whatever closes after it, then blank space and a new beginning: an
# abbreviation ("bl.a. i Baku", "kl. 10") goes on in lower case or with a figure.
_BORDER = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[\"'“”‘’»«(\[–—-]*\s*[^\W\d_a-zåäöæøéü])")


def sentences_around(text: str, spans: Iterable[Span]) -> Span:
    """The whole sentences of ``text`` that hold all of ``spans``, without white space at either end.

    A sentence ends with its line. Raises ``ValueError`` without spans, or where they do not lie in ``text``.
    """
    places = list(spans)
    if not places or max(place.end for place in places) > len(text):
        raise ValueError("no place in this text is asked for")
    first, last = min(place.start for place in places), max(place.end for place in places)
    start = text.rfind("\n", 0, first) + 1
    end = text.find("\n", last - 1)
    end = len(text) if end < 0 else end
    for border in _BORDER.finditer(text, start, end):
        if border.end() <= first:
            start = border.end()
        elif border.start() >= last:
            end = border.start()
            break
    while text[end - 1].isspace():
        end -= 1
    return Span.cut(text, start, end)
