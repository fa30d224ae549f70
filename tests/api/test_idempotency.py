"""Idempotency keys on real requests: done once, answered alike, refused when they are used for something else."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from app.errors import StorageError
from app.storage.articles import Status
from app.storage.engine import transaction
from tests.api.conftest import GoldQueue, on_both_databases
from tests.api.keyed import bearer, make_key, served

ARTICLE = {"text": "Ja, sade Bo."}


def keyed(key: str) -> dict[str, str]:
    return {"Idempotency-Key": key}


@on_both_databases
def test_the_same_again_is_answered_the_same_and_done_once(client: TestClient, queue: GoldQueue) -> None:
    first = client.post("/v1/articles", json=ARTICLE, headers=keyed("a"))
    again = client.post("/v1/articles", json=ARTICLE, headers=keyed("a"))
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.content == again.content
    assert again.headers["Idempotency-Replayed"] == "true"
    own = {"x-request-id", "idempotency-replayed"}
    kept = [{name: value for name, value in each.headers.items() if name not in own} for each in (first, again)]
    assert kept[0] == kept[1]
    assert first.headers["X-Request-ID"] != again.headers["X-Request-ID"]
    assert len(queue.queued) == 1
    # Without the key it is a request of its own, which finds the article stored.
    assert client.post("/v1/articles", json=ARTICLE).status_code == 200


@on_both_databases
def test_a_key_is_for_one_request(client: TestClient) -> None:
    client.post("/v1/articles", json=ARTICLE, headers=keyed("a"))
    others = [
        client.post("/v1/articles", json={"text": "Nej, sade Bo."}, headers=keyed("a")),
        client.post("/v1/articles?wait=1", json=ARTICLE, headers=keyed("a")),
        client.post("/v1/deliveries", json=ARTICLE, headers=keyed("a")),
    ]
    for other in others:
        assert (other.status_code, other.json()["type"]) == (422, "/problems/idempotency-key-reused")
    assert len(client.get("/v1/articles").json()["items"]) == 1


@on_both_databases
def test_one_at_a_time(engine: Engine) -> None:
    queue = SlowQueue(engine)
    with served(engine, queue, require_keys="auto") as client, ThreadPoolExecutor(1) as pool:
        first = pool.submit(client.post, "/v1/articles?wait=20", json=ARTICLE, headers=keyed("a"))
        assert queue.is_waiting.wait(10)
        second = client.post("/v1/articles?wait=20", json=ARTICLE, headers=keyed("a"))
        assert (second.status_code, second.json()["type"]) == (409, "/problems/request-under-way")
        assert int(second.headers["Retry-After"]) >= 1
        queue.may_go_on.set()
        assert first.result().status_code == 201
        third = client.post("/v1/articles?wait=20", json=ARTICLE, headers=keyed("a"))
        assert (third.status_code, third.content) == (201, first.result().content)


class SlowQueue(GoldQueue):
    """A queue whose articles are read when the test says so."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.is_waiting, self.may_go_on = threading.Event(), threading.Event()

    def wait_for(self, article_ids: Collection[str], timeout: float) -> Mapping[str, Status]:
        self.is_waiting.set()
        assert self.may_go_on.wait(10)
        return super().wait_for(article_ids, timeout)


@on_both_databases
def test_answers_outlive_the_server_and_are_forgotten_in_time(engine: Engine) -> None:
    with served(engine, require_keys="auto", idempotency_hours=2) as client:
        first = client.post("/v1/articles", json=ARTICLE, headers=keyed("a"))
    with served(engine, require_keys="auto") as client:
        assert client.post("/v1/articles", json=ARTICLE, headers=keyed("a")).content == first.content
        with transaction(engine) as session:
            (expires,) = session.scalars(text("SELECT expires_at FROM idempotency_keys"))
            moment = expires if isinstance(expires, datetime) else datetime.fromisoformat(expires).replace(tzinfo=UTC)
            assert timedelta(hours=1.9) < moment - datetime.now(UTC) <= timedelta(hours=2)
            session.execute(
                text("UPDATE idempotency_keys SET expires_at = :t"), {"t": datetime(2020, 1, 1, tzinfo=UTC)}
            )
        later = client.post("/v1/articles", json={"text": "Nej, sade Bo."}, headers=keyed("a"))
        assert later.status_code == 202


@on_both_databases
def test_what_a_killed_server_began_is_done_by_the_next(engine: Engine) -> None:
    with served(engine, require_keys="auto") as client:
        first = client.post("/v1/articles", json=ARTICLE, headers=keyed("a"))
        with transaction(engine) as session:
            # As the server would leave it if it were killed before it answered.
            session.execute(text("UPDATE idempotency_keys SET status = NULL, headers = NULL, body = NULL"))
        assert client.post("/v1/articles", json=ARTICLE, headers=keyed("a")).status_code == 409
        with transaction(engine) as session:
            then = datetime.now(UTC) - timedelta(seconds=1)
            session.execute(text("UPDATE idempotency_keys SET leased_until = :then"), {"then": then})
        again = client.post("/v1/articles", json=ARTICLE, headers=keyed("a"))
        assert again.status_code == 200
        assert again.json()["article"]["id"] == first.json()["article"]["id"]


def test_what_was_refused_may_be_sent_again_when_it_is_mended(client: TestClient) -> None:
    for body, status in (({"text": " "}, 422), ({"text": "x" * 30_000}, 413), (ARTICLE, 202)):
        assert client.post("/v1/articles", json=body, headers=keyed("a")).status_code == status


def test_what_failed_unforeseen_may_be_sent_again(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("app.api.articles.submit", lambda *_: 1 / 0)
        assert client.post("/v1/articles", json=ARTICLE, headers=keyed("a")).status_code == 500
    assert client.post("/v1/articles", json=ARTICLE, headers=keyed("a")).status_code == 202


def test_an_answer_that_cannot_be_kept_is_sent_all_the_same(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StorageError("the disk is full")

    monkeypatch.setattr("app.api.idempotency.finish", fail)
    assert client.post("/v1/articles", json=ARTICLE, headers=keyed("a")).status_code == 202


def test_callers_do_not_see_one_anothers_answers(engine: Engine) -> None:
    with served(engine) as client:
        one, other = bearer(make_key(engine, "write")), bearer(make_key(engine, "write"))
        assert client.post("/v1/articles", json=ARTICLE, headers=one | keyed("a")).status_code == 202
        answer = client.post("/v1/articles", json={"text": "Nej, sade Bo."}, headers=other | keyed("a"))
        assert answer.status_code == 202
        assert "Idempotency-Replayed" not in answer.headers
        reader = bearer(make_key(engine, "read"))
        assert client.post("/v1/articles", json=ARTICLE, headers=reader | keyed("a")).status_code == 403


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "å", "a b"])
def test_a_key_is_visible_ascii(key: str, client: TestClient) -> None:
    answer = client.post("/v1/articles", json=ARTICLE, headers={"Idempotency-Key": key.encode()})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-input")
    assert "Idempotency-Key" in answer.json()["detail"]


def test_reading_takes_no_heed_of_it(client: TestClient) -> None:
    for _ in range(2):
        answer = client.get("/v1/articles", headers=keyed("a"))
        assert (answer.status_code, "Idempotency-Replayed" in answer.headers) == (200, False)
