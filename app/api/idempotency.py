"""``Idempotency-Key`` on POST, after the IETF's draft: the same request again has the same answer, and is done once."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from http import HTTPStatus
from typing import TypeVar

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.access import path_of
from app.api.problems import refuse
from app.api.submission import longest_body, whole_body
from app.domain.access import LOCAL
from app.errors import IdempotencyKeyReused, InputError, RequestUnderWay, SagesmanError, StorageError
from app.settings import Settings
from app.storage.engine import Engine, Session, transaction
from app.storage.idempotency import LEASE, Answer, Standing, abandon, begin, finish, renew

_log = logging.getLogger(__name__)

_KEY = re.compile(r"[!-~]{1,255}")
# Three tries before another server takes a request for abandoned.
_RENEWED_EVERY = LEASE.total_seconds() / 4
# What says of itself that it is an answer of this moment, or of this connection.
_OF_THE_MOMENT = frozenset({"connection", "date", "transfer-encoding", "x-request-id"})
_REPLAYED = "Idempotency-Replayed"

Result = TypeVar("Result")


class Idempotency:
    """Keeps the answers to POST requests under ``/v1`` that carry an ``Idempotency-Key``, for each caller apart.

    Answers from 400 up are not kept: nothing was done, and doing it again after the fault is mended is right.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._longest = longest_body(settings)
        self._kept = timedelta(hours=settings.idempotency_hours)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or scope["method"] != "POST" or not path_of(scope).startswith("/v1/"):
            await self._app(scope, receive, send)
            return
        key = Headers(scope=scope).get("idempotency-key")
        if key is None:
            await self._app(scope, receive, send)
            return
        try:
            answer = await self._answer(scope, receive, key)
        except SagesmanError as error:
            answer = refuse(Request(scope), error)
        await answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, key: str) -> ASGIApp:
        if not _KEY.fullmatch(key):
            raise InputError("header.Idempotency-Key: give 1 to 255 visible ASCII characters")
        request = Request(scope, receive)
        body = await whole_body(request, self._longest)
        engine: Engine = request.app.state.engine
        caller = getattr(request.state, "caller", LOCAL)
        owner = caller.key or caller.name
        fingerprint = _fingerprint(scope, body)
        standing = await _stored(engine, lambda session: begin(session, owner, key, fingerprint, self._kept))
        if isinstance(standing, Answer):
            return _response(standing, (_REPLAYED, "true"))
        if standing is Standing.ANOTHER:
            raise IdempotencyKeyReused(f"the Idempotency-Key {key!r} came with another request before")
        if standing is Standing.UNDER_WAY:
            raise RequestUnderWay(f"the request with the Idempotency-Key {key!r} is being done; ask again")
        try:
            async with _renewed(engine, owner, key):
                made = await _done(self._app, scope, body)
        except BaseException:
            await asyncio.shield(_stored(engine, lambda session: abandon(session, owner, key)))
            raise
        try:
            if made.status < HTTPStatus.BAD_REQUEST:
                await _stored(engine, lambda session: finish(session, owner, key, made))
            else:
                await _stored(engine, lambda session: abandon(session, owner, key))
        except StorageError as error:
            # Done is done, and the caller is told so.
            _log.warning("an answer was not kept", extra={"owner": owner, "reason": str(error)})
        return _response(made)


def _response(answer: Answer, *more: tuple[str, str]) -> Response:
    response = Response(answer.body, answer.status)
    pairs = (*answer.headers, *more)
    response.raw_headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in pairs]
    return response


def _fingerprint(scope: Scope, body: bytes) -> str:
    """What makes two requests the same: method, address, kind of body and body."""
    kind = Headers(scope=scope).get("content-type", "").encode()
    parts = (scope["method"].encode(), scope["path"].encode("utf-8", "surrogatepass"), scope["query_string"], kind)
    digest = hashlib.sha256()
    for part in (*parts, body):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


async def _done(app: ASGIApp, scope: Scope, body: bytes) -> Answer:
    """Have the request done, whoever may have hung up meanwhile; gives what would be sent."""
    is_read = False
    start: Message = {}
    pieces: list[bytes] = []

    async def receive() -> Message:
        nonlocal is_read
        if is_read:
            # Whoever waits for the client to hang up waits for as long as the request is being done.
            await asyncio.Event().wait()
        is_read = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            start = message
        elif message["type"] == "http.response.body":
            pieces.append(message.get("body", b""))

    await app(scope, receive, send)
    headers = tuple(
        (name, value) for name, value in Headers(raw=start["headers"]).items() if name not in _OF_THE_MOMENT
    )
    return Answer(start["status"], headers, b"".join(pieces))


@asynccontextmanager
async def _renewed(engine: Engine, owner: str, key: str) -> AsyncIterator[None]:
    """Say again and again, for the length of the block, that the request is being done."""

    async def renewing() -> None:
        while True:
            await asyncio.sleep(_RENEWED_EVERY)
            with suppress(StorageError):
                await _stored(engine, lambda session: renew(session, owner, key))

    task = asyncio.create_task(renewing())
    try:
        yield
    finally:
        task.cancel()


async def _stored(engine: Engine, work: Callable[[Session], Result]) -> Result:
    """Have something done in a transaction of its own, off the event loop."""

    def working() -> Result:
        with transaction(engine) as session:
            return work(session)

    return await run_in_threadpool(working)
