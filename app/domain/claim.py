"""Claims: what a source says, as the gold guidelines define it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.actor import Actor
from app.domain.identity import content_id
from app.domain.span import Span


class Act(StrEnum):
    """The speech act of a claim."""

    STATEMENT = "statement"
    OPINION = "opinion"
    ACCUSATION = "accusation"
    CRITICISM = "criticism"
    SUPPORT = "support"
    DEMAND = "demand"
    DENIAL = "denial"
    CONFIRMATION = "confirmation"
    ANNOUNCEMENT = "announcement"
    UNVERIFIED = "unverified"
    QUESTION = "question"


class Mode(StrEnum):
    """How the words are given: quoted, reported, or reported with quoted words in it."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class TargetRole(StrEnum):
    """How a claim is directed at its target."""

    ADDRESSEE = "addressee"
    ACCUSED = "accused"
    EVALUATED = "evaluated"
    ABOUT = "about"


class RelationKind(StrEnum):
    """How one claim bears on an earlier one."""

    DENIES = "denies"
    CONFIRMS = "confirms"
    UNVERIFIED = "unverified"
    SUPPORTS = "supports"
    REPEATS = "repeats"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Target:
    """A party the claim is directed at: ``actor`` is its ref in the extraction, ``mention`` where it stands.

    ``actor`` is ``None`` where the text does not tell who is meant: "hon" in a passage that names no woman. Such a
    target is found, but not stored: there is nobody to find it by.
    """

    role: TargetRole
    actor: str | None
    mention: Span | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """This claim bears on an earlier claim of the same article; ``claim`` is that claim's ``ref``."""

    kind: RelationKind
    claim: str
    rule: str
    mention: Span | None = None


@dataclass(frozen=True, slots=True)
class Confidence:
    """Calibrated probabilities in [0, 1] that the claim, and each of its fields, is right."""

    overall: float
    speaker: float
    content: float
    target: float
    act: float


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: speaker, cue, content, act, mode, targets, and the rules that found them.

    ``ref`` is unique within the extraction (``c1``, ``c2`` … in text order). ``speaker`` is the words as printed, and
    ``speakers`` the refs of the actors they mean (several for a coordination, none where the text names nobody).
    ``parent`` is the ref of the claim in whose content this one stands. ``evidence`` maps a step to the rule that fired
    there, for instance ``{"content": "ccomp-att", "speaker": "nsubj"}``, as pairs in step order. ``known_as`` is the
    stored id of a claim that a person has corrected: it keeps the id it had then, wherever its words are found now.
    """

    ref: str
    speaker: Span | None
    speakers: tuple[str, ...]
    cue: Span | None
    content: tuple[Span, ...]
    act: Act
    mode: Mode
    targets: tuple[Target, ...] = ()
    relations: tuple[Relation, ...] = ()
    parent: str | None = None
    evidence: tuple[tuple[str, str], ...] = ()
    confidence: Confidence | None = None
    known_as: str | None = None

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError(f"claim {self.ref} has no content")

    def id_in(self, article_id: str) -> str:
        """Content-hash id of this claim in the given article: its cue and content places, nothing that rules revise.

        A claim that a person has corrected keeps the id that it was ``known_as``.
        """
        if self.known_as is not None:
            return self.known_as
        cue = f"{self.cue.start}-{self.cue.end}" if self.cue else ""
        content = ",".join(f"{span.start}-{span.end}" for span in self.content)
        return content_id("clm", article_id, cue, content)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one article. Claims are in text order; their refs point to ``actors`` and ``claims``."""

    article_id: str
    claims: tuple[Claim, ...]
    actors: tuple[Actor, ...]

    def actor(self, ref: str) -> Actor:
        """The actor with that ref; raises ``KeyError`` when there is none."""
        for actor in self.actors:
            if actor.ref == ref:
                return actor
        raise KeyError(ref)
