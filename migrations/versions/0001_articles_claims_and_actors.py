"""Articles, claims and actors."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# In the order of what refers to what.
TABLES = (
    "actors",
    "articles",
    "aliases",
    "claims",
    "mentions",
    "merges",
    "name_words",
    "representations",
    "claim_relations",
    "claim_speakers",
    "claim_targets",
    "spans",
    "workers",
)

# SQLite: an FTS5 index that reads its text from claims and is kept in step by triggers. remove_diacritics 0 keeps å, ä
# and ö letters of their own. Batch mode copies a table and drops its triggers: a migration of claims makes them anew.
SQLITE_SEARCH = (
    """
    CREATE VIRTUAL TABLE claims_fts USING fts5(
        search_text, content='claims', content_rowid='seq', tokenize='unicode61 remove_diacritics 0'
    )
    """,
    """
    CREATE TRIGGER claims_fts_insert AFTER INSERT ON claims BEGIN
        INSERT INTO claims_fts(rowid, search_text) VALUES (new.seq, new.search_text);
    END
    """,
    """
    CREATE TRIGGER claims_fts_delete AFTER DELETE ON claims BEGIN
        INSERT INTO claims_fts(claims_fts, rowid, search_text) VALUES ('delete', old.seq, old.search_text);
    END
    """,
    """
    CREATE TRIGGER claims_fts_update AFTER UPDATE OF search_text ON claims WHEN old.search_text <> new.search_text BEGIN
        INSERT INTO claims_fts(claims_fts, rowid, search_text) VALUES ('delete', old.seq, old.search_text);
        INSERT INTO claims_fts(rowid, search_text) VALUES (new.seq, new.search_text);
    END
    """,
)
POSTGRESQL_SEARCH = ("CREATE INDEX claims_fts ON claims USING gin (to_tsvector('swedish', search_text))",)


def upgrade() -> None:
    op.create_table(
        "actors",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("canonical_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("territory", sa.String(length=16)),
        sa.Column("role", sa.Text()),
        sa.Column("role_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["canonical_id"], ["actors.id"], name="fk_actors_canonical_id"),
        sa.PrimaryKeyConstraint("id", name="pk_actors"),
    )
    op.create_index("ix_actors_canonical_id", "actors", ["canonical_id"])
    op.create_index("ix_actors_sort_name_id", "actors", ["sort_name", "id"])
    op.create_index("ix_actors_territory_kind", "actors", ["territory", "kind"])

    op.create_table(
        "articles",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("uri", sa.Text()),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text()),
        sa.Column("byline", sa.Text()),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("uri", "version", name="uq_articles_uri_version"),
    )
    op.create_index("ix_articles_dated_at_id", "articles", ["dated_at", "id"])
    op.create_index("ix_articles_status_dated_at_id", "articles", ["status", "dated_at", "id"])

    op.create_table(
        "aliases",
        sa.Column("article_id", sa.String(length=40), nullable=False),
        sa.Column("actor_id", sa.String(length=40), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name="fk_aliases_actor_id"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_aliases_article_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "actor_id", "form", name="pk_aliases"),
    )
    op.create_index("ix_aliases_actor_id_form_uses", "aliases", ["actor_id", "form", "uses"])
    op.create_index("ix_aliases_folded_actor_id", "aliases", ["folded", "actor_id"])

    op.create_table(
        "claims",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("article_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("dated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("parent_id", sa.String(length=40)),
        sa.Column("speaker_start", sa.Integer()),
        sa.Column("speaker_end", sa.Integer()),
        sa.Column("speaker_text", sa.Text()),
        sa.Column("cue_start", sa.Integer()),
        sa.Column("cue_end", sa.Integer()),
        sa.Column("cue_text", sa.Text()),
        sa.Column("confidence", sa.Double()),
        sa.Column("confidence_speaker", sa.Double()),
        sa.Column("confidence_content", sa.Double()),
        sa.Column("confidence_target", sa.Double()),
        sa.Column("confidence_act", sa.Double()),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_claims_article_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq", name="pk_claims"),
        sa.UniqueConstraint("id", name="uq_claims_id"),
    )
    op.create_index(
        "ix_claims_act_dated_at_article_id_position", "claims", ["act", "dated_at", "article_id", "position"]
    )
    op.create_index("ix_claims_article_id_position", "claims", ["article_id", "position"])
    op.create_index("ix_claims_dated_at_article_id_position", "claims", ["dated_at", "article_id", "position"])
    op.create_index("ix_claims_parent_id", "claims", ["parent_id"])

    op.create_table(
        "mentions",
        sa.Column("article_id", sa.String(length=40), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name="fk_mentions_actor_id"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_mentions_article_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "start", "end", "actor_id", name="pk_mentions"),
    )
    op.create_index("ix_mentions_actor_id", "mentions", ["actor_id"])

    op.create_table(
        "merges",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("left_actor", sa.String(length=40), nullable=False),
        sa.Column("right_actor", sa.String(length=40), nullable=False),
        sa.Column("judgement", sa.String(length=16), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.Column("undone_by", sa.Text()),
        sa.ForeignKeyConstraint(["left_actor"], ["actors.id"], name="fk_merges_left_actor"),
        sa.ForeignKeyConstraint(["right_actor"], ["actors.id"], name="fk_merges_right_actor"),
        sa.PrimaryKeyConstraint("id", name="pk_merges"),
    )
    op.create_index("ix_merges_left_actor", "merges", ["left_actor"])
    op.create_index("ix_merges_right_actor", "merges", ["right_actor"])

    op.create_table(
        "name_words",
        sa.Column("word", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("actor_id", sa.String(length=40), nullable=False),
        sa.Column("final", sa.Integer(), nullable=False),
        sa.Column("sound", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name="fk_name_words_actor_id"),
        sa.PrimaryKeyConstraint("word", "actor_id", "final", name="pk_name_words"),
    )
    op.create_index("ix_name_words_sound_word", "name_words", ["sound", "word"])

    op.create_table(
        "representations",
        sa.Column("article_id", sa.String(length=40), nullable=False),
        sa.Column("actor_id", sa.String(length=40), nullable=False),
        sa.Column("party_id", sa.String(length=40), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("evidence_start", sa.Integer()),
        sa.Column("evidence_end", sa.Integer()),
        sa.Column("evidence_text", sa.Text()),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name="fk_representations_actor_id"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_representations_article_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["party_id"], ["actors.id"], name="fk_representations_party_id"),
        sa.PrimaryKeyConstraint("article_id", "actor_id", "party_id", "rule", name="pk_representations"),
    )
    op.create_index(
        "ix_representations_actor_id_party_id_article_id", "representations", ["actor_id", "party_id", "article_id"]
    )
    op.create_index(
        "ix_representations_party_id_actor_id_article_id", "representations", ["party_id", "actor_id", "article_id"]
    )

    op.create_table(
        "claim_relations",
        sa.Column("claim_id", sa.String(length=40), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("other_id", sa.String(length=40), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("mention_start", sa.Integer()),
        sa.Column("mention_end", sa.Integer()),
        sa.Column("mention_text", sa.Text()),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_claim_relations_claim_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["claims.id"], name="fk_claim_relations_other_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", "ordinal", name="pk_claim_relations"),
    )
    op.create_index("ix_claim_relations_other_id", "claim_relations", ["other_id"])

    op.create_table(
        "claim_speakers",
        sa.Column("claim_id", sa.String(length=40), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name="fk_claim_speakers_actor_id"),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_claim_speakers_claim_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", "ordinal", name="pk_claim_speakers"),
    )
    op.create_index("ix_claim_speakers_actor_id_claim_id", "claim_speakers", ["actor_id", "claim_id"])

    op.create_table(
        "claim_targets",
        sa.Column("claim_id", sa.String(length=40), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("actor_id", sa.String(length=40), nullable=False),
        sa.Column("mention_start", sa.Integer()),
        sa.Column("mention_end", sa.Integer()),
        sa.Column("mention_text", sa.Text()),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name="fk_claim_targets_actor_id"),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_claim_targets_claim_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", "ordinal", name="pk_claim_targets"),
    )
    op.create_index("ix_claim_targets_actor_id_claim_id", "claim_targets", ["actor_id", "claim_id"])

    op.create_table(
        "spans",
        sa.Column("claim_id", sa.String(length=40), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_spans_claim_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", "ordinal", name="pk_spans"),
    )
    op.create_table(
        "workers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workers"),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_SEARCH if sqlite else POSTGRESQL_SEARCH:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE claims_fts")
    for table in reversed(TABLES):
        op.drop_table(table)
