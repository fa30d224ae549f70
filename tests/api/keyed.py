"""Applications that ask for keys, as the tests of access start them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.api.app import create_app
from app.domain.access import Scope
from app.settings import Settings
from app.storage.engine import transaction
from app.storage.keys import create_key
from app.web.pages import mount
from tests.api.conftest import GoldQueue


def make_key(engine: Engine, scope: str, name: str = "desk", **known: Any) -> str:
    """A new key."""
    with transaction(engine) as session:
        return create_key(session, name, Scope(scope), **known)[1]


@contextmanager
def served(engine: Engine, queue: GoldQueue | None = None, **settings: Any) -> Iterator[TestClient]:
    """A client without a key of an application over the database, pages included; keys are required unless said."""
    url = engine.url.set(drivername=engine.dialect.name).render_as_string(hide_password=False)
    known = Settings(**{"database_url": url, "max_text_chars": 5_000, "require_keys": "always"} | settings)
    app = create_app(known, open_intake=lambda _: queue or GoldQueue(engine))
    mount(app)
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def bearer(key: str) -> dict[str, str]:
    """The header that carries a key."""
    return {"Authorization": f"Bearer {key}"}
