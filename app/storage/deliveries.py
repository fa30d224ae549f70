"""Messages on their way to webhooks: queued with the event, taken by one sender at a time, kept with every attempt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from app.domain.record import Page
from app.domain.webhook import Attempt, Delivery, DeliveryStatus, Outgoing
from app.errors import NotFound
from app.storage.event_tables import AttemptRow, DeliveryRow, WebhookRow
from app.storage.pages import page_of_rows
from app.storage.upsert import insert_new

_PENDING = DeliveryStatus.PENDING.value

# Messages that are looked at to choose some of several webhooks. A webhook with more due than that keeps the others
# waiting only while it takes its own at once.
_LOOKED_AT = 1000


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be sent to a webhook: ``body`` byte for byte at every attempt, of which there are ``most_tries``."""

    id: str
    webhook_id: str
    kind: str
    number: int | None
    body: str
    most_tries: int


def queue_messages(session: Session, messages: Sequence[Message]) -> None:
    """Have messages sent as soon as possible; one whose id was queued before is not queued again."""
    now = datetime.now(UTC)
    common = {"status": _PENDING, "tries": 0, "due_at": now, "created_at": now}
    rows = [
        {
            "id": message.id,
            "webhook_id": message.webhook_id,
            "kind": message.kind,
            "number": message.number,
            "body": message.body,
            "most_tries": message.most_tries,
            **common,
        }
        for message in sorted(messages, key=lambda message: message.id)
    ]
    insert_new(session, DeliveryRow, rows)


def is_any_due(session: Session) -> bool:
    """Whether there is anything for `take_due`; writes nothing."""
    due = (DeliveryRow.status == _PENDING) & (DeliveryRow.due_at <= datetime.now(UTC))
    return bool(session.scalar(select(exists().where(due))))


def take_due(
    session: Session, limit: int, lease: timedelta, *, most_each: int, without: Collection[str] = ()
) -> list[Outgoing]:
    """Take up to ``limit`` messages that are due, at most ``most_each`` to one webhook and none to ``without``.

    They count as tried, and nobody else gets them until ``lease`` is over: a sender that dies loses nothing.
    """
    now = datetime.now(UTC)
    due = (DeliveryRow.status == _PENDING) & (DeliveryRow.due_at <= now)
    own = DeliveryRow.webhook_id.not_in(without)
    soonest = select(DeliveryRow.id, DeliveryRow.webhook_id, DeliveryRow.due_at).where(due, own)
    soonest_rows = soonest.order_by(DeliveryRow.due_at).limit(_LOOKED_AT).subquery()
    place = func.row_number().over(
        partition_by=soonest_rows.c.webhook_id, order_by=(soonest_rows.c.due_at, soonest_rows.c.id)
    )
    ranked = select(soonest_rows.c.id, place.label("place")).subquery()
    first = select(ranked.c.id).where(ranked.c.place <= most_each).order_by(ranked.c.place).limit(limit)
    chosen = list(session.scalars(first))
    # Asked again under the lock: another sender may have been faster.
    query = select(DeliveryRow, WebhookRow).join(WebhookRow, WebhookRow.id == DeliveryRow.webhook_id)
    query = query.where(DeliveryRow.id.in_(chosen), due).with_for_update(skip_locked=True, of=DeliveryRow)
    taken = []
    for row, webhook in session.execute(query.order_by(DeliveryRow.due_at, DeliveryRow.id)):
        row.tries += 1
        row.due_at = now + lease
        row.held_until = row.due_at
        secrets = [webhook.secret]
        if webhook.old_secret is not None and webhook.old_until is not None and webhook.old_until > now:
            secrets.append(webhook.old_secret)
        is_last = row.tries >= row.most_tries
        taken.append(Outgoing(row.id, row.webhook_id, webhook.url, tuple(secrets), row.body, row.tries, is_last))
    session.flush()
    return taken


def give_back(session: Session, delivery_id: str) -> None:
    """Undo `take_due` for a message that was not sent after all."""
    back = {"tries": DeliveryRow.tries - 1, "due_at": datetime.now(UTC), "held_until": None}
    session.execute(
        update(DeliveryRow).where(DeliveryRow.id == delivery_id, DeliveryRow.status == _PENDING).values(back)
    )


