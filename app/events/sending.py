"""One attempt to deliver a message: signed, bounded in time, without following redirects."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import httpcore2

from app import __version__
from app.domain.webhook import Outgoing
from app.events.network import Network
from app.events.retrying import Answer, retry_after
from app.events.signing import signature_headers

# The convention proposes 15 to 30 seconds for the whole of an attempt.
SECONDS = 15.0
_CONNECT_SECONDS = 5.0
# What is kept of an answer, in bytes, and how long it is waited for once the status is there.
_EXCERPT, _EXCERPT_SECONDS = 500, 2.0

_FAULTS = (
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.UnsupportedProtocol,
    OSError,
)


def open_pool(*, private: bool, connections: int) -> httpcore2.AsyncConnectionPool:
    """Connections for `attempt`; ``private`` lets them go to private addresses."""
    return httpcore2.AsyncConnectionPool(
        ssl_context=httpcore2.default_ssl_context(),
        network_backend=Network(private=private),
        max_connections=connections,
        keepalive_expiry=5.0,
    )


async def attempt(pool: httpcore2.AsyncConnectionPool, outgoing: Outgoing, seconds: float = SECONDS) -> Answer:
    """Send a message once and give what the receiver answered, whatever happened."""
    body = outgoing.body.encode()
    headers = signature_headers(outgoing.delivery_id, int(time.time()), body, outgoing.secrets)
    headers |= {"Content-Type": "application/json", "User-Agent": f"Sagesman/{__version__}", "Accept": "*/*"}
    timeouts = dict.fromkeys(("pool", "read", "write"), seconds) | {"connect": min(seconds, _CONNECT_SECONDS)}
    try:
        # The library's timeouts are for each step: a receiver that trickles would hold us for ever.
        async with (
            asyncio.timeout(seconds),
            pool.stream(
                "POST", outgoing.url, headers=list(headers.items()), content=body, extensions={"timeout": timeouts}
            ) as response,
        ):
            return Answer(
                status_code=response.status,
                retry_after=_asked(response),
                excerpt=await _excerpt(response),
            )
    except TimeoutError:
        return Answer(error=f"no answer within {seconds:g} seconds")
    except _FAULTS as fault:
        return Answer(error=_sendable(str(fault) or type(fault).__name__))


def _asked(response: httpcore2.Response) -> timedelta | None:
    for name, value in response.headers:
        if name.lower() == b"retry-after":
            return retry_after(value.decode("latin-1").strip())
    return None


async def _excerpt(response: httpcore2.Response) -> str | None:
    """The beginning of the answer's body. What is wrong with it does not count: the status has been said."""
    read = b""
    try:
        async with asyncio.timeout(_EXCERPT_SECONDS):
            async for part in response.aiter_stream():
                read += part
                if len(read) >= _EXCERPT:
                    break
    except (TimeoutError, *_FAULTS):
        pass
    return _sendable(read[:_EXCERPT].decode("utf-8", "replace")) or None


def _sendable(text: str) -> str:
    """Text that every database keeps."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")
