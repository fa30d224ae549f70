"""Ended jobs are forgotten; waiting ones and those being done never."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from dbos import DBOSClient
from sqlalchemy import Engine

from app.errors import StorageError
from app.ingest import Ingest
from app.jobs import pruning, worker
from app.jobs.pruning import prune_queue
from app.jobs.queue import APPLICATION, ArticleQueue
from app.jobs.worker import drain, run_worker
from app.storage.articles import Status, save_article
from app.storage.engine import open_engine, plain_url, transaction
from tests.ingest.fake import FakeExtractor, actor_ids
from tests.jobs.test_rereading import until
from tests.storage.samples import lines

OLD = timedelta(days=-1)
"""Older than what ends tomorrow: everything."""


@pytest.fixture
def queue(engine: Engine) -> Iterator[ArticleQueue]:
    queue = ArticleQueue(engine)
    yield queue
    queue.close()


def put(engine: Engine, queue: ArticleQueue, first: int, count: int) -> list[str]:
    with transaction(engine) as session:
        ids = [save_article(session, lines(number))[0] for number in range(first, first + count)]
        queue.put(session, ids)
    return ids


def read(engine: Engine, ids: list[str]) -> None:
    process = Ingest(engine, FakeExtractor(), actor_ids).process_articles
    assert set(drain(engine, process, ids, batch_size=8).values()) == {Status.DONE}


def jobs(engine: Engine) -> dict[str, str]:
    """The queue's jobs with their states."""
    client = DBOSClient(system_database_url=plain_url(engine), application_name=APPLICATION)
    found = {job.workflow_id: job.status for job in client.list_workflows()}
    client.destroy()
    return found


def test_ended_jobs_are_forgotten_when_they_are_old_and_waiting_ones_are_not(
    engine: Engine, queue: ArticleQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pruning, "_TOGETHER", 2)
    done = put(engine, queue, 0, 5)
    read(engine, done)
    waiting = put(engine, queue, 5, 3)
    assert prune_queue(engine, timedelta(days=1)) == 0
    assert len(jobs(engine)) == 8
    assert prune_queue(engine, OLD) == 5
    assert jobs(engine) == dict.fromkeys(waiting, "ENQUEUED")
    # What is left is read, and what was forgotten can be read again.
    read(engine, waiting)
    with transaction(engine) as session:
        queue.put_again(session, done)
    read(engine, done)
    assert prune_queue(engine, OLD) == 8
    assert jobs(engine) == {}


def test_what_is_being_done_is_left_alone(engine: Engine, queue: ArticleQueue) -> None:
    (article_id,) = put(engine, queue, 0, 1)
    begun, go_on, stop = threading.Event(), threading.Event(), threading.Event()

    def process(article_ids: object) -> None:
        begun.set()
        assert go_on.wait(30)
        Ingest(engine, FakeExtractor(), actor_ids).process_articles([article_id])
        stop.set()

    running = threading.Thread(target=run_worker, args=(engine, process), kwargs={"batch_size": 4, "stop": stop})
    running.start()
    try:
        assert begun.wait(30)
        assert prune_queue(engine, OLD) == 0
        assert jobs(engine) == {article_id: "PENDING"}
    finally:
        go_on.set()
        running.join(60)
    assert jobs(engine) == {article_id: "SUCCESS"}


def test_a_worker_sweeps_by_itself(engine: Engine, queue: ArticleQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_SWEEPING", 0.05)
    ids = put(engine, queue, 0, 2)
    read(engine, ids)
    assert len(jobs(engine)) == 2
    stop = threading.Event()
    args = {"batch_size": 4, "stop": stop, "keep": OLD}
    running = threading.Thread(target=run_worker, args=(engine, print), kwargs=args)
    running.start()
    try:
        until(lambda: jobs(engine) == {})
    finally:
        stop.set()
        running.join(60)


def test_a_database_that_is_away_is_told_of(postgresql_url: str) -> None:
    engine = open_engine(postgresql_url)
    away = engine.url.set(port=1)
    engine.dispose()
    with pytest.raises(StorageError):
        prune_queue(type("Away", (), {"url": away, "dialect": engine.dialect})(), OLD)
