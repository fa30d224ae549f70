"""Verbs that no list has, where only a report can stand: "– Vi har en bra dialog, *parerade* Brask"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.claim import Act
from app.extraction.draft import Cue, CueKind
from app.extraction.inversion import is_postposed
from app.extraction.quotations import CLOSING, QuotationKind
from app.lexicon.schema import Content, Need, Tense, VerbEntry, Voice

if TYPE_CHECKING:
    from app.extraction.draft import Reading
    from app.parsing.tree import Node

_PERSONAL = frozenset({"han", "hon", "hen", "de"})
_WEIGHT = 0.5
_FINITE = ("r", "de", "te")
"""How the present and the weak past end; a strong past ("bet", "skrek") is told by its tag alone."""


def rare_cue(reading: Reading, node: Node) -> Cue | None:
    """The cue of a verb unknown to the lexicon that stands behind spoken words and before a person."""
    if node.lower in reading.lexicon.verb_forms or not node.text.islower() or node.upos not in {"VERB", "NOUN", "ADJ"}:
        return None
    finite = node.feat("VerbForm") == "Fin" or (node.upos != "VERB" and node.lower.endswith(_FINITE))
    before, after = reading.tree.left(node), reading.tree.right(node)
    if not finite or before is None or after is None or not _is_person(reading, after):
        return None
    if reading.entities.title(node.text) is not None:
        return None
    opening = next((n for n in reading.tree.sentence_of(node) if n.is_word), node)
    if opening.upos == "SCONJ" or not _behind_speech(reading, before, node) or not is_postposed(reading, node):
        # "– Om man frågar mig, *vann* Eva Ek"
        return None
    needs = frozenset({Need.HUMAN, Need.QUOTE})
    entry = VerbEntry(node.lemma, (Act.STATEMENT,), (Content.QUOTE,), needs=needs, weight=_WEIGHT)
    return Cue(CueKind.VERB, node, [node], entry, Voice.ACTIVE, Tense.PRESENT, postposed=True)


def _is_person(reading: Reading, node: Node) -> bool:
    known = reading.entities.title(node.text) or reading.entities.person_noun(node.text)
    return node.lower in _PERSONAL or "PER" in node.word.ner or known is not None


def _behind_speech(reading: Reading, mark: Node, verb: Node) -> bool:
    """Whether the mark ends spoken words: those of a dash, or a quotation in marks right before it."""
    back = reading.tree.left(mark)
    if mark.text in CLOSING:
        # "”Nej!” *skrek* hon", but "I romanen ”Säg inget” *återvänder* Ek"
        return back is not None and back.text in {"!", "?", "…"}
    quotation = reading.quotation_at(verb.start)
    dash = quotation is not None and quotation.kind is QuotationKind.DASH
    return mark.text in {",", "?", "!"} and (dash or (back is not None and back.text in CLOSING))
