"""Where submitted articles go: a queue that a worker in another process reads from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Protocol

from app.storage.articles import Status
from app.storage.engine import Engine, Session


class Intake(Protocol):
    """Has stored articles read; see `app.jobs.queue.ArticleQueue`."""

    def put(self, session: Session, article_ids: Collection[str]) -> None:
        """Queue articles in the caller's transaction, so that they are stored and queued together, or neither."""

    def put_again(self, session: Session, article_ids: Collection[str]) -> None:
        """Queue articles that are done or failed once more."""

    def wait_for(self, article_ids: Collection[str], timeout: float) -> Mapping[str, Status]:
        """The status of each article as soon as all are read, or after ``timeout`` seconds."""
        ...

    def close(self) -> None:
        """Close what the queue holds open."""


OpenIntake = Callable[[Engine], Intake]


def open_queue(engine: Engine) -> Intake:
    """The durable queue in the database of ``engine``; imported here, since reading endpoints do without it."""
    from app.jobs.queue import ArticleQueue

    return ArticleQueue(engine)
