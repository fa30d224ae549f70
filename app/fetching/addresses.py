"""Which hosts may be asked, by name, and which network addresses may be connected to."""

from __future__ import annotations

import queue
import re
import socket
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import quote, urlsplit, urlunsplit

from app.domain.network import IpAddress
from app.errors import AddressNotAllowed, InputError, UpstreamFailed, UpstreamTooSlow

Resolve = Callable[[str, int, float], Sequence[IpAddress]]
"""From host, port and seconds at most to the addresses of the host."""

ANY = "*"
LONGEST = 2000
_PORTS = {"http": 80, "https": 443}
# The reader of addresses below drops some of these silently.
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f]")
# What may stand in a path or a query as it is; the percent sign, since it is most often there on purpose.
_SAFE = "/%:@!$&'()*+,;=~-._?"


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart. ``url`` is the whole in ASCII, without fragment; ``host`` in lower case."""

    url: str
    host: str
    port: int


def parse_address(text: str) -> Address:
    """The http or https address in ``text``; raises `InputError` where it is none or has a password in it."""
    shown = text[:100]
    if len(text) > LONGEST:
        raise InputError(f"url: {shown}… has {len(text)} characters; the limit is {LONGEST}")
    if _UNPRINTABLE.search(text):
        raise InputError("url: an address has no blanks or control characters in it")
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
    except ValueError as error:
        raise InputError(f"url: {shown!r} is no address: {error}") from None
    if parts.scheme not in _PORTS or not host:
        raise InputError(f"url: {shown!r} is no http or https address")
    if parts.username is not None or parts.password is not None:
        raise InputError("url: an address with a user name or a password in it is not fetched")
    named = f"[{host}]" if ":" in host else host
    authority = named if port is None else f"{named}:{port}"
    path, query = quote(parts.path or "/", safe=_SAFE), quote(parts.query, safe=_SAFE)
    return Address(urlunsplit((parts.scheme, authority, path, query, "")), host, port or _PORTS[parts.scheme])


def check_host(host: str, allowed: Collection[str]) -> None:
    """Raise `AddressNotAllowed` unless ``host`` is one of ``allowed``: names, ``*.`` and a name for all below it, or
    ``*`` for every host.
    """
    if not allowed:
        raise AddressNotAllowed("fetching is switched off here (SAGESMAN_FETCH_ALLOWED_HOSTS); send the text itself")
    parents = {f"*.{host.split('.', count)[-1]}" for count in range(1, host.count(".") + 1)}
    if not {host, ANY} & set(allowed) and not parents & set(allowed):
        raise AddressNotAllowed(f"{host} is none of the hosts that may be fetched from (SAGESMAN_FETCH_ALLOWED_HOSTS)")


def resolve(host: str, port: int, seconds: float) -> list[IpAddress]:
    """All addresses of a host. Raises `UpstreamFailed` where it has none, `UpstreamTooSlow` after that many seconds."""
    answers: queue.SimpleQueue[list[IpAddress] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            # A zone (fe80::1%eth0) is no part of the address.
            answers.put(list(dict.fromkeys(ip_address(str(each[4][0]).partition("%")[0]) for each in found)))
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError("the name is no host name"))

    # The system's resolver cannot be told how long to wait.
    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=max(seconds, 0))
    except queue.Empty:
        raise UpstreamTooSlow(f"{host}: nobody says in time which address it has") from None
    if isinstance(answer, OSError):
        raise UpstreamFailed(f"{host}: no address is known for that name") from None
    return answer


def permitted(found: Sequence[IpAddress], host: str, is_permitted: Callable[[IpAddress], bool]) -> list[str]:
    """The addresses as text. All of them have to be permitted, else `AddressNotAllowed`: which is meant is unknown."""
    # Which address it is, is not told: names inside a network would tell what stands in it.
    if not all(is_permitted(address) for address in found):
        raise AddressNotAllowed(f"{host} has an address that is not public; nothing is fetched from there")
    return [str(address) for address in found]
