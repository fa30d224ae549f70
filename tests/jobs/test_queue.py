from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import Engine

from app.domain.article import Article
from app.errors import ModelError, StorageError
from app.ingest import Ingest
from app.jobs import worker
from app.jobs.queue import ArticleQueue
from app.jobs.worker import drain, run_worker
from app.storage.articles import Status, counts, get_article, save_article
from app.storage.claims import list_claims
from app.storage.engine import reading, transaction
from tests.ingest.fake import FakeExtractor, actor_ids
from tests.storage.samples import lines


@pytest.fixture
def queue(engine: Engine) -> Iterator[ArticleQueue]:
    """A queue in the test's database."""
    queue = ArticleQueue(engine)
    yield queue
    queue.close()


def put(engine: Engine, queue: ArticleQueue, *articles: Article) -> list[str]:
    with transaction(engine) as session:
        ids = [save_article(session, article)[0] for article in articles]
        queue.put(session, ids)
    return ids


def ingest(engine: Engine) -> Ingest:
    return Ingest(engine, FakeExtractor(), actor_ids)


def test_what_is_put_there_is_processed(engine: Engine, queue: ArticleQueue) -> None:
    ids = put(engine, queue, *(lines(number) for number in range(20)))
    told: list[int] = []
    batches: list[int] = []

    def process(article_ids: Sequence[str]) -> None:
        batches.append(len(article_ids))
        ingest(engine).process_articles(article_ids)

    ended = drain(engine, process, ids, batch_size=8, progress=told.append)
    assert ended == dict.fromkeys(ids, Status.DONE)
    assert told == sorted(told)
    assert told[-1] == 20
    assert max(batches) == 8
    assert len(batches) < 10
    with reading(engine) as session:
        assert len(list_claims(session, limit=100).items) == 60


def test_stored_and_queued_together_or_neither(engine: Engine, queue: ArticleQueue) -> None:
    def fail() -> None:
        with transaction(engine) as session:
            article_id, _ = save_article(session, lines(1))
            queue.put(session, [article_id])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    ids = put(engine, queue, lines(2))
    seen: list[str] = []

    def process(article_ids: Sequence[str]) -> None:
        seen.extend(article_ids)
        ingest(engine).process_articles(article_ids)

    drain(engine, process, ids, batch_size=4)
    assert seen == ids


def test_putting_again_what_waits_or_is_done_does_nothing(engine: Engine, queue: ArticleQueue) -> None:
    ids = put(engine, queue, lines(1), lines(2))
    assert put(engine, queue, lines(1)) == ids[:1]
    seen: list[str] = []

    def process(article_ids: Sequence[str]) -> None:
        seen.extend(article_ids)
        ingest(engine).process_articles(article_ids)

    drain(engine, process, ids, batch_size=4)
    put(engine, queue, lines(1))
    more = put(engine, queue, lines(3))
    drain(engine, process, [*ids, *more], batch_size=4)
    assert sorted(seen) == sorted([*ids, *more])


def test_a_failed_article_is_queued_again_on_request(engine: Engine, queue: ArticleQueue) -> None:
    ids = put(engine, queue, lines(1))

    class Broken(FakeExtractor):
        def extract_many(self, articles: Sequence[Article]) -> list[object]:  # type: ignore[override]
            if "Ting" in articles[0].text:
                raise ModelError("nej")
            return []

    broken = Ingest(engine, Broken(), actor_ids)  # type: ignore[arg-type]
    assert drain(engine, broken.process_articles, ids, batch_size=4) == {ids[0]: Status.FAILED}
    for _ in range(2):
        with transaction(engine) as session:
            queue.put_again(session, ids)
            queue.put_again(session, ids)
        assert drain(engine, ingest(engine).process_articles, ids, batch_size=4) == {ids[0]: Status.DONE}
    with reading(engine) as session:
        assert get_article(session, ids[0]).claim_count == 3


def test_waiting(engine: Engine, queue: ArticleQueue) -> None:
    ids = put(engine, queue, lines(1))
    assert queue.wait_for(ids, 0.05) == {ids[0]: Status.QUEUED}
    assert queue.wait_for(["art_none"], 5) == {}
    stop = threading.Event()
    found: list[dict[str, Status]] = []

    def wait() -> None:
        found.append(queue.wait_for(ids, 20))
        stop.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    run_worker(engine, ingest(engine).process_articles, batch_size=4, stop=stop)
    waiting.join()
    assert found == [{ids[0]: Status.DONE}]


def test_what_ends_the_worker_leaves_the_articles_on_the_queue(engine: Engine, queue: ArticleQueue) -> None:
    ids = put(engine, queue, *(lines(number) for number in range(6)))

    def process(article_ids: Sequence[str]) -> None:
        raise ModelError("no models")

    with pytest.raises(ModelError, match="no models"):
        run_worker(engine, process, batch_size=2, stop=threading.Event())
    with reading(engine) as session:
        assert counts(session)["queued"] == 6
    assert set(drain(engine, ingest(engine).process_articles, ids, batch_size=2).values()) == {Status.DONE}


def test_a_database_that_is_away_is_waited_for(
    engine: Engine, queue: ArticleQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_FIRST_RETRY", 0.01)
    ids = put(engine, queue, lines(1))
    tries: list[int] = []

    def process(article_ids: Sequence[str]) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise StorageError("away")
        ingest(engine).process_articles(article_ids)

    assert drain(engine, process, ids, batch_size=2) == {ids[0]: Status.DONE}
    assert len(tries) == 3


def test_a_worker_that_is_gone() -> None:
    import socket

    host = socket.gethostname()
    assert not worker._is_gone(f"{host}:{os.getpid()}:ab")
    assert not worker._is_gone("another.host:1:ab")
    # No process gets this number.
    assert worker._is_gone(f"{host}:{2**22 + 1}:ab")
