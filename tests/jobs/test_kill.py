"""Killing workers for real; `tests.kill_ingest` is the same as a command."""

from __future__ import annotations

import pytest

from tests.kill_ingest import kill_and_finish


def test_nothing_is_lost_and_nothing_doubled(sqlite_url: str) -> None:
    outcome = kill_and_finish(sqlite_url, articles=200, kills=1, seconds_per_article=0.01)
    assert outcome.is_right(200), outcome


@pytest.mark.parametrize("kills", [2])
def test_nothing_is_lost_on_a_server(postgresql_url: str, kills: int) -> None:
    outcome = kill_and_finish(postgresql_url, articles=100, kills=kills, seconds_per_article=0.01)
    assert outcome.is_right(100), outcome
