"""``/v1/events``: what happened, as pages or as a stream."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Annotated, cast

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import JSONResponse
from fastapi.sse import EventSourceResponse, format_sse_event
from starlette.concurrency import run_in_threadpool

from app.api.dependencies import EngineOf, SettingsOf
from app.api.feed import EventFeed
from app.api.schemas.event import EventPage, EventsQuery, Number, kinds_of
from app.domain.event import Event
from app.events.message import encoded, message
from app.storage.engine import Engine, reading
from app.storage.searches import get_search

router = APIRouter(prefix="/v1/events", tags=["events"])

_STREAM = "text/event-stream"
# Seconds without an event after which a comment is sent: proxies close what is silent for a minute.
_BEAT = 15.0
# Milliseconds after which a client comes back when its stream ends.
_RETRY = 2000


@router.get(
    "",
    operation_id="list_events",
    summary="Events, as pages or as a stream",
    response_model=EventPage,
    responses={200: {"content": {_STREAM: {"schema": {"type": "string"}}}, "description": "A page, or a stream."}},
)
async def list_all(
    request: Request,
    engine: EngineOf,
    settings: SettingsOf,
    query: Annotated[EventsQuery, Query()],
    last_event_id: Annotated[
        Number | None,
        Header(
            description="For streams: number of the last event that was seen. Goes before `after`; browsers send it by "
            "themselves when they come back."
        ),
    ] = None,
) -> Response:
    """What happened to articles and claims, oldest first; go on with `after`.

    With `Accept: text/event-stream` the answer is a stream of server-sent events that goes on as things happen: the
    number is the `id`, the kind the `event`, and the `data` is the same object as on a page.
    """
    if query.search is not None:
        await run_in_threadpool(_check_search, engine, query.search)
    feed, kinds = _feed(request), kinds_of(query.kind)
    headers = {"Vary": "Accept", "Cache-Control": "no-store"}
    if _STREAM in request.headers.get("accept", ""):
        after = query.after if last_event_id is None else last_event_id
        beat = min(_BEAT, settings.stream_seconds)
        events = feed.follow(after, kinds, query.search, beat)
        # Only a stream that has begun may be promised: the database is asked here.
        await anext(events)
        # Or a proxy may collect events until they are worth sending.
        headers["X-Accel-Buffering"] = "no"
        return EventSourceResponse(_written(events, settings.stream_seconds), headers=headers)
    items, newest = await feed.page(query.after or 0, query.limit + 1, kinds, query.search)
    shown = items[: query.limit]
    following = shown[-1].number if len(items) > len(shown) else None
    if following is not None:
        address = request.url.include_query_params(after=following)
        headers["Link"] = f'<{address.path}?{address.query}>; rel="next"'
    last = shown[-1].number if shown else 0
    page = {"items": [message(event) for event in shown], "next": following, "newest": max(newest, last)}
    return JSONResponse(page, headers=headers)


async def _written(events: AsyncIterator[Event | None], seconds: float) -> AsyncIterator[bytes]:
    until = time.monotonic() + seconds
    yield format_sse_event(comment="listening", retry=_RETRY)
    async for event in events:
        if event is None:
            yield format_sse_event(comment="alive")
        else:
            yield format_sse_event(id=str(event.number), event=event.what.kind.value, data_str=encoded(message(event)))
        if time.monotonic() >= until:
            return


def _feed(request: Request) -> EventFeed:
    return cast(EventFeed, request.app.state.feed)


def _check_search(engine: Engine, search_id: str) -> None:
    with reading(engine) as session:
        get_search(session, search_id)
