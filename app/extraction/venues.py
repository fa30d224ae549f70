"""Verbs whose source is where the words stand: "…, heter det i ett uttalande från regeringen"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.extraction.preposed import preposed_draft
from app.resolution.phrases import NOMINAL, is_temporal

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.extraction.draft import Cue, Draft, Reading
    from app.parsing.tree import Node

_EXPLETIVE = "det"
GOES_ON = "source-goes-on"
""""heter det vidare": whoever was quoted just before, in the same paragraph."""
_VENUES = frozenset({"i", "på", "från", "hos", "ur", "av"})


def venue_draft(reading: Reading, cue: Cue, framed: Callable[[], Draft | None]) -> Draft | None:
    """The draft of "heter det" with the phrase that says where for its source; ``None`` without either.

    ``framed`` gives the draft of what follows the cue ("hos Axfood heter det *att frågan diskuteras*").
    """
    source = _venue(reading, cue)
    if source is None:
        return _going_on(reading, cue)
    expletive = any(reading.tree.nodes[i].lower == _EXPLETIVE for i in _beside(reading, cue))
    # "I rapporten står att …" needs no "det".
    if not expletive and not (source.i < cue.head.i and cue.head.child("nsubj") is None):
        return None
    draft = preposed_draft(reading, cue) if cue.postposed else framed()
    if draft is not None:
        draft.speaker_head = source
        draft.evidence["speaker"] = "venue"
    return draft


def _going_on(reading: Reading, cue: Cue) -> Draft | None:
    """ "”…”, heter det *vidare*": of the document or body that the paragraph has just quoted."""
    after = reading.tree.right(cue.head)
    if not cue.postposed or after is None or after.lower != _EXPLETIVE:
        return None
    draft = preposed_draft(reading, cue)
    if draft is None or draft.quotation is None:
        return None
    draft.speaker_head, draft.evidence["speaker"] = None, GOES_ON
    return draft


def _beside(reading: Reading, cue: Cue) -> list[int]:
    first, last = cue.nodes[0].i, cue.nodes[-1].i
    return [i for i in (first - 1, last, last + 1) if 0 <= i < len(reading.tree.nodes)]


def _venue(reading: Reading, cue: Cue) -> Node | None:
    """A document, a body or a name behind a preposition of place, in the clause of the cue."""
    for node in (*cue.head.children, *(n for c in cue.head.children for n in c.children)):
        case = node.child("case")
        if case is None or case.lower not in _VENUES or node.upos not in NOMINAL or is_temporal(reading.grammar, node):
            continue
        entities = reading.entities
        known = entities.document(node.text) or entities.body_noun(node.text) or entities.media_head(node.text)
        if node.upos == "PROPN" or known is not None or node.lower in reading.grammar.venue_nouns:
            return node
    return None
