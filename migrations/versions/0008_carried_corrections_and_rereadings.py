"""Corrections carried over from one version of an article to the next, and articles read anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "carried_corrections",
        sa.Column("article_id", sa.String(length=40), nullable=False),
        sa.Column("root_id", sa.Integer(), nullable=False),
        sa.Column("origin_id", sa.Integer(), nullable=False),
        sa.Column("correction_id", sa.Integer()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_carried_corrections_article_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["corrections.id"], name="fk_carried_corrections_root_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["origin_id"], ["corrections.id"], name="fk_carried_corrections_origin_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["correction_id"], ["corrections.id"], name="fk_carried_corrections_correction_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "root_id", name="pk_carried_corrections"),
    )
    op.create_index("ix_carried_corrections_correction_id", "carried_corrections", ["correction_id"], unique=True)
    op.create_table(
        "article_editions",
        sa.Column("article_id", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_editions_article_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_editions"),
    )
    op.create_index("ix_article_editions_edition", "article_editions", ["edition"])
    op.create_table(
        "rereadings",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_rereadings"),
    )
    op.create_index("ix_rereadings_asked_at_id", "rereadings", ["asked_at", "id"])
    op.create_table(
        "reread_articles",
        sa.Column("rereading_id", sa.String(length=40), nullable=False),
        sa.Column("article_id", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rereading_id"], ["rereadings.id"], name="fk_reread_articles_rereading_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_reread_articles_article_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("rereading_id", "article_id", name="pk_reread_articles"),
    )
    op.create_index(
        "ix_reread_articles_status_rereading_id_article_id",
        "reread_articles",
        ["status", "rereading_id", "article_id"],
    )
    op.create_index("ix_reread_articles_article_id_status", "reread_articles", ["article_id", "status"])


def downgrade() -> None:
    for table in ("reread_articles", "rereadings", "article_editions"):
        op.drop_table(table)
    op.drop_table("carried_corrections")
