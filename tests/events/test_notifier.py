"""Webhooks over the network: signed, tried again, given up, never sent twice at once, and surviving kill -9."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from sqlalchemy import Engine, update

from app.domain.event import EventKind
from app.domain.webhook import Delivery, DeliveryStatus, Webhook
from app.errors import StorageError
from app.events.notifier import Notifier
from app.events.publishing import publish
from app.events.retrying import MOST_TRIES
from app.events.signing import shown
from app.storage.deliveries import get_delivery, list_deliveries, send_again
from app.storage.engine import open_engine, reading, transaction
from app.storage.event_tables import DeliveryRow
from app.storage.events import record
from app.storage.webhooks import change_webhook, get_webhook, rotate_secret, save_webhook
from tests.events.receiver import Receiver, receiving, until

KEEP = timedelta(days=30)
LEASE = timedelta(seconds=30)


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_url"))


on_both = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def add(engine: Engine, url: str, **known: object) -> tuple[Webhook, str]:
    with transaction(engine) as session:
        asked = {"name": None, "kinds": (), "searches": (), "author": "ada", **known}
        webhook, secret = save_webhook(session, url, **asked)  # type: ignore[arg-type]
    return webhook, shown(secret)


def happen(engine: Engine, *names: str) -> None:
    with transaction(engine) as session:
        for name in names:
            record(session, EventKind.ARTICLE_DONE, article_id=name, data={"claims": 1})


def sent(engine: Engine, webhook: Webhook) -> tuple[Delivery, ...]:
    with reading(engine) as session:
        return list_deliveries(session, webhook.id, limit=200).items


def settled(engine: Engine, webhook: Webhook, attempts: int, count: int = 1) -> tuple[Delivery, ...]:
    """The deliveries, as soon as there are so many with so many attempts."""
    until(lambda: sum(len(each.attempts) >= attempts for each in sent(engine, webhook)) >= count)
    return sent(engine, webhook)


def now_due(engine: Engine) -> None:
    """Let the pause until the next attempt be over."""
    with transaction(engine) as session:
        session.execute(update(DeliveryRow).values(due_at=datetime.now(UTC)))


def notifier(
    engine: Engine,
    *,
    private: bool = True,
    lease: timedelta = LEASE,
    failed: Callable[[], None] = lambda: None,
) -> Notifier:
    return Notifier(engine, keep=KEEP, private=private, failed=failed, lease=lease)


@on_both
def test_an_event_arrives_signed(engine: Engine, receiver: Receiver) -> None:
    webhook, secret = add(engine, receiver.url + "?from=sagesman")
    happen(engine, "art_1")
    with notifier(engine):
        (message,) = receiver.wait_for(1)
        (delivery,) = settled(engine, webhook, 1)
    assert message.is_signed_with(secret)
    assert not message.is_signed_with("whsec_" + "A" * 44)
    assert message.path == "/hook?from=sagesman"
    assert message.headers["content-type"] == "application/json"
    assert message.told["type"] == "article.done"
    assert message.told["data"] == {"article": "art_1", "claims": 1}
    assert message.told["number"] == delivery.number == 1
    assert delivery.id == message.id
    assert delivery.status is DeliveryStatus.DELIVERED
    (attempt,) = delivery.attempts
    assert attempt.status_code == 204
    assert attempt.ms < 10_000


@on_both
def test_the_answer_is_kept_in_short(engine: Engine, receiver: Receiver) -> None:
    webhook, _ = add(engine, receiver.url)
    receiver.status, receiver.body = 200, b"tack\0 " + b"a" * 5000
    happen(engine, "art_1")
    with notifier(engine):
        (delivery,) = settled(engine, webhook, 1)
    excerpt = delivery.attempts[0].excerpt
    assert excerpt is not None
    assert excerpt.startswith("tack\N{REPLACEMENT CHARACTER} aaa")
    assert len(excerpt) == 500


def test_both_secrets_sign_while_they_overlap(engine: Engine, receiver: Receiver) -> None:
    webhook, old = add(engine, receiver.url)
    with transaction(engine) as session:
        new = shown(rotate_secret(session, webhook.id, timedelta(hours=1)))
    happen(engine, "art_1")
    with notifier(engine):
        (message,) = receiver.wait_for(1)
    assert message.is_signed_with(new)
    assert message.is_signed_with(old)
    with transaction(engine) as session:
        newest = shown(rotate_secret(session, webhook.id, timedelta(0)))
    happen(engine, "art_2")
    with notifier(engine):
        message = receiver.wait_for(2)[1]
    assert message.is_signed_with(newest)
    assert not message.is_signed_with(new)


@on_both
def test_what_fails_is_tried_again_with_the_same_message(engine: Engine, receiver: Receiver) -> None:
    webhook, secret = add(engine, receiver.url)
    receiver.status = 500
    happen(engine, "art_1")
    with notifier(engine):
        (delivery,) = settled(engine, webhook, 1)
        assert delivery.status is DeliveryStatus.PENDING
        pause = delivery.due_at - datetime.now(UTC)
        assert timedelta(seconds=2) < pause < timedelta(seconds=6)
        receiver.status = 204
        now_due(engine)
        (delivery,) = settled(engine, webhook, 2)
    assert delivery.status is DeliveryStatus.DELIVERED
    assert [attempt.status_code for attempt in delivery.attempts] == [500, 204]
    first, second = receiver.received
    assert (first.id, first.body) == (second.id, second.body)
    assert second.is_signed_with(secret)


def test_a_receiver_that_asks_for_time_gets_it(engine: Engine, receiver: Receiver) -> None:
    webhook, _ = add(engine, receiver.url)
    receiver.status, receiver.headers = 429, {"Retry-After": "600"}
    happen(engine, "art_1")
    with notifier(engine):
        (delivery,) = settled(engine, webhook, 1)
    assert delivery.due_at - datetime.now(UTC) > timedelta(minutes=9)


def test_a_redirect_is_not_followed(engine: Engine, receiver: Receiver) -> None:
    webhook, _ = add(engine, receiver.url)
    receiver.status, receiver.headers = 307, {"Location": receiver.url + "/elsewhere"}
    happen(engine, "art_1")
    with notifier(engine):
        (delivery,) = settled(engine, webhook, 1)
    assert delivery.status is DeliveryStatus.PENDING
    assert delivery.attempts[0].status_code == 307
    assert [message.path for message in receiver.received] == ["/hook"]


def test_a_receiver_that_hangs_or_trickles_is_left_in_time(
    engine: Engine, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trickle(handler: BaseHTTPRequestHandler) -> None:
        for _ in range(100):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-More: and more\r\n"[:1])
            time.sleep(0.1)

    webhook, _ = add(engine, receiver.url)
    receiver.answer = trickle
    monkeypatch.setattr("app.events.sending.attempt.__defaults__", (0.5,))
    happen(engine, "art_1")
    with notifier(engine):
        (delivery,) = settled(engine, webhook, 1)
    (attempt,) = delivery.attempts
    assert attempt.status_code is None
    assert "no answer within 0.5 seconds" in str(attempt.error)
    assert 400 < attempt.ms < 3000


def test_a_receiver_that_hangs_up(engine: Engine, receiver: Receiver) -> None:
    webhook, _ = add(engine, receiver.url)
    receiver.answer = lambda handler: handler.connection.close()
    happen(engine, "art_1")
    with notifier(engine):
        (delivery,) = settled(engine, webhook, 1)
    assert delivery.attempts[0].error
    assert delivery.status is DeliveryStatus.PENDING


def test_nobody_listens_there(engine: Engine, receiver: Receiver) -> None:
    webhook, _ = add(engine, "http://127.0.0.1:1/hook")
    other, _ = add(engine, receiver.url)
    happen(engine, "art_1")
    with notifier(engine):
        (delivery,) = settled(engine, webhook, 1)
        (arrived,) = settled(engine, other, 1)
    assert delivery.attempts[0].error
    assert arrived.status is DeliveryStatus.DELIVERED


def test_private_addresses_are_not_connected_to(engine: Engine, receiver: Receiver) -> None:
    webhook, _ = add(engine, receiver.url)
    happen(engine, "art_1")
    with notifier(engine, private=False):
        (delivery,) = settled(engine, webhook, 1)
    assert "private address" in str(delivery.attempts[0].error)
    assert receiver.received == []


@on_both
def test_410_disables_the_webhook_and_gives_up_the_rest(engine: Engine, receiver: Receiver) -> None:
    webhook, _ = add(engine, receiver.url)
    receiver.status = 500
    happen(engine, "art_1", "art_2")
    with notifier(engine):
        settled(engine, webhook, 1, count=2)
        receiver.status = 410
        with transaction(engine) as session:
            session.execute(update(DeliveryRow).where(DeliveryRow.number == 1).values(due_at=datetime.now(UTC)))
        until(lambda: not shown_webhook(engine, webhook).enabled)
        assert {each.status for each in sent(engine, webhook)} == {DeliveryStatus.FAILED}
        assert shown_webhook(engine, webhook).disabled_reason == "the receiver answered 410 Gone"
        happen(engine, "art_3")
        time.sleep(0.8)
    assert len(sent(engine, webhook)) == 2
    with transaction(engine) as session:
        again = change_webhook(session, webhook.id, url=webhook.url, name=None, kinds=(), searches=(), enabled=True)
    assert (again.enabled, again.disabled_reason) == (True, None)


def shown_webhook(engine: Engine, webhook: Webhook) -> Webhook:
    with reading(engine) as session:
        return get_webhook(session, webhook.id)


def last_try(engine: Engine) -> None:
    """Let all attempts but the last have been made."""
    with transaction(engine) as session:
        session.execute(update(DeliveryRow).values(tries=MOST_TRIES - 1, due_at=datetime.now(UTC)))


def test_what_fails_to_the_end_disables_a_webhook_that_takes_nothing_else(engine: Engine, receiver: Receiver) -> None:
    webhook, _ = add(engine, receiver.url)
    receiver.status = 503
    happen(engine, "art_1")
    with notifier(engine):
        settled(engine, webhook, 1)
        last_try(engine)
        until(lambda: not shown_webhook(engine, webhook).enabled)
    (delivery,) = sent(engine, webhook)
    assert delivery.status is DeliveryStatus.FAILED
    assert "nothing was delivered since" in str(shown_webhook(engine, webhook).disabled_reason)
    assert "answered 503" in str(shown_webhook(engine, webhook).disabled_reason)


def test_what_fails_to_the_end_disables_nothing_where_others_arrive(engine: Engine, receiver: Receiver) -> None:
    webhook, _ = add(engine, receiver.url)
    receiver.status = 503
    happen(engine, "art_1")
    with notifier(engine):
        settled(engine, webhook, 1)
        receiver.status = 204
        happen(engine, "art_2")
        settled(engine, webhook, 1, count=2)
        receiver.status = 503
        with transaction(engine) as session:
            late = {"tries": MOST_TRIES - 1, "due_at": datetime.now(UTC)}
            session.execute(update(DeliveryRow).where(DeliveryRow.number == 1).values(late))
        settled(engine, webhook, 2)
        until(lambda: sent(engine, webhook)[1].status is DeliveryStatus.FAILED)
    assert shown_webhook(engine, webhook).enabled
    # By hand it goes out once more, under the same id.
    receiver.status = 204
    first = sent(engine, webhook)[1]
    with transaction(engine) as session:
        assert send_again(session, webhook.id, first.id).status is DeliveryStatus.PENDING
    with notifier(engine):
        until(lambda: delivered(engine, first))
    assert Counter(message.id for message in receiver.received)[first.id] == 3


def delivered(engine: Engine, delivery: Delivery) -> bool:
    with reading(engine) as session:
        return get_delivery(session, delivery.webhook_id, delivery.id).status is DeliveryStatus.DELIVERED


@on_both
def test_several_senders_never_send_a_message_twice(engine: Engine, database_url: str, receiver: Receiver) -> None:
    webhook, _ = add(engine, receiver.url)
    receiver.answer = lambda handler: slowly(handler, 0.02)
    with ExitStack() as stack:
        for _ in range(3):
            own = open_engine(database_url)
            stack.callback(own.dispose)
            stack.enter_context(notifier(own))
        for batch in range(4):
            happen(engine, *(f"art_{batch}_{number}" for number in range(15)))
        until(lambda: sum(each.status is DeliveryStatus.DELIVERED for each in sent(engine, webhook)) == 60, 40)
    assert len(receiver.received) == 60
    assert len({message.id for message in receiver.received}) == 60
    assert sorted(message.told["number"] for message in receiver.received) == list(range(1, 61))


def slowly(handler: BaseHTTPRequestHandler, seconds: float) -> None:
    time.sleep(seconds)
    handler.send_response(204)
    handler.end_headers()


def test_one_slow_receiver_does_not_keep_the_others_waiting(engine: Engine, receiver: Receiver) -> None:
    with receiving() as slow:
        slow.answer = lambda handler: slowly(handler, 1.5)
        add(engine, slow.url)
        quick, _ = add(engine, receiver.url)
        happen(engine, *(f"art_{number}" for number in range(40)))
        with notifier(engine):
            started = time.monotonic()
            receiver.wait_for(40)
            assert time.monotonic() - started < 1.5
            settled(engine, quick, 1, count=40)
            # What is being sent gets a moment to arrive; the rest stays for the next worker.
        assert slow.most_at_once <= 4
        assert {each.status for each in sent(engine, quick)} == {DeliveryStatus.DELIVERED}


@on_both
def test_a_sender_that_is_killed_loses_nothing(engine: Engine, database_url: str, receiver: Receiver) -> None:
    webhook, _ = add(engine, receiver.url)
    receiver.answer = lambda handler: slowly(handler, 60)
    happen(engine, "art_1", "art_2")
    command = [sys.executable, "-m", "tests.events.process", database_url, "1"]
    first = subprocess.Popen(command)
    try:
        taken = {message.id for message in receiver.wait_for(2, 60)}
    finally:
        first.kill()
        first.wait()
    assert {each.status for each in sent(engine, webhook)} == {DeliveryStatus.PENDING}
    receiver.answer = None
    happen(engine, "art_3")
    with notifier(engine):
        until(lambda: {each.status for each in sent(engine, webhook)} == {DeliveryStatus.DELIVERED})
    assert len(sent(engine, webhook)) == 3
    # What was on its way when the process died came again, under the id that tells it apart.
    assert Counter(message.id for message in receiver.received)[next(iter(taken))] == 2
    assert len({message.id for message in receiver.received}) == 3


def test_an_error_nobody_thought_of_ends_the_worker_and_is_told(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Engine) -> int:
        raise AssertionError("no such thing")

    monkeypatch.setattr("app.events.notifier.publish", broken)
    stop = threading.Event()
    with pytest.raises(AssertionError, match="no such thing"), notifier(engine, failed=stop.set):
        assert stop.wait(10)


def test_a_database_that_is_away_is_waited_for(
    engine: Engine, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = [StorageError("away"), StorageError("away")]

    def sometimes(engine: Engine) -> int:
        if away:
            raise away.pop()
        return publish(engine)

    monkeypatch.setattr("app.events.notifier.publish", sometimes)
    monkeypatch.setattr("app.events.notifier._AWAY", 0.05)
    add(engine, receiver.url)
    happen(engine, "art_1")
    with notifier(engine):
        receiver.wait_for(1)
