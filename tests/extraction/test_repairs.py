"""Repairs of trees: whatever is hung where, a tree stays a tree."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.parse import Word
from app.extraction.repairs import attach
from app.parsing.tree import Node


def chain(heads: list[int]) -> list[Node]:
    """Nodes whose heads have these numbers; each is below an earlier one, the first is the root."""
    nodes = [
        Node(i, Word(i, "ord", "ord", "NOUN", head, "dep", 4 * i, 4 * i + 3), 0, 0, "ord")
        for i, head in enumerate(heads)
    ]
    for node in nodes[1:]:
        node.head = nodes[node.word.head]
        node.head.children.append(node)
    return nodes


@st.composite
def trees(draw: st.DrawFn) -> list[Node]:
    size = draw(st.integers(2, 8))
    return chain([-1, *(draw(st.integers(0, i - 1)) for i in range(1, size))])


@given(trees(), st.data())
def test_a_tree_stays_a_tree(nodes: list[Node], data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 6))):
        node, head = data.draw(st.sampled_from(nodes)), data.draw(st.sampled_from(nodes))
        attach(node, head, "dep")
        assert head is node or node.head is head
    for node in nodes:
        above: list[Node] = []
        for ancestor in node.ancestors():
            assert ancestor is not node
            assert len(above) < len(nodes)
            above.append(ancestor)
        assert [other for other in nodes if node in other.children] == ([node.head] if node.head else [])
    assert sum(node.head is None for node in nodes) == 1
