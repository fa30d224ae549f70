"""The application over a real database, with a queue that reads articles at once by their gold annotation."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.api.app import create_app
from app.domain.article import Article
from app.domain.claim import Extraction
from app.settings import Settings
from app.storage.articles import Status, begin_attempt, get_article, queue_again, save_article, set_status, statuses
from app.storage.claims import save_extraction
from app.storage.engine import reading, transaction
from tests.databases import engine, postgresql_url, sqlite_url  # noqa: F401
from tests.gold_extraction import gold_actor_ids, gold_article, gold_documents, gold_extraction

SEED = "000_dc57c91d7ab00de9"

# What depends on the database is tried on both; the form of requests and answers does not.
on_both_databases = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


@dataclass
class GoldQueue:
    """Takes the queue's place: waiting for an article reads it, by the gold annotation of its text if there is one.

    ``is_stopped`` leaves articles lying, ``reasons`` makes articles fail.
    """

    engine: Engine
    is_stopped: bool = False
    reasons: dict[str, str] = field(default_factory=dict)
    queued: list[str] = field(default_factory=list)

    def put(self, session: Session, article_ids: Collection[str]) -> None:
        self.queued.extend(article_ids)

    def put_again(self, session: Session, article_ids: Collection[str]) -> None:
        self.queued.extend(queue_again(session, article_ids))

    def wait_for(self, article_ids: Collection[str], timeout: float) -> Mapping[str, Status]:
        if not self.is_stopped:
            while self.queued:
                self._read(self.queued.pop())
        with reading(self.engine) as session:
            return statuses(session, article_ids)

    def close(self) -> None:
        self.is_stopped = True

    def _read(self, article_id: str) -> None:
        with transaction(self.engine) as session:
            if article_id in self.reasons:
                set_status(session, [article_id], Status.FAILED, self.reasons[article_id])
                return
            (article,) = begin_attempt(session, [article_id])
            extraction = annotated(article)
            save_extraction(session, extraction, gold_actor_ids(extraction))
            set_status(session, [article_id], Status.DONE)


def annotated(article: Article) -> Extraction:
    """The gold extraction of an article with that text; one without claims for any other."""
    for doc_id, document in gold_documents().items():
        if document["text"] == article.text:
            found = gold_extraction(doc_id)
            return Extraction(article.id, found.claims, found.actors)
    return Extraction(article.id, (), ())


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a migrated, empty database: a SQLite file unless the test says otherwise."""
    return str(request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_url"))


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url, max_text_chars=20_000)


@pytest.fixture
def queue(engine: Engine) -> GoldQueue:  # noqa: F811
    return GoldQueue(engine)


@pytest.fixture
def client(settings: Settings, queue: GoldQueue) -> Iterator[TestClient]:
    """A client of the running application; errors come as responses, as they do over the network."""
    with TestClient(create_app(settings, open_intake=lambda _: queue), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def stored(client: TestClient, queue: GoldQueue) -> TestClient:
    """A client of an application that holds the gold articles and their claims."""
    with transaction(queue.engine) as session:
        for doc_id in gold_documents():
            article_id, _ = save_article(session, gold_article(doc_id))
            extraction = gold_extraction(doc_id)
            save_extraction(session, extraction, gold_actor_ids(extraction))
            set_status(session, [article_id], Status.DONE)
            assert get_article(session, article_id).status == Status.DONE
    return client
