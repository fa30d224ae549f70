"""What stands in front while its preposition stays behind: "*Det kravet* säger bolaget nej *till*"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.extraction.draft import Draft
from app.extraction.fronted import SUCH
from app.extraction.inversion import REFLEXIVES
from app.lexicon.schema import ObjectRole
from app.resolution.phrases import NOMINAL

if TYPE_CHECKING:
    from app.extraction.draft import Cue, Reading
    from app.lexicon.schema import VerbEntry
    from app.parsing.tree import Node

_PHRASE = frozenset({"DET", "PRON", "ADJ", "NOUN", "NUM"})
_ENDS = frozenset({".", ",", "!", "?", ";"})
_LONGEST = 5
"""Words of the phrase in front."""


class Stranded(NamedTuple):
    """The words in front of the verb and those behind it, of which the last is the preposition."""

    front: list[Node]
    behind: list[Node]


def stranded(reading: Reading, cue: Cue, entry: VerbEntry) -> Stranded | None:
    """The two halves of the clause, where it ends with a preposition that governs what stands in front of its verb."""
    sentence = reading.tree.sentence_of(cue.head)
    front = [node for node in sentence if node.i < cue.nodes[0].i and node.upos != "CCONJ"]
    if not front or len(front) > _LONGEST or any(node.upos not in _PHRASE for node in front):
        return None
    such = any(node.lower in reading.grammar.such for node in front)
    pointing = such or front[0].lower in SUCH or front[0].lower in reading.grammar.some
    named = front[-1].upos == "NOUN" and (pointing or front[-1].feat("Definite") == "Def")
    if not named and not (len(front) == 1 and pointing):
        return None
    behind: list[Node] = []
    for node in sentence:
        if node.i <= cue.head.i:
            continue
        if node.lower in reading.grammar.complementizers or not (node.is_word or node.text in _ENDS):
            # "Myndigheten kritiserar regionen *för att* …"
            return None
        if node.text in _ENDS or node.lower in reading.grammar.coordinators:
            break
        behind.append(node)
    particle = entry.particle[-1:] if entry.object is ObjectRole.CLAIM else ()
    ends = len(behind) > 1 and behind[-1].lower in {*entry.content_prepositions, *particle}
    return Stranded(front, behind) if ends else None


def stranded_draft(reading: Reading, cue: Cue, halves: Stranded) -> Draft | None:
    """The draft whose content is what stands in front; ``None`` where nobody stands behind the verb."""
    speaker = next((n for n in halves.behind if n.upos in NOMINAL and n.lower not in REFLEXIVES), None)
    if speaker is None:
        return None
    while speaker.head is not None and speaker.head in halves.behind and speaker.head.upos in NOMINAL:
        speaker = speaker.head
    draft = Draft.framed(cue, (halves.front[0].start, halves.front[-1].end), "obj", "stranded-preposition")
    draft.content_head = draft.object_head = halves.front[-1]
    draft.speaker_head, draft.evidence["speaker"] = speaker, "inverted-subject"
    return draft
