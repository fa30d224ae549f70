"""sagesman webhooks: added, tried out against a real receiver, listed with what was sent, forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.events.notifier import Notifier
from app.settings import load_settings
from app.storage.engine import open_engine
from tests.cli.conftest import Sagesman
from tests.events.receiver import Receiver, receiving


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv("SAGESMAN_WEBHOOK_PRIVATE_ADDRESSES", "true")
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def worker(folder: Path, sagesman: Sagesman) -> Iterator[None]:
    """What a worker does about webhooks, over the database of the folder."""
    assert sagesman("db", "upgrade").code == 0
    engine = open_engine(load_settings().database_url)
    with Notifier(engine, keep=timedelta(days=30), private=True, failed=lambda: None):
        yield
    engine.dispose()


def added(sagesman: Sagesman, url: str, *options: str) -> tuple[str, str]:
    """The id and the secret of a new webhook."""
    made = sagesman("webhooks", "add", url, *options)
    assert made.code == 0, made.err
    secret = made.out.strip()
    assert secret.startswith("whsec_")
    assert secret not in made.err
    return made.err.split()[0], secret


def test_a_message_is_tried_out_and_signed(worker: None, receiver: Receiver, sagesman: Sagesman) -> None:
    webhook, secret = added(sagesman, receiver.url, "--name", "CMS")
    tried = sagesman("webhooks", "test", webhook, "--wait", "30")
    assert tried.code == 0, tried.err
    assert "delivered" in tried.out
    (message,) = receiver.wait_for(1)
    assert message.is_signed_with(secret)
    assert message.id == tried.out.split()[0]
    (sent,) = json.loads(sagesman("webhooks", "deliveries", webhook, "--json").out)["deliveries"]
    assert (sent["id"], sent["kind"], sent["status"]) == (message.id, "webhook.test", "delivered")
    assert [attempt["status_code"] for attempt in sent["attempts"]] == [204]
    assert "204 after" in sagesman("webhooks", "deliveries", webhook).out
    assert message.id not in sagesman("webhooks", "deliveries", webhook, "--status", "failed").out


def test_a_receiver_that_is_not_there_is_a_failure(worker: None, receiver: Receiver, sagesman: Sagesman) -> None:
    webhook, _ = added(sagesman, "http://127.0.0.1:1/hook")
    tried = sagesman("webhooks", "test", webhook, "--wait", "30")
    assert tried.code == 1
    assert "failed" in tried.out
    assert "did not take it" in tried.err


def test_without_a_worker_nobody_sends(receiver: Receiver, sagesman: Sagesman) -> None:
    webhook, _ = added(sagesman, receiver.url)
    assert sagesman("webhooks", "test", webhook, "--wait", "0").code == 0
    tried = sagesman("webhooks", "test", webhook, "--wait", "0.3")
    assert (tried.code, "sagesman worker" in tried.err) == (1, True)
    page = sagesman("webhooks", "deliveries", webhook, "--limit", "1")
    cursor = page.err.split()[-1]
    rest = json.loads(sagesman("webhooks", "deliveries", webhook, "--cursor", cursor, "--json").out)
    assert (len(rest["deliveries"]), rest["next_cursor"]) == (1, None)


def test_webhooks_are_listed_without_their_secrets_and_forgotten(sagesman: Sagesman) -> None:
    search = sagesman("searches", "add", "Baku", "--speaker", "Baku").out.strip()
    first, secret = added(sagesman, "https://cms.example/sagesman", "--kind", "claim.added", "--kind", "article.failed")
    second, _ = added(sagesman, "https://cms.example/baku", "--search", search)
    known = json.loads(sagesman("webhooks", "list", "--json").out)
    assert [(each["id"], each["kinds"], each["searches"]) for each in known] == [
        (first, ["claim.added", "article.failed"], []),
        (second, ["search.matched", "search.unmatched"], [search]),
    ]
    listed = sagesman("webhooks", "list").out
    assert secret not in listed + json.dumps(known)
    assert "https://cms.example/baku" in listed
    assert sagesman("webhooks", "remove", first).out == f"{first} is forgotten\n"
    assert [each["id"] for each in json.loads(sagesman("webhooks", "list", "--json").out)] == [second]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("add", "http://cms.example/"), "HTTPS"),
        (("add", "https://10.0.0.1/"), "private"),
        (("add", "https://ada@cms.example/"), "url"),
        (("add", "https://cms.example:99999/"), "url"),
        (("add", "https://cms.example/\n"), "url"),
        (("add", "https://cms.example/" + "x" * 2000), "2000"),
        (("add", "https://cms.example/", "--search", "sch_0"), "sch_0"),
        (("add", "https://cms.example/", "--kind", "claim.read"), "claim.read"),
        (("remove", "whk_0"), "whk_0"),
        (("test", "whk_0"), "whk_0"),
        (("deliveries", "whk_0"), "whk_0"),
        (("deliveries", "whk_0", "--cursor", "x"), "whk_0"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(words: tuple[str, ...], says: str, sagesman: Sagesman) -> None:
    assert sagesman("db", "upgrade").code == 0
    result = sagesman("webhooks", *words)
    assert (result.code, result.out) == (2, "")
    assert says in result.err
    assert json.loads(sagesman("webhooks", "list", "--json").out) == []
