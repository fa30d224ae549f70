"""What the rest of Sagesman asks of a parser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.domain.parse import ParsedText


class Parser(Protocol):
    """Turns texts into Universal Dependencies analyses."""

    def parse_many(self, texts: Sequence[str]) -> list[ParsedText]:
        """The analysis of each text, in the order of ``texts``.

        Each non-blank line of a text is a paragraph; no sentence crosses it. All offsets are Unicode code points into
        the text as submitted. Any string is taken; a text without words gives no paragraphs.

        Raises ``ModelError`` when the models are missing or broken, or the parser cannot go on.
        """
        ...
