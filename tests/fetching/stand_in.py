"""A fetcher for the tests of its hosts: one address of the loopback counts as public, and names lead there."""

from __future__ import annotations

from ipaddress import ip_address

from app.domain.network import IpAddress, is_public
from app.fetching.fetcher import Fetcher

PUBLIC = "127.0.0.2"


def stand_in(*allowed: str, seconds: float = 5.0, most_bytes: int = 100_000) -> Fetcher:
    """A fetcher for which ``….example`` is at `PUBLIC`, and every other host where it says itself."""

    def names(host: str, port: int, seconds: float) -> list[IpAddress]:
        return [ip_address(PUBLIC if host.endswith(".example") else host)]

    def is_permitted(address: IpAddress) -> bool:
        return str(address) == PUBLIC or is_public(address)

    return Fetcher(allowed, most_bytes=most_bytes, seconds=seconds, resolve=names, is_permitted=is_permitted)
