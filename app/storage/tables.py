"""The tables. Rows never leave this package; `app.domain.record` is what readers get.

Ids are content hashes made by the domain, so that the same article gives the same rows on every machine. What people
decide (merges) stands in rows of its own; ``actors.canonical_id`` is derived from them and can be recomputed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.storage.columns import UtcDateTime

# Alembic can only alter a constraint that has a name, and SQLite gives none by itself.
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

ID = String(40)

# Names compare by code point, as in SQLite: a range of names that begin alike is then one stretch of the index.
Name = Text().with_variant(Text(collation="C"), "postgresql")
# Only an INTEGER key is the row number in SQLite.
Serial = BigInteger().with_variant(Integer(), "sqlite")


class Base(DeclarativeBase):
    """Root of the mapped tables."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {datetime: UtcDateTime(), dict[str, Any]: JSON}  # noqa: RUF012 - SQLAlchemy reads it so


def core(table: type[Base]) -> Table:
    """The plain table behind a mapped class: statements on it are compiled once and run for many rows."""
    return cast(Table, table.__table__)


class ArticleRow(Base):
    """An article as submitted. ``version`` is empty where the sender gave none, so that (uri, version) is unique."""

    __tablename__ = "articles"
    __table_args__ = (
        UniqueConstraint("uri", "version"),
        Index(None, "dated_at", "id"),
        Index(None, "status", "dated_at", "id"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    title: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    uri: Mapped[str | None] = mapped_column(Text)
    version: Mapped[str] = mapped_column(Text, default="")
    agency: Mapped[str | None] = mapped_column(Text)
    byline: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime | None]
    stored_at: Mapped[datetime]
    # Published where known, else stored: what listings sort and filter by.
    dated_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(16))
    error: Mapped[str | None] = mapped_column(Text)
    # Times that its processing was begun and not ended: what a worker died over is tried alone, and not for ever.
    attempts: Mapped[int] = mapped_column(default=0)
    # Times that it was queued again after it was done or had failed.
    runs: Mapped[int] = mapped_column(default=0)
    # Last, because SQLite reads a row up to the last column asked for: listings then skip the long text.
    text: Mapped[str] = mapped_column(Text)


class ActorRow(Base):
    """Somebody who speaks or is spoken about. ``canonical_id`` is the row itself unless a merge is in force."""

    __tablename__ = "actors"
    __table_args__ = (Index(None, "sort_name", "id"), Index(None, "canonical_id"), Index(None, "territory", "kind"))

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    canonical_id: Mapped[str] = mapped_column(ForeignKey("actors.id"))
    name: Mapped[str] = mapped_column(Text)
    sort_name: Mapped[str] = mapped_column(Name)
    kind: Mapped[str] = mapped_column(String(16))
    territory: Mapped[str | None] = mapped_column(String(16))
    role: Mapped[str | None] = mapped_column(Text)
    # When the article that gave the role was published: a newer role replaces an older one.
    role_at: Mapped[datetime | None]


class AliasRow(Base):
    """One form in which one article names an actor, and how many of the actor's mentions there read so."""

    __tablename__ = "aliases"
    __table_args__ = (Index(None, "folded", "actor_id"), Index(None, "actor_id", "form", "uses", "article_id"))

    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    actor_id: Mapped[str] = mapped_column(ForeignKey("actors.id"), primary_key=True)
    form: Mapped[str] = mapped_column(Text, primary_key=True)
    folded: Mapped[str] = mapped_column(Name)
    uses: Mapped[int] = mapped_column(Integer)


class NameWordRow(Base):
    """A word of some alias of an actor, for search by word and for near names. Only ever added to; readers check.

    ``final`` is 1 where the word ends an alias (a surname), ``sound`` a spelling-tolerant key (`names.sound`).
    """

    __tablename__ = "name_words"
    __table_args__ = (Index(None, "sound", "word"),)

    word: Mapped[str] = mapped_column(Name, primary_key=True)
    actor_id: Mapped[str] = mapped_column(ForeignKey("actors.id"), primary_key=True)
    final: Mapped[int] = mapped_column(Integer, primary_key=True)
    sound: Mapped[str] = mapped_column(Name)


