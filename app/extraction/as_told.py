"""Clauses with their source in a parenthesis: "*Att ledningen ljög*, som facket påstår, förnekar bolaget"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.extraction.draft import CueKind, Draft
from app.extraction.preposed import trimmed
from app.lexicon.schema import Content, Voice
from app.resolution.phrases import NOMINAL

if TYPE_CHECKING:
    from app.extraction.draft import Cue, Reading
    from app.parsing.tree import Node

AS_TOLD = "clause-told-of"
_THUS, _EXPLETIVE = "så", "det"
_OPENING = 2
"""Words that open the parenthesis at most: "*så som* facket påstår"."""


def as_told_drafts(reading: Reading) -> list[Draft]:
    """The claims of such parentheses; the content of what is said of the same clause is cut before them."""
    found = []
    for cue in reading.cues:
        draft = _draft(reading, cue) if cue.kind is CueKind.VERB and not cue.quoted and not cue.negated else None
        if draft is None:
            continue
        found.append(draft)
        clause = draft.content[0]
        for other in reading.drafts:
            if other.content[0][0] == clause[0] and other.content[0][1] >= cue.head.end:
                other.content[0] = clause
    return found


def _draft(reading: Reading, cue: Cue) -> Draft | None:
    entry = cue.entry
    words = reading.tree.sentence_of(cue.head)
    words = words[1:] if words and words[0].upos == "CCONJ" else words
    commas = [node for node in words if node.text == ","]
    before = next((node for node in reversed(commas) if node.i < cue.head.i), None)
    after = next((node for node in commas if node.i > cue.head.i), None)
    if entry is None or before is None or after is None or not {Content.ATT, Content.QUOTE} & set(entry.content):
        return None
    if words[0].lower not in reading.grammar.complementizers or before is not commas[0] or after.i == words[-1].i:
        return None
    inside = reading.tree.nodes[before.i + 1 : after.i]
    opening = inside[1:] if inside[0].lower == _THUS else inside
    if len(opening) < _OPENING or opening[0].lower not in reading.grammar.relative_pronouns:
        return None
    content = trimmed(reading.text, words[0].start, before.start)
    speaker = _speaker(opening[1:], cue)
    if content is None or (speaker is None and cue.voice is not Voice.PASSIVE):
        return None
    draft = Draft.framed(cue, content, Content.ATT, AS_TOLD)
    draft.content_head = next((n for n in reading.tree.between(*content) if n.upos in {"VERB", "AUX"}), words[0])
    draft.speaker_head, draft.anonymous = speaker, speaker is None
    draft.evidence["speaker"] = "subject" if speaker is not None else "no-agent"
    return draft


def _speaker(words: list[Node], cue: Cue) -> Node | None:
    named = [node for node in words if node.i < cue.nodes[0].i and node.upos in NOMINAL and node.lower != _EXPLETIVE]
    return next((node for node in named if node.rel == "nsubj"), named[-1] if named else None)
