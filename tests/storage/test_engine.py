from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from alembic import command
from sqlalchemy import Engine, inspect, text
from sqlalchemy.engine import make_url

from app.errors import InputError, StorageError
from app.jobs.queue import ArticleQueue
from app.storage.articles import counts, get_article, save_article
from app.storage.engine import (
    _alembic,
    is_current,
    migrate,
    open_engine,
    plain_url,
    reading,
    revision,
    transaction,
)
from app.storage.tables import Base
from tests.storage.samples import article


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "cannot be read"),
        ("", "cannot be read"),
        ("mysql://host/name", "no support for mysql"),
        ("nosuchthing://host/name", "no support for nosuchthing"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:////nowhere/at/all/a.db", "the folder /nowhere/at/all does not exist"),
        ("sqlite:////proc/a.db", "cannot open the database"),
        ("postgresql://nobody:secret@127.0.0.1:1/none", "cannot open the database"),
    ],
)
def test_a_database_that_cannot_be_opened_is_named(url: str, says: str) -> None:
    with pytest.raises(StorageError, match=says) as caught:
        open_engine(url)
    assert "secret" not in str(caught.value)


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="it is a folder"):
        open_engine(f"sqlite:///{tmp_path}")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(b"Det var en gang en fil som inte alls var en databas. " * 100)
    with pytest.raises(StorageError, match="not a database"):
        open_engine(f"sqlite:///{path}")
    assert path.read_bytes().startswith(b"Det var")


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE articles (other TEXT)")
    connection.commit()
    connection.close()
    engine = open_engine(f"sqlite:///{path}")
    with pytest.raises(StorageError, match="already exists"):
        migrate(engine)
    assert inspect(engine).get_table_names() == ["articles"]
    engine.dispose()


def test_without_create_nothing_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with pytest.raises(StorageError, match="there is no database at"):
        open_engine(f"sqlite:///{path}", create=False)
    assert not path.exists()


def test_wrong_password(postgresql_url: str) -> None:
    wrong = make_url(postgresql_url).set(username="stranger", password="secret").render_as_string(hide_password=False)
    with pytest.raises(StorageError, match="stranger") as caught:
        open_engine(wrong)
    assert "secret" not in str(caught.value)


def test_sqlite_is_set_up_for_readers_beside_a_writer(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with reading(engine) as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
    with transaction(engine) as writer:
        save_article(writer, article())
        with reading(engine) as reader:
            assert counts(reader)["queued"] == 0
    with reading(engine) as reader:
        assert counts(reader)["queued"] == 1
    engine.dispose()


def test_an_exception_rolls_everything_back(engine: Engine) -> None:
    def fail() -> None:
        with transaction(engine) as session:
            save_article(session, article())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with reading(engine) as session:
        assert counts(session)["queued"] == 0


def test_a_value_no_database_takes_is_bad_input(engine: Engine) -> None:
    with pytest.raises(InputError), reading(engine) as session:
        get_article(session, "art_\ud800")


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    before = revision(engine)
    migrate(engine)
    assert revision(engine) == before
    assert is_current(engine)


def test_several_processes_may_migrate_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    engines = [open_engine(url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate, engines))
    assert is_current(engines[0])
    for engine in engines:
        engine.dispose()


def test_an_empty_database_has_no_revision(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new.db'}")
    assert revision(engine) is None
    assert not is_current(engine)
    engine.dispose()


def test_a_database_of_a_newer_version_is_refused(engine: Engine) -> None:
    with transaction(engine) as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'from-the-future'"))
    with pytest.raises(StorageError, match="from-the-future"):
        migrate(engine)


def test_migrations_and_tables_agree(engine: Engine) -> None:
    """`alembic check`, also with the tables of the queue beside ours."""
    ArticleQueue(engine).close()
    with transaction(engine) as session:
        config = _alembic()
        config.attributes["connection"] = session.connection()
        command.check(config)


def test_downgrade_leaves_nothing(engine: Engine) -> None:
    with transaction(engine) as session:
        config = _alembic()
        config.attributes["connection"] = session.connection()
        command.downgrade(config, "base")
    left = {name for name in inspect(engine).get_table_names() if name in Base.metadata.tables or "fts" in name}
    assert left == set()
    migrate(engine)
    assert is_current(engine)


def test_the_alembic_command_reads_the_settings(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic.config import main

    monkeypatch.setenv("SAGESMAN_DATABASE_URL", sqlite_url)
    monkeypatch.chdir(Path(__file__).parents[2])
    main(["check"])


def test_the_plain_url_opens_the_same_database(engine: Engine) -> None:
    with transaction(engine) as session:
        article_id, _ = save_article(session, article())
    url = plain_url(engine)
    assert url.split(":")[0] in ("sqlite", "postgresql")
    other = open_engine(url)
    with reading(other) as session:
        assert get_article(session, article_id).id == article_id
    other.dispose()


def test_what_may_not_be_written_or_looked_into(sqlite_url: str) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        path = folder / "test.db"
        shutil.copy(str(make_url(sqlite_url).database), path)
        path.chmod(0o444)
        with without_rights(), pytest.raises(StorageError, match="cannot open the database"):
            open_engine(f"sqlite:///{path}")
        with without_rights(), pytest.raises(StorageError, match="cannot open the database"):
            open_engine(f"sqlite:///{folder / 'new.db'}")
        folder.chmod(0o700)
        with without_rights(), pytest.raises(StorageError, match="cannot open the database"):
            open_engine(f"sqlite:///{path}")


@contextmanager
def without_rights() -> Iterator[None]:
    """Run the block as nobody where it would run as root, who may do everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
