"""The tables of events: the log, saved searches, and what is sent to webhooks.

Claims and articles are named by id and not tied by a foreign key: the log tells of claims that are gone, too.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables import ID, Base, Serial


class EventRow(Base):
    """Something that happened. ``number`` is empty until it is published (decision 0023)."""

    __tablename__ = "events"
    __table_args__ = (
        Index(None, "number", unique=True),
        Index(None, "search_id", "number"),
    )

    seq: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    number: Mapped[int | None] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
    article_id: Mapped[str | None] = mapped_column(ID)
    claim_id: Mapped[str | None] = mapped_column(ID)
    search_id: Mapped[str | None] = mapped_column(ID)
    data: Mapped[dict[str, Any]]


class SearchRow(Base):
    """A saved search: either a ``question``, or the filter on claims in ``wanted``."""

    __tablename__ = "searches"
    __table_args__ = (Index(None, "created_at", "id"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    question: Mapped[str | None] = mapped_column(Text)
    wanted: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(Text)


class MatchRow(Base):
    """A claim was told to whoever follows a saved search; it is told once as long as it stands."""

    __tablename__ = "search_matches"
    __table_args__ = (Index(None, "claim_id"),)

    search_id: Mapped[str] = mapped_column(ForeignKey("searches.id", ondelete="CASCADE"), primary_key=True)
    claim_id: Mapped[str] = mapped_column(ID, primary_key=True)


class WebhookRow(Base):
    """An address that events are sent to. The secret stands here as it is: signing needs it."""

    __tablename__ = "webhooks"
    __table_args__ = (Index(None, "created_at", "id"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    kinds: Mapped[list[str]] = mapped_column(JSON)
    searches: Mapped[list[str]] = mapped_column(JSON)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    # The secret before the last rotation, and until when it signs beside the new one.
    old_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    old_until: Mapped[datetime | None]
    enabled: Mapped[bool]
    # Why the service stopped sending; empty where nobody or a person did.
    disabled_reason: Mapped[str | None] = mapped_column(Text)
    succeeded_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(Text)


class DeliveryRow(Base):
    """One event on its way to one webhook. ``id`` is the message id that receivers tell repetitions by."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (Index(None, "status", "due_at"), Index(None, "webhook_id", "created_at", "id"))

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhooks.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(32))
    number: Mapped[int | None] = mapped_column(BigInteger)
    # What is signed and sent, byte for byte the same at every attempt.
    body: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16))
    # Attempts since it was last queued, and how many there may be.
    tries: Mapped[int]
    most_tries: Mapped[int]
    # When it may be sent next. A sender that takes it moves this ahead, so that nobody else does until then.
    due_at: Mapped[datetime]
    # Until when a sender holds it; empty when none does.
    held_until: Mapped[datetime | None]
    created_at: Mapped[datetime]


class AttemptRow(Base):
    """One attempt to deliver, and what came of it."""

    __tablename__ = "webhook_attempts"
    __table_args__ = (Index(None, "delivery_id"),)

    seq: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    delivery_id: Mapped[str] = mapped_column(ForeignKey("webhook_deliveries.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    ms: Mapped[int]
    status_code: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(Text)
    excerpt: Mapped[str | None] = mapped_column(Text)