def note_attempt(
    session: Session, of: Outgoing, attempt: Attempt, status: DeliveryStatus, due_at: datetime | None = None
) -> None:
    """Keep what came of an attempt: the message is delivered, failed for good, or pending until ``due_at``.

    A message that was given up while it was sent stays so, unless it was taken; one that is gone is left alone.
    """
    # The webhook before its deliveries, as everywhere: whoever disables it waits instead of being locked out.
    webhook = session.get(WebhookRow, of.webhook_id, with_for_update=True)
    row = session.get(DeliveryRow, of.delivery_id, with_for_update=True)
    if webhook is None or row is None:
        return
    row.held_until = None
    session.add(
        AttemptRow(
            delivery_id=row.id,
            at=attempt.at,
            ms=attempt.ms,
            status_code=attempt.status_code,
            error=attempt.error,
            excerpt=attempt.excerpt,
        )
    )
    if status is DeliveryStatus.DELIVERED:
        row.status = status.value
        webhook.succeeded_at = attempt.at
    elif row.status == _PENDING:
        row.status = status.value
        row.due_at = due_at or row.due_at
    session.flush()


def failing_since(session: Session, delivery_id: str) -> datetime | None:
    """When a message was queued whose webhook has taken nothing since; ``None`` where it has taken something."""
    query = (
        select(DeliveryRow.created_at, WebhookRow.succeeded_at)
        .join(WebhookRow, WebhookRow.id == DeliveryRow.webhook_id)
        .where(DeliveryRow.id == delivery_id)
    )
    for created_at, succeeded_at in session.execute(query):
        if succeeded_at is None or succeeded_at < created_at:
            return created_at
    return None


def send_again(session: Session, webhook_id: str, delivery_id: str) -> Delivery:
    """Have a message sent once more from the beginning of its schedule, unless it is being sent just now.

    Raises `NotFound`.
    """
    get_delivery(session, webhook_id, delivery_id)
    now = datetime.now(UTC)
    is_free = DeliveryRow.held_until.is_(None) | (DeliveryRow.held_until <= now)
    anew = {"status": _PENDING, "tries": 0, "due_at": now}
    session.execute(update(DeliveryRow).where(DeliveryRow.id == delivery_id, is_free).values(anew))
    return get_delivery(session, webhook_id, delivery_id)


def get_delivery(session: Session, webhook_id: str, delivery_id: str) -> Delivery:
    """One message to a webhook with its attempts; raises `NotFound`."""
    query = select(DeliveryRow).where(DeliveryRow.id == delivery_id, DeliveryRow.webhook_id == webhook_id)
    row = session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise NotFound(f"no delivery {delivery_id} to webhook {webhook_id}")
    return _deliveries(session, [row])[0]


def list_deliveries(
    session: Session, webhook_id: str, cursor: str | None = None, limit: int = 20, status: DeliveryStatus | None = None
) -> Page[Delivery]:
    """Messages to a webhook, newest first. Raises `BadCursor`."""
    listing = f"deliveries {webhook_id} {status or ''}"
    order = (DeliveryRow.created_at, DeliveryRow.id)
    query = select(DeliveryRow).where(DeliveryRow.webhook_id == webhook_id)
    if status is not None:
        query = query.where(DeliveryRow.status == status.value)
    rows, following = page_of_rows(session, query, order, listing=listing, cursor=cursor, limit=limit, newest=True)
    return Page(tuple(_deliveries(session, rows)), following)


def prune_deliveries(session: Session, before: datetime) -> int:
    """Forget messages older than that which are delivered or given up; gives how many."""
    query = delete(DeliveryRow).where(DeliveryRow.created_at < before, DeliveryRow.status != _PENDING)
    return len(session.scalars(query.returning(DeliveryRow.id)).all())


def _deliveries(session: Session, rows: Sequence[DeliveryRow]) -> list[Delivery]:
    attempts: defaultdict[str, list[Attempt]] = defaultdict(list)
    query = select(AttemptRow).where(AttemptRow.delivery_id.in_([row.id for row in rows])).order_by(AttemptRow.seq)
    for one in session.scalars(query):
        attempts[one.delivery_id].append(Attempt(one.at, one.ms, one.status_code, one.error, one.excerpt))
    return [
        Delivery(
            id=row.id,
            webhook_id=row.webhook_id,
            kind=row.kind,
            number=row.number,
            status=DeliveryStatus(row.status),
            due_at=row.due_at,
            created_at=row.created_at,
            attempts=tuple(attempts[row.id]),
        )
        for row in rows
    ]
