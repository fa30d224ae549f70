"""Which worker processes live: each says so now and then, and others take over from one that stopped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.storage.tables import WorkerRow
from app.storage.upsert import insert_or_replace


def report_alive(session: Session, worker_id: str) -> None:
    """Note that the worker lives now."""
    insert_or_replace(session, WorkerRow, [{"id": worker_id, "seen_at": datetime.now(UTC)}], key="id")


def report_gone(session: Session, worker_id: str) -> None:
    """Note that the worker has ended."""
    session.execute(delete(WorkerRow).where(WorkerRow.id == worker_id))


def seen_within(session: Session, span: timedelta) -> set[str]:
    """The workers that said within ``span`` that they live. Those silent for longer are forgotten."""
    limit = datetime.now(UTC) - span
    session.execute(delete(WorkerRow).where(WorkerRow.seen_at < limit))
    return set(session.scalars(select(WorkerRow.id)))


def newest_report(session: Session) -> datetime | None:
    """When a worker last said that it lives; writes nothing."""
    return session.scalar(select(func.max(WorkerRow.seen_at)))
