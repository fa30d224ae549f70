"""The encoding of a web page: from its first bytes, from what is said of it, from itself, and last by likelihood."""

from __future__ import annotations

import codecs
import re

from app.errors import NotText
from app.formats.text import decode_text

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*(?P<name>[A-Za-z0-9_:.-]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"'](?P<name>[A-Za-z0-9_:.-]+)")
# Where browsers look, and no further.
_HEAD_BYTES = 1024
# What pages say and what they mean: browsers read these names as Windows-1252, whose letters are a superset.
_MEANS_WINDOWS = frozenset(("iso8859-1", "ascii", "latin-1"))
# What Nordic newsrooms wrote in before UTF-8; without bounds the guess is often a neighbour that differs in one letter.
_GUESSED = ["cp1252", "iso8859_15", "mac_roman", "cp850"]


def decode_html(data: bytes, source: str, encoding: str | None = None) -> str:
    """The text of a web page. ``encoding`` is what came with it, such as the charset of its Content-Type.

    Raises `NotText` for an encoding nobody knows, and naming the byte where the page is not in the encoding it names;
    `EmptyText` where there is nothing in it.
    """
    if data.startswith(_MARKS):
        return decode_text(data, source)
    named = encoding or _named_within(data)
    if named is not None:
        return decode_text(data, source, _meant(named, source))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return decode_text(data, source, _likely(data))
    return decode_text(data, source)


def _named_within(data: bytes) -> str | None:
    head = data[:_HEAD_BYTES]
    found = _DECLARED.match(head.lstrip()) or _META.search(head)
    return found["name"].decode("ascii") if found else None


def _meant(name: str, source: str) -> str:
    try:
        known = codecs.lookup(name).name
    except LookupError:
        raise NotText(f"{source}: no encoding is called {name!r}") from None
    # The name was read as ASCII, so the bytes are no UTF-16 whatever it says.
    if known.startswith(("utf-16", "utf-32")):
        return "utf-8"
    return "cp1252" if known in _MEANS_WINDOWS else known


def _likely(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_GUESSED).best()
    return best.encoding if best is not None else "cp1252"
