"""A parsed text as a tree one can walk: nodes with heads, children and neighbours, numbered over the whole text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.domain.parse import ParsedText, Word


@dataclass(eq=False, slots=True)
class Node:
    """One word in its tree. ``i`` numbers the words of the whole text, ``sentence`` and ``paragraph`` count from 0."""

    i: int
    word: Word
    sentence: int
    paragraph: int
    lower: str
    head: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The word as printed."""
        return self.word.text

    @property
    def lemma(self) -> str:
        """The lemma the parser gave, in lower case."""
        return self.word.lemma.lower()

    @property
    def upos(self) -> str:
        """Universal part of speech."""
        return self.word.upos

    @property
    def deprel(self) -> str:
        """Universal dependency relation to the head, subtype included."""
        return self.word.deprel

    @property
    def rel(self) -> str:
        """The relation without its subtype: ``nsubj`` for ``nsubj:pass``."""
        return self.word.deprel.partition(":")[0]

    @property
    def start(self) -> int:
        """First code point in the submitted text."""
        return self.word.start

    @property
    def end(self) -> int:
        """One past the last code point in the submitted text."""
        return self.word.end

    def feat(self, name: str) -> str:
        """The value of a UD feature, or the empty string."""
        return self.word.feats.get(name, "")

    @property
    def is_word(self) -> bool:
        """Whether there is a letter or digit in it."""
        return any(character.isalnum() for character in self.word.text)

    def subtree(self) -> list[Node]:
        """The node and all its descendants, in text order."""
        found, stack = [], [self]
        while stack:
            node = stack.pop()
            found.append(node)
            stack.extend(node.children)
        return sorted(found, key=lambda node: node.i)

    def ancestors(self) -> Iterator[Node]:
        """Head, head of head, up to the root."""
        node = self.head
        while node is not None:
            yield node
            node = node.head

    def child(self, *relations: str) -> Node | None:
        """The first child with one of the relations (with or without subtype), or ``None``."""
        for node in self.children:
            if node.deprel in relations or node.rel in relations:
                return node
        return None


class Tree:
    """All nodes of a text, with its sentences and paragraphs as index ranges into ``nodes``."""

    def __init__(self, parsed: ParsedText) -> None:
        self.text = parsed.text
        self.parsed = parsed
        self.nodes: list[Node] = []
        self.sentences: list[range] = []
        self.paragraphs: list[range] = []
        for paragraph_number, paragraph in enumerate(parsed.paragraphs):
            paragraph_start = len(self.nodes)
            for sentence in paragraph.sentences:
                self._add_sentence(sentence.words, paragraph_number)
            self.paragraphs.append(range(paragraph_start, len(self.nodes)))

    def _add_sentence(self, words: tuple[Word, ...], paragraph: int) -> None:
        first, number = len(self.nodes), len(self.sentences)
        added = [Node(first + k, word, number, paragraph, word.text.lower()) for k, word in enumerate(words)]
        for node in added:
            if 0 <= node.word.head < len(added) and node.word.head != node.word.index:
                node.head = added[node.word.head]
                node.head.children.append(node)
        self.nodes.extend(added)
        self.sentences.append(range(first, len(self.nodes)))

    def sentence_of(self, node: Node) -> list[Node]:
        """The nodes of the sentence that ``node`` stands in."""
        return self.slice(self.sentences[node.sentence])

    def slice(self, indices: range) -> list[Node]:
        """The nodes with these indices."""
        return self.nodes[indices.start : indices.stop]

    def left(self, node: Node, steps: int = 1) -> Node | None:
        """The neighbour ``steps`` to the left in the same sentence, or ``None``."""
        i = node.i - steps
        return self.nodes[i] if i >= self.sentences[node.sentence].start else None

    def right(self, node: Node, steps: int = 1) -> Node | None:
        """The neighbour ``steps`` to the right in the same sentence, or ``None``."""
        i = node.i + steps
        return self.nodes[i] if i < self.sentences[node.sentence].stop else None

    def span(self, nodes: Iterable[Node]) -> Span | None:
        """The stretch from the first to the last of the nodes, or ``None`` when there are none."""
        found = list(nodes)
        if not found:
            return None
        return Span.cut(self.text, min(n.start for n in found), max(n.end for n in found))

    def between(self, start: int, end: int) -> list[Node]:
        """The nodes that lie wholly in ``[start, end)`` code points."""
        lo, hi = self._bisect(start), self._bisect(end)
        return [node for node in self.nodes[lo : hi + 1] if node.start >= start and node.end <= end]

    def _bisect(self, offset: int) -> int:
        low, high = 0, len(self.nodes)
        while low < high:
            middle = (low + high) // 2
            if self.nodes[middle].start < offset:
                low = middle + 1
            else:
                high = middle
        return low
