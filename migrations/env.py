"""Runs the migrations: on the connection that the product hands over, or on the database of the settings.

Only on a live database. The full-text indices differ between SQLite and PostgreSQL and stand outside the mapped tables,
so comparisons leave them out.
"""

from __future__ import annotations

from logging.config import fileConfig
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, ForeignKeyConstraint

import app.storage.carried
import app.storage.copies
import app.storage.event_tables
import app.storage.idempotency
import app.storage.keys
import app.storage.namesakes
import app.storage.readings
import app.storage.rereading
import app.storage.standings
import app.storage.versions  # noqa: F401 - these map tables of their own
from app.settings import load_settings
from app.storage.columns import UtcDateTime
from app.storage.engine import open_engine, transaction
from app.storage.tables import Base


def _compared(thing: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    # The queue keeps tables of its own in a SQLite file and migrates them itself.
    if kind == "table":
        return name in Base.metadata.tables
    # SQLite does not tell name and options of a reference that was added to a table.
    if kind == "foreign_key_constraint" and isinstance(thing, ForeignKeyConstraint):
        return list(thing.column_keys) != ["leading_id"]
    return not (name or "").startswith("claims_fts")


def _rendered(kind: str, thing: object, _context: AutogenContext) -> str | Literal[False]:
    # Migrations outlive the code: they name the column's own type, not the class that converts it.
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, UtcDateTime) else False


def _run(connection: Connection) -> None:
    options: dict[str, Any] = {"target_metadata": Base.metadata, "include_object": _compared, "render_item": _rendered}
    # SQLite cannot alter a table in place: batch mode copies it.
    context.configure(connection=connection, render_as_batch=connection.dialect.name == "sqlite", **options)
    with context.begin_transaction():
        context.run_migrations()


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    _run(handed_over)
else:
    if context.config.config_file_name is not None:
        fileConfig(context.config.config_file_name, disable_existing_loggers=False)
    with transaction(open_engine(load_settings().database_url)) as session:
        _run(session.connection())
