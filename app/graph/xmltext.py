"""Text for XML: XML 1.0 cannot hold control characters, lone surrogates and two non-characters, escaped or not."""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT = "\ufffd"


def printable(text: str) -> str:
    """``text`` with each character that XML 1.0 forbids replaced by U+FFFD, so that offsets into it stay right."""
    return _ILLEGAL.sub(REPLACEMENT, text)
