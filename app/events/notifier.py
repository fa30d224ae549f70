"""The part of a worker that tells of events: publishes them, sends what is due to webhooks, forgets what is old."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

import httpcore2

from app.domain.webhook import Attempt, DeliveryStatus, Outgoing
from app.errors import StorageError
from app.events.publishing import prune, publish
from app.events.retrying import GONE, MOST_TRIES, Answer, pause_after
from app.events.sending import SECONDS, attempt, open_pool
from app.storage.deliveries import failing_since, give_back, is_any_due, note_attempt, take_due
from app.storage.engine import Engine, reading, transaction
from app.storage.webhooks import disable

log = logging.getLogger(__name__)

# Seconds between two looks at what happened: a few small reads each.
_POLLING = 0.5
# Messages sent at once, and to one webhook, so that a receiver that hangs does not keep the others waiting.
_AT_ONCE, _AT_ONCE_EACH = 16, 4
# How long a message belongs to the sender that took it. Longer than an attempt with all that goes with it can take, and
# after a crash somebody else sends it then.
_LEASE = timedelta(seconds=SECONDS + 15)
# Seconds that messages get to arrive when the worker ends.
_FAREWELL = 3.0
_PRUNING = timedelta(hours=1)
# Seconds to wait for a database that is away.
_AWAY = 5.0


class Notifier:
    """Tells of events in a thread of its own, from the beginning to the end of a ``with`` block.

    Several processes may do so at once; each message is with one of them at a time. ``keep`` is how long events are
    kept, ``private`` lets webhooks go to private addresses. Where the thread ends with an error, ``failed`` is called
    at once, and leaving the block raises the error.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        keep: timedelta,
        private: bool,
        failed: Callable[[], None],
        lease: timedelta = _LEASE,
    ) -> None:
        self._engine = engine
        self._keep = keep
        self._private = private
        self._failed = failed
        self._lease = lease
        self._loop = asyncio.new_event_loop()
        self._ending = asyncio.Event()
        self._nudged = asyncio.Event()
        self._sending: dict[asyncio.Task[None], Outgoing] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="notifier")
        self._ran: Future[None] | None = None

    def __enter__(self) -> Self:
        self._ran = self._thread.submit(self._run)
        self._ran.add_done_callback(self._ended)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._ran is not None
        # A loop whose thread has ended with an error takes no more calls.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._end)
        self._thread.shutdown()
        if error is None:
            self._ran.result()

    def _end(self) -> None:
        self._ending.set()
        self._nudged.set()

    def _ended(self, ran: Future[None]) -> None:
        if (error := ran.exception()) is not None:
            log.error("nobody is told of events any more", exc_info=error)
            self._failed()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._work())
        finally:
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    async def _work(self) -> None:
        pruned = datetime.min.replace(tzinfo=UTC)
        async with open_pool(private=self._private, connections=_AT_ONCE) as pool:
            while not self._ending.is_set():
                pause = _POLLING
                self._nudged.clear()
                try:
                    if await asyncio.to_thread(publish, self._engine):
                        # There may be more, and messages to send.
                        self._nudged.set()
                    for outgoing in await asyncio.to_thread(self._take, *self._busy()):
                        self._send(pool, outgoing)
                    if datetime.now(UTC) - pruned > _PRUNING:
                        await asyncio.to_thread(prune, self._engine, self._keep)
                        pruned = datetime.now(UTC)
                except StorageError as error:
                    log.warning("events have to wait", extra={"reason": str(error)})
                    pause = _AWAY
                try:
                    await asyncio.wait_for(self._nudged.wait(), pause)
                except TimeoutError:
                    continue
            await self._leave()

    def _busy(self) -> tuple[int, list[str]]:
        """How many more messages may be sent now, and the webhooks that have enough."""
        each = Counter(outgoing.webhook_id for outgoing in self._sending.values())
        return _AT_ONCE - len(self._sending), [webhook for webhook, count in each.items() if count >= _AT_ONCE_EACH]

    def _take(self, limit: int, without: Sequence[str]) -> list[Outgoing]:
        if limit <= 0:
            return []
        with reading(self._engine) as session:
            if not is_any_due(session):
                return []
        with transaction(self._engine) as session:
            return take_due(session, limit, self._lease, most_each=_AT_ONCE_EACH, without=without)

    def _send(self, pool: httpcore2.AsyncConnectionPool, outgoing: Outgoing) -> None:
        task = self._loop.create_task(self._deliver(pool, outgoing))
        self._sending[task] = outgoing

        def ended(task: asyncio.Task[None]) -> None:
            del self._sending[task]
            # There is room for the next one.
            self._nudged.set()

        task.add_done_callback(ended)

    async def _deliver(self, pool: httpcore2.AsyncConnectionPool, outgoing: Outgoing) -> None:
        at, started = datetime.now(UTC), time.monotonic()
        answer = await attempt(pool, outgoing)
        ms = round((time.monotonic() - started) * 1000)
        try:
            await asyncio.to_thread(self._note, outgoing, answer, at, ms)
        except StorageError as error:
            # Nobody knows of the attempt: it is made again when the lease is over.
            log.warning("an attempt to deliver was not noted", extra={"reason": str(error)})

    def _note(self, outgoing: Outgoing, answer: Answer, at: datetime, ms: int) -> None:
        made = Attempt(at, ms, answer.status_code, answer.error, answer.excerpt)
        reason = None
        with transaction(self._engine) as session:
            if answer.is_taken:
                note_attempt(session, outgoing, made, DeliveryStatus.DELIVERED)
            elif answer.status_code == GONE:
                note_attempt(session, outgoing, made, DeliveryStatus.FAILED)
                reason = "the receiver answered 410 Gone"
            elif not outgoing.is_last:
                due_at = datetime.now(UTC) + pause_after(outgoing.tries, answer)
                note_attempt(session, outgoing, made, DeliveryStatus.PENDING, due_at)
            else:
                note_attempt(session, outgoing, made, DeliveryStatus.FAILED)
                # A trial that fails says nothing about the time before it.
                since = failing_since(session, outgoing.delivery_id) if outgoing.tries >= MOST_TRIES else None
                reason = (
                    f"nothing was delivered since {since:%Y-%m-%d %H:%M} UTC; last: {answer.told}" if since else None
                )
            if reason is not None:
                disable(session, outgoing.webhook_id, reason)
        if not answer.is_taken:
            facts = {"webhook": outgoing.webhook_id, "delivery": outgoing.delivery_id, "reason": answer.told}
            log.info("a webhook was not delivered", extra=facts)
        if reason is not None:
            log.warning("a webhook was disabled", extra={"webhook": outgoing.webhook_id, "reason": reason})

    async def _leave(self) -> None:
        """Wait a little for what is being sent, and leave the rest to the next worker."""
        if self._sending:
            await asyncio.wait(self._sending, timeout=_FAREWELL)
        left = dict(self._sending)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await asyncio.to_thread(self._give_back, list(left.values()))

    def _give_back(self, unsent: Sequence[Outgoing]) -> None:
        if not unsent:
            return
        try:
            with transaction(self._engine) as session:
                for outgoing in unsent:
                    give_back(session, outgoing.delivery_id)
        except StorageError as error:
            log.warning("unsent messages wait for their lease to end", extra={"reason": str(error)})
