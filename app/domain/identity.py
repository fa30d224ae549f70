"""Content-hash identity: the same content always gets the same id, so saving twice is saving once."""

from __future__ import annotations

import hashlib

_DIGEST_BYTES = 10


def content_id(kind: str, *parts: str) -> str:
    """An id ``kind_xxxxxxxxxxxxxxxxxxxx``: a prefix and 20 hexadecimal digits of the BLAKE2b digest of ``parts``.

    The parts are length-prefixed before hashing, so ``("ab", "c")`` and ``("a", "bc")`` differ. 80 bits keep the chance
    of one collision among a hundred million rows under one in a hundred million.
    """
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return f"{kind}_{digest.hexdigest()}"
