"""Versions of articles: which is in force, and what is withdrawn."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+)*")


def upgrade() -> None:
    standings = op.create_table(
        "standings",
        sa.Column("article_id", sa.String(length=40), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("was_read", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_standings_article_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", name="pk_standings"),
    )
    op.create_table(
        "withdrawals",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("uri", sa.Text(), nullable=True),
        sa.Column("article_id", sa.String(length=40), nullable=True),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("dated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_person", sa.Boolean(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_withdrawals_article_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_withdrawals"),
    )
    op.create_index("ix_withdrawals_uri", "withdrawals", ["uri"])
    op.create_index("ix_withdrawals_article_id", "withdrawals", ["article_id"])
    # With the article in it, the index alone tells which names stand in articles in force.
    op.drop_index("ix_aliases_actor_id_form_uses", "aliases")
    op.create_index("ix_aliases_actor_id_form_uses_article_id", "aliases", ["actor_id", "form", "uses", "article_id"])
    rows = _standings()
    if rows:
        op.bulk_insert(standings, rows)


def downgrade() -> None:
    op.drop_index("ix_aliases_actor_id_form_uses_article_id", "aliases")
    op.create_index("ix_aliases_actor_id_form_uses", "aliases", ["actor_id", "form", "uses"])
    op.drop_table("withdrawals")
    op.drop_table("standings")


def _standings() -> list[dict[str, object]]:
    """A row for every stored article with a uri: in force is the newest version that was read."""
    articles = sa.table(
        "articles",
        *(sa.column(name) for name in ("id", "uri", "version", "status")),
        sa.column("dated_at", sa.DateTime(timezone=True)),
        sa.column("stored_at", sa.DateTime(timezone=True)),
    )
    claims = sa.table("claims", sa.column("article_id"))
    has_claims = sa.select(claims.c.article_id).where(claims.c.article_id == articles.c.id).exists()
    query = sa.select(
        articles.c.id,
        articles.c.uri,
        articles.c.version,
        articles.c.dated_at,
        articles.c.stored_at,
        sa.or_(articles.c.status == "done", has_claims),
    ).where(articles.c.uri.is_not(None))
    by_uri: defaultdict[str, list[tuple[str, str, datetime, datetime, bool]]] = defaultdict(list)
    for row_id, uri, version, dated_at, stored_at, was_read in op.get_bind().execute(query):
        by_uri[uri].append((row_id, version, dated_at, stored_at, bool(was_read)))
    rows: list[dict[str, object]] = []
    for versions in by_uri.values():
        by_number = all(_NUMBERS.fullmatch(version) for _, version, *_ in versions)
        versions.sort(
            key=lambda each: (
                tuple(map(int, each[1].split("."))) if by_number else (),
                _time(each[1], each[2]),
                each[3],
                each[0],
            )
        )
        current = max((place for place, each in enumerate(versions) if each[4]), default=len(versions) - 1)
        for place, (row_id, *_, was_read) in enumerate(versions):
            standing = "superseded" if place < current else "pending" if place > current else "in_force"
            rows.append({"article_id": row_id, "standing": standing, "was_read": was_read})
    return rows


def _time(version: str, dated_at: datetime) -> datetime:
    """The time that a version names, else that of publication, in UTC; SQLite gives the latter without a zone."""
    try:
        found = datetime.fromisoformat(version)
    except ValueError:
        found = dated_at
    try:
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return dated_at.replace(tzinfo=UTC)
