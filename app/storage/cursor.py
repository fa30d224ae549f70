"""Opaque cursors of keyset pagination: where the last page ended, and a checksum.

The checksum ties a cursor to the listing and filter it was handed out for. It guards against mistakes, not against
forgery: a cursor holds nothing but sort keys that its reader has seen.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json

from app.errors import BadCursor

Key = str | int
_CHECK_BYTES = 6


def _check(listing: str, payload: bytes) -> bytes:
    return hashlib.blake2b(listing.encode() + b"\0" + payload, digest_size=_CHECK_BYTES).digest()


def encode(listing: str, keys: tuple[Key, ...]) -> str:
    """A cursor for ``listing`` (its name and filter) that continues after the row with these sort keys."""
    payload = json.dumps(keys, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_check(listing, payload) + payload).decode().rstrip("=")


def decode(listing: str, cursor: str, types: tuple[type[Key], ...]) -> tuple[Key, ...]:
    """The sort keys in ``cursor``, one of each of ``types``; raises `BadCursor` when it is none of this listing's."""
    try:
        raw = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
    except (UnicodeEncodeError, binascii.Error):
        raise BadCursor("the cursor is damaged: pass it on exactly as it was handed out") from None
    check, payload = raw[:_CHECK_BYTES], raw[_CHECK_BYTES:]
    if check != _check(listing, payload):
        raise BadCursor("the cursor is damaged, or belongs to a listing with other filters")
    keys = tuple(json.loads(payload))
    if len(keys) != len(types) or not all(isinstance(key, kind) for key, kind in zip(keys, types, strict=True)):
        raise BadCursor("the cursor belongs to another version of this service")
    return keys
