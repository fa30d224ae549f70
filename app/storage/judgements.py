"""What people decide about actors: the same, or different. Rows that can be undone; nothing is ever rewritten.

``actors.canonical_id`` follows from the judgements in force: actors joined by ``same`` have one canonical actor, the
one with the longest name (the smallest id among equals), whatever the order in which they were judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from app.errors import Conflict, InputError, NotFound
from app.storage.folding import fold_speakers
from app.storage.tables import ActorRow, MergeRow
from app.storage.upsert import serialize

RESOLVER = "resolver"
"""The author of judgements that no person made: they yield to those of people."""


class Judgement(StrEnum):
    """Whether two actors are one; ``UNSURE`` asks people to say."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class JudgementRecord:
    """A stored judgement; in force while ``undone_at`` is ``None``."""

    id: int
    left_actor: str
    right_actor: str
    judgement: Judgement
    author: str
    at: datetime
    reason: str | None
    undone_at: datetime | None
    undone_by: str | None


def judge(
    session: Session, left: str, right: str, judgement: Judgement, *, author: str, reason: str | None = None
) -> JudgementRecord:
    """Note that ``author`` holds the actors ``left`` and ``right`` to be the same or different.

    The same judgement of the same pair, in force already, is given back as it stands. What the resolver held of the
    pair is taken back where a person judges otherwise. Raises `NotFound` when an actor
    is unknown, `InputError` when both are one id, `Conflict` when a judgement in force says the opposite, directly or
    through other actors: undo that one first.
    """
    if left == right:
        raise InputError(f"actor {left} cannot be judged against itself")
    # One judgement at a time: two at once could close a chain that neither of them sees.
    serialize(session, "judgements")
    for actor_id in (left, right):
        if session.get(ActorRow, actor_id) is None:
            raise NotFound(f"no actor {actor_id}")
    left, right = sorted((left, right))
    pair = (MergeRow.left_actor == left, MergeRow.right_actor == right, MergeRow.judgement == judgement.value)
    known = session.scalar(select(MergeRow).where(*pair, MergeRow.undone_at.is_(None)))
    if known is not None:
        return record_of(known)
    if author != RESOLVER:
        _overrule(session, left, right, author)
    if judgement is not Judgement.UNSURE:
        _check_consistent(session, left, right, judgement)
    row = MergeRow(
        left_actor=left,
        right_actor=right,
        judgement=judgement.value,
        author=author,
        at=datetime.now(UTC),
        reason=reason,
    )
    session.add(row)
    session.flush()
    if judgement is Judgement.SAME:
        _recompute(session, {left, right})
    return record_of(row)


def merge(session: Session, left: str, right: str, *, author: str, reason: str | None = None) -> JudgementRecord:
    """Judge two actors to be the same; see `judge`."""
    return judge(session, left, right, Judgement.SAME, author=author, reason=reason)


def undo(session: Session, judgement_id: int, *, author: str) -> JudgementRecord:
    """Take a judgement back; what it joined is apart again unless other judgements join it. Undoing twice is once.

    Raises `NotFound` when there is no such judgement.
    """
    serialize(session, "judgements")
    row = session.get(MergeRow, judgement_id, populate_existing=True)
    if row is None:
        raise NotFound(f"no judgement {judgement_id}")
    if row.undone_at is None:
        before = _cluster(session, {row.left_actor, row.right_actor})
        row.undone_at = datetime.now(UTC)
        row.undone_by = author
        session.flush()
        if row.judgement == Judgement.SAME.value:
            _recompute(session, before)
    return record_of(row)


def judgements(session: Session, actor_id: str) -> tuple[JudgementRecord, ...]:
    """Every judgement on the actor or on one merged with it, undone ones too, oldest first."""
    cluster = _cluster(session, {actor_id})
    touching = or_(MergeRow.left_actor.in_(cluster), MergeRow.right_actor.in_(cluster))
    rows = session.scalars(select(MergeRow).where(touching).order_by(MergeRow.id))
    return tuple(record_of(row) for row in rows)


def _overrule(session: Session, left: str, right: str, author: str) -> None:
    held = select(MergeRow.id).where(
        MergeRow.left_actor == left,
        MergeRow.right_actor == right,
        MergeRow.author == RESOLVER,
        MergeRow.undone_at.is_(None),
    )
    for judgement_id in session.scalars(held).all():
        undo(session, judgement_id, author=author)


def _check_consistent(session: Session, left: str, right: str, judgement: Judgement) -> None:
    one, other = _cluster(session, {left}), _cluster(session, {right})
    if judgement is Judgement.DIFFERENT:
        if right in one:
            raise Conflict(f"actors {left} and {right} are merged: undo the merge before judging them different")
        return
    across = or_(
        MergeRow.left_actor.in_(one) & MergeRow.right_actor.in_(other),
        MergeRow.left_actor.in_(other) & MergeRow.right_actor.in_(one),
    )
    apart = select(MergeRow.id).where(
        across, MergeRow.judgement == Judgement.DIFFERENT.value, MergeRow.undone_at.is_(None)
    )
    against = session.scalar(apart.limit(1))
    if against is not None:
        raise Conflict(f"judgement {against} holds actors {left} and {right} apart: undo it before merging them")


def _links(session: Session, actor_ids: set[str]) -> Sequence[tuple[str, str]]:
    query = select(MergeRow.left_actor, MergeRow.right_actor).where(
        or_(MergeRow.left_actor.in_(actor_ids), MergeRow.right_actor.in_(actor_ids)),
        MergeRow.judgement == Judgement.SAME.value,
        MergeRow.undone_at.is_(None),
    )
    return [(left, right) for left, right in session.execute(query)]


def _cluster(session: Session, actor_ids: set[str]) -> set[str]:
    """``actor_ids`` and everybody whom judgements in force join to one of them."""
    found, frontier = set(actor_ids), set(actor_ids)
    while frontier:
        frontier = {actor_id for link in _links(session, frontier) for actor_id in link} - found
        found |= frontier
    return found


def _recompute(session: Session, actor_ids: set[str]) -> None:
    """Give every actor joined to one of ``actor_ids``, and those themselves, its canonical actor anew."""
    left, changed = set(actor_ids), set[str]()
    while left:
        cluster = _cluster(session, {min(left)})
        left -= cluster
        rows = session.execute(select(ActorRow.id, ActorRow.name).where(ActorRow.id.in_(cluster)))
        canonical_id = min((-len(name), actor_id) for actor_id, name in rows)[1]
        other = (ActorRow.id.in_(cluster), ActorRow.canonical_id != canonical_id)
        changed.update(session.scalars(select(ActorRow.id).where(*other)))
        session.execute(update(ActorRow).where(*other).values(canonical_id=canonical_id))
    fold_speakers(session, changed)


def record_of(row: MergeRow) -> JudgementRecord:
    """The judgement that a row holds."""
    return JudgementRecord(
        id=row.id,
        left_actor=row.left_actor,
        right_actor=row.right_actor,
        judgement=Judgement(row.judgement),
        author=row.author,
        at=row.at,
        reason=row.reason,
        undone_at=row.undone_at,
        undone_by=row.undone_by,
    )
