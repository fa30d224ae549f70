"""JSON bodies of a bounded size, in UTF-8: read up to the limit, and no further."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.types import Message

from app.errors import NotText, TextTooLong

# A correction is a few spans and names; nobody needs more.
MOST_BYTES = 1_048_576


class BoundedRoute(APIRoute):
    """A route that refuses a body over `MOST_BYTES` (`TextTooLong`), as soon as it is, or not in UTF-8 (`NotText`)."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, given a request whose body has been read."""
        handler = super().get_route_handler()

        async def handled(request: Request) -> Response:
            body = await _body(request)

            async def replay() -> Message:
                return {"type": "http.request", "body": body, "more_body": False}

            return await handler(Request(request.scope, replay))

        return handled


async def _body(request: Request) -> bytes:
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > MOST_BYTES:
            raise TextTooLong(f"the body is over the limit of {MOST_BYTES} bytes")
        pieces.append(piece)
    body = b"".join(pieces)
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        place = f"byte 0x{body[error.start]:02x} at offset {error.start}"
        raise NotText(f"body: JSON is UTF-8, this is not: {place}") from None
    return body
