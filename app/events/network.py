"""Connections that go to public addresses only, and to the very address that was looked at."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable

import httpcore2
from httpcore2 import AnyIOBackend, AsyncNetworkBackend, AsyncNetworkStream

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# IPv6 networks that carry an IPv4 address in their last 32 bits: translated traffic ends at that one.
_TRANSLATED = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))


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


def is_public(address: str) -> bool:
    """Whether an address is on the public internet, also the one that an IPv6 address leads to."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    return all(each.is_global and not each.is_multicast and not each.is_reserved for each in _meant(parsed))


def _meant(address: Address) -> list[Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    within = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    within += [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) for each in _TRANSLATED if address in each]
    carried: list[Address] = [each for each in within if each is not None]
    # A translated address is as public as the one it stands for; the others are tunnels whose ends both count.
    stands_for_it = address.ipv4_mapped is not None or any(address in each for each in _TRANSLATED)
    return carried if stands_for_it else [address, *carried]
