"""Killing workers for real; `tests.kill_ingest` is the same as a command."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from dbos import DBOSClient
from sqlalchemy import Engine

from app.jobs.queue import APPLICATION, ArticleQueue
from app.storage.articles import Status, save_article
from app.storage.engine import open_engine, plain_url, transaction
from app.storage.workers import seen_within
from tests.kill_ingest import kill_and_finish
from tests.storage.samples import lines


def test_nothing_is_lost_and_nothing_doubled(sqlite_url: str) -> None:
    outcome = kill_and_finish(sqlite_url, articles=200, kills=1, seconds_per_article=0.01)
    assert outcome.is_right(200), outcome


@pytest.mark.parametrize("kills", [2])
def test_nothing_is_lost_on_a_server(postgresql_url: str, kills: int) -> None:
    outcome = kill_and_finish(postgresql_url, articles=100, kills=kills, seconds_per_article=0.01)
    assert outcome.is_right(100), outcome


def test_workers_share_one_queue(postgresql_url: str) -> None:
    engine = open_engine(postgresql_url)
    queue = ArticleQueue(engine)
    command = [sys.executable, "-m", "tests.jobs.process", postgresql_url, "0.05"]
    workers = [subprocess.Popen(command) for _ in range(2)]
    try:
        # Both must be there before there is work, or the first takes it all.
        until(lambda: len(alive(engine)) == 2)
        with transaction(engine) as session:
            ids = [save_article(session, lines(number))[0] for number in range(100)]
            queue.put(session, ids)
        assert set(queue.wait_for(ids, 60).values()) == {Status.DONE}
        client = DBOSClient(system_database_url=plain_url(engine), application_name=APPLICATION)
        took = Counter(job.executor_id for job in client.list_workflows())
        client.destroy()
    finally:
        for worker in workers:
            worker.terminate()
    assert [worker.wait(30) for worker in workers] == [0, 0]
    assert sum(took.values()) == 100
    assert len(took) == 2
    assert alive(engine) == set()
    queue.close()
    engine.dispose()


def alive(engine: Engine) -> set[str]:
    with transaction(engine) as session:
        return seen_within(session, timedelta(minutes=1))


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)
