"""Sources in set phrases: "om man får tro *mäklarna*", "med *värdens* ord", "för att citera *Ove Sundin*"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.extraction.draft import Cue, CueKind, Draft
from app.extraction.source_bounds import around
from app.resolution.phrases import NOMINAL, noun_phrase

if TYPE_CHECKING:
    from app.extraction.draft import Reading
    from app.lexicon.schema import SourcePhrase
    from app.parsing.tree import Node

_LONGEST = 6
"""Words of a source inside a phrase that goes on behind it."""


def idiom_drafts(reading: Reading) -> list[Draft]:
    """Claims whose source stands in a phrase of several words that the lexicon lists; "enligt" is no such phrase."""
    phrases = [phrase for phrase in reading.lexicon.sources if len(phrase.before) + len(phrase.after) > 1]
    found = []
    for node in reading.tree.nodes:
        for phrase in phrases:
            draft = _draft(reading, node, phrase) if node.lower == phrase.before[0] else None
            if draft is not None and reading.quotation_at(node.start) is None:
                found.append(draft)
                break
    return found


def _draft(reading: Reading, first: Node, phrase: SourcePhrase) -> Draft | None:
    nodes = reading.tree.sentence_of(first)
    offset = first.i - nodes[0].i
    behind = nodes[offset + len(phrase.before) :]
    if tuple(n.lower for n in nodes[offset : offset + len(phrase.before)]) != phrase.before or not behind:
        return None
    source = _owner(behind, phrase) if phrase.genitive else _object(reading, behind)
    if not source:
        return None
    last = source[-1].i + len(phrase.after)
    opening = [first, *nodes[offset + 1 : offset + len(phrase.before)]]
    cue = Cue(CueKind.PREPOSITION, first, opening)
    content, rule = around(reading, cue, source[-1], reading.tree.nodes[opening[-1].i + 1 : last + 1])
    if not content:
        return None
    draft = Draft(cue, content, first.paragraph, {"content": rule, "speaker": "source-idiom"}, frame="source")
    named = next((n for n in source if n.upos == "PROPN"), source[-1])
    draft.speaker_head, draft.speaker_nodes = (named.head if named.rel == "flat" else named), source
    draft.act = phrase.acts[0]
    return draft


def _owner(behind: list[Node], phrase: SourcePhrase) -> list[Node]:
    """The words of the genitive before the phrase goes on: "med *värdens* ord"."""
    for length in range(1, min(_LONGEST, len(behind) - len(phrase.after)) + 1):
        after = tuple(node.lower for node in behind[length : length + len(phrase.after)])
        if after == phrase.after:
            inside = behind[:length]
            fits = all(node.upos in NOMINAL for node in inside) and inside[-1].lower.endswith("s")
            return inside if fits and inside[-1].upos in {"NOUN", "PROPN", "ADJ"} else []
    return []


def _object(reading: Reading, behind: list[Node]) -> list[Node]:
    head = next((node for node in behind if node.upos in {"NOUN", "PROPN", "PRON"}), None)
    if head is None or any(node.upos not in {"DET", "ADJ", "NUM"} for node in behind[: behind.index(head)]):
        return []
    while head.rel in {"nmod", "flat"} and head.head in behind and head.head is not None:
        head = head.head
    phrase = [node for node in noun_phrase(reading.tree, reading.grammar, head) if node.i >= behind[0].i]
    for node in behind[behind.index(phrase[-1]) + 1 :]:
        if not node.text[:1].isupper():
            break
        phrase.append(node)
    return phrase
