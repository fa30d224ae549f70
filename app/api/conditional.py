"""Entity tags: whoever has the newest answer already is told so (304) instead of being sent it again."""

from __future__ import annotations

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FRESHNESS = "no-cache"


class Conditional:
    """Gives whole answers to GET an ``ETag`` and a ``Cache-Control``, and heeds ``If-None-Match``.

    The tag is made of the body before it is compressed, and is weak: the bytes on the wire may differ under it. An
    answer that comes in pieces (an export, a stream of events) has no tag and is not held back.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        known = Headers(scope=scope).get("if-none-match", "")
        held: Message | None = None

        async def sending(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start" and _is_whole(message):
                held = message
                return
            if held is not None:
                start, held = held, None
                if message["type"] == "http.response.body" and not message.get("more_body", False):
                    message = _tagged(start, message, known, _is_private(scope))
                await send(start)
            await send(message)

        await self._app(scope, receive, sending)


def tag_of(body: bytes) -> str:
    """The tag of an answer with that body, as it is before it is compressed."""
    return hashlib.blake2b(body, digest_size=12).hexdigest()


def names_tag(known: str, tag: str) -> bool:
    """Whether the value of ``If-Match`` or ``If-None-Match`` is ``*`` or names that tag, as a weak or a strong one."""
    return known.strip() == "*" or f'"{tag}"' in {part.strip().removeprefix("W/") for part in known.split(",")}


def _is_whole(start: Message) -> bool:
    """Whether the answer will come in one piece: those that come in several do not know their length."""
    headers = Headers(raw=start["headers"])
    return start["status"] == 200 and "content-length" in headers and "etag" not in headers


def _is_private(scope: Scope) -> bool:
    """Whether the answer was for the holder of a key, and for no cache between."""
    return getattr(scope["state"].get("caller"), "key", None) is not None


def _tagged(start: Message, body: Message, known: str, is_private: bool) -> Message:
    """Add the tag to the ``start`` of an answer, or make it a 304; gives the body to send."""
    headers = MutableHeaders(raw=start["headers"])
    tag = tag_of(body.get("body", b""))
    headers["ETag"] = f'W/"{tag}"'
    freshness = headers.setdefault("Cache-Control", _FRESHNESS)
    if is_private and freshness == _FRESHNESS:
        headers["Cache-Control"] = f"private, {_FRESHNESS}"
    if not names_tag(known, tag):
        return body
    start["status"] = 304
    headers.add_vary_header("Accept-Encoding")
    del headers["Content-Length"]
    if "content-type" in headers:
        del headers["Content-Type"]
    return {"type": "http.response.body", "body": b""}
