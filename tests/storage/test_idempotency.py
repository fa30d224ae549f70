"""Requests under keys: begun once, answered again, free again when abandoned or when their server died."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, text

from app.storage.engine import transaction
from app.storage.idempotency import Answer, Standing, abandon, begin, finish, renew

DAY = timedelta(days=1)
ANSWER = Answer(
    201, (("content-type", "application/json"), ("location", "/v1/articles/art_å")), b'{"a": "\xc3\xa5"}\x00'
)


def begun(engine: Engine, key: str = "k", fingerprint: str = "f", owner: str = "local") -> Answer | Standing:
    with transaction(engine) as session:
        return begin(session, owner, key, fingerprint, DAY)


def test_an_answer_is_kept_as_it_was(engine: Engine) -> None:
    assert begun(engine) is Standing.BEGUN
    assert begun(engine) is Standing.UNDER_WAY
    with transaction(engine) as session:
        finish(session, "local", "k", ANSWER)
    assert begun(engine) == ANSWER
    assert begun(engine, fingerprint="g") is Standing.ANOTHER


def test_keys_belong_to_their_callers(engine: Engine) -> None:
    assert begun(engine) is Standing.BEGUN
    assert begun(engine, owner="sgm_0") is Standing.BEGUN
    assert begun(engine, key="K") is Standing.BEGUN


def test_what_is_abandoned_can_be_begun_again(engine: Engine) -> None:
    begun(engine)
    with transaction(engine) as session:
        abandon(session, "local", "k")
    assert begun(engine, fingerprint="g") is Standing.BEGUN


def test_what_a_dead_server_left_is_taken_over(engine: Engine) -> None:
    begun(engine)
    _set_back(engine, "leased_until")
    assert begun(engine, fingerprint="g") is Standing.ANOTHER
    assert begun(engine) is Standing.BEGUN
    assert begun(engine) is Standing.UNDER_WAY
    _set_back(engine, "leased_until")
    with transaction(engine) as session:
        renew(session, "local", "k")
    assert begun(engine) is Standing.UNDER_WAY


def test_old_answers_are_forgotten(engine: Engine) -> None:
    begun(engine, "old")
    with transaction(engine) as session:
        finish(session, "local", "old", ANSWER)
    _set_back(engine, "expires_at")
    begun(engine, "new")
    with transaction(engine) as session:
        assert list(session.scalars(text("SELECT key FROM idempotency_keys"))) == ["new"]
    assert begun(engine, "old", "g") is Standing.BEGUN


def test_of_many_at_once_one_is_begun(engine: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: begun(engine), range(16)))
    assert sorted(found, key=str) == [Standing.BEGUN, *[Standing.UNDER_WAY] * 15]
    _set_back(engine, "leased_until")
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: begun(engine), range(16)))
    assert found.count(Standing.BEGUN) == 1


def _set_back(engine: Engine, column: str) -> None:
    with transaction(engine) as session:
        then = datetime.now(UTC) - timedelta(seconds=1)
        session.execute(text(f"UPDATE idempotency_keys SET {column} = :then"), {"then": then})
