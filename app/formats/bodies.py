"""Which of several bodies of one item to read: the same article as plain text and as markup."""

from __future__ import annotations

from collections.abc import Sequence

from app.formats.markup import DASH

_DASHES = ("–", "—", "−", "―", "- ")


def best_body(plain: str | None, marked: Sequence[str] | None) -> str:
    """The text to store: ``plain`` as it is, or the lines of the markup where these tell more.

    The plain text is what the agency wrote for print and is preferred, unless its paragraphs run together or its
    lines of speech have lost their dashes, both of which the markup has kept. Empty where both are.
    """
    if not marked:
        return plain or ""
    if plain is None or not plain.strip():
        return "\n".join(marked)
    lines = [line.strip() for line in plain.splitlines() if line.strip()]
    run_together = len(lines) == 1 and len(marked) > 1
    dashes_lost = any(line.startswith(DASH) for line in marked) and not any(line.startswith(_DASHES) for line in lines)
    return "\n".join(marked) if run_together or dashes_lost else plain


def without_headline(lines: Sequence[str], title: str | None) -> list[str]:
    """``lines`` without an opening line that only repeats the title."""
    if title is not None and lines and lines[0].split() == title.split():
        return list(lines[1:])
    return list(lines)
