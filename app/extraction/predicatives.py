"""Adjectives that state an opinion: "är övertygad om att", "är kritisk till beslutet"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.extraction.draft import Cue, CueKind
from app.lexicon.schema import Tense, Voice

if TYPE_CHECKING:
    from app.extraction.draft import Reading
    from app.parsing.tree import Node


def predicative_cue(reading: Reading, node: Node) -> Cue | None:
    """The cue that the adjective is behind a finite copula, outside quotations, or ``None``.

    In a quotation it is what its source feels and says of itself: part of that claim, not one of its own.
    """
    entry = reading.lexicon.predicatives.get(node.lower)
    copula = node.child("cop")
    if entry is None or copula is None or copula.i > node.i or copula.feat("VerbForm") != "Fin":
        return None
    negated = any(child.lower in reading.grammar.negations for child in node.children)
    if node.child("aux") is not None or reading.quotation_at(node.start) is not None or (negated and not entry.negated):
        return None
    nodes = [copula, node] if copula.i + 1 == node.i else [node]
    return Cue(CueKind.VERB, node, nodes, entry, Voice.ACTIVE, Tense.PRESENT, negated=negated)
