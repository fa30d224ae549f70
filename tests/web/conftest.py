"""The whole application over a SQLite file that holds the gold articles and the written ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.asgi import assemble
from app.settings import Settings
from app.storage.engine import Engine, migrate, open_engine
from tests.databases import sqlite_url  # noqa: F401
from tests.web.reading import Element, read
from tests.web.site import store

Get = Callable[..., Element]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("web") / "site.db"
    return f"sqlite:///{path}"


@pytest.fixture(scope="module")
def engine(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    migrate(engine)
    store(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def client(url: str, engine: Engine) -> Iterator[TestClient]:
    settings = Settings(database_url=url, max_text_chars=5_000)
    with TestClient(assemble(settings), raise_server_exceptions=False, follow_redirects=False) as client:
        client.headers["accept"] = "text/html,*/*;q=0.8"
        yield client


@pytest.fixture(scope="module")
def get(client: TestClient) -> Get:
    """Fetch a page, which is to come with that status, and take it apart."""

    def get(path: str, status: int = 200, **headers: str) -> Element:
        answer = client.get(path, headers=headers)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        return read(answer.text)

    return get
