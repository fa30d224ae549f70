"""The word that opens a reported clause: "säger *att* …", and what stands between it and the cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.extraction.clauses import sentence_end
from app.lexicon.schema import Content, ObjectRole

if TYPE_CHECKING:
    from app.extraction.draft import Cue, Reading
    from app.parsing.tree import Node


def complementizer(reading: Reading, cue: Cue) -> Node | None:
    """The complementizer that opens the reported clause, or ``None`` when another clause comes first."""
    asks = cue.entry is not None and cue.entry.object is ObjectRole.ADDRESSEE
    passed = False
    for node in behind(reading, cue):
        other = reading.cue_at(node)
        if other is not None and other is not cue and not other.quoted and node.upos == "VERB":
            # "ber alla som *sett* något att höra av sig"
            passed = asks and _in_relative(node, cue.head)
            if not passed:
                return None
        if node.text in {";", ":"}:
            return None
        if node.lower in reading.grammar.complementizers:
            if passed and (node.head is None or node.head.head is not cue.head):
                return None
            previous = reading.tree.left(node)
            comma = reading.tree.left(previous) if previous is not None else None
            again = previous is not None and previous.upos == "CCONJ" and comma is not None and comma.text == ","
            if again and (cue.head.feat("VerbForm") == "Inf" or cue.head.rel == "aux"):
                # "att hon ville skriva om två kapitel, *men att* …": another clause of whatever governs the first.
                return None
            # "talar samtidigt *om* att": the verb's own, wherever it stands.
            own = cue.entry.particle[-1:] if cue.entry is not None else ()
            after_preposition = (
                previous is not None
                and previous is not cue.nodes[-1]
                and previous.upos in {"ADP", "SCONJ"}
                and previous.lower not in own
            )
            elsewhere = _modifies_object(cue, node) or _tells_of_claim(reading, cue, previous)
            if after_preposition or elsewhere or _said_by_another(reading, cue, node):
                return None
            return node
        if node.upos == "VERB" and node.feat("VerbForm") == "Fin" and not _in_relative(node, cue.head):
            return None
    return None


def _modifies_object(cue: Cue, mark: Node) -> bool:
    """Whether the clause belongs to the verb's object noun ("kritiserade beslutet att lägga ned skolan")."""
    entry, verb = cue.entry, mark.head
    if entry is None or verb is None or verb.head is None or entry.object in {ObjectRole.ADDRESSEE, None}:
        return False
    noun = verb.head
    thing = noun.upos == "NOUN" and noun.head is cue.head and noun.rel != "nsubj" and noun.child("case") is None
    return verb.rel == "acl" and thing and entry.allows(Content.OBJ)


def _said_by_another(reading: Reading, cue: Cue, mark: Node) -> bool:
    """Whether the clause hangs on another reporting verb: "bekräftas av hans sambo, som ska ha *sagt* att …"."""
    verb = mark.head.head if mark.head is not None else None
    if verb is None or not cue.head.i < verb.i < mark.i or verb.feat("VerbForm") != "Sup":
        return False
    return verb.upos == "VERB" and verb.lower in reading.lexicon.verb_forms


def _tells_of_claim(reading: Reading, cue: Cue, previous: Node | None) -> bool:
    """Whether the clause says which claim is meant: "tillbakavisar *påståendet* att vården brister"."""
    if cue.entry is None or cue.entry.object is not ObjectRole.CLAIM or previous is None or previous is cue.nodes[-1]:
        return False
    hit = reading.lexicon.noun_by_head(previous.lower)
    return hit is not None and hit.form.definite and bool(hit.entry.refers_to)


def _in_relative(node: Node, cue_head: Node) -> bool:
    while node is not None and node is not cue_head:
        if node.rel == "acl":
            return True
        if node.head is None:
            return False
        node = node.head
    return False


def behind(reading: Reading, cue: Cue) -> list[Node]:
    """The words of the sentence behind the cue, final punctuation left out."""
    return reading.tree.nodes[cue.nodes[-1].i + 1 : sentence_end(reading, cue.head)]
