"""Corrections as people word them at a form or a prompt: names and words, no ids and offsets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.claim import Act, Mode, TargetRole
from app.domain.correction import Field
from app.domain.places import nearest
from app.domain.record import ClaimRecord
from app.errors import BadCorrection
from app.storage.wishes import Aiming, Change, Naming, Place

_ID = "act_"


@dataclass(frozen=True, slots=True)
class Worded:
    """What somebody wants a claim to say; ``None`` leaves a field as it is.

    ``speaker`` is a name or an id, several with semicolons between them, empty for a source that is not named;
    ``words`` are those that name the speaker in the text, empty for none, and ``named_at`` their place where it is
    known. ``cue`` and ``content`` are places, in text order; an empty ``cue`` is none. ``targets`` are roles and names.
    """

    speaker: str | None = None
    words: str | None = None
    act: Act | None = None
    mode: Mode | None = None
    targets: Sequence[tuple[TargetRole, str]] | None = None
    named_at: Sequence[Place] | None = None
    cue: Sequence[Place] | None = None
    content: Sequence[Place] | None = None


def naming(name: str) -> Naming:
    """An actor by its id where it looks like one, else by its name."""
    return Naming(id=name.strip()) if name.strip().startswith(_ID) else Naming(name=name)


def worded_change(text: str, claim: ClaimRecord, asked: Worded) -> Change:
    """The change that sets all that is asked for. Words are looked for in the article's ``text``, nearest the claim.

    Raises `BadCorrection` for words that do not stand there. Names are looked up when the change is made.
    """
    fields = set()
    near = (claim.speaker or claim.cue or claim.content[0]).start
    actors = tuple(Naming(id=ref.id) for ref in claim.speakers)
    place = Place(claim.speaker.start, claim.speaker.end) if claim.speaker else None
    if asked.speaker is not None:
        fields.add(Field.SPEAKER)
        given = {ref.name: Naming(id=ref.id) for ref in claim.speakers}
        names = [name.strip() for name in asked.speaker.split(";") if name.strip()]
        actors = tuple(given.get(name, naming(name)) for name in names)
    if asked.named_at is not None:
        fields.add(Field.SPEAKER)
        place = next(iter(asked.named_at), None)
    elif asked.words is not None:
        fields.add(Field.SPEAKER)
        place = _place(text, asked.words, near, "speaker.span") if asked.words.strip() else None
    if asked.act is not None:
        fields.add(Field.ACT)
    if asked.mode is not None:
        fields.add(Field.MODE)
    targets: list[Aiming] = []
    if asked.targets is not None:
        fields.add(Field.TARGET)
        targets = [_aiming(text, claim, claim.content[0].start, role, name) for role, name in asked.targets]
    fields |= {Field.CUE} if asked.cue is not None else set()
    fields |= {Field.CONTENT} if asked.content is not None else set()
    return Change(
        frozenset(fields),
        actors=actors,
        speaker=place,
        cue=next(iter(asked.cue or ()), None),
        content=tuple(asked.content or ()),
        act=asked.act or claim.act,
        mode=asked.mode or claim.mode,
        targets=tuple(targets),
    )


def worded_claim(text: str, asked: Worded) -> Change:
    """The change that writes a whole claim of that article, as `worded_change` reads it; it needs ``content``."""
    names = [name.strip() for name in (asked.speaker or "").split(";") if name.strip()]
    content = tuple(asked.content or ())
    near = content[0].start if content else 0
    return Change(
        frozenset(Field),
        actors=tuple(map(naming, names)),
        speaker=next(iter(asked.named_at or ()), None),
        cue=next(iter(asked.cue or ()), None),
        content=content,
        act=asked.act or Act.STATEMENT,
        mode=asked.mode or Mode.INDIRECT,
        targets=tuple(_aiming(text, None, near, role, name) for role, name in asked.targets or ()),
    )


def _aiming(text: str, claim: ClaimRecord | None, near: int, role: TargetRole, name: str) -> Aiming:
    """A target; one that the claim has keeps the words that name it, another takes the nearest that do."""
    for target in claim.targets if claim else ():
        if name in (target.actor.id, target.actor.name):
            mention = Place(target.mention.start, target.mention.end) if target.mention else None
            return Aiming(role, Naming(id=target.actor.id), mention)
    found = nearest(text, name, near)
    return Aiming(role, naming(name), Place(found.start, found.end) if found else None)


def _place(text: str, words: str, near: int, field: str) -> Place:
    found = nearest(text, words, near)
    if found is None:
        raise BadCorrection(field, f"“{words.strip()}” does not stand in the article", "words", words.strip())
    return Place(found.start, found.end)
