"""API keys: made once, kept as hashes, found by the public part of what a caller presents.

A key reads ``sgm_ID_SECRET``. ``sgm_ID`` is its id, which may stand in logs and lists. The secret is 256 random bits:
its plain SHA-256 can be kept, since there is nothing to guess that a slow hash would have to slow down.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import String, Text, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.access import GRANTS, LOCAL, Caller, Scope
from app.errors import InputError, NotFound
from app.storage.columns import UtcDateTime
from app.storage.judgements import RESOLVER
from app.storage.tables import ID, Base

_FORM = re.compile(r"(sgm_[0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_SECRET_BYTES = 32
_LONGEST_NAME = 100
# A key that is asked with all day is written to a dozen times an hour.
_USE_NOTED_EVERY = timedelta(minutes=5)
# These sign what nobody with a key did.
_RESERVED = {LOCAL.name, RESOLVER}


class ApiKeyRow(Base):
    """A key. ``digest`` is the SHA-256 of its secret in hexadecimal, ``scope`` the widest that it was given."""

    __tablename__ = "api_keys"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(Text)
    scope: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """What is known of a key; its secret is not."""

    id: str
    name: str
    scope: Scope
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None

    def is_valid(self, now: datetime) -> bool:
        """Whether the key opens anything at that moment."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)

    def caller(self) -> Caller:
        """Who asks with this key."""
        return Caller(self.name, GRANTS[self.scope], self.id)


def create_key(
    session: Session, name: str, scope: Scope, *, expires_at: datetime | None = None
) -> tuple[KeyRecord, str]:
    """Make a key; gives what is known of it, and the key itself, which cannot be had again.

    Two keys may share a name, so that one can take over from the other. Raises `InputError` for a name that is empty,
    longer than 100 code points, holds control characters, or is one that the service signs with itself.
    """
    name = name.strip()
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise InputError(f"name: give 1 to {_LONGEST_NAME} printable characters")
    if name.casefold() in _RESERVED:
        raise InputError(f"name: {name!r} is what the service itself signs with; take another")
    key_id, secret = f"sgm_{secrets.token_hex(6)}", secrets.token_urlsafe(_SECRET_BYTES)
    row = ApiKeyRow(
        id=key_id,
        digest=_digest(secret),
        name=name,
        scope=scope.value,
        created_at=datetime.now(UTC),
        expires_at=expires_at,
        last_used_at=None,
        revoked_at=None,
    )
    session.add(row)
    session.flush()
    return _record(row), f"{key_id}_{secret}"


def find_key(session: Session, presented: str) -> KeyRecord | None:
    """The valid key that somebody presents; ``None`` where it is unknown, wrong, expired or revoked."""
    found = _FORM.fullmatch(presented)
    if found is None:
        return None
    row = session.get(ApiKeyRow, found[1])
    # Compared also where there is no such key, and in a time that does not tell how much of it was right.
    if not hmac.compare_digest(_digest(found[2]), row.digest if row else _digest("")) or row is None:
        return None
    record = _record(row)
    return record if record.is_valid(datetime.now(UTC)) else None


def is_use_due(key: KeyRecord) -> bool:
    """Whether the use of the key should be noted: not again within five minutes."""
    return key.last_used_at is None or datetime.now(UTC) - key.last_used_at >= _USE_NOTED_EVERY


def note_use(session: Session, key_id: str) -> None:
    """Note that the key is used now."""
    session.execute(update(ApiKeyRow).where(ApiKeyRow.id == key_id).values(last_used_at=datetime.now(UTC)))


def list_keys(session: Session) -> list[KeyRecord]:
    """All keys, those that open nothing any more too, oldest first."""
    return [_record(row) for row in session.scalars(select(ApiKeyRow).order_by(ApiKeyRow.created_at, ApiKeyRow.id))]


def has_valid_key(session: Session) -> bool:
    """Whether any key opens anything."""
    now = datetime.now(UTC)
    valid = select(ApiKeyRow.id).where(
        ApiKeyRow.revoked_at.is_(None), or_(ApiKeyRow.expires_at.is_(None), ApiKeyRow.expires_at > now)
    )
    return session.scalar(valid.limit(1)) is not None


def revoke_key(session: Session, key_id: str) -> tuple[KeyRecord, bool]:
    """Make a key useless from now on; gives it, and whether that changed anything. Raises `NotFound`."""
    row = session.get(ApiKeyRow, key_id)
    if row is None:
        raise NotFound(f"no key has the id {key_id!r}")
    if row.revoked_at is not None:
        return _record(row), False
    row.revoked_at = datetime.now(UTC)
    session.flush()
    return _record(row), True


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("ascii")).hexdigest()


def _record(row: ApiKeyRow) -> KeyRecord:
    return KeyRecord(
        row.id, row.name, Scope(row.scope), row.created_at, row.expires_at, row.last_used_at, row.revoked_at
    )
