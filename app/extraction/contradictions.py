"""Statements that deny what their source is accused of without a word that says so: "Vi har aldrig mutat någon"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.claim import Act
from app.extraction.allegiance import directed_at, parties_of, with_forces
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
_ANSWERING = frozenset({"svara", "replikera", "kontra", "genmäla"})
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
    """The earlier claims whose words the source negates: those about itself, and any that told of what it says is not.

    "Vi har aldrig *mutat* någon" answers who said so of us, "Något *löfte* har inte getts" whoever told of one, and
    "Vi har ett samtal registrerat, inte *tre*" whoever told of three.
    """
    near = [d for d in earlier if draft.paragraph - d.paragraph <= _REACH and d.act in _HELD_AGAINST]
    others = [d for d in near if d is not draft.parent and not set(d.actors) & set(draft.actors)]
    deeds, things = _negated(reading, draft), _denied_in_front(reading, draft)
    # What "ryska styrkor" have done, the ministry in Moscow answers.
    about_me = directed_at(with_forces(linker, parties_of(linker, draft)), others) if deeds else []
    if about_me and _answers(draft) and draft.paragraph - about_me[-1].paragraph <= 1:
        # "– Vi har inte sett någonting, *svarar* bolaget": who answers so denies what was just held against it.
        return about_me
    return [
        d
        for d in others
        if (d in about_me and same_words(deeds, said_in(reading, d))) or same_words(things, said_in(reading, d))
    ]


def _answers(draft: Draft) -> bool:
    entry = draft.cue.entry if draft.cue is not None else None
    return entry is not None and entry.verb in _ANSWERING and draft.frame == "quote"


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


def _denied_in_front(reading: Reading, draft: Draft) -> list[Node]:
    """What the words begin by saying there is none of, or end by correcting: ", inte *tre*"."""
    nodes = [node for node in reading.tree.between(*draft.content[0]) if node.is_word]
    clause = [node for node in nodes if node.sentence == nodes[0].sentence]
    if len(clause) < _TELLING:
        return []
    first, noun, (negation, corrected) = clause[0], clause[1], clause[-2:]
    comma = reading.tree.left(negation)
    if negation.lower in reading.grammar.negations and comma is not None and comma.text == ",":
        return [corrected]
    denied = any(node.lower in reading.grammar.negations for node in clause[2:])
    fronted = noun.upos == "NOUN" and noun.child("det") is first
    return [noun] if fronted and denied and first.lower in reading.grammar.some else []


def _quantifies(reading: Reading, node: Node, *, denied: bool) -> bool:
    """ "*Inga* mutor har betalats", and in a negated clause "*Några* mutor har aldrig betalats"."""
    return node.lower in reading.grammar.negations or (denied and node.lower in reading.grammar.some)
