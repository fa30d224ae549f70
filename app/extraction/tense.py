"""The tense or form of a verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.parsing.tree import Node


def tense_of(node: Node) -> str:
    """``Pres``, ``Past``, ``Sup``, ``Inf``, ``Imp`` or ``""``: what two coordinated verbs must share to be siblings."""
    form = node.feat("VerbForm")
    if form == "Fin":
        return node.feat("Tense") or node.feat("Mood")
    return form
