"""The articles at an address."""

from __future__ import annotations

import codecs
from dataclasses import replace

from app.errors import NotText
from app.fetching.fetcher import Fetched, Fetcher
from app.formats.delivery import Delivery
from app.formats.readers import read
from app.formats.signs import GZIP
from app.settings import Settings

# No character takes more bytes than this in UTF-8, and a page has its marks besides.
_BYTES_A_CHARACTER = 4
_OTHER_BYTES = 65_536


def fetcher_of(settings: Settings) -> Fetcher:
    """The fetcher that the settings ask for; one that refuses everything where they name no host."""
    hosts = (settings.fetch_allowed_hosts or "").split(",")
    most_bytes = settings.max_text_chars * _BYTES_A_CHARACTER + _OTHER_BYTES
    return Fetcher([host.strip().lower() for host in hosts if host.strip()], most_bytes=most_bytes)


def fetch_articles(fetcher: Fetcher, url: str) -> list[Delivery]:
    """What stands at ``url``, in any format that is read, one article at least.

    An article alone that names no address of its own has the one it was fetched from. Raises as `Fetcher.fetch` and the
    formats' readers do.
    """
    fetched = fetcher.fetch(url)
    if fetched.data.startswith(GZIP):
        # An archive; what it unpacks to has no bound.
        raise NotText(f"{fetched.url}: a packed file; fetch and unpack it first")
    delivered = read(fetched.data, fetched.url, fetched.media_type, _charset(fetched))
    if len(delivered) == 1 and delivered[0].article.uri is None:
        return [replace(delivered[0], article=replace(delivered[0].article, uri=fetched.url))]
    return delivered


def _charset(fetched: Fetched) -> str | None:
    """The encoding that the server names; `NotText` where Python knows none of that name for text."""
    if fetched.charset is None:
        return None
    try:
        codec = codecs.lookup(fetched.charset)
        "".encode(codec.name)
    except LookupError:
        raise NotText(f"{fetched.url}: no encoding is called {fetched.charset[:40]!r}") from None
    return codec.name
