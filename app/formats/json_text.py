"""How formats write JSON: compact, letters as they are."""

from __future__ import annotations

import json
from typing import Any


def compact(value: Any) -> str:
    """``value`` as JSON on one line, without blanks between tokens, fit for UTF-8.

    Letters outside ASCII stand as they are; a lone surrogate, which UTF-8 cannot hold, is written as its escape.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
