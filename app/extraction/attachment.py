"""Hanging a word of a tree on another head, and several words together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.parsing.tree import Node


def attach(node: Node, head: Node | None, deprel: str) -> None:
    """Hang ``node`` on ``head`` (``None``: make it a root) with the relation, out of its former head's children.

    A ``head`` that hung below ``node`` takes its place first, so that the tree stays one.
    """
    if head is node:
        return
    if head is not None and node in head.ancestors():
        attach(head, node.head, node.word.deprel)
    if node.head is not None:
        node.head.children = [child for child in node.head.children if child is not node]
    node.head = head
    if head is not None:
        head.children = sorted([*head.children, node], key=lambda child: child.i)
    node.word = replace(node.word, deprel=deprel)


def join_name(words: list[Node], relation: str = "flat:name") -> None:
    """Make one name of the words, headed by the first, where the one among them hung that the others hang on."""
    top = next((word for word in words if word.head is None or word.head not in words), words[0])
    first = words[0]
    attach(first, top.head, top.word.deprel)
    for word in words:
        for child in [child for child in word.children if child not in words and word is not first]:
            attach(child, first, child.word.deprel)
    for word in words[1:]:
        attach(word, first, relation)
    for word in words:
        word.word = replace(word.word, upos="PROPN", feats={"Case": "Nom"})
