"""Webhooks and their secrets."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.domain.event import EventKind
from app.domain.record import Page
from app.domain.webhook import DeliveryStatus, Webhook
from app.errors import NotFound
from app.storage.event_tables import DeliveryRow, WebhookRow
from app.storage.pages import page_of_rows

# The convention asks for 24 to 64 bytes.
_SECRET_BYTES = 32


def save_webhook(
    session: Session, url: str, *, name: str | None, kinds: Sequence[EventKind], searches: Sequence[str], author: str
) -> tuple[Webhook, bytes]:
    """Save a webhook; gives it and its new secret."""
    row = WebhookRow(
        id=f"whk_{secrets.token_hex(10)}",
        url=url,
        name=name,
        kinds=[kind.value for kind in kinds],
        searches=list(searches),
        secret=secrets.token_bytes(_SECRET_BYTES),
        enabled=True,
        created_at=datetime.now(UTC),
        created_by=author,
    )
    session.add(row)
    session.flush()
    return _webhook(row), row.secret


def get_webhook(session: Session, webhook_id: str) -> Webhook:
    """The webhook with that id; raises `NotFound`."""
    return _webhook(_row(session, webhook_id))


def list_webhooks(session: Session, cursor: str | None = None, limit: int = 20) -> Page[Webhook]:
    """Webhooks, oldest first. Raises `BadCursor`."""
    order = (WebhookRow.created_at, WebhookRow.id)
    rows, following = page_of_rows(
        session, select(WebhookRow), order, listing="webhooks", cursor=cursor, limit=limit, newest=False
    )
    return Page(tuple(map(_webhook, rows)), following)


def listening(session: Session) -> list[Webhook]:
    """The webhooks that events are sent to; none of them is deleted before the transaction ends."""
    query = select(WebhookRow).where(WebhookRow.enabled.is_(True)).order_by(WebhookRow.id)
    return [_webhook(row) for row in session.scalars(query.with_for_update(read=True, key_share=True))]


def change_webhook(
    session: Session,
    webhook_id: str,
    *,
    url: str,
    name: str | None,
    kinds: Sequence[EventKind],
    searches: Sequence[str],
    enabled: bool,
) -> Webhook:
    """Give a webhook other values; one that is no longer enabled has what was on its way to it given up.

    Raises `NotFound`.
    """
    row = _row(session, webhook_id)
    row.url, row.name = url, name
    row.kinds, row.searches = [kind.value for kind in kinds], list(searches)
    if enabled != row.enabled:
        row.enabled, row.disabled_reason = enabled, None
        if not enabled:
            give_up_pending(session, webhook_id)
    session.flush()
    return _webhook(row)


def disable(session: Session, webhook_id: str, reason: str) -> None:
    """Stop sending to a webhook for that reason, and give up what was on its way to it."""
    values = {"enabled": False, "disabled_reason": reason}
    session.execute(update(WebhookRow).where(WebhookRow.id == webhook_id, WebhookRow.enabled.is_(True)).values(values))
    give_up_pending(session, webhook_id)


def give_up_pending(session: Session, webhook_id: str) -> None:
    """Mark as failed what is on its way to a webhook."""
    pending = DeliveryRow.status == DeliveryStatus.PENDING.value
    failed = {"status": DeliveryStatus.FAILED.value}
    session.execute(update(DeliveryRow).where(DeliveryRow.webhook_id == webhook_id, pending).values(failed))


def rotate_secret(session: Session, webhook_id: str, overlap: timedelta) -> bytes:
    """Give a webhook a new secret, and give it back; the old one signs beside it for ``overlap``. Raises `NotFound`."""
    row = _row(session, webhook_id)
    row.old_secret, row.old_until = row.secret, datetime.now(UTC) + overlap
    row.secret = secrets.token_bytes(_SECRET_BYTES)
    session.flush()
    return row.secret


def delete_webhook(session: Session, webhook_id: str) -> None:
    """Forget a webhook with its deliveries. Raises `NotFound`."""
    if session.scalar(delete(WebhookRow).where(WebhookRow.id == webhook_id).returning(WebhookRow.id)) is None:
        raise NotFound(f"no webhook {webhook_id}")


def _row(session: Session, webhook_id: str) -> WebhookRow:
    row = session.get(WebhookRow, webhook_id, with_for_update=True)
    if row is None:
        raise NotFound(f"no webhook {webhook_id}")
    return row


def _webhook(row: WebhookRow) -> Webhook:
    return Webhook(
        id=row.id,
        url=row.url,
        name=row.name,
        kinds=tuple(EventKind(kind) for kind in row.kinds),
        searches=tuple(row.searches),
        enabled=row.enabled,
        disabled_reason=row.disabled_reason,
        created_at=row.created_at,
        created_by=row.created_by,
    )