class ClaimRow(Base):
    """One claim. ``seq`` is there because the full-text index of SQLite needs a row number that stays."""

    __tablename__ = "claims"
    __table_args__ = (
        UniqueConstraint("id"),
        Index(None, "article_id", "position"),
        Index(None, "dated_at", "article_id", "position"),
        Index(None, "act", "dated_at", "article_id", "position"),
        Index(None, "parent_id"),
        Index(None, "words_key"),
        # Of few: an index of all, most of which lead, would tempt the planner to walk it.
        Index(
            "ix_claims_following",
            "leading_id",
            sqlite_where=text("leading_id IS NOT NULL"),
            postgresql_where=text("leading_id IS NOT NULL"),
        ),
        # What listings walk: each claim once, however many papers printed it.
        Index(
            "ix_claims_leading",
            "dated_at",
            "article_id",
            "position",
            sqlite_where=text("leading_id IS NULL"),
            postgresql_where=text("leading_id IS NULL"),
        ),
    )

    seq: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(ID)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    # Place among the claims of its article, in text order from 0.
    position: Mapped[int]
    # Copy of the article's, so that one index gives the order of every listing.
    dated_at: Mapped[datetime]
    act: Mapped[str] = mapped_column(String(16))
    mode: Mapped[str] = mapped_column(String(16))
    parent_id: Mapped[str | None] = mapped_column(ID)
    speaker_start: Mapped[int | None]
    speaker_end: Mapped[int | None]
    speaker_text: Mapped[str | None] = mapped_column(Text)
    cue_start: Mapped[int | None]
    cue_end: Mapped[int | None]
    cue_text: Mapped[str | None] = mapped_column(Text)
    confidence: Mapped[float | None]
    confidence_speaker: Mapped[float | None]
    confidence_content: Mapped[float | None]
    confidence_target: Mapped[float | None]
    confidence_act: Mapped[float | None]
    evidence: Mapped[list[list[str]]] = mapped_column(JSON)
    # Content and printed speaker in NFC, for full-text search; the exact words are in spans and speaker_text.
    search_text: Mapped[str] = mapped_column(Text)
    # Derived: what contents of the same words share, and the first report where this is another (`folding`).
    words_key: Mapped[int | None] = mapped_column(BigInteger)
    leading_id: Mapped[str | None] = mapped_column(ForeignKey("claims.id", ondelete="SET NULL"))


class SpanRow(Base):
    """A part of a claim's content: code points into the article's text, and the words there."""

    __tablename__ = "spans"

    claim_id: Mapped[str] = mapped_column(ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class SpeakerRow(Base):
    """Who makes a claim; several for a coordination, none where the text names nobody."""

    __tablename__ = "claim_speakers"
    __table_args__ = (Index(None, "actor_id", "claim_id"),)

    claim_id: Mapped[str] = mapped_column(ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    actor_id: Mapped[str] = mapped_column(ForeignKey("actors.id"))


class TargetRow(Base):
    """Whom a claim is directed at, in what role, and the words that name them there."""

    __tablename__ = "claim_targets"
    __table_args__ = (Index(None, "actor_id", "claim_id"),)

    claim_id: Mapped[str] = mapped_column(ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[str] = mapped_column(ForeignKey("actors.id"))
    mention_start: Mapped[int | None]
    mention_end: Mapped[int | None]
    mention_text: Mapped[str | None] = mapped_column(Text)


class RelationRow(Base):
    """``claim_id`` denies, confirms … ``other_id``."""

    __tablename__ = "claim_relations"
    __table_args__ = (Index(None, "other_id"),)

    claim_id: Mapped[str] = mapped_column(ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    other_id: Mapped[str] = mapped_column(ForeignKey("claims.id", ondelete="CASCADE"))
    rule: Mapped[str] = mapped_column(Text)
    mention_start: Mapped[int | None]
    mention_end: Mapped[int | None]
    mention_text: Mapped[str | None] = mapped_column(Text)


class RepresentationRow(Base):
    """One article shows that an actor speaks for a party."""

    __tablename__ = "representations"
    __table_args__ = (
        Index(None, "party_id", "actor_id", "article_id"),
        Index(None, "actor_id", "party_id", "article_id"),
    )

    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    actor_id: Mapped[str] = mapped_column(ForeignKey("actors.id"), primary_key=True)
    party_id: Mapped[str] = mapped_column(ForeignKey("actors.id"), primary_key=True)
    rule: Mapped[str] = mapped_column(Text, primary_key=True)
    evidence_start: Mapped[int | None]
    evidence_end: Mapped[int | None]
    evidence_text: Mapped[str | None] = mapped_column(Text)


class MentionRow(Base):
    """One place where an article refers to an actor, and the rule that tied the two."""

    __tablename__ = "mentions"
    __table_args__ = (Index(None, "actor_id"),)

    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    start: Mapped[int] = mapped_column(primary_key=True)
    end: Mapped[int] = mapped_column(primary_key=True)
    actor_id: Mapped[str] = mapped_column(ForeignKey("actors.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    rule: Mapped[str] = mapped_column(Text)


class MergeRow(Base):
    """A judgement: two actors are the ``same`` or ``different``, by whom, when, why, and when it was undone."""

    __tablename__ = "merges"
    __table_args__ = (Index(None, "left_actor"), Index(None, "right_actor"))

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    left_actor: Mapped[str] = mapped_column(ForeignKey("actors.id"))
    right_actor: Mapped[str] = mapped_column(ForeignKey("actors.id"))
    judgement: Mapped[str] = mapped_column(String(16))
    author: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    reason: Mapped[str | None] = mapped_column(Text)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(Text)


class WorkerRow(Base):
    """A worker process and when it last said that it lives."""

    __tablename__ = "workers"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    seen_at: Mapped[datetime]
