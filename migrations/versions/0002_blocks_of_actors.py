"""Blocks of actors: where namesakes in other articles are found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "actor_blocks",
        sa.Column("block", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("actor_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name="fk_actor_blocks_actor_id"),
        sa.PrimaryKeyConstraint("block", "actor_id", name="pk_actor_blocks"),
    )


def downgrade() -> None:
    op.drop_table("actor_blocks")
