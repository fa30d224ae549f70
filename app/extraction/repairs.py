"""Repairs of a tree before anything is read off it: phrases that a parser trained on full words takes apart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.lexicon.grammar import Grammar
    from app.parsing.tree import Node, Tree

_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "X"})
_ACRONYM = 5
"""Letters of the longest name between commas that is taken for an acronym."""


def repair(tree: Tree, grammar: Grammar) -> None:
    """Join suspended compounds and names with a capitalised preposition, part acronyms from lists, in place."""
    for sentence in tree.sentences:
        nodes = tree.slice(sentence)
        for first, middle, last in zip(nodes, nodes[1:], nodes[2:], strict=False):
            if first.text == "," and last.text == "," and middle.upos == "PROPN" and len(middle.text) <= _ACRONYM:
                _part_acronym(middle)
            if first.upos not in _NOMINAL or last.upos not in _NOMINAL:
                continue
            capital = all(node.text[:1].isupper() for node in (first, middle, last)) and not first.text.isupper()
            if first.text.endswith("-") and len(first.text) > 1 and middle.lower in grammar.coordinators:
                _suspended(first, middle, last)
            elif middle.upos == "ADP" and capital:
                _named(first, middle, last)


def _part_acronym(node: Node) -> None:
    """ "Inspektionen för vård och omsorg, Ivo,": a short name between commas is no further member of the list."""
    if node.head is not None and node.rel == "conj" and not node.child("cc"):
        _attach(node, _top(node.head), "appos")


def _top(node: Node) -> Node:
    while node.rel in {"conj", "nmod"} and node.head is not None and node.head.upos in _NOMINAL:
        node = node.head
    return node


def _suspended(first: Node, coordinator: Node, last: Node) -> None:
    """ "Patent- och marknadsdomstolen" is one noun, headed by its last part."""
    if first in last.ancestors():
        _attach(last, first.head, first.word.deprel)
    for child in [child for child in first.children if child is not last]:
        _attach(child, last, child.word.deprel)
    _attach(first, last, "compound")
    _attach(coordinator, first, "cc")


def _named(first: Node, preposition: Node, last: Node) -> None:
    """ "Läkare Utan Gränser": a preposition with a capital holds a name together."""
    if first in last.ancestors() or last.head is first.head:
        for node in (preposition, last):
            _attach(node, first, "flat:name")
        for node in (first, preposition, last):
            node.word = replace(node.word, upos="PROPN")


def _attach(node: Node, head: Node | None, deprel: str) -> None:
    if node.head is not None:
        node.head.children = [child for child in node.head.children if child is not node]
    node.head = head
    if head is not None:
        head.children = sorted([*head.children, node], key=lambda child: child.i)
    node.word = replace(node.word, deprel=deprel)
