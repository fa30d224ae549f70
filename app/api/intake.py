"""Where submitted articles go: a queue that a worker in another process reads from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from threading import Lock
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
    """The durable queue in the database of ``engine``."""
    from app.jobs.queue import ArticleQueue

    return ArticleQueue(engine)


class LateIntake:
    """Opens the queue when the first article comes: its library takes longer to load than the rest of the server.

    Reading endpoints do without it, so that the server answers questions at once.
    """

    def __init__(self, engine: Engine, open_intake: OpenIntake) -> None:
        self._engine = engine
        self._open = open_intake
        self._opened: Intake | None = None
        self._lock = Lock()

    def opened(self) -> Intake:
        """The queue, opened now if it was not. Never ask from within a transaction: a new queue makes its own tables.

        Raises `StorageError` where its database cannot be reached.
        """
        with self._lock:
            if self._opened is None:
                self._opened = self._open(self._engine)
            return self._opened

    def close(self) -> None:
        """Close the queue if it was opened."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
