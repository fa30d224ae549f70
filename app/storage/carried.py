"""Which corrections were carried over from one version of an article to the next, and which could not be."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from app.domain.correction import Correction, Origin
from app.storage.readings import CorrectionRow, correction_of
from app.storage.tables import Base


class CarriedRow(Base):
    """A correction of an earlier version, as far as this article is concerned.

    ``origin_id`` is the correction there, ``root_id`` the one that a person made, over however many versions it came;
    ``correction_id`` is the one of this article that it became, empty where it could not be carried over.
    """

    __tablename__ = "carried_corrections"
    __table_args__ = (Index(None, "correction_id", unique=True),)

    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("corrections.id", ondelete="CASCADE"), primary_key=True)
    origin_id: Mapped[int] = mapped_column(ForeignKey("corrections.id", ondelete="CASCADE"))
    correction_id: Mapped[int | None] = mapped_column(ForeignKey("corrections.id", ondelete="CASCADE"))
    at: Mapped[datetime]


def with_origins(session: Session, corrections: Sequence[Correction]) -> list[Correction]:
    """The corrections, each that was carried over with where it came from."""
    origin = aliased(CorrectionRow)
    query = (
        select(CarriedRow.correction_id, CarriedRow.at, origin.id, origin.claim_id, origin.article_id)
        .join(origin, origin.id == CarriedRow.origin_id)
        .where(CarriedRow.correction_id.in_([each.id for each in corrections]))
    )
    found = {
        correction_id: Origin(origin_id, claim_id, article_id, at)
        for correction_id, at, origin_id, claim_id, article_id in session.execute(query)
    }
    return [replace(each, origin=found.get(each.id)) for each in corrections]


def not_carried(session: Session, article_id: str) -> tuple[Correction, ...]:
    """Corrections in force of earlier versions that do not fit what this version says, oldest first."""
    query = (
        select(CorrectionRow)
        .join(CarriedRow, CarriedRow.origin_id == CorrectionRow.id)
        .where(CarriedRow.article_id == article_id, CarriedRow.correction_id.is_(None))
        .where(CorrectionRow.undone_at.is_(None))
        .order_by(CorrectionRow.id)
        .execution_options(populate_existing=True)
    )
    return tuple(correction_of(row) for row in session.scalars(query))


def roots(session: Session, correction_ids: Collection[int]) -> dict[int, int]:
    """For those corrections that were carried over, the one that a person made."""
    query = select(CarriedRow.correction_id, CarriedRow.root_id).where(CarriedRow.correction_id.in_(correction_ids))
    return {correction_id: root_id for correction_id, root_id in session.execute(query) if correction_id is not None}


def known_roots(session: Session, article_id: str) -> dict[int, bool]:
    """What was tried to carry over to that article, by the root: whether it could be."""
    query = select(CarriedRow.root_id, CarriedRow.correction_id).where(CarriedRow.article_id == article_id)
    return {root_id: correction_id is not None for root_id, correction_id in session.execute(query)}
