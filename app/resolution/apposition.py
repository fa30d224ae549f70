"""Apposition: the name set beside a description, "Mannens försvarare, advokat Peter Lindvall, …"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.resolution.mentions import MentionKind

if TYPE_CHECKING:
    from app.parsing.tree import Node
    from app.resolution.clusters import Cluster
    from app.resolution.linking import Linker
    from app.resolution.mentions import MentionWords

_ATTRIBUTE = 5
"""Words of an attribute before the comma."""
_ALIAS = "som"
"""Between "känd" and the name that somebody is known by."""


def name_in_apposition(linker: Linker, mention: MentionWords) -> Cluster | None:
    """The person whose name is set beside a description: "Mannens försvarare, advokat Peter Lindvall, …"."""
    noun = mention.noun
    if mention.name or noun is None:
        return None
    human = bool(noun.title or noun.person) or (noun.kind is None and linker.grammar.is_agentive(noun.lemma))
    if not (human or noun.kind or mention.definite):
        return None
    appositions = [node for node in mention.head.children if node.rel == "appos" and node.i > mention.head.i]
    for node in appositions:
        if node is linker.short_form(mention):
            continue
        other = linker.reader.read(node)
        if other is None or not other.name or other.kind is MentionKind.TERRITORY:
            continue
        person = other.kind is MentionKind.PERSON
        # "Hennes *uppdragsgivare*, tidskriften Sikt": a trade that bodies have as well.
        either = noun.title is None and not noun.person and noun.kind is None
        if person == human or either:
            return linker.cluster_of(node)
    named = (
        _name_behind_comma(linker, mention) or _name_behind_title(linker, mention)
        if human and not noun.plural
        else None
    )
    return linker.cluster_of(named) if named is not None else None


def name_of_one(one: Node, whole: Node) -> Node | None:
    """The name set behind "en av grannarna": "en av grannarna, *Eva Lund*", whichever of the two nouns it hangs on."""
    for node in (*one.children, *whole.children):
        listed = node.rel == "conj" and node.child("cc") is None
        if node.i > whole.i and (node.rel == "appos" or (listed and node.upos == "PROPN")):
            return node
    return None


def _name_behind_title(linker: Linker, mention: MentionWords) -> Node | None:
    """The name in "författaren och journalisten Maja Ek": two definite nouns for one person."""
    coordinator = linker.tree.right(mention.nodes[-1])
    if coordinator is None or coordinator.lower not in linker.grammar.coordinators or not mention.definite:
        return None
    node = linker.tree.right(coordinator)
    while node is not None and node.upos in {"ADJ", "NOUN"}:
        title, node = node, linker.tree.right(node)
        if title.upos == "NOUN" and node is not None and node.upos == "PROPN" and title.feat("Definite") == "Def":
            other = linker.reader.read(node)
            return other.head if other is not None and other.kind is MentionKind.PERSON else None
    return None


def _name_behind_comma(linker: Linker, mention: MentionWords) -> Node | None:
    """The name in "arméns talesperson, general Tarig Abdelsalam", in "en talesman, känd som Comandante Tobías"."""
    comma = linker.tree.right(mention.nodes[-1])
    if comma is not None and comma.upos == "ADP":
        # "Hans chef *på Norrexpressen*, trafikledaren Monika Fors"
        attribute = linker.tree.nodes[comma.i + 1 : comma.i + 1 + _ATTRIBUTE]
        comma = next((n for n in attribute if n.text == "," or n.upos in {"VERB", "AUX"}), None)
    if comma is None or comma.text != ",":
        return None
    stop = linker.tree.sentences[comma.sentence].stop
    for node in linker.tree.nodes[comma.i + 1 : min(stop, comma.i + 4)]:
        if node.upos == "PROPN":
            other = linker.reader.read(node.head if node.rel == "flat" and node.head is not None else node)
            return other.head if other is not None and other.kind is MentionKind.PERSON else None
        if node.upos not in {"NOUN", "ADJ"} and node.lower != _ALIAS:
            return None
    return None
