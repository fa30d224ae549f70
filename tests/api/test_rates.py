"""Rate limits: who is counted, what is told of what is left, what happens at the end of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.api.rates import Rates
from tests.api.keyed import bearer, make_key, served

ARTICLE = {"text": "Ja, sade Bo."}


def left(client: TestClient, path: str, headers: dict[str, str]) -> int:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, answer.text
    found = re.fullmatch(r'"read";r=(\d+);t=(\d+)', answer.headers["RateLimit"])
    assert found
    assert 0 < int(found[2]) <= 60
    return int(found[1])


def test_each_key_has_its_own_share_and_reading_and_writing_are_apart(engine: Engine) -> None:
    one, other = bearer(make_key(engine, "write")), bearer(make_key(engine, "read"))
    with served(engine, rate_limit_read=5, rate_limit_write=1) as client:
        assert [left(client, "/v1/claims", one) for _ in range(3)] == [4, 3, 2]
        assert left(client, "/v1/actors", other) == 4
        answer = client.post("/v1/articles", json=ARTICLE, headers=one)
        assert answer.status_code == 202
        assert answer.headers["RateLimit-Policy"] == '"write";q=1;w=60'
        assert answer.headers["RateLimit"].startswith('"write";r=0;t=')
        refused = client.post("/v1/articles", json=ARTICLE, headers=one)
        assert (refused.status_code, refused.json()["type"]) == (429, "/problems/rate-limited")
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
        assert left(client, "/v1/claims", one) == 1


def test_pages_are_counted_and_say_so_in_words(engine: Engine) -> None:
    key = {"Cookie": f"sagesman_key={make_key(engine, 'read')}", "Accept": "text/html"}
    with served(engine, rate_limit_read=1) as client:
        assert client.get("/articles", headers=key).status_code == 200
        refused = client.get("/articles", headers=key)
        assert refused.status_code == 429
        assert refused.headers["Content-Type"] == "text/html; charset=utf-8"
        assert int(refused.headers["Retry-After"]) >= 1
        assert client.get("/static/pages.css").status_code == 200
        assert client.get("/healthz").status_code == 200


def test_without_a_key_the_address_counts(engine: Engine) -> None:
    with served(engine, require_keys="never", rate_limit_read=2) as client:
        for address, expected in (("192.0.2.1", 429), ("192.0.2.2", 429), ("127.0.0.1", 200), ("::1", 200)):
            away = TestClient(client.app, client=(address, 5000))
            assert [away.get("/v1/claims").status_code for _ in range(3)] == [200, 200, expected], address


def test_an_ipv6_network_counts_as_one(engine: Engine) -> None:
    with served(engine, require_keys="never", rate_limit_read=2) as client:
        for address, expected in (("8::1", 200), ("8::2", 200), ("8::3", 429), ("8:0:1::1", 200)):
            away = TestClient(client.app, client=(f"2001:{address}", 5000))
            assert away.get("/v1/claims").status_code == expected, address


def test_guessing_keys_is_counted_too(engine: Engine) -> None:
    with served(engine, rate_limit_read=2) as client:
        away = TestClient(client.app, client=("192.0.2.1", 5000))
        assert [away.get("/v1/claims", headers=bearer("x")).status_code for _ in range(3)] == [401, 401, 429]


def test_no_limit_is_no_header(engine: Engine) -> None:
    headers = bearer(make_key(engine, "read", expires_at=datetime.now(UTC) + timedelta(days=1)))
    with served(engine, rate_limit_read=0) as client:
        answers = [client.get("/v1/version", headers=headers) for _ in range(20)]
    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit" not in answers[0].headers


def test_what_is_refused_is_not_counted() -> None:
    rates = Rates(read=3, write=0)
    found = [rates.count("a", "read") for _ in range(5)]
    assert [quota and quota.is_spent for quota in found] == [False, False, False, True, True]
    assert [quota and quota.remaining for quota in found] == [2, 1, 0, 0, 0]
    assert rates.count("a", "write") is None
