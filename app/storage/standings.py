"""Where articles stand among their versions: the rows that say so, and the conditions every listing asks them by.

A row of its own for each article that has a ``uri`` or was withdrawn; an article without one is in force. The rows are
small, so that a listing looks one up for each claim it walks past without reading on beyond an article's text.
`app.storage.versions` writes them.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, ForeignKey, String, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from app.domain.version import Standing
from app.storage.tables import ID, Base


class StandingRow(Base):
    """Where a version of an article stands (`Standing`). ``was_read`` stays once its claims were found."""

    __tablename__ = "standings"

    article_id: Mapped[str] = mapped_column(ID, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    standing: Mapped[str] = mapped_column(String(16))
    was_read: Mapped[bool]


def hidden(session: Session, article_ids: Collection[str]) -> set[str]:
    """Which of these articles are not in force."""
    query = select(StandingRow.article_id).where(
        StandingRow.article_id.in_(article_ids), StandingRow.standing != Standing.IN_FORCE.value
    )
    return set(session.scalars(query))


def in_force(article_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether the article in that column is in force: the condition of every listing, count and picture."""
    return ~_stands(article_id, Standing.PENDING, Standing.SUPERSEDED, Standing.WITHDRAWN)


def unsuperseded(article_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether the article is in force or on its way there: what lists of articles show."""
    return ~_stands(article_id, Standing.SUPERSEDED, Standing.WITHDRAWN)


def not_withdrawn(article_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether anybody may see the article: the condition where its id or that of a claim is given."""
    return ~_stands(article_id, Standing.WITHDRAWN)


def _stands(article_id: InstrumentedAttribute[str], *where: Standing) -> ColumnElement[bool]:
    row = select(StandingRow.article_id).where(
        StandingRow.article_id == article_id, StandingRow.standing.in_([each.value for each in where])
    )
    return row.exists()
