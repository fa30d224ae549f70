"""Events for every open stream of this process, read from the database once."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import AsyncIterator, Collection, Sequence

from starlette.concurrency import run_in_threadpool

from app.domain.event import Event, EventKind
from app.errors import StorageError
from app.events.publishing import publish
from app.storage.engine import Engine, reading
from app.storage.events import list_events, newest_number

log = logging.getLogger(__name__)

# Seconds between two looks while somebody listens, and while the database is away.
_POLLING, _AWAY = 0.5, 5.0
# Events kept at hand, and read at once. A listener that is further behind reads from the database by itself.
_AT_HAND, _TOGETHER = 1000, 200


class EventFeed:
    """Follows the log of events while anybody listens. Belongs to the event loop it is first used in."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._recent: deque[Event] = deque(maxlen=_AT_HAND)
        # Events after this number, up to the last recent one, are at hand.
        self._floor = 0
        self._newest = 0
        self._listeners = 0
        self._changed = asyncio.Condition()
        self._poller: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = asyncio.Event()

    async def page(
        self, after: int, limit: int, kinds: Collection[EventKind], search_id: str | None
    ) -> tuple[Sequence[Event], int]:
        """Events after that number, and the newest number there is; what waits for its number gets it first."""
        return await run_in_threadpool(self._page, after, limit, kinds, search_id)

    async def follow(
        self, after: int | None, kinds: Collection[EventKind], search_id: str | None, beat: float
    ) -> AsyncIterator[Event | None]:
        """Every event after that number, or from now on, as it is published, until `close`.

        Gives ``None`` as soon as it listens, and again whenever ``beat`` seconds have passed without an event. Raises
        `StorageError` where the database cannot be asked.
        """
        await self._join()
        try:
            place = self._newest if after is None else after
            yield None
            given = time.monotonic()
            while not self._closed.is_set():
                for event in await self._after(place):
                    place = event.number
                    if (not kinds or event.what.kind in kinds) and search_id in (None, event.what.search_id):
                        yield event
                        given = time.monotonic()
                if not await self._wait(place, given + beat - time.monotonic()):
                    yield None
                    given = time.monotonic()
        finally:
            self._listeners -= 1

    def close(self) -> None:
        """End every stream and the poller; from any thread, also in the middle of handling a signal."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._closed.set)

    async def ended(self) -> None:
        """Close, and wait until nothing of the feed runs any more."""
        self._closed.set()
        if self._poller is not None:
            self._poller.cancel()
            await asyncio.gather(self._poller, return_exceptions=True)

    async def _join(self) -> None:
        self._loop = asyncio.get_running_loop()
        if self._poller is None or self._poller.done():
            newest = await run_in_threadpool(self._read_newest)
            # While the database was asked, another listener may have begun.
            if self._poller is None or self._poller.done():
                self._recent.clear()
                self._floor = self._newest = newest
                self._poller = asyncio.create_task(self._poll())
        self._listeners += 1

    async def _after(self, place: int) -> Sequence[Event]:
        if place >= self._newest:
            return ()
        if place >= self._floor:
            return [event for event in self._recent if event.number > place]
        return (await self.page(place, _TOGETHER, (), None))[0]

    async def _wait(self, place: int, seconds: float) -> bool:
        """Wait for events after ``place``; false when none has come for that long."""
        if self._newest > place:
            return True
        closed = asyncio.create_task(self._closed.wait())
        news = asyncio.create_task(self._news(place))
        try:
            done, _ = await asyncio.wait((closed, news), timeout=max(seconds, 0), return_when=asyncio.FIRST_COMPLETED)
            return bool(done)
        finally:
            for task in (closed, news):
                task.cancel()

    async def _news(self, place: int) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: self._newest > place)

    async def _poll(self) -> None:
        while self._listeners > 0 and not self._closed.is_set():
            pause = _POLLING
            try:
                events = await run_in_threadpool(self._read_new)
            except StorageError as error:
                log.warning("events cannot be read", extra={"reason": str(error)})
                events, pause = [], _AWAY
            if events:
                self._keep(events)
                async with self._changed:
                    self._changed.notify_all()
            if len(events) < _TOGETHER:
                await asyncio.sleep(pause)

    def _keep(self, events: Sequence[Event]) -> None:
        for event in events:
            if len(self._recent) == _AT_HAND:
                self._floor = self._recent[0].number
            self._recent.append(event)
        self._newest = events[-1].number

    def _read_new(self) -> list[Event]:
        publish(self._engine)
        with reading(self._engine) as session:
            return list_events(session, self._newest, _TOGETHER)

    def _read_newest(self) -> int:
        publish(self._engine)
        with reading(self._engine) as session:
            return newest_number(session)

    def _page(
        self, after: int, limit: int, kinds: Collection[EventKind], search_id: str | None
    ) -> tuple[Sequence[Event], int]:
        publish(self._engine)
        with reading(self._engine) as session:
            # Asked first: what is published in between is on the next page.
            newest = newest_number(session)
            return list_events(session, after, limit, kinds=kinds, search_id=search_id), newest
