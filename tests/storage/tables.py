"""What stands in a database, for tests that compare the whole of it."""

from __future__ import annotations

from sqlalchemy import Engine, select, text

from app.storage.engine import reading
from app.storage.tables import Base


def contents(engine: Engine, *, without: frozenset[str] = frozenset()) -> dict[str, list[str]]:
    """Every row of every table of ours, in an order of its own; the columns ``without`` are left out."""
    found = {}
    with reading(engine) as session:
        for name, table in Base.metadata.tables.items():
            columns = [column for column in table.columns if column.name not in without]
            found[name] = sorted(map(str, session.execute(select(*columns))))
        found["alembic_version"] = [str(row) for row in session.execute(text("SELECT * FROM alembic_version"))]
    return found
