"""Jobs that arrive one by one in threads of their own, processed together in the thread that can."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future

# Seconds that a batch waits for more: jobs claimed together arrive within milliseconds of each other.
_LINGER = 0.02


class Stopped(BaseException):
    """The worker ends before this job was processed: it is to stay on the queue.

    Not an ``Exception``, because the queue's library would record one as the job's outcome, and a job with an outcome
    is never run again.
    """


class Batcher:
    """Collects jobs from many threads into batches of at most ``size``."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._changed = threading.Condition()
        self._waiting: list[tuple[str, Future[None]]] = []
        self._closed = False
        self._dismissed = False

    def submit(self, job: str) -> None:
        """Wait until ``job`` has been processed, in whatever batch. Raises `Stopped` when that will not happen here."""
        done: Future[None] = Future()
        with self._changed:
            if self._dismissed:
                raise Stopped
            self._waiting.append((job, done))
            self._changed.notify()
        done.result()

    def run(self, process: Callable[[Sequence[str]], None]) -> None:
        """Process batch after batch until `close`. What ``process`` raises ends the run and is raised."""
        while True:
            batch = self._take()
            if not batch:
                return
            try:
                process(list(dict.fromkeys(job for job, _ in batch)))
            except BaseException:
                self._release(batch)
                raise
            for _, done in batch:
                done.set_result(None)

    def close(self) -> None:
        """Let the batch at work end and take no more. Whoever waits goes on waiting: a free place would be filled."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def dismiss(self) -> None:
        """Close, and send everyone who waits or comes away with `Stopped`."""
        self.close()
        with self._changed:
            self._dismissed = True
            waiting, self._waiting = self._waiting, []
        self._release(waiting)

    def _take(self) -> list[tuple[str, Future[None]]]:
        """The next batch, as soon as there is a job and no more come; empty once closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            if self._closed:
                return []
            until = time.monotonic() + _LINGER
            while len(self._waiting) < self._size and not self._closed:
                left = until - time.monotonic()
                if left <= 0:
                    break
                self._changed.wait(left)
            batch, self._waiting = self._waiting[: self._size], self._waiting[self._size :]
            return batch

    @staticmethod
    def _release(batch: Sequence[tuple[str, Future[None]]]) -> None:
        for _, done in batch:
            done.set_exception(Stopped())
