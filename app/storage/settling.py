"""Settling who is who: actors taken apart that were joined, and the names of those that judgements are about."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.actor import ActorKind
from app.domain.record import ActorRef
from app.errors import NotFound
from app.storage.judgements import Judgement, JudgementRecord, judge, record_of, undo
from app.storage.records import Canonical, Named
from app.storage.tables import ActorRow, AliasRow, MergeRow
from app.storage.upsert import serialize


def split(session: Session, left: str, right: str, *, author: str, reason: str | None = None) -> JudgementRecord:
    """Take back whatever joined the two directly, and note that they are different.

    Raises as `judge` does: `Conflict` where they are still one through other actors.
    """
    serialize(session, "judgements")
    one, other = sorted((left, right))
    joined = select(MergeRow.id).where(
        MergeRow.left_actor == one,
        MergeRow.right_actor == other,
        MergeRow.judgement == Judgement.SAME.value,
        MergeRow.undone_at.is_(None),
    )
    for judgement_id in session.scalars(joined).all():
        undo(session, judgement_id, author=author)
    return judge(session, left, right, Judgement.DIFFERENT, author=author, reason=reason)


def get_judgement(session: Session, judgement_id: int) -> JudgementRecord:
    """The judgement with that id; raises `NotFound`."""
    row = session.get(MergeRow, judgement_id, populate_existing=True)
    if row is None:
        raise NotFound(f"no judgement {judgement_id}")
    return record_of(row)


def named(session: Session, actor_ids: Iterable[str]) -> dict[str, ActorRef]:
    """Those actors under their own names, merged or not, by id."""
    query = select(ActorRow.id, ActorRow.name, ActorRow.kind).where(ActorRow.id.in_(set(actor_ids)))
    return {actor_id: ActorRef(actor_id, name, ActorKind(kind)) for actor_id, name, kind in session.execute(query)}


def named_in(session: Session, article_id: str) -> tuple[ActorRef, ...]:
    """Everybody whom an article names, merged actors as one, by name."""
    query = (
        select(Canonical.id, Canonical.name, Canonical.kind)
        .select_from(AliasRow)
        .join(Named, Named.id == AliasRow.actor_id)
        .join(Canonical, Canonical.id == Named.canonical_id)
        .where(AliasRow.article_id == article_id)
        .distinct()
        .order_by(Canonical.name, Canonical.id)
    )
    return tuple(ActorRef(actor_id, name, ActorKind(kind)) for actor_id, name, kind in session.execute(query))
