"""Connections that go to addresses checked before and nowhere else, and that end when the time is over."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore2


class PinnedBackend(httpcore2.NetworkBackend):
    """Connects to the first of ``addresses`` that answers, whatever the host is called, until ``deadline``.

    ``deadline`` is a moment of ``time.monotonic``. Certificates are still checked against the host's name, since that
    is what the connection above this one asks for.
    """

    def __init__(self, addresses: Sequence[str], deadline: float) -> None:
        self._addresses = addresses
        self._deadline = deadline
        self._backend = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """The connection; raises as the library does when no address answers."""
        for place, address in enumerate(self._addresses):
            # The time is shared, so that one dead address of several does not use it up.
            share = remaining(self._deadline, httpcore2.ConnectTimeout) / (len(self._addresses) - place)
            try:
                return _TimedStream(self._backend.connect_tcp(address, port, timeout=share), self._deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if address is self._addresses[-1]:
                    raise
        raise httpcore2.ConnectError(f"{host} has no address")


class _TimedStream(httpcore2.NetworkStream):
    """A connection of which every operation ends by the same deadline, however little each waits."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, remaining(self._deadline, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, remaining(self._deadline, httpcore2.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        left = remaining(self._deadline, httpcore2.ConnectTimeout)
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def remaining(deadline: float, late: type[Exception]) -> float:
    """Seconds until the deadline; raises ``late`` when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise late("the time is over")
    return left
