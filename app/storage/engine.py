"""Opening a database, bringing its schema up to date, and the transactions in which everything else runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session as Session

from app.errors import InputError, StorageError
from app.storage.upsert import serialize

# Engine and Session are named here for those who pass them on, so that only this package imports SQLAlchemy.
__all__ = [
    "MIGRATIONS",
    "Engine",
    "Session",
    "is_current",
    "migrate",
    "open_engine",
    "reading",
    "revision",
    "transaction",
    "translated",
]

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"

# How long a SQLite writer waits for another before it gives up, in milliseconds. Writes take milliseconds each, so half
# a minute only passes when another program holds the file.
_BUSY_MS = 30_000

_WRITES = "sagesman_writes"


def open_engine(url: str, *, create: bool = True) -> Engine:
    """An engine for ``url`` (``sqlite:///file.db`` or ``postgresql://user:password@host/name``), tried out once.

    A SQLite file that does not exist is made, unless ``create`` is false; its folder never is. Raises `StorageError`
    that says what is wrong: no such folder, not writable, not a database, no such server, wrong password.
    """
    parsed = _parse(url)
    shown = parsed.render_as_string(hide_password=True)
    if parsed.get_backend_name() == "sqlite":
        _check_file(parsed, create)
        engine = create_engine(parsed, connect_args={"timeout": _BUSY_MS / 1000})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(parsed, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    try:
        with engine.execution_options(**{_WRITES: True}).connect() as connection:
            connection.execute(text("SELECT 1"))
    except DBAPIError as error:
        engine.dispose()
        raise StorageError(f"cannot open the database {shown}: {_reason(error)}") from error
    return engine


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest revision. Safe to call at every start and from several processes at once.

    Raises `StorageError` when the database was written by a newer version or cannot be changed.
    """
    with transaction(engine) as session:
        serialize(session, "migrate")
        config = _alembic()
        config.attributes["connection"] = session.connection()
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StorageError(f"cannot bring the database up to date: {error}") from error


def revision(engine: Engine) -> str | None:
    """The revision that the schema is at; ``None`` where there is no schema yet."""
    with reading(engine) as session:
        return MigrationContext.configure(session.connection()).get_current_revision()


def is_current(engine: Engine) -> bool:
    """Whether the schema is at the newest revision, for readiness checks."""
    return revision(engine) == ScriptDirectory.from_config(_alembic()).get_current_head()


def plain_url(engine: Engine) -> str:
    """The URL of the database, password and all, without the name of a driver: for another library's own connection."""
    return engine.url.set(drivername=engine.dialect.name).render_as_string(hide_password=False)


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A session that may write: committed at the end of the block, rolled back when the block raises.

    Database errors come out as `StorageError`, values that no database takes as `InputError`.
    """
    with _session(engine.execution_options(**{_WRITES: True})) as session:
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session for reading; on SQLite it never waits for a writer. Errors as in `transaction`."""
    with _session(engine) as session:
        yield session


@contextmanager
def _session(engine: Engine) -> Iterator[Session]:
    with translated(), Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def translated() -> Iterator[None]:
    """Errors of the database come out of the block as `transaction` says, also where another library asked it."""
    try:
        yield
    except (DataError, UnicodeEncodeError) as error:
        # A NUL in an id, half a surrogate pair in a name: PostgreSQL refuses to compare with it.
        raise InputError("a value holds characters that cannot be stored or looked up") from error
    except DBAPIError as error:
        raise StorageError(f"the database refused: {_reason(error)}") from error
    except SQLAlchemyError as error:
        raise StorageError(f"the database cannot be used: {error}") from error


def _alembic() -> Config:
    if not (MIGRATIONS / "env.py").is_file():
        raise StorageError("the migrations folder is missing from this installation")
    config = Config()
    # Alembic reads % in a value as interpolation.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, ValueError, NoSuchModuleError):
        raise StorageError("the database URL cannot be read: expected sqlite:///FILE or postgresql://…") from None
    if backend == "postgres":
        backend, parsed = "postgresql", parsed.set(drivername="postgresql")
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if backend == "sqlite":
        return parsed.set(drivername="sqlite")
    raise StorageError(f"no support for {backend} databases: use sqlite:///FILE or postgresql://…")


def _check_file(url: URL, create: bool) -> None:
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise StorageError(
            "the database URL names no file: every process needs the same one, as in sqlite:///sagesman.db"
        )
    path = Path(url.database)
    try:
        _check_path(path, create)
    except OSError as error:
        raise StorageError(f"cannot open the database {path}: {error.strerror}") from error


def _check_path(path: Path, create: bool) -> None:
    if not path.parent.is_dir():
        raise StorageError(f"cannot open the database {path}: the folder {path.parent} does not exist")
    if path.is_dir():
        raise StorageError(f"cannot open the database {path}: it is a folder")
    if not create and not path.exists():
        raise StorageError(f"there is no database at {path}")


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own transaction handling begins too late and never for reads; `_begin_sqlite` does it.
    connection.isolation_level = None
    for pragma in (f"busy_timeout = {_BUSY_MS}", "journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at the start: one that reads first and asks later may be refused without waiting.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _reason(error: DBAPIError) -> str:
    return " ".join(str(error.orig).split())
