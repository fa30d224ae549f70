"""Statements that deny what their source is accused of without a word that says so: "Vi har aldrig mutat någon"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.claim import Act
from app.extraction.allegiance import directed_at, parties_of
from app.extraction.draft import CueKind
from app.extraction.same_words import said_in, same_words

if TYPE_CHECKING:
    from app.extraction.draft import Draft, Reading
    from app.parsing.tree import Node
    from app.resolution.linking import Linker

_REACH = 3
"""Paragraphs back to the claim that is contradicted."""
_TELLING = 4
"""Letters of the shortest word that tells which claim is meant."""
_HELD_AGAINST = frozenset({Act.ACCUSATION, Act.CRITICISM, Act.STATEMENT})
_FRAMES = frozenset({"quote", "att", "source"})


CONTRADICTS = "contradicts-what-is-held-against-it"
"""The rule, as the evidence of an act names it."""


def set_contradictions(reading: Reading, linker: Linker) -> None:
    """Make denials of the negated statements by somebody that take up the words of what is held against them."""
    for position, draft in enumerate(reading.drafts):
        if draft.act is not Act.STATEMENT or draft.frame not in _FRAMES or not _is_neutral(draft):
            continue
        if held_against(reading, linker, draft, reading.drafts[:position]):
            draft.act, draft.evidence["act"] = Act.DENIAL, CONTRADICTS


def held_against(reading: Reading, linker: Linker, draft: Draft, earlier: list[Draft]) -> list[Draft]:
    """Those of the earlier claims about the source of ``draft`` whose words it negates."""
    words = _negated(reading, draft)
    if not words:
        return []
    near = [d for d in earlier if draft.paragraph - d.paragraph <= _REACH and d.act in _HELD_AGAINST]
    others = [d for d in near if d is not draft.parent and not set(d.actors) & set(draft.actors)]
    return [d for d in directed_at(parties_of(linker, draft), others) if same_words(words, said_in(reading, d))]


def _is_neutral(draft: Draft) -> bool:
    cue = draft.cue
    if cue is None or cue.kind is CueKind.PREPOSITION:
        return True
    return cue.entry is not None and cue.entry.acts[:1] == (Act.STATEMENT,)


def _negated(reading: Reading, draft: Draft) -> list[Node]:
    """What the first sentence of the words says is not so: its negated verb, or what it says there is none of."""
    nodes = [node for node in reading.tree.between(*draft.content[0]) if node.is_word]
    clause = [node for node in nodes if node.sentence == nodes[0].sentence]
    top = next((node for node in clause if node.head is None or node.head not in clause), None)
    if top is None:
        return []
    negations = reading.grammar.negations
    verbs = [top] if any(child.lower in negations for child in top.children) else []
    things = [
        child
        for child in top.children
        if child.upos == "NOUN" and any(_quantifies(reading, n, denied=bool(verbs)) for n in child.children)
    ]
    return [node for node in (*verbs, *things) if len(node.lemma) >= _TELLING]


def _quantifies(reading: Reading, node: Node, *, denied: bool) -> bool:
    """ "*Inga* mutor har betalats", and in a negated clause "*Några* mutor har aldrig betalats"."""
    return node.lower in reading.grammar.negations or (denied and node.lower in reading.grammar.some)
