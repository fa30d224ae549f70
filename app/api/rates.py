"""How many requests a caller may send in a minute, counted in the memory of this process."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from limits.strategies import SlidingWindowCounterRateLimiter

_MINUTE = 60

Kind = Literal["read", "write"]


@dataclass(frozen=True, slots=True)
class Quota:
    """What is left of the requests of one kind: ``reset`` is in so many seconds, when more of them are free."""

    kind: Kind
    limit: int
    remaining: int
    reset: int
    is_spent: bool

    def headers(self) -> dict[str, str]:
        """The fields of the IETF's draft on rate limit headers."""
        return {
            "RateLimit-Policy": f'"{self.kind}";q={self.limit};w={_MINUTE}',
            "RateLimit": f'"{self.kind}";r={self.remaining};t={self.reset}',
        }


class Rates:
    """Counts the requests of each caller, reading and writing apart. A limit of 0 is none."""

    def __init__(self, read: int, write: int) -> None:
        self._limits: dict[Kind, int] = {"read": read, "write": write}

    def count(self, who: str, kind: Kind) -> Quota | None:
        """Count a request; ``None`` where there is no limit. A request over the limit is not counted."""
        limit = self._limits[kind]
        if not limit:
            return None
        from limits import RateLimitItemPerMinute

        item = RateLimitItemPerMinute(limit)
        is_taken = self._limiter.hit(item, kind, who)
        stats = self._limiter.get_window_stats(item, kind, who)
        reset = max(1, math.ceil(stats.reset_time - time.time()))
        return Quota(kind, limit, stats.remaining if is_taken else 0, reset, not is_taken)

    @cached_property
    def _limiter(self) -> SlidingWindowCounterRateLimiter:
        # Imported when somebody is first counted: on loopback nobody is, and it is a tenth of the start.
        from limits.storage import MemoryStorage
        from limits.strategies import SlidingWindowCounterRateLimiter

        return SlidingWindowCounterRateLimiter(MemoryStorage())
