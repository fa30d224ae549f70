"""Putting articles on the queue, in the same transaction that stores them, and waiting for them to be done."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection

from dbos import DBOS, DBOSClient, EnqueueOptions

from app.storage.articles import Status, queue_again, statuses
from app.storage.engine import Engine, Session, plain_url, reading

APPLICATION = "sagesman"
QUEUE = "articles"
WORKFLOW = "process_article"

# Changes only when a worker of the new version cannot take over what one of the old version had begun. A version of
# the code itself must not count: after an upgrade the new workers have to finish what the old ones left.
VERSION = "1"

# Seconds between two looks at articles that somebody waits for: at first often, because a short article takes little.
_FIRST_WAIT, _LONGEST_WAIT = 0.02, 0.5


class ArticleQueue:
    """The queue in the database of ``engine``, made there when it is new. Has connections of its own; close it.

    Safe to use from several threads.
    """

    def __init__(self, engine: Engine) -> None:
        quiet()
        self._engine = engine
        url = plain_url(engine)
        DBOS.migrate(url)
        self._client = DBOSClient(
            system_database_url=url,
            application_name=APPLICATION,
            retry_connection_errors=False,
        )

    def put(self, session: Session, article_ids: Collection[str]) -> None:
        """Queue articles within the caller's transaction: they are stored and queued together, or neither.

        An article that is or was on the queue is not put there again.
        """
        for article_id in article_ids:
            self._enqueue(session, article_id, article_id)

    def put_again(self, session: Session, article_ids: Collection[str]) -> None:
        """Queue articles that are done or failed once more, in the caller's transaction; the others wait already."""
        for article_id, run in queue_again(session, article_ids).items():
            self._enqueue(session, article_id, f"{article_id}-{run}")

    def wait_for(self, article_ids: Collection[str], timeout: float) -> dict[str, Status]:
        """The status of each article as soon as none is queued or processing, or after ``timeout`` seconds."""
        deadline = time.monotonic() + timeout
        pause = _FIRST_WAIT
        while True:
            with reading(self._engine) as session:
                found = statuses(session, article_ids)
            waiting = [status for status in found.values() if status in (Status.QUEUED, Status.PROCESSING)]
            left = deadline - time.monotonic()
            if not waiting or left <= 0:
                return found
            time.sleep(min(pause, left))
            pause = min(pause * 1.5, _LONGEST_WAIT)

    def close(self) -> None:
        """Close the queue's connections."""
        self._client.destroy()

    def _enqueue(self, session: Session, article_id: str, job_id: str) -> None:
        options = EnqueueOptions(workflow_name=WORKFLOW, queue_name=QUEUE, workflow_id=job_id, app_version=VERSION)
        self._client.enqueue_in_transaction(session, options, article_id)


def quiet() -> None:
    """Let the queue's library log through the handlers of the program, and only what is worth a warning."""
    logger = logging.getLogger("dbos")
    if not logger.handlers:
        # Without a handler of ours it would set up one that writes to the console.
        logger.addHandler(logging.NullHandler())
    logger.propagate = True
    logger.setLevel(logging.WARNING)
