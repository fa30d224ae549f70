"""Corrections: what a person says of a claim, beside what the system read. Nothing is rewritten, all can be undone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.actor import ActorKind
from app.domain.claim import Act, Claim, Extraction, Mode, TargetRole
from app.domain.span import Span

PERSON = "person"
"""The rule in a claim's evidence where a person decided the step."""

CHECK = "check"
"""The step in a claim's evidence that says that a person found the whole claim right, or wrote it."""


class CorrectionKind(StrEnum):
    """What a correction does. ``VERDICT`` judges whether what is claimed is true; the others, what was claimed."""

    EDIT = "edit"
    REJECT = "reject"
    CONFIRM = "confirm"
    ADD = "add"
    VERDICT = "verdict"


class Field(StrEnum):
    """What of a claim can be put right. The value is the step of the evidence, too."""

    SPEAKER = "speaker"
    CUE = "cue"
    CONTENT = "content"
    ACT = "act"
    MODE = "mode"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as a correction names it: its stored id, and what to call it where no article names it otherwise."""

    id: str
    name: str
    kind: ActorKind = ActorKind.UNKNOWN


@dataclass(frozen=True, slots=True)
class Aim:
    """A party that a claim is directed at, and the words that name it there."""

    role: TargetRole
    party: Party
    mention: Span | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what to whom, in which words: all of a claim that a person can put right."""

    speaker: Span | None
    speakers: tuple[Party, ...]
    cue: Span | None
    content: tuple[Span, ...]
    act: Act
    mode: Mode
    targets: tuple[Aim, ...] = ()

    def value(self, field: Field) -> object:
        """What is compared to tell whether the field differs: parties count by their ids."""
        if field is Field.SPEAKER:
            return self.speaker, tuple(party.id for party in self.speakers)
        if field is Field.TARGET:
            return tuple((aim.role, aim.party.id, aim.mention) for aim in self.targets)
        return {Field.CUE: self.cue, Field.CONTENT: self.content, Field.ACT: self.act, Field.MODE: self.mode}[field]

    def differs(self, other: Attribution) -> tuple[Field, ...]:
        """The fields in which the two differ."""
        return tuple(field for field in Field if self.value(field) != other.value(field))

    def setting(self, fields: Collection[Field], to: Attribution) -> Attribution:
        """The same with those fields as ``to`` has them."""
        return Attribution(
            speaker=to.speaker if Field.SPEAKER in fields else self.speaker,
            speakers=to.speakers if Field.SPEAKER in fields else self.speakers,
            cue=to.cue if Field.CUE in fields else self.cue,
            content=to.content if Field.CONTENT in fields else self.content,
            act=to.act if Field.ACT in fields else self.act,
            mode=to.mode if Field.MODE in fields else self.mode,
            targets=to.targets if Field.TARGET in fields else self.targets,
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a claim is true, in the words of whoever checked it: the rating, who gave it, where it is published."""

    rating: str
    by: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """The correction of an earlier version that one was carried over from, its claim and article, and when that was."""

    id: int
    claim_id: str
    article_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction of the claim with the id ``claim_id``; in force while ``undone_at`` is ``None``.

    ``fields`` are what it sets, to the values of ``after`` (all of them for ``CONFIRM`` and ``ADD``); ``before`` is
    the claim as it stood then, ``None`` where there was none. ``anchor`` is where the claim stood as the system read
    it: the place by which it is found again. ``applied`` is false for one in force that no longer fits any claim.
    One that was carried over from an earlier version has its author, time and reason; ``origin``, where it was asked
    for, says from which.
    """

    id: int
    article_id: str
    claim_id: str
    kind: CorrectionKind
    fields: tuple[Field, ...]
    before: Attribution | None
    after: Attribution | None
    anchor: Attribution
    author: str
    at: datetime
    reason: str | None = None
    verdict: Verdict | None = None
    undone_at: datetime | None = None
    undone_by: str | None = None
    applied: bool = True
    origin: Origin | None = None

    @property
    def in_force(self) -> bool:
        """Whether nobody has taken it back."""
        return self.undone_at is None


def attribution_of(claim: Claim, extraction: Extraction, actor_ids: dict[str, str]) -> Attribution:
    """Who says what to whom in a claim of that extraction; ``actor_ids`` gives the stored id of each actor's ref."""

    def party(ref: str) -> Party:
        actor = extraction.actor(ref)
        return Party(actor_ids[ref], actor.name, actor.kind)

    return Attribution(
        speaker=claim.speaker,
        speakers=tuple(party(ref) for ref in claim.speakers),
        cue=claim.cue,
        content=claim.content,
        act=claim.act,
        mode=claim.mode,
        targets=tuple(
            Aim(target.role, party(target.actor), target.mention)
            for target in claim.targets
            if target.actor is not None
        ),
    )
