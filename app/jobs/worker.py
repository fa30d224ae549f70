"""The worker: claims articles from the queue, processes them in batches, and takes over from workers that died."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import timedelta

from dbos import DBOS, DBOSClient, DBOSConfig

from app.errors import StorageError
from app.jobs.batches import Batcher
from app.jobs.pruning import prune_queue
from app.jobs.queue import APPLICATION, QUEUE, VERSION, WORKFLOW, ArticleQueue, quiet
from app.storage.articles import Status, statuses
from app.storage.engine import Engine, plain_url, reading, transaction
from app.storage.rereading import feed, is_any_waiting
from app.storage.workers import report_alive, report_gone, seen_within

log = logging.getLogger(__name__)

Process = Callable[[Sequence[str]], None]

# Seconds between two looks at the queue. With two batches of 16 claimed at each look, 160 articles a second fit
# through, and one parser takes some tens. At rest a look costs a few small queries.
_POLLING = 0.1
# Batches claimed ahead of the one at work, so that the parser never waits for the queue.
_AHEAD = 2
# Seconds between two signs of life, and after how many without one a worker counts as dead. A wrong guess costs double
# work and nothing else, for saving twice is saving once.
_BEAT = 2.0
_DEAD_AFTER = timedelta(seconds=30)
# Seconds between two looks for jobs that ended long ago.
_SWEEPING = 3600.0
# Seconds for the jobs of the last batch to be recorded as done when the worker ends.
_FAREWELL = 5
# Seconds between two tries while the database cannot be reached: at first, and at most.
_FIRST_RETRY, _LONGEST_RETRY = 1.0, 30.0


def run_worker(
    engine: Engine, process: Process, *, batch_size: int, stop: threading.Event, keep: timedelta | None = None
) -> None:
    """Process queued articles until ``stop`` is set, in this thread, up to ``batch_size`` at a time.

    ``process`` gets article ids and brings every one of them to the status done or failed (`Ingest.process_articles`);
    it must bear being given an article again. While the database cannot be reached the worker waits for it. What
    ``process`` raises otherwise ends the worker and is raised; the articles stay on the queue for the next one.
    Jobs that ended are forgotten when they are older than ``keep``, where that is given.

    One worker a process: the queue's library keeps global state. Several processes share the queue, on several machines
    with PostgreSQL.
    """
    batcher = Batcher(batch_size)
    with _listening(engine, batcher, batch_size * _AHEAD, keep), _closing(batcher, stop):
        batcher.run(_patient(process, stop))


def drain(
    engine: Engine,
    process: Process,
    article_ids: Collection[str],
    *,
    batch_size: int,
    progress: Callable[[int], None] | None = None,
) -> dict[str, Status]:
    """Work on the queue until each of ``article_ids`` is done or has failed, and give the status of each.

    For hosts without a running worker; with one, they share the work. ``progress`` is called now and then, from another
    thread, with the number of articles that have ended. Raises as `run_worker`; what is left then stays on the queue.
    """

    def is_over() -> bool:
        ended = _ended(engine, article_ids)
        if progress is not None:
            progress(ended)
        return ended == len(article_ids)

    work_until(engine, process, is_over, batch_size=batch_size)
    with reading(engine) as session:
        return statuses(session, article_ids)


def work_until(engine: Engine, process: Process, is_over: Callable[[], bool], *, batch_size: int) -> None:
    """Work on the queue until ``is_over``, which is asked now and then from another thread. Raises as `run_worker`."""
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            if is_over():
                stop.set()
            stop.wait(_POLLING)

    watcher = threading.Thread(target=watch, name="drain-watch", daemon=True)
    watcher.start()
    try:
        run_worker(engine, process, batch_size=batch_size, stop=stop)
    finally:
        stop.set()
        watcher.join()


def _ended(engine: Engine, article_ids: Collection[str]) -> int:
    with reading(engine) as session:
        found = statuses(session, article_ids)
    return sum(status in (Status.DONE, Status.FAILED) for status in found.values())


def _patient(process: Process, stop: threading.Event) -> Process:
    """``process`` that waits for a database that is away, for as long as nobody asks the worker to stop."""

    def patient(article_ids: Sequence[str]) -> None:
        pause = _FIRST_RETRY
        while True:
            try:
                return process(article_ids)
            except StorageError as error:
                log.warning("the database is away, trying again", extra={"reason": str(error), "seconds": pause})
                if stop.wait(pause):
                    raise
                pause = min(pause * 2, _LONGEST_RETRY)

    return patient


@contextmanager
def _closing(batcher: Batcher, stop: threading.Event) -> Iterator[None]:
    """Close the batcher when ``stop`` is set."""

    def watch() -> None:
        stop.wait()
        batcher.close()

    watcher = threading.Thread(target=watch, name="worker-stop", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        batcher.close()


@contextmanager
def _listening(engine: Engine, batcher: Batcher, claims: int, keep: timedelta | None) -> Iterator[None]:
    """Claim up to ``claims`` articles at a time from the queue and give them to the batcher."""
    quiet()
    url = plain_url(engine)
    worker_id = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    with transaction(engine) as session:
        report_alive(session, worker_id)

    def job(article_id: str) -> None:
        batcher.submit(article_id)

    # Our own count of attempts decides when an article is given up; the library's would forget it silently.
    DBOS.workflow(name=WORKFLOW, max_recovery_attempts=None)(job)
    DBOS(
        config=DBOSConfig(
            name=APPLICATION,
            system_database_url=url,
            application_version=VERSION,
            executor_id=worker_id,
            max_executor_threads=claims + 4,
            log_level="WARNING",
        )
    )
    left = threading.Event()
    beat = threading.Thread(target=_beat, args=(engine, worker_id, claims, left), name="worker-beat", daemon=True)
    broom = threading.Thread(target=_sweep, args=(engine, keep, left), name="worker-broom", daemon=True)
    try:
        DBOS.migrate(url)
        _declare_queue(url, claims)
        DBOS.launch()
        beat.start()
        broom.start()
        log.info("worker ready", extra={"worker": worker_id})
        yield
    finally:
        # Just before the library stops claiming and waits for its threads: they wait for the batcher.
        batcher.dismiss()
        left.set()
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=_FAREWELL)
        for thread in (beat, broom):
            if thread.ident is not None:
                thread.join()
        with transaction(engine) as session:
            report_gone(session, worker_id)
        log.info("worker ended", extra={"worker": worker_id})


def _declare_queue(url: str, claims: int) -> None:
    # Before the launch: a queue declared after it is only noticed a second later.
    client = DBOSClient(system_database_url=url, application_name=APPLICATION)
    client.register_queue(QUEUE, worker_concurrency=claims, polling_interval_sec=_POLLING, on_conflict="always_update")
    client.destroy()


def _beat(engine: Engine, worker_id: str, claims: int, left: threading.Event) -> None:
    """Say that this worker lives, take over from those that no longer do, and put what is to be read anew on the queue,
    until ``left`` is set.
    """
    while not left.is_set():
        try:
            with transaction(engine) as session:
                report_alive(session, worker_id)
                alive = seen_within(session, _DEAD_AFTER)
            _take_over({worker for worker in alive if not _is_gone(worker)})
            _feed(engine, claims)
        except StorageError as error:
            log.warning("no sign of life could be given", extra={"reason": str(error)})
        left.wait(_BEAT)


def _sweep(engine: Engine, keep: timedelta | None, left: threading.Event) -> None:
    """Forget jobs that ended longer ago than ``keep`` now and then, until ``left`` is set."""
    while keep is not None and not left.wait(_SWEEPING):
        try:
            prune_queue(engine, keep)
        except StorageError as error:
            log.warning("ended jobs have to be forgotten later", extra={"reason": str(error)})


def _feed(engine: Engine, claims: int) -> None:
    """Have a few more articles reread, as many as are claimed at once: what comes in meanwhile waits for no more."""
    with reading(engine) as session:
        if not is_any_waiting(session):
            return
    with closing(ArticleQueue(engine)) as queue, transaction(engine) as session:
        queue.put_again(session, feed(session, claims))


def _take_over(alive: Collection[str]) -> None:
    """Put back on the queue what is claimed by a worker that is not alive."""
    claimed = DBOS.list_workflows(status="PENDING", queue_name=QUEUE, load_input=False, load_output=False)
    orphans = [job.workflow_id for job in claimed if job.executor_id not in alive]
    if orphans:
        log.warning("taking over from a worker that died", extra={"articles": len(orphans)})
        DBOS.resume_workflows(orphans, queue_name=QUEUE)


def _is_gone(worker_id: str) -> bool:
    """Whether the worker ran on this machine and its process is no more: known at once, without waiting for silence."""
    host, pid, _ = worker_id.rsplit(":", 2)
    if os.name != "posix" or host != socket.gethostname():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
