"""API keys: found by what was handed out and by nothing else, useless once expired or revoked, never readable."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from app.domain.access import Scope
from app.errors import InputError, NotFound
from app.storage.engine import reading, transaction
from app.storage.keys import (
    KeyRecord,
    create_key,
    find_key,
    has_valid_key,
    is_use_due,
    list_keys,
    note_use,
    revoke_key,
)
from tests.storage.tables import contents


def made(engine: Engine, name: str = "desk", scope: Scope = Scope.READ, **known: datetime) -> tuple[KeyRecord, str]:
    with transaction(engine) as session:
        return create_key(session, name, scope, **known)


def found(engine: Engine, presented: str) -> KeyRecord | None:
    with reading(engine) as session:
        return find_key(session, presented)


def test_a_key_is_found_by_what_was_handed_out(engine: Engine) -> None:
    record, key = made(engine, "Nattdesken", Scope.WRITE)
    made(engine, "Nattdesken")
    assert key.startswith(f"{record.id}_")
    known = found(engine, key)
    assert known == record
    caller = record.caller()
    assert (caller.name, caller.key, caller.scopes) == ("Nattdesken", record.id, {Scope.READ, Scope.WRITE})


def test_nothing_else_opens(engine: Engine) -> None:
    record, key = made(engine)
    _, other = made(engine)
    secret = key.removeprefix(f"{record.id}_")
    wrong = [
        "",
        record.id,
        secret,
        key[:-1],
        key + "a",
        key.upper(),
        f"{record.id}_{other.removeprefix('sgm_').partition('_')[2]}",
        f"sgm_000000000000_{secret}",
        key[:-1] + ("A" if key[-1] != "A" else "B"),
        key.replace("sgm", "sgn"),
        f"{key}\n",
        "sgm_\ud800",
        "' OR 1=1 --",
    ]
    assert [presented for presented in wrong if found(engine, presented)] == []


def test_no_secret_is_kept(engine: Engine) -> None:
    record, key = made(engine)
    (row,) = contents(engine)["api_keys"]
    assert record.id in row
    assert key.removeprefix(f"{record.id}_") not in row


def test_an_expired_key_opens_nothing(engine: Engine) -> None:
    now = datetime.now(UTC)
    _, old = made(engine, expires_at=now - timedelta(seconds=1))
    with reading(engine) as session:
        assert not has_valid_key(session)
    record, young = made(engine, expires_at=now + timedelta(days=1))
    assert found(engine, old) is None
    assert found(engine, young) == record
    with reading(engine) as session:
        assert has_valid_key(session)
        assert [key.is_valid(now) for key in list_keys(session)] == [False, True]


def test_a_revoked_key_opens_nothing_and_stays_listed(engine: Engine) -> None:
    record, key = made(engine)
    for is_new in (True, False):
        with transaction(engine) as session:
            revoked, changed = revoke_key(session, record.id)
        assert changed is is_new
        assert revoked.revoked_at is not None
    assert found(engine, key) is None
    with reading(engine) as session:
        assert [listed.id for listed in list_keys(session)] == [record.id]
        assert not has_valid_key(session)
    with pytest.raises(NotFound, match="sgm_0"), transaction(engine) as session:
        revoke_key(session, "sgm_0")


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "två\nrader", "local", "Resolver"])
def test_a_name_is_one_that_can_sign(name: str, engine: Engine) -> None:
    with pytest.raises(InputError, match="name"):
        made(engine, name)


def test_use_is_noted_now_and_then(engine: Engine) -> None:
    record, key = made(engine)
    assert is_use_due(record)
    with transaction(engine) as session:
        note_use(session, record.id)
    used = found(engine, key)
    assert used is not None
    assert used.last_used_at is not None
    assert not is_use_due(used)
    with transaction(engine) as session:
        then = datetime.now(UTC) - timedelta(minutes=6)
        session.execute(text("UPDATE api_keys SET last_used_at = :then"), {"then": then})
    later = found(engine, key)
    assert later is not None
    assert is_use_due(later)
