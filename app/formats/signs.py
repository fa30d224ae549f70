"""By what the formats that look alike are told apart, without loading their readers."""

from __future__ import annotations

import re
from typing import Any

GZIP = b"\x1f\x8b"
"""What every gzip file begins with."""

JSON_FEED_VERSION = "https://jsonfeed.org/version/"
"""What the ``version`` of every JSON Feed begins with."""

# What only news items have. ``uri``, ``title`` and ``type`` are in many other things.
_NINJS = re.compile(r"bodies|headlines|headline|body_\w+|pub[sS]tatus|version[cC]reated|\$standard")


def is_ninjs(value: dict[str, Any]) -> bool:
    """Whether a JSON object is a news item, by its keys; one with a ``text`` is an article of our own schema."""
    return "text" not in value and any(_NINJS.fullmatch(key) for key in value)
