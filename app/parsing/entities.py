"""Named entities from the BIOES tags of words."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.parse import Entity, Word

_TYPES = {
    "PER": "PER",
    "PRS": "PER",
    "PERSON": "PER",
    "LOC": "LOC",
    "GPE": "LOC",
    "PLACE": "LOC",
    "ORG": "ORG",
    "INST": "ORG",
}
"""The entity types of the corpora that Stanza's models are trained on, as ours; every other type is MISC."""


def normal_tag(tag: str | None) -> str:
    """A BIOES tag with one of our types: ``S-person`` becomes ``S-PER``, no tag ``O``."""
    if not tag or tag[0] not in "BIES" or tag[1:2] != "-":
        return "O"
    return tag[:2] + _TYPES.get(tag[2:].upper(), "MISC")


def entities(words: Iterable[Word]) -> tuple[Entity, ...]:
    """The entities that the tags of a sentence's words mark, in order. The words of one token count once."""
    found: list[Entity] = []
    start = -1
    last: tuple[int, int] | None = None
    for word in words:
        if (word.start, word.end) == last:
            continue
        last = (word.start, word.end)
        if word.ner.startswith(("B-", "S-")):
            start = word.start
        if word.ner.startswith(("E-", "S-")) and start >= 0:
            found.append(Entity(start, word.end, word.ner[2:]))
            start = -1
    return tuple(found)
