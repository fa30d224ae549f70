"""Relative clauses: whom "som" stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.extraction.draft import Reading
    from app.parsing.tree import Node

_ATTRIBUTE = frozenset({"NOUN", "PROPN", "ADJ", "ADP", "NUM", "DET", "CCONJ", "PRON"})
_MARKS = frozenset({",", "(", ")"})
_AT = frozenset({"vid", "på", "från", "i", "hos", "inom", "för"})
"""Prepositions of what somebody works at or comes from."""
_LONGEST_ATTRIBUTE = 10
"""Words of a title with what belongs to it."""


def antecedent_of(reading: Reading, verb: Node) -> Node | None:
    """The noun that a relative clause with this verb (or with the verb it is coordinated with) modifies."""
    node: Node | None = verb
    while node is not None and node.rel in {"conj", "xcomp"}:
        node = node.head
    relative = node.child("nsubj", "obj") if node is not None else None
    if relative is not None and (person := _told_before(reading, relative)) is not None:
        return person
    if node is not None and node.rel == "acl" and node.head is not None:
        return _body_at(reading, node.head)
    relative = verb.child("nsubj")
    if relative is None or relative.i == 0:
        return None
    previous = reading.tree.left(relative)
    while previous is not None and (previous.text == "," or previous.upos in {"ADP", "PUNCT"}):
        previous = reading.tree.left(previous)
    return previous.head if previous is not None and previous.rel == "flat" else previous


def _told_before(reading: Reading, relative: Node) -> Node | None:
    """The person behind whose attribute "som" stands: "*Eva Rask*, borgmästare i Ekmora, som", "*Bo Ek* vid SMHI som".

    No body between the two says, claims or demands anything.
    """
    node = reading.tree.left(relative)
    comma = node is not None and node.text == ","
    node = reading.tree.left(node) if comma and node is not None else node
    between: list[Node] = []
    while node is not None and len(between) < _LONGEST_ATTRIBUTE and not _is_person(reading, node):
        if node.upos not in _ATTRIBUTE and node.text not in _MARKS:
            return None
        between.append(node)
        node = reading.tree.left(node)
    if node is None or not between or relative.lower not in reading.grammar.relative_pronouns:
        return None
    name = node.head if node.rel == "flat" and node.head is not None else node
    first, *others = reversed(between)
    if first.text == ",":
        noun = any(_is_role(reading, n) for n in others)
        return name if comma and others and (noun or others[0].upos == "NUM") else None
    parted = first.text == "(" or (first.lower in _AT and first.upos == "ADP")
    return name if parted and not any(n.text == "," for n in others if first.text != "(") else None


def _is_person(reading: Reading, node: Node) -> bool:
    """Whether the word is the last of somebody's name."""
    name = node.head if node.rel == "flat" and node.head is not None else node
    before = reading.tree.left(name)
    if node.upos != "PROPN" or node.feat("Case") == "Gen" or (before is not None and before.lower in _AT):
        return False
    given = reading.entities.gender_of_name(name.text) is not None
    return given or (name is not node and name.upos == "PROPN" and "PER" in name.word.ner)


def _is_role(reading: Reading, node: Node) -> bool:
    known = reading.entities.title(node.text) is not None or reading.entities.person_noun(node.text) is not None
    return node.text.islower() and (known or reading.grammar.is_agentive(node.lemma))


def _body_at(reading: Reading, node: Node) -> Node:
    """The body that sits at a place: in "regionstyret i *Tigray*, som kritiserar" the board speaks."""
    case, body = node.child("case"), node.head
    bracket = reading.tree.left(node)
    if bracket is not None and bracket.text == "(" and body is not None:
        # "Gunilla Stark (*M*), som påpekar"
        return body
    if node.rel != "nmod" or body is None or case is None or case.lower not in reading.grammar.place_prepositions:
        return node
    named = node.upos == "PROPN" and body.upos == "NOUN"
    known = body.feat("Definite") == "Def" or reading.entities.body_noun(body.text) is not None
    return body if named and known else node
