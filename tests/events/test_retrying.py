from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from app.events.retrying import MOST_TRIES, PAUSES, Answer, pause_after, retry_after


def middle(low: float, high: float) -> float:
    return (low + high) / 2


def test_the_schedule_is_that_of_the_convention() -> None:
    pauses = [pause_after(tries, Answer(500), middle) for tries in range(1, MOST_TRIES)]
    assert pauses[:4] == [timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2)]
    assert sum(pauses, timedelta()) == timedelta(hours=75, minutes=35, seconds=5)
    assert MOST_TRIES == 10


def test_pauses_differ_a_little() -> None:
    found = {pause_after(2, Answer(500)) for _ in range(50)}
    assert len(found) > 40
    assert min(found) >= timedelta(seconds=270)
    assert max(found) <= timedelta(seconds=330)


def test_a_receiver_may_ask_for_more_time_but_not_for_ever() -> None:
    assert pause_after(1, Answer(429, retry_after=timedelta(minutes=2)), middle) == timedelta(minutes=2)
    assert pause_after(3, Answer(429, retry_after=timedelta(minutes=2)), middle) == timedelta(seconds=PAUSES[2])
    assert pause_after(1, Answer(503, retry_after=timedelta(days=900)), middle) == timedelta(days=1)


@pytest.mark.parametrize(("value", "expected"), [("120", 120), ("0", 0), ("", None), ("soon", None), ("9" * 40, None)])
def test_retry_after_in_seconds(value: str, expected: int | None) -> None:
    assert retry_after(value) == (None if expected is None else timedelta(seconds=expected))


def test_retry_after_as_a_date() -> None:
    asked = retry_after(format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True))
    assert asked is not None
    assert timedelta(minutes=9) < asked <= timedelta(minutes=10)
    assert retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == timedelta(0)


@pytest.mark.parametrize(("status", "taken"), [(200, True), (204, True), (299, True), (301, False), (500, False)])
def test_only_2xx_takes_a_message(status: int, taken: bool) -> None:
    assert Answer(status).is_taken is taken
    assert not Answer(error="no answer").is_taken
