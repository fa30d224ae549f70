"""One address fetched: checked before each step, bounded in time and size."""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from email.message import Message
from threading import BoundedSemaphore
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from app import __version__
from app.domain.network import IpAddress, is_public
from app.errors import InputError, TextTooLong, UnknownFormat, UpstreamFailed, UpstreamTooSlow
from app.fetching.addresses import (
    Address,
    Resolve,
    check_host,
    parse_address,
    permitted,
    resolve,
)
from app.formats.detect import MEDIA_TYPES, READ

if TYPE_CHECKING:
    import httpcore2

USER_AGENT = f"Sagesman/{__version__} (claim attribution for newsrooms; one page at a person's request)"
MOST_REDIRECTS = 5
_HEADERS = [
    ("User-Agent", USER_AGENT),
    ("Accept", "text/html, application/xhtml+xml, application/json, application/xml, text/plain;q=0.9"),
    ("Accept-Encoding", "gzip"),
    ("Connection", "close"),
]
SECONDS = 20.0
AT_ONCE = 8
"""How many addresses are fetched at the same time: slow servers elsewhere must not take all the threads here."""

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_WHOLE = frozenset((200, 203))
# What a packed piece may unpack to at a time: the size is checked after each.
_UNPACKED_BYTES = 65_536
_PACKED = frozenset(("gzip", "x-gzip"))
_GZIP_BITS = 31


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came from ``url``, the last of the redirects. ``media_type`` is ``None`` where the server names none."""

    url: str
    data: bytes
    media_type: str | None
    charset: str | None


class Fetcher:
    """Fetches from the hosts that are allowed: ``allowed_hosts`` as in `check_host`, none at all where it is empty.

    ``most_bytes`` is what a body may hold once unpacked, ``seconds`` what everything together may take, redirects and
    names included. ``is_permitted``, ``resolve`` and ``ssl_context`` are for tests with servers of their own.
    """

    def __init__(
        self,
        allowed_hosts: Collection[str],
        *,
        most_bytes: int,
        seconds: float = SECONDS,
        is_permitted: Callable[[IpAddress], bool] = is_public,
        resolve: Resolve = resolve,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._room = BoundedSemaphore(AT_ONCE)
        self._allowed = frozenset(allowed_hosts)
        self._most_bytes = most_bytes
        self._seconds = seconds
        self._is_permitted = is_permitted
        self._resolve = resolve
        self._ssl_context = ssl_context

    @property
    def is_on(self) -> bool:
        """Whether any host is allowed."""
        return bool(self._allowed)

    def fetch(self, url: str) -> Fetched:
        """What stands at ``url``, after at most `MOST_REDIRECTS` redirects. ``robots.txt`` is not asked.

        Raises `InputError` for what is no http or https address, `AddressNotAllowed` for a host that is not allowed or
        whose address is not public (of each redirect anew), `UpstreamFailed` for a server that cannot be reached or
        answers with anything but a document, `UpstreamTooSlow`, `TextTooLong` and `UnknownFormat`.
        """
        address = parse_address(url)
        if not self._room.acquire(blocking=False):
            raise UpstreamTooSlow(f"{AT_ONCE} other addresses are being fetched; try again in a moment")
        try:
            return self._fetch(address)
        finally:
            self._room.release()

    def _fetch(self, address: Address) -> Fetched:
        deadline = time.monotonic() + self._seconds
        begun = address.url
        for _ in range(MOST_REDIRECTS + 1):
            found = self._step(address, deadline)
            if isinstance(found, Fetched):
                return found
            try:
                address = parse_address(found)
            except InputError as error:
                raise UpstreamFailed(f"{address.url} leads on to what cannot be fetched: {error}") from None
        raise UpstreamFailed(f"{begun} leads on more than {MOST_REDIRECTS} times")

    def _step(self, address: Address, deadline: float) -> Fetched | str:
        """What stands there, or the address that it leads on to."""
        # Loaded when it is first needed: a server that fetches nothing starts without it.
        import httpcore2

        from app.fetching.connection import PinnedBackend

        check_host(address.host, self._allowed)
        left = deadline - time.monotonic()
        addresses = permitted(self._resolve(address.host, address.port, left), address.host, self._is_permitted)
        try:
            with (
                httpcore2.ConnectionPool(
                    ssl_context=self._ssl_context, network_backend=PinnedBackend(addresses, deadline)
                ) as pool,
                pool.stream("GET", address.url, headers=_HEADERS) as response,
            ):
                return self._answer(address, response)
        except httpcore2.TimeoutException:
            raise UpstreamTooSlow(f"{address.url} did not answer within {self._seconds:g} seconds") from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError, ssl.SSLError, OSError) as error:
            raise UpstreamFailed(f"{address.url}: {_reason(error)}") from None

    def _answer(self, address: Address, response: httpcore2.Response) -> Fetched | str:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        if response.status in _REDIRECTS and "location" in headers:
            # Addresses are ASCII; of servers that send other letters most mean UTF-8.
            return urljoin(address.url, headers["location"].encode("latin-1").decode("utf-8", "replace"))
        if response.status not in _WHOLE:
            raise UpstreamFailed(f"{address.url} answers with status {response.status}")
        media_type, charset = _content_type(headers.get("content-type", ""))
        if media_type == "application/octet-stream":
            media_type = None
        if media_type is not None and media_type not in MEDIA_TYPES:
            raise UnknownFormat(f"{address.url} is {media_type}; read are {READ}")
        announced = headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > self._most_bytes:
            raise TextTooLong(f"{address.url} has {announced} bytes; the limit is {self._most_bytes}")
        pieces, size = [], 0
        for piece in _unpacked(response.iter_stream(), headers.get("content-encoding", "identity"), address.url):
            size += len(piece)
            if size > self._most_bytes:
                raise TextTooLong(f"{address.url} is over the limit of {self._most_bytes} bytes")
            pieces.append(piece)
        return Fetched(address.url, b"".join(pieces), media_type, charset)


def _content_type(header: str) -> tuple[str | None, str | None]:
    message = Message()
    message["Content-Type"] = header
    return (message.get_content_type() if header.strip() else None), message.get_content_charset()


def _unpacked(pieces: Iterable[bytes], encoding: str, url: str) -> Iterator[bytes]:
    """The body as it is meant, never much of it at a time: a few packed bytes may hold gigabytes."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        yield from pieces
        return
    if encoding not in _PACKED:
        raise UpstreamFailed(f"{url} is packed with {encoding[:40]!r}, which was not asked for")
    unpacker = zlib.decompressobj(wbits=_GZIP_BITS)
    try:
        for piece in pieces:
            yield unpacker.decompress(piece, _UNPACKED_BYTES)
            while unpacker.unconsumed_tail:
                yield unpacker.decompress(unpacker.unconsumed_tail, _UNPACKED_BYTES)
        while rest := unpacker.decompress(b"", _UNPACKED_BYTES):
            yield rest
    except zlib.error as error:
        raise UpstreamFailed(f"{url} is packed and damaged: {error}") from None
    if not unpacker.eof:
        raise UpstreamFailed(f"{url} is packed and ends too early")


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
