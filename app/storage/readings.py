"""What people corrected, and what the system read in those articles: kept, so that a correction can be taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import JSON, ForeignKey, Index, Integer, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.claim import Extraction
from app.domain.correction import Attribution, Correction, CorrectionKind, Field, Verdict
from app.storage.tables import ID, Base
from app.storage.upsert import insert_or_replace

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class CorrectionRow(Base):
    """A correction: what a person changed, when, why, and when it was undone. ``claim_id`` may name no stored claim."""

    __tablename__ = "corrections"
    __table_args__ = (Index(None, "article_id", "id"), Index(None, "claim_id", "id"), Index(None, "applied", "id"))

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    claim_id: Mapped[str] = mapped_column(ID)
    kind: Mapped[str] = mapped_column(Text)
    fields: Mapped[list[str]] = mapped_column(JSON)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    anchor: Mapped[dict[str, Any]] = mapped_column(JSON)
    verdict: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    author: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    reason: Mapped[str | None] = mapped_column(Text)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(Text)
    # Whether it fits a claim of the last reading of its article.
    applied: Mapped[bool]


class ReadingRow(Base):
    """What the system last read in an article that was ever corrected, before any correction, with stored actor ids."""

    __tablename__ = "readings"

    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    extraction: Mapped[dict[str, Any]] = mapped_column(JSON)
    actor_ids: Mapped[dict[str, Any]] = mapped_column(JSON)


def corrections_of(session: Session, article_ids: Collection[str]) -> dict[str, list[Correction]]:
    """The corrections of each of those articles that has any, oldest first, undone ones too."""
    query = select(CorrectionRow).where(CorrectionRow.article_id.in_(article_ids)).order_by(CorrectionRow.id)
    found: dict[str, list[Correction]] = {}
    for row in session.scalars(query.execution_options(populate_existing=True)):
        found.setdefault(row.article_id, []).append(correction_of(row))
    return found


def correction_of(row: CorrectionRow) -> Correction:
    """The correction that a row holds."""
    return Correction(
        id=row.id,
        article_id=row.article_id,
        claim_id=row.claim_id,
        kind=CorrectionKind(row.kind),
        fields=tuple(Field(field) for field in row.fields),
        before=_attribution(row.before),
        after=_attribution(row.after),
        anchor=_attributions().validate_python(row.anchor),
        author=row.author,
        at=row.at,
        reason=row.reason,
        verdict=Verdict(**row.verdict) if row.verdict else None,
        undone_at=row.undone_at,
        undone_by=row.undone_by,
        applied=row.applied,
    )


def attribution_document(attribution: Attribution) -> dict[str, Any]:
    """The attribution as JSON values."""
    return cast(dict[str, Any], _attributions().dump_python(attribution, mode="json"))


def keep_reading(session: Session, extraction: Extraction, actor_ids: Mapping[str, str]) -> None:
    """Keep what the system read in an article, instead of what it read there before."""
    document = _extractions().dump_python(extraction, mode="json")
    row = {"article_id": extraction.article_id, "extraction": document, "actor_ids": dict(actor_ids)}
    insert_or_replace(session, ReadingRow, [row], key="article_id")


def kept_reading(session: Session, article_id: str) -> tuple[Extraction, dict[str, str]] | None:
    """What the system read in that article, and the stored id of each actor; ``None`` where nothing was kept."""
    row = session.get(ReadingRow, article_id, populate_existing=True)
    if row is None:
        return None
    return _extractions().validate_python(row.extraction), dict(row.actor_ids)


def _attribution(document: dict[str, Any] | None) -> Attribution | None:
    return _attributions().validate_python(document) if document is not None else None


@cache
def _attributions() -> TypeAdapter[Attribution]:
    from pydantic import TypeAdapter

    return TypeAdapter(Attribution)


@cache
def _extractions() -> TypeAdapter[Extraction]:
    from pydantic import TypeAdapter

    return TypeAdapter(Extraction)
