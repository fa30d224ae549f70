"""Writes that may meet an existing row, for both databases: one of the two modules that know the dialect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Integer, func, literal_column, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.domain.identity import content_id
from app.storage.tables import Base, core

Row = Mapping[str, Any]


def _insert(session: Session, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    build = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    return build(core(table))


def insert_one(session: Session, table: type[Base], row: Row) -> bool:
    """Insert ``row`` unless its primary key or a unique constraint is taken; gives whether it was inserted."""
    statement = _insert(session, table).on_conflict_do_nothing()
    inserted = session.connection().execute(statement.returning(literal_column("1", Integer)), row)
    return inserted.first() is not None


def insert_new(session: Session, table: type[Base], rows: Sequence[Row]) -> None:
    """Insert ``rows``, leaving untouched whatever is there already under the same primary key or unique constraint.

    Callers sort the rows by key: two transactions that insert the same rows in one order wait for each other instead of
    locking each other out.
    """
    if rows:
        session.connection().execute(_insert(session, table).on_conflict_do_nothing(), rows)


def insert_or_replace(session: Session, table: type[Base], rows: Sequence[Row], key: str) -> None:
    """Insert ``rows``; where a row has the same unique ``key``, give it the new values of every other column."""
    if not rows:
        return
    statement = _insert(session, table)
    new = {name: statement.excluded[name] for name in rows[0] if name != key}
    session.connection().execute(statement.on_conflict_do_update(index_elements=[key], set_=new), rows)


def serialize(session: Session, *names: str) -> None:
    """Let one transaction at a time past this point, for everyone who gives one of the same ``names``, until it ends.

    SQLite needs nothing: a write transaction is alone from its start.
    """
    if session.get_bind().dialect.name == "postgresql":
        # In one order, so that two who want several never wait for each other.
        for number in sorted(int(content_id("lock", name).removeprefix("lock_")[:15], 16) for name in names):
            session.execute(select(func.pg_advisory_xact_lock(number)))
