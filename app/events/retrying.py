"""What an attempt to deliver means: taken, to be tried again and when, or given up."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# Seconds between two attempts, as the Standard Webhooks convention proposes: three days in all.
PAUSES = (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
MOST_TRIES = len(PAUSES) + 1
# Each pause is up to this much shorter or longer, so that what failed together does not come back together.
_JITTER = 0.1
# A receiver that asks for more than a day's peace gets a day.
_LONGEST_ASKED = timedelta(days=1)

GONE = 410


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver answered: its status, and how long it asks to be left alone, or why there was no answer."""

    status_code: int | None = None
    error: str | None = None
    retry_after: timedelta | None = None
    excerpt: str | None = None

    @property
    def is_taken(self) -> bool:
        """Whether the message arrived."""
        return self.status_code is not None and 200 <= self.status_code < 300

    @property
    def told(self) -> str:
        """The outcome in a few words."""
        return self.error or f"answered {self.status_code}"


def pause_after(tries: int, answer: Answer, chance: Callable[[float, float], float] = random.uniform) -> timedelta:
    """How long to wait after that many failed tries: the schedule with some jitter, or longer where asked to."""
    planned = PAUSES[min(tries, len(PAUSES)) - 1] * chance(1 - _JITTER, 1 + _JITTER)
    asked = min(answer.retry_after or timedelta(0), _LONGEST_ASKED)
    return max(timedelta(seconds=planned), asked)


def retry_after(value: str) -> timedelta | None:
    """What the header ``Retry-After`` says, seconds or a date; ``None`` where it says nothing that can be read."""
    if value.isascii() and value.isdigit() and len(value) < 10:
        return timedelta(seconds=int(value))
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(moment - datetime.now(UTC), timedelta(0))
