"""Relative clauses: whom "som" stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.extraction.draft import Reading
    from app.parsing.tree import Node

_ATTRIBUTE = frozenset({"NOUN", "PROPN", "ADJ", "ADP", "NUM", "DET"})
_LONGEST_ATTRIBUTE = 8
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
    """ "*Helena Rask*, borgmästare i Ekmora, som säger": the person whose title stands between the commas."""
    node = reading.tree.left(relative)
    if node is None or node.text != "," or relative.lower not in reading.grammar.relative_pronouns:
        return None
    between: list[Node] = []
    node = reading.tree.left(node)
    while node is not None and node.text != "," and node.upos in _ATTRIBUTE and len(between) < _LONGEST_ATTRIBUTE:
        between.append(node)
        node = reading.tree.left(node)
    last = reading.tree.left(node) if node is not None and node.text == "," and between else None
    if last is None or last.upos != "PROPN":
        return None
    title = between[-1]
    name = last.head if last.rel == "flat" and last.head is not None else last
    known = reading.entities.title(title.text) is not None or reading.entities.person_noun(title.text) is not None
    told = (title.text.islower() and known) or (title.upos == "NUM" and len(between) == 1)
    person = reading.entities.gender_of_name(name.text) is not None or "PER" in name.word.ner
    return name if told and person and name.upos == "PROPN" else None


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
