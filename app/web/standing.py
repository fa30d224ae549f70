"""What a claim page says of corrections: what people changed, what the system had read, the form to put it right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import Request

from app.domain.claim import Act, Mode, TargetRole
from app.domain.correction import CHECK, PERSON, Correction
from app.domain.record import ActorRef, ClaimRecord
from app.storage.engine import Session
from app.storage.history import Standing, standing
from app.storage.settling import named_in
from app.web.forms import known_name
from app.web.placing import Option, as_lines, as_offsets

# One row for a target more than there are.
_MOST_TARGETS = 12
_NOTHING_YET = Standing(0, (), None, ())


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong with a form that was sent: message keys by field, the values as sent, what to put into messages,
    and the places to choose from for words that stand at several. ``about`` says which form of the page it was:
    ``claim``, ``verdict`` or ``undo``.
    """

    keys: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    detail: str = ""
    options: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    about: str = "claim"


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page needs to show and take corrections of one claim. ``fields`` are the values of the form."""

    standing: Standing
    corrected: tuple[str, ...]
    fields: Mapping[str, str]
    targets: tuple[int, ...]
    actors: tuple[ActorRef, ...]
    needs_name: bool
    faults: Faults

    @property
    def history(self) -> tuple[Correction, ...]:
        """The corrections, newest first."""
        return tuple(reversed(self.standing.history))

    @property
    def verdict(self) -> Correction | None:
        """The newest verdict in force on whether what is claimed is true."""
        return next((each for each in self.history if each.in_force and each.verdict is not None), None)


def desk(request: Request, session: Session, claim: ClaimRecord, faults: Faults | None = None) -> Desk:
    """The desk of a claim; after a form with faults, its fields hold what was sent."""
    faults = faults or Faults()
    known = standing(session, claim.id)
    targets = min(len(claim.targets) + 1, _MOST_TARGETS)
    return Desk(
        standing=known,
        corrected=tuple(step for step, rule in claim.evidence if rule == PERSON and step != CHECK),
        fields={**shown_fields(claim), "revision": str(known.revision), "reason": "", "author": "", **faults.values},
        targets=tuple(range(targets)),
        actors=named_in(session, claim.article_id),
        needs_name=known_name(request) is None,
        faults=faults,
    )


def blank_desk(request: Request, session: Session, article_id: str, faults: Faults | None = None) -> Desk:
    """The desk on which a claim is written that the system missed."""
    faults = faults or Faults()
    return Desk(
        standing=_NOTHING_YET,
        corrected=(),
        fields={**_BLANK, "revision": "", "reason": "", "author": "", **faults.values},
        targets=(0, 1),
        actors=named_in(session, article_id),
        needs_name=known_name(request) is None,
        faults=faults,
    )


def shown_fields(claim: ClaimRecord) -> dict[str, str]:
    """The values of the form for a claim as it stands: what comes back unchanged is not a correction."""
    named, cue = [claim.speaker] if claim.speaker else [], [claim.cue] if claim.cue else []
    fields = {
        "speaker": "; ".join(ref.name for ref in claim.speakers),
        "words": as_lines(named),
        "words-at": as_offsets(named),
        "said": as_lines(claim.content),
        "said-at": as_offsets(claim.content),
        "cue": as_lines(cue),
        "cue-at": as_offsets(cue),
        "act": claim.act.value,
        "mode": claim.mode.value,
    }
    for number in range(min(len(claim.targets) + 1, _MOST_TARGETS)):
        target = claim.targets[number] if number < len(claim.targets) else None
        fields[f"target-{number}"] = target.actor.name if target else ""
        fields[f"role-{number}"] = target.role.value if target else TargetRole.ABOUT.value
    return fields


_BLANK = {
    **dict.fromkeys(("speaker", "words", "words-at", "said", "said-at", "cue", "cue-at", "target-0", "target-1"), ""),
    "act": Act.STATEMENT.value,
    "mode": Mode.INDIRECT.value,
    "role-0": TargetRole.ABOUT.value,
    "role-1": TargetRole.ABOUT.value,
}
