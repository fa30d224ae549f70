"""Pages of rows in the order in which they were made, by a cursor of time and id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.storage import cursor as cursors

Row = TypeVar("Row")
Order = tuple[InstrumentedAttribute[datetime], InstrumentedAttribute[str]]


def page_of_rows(
    session: Session, query: Select[Row], order: Order, *, listing: str, cursor: str | None, limit: int, newest: bool
) -> tuple[Sequence[Row], str | None]:
    """At most ``limit`` rows of the query behind ``cursor``, and the cursor of the next page, ``None`` at the end.

    ``order`` are the columns with the time at which a row was made and with its id, oldest first or ``newest`` first;
    the rows have them under the same names. Raises `BadCursor` for a cursor that is none of ``listing``.
    """
    if cursor is not None:
        made_at, last = cursors.decode(listing, cursor, (str, str))
        key = (datetime.fromisoformat(str(made_at)), last)
        query = query.where(tuple_(*order) < key if newest else tuple_(*order) > key)
    query = query.order_by(*(column.desc() if newest else column for column in order)).limit(limit + 1)
    rows = session.scalars(query).all()
    if len(rows) <= limit:
        return rows, None
    end = rows[limit - 1]
    made, name = (getattr(end, column.key) for column in order)
    return rows[:limit], cursors.encode(listing, (made.isoformat(), name))
