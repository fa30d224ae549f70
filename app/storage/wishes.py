"""What a person asks to change in a claim, checked against the article's text and the actors that are known."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.actor import ActorKind
from app.domain.claim import Act, Mode, TargetRole
from app.domain.correction import Aim, Attribution, Field, Party
from app.domain.identity import content_id
from app.domain.span import Span
from app.errors import BadCorrection
from app.storage import names
from app.storage.tables import ActorRow, AliasRow

# How many of several actors of one name a fault lists.
_LISTED = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the article's text as somebody gives it; ``text``, where given, must stand there."""

    start: int
    end: int
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Naming:
    """An actor as somebody names it: by the ``id`` of a stored one, or by a ``name`` that may be new."""

    id: str | None = None
    name: str | None = None
    kind: ActorKind | None = None


@dataclass(frozen=True, slots=True)
class Aiming:
    """A target as somebody gives it."""

    role: TargetRole
    actor: Naming
    mention: Place | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody asks to set: the ``fields`` named, to these values.

    ``actors`` are who speaks, ``speaker`` the words that name them; ``Field.SPEAKER`` sets both.
    """

    fields: frozenset[Field]
    actors: tuple[Naming, ...] = ()
    speaker: Place | None = None
    cue: Place | None = None
    content: tuple[Place, ...] = ()
    act: Act = Act.STATEMENT
    mode: Mode = Mode.INDIRECT
    targets: tuple[Aiming, ...] = ()


def settled(session: Session, article_id: str, text: str, change: Change) -> Attribution:
    """The values of a change. Raises `BadCorrection` naming the field: a span outside the text, or of other words; an
    id that is no actor's; a name that several actors have; no content.
    """
    if Field.CONTENT in change.fields and not change.content:
        raise BadCorrection("content", "a claim needs at least one span of content")
    content = tuple(_span(text, place, f"content.{number}") for number, place in enumerate(change.content))
    for number, (one, other) in enumerate(pairwise(content), start=1):
        if other.start < one.end:
            raise BadCorrection(f"content.{number}", "the spans must stand in text order and not overlap")
    targets = []
    for number, aiming in enumerate(change.targets):
        party = _party(session, article_id, aiming.actor, f"targets.{number}.actor")
        targets.append(Aim(aiming.role, party, _maybe(text, aiming.mention, f"targets.{number}.mention")))
    parties = [
        _party(session, article_id, naming, f"speaker.actors.{number}") for number, naming in enumerate(change.actors)
    ]
    return Attribution(
        speaker=_maybe(text, change.speaker, "speaker.span"),
        speakers=tuple({party.id: party for party in parties}.values()),
        cue=_maybe(text, change.cue, "cue"),
        content=content,
        act=change.act,
        mode=change.mode,
        targets=tuple(targets),
    )


def _maybe(text: str, place: Place | None, field: str) -> Span | None:
    return None if place is None else _span(text, place, field)


def _span(text: str, place: Place, field: str) -> Span:
    where = f"{place.start}-{place.end}"
    if not 0 <= place.start < place.end:
        raise BadCorrection(field, f"the span {where} is empty or begins before the text")
    if place.end > len(text):
        raise BadCorrection(field, f"the span {where} runs past the text, which has {len(text)} characters")
    span = Span.cut(text, place.start, place.end)
    if place.text is not None and place.text != span.text:
        raise BadCorrection(field, f"at {where} stands {_shown(span.text)}, not {_shown(place.text)}")
    if not any(char.isalnum() for char in span.text):
        raise BadCorrection(field, f"there are no words at {where}")
    return span


def _shown(words: str, longest: int = 60) -> str:
    return f"“{words}”" if len(words) <= longest else f"“{words[:longest]}…”"


def _party(session: Session, article_id: str, naming: Naming, field: str) -> Party:
    if (naming.id is None) == (naming.name is None):
        raise BadCorrection(field, "give the id of an actor or a name, one of the two")
    if naming.id is not None:
        return _by_id(session, article_id, naming.id, field)
    name = " ".join((naming.name or "").split())
    folded = names.fold(name)
    if "\0" in name or not any(char.isalnum() for char in folded):
        raise BadCorrection(field, "there is no name", "name")
    here = _called(session, folded, article_id)
    everywhere = here or _called(session, folded, None)
    if len(everywhere) > 1:
        ids = ", ".join(f"{party.id} ({party.name})" for party in everywhere[:_LISTED])
        raise BadCorrection(field, f"several actors are called {name!r}; give the id of one: {ids}", "several", ids)
    if everywhere:
        return everywhere[0]
    # A new actor is one of this article: whether it is somebody known elsewhere too is for people to judge.
    return Party(content_id("act", "named by a person", article_id, folded), name, naming.kind or ActorKind.UNKNOWN)


def _by_id(session: Session, article_id: str, actor_id: str, field: str) -> Party:
    canonical_id = session.scalar(select(ActorRow.canonical_id).where(ActorRow.id == actor_id))
    if canonical_id is None:
        raise BadCorrection(field, f"no actor {actor_id}", "actor", actor_id)
    own = set(session.scalars(select(ActorRow.id).where(ActorRow.canonical_id == canonical_id)))
    here = set(
        session.scalars(select(AliasRow.actor_id).where(AliasRow.article_id == article_id, AliasRow.actor_id.in_(own)))
    )
    # Under whichever row the article has it, so that taking a merge back leaves the claim where it was.
    chosen = actor_id if actor_id in here or not here else min(here)
    return _parties(session, [chosen])[0]


def _called(session: Session, folded: str, article_id: str | None) -> list[Party]:
    """Who is printed so, in that article or anywhere: one actor for all that are merged."""
    query = (
        select(AliasRow.actor_id, ActorRow.canonical_id)
        .join(ActorRow, ActorRow.id == AliasRow.actor_id)
        .where(AliasRow.folded == folded)
        .order_by(ActorRow.canonical_id, AliasRow.actor_id)
    )
    if article_id is not None:
        query = query.where(AliasRow.article_id == article_id)
    chosen: dict[str, str] = {}
    for actor_id, canonical_id in session.execute(query.distinct()):
        # Elsewhere the canonical actor stands for all of its rows.
        chosen.setdefault(canonical_id, actor_id if article_id is not None else canonical_id)
    return _parties(session, chosen.values())


def _parties(session: Session, actor_ids: Collection[str]) -> list[Party]:
    query = select(ActorRow.id, ActorRow.name, ActorRow.kind).where(ActorRow.id.in_(actor_ids)).order_by(ActorRow.id)
    return [Party(actor_id, name, ActorKind(kind)) for actor_id, name, kind in session.execute(query)]
