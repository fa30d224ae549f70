"""The gold articles with all their claims, stored on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.storage.articles import save_article
from app.storage.claims import save_extraction
from app.storage.engine import reading, transaction
from tests.databases import engine, postgresql_url, sqlite_url  # noqa: F401
from tests.gold_extraction import gold_actor_ids, gold_article, gold_documents, gold_extraction

on_both_databases = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a migrated, empty database: a SQLite file unless the test says otherwise."""
    return str(request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_url"))


@pytest.fixture
def store(engine: Engine) -> Engine:  # noqa: F811
    """A database with every gold article and its claims."""
    with transaction(engine) as session:
        for doc_id in gold_documents():
            extraction = gold_extraction(doc_id)
            save_article(session, gold_article(doc_id))
            save_extraction(session, extraction, gold_actor_ids(extraction))
    return engine


@pytest.fixture
def session(store: Engine) -> Iterator[Session]:
    """A reading session on it."""
    with reading(store) as session:
        yield session
