"""Writes that may meet an existing row, for both databases: one of the two modules that know the dialect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.domain.identity import content_id
from app.storage.tables import Base

# Bound parameters in one statement: SQLite's compiled-in ceiling is 32 766 and PostgreSQL's protocol allows 65 535.
_MAX_PARAMETERS = 30_000

Row = Mapping[str, Any]


def _inserts(session: Session, table: type[Base], rows: Sequence[Row]) -> Iterator[sqlite.Insert | postgresql.Insert]:
    build = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    size = max(1, _MAX_PARAMETERS // len(rows[0]))
    for first in range(0, len(rows), size):
        yield build(table).values(list(rows[first : first + size]))


def insert_new(session: Session, table: type[Base], rows: Sequence[Row]) -> int:
    """Insert ``rows``, leaving untouched whatever is there already under the same primary key or unique constraint.

    Gives how many were new.
    Callers sort the rows by key: two transactions that insert the same rows in one order wait for each other instead
    of locking each other out.
    """
    if not rows:
        return 0
    new = 0
    for statement in _inserts(session, table, rows):
        new += session.connection().execute(statement.on_conflict_do_nothing()).rowcount
    return new


def insert_or_replace(session: Session, table: type[Base], rows: Sequence[Row], key: str) -> None:
    """Insert ``rows``; where a row has the same unique ``key``, give it the new values of every other column."""
    if not rows:
        return
    for statement in _inserts(session, table, rows):
        new = {name: statement.excluded[name] for name in rows[0] if name != key}
        session.execute(statement.on_conflict_do_update(index_elements=[key], set_=new))


def serialize(session: Session, name: str) -> None:
    """Let one transaction at a time past this point, for everyone who gives the same ``name``, until it ends.

    SQLite needs nothing: a write transaction is alone from its start.
    """
    if session.get_bind().dialect.name == "postgresql":
        number = int(content_id("lock", name).removeprefix("lock_")[:15], 16)
        session.execute(select(func.pg_advisory_xact_lock(number)))
