"""Connections that go to public addresses only, and to the very address that was looked at."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable

import httpcore2
from httpcore2 import AnyIOBackend, AsyncNetworkBackend, AsyncNetworkStream

from app.domain.network import is_public


class PrivateAddress(httpcore2.ConnectError):
    """The name stands for no address that may be connected to."""


class Network(AsyncNetworkBackend):
    """Resolves a name once, refuses private addresses unless ``private`` allows them, and connects to what is left.

    The check and the connection see the same address, so that a name whose answer changes in between (DNS rebinding)
    leads nowhere else. TLS still verifies the name.
    """

    def __init__(self, *, private: bool) -> None:
        self._private = private
        self._inner = AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        """Connect to ``host``; raises `PrivateAddress`, or as any connection that fails."""
        try:
            async with asyncio.timeout(timeout):
                found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except TimeoutError:
            raise httpcore2.ConnectTimeout(f"{host} was not found in time") from None
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"{host} was not found: {getattr(error, 'strerror', error)}") from None
        allowed = [str(place[0]) for *_, place in found if self._private or is_public(str(place[0]))]
        if not allowed:
            raise PrivateAddress(f"{host} is at a private address, which the settings do not allow")
        for address in allowed[:-1]:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore2.ConnectError:
                continue
        return await self._inner.connect_tcp(allowed[-1], port, timeout, local_address, socket_options)

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None
    ) -> AsyncNetworkStream:
        """Refused: events leave by the network."""
        raise PrivateAddress("webhooks are not sent to local sockets")

    async def sleep(self, seconds: float) -> None:
        """Wait, for the library."""
        await asyncio.sleep(seconds)
