"""Claims that several papers printed: where copies of a text are found, and which report of a claim leads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_LEADING = "leading_id VARCHAR(40) CONSTRAINT fk_claims_leading_id REFERENCES claims (id) ON DELETE SET NULL"


def upgrade() -> None:
    op.add_column("claims", sa.Column("words_key", sa.BigInteger()))
    # Both databases add a column with its reference in place; batch mode would copy the table and drop its triggers.
    op.execute(f"ALTER TABLE claims ADD COLUMN {_LEADING}")
    op.create_index("ix_claims_words_key", "claims", ["words_key"])
    follows = sa.text("leading_id IS NOT NULL")
    op.create_index("ix_claims_following", "claims", ["leading_id"], sqlite_where=follows, postgresql_where=follows)
    leads = sa.text("leading_id IS NULL")
    op.create_index(
        "ix_claims_leading",
        "claims",
        ["dated_at", "article_id", "position"],
        sqlite_where=leads,
        postgresql_where=leads,
    )
    op.create_table(
        "article_sketches",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("article_id", sa.String(length=40), nullable=False),
        sa.Column("scheme", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_sketches_article_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_article_sketches"),
        sa.UniqueConstraint("article_id", name="uq_article_sketches_article_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "article_bands",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("band", "number", name="pk_article_bands"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("article_bands")
    op.drop_table("article_sketches")
    for index in ("ix_claims_leading", "ix_claims_following", "ix_claims_words_key"):
        op.drop_index(index, "claims")
    op.drop_column("claims", "leading_id")
    op.drop_column("claims", "words_key")
