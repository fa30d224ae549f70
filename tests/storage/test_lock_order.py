"""Many senders, kills and readers at once on PostgreSQL: nobody locks another out, whatever the order."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text

from app.domain.version import Standing
from app.errors import NotFound
from app.ingest import Ingest, submit, take_back
from app.storage import versions
from app.storage.articles import articles_by_ids, save_article
from app.storage.engine import Session, open_engine, reading, transaction
from app.storage.tables import ArticleRow
from app.storage.upsert import serialize
from app.storage.withdrawals import kill, undo_withdrawal, withdraw
from tests.ingest.fake import FakeExtractor, actor_ids
from tests.storage.test_versions import version

# Numbers, and one version that is none: whoever brings it has all of them ordered by time.
VERSIONS = ("1", "2", "3", "2024-05-09T10:00:00Z")


class NoQueue:
    """Takes nothing: articles are read by the test."""

    def put(self, session: Session, article_ids: object) -> None:
        """Nothing."""

    put_again = put


def item(uri: str, number: int) -> object:
    return version(VERSIONS[number], f"Det regnar, sade Ada Ek.\nNummer {number}, sade Bo Al.", uri=uri, day=5 - number)


@pytest.mark.parametrize("seed", range(2))
def test_senders_kills_people_and_readers_at_once(postgresql_url: str, seed: int) -> None:
    engine = open_engine(postgresql_url)
    uris = [f"urn:test:{number}" for number in range(3)]
    chance = random.Random(seed)
    reader = Ingest(engine, FakeExtractor(), actor_ids)

    def sent(uri: str, number: int) -> None:
        submit(engine, NoQueue(), item(uri, number))

    def killed(uri: str, number: int) -> None:
        take_back(engine, item(uri, number), "TT")

    def read(uri: str, number: int) -> None:
        submit(engine, NoQueue(), item(uri, number))
        reader.process_articles([item(uri, number).id])

    def by_hand(uri: str, number: int) -> None:
        try:
            with transaction(engine) as session:
                withdraw(session, item(uri, number).id, author="ada", reason="fel")
            with transaction(engine) as session:
                undo_withdrawal(session, item(uri, number).id, author="ada")
        except NotFound:
            return

    works: list[tuple[Callable[[str, int], None], str, int]] = [
        (work, uri, number)
        for work in (sent, killed, read, by_hand, read)
        for uri in uris
        for number in range(len(VERSIONS))
    ]
    chance.shuffle(works)
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(work, uri, number) for work, uri, number in works]:
            done.result()
    with reading(engine) as session:
        for uri in uris:
            ids = session.scalars(select(ArticleRow.id).where(ArticleRow.uri == uri)).all()
            standing = [record.standing for record in articles_by_ids(session, ids)]
            assert standing.count(Standing.IN_FORCE) <= 1
    engine.dispose()


def impatient(session: Session) -> None:
    """A wait of five seconds is a failure, not a deadlock to be found by the server."""
    session.execute(text("SET LOCAL lock_timeout = '5s'"))


def test_a_first_version_waits_for_nobody_who_saves_claims(postgresql_url: str) -> None:
    engine = open_engine(postgresql_url)
    with transaction(engine) as saver:
        serialize(saver, "judgements")
        with transaction(engine) as session:
            impatient(session)
            assert save_article(session, item("urn:test:0", 0))[1]
    engine.dispose()


def test_who_finds_another_version_come_in_between_takes_the_locks_in_everybodys_order(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(postgresql_url)
    uri = "urn:test:0"
    key, lock, waits = versions.key(uri, ""), versions.lock, threading.Event()
    came = iter([True])

    def late(session: Session, keys: list[str]) -> None:
        if next(came, False):
            monkeypatch.setattr(versions, "lock", lock)
            with transaction(engine) as other:
                save_article(other, item(uri, 0))
        lock(session, keys)

    def hold(session: Session, keys: list[str]) -> None:
        waits.set()
        original(session, keys)

    def second() -> None:
        with transaction(engine) as session:
            save_article(session, item(uri, 1))

    original = versions.hold
    monkeypatch.setattr(versions, "lock", late)
    monkeypatch.setattr(versions, "hold", hold)
    with ThreadPoolExecutor(1) as pool:
        with transaction(engine) as saver:
            impatient(saver)
            serialize(saver, "judgements")
            stored = pool.submit(second)
            assert waits.wait(10)
            # The second sender waits for this one, and has given up what this one needs next.
            lock(saver, [key])
        stored.result(10)
    with reading(engine) as session:
        found = articles_by_ids(session, [item(uri, number).id for number in (0, 1)])
    assert sorted(record.standing for record in found) == [Standing.IN_FORCE, Standing.SUPERSEDED]
    engine.dispose()


def test_bulk_submissions_that_mix_kills_and_new_articles_take_their_locks_first(postgresql_url: str) -> None:
    engine = open_engine(postgresql_url)
    uris = [f"urn:test:{number}" for number in range(6)]

    def bulk(seed: int) -> None:
        own = random.Random(seed).sample(uris, len(uris))
        with transaction(engine) as session:
            versions.hold(session, [versions.key(uri, "") for uri in own])
            for place, uri in enumerate(own):
                if place % 2:
                    kill(session, uri, VERSIONS[seed % 3], author="TT")
                else:
                    save_article(session, item(uri, seed % len(VERSIONS)))

    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(bulk, seed) for seed in range(24)]:
            done.result()
    engine.dispose()
