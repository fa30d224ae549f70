"""Answers kept under the ``Idempotency-Key`` of their request, so that a repeated request is not done twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from typing import Any

from sqlalchemy import JSON, Integer, LargeBinary, String, Text, delete, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.storage.columns import UtcDateTime
from app.storage.tables import ID, Base
from app.storage.upsert import insert_one

LEASE = timedelta(seconds=30)
"""How long a request is taken to be under way after it last said so: what a killed server left is free after this."""


class IdempotencyRow(Base):
    """A request under way (``status`` is null) or its answer. ``owner`` is the id of the caller's key, or ``local``."""

    __tablename__ = "idempotency_keys"

    owner: Mapped[str] = mapped_column(ID, primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    leased_until: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    status: Mapped[int | None] = mapped_column(Integer)
    headers: Mapped[list[list[str]] | None] = mapped_column(JSON)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as it was sent: ``headers`` are pairs of name and value."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Standing(Enum):
    """What becomes of a request that has no answer to repeat."""

    BEGUN = auto()
    """It is the first, and is to be done now."""
    UNDER_WAY = auto()
    """The same is being done at this moment."""
    ANOTHER = auto()
    """The key was used for another request."""


def begin(session: Session, owner: str, key: str, fingerprint: str, kept: timedelta) -> Answer | Standing:
    """Begin a request under a key, or find what is known of it. Answers older than they are ``kept`` are forgotten.

    Whoever is told ``BEGUN`` calls `renew` within `LEASE`, again and again, and `finish` or `abandon` in the end. Of
    two that ask at once only one is told so.
    """
    now = datetime.now(UTC)
    session.execute(delete(IdempotencyRow).where(IdempotencyRow.expires_at < now))
    row: dict[str, Any] = {
        "owner": owner,
        "key": key,
        "fingerprint": fingerprint,
        "leased_until": now + LEASE,
        "expires_at": now + kept,
    }
    if insert_one(session, IdempotencyRow, row):
        return Standing.BEGUN
    # Locked, so that of two that find the same abandoned request only one goes on with it.
    found = session.get(IdempotencyRow, (owner, key), with_for_update=True, populate_existing=True)
    if found is None:
        return Standing.UNDER_WAY
    if found.fingerprint != fingerprint:
        return Standing.ANOTHER
    if found.status is not None:
        headers = tuple((name, value) for name, value in found.headers or ())
        return Answer(found.status, headers, found.body or b"")
    if found.leased_until > now:
        return Standing.UNDER_WAY
    found.leased_until = now + LEASE
    return Standing.BEGUN


def renew(session: Session, owner: str, key: str) -> None:
    """Say that the request is still under way."""
    _set(session, owner, key, leased_until=datetime.now(UTC) + LEASE)


def finish(session: Session, owner: str, key: str, answer: Answer) -> None:
    """Keep the answer to a request."""
    _set(session, owner, key, status=answer.status, headers=[list(pair) for pair in answer.headers], body=answer.body)


def abandon(session: Session, owner: str, key: str) -> None:
    """Forget a request that changed nothing: the key can be used again."""
    session.execute(delete(IdempotencyRow).where(IdempotencyRow.owner == owner, IdempotencyRow.key == key))


def _set(session: Session, owner: str, key: str, **values: object) -> None:
    one = (IdempotencyRow.owner == owner, IdempotencyRow.key == key)
    session.execute(update(IdempotencyRow).where(*one).values(**values))
