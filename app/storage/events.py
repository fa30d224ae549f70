"""The log of what happened: noted with the change itself, numbered when it is published, read by number.

Whoever changes something calls `record` in the transaction of the change, and the event is there if and only if the
change is. It has no number yet: transactions that run side by side on PostgreSQL are not committed in the order in
which they began, and a reader that has seen event 8 would never look for a 7 that is committed later. So numbers are
given afterwards, by one `number_waiting` at a time, to what is committed by then (decision 0023).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.domain.event import Event, EventKind, Happening
from app.storage.event_tables import EventRow
from app.storage.tables import core
from app.storage.upsert import serialize

# A newer version that shares the database may tell of more; that is for it to publish and for its listeners.
_KNOWN = [kind.value for kind in EventKind]


def record(
    session: Session,
    kind: EventKind,
    *,
    article_id: str | None = None,
    claim_id: str | None = None,
    data: Mapping[str, object] | None = None,
) -> None:
    """Note in the transaction of a change that it happened, to that article or claim.

    ``data`` is what listeners are told beside the ids, JSON; of a claim `about_claim`. They hear of it within a second
    of the commit. ``CLAIM_ADDED`` and ``CLAIM_CHANGED`` have saved searches looked through again, ``CLAIM_REMOVED``
    tells those who were told of the claim and makes it news if it comes back: whoever shows or hides claims by other
    means than saving says so here. A new kind of event needs nothing but a member of `EventKind`.
    """
    record_all(session, [Happening(kind, article_id, claim_id, data=data or {})])


def record_all(session: Session, happenings: Sequence[Happening]) -> None:
    """As `record`, for several; they are told in this order."""
    if happenings:
        now = datetime.now(UTC)
        session.connection().execute(insert(core(EventRow)), [_row(what, now, None) for what in happenings])


def waiting(session: Session, limit: int) -> list[tuple[int, Happening]]:
    """The oldest events without a number, by the key that `number_waiting` takes."""
    query = (
        select(EventRow).where(EventRow.number.is_(None), EventRow.kind.in_(_KNOWN)).order_by(EventRow.seq).limit(limit)
    )
    return [(row.seq, _happening(row)) for row in session.scalars(query)]


def number_waiting(session: Session, keys: Collection[int]) -> list[Event]:
    """Give the events with these keys the next numbers, and give them back; those that have one are left out.

    From here to the end of the transaction nobody else gives numbers, so that they become visible in their order.
    """
    serialize(session, "events")
    query = select(EventRow).where(EventRow.seq.in_(keys), EventRow.number.is_(None)).order_by(EventRow.seq)
    rows = session.scalars(query.execution_options(populate_existing=True)).all()
    first = newest_number(session) + 1
    numbered = [Event(number, row.at, _happening(row)) for number, row in enumerate(rows, first)]
    if rows:
        table = core(EventRow)
        session.connection().execute(
            update(table).where(table.c.seq == bindparam("key")).values(number=bindparam("given")),
            [{"key": row.seq, "given": event.number} for row, event in zip(rows, numbered, strict=True)],
        )
    return numbered


def add_numbered(session: Session, happenings: Sequence[Happening]) -> list[Event]:
    """Note what follows from events just numbered, with the numbers after theirs; only after `number_waiting`."""
    now, first = datetime.now(UTC), newest_number(session) + 1
    events = [Event(number, now, what) for number, what in enumerate(happenings, first)]
    if events:
        rows = [_row(event.what, now, event.number) for event in events]
        session.connection().execute(insert(core(EventRow)), rows)
    return events


def newest_number(session: Session) -> int:
    """The number of the newest published event; 0 where there is none."""
    return session.scalar(select(func.max(EventRow.number))) or 0


def list_events(
    session: Session,
    after: int = 0,
    limit: int = 20,
    *,
    kinds: Collection[EventKind] = (),
    search_id: str | None = None,
) -> list[Event]:
    """At most ``limit`` published events with a number over ``after``, in order: of these kinds, of this search."""
    wanted = [kind.value for kind in kinds] or _KNOWN
    query = select(EventRow).where(EventRow.number > after, EventRow.kind.in_(wanted))
    query = query.order_by(EventRow.number).limit(limit)
    if search_id is not None:
        query = query.where(EventRow.search_id == search_id)
    return [Event(row.number or 0, row.at, _happening(row)) for row in session.scalars(query)]


def prune_events(session: Session, before: datetime) -> int:
    """Forget published events older than that; gives how many. The newest stays, so that numbers never begin anew."""
    query = delete(EventRow).where(EventRow.at < before, EventRow.number < newest_number(session))
    return len(session.scalars(query.returning(EventRow.seq)).all())


def _row(what: Happening, at: datetime, number: int | None) -> dict[str, object]:
    return {
        "number": number,
        "kind": what.kind.value,
        "at": at,
        "article_id": what.article_id,
        "claim_id": what.claim_id,
        "search_id": what.search_id,
        "data": dict(what.data),
    }


def _happening(row: EventRow) -> Happening:
    return Happening(EventKind(row.kind), row.article_id, row.claim_id, row.search_id, row.data)
