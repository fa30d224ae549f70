"""Which earlier claim is meant by its words: "påståendet om *regnen*", "uppgifterna om *antalet döda*"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.extraction.draft import Draft, Reading
    from app.parsing.tree import Node

_CONTRARY = 0.5
"""What a negation takes off a claim that shares words with a confirmation."""
_STEM = 4
"""Letters that make a word long enough to be told in a compound."""
_DEED = "ning"
_CONTENT_WORDS = frozenset({"NOUN", "PROPN", "VERB", "NUM", "ADJ"})


def closest(reading: Reading, nodes: list[Node], candidates: list[Draft], *, least: float = 0) -> list[Draft]:
    """The claim that shares most words with what is said of it ("påståendet om *regnen*"), the latest of equals.

    Who asks for a number ("antalet döda") means a claim that gives one.
    """
    numbers = any(node.lemma in reading.replies.quantities for node in nodes)
    shared = []
    for other in candidates:
        said = said_in(reading, other)
        figures = numbers and any(node.upos == "NUM" for node in said)
        same = len(same_words(nodes, said)) + figures
        # "bekräftar budet" is not about "Något bud har inte kommit in".
        contrary = any(node.lower in reading.grammar.negations for node in said)
        shared.append((same - _CONTRARY * bool(same and contrary), other.start, other))
    best = max(shared, key=lambda entry: entry[:2], default=None)
    return [best[2]] if best is not None and best[0] > 0 and best[0] >= least else []


def said_in(reading: Reading, draft: Draft) -> list[Node]:
    """The words of the content of a claim."""
    return [node for part in draft.content for node in reading.tree.between(*part)]


def same_words(mine: list[Node], theirs: list[Node]) -> set[str]:
    """The content words of ``mine`` that stand in ``theirs``, begin a compound there, or share their stem."""
    words = {node.lemma for node in theirs if node.upos in _CONTENT_WORDS}
    return {
        node.lemma for node in mine if node.upos in _CONTENT_WORDS and any(_akin(node.lemma, word) for word in words)
    }


def _akin(mine: str, theirs: str) -> bool:
    """ "regn" and "regnperiod", "döda" and "död": the shorter begins the longer, but for an ending of one letter."""
    shorter, longer = sorted((mine, theirs), key=len)
    stem = shorter if len(shorter) <= _STEM else shorter[:-1]
    if longer.endswith(_DEED) and longer.removesuffix(_DEED) == _single(shorter[:-1]):
        # "svimningarna" are of those who "svimmat".
        return True
    inflected = len(longer) - len(shorter) <= 1 and longer.startswith(shorter)
    if len(shorter) >= _STEM and longer.endswith(shorter) and shorter not in theirs[: len(shorter)]:
        # "klippet" is the "videoklipp".
        return True
    return inflected or (len(stem) >= _STEM - 1 and len(shorter) >= _STEM and longer.startswith(stem))


def _single(stem: str) -> str:
    """The stem of a verb with its last consonant once: "svimm" is "svim" before another one."""
    return stem[:-1] if stem[-1:] == stem[-2:-1] else stem
