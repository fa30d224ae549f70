"""Annotated claims as the scorer sees them: the gold files, and what the system found, in one form."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.formats.score import scored_document

if TYPE_CHECKING:
    from app.domain.claim import Extraction

GOLD = Path(__file__).parent / "gold"

SETS: Mapping[str, tuple[str, ...]] = {
    "seed": ("seed.json",),
    "dev_articles": ("dev_articles.json",),
    "dev_sentences": ("dev_sentences.json",),
    "own_articles": ("own_articles.json", *(f"own_articles_{part}.json" for part in range(2, 19))),
    "own_passages": ("own_passages.json",),
    "own_sentences": ("own_sentences.json",),
}
"""The sets that are looked at while the rules are written."""

HELD_OUT: Mapping[str, tuple[str, ...]] = {
    "held_out_articles": ("held_out_articles.json", *(f"held_out_articles_{part}.json" for part in range(2, 8))),
    "held_out_passages": ("held_out_passages.json",),
    "held_out_sentences": ("held_out_sentences.json", "held_out_sentences_2.json"),
}
"""The sets that nobody looks at until the end; they are only read when they are asked for by name."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch ``[start, end)`` of a text, in code points."""

    start: int
    end: int

    def overlaps(self, other: Place) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Aim:
    """A target: a party (``entity``, ``mention``), or with role ``claim`` the id of an earlier claim."""

    role: str
    entity: str | None = None
    mention: Place | None = None
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """One claim. ``acts`` holds the one act of the system, or all that are right. ``entities``: who speaks, by name."""

    id: str
    speaker: Place | None
    entities: tuple[str, ...] | None
    cue: Place | None
    content: tuple[Place, ...]
    acts: tuple[str, ...]
    mode: str
    targets: tuple[Aim, ...] = ()
    parent: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A text and the claims annotated in it."""

    doc_id: str
    text: str
    claims: tuple[Annotation, ...]

    def printed(self, place: Place | None) -> str:
        """The words at a place, ``-`` for none."""
        return self.text[place.start : place.end] if place else "-"


def gold_documents(name: str) -> list[Document]:
    """The documents of a gold set, named as in ``SETS`` or ``HELD_OUT``, or by the path of a ``.json`` file of its own.

    Raises ``KeyError`` for another name.
    """
    if name.endswith(".json"):
        return [document_of(raw) for raw in json.loads(Path(name).read_text("utf-8"))]
    files = {**SETS, **HELD_OUT}[name]
    return [document_of(raw) for file in files for raw in json.loads((GOLD / file).read_text("utf-8"))]


def document_of(raw: Mapping[str, Any]) -> Document:
    """A document as the gold files write it."""
    return Document(raw["doc_id"], raw["text"], tuple(annotation_of(claim) for claim in raw["claims"]))


def system_claims(doc_id: str, extraction: Extraction) -> tuple[Annotation, ...]:
    """What the system found, exactly as ``sagesman extract --format score`` would print it."""
    return tuple(annotation_of(claim) for claim in scored_document(doc_id, extraction)["claims"])


def annotation_of(raw: Mapping[str, Any]) -> Annotation:
    """A claim as gold and system files write it: the system gives one act, and need not say ``optional``."""
    act = raw.get("act") or ()
    entity = raw.get("speaker_entity")
    return Annotation(
        id=raw["id"],
        speaker=_place(raw.get("speaker")),
        entities=None if entity is None else tuple([entity] if isinstance(entity, str) else entity),
        cue=_place(raw.get("cue")),
        content=tuple(Place(part["start"], part["end"]) for part in raw.get("content") or ()),
        acts=(act,) if isinstance(act, str) else tuple(act),
        mode=raw.get("mode") or "",
        targets=tuple(_aims(raw.get("targets") or ())),
        parent=raw.get("parent"),
        optional=bool(raw.get("optional")),
    )


def _aims(raw: Sequence[Mapping[str, Any]]) -> list[Aim]:
    return [Aim(aim["role"], aim.get("entity"), _place(aim.get("mention")), aim.get("claim")) for aim in raw]


def _place(raw: Mapping[str, Any] | None) -> Place | None:
    return Place(raw["start"], raw["end"]) if raw else None
