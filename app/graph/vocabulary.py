"""The words of the graph: node types, edge kinds, and what an edge of each kind runs from and to."""

from __future__ import annotations

from enum import StrEnum

from app.domain.claim import RelationKind


class NodeType(StrEnum):
    """Value of the node attribute ``type``."""

    ACTOR = "actor"
    CLAIM = "claim"
    ARTICLE = "article"


class EdgeKind(StrEnum):
    """Value of the edge attribute ``kind``; each edge reads as a sentence from its source to its target."""

    SAID = "said"
    """actor -> claim: the actor is a speaker of the claim."""
    TARGETS = "targets"
    """claim -> actor: the claim is directed at the actor; edge attribute ``role`` says how."""
    DENIES = "denies"
    """claim -> claim: the first rejects the second."""
    CONFIRMS = "confirms"
    """claim -> claim: the first says that the second is so."""
    SUPPORTS = "supports"
    """claim -> claim: the first backs the second."""
    REPEATS = "repeats"
    """claim -> claim: the first says the second again."""
    ANSWERS = "answers"
    """claim -> claim: the first answers the second."""
    UNVERIFIED_BY = "unverified_by"
    """claim -> claim: the first could not be verified, as the second says. The actor who could not verify it is the
    speaker of the second. It runs against the stored relation (which goes from the later claim to the earlier one)
    so that it reads as its name says."""
    SPEAKS_FOR = "speaks_for"
    """actor -> actor: the first speaks for the second."""
    REPORTED_IN = "reported_in"
    """claim -> article: the article reports the claim."""
    PART_OF = "part_of"
    """claim -> claim: the first stands inside the content of the second (A says that B says)."""


RELATION_EDGES: dict[RelationKind, EdgeKind] = {
    RelationKind.DENIES: EdgeKind.DENIES,
    RelationKind.CONFIRMS: EdgeKind.CONFIRMS,
    RelationKind.SUPPORTS: EdgeKind.SUPPORTS,
    RelationKind.REPEATS: EdgeKind.REPEATS,
    RelationKind.ANSWERS: EdgeKind.ANSWERS,
    RelationKind.UNVERIFIED: EdgeKind.UNVERIFIED_BY,
}
