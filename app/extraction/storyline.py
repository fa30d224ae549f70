"""How the story moves: where a source goes on speaking, and how far apart two sentences are for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.extraction.structure import ParagraphKind

if TYPE_CHECKING:
    from app.extraction.draft import Reading
    from app.parsing.tree import Node

_SPEECH_STEP = 0.25
"""How far a sentence of a quoted line takes a pronoun from its antecedent, a narrated sentence being 1."""


def echoes(reading: Reading) -> dict[int, list[int]]:
    """For the head of each source the places where quotations without attribution go on after it."""
    found: dict[int, list[int]] = {}
    last: int | None = None
    for draft in reading.drafts:
        if draft.speaker_head is not None and (draft.cue is None or not draft.cue.quoted):
            last = draft.speaker_head.i
        elif draft.cue is None:
            first = reading.tree.between(*draft.content[0])[0]
            last = _turned_to(reading, first) or last
            if last is not None:
                found.setdefault(last, []).append(first.i)
    return found


def _turned_to(reading: Reading, first: Node) -> int | None:
    """Whom the narrator turns to by name right before a line of speech: "Bredvid sitter *Lena Sköld*." """
    opening = reading.tree.nodes[reading.tree.paragraphs[first.paragraph].start]
    before = reading.tree.nodes[opening.i - 1] if opening.i else None
    if before is None or reading.kinds[before.paragraph] is not ParagraphKind.BODY:
        return None
    named = (
        n for n in reading.tree.sentence_of(before) if n.upos == "PROPN" and n.rel == "nsubj" and not n.child("case")
    )
    return next((n.i for n in named if "PER" in n.word.ner), None)


def narrated_sentences(reading: Reading) -> list[float]:
    """For each sentence how many the narrator has told before it; a line of speech hardly moves the story on."""
    steps, told = [], 0.0
    for indices in reading.tree.sentences:
        first = reading.tree.nodes[indices.start]
        told += _SPEECH_STEP if reading.kinds[first.paragraph] is ParagraphKind.SPEECH else 1.0
        steps.append(told)
    return steps
