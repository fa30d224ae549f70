"""Forgetting what the queue's library keeps of jobs that have ended: a row and its input and output for each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dbos import DBOS, DBOSClient

from app.jobs.queue import APPLICATION, QUEUE, quiet
from app.storage.engine import Engine, plain_url, translated

# States that no job comes back from; what waits or is being done is in none of them.
_ENDED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
# Jobs forgotten in one transaction: on SQLite nobody else writes meanwhile.
_TOGETHER = 500


def prune_queue(engine: Engine, keep: timedelta) -> int:
    """Forget jobs that have ended and were queued longer ago than ``keep``; gives how many.

    The library collects no garbage by itself in a process of its own, and nothing here asks for an ended job: what
    became of an article stands in its own row, and each reading of it is a job with a new id.

    Raises `StorageError` when the database cannot be reached.
    """
    quiet()
    url = plain_url(engine)
    before = (datetime.now(UTC) - keep).isoformat()
    with translated():
        DBOS.migrate(url)
        return _prune(url, before)


def _prune(url: str, before: str) -> int:
    forgotten = 0
    client = DBOSClient(system_database_url=url, application_name=APPLICATION, retry_connection_errors=False)
    try:
        while True:
            ended = client.list_workflows(
                status=_ENDED,
                queue_name=QUEUE,
                end_time=before,
                limit=_TOGETHER,
                load_input=False,
                load_output=False,
            )
            if not ended:
                return forgotten
            client.delete_workflows([job.workflow_id for job in ended])
            forgotten += len(ended)
    finally:
        client.destroy()
