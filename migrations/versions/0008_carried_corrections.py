"""Corrections carried over from one version of an article to the next."""

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


def downgrade() -> None:
    op.drop_table("carried_corrections")
