"""Words whose source the next sentence tells by a noun: "Torkan slår mot julen. *Varningen kommer från LRF*."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.claim import Act
from app.extraction.draft import Cue, CueKind, Draft
from app.extraction.preposed import trimmed
from app.extraction.structure import ParagraphKind
from app.resolution.phrases import NOMINAL

if TYPE_CHECKING:
    from app.extraction.draft import Reading
    from app.parsing.tree import Node

_COMING = frozenset({"kommer", "kom", "kommit", "är", "var"})
_FROM = "från"
_WORDS = frozenset({"ord", "citat", "replik"})
"""Nouns for what was said that tell nothing of how it was meant."""
_OPENING = 2
"""Words of a sentence among which its noun stands: "Den *varningen* kommer"."""


def words_before_drafts(reading: Reading) -> list[Draft]:
    """Claims that a sentence hands to its source: by "kommer från", for spoken words also "Orden är Ek s"."""
    found = []
    for sentence in reading.tree.sentences:
        words = [node for node in reading.tree.slice(sentence) if node.is_word]
        noun = next((n for n in words[:_OPENING] if n.upos == "NOUN" and n.feat("Definite") == "Def"), None)
        if noun is None or reading.kinds[noun.paragraph] is not ParagraphKind.BODY:
            continue
        draft = _draft(reading, noun)
        if draft is not None:
            found.append(draft)
    return found


def _draft(reading: Reading, noun: Node) -> Draft | None:
    hit = reading.lexicon.noun_by_head(noun.lower)
    spoken = noun.lemma in _WORDS
    source = _source(noun, spoken=spoken)
    if source is None or not (spoken or (hit is not None and hit.entry.acts)):
        return None
    first = reading.tree.sentence_of(noun)[0]
    last = reading.tree.nodes[first.i - 1] if first.i else None
    if last is None or reading.quotation_at(first.start) is not None:
        return None
    quotation = reading.quotation_ending_with(last)
    if quotation is None and (spoken or last.paragraph != noun.paragraph):
        return None
    start = quotation.start if quotation is not None else reading.tree.sentence_of(last)[0].start
    content = trimmed(reading.text, start, quotation.end if quotation is not None else last.end)
    if content is None or any(d.covers(*content) or _within(d, content) for d in reading.drafts):
        return None
    evidence = {"content": "sentence-before", "speaker": "noun-comes-from"}
    draft = Draft(
        Cue(CueKind.NOUN, noun, [noun]), [content], last.paragraph, evidence, quotation=quotation, frame="quote"
    )
    draft.act = Act.STATEMENT if spoken or hit is None else hit.entry.acts[0]
    draft.speaker_head = source
    return draft


def _source(noun: Node, *, spoken: bool) -> Node | None:
    verb = noun.head
    if verb is None or noun.rel != "nsubj":
        return None
    if spoken and verb.child("cop") is not None and verb.upos == "PROPN":
        # "Orden är *Anders Blixts*."
        return verb
    if verb.lower not in _COMING:
        return None
    sources = (n for n in verb.children if n.rel == "obl" and n.i > verb.i and n.upos in NOMINAL)
    return next((n for n in sources if (case := n.child("case")) is not None and case.lower == _FROM), None)


def _within(draft: Draft, content: tuple[int, int]) -> bool:
    return any(start >= content[0] and end <= content[1] for start, end in draft.content)
