"""Requests to correct a claim, made into what storage takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.api.caller import LOCAL, Caller
from app.api.schemas.correction import ClaimIn, CorrectionIn, NamingIn, PlaceIn, SpeakerIn, TargetIn
from app.domain.claim import Act, Mode
from app.domain.correction import Correction, Field, Verdict
from app.domain.record import ClaimRecord
from app.domain.span import Span
from app.errors import BadCorrection
from app.storage.corrections import confirm_claim, edit_claim, reject_claim, verdict_on
from app.storage.engine import Session
from app.storage.wishes import Aiming, Change, Naming, Place

_FIELDS = {
    "speaker": Field.SPEAKER,
    "cue": Field.CUE,
    "content": Field.CONTENT,
    "act": Field.ACT,
    "mode": Field.MODE,
    "targets": Field.TARGET,
}
# What a claim always has; the speaker and the words that mark it may be missing.
_NEEDED = ("speaker", "content", "act", "mode", "targets")


@dataclass(frozen=True, slots=True)
class Signed:
    """A correction and who makes it."""

    asked: CorrectionIn
    author: str


def author_of(caller: Caller, given: str | None) -> str:
    """Whom a change is signed by: the caller, or the name ``given`` where the service asks for no keys.

    Raises `BadCorrection` for a name beside a key.
    """
    if given is None or given == caller.name:
        return caller.name
    if caller != LOCAL:
        raise BadCorrection("author", f"with this key, changes are signed {caller.name}")
    return given.strip()


def correct(session: Session, claim: ClaimRecord, signed: Signed) -> Correction:
    """Do what is asked about a claim. Raises as `app.storage.corrections` does, and `BadCorrection` for fields that do
    not go with the kind.
    """
    asked = signed.asked
    given = [name for name in _FIELDS if name in asked.model_fields_set]
    if asked.kind != "edit" and given:
        raise BadCorrection(given[0], f"kind={asked.kind} sets no fields")
    if (asked.verdict is not None) != (asked.kind == "verdict"):
        raise BadCorrection("verdict", "a verdict goes with kind=verdict, and with nothing else")
    author, reason, revision = signed.author, asked.reason, asked.revision
    if asked.kind == "confirm":
        return confirm_claim(session, claim.id, author=author, reason=reason, revision=revision)
    if asked.kind == "reject":
        return reject_claim(session, claim.id, author=author, reason=reason, revision=revision)
    if asked.verdict is not None:
        verdict = Verdict(asked.verdict.rating.strip(), asked.verdict.by.strip(), asked.verdict.url)
        return verdict_on(session, claim.id, verdict, author=author, reason=reason, revision=revision)
    change = _change(asked, given, claim)
    return edit_claim(session, claim.id, change, author=author, reason=reason, revision=revision)


def written(asked: ClaimIn) -> Change:
    """The change that writes a whole claim."""
    return Change(
        fields=frozenset(Field),
        actors=_actors(asked.speaker),
        speaker=_place(asked.speaker.span),
        cue=_place(asked.cue),
        content=_places(asked.content),
        act=asked.act,
        mode=asked.mode,
        targets=_targets(asked.targets),
    )


def _change(asked: CorrectionIn, given: Sequence[str], claim: ClaimRecord) -> Change:
    if not given:
        raise BadCorrection("kind", "nothing is given to set")
    for name in given:
        if name in _NEEDED and getattr(asked, name) is None:
            raise BadCorrection(name, "a claim is not without it; leave it out to keep it")
    speaker = asked.speaker
    stays = speaker is not None and "span" not in speaker.model_fields_set
    return Change(
        fields=frozenset(_FIELDS[name] for name in given),
        actors=_actors(speaker) if speaker else (),
        speaker=_standing(claim.speaker) if stays else _place(speaker.span) if speaker else None,
        cue=_place(asked.cue),
        content=_places(asked.content or ()),
        act=asked.act or Act.STATEMENT,
        mode=asked.mode or Mode.INDIRECT,
        targets=_targets(asked.targets or ()),
    )


def _actors(speaker: SpeakerIn) -> tuple[Naming, ...]:
    return tuple(_naming(actor) for actor in speaker.actors)


def _naming(actor: NamingIn) -> Naming:
    return Naming(actor.id, actor.name, actor.kind)


def _targets(targets: Sequence[TargetIn]) -> tuple[Aiming, ...]:
    return tuple(Aiming(target.role, _naming(target.actor), _place(target.mention)) for target in targets)


def _places(places: Sequence[PlaceIn]) -> tuple[Place, ...]:
    return tuple(Place(place.start, place.end, place.text) for place in places)


def _place(place: PlaceIn | None) -> Place | None:
    return Place(place.start, place.end, place.text) if place else None


def _standing(span: Span | None) -> Place | None:
    return Place(span.start, span.end, span.text) if span else None
