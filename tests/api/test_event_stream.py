"""Streams of events from a real server: taken up where they broke off, and no obstacle to stopping."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from app.domain.event import EventKind
from app.domain.record import ClaimFilter
from app.events.publishing import publish
from app.storage.engine import open_engine, transaction
from app.storage.events import record
from app.storage.searches import save_search
from tests.cli.test_service import free_port

STREAM = {"Accept": "text/event-stream"}


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@contextmanager
def serving(url: str, *words: str, **settings: str) -> Iterator[tuple[subprocess.Popen[bytes], httpx.Client]]:
    """A server in a process of its own, and a client for it."""
    port = free_port()
    command = [sys.executable, *(words or ("-m", "app", "serve", "--no-worker")), "--port", str(port)]
    environment = os.environ | {"SAGESMAN_DATABASE_URL": url, "SAGESMAN_LOG_LEVEL": "warning"} | settings
    process = subprocess.Popen(command, env=environment)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20, trust_env=False) as client:
            deadline = time.monotonic() + 30
            while True:
                try:
                    client.get("/healthz")
                    break
                except httpx.TransportError:
                    assert time.monotonic() < deadline
                    time.sleep(0.05)
            yield process, client
    finally:
        process.kill()
        process.wait()


@contextmanager
def listening(client: httpx.Client, query: str = "", **headers: str) -> Iterator[Iterator[dict[str, Any]]]:
    """The events of a stream, each as its fields; it is open when the block begins."""
    # Compressed streams must not be held back until they are worth compressing.
    asked = {**STREAM, "Accept-Encoding": "gzip", **headers}
    with client.stream("GET", f"/v1/events{query}", headers=asked) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        assert next(lines) == ": listening"
        yield fields(lines)


def fields(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    found: dict[str, Any] = {}
    for line in lines:
        if not line and "data" in found:
            yield {**found, "data": json.loads(found["data"])}
        if not line:
            found = {}
        name, _, value = line.partition(": ")
        if name:
            found[name] = value


def happen(engine: Engine, *names: str, kind: EventKind = EventKind.ARTICLE_DONE) -> None:
    with transaction(engine) as session:
        for name in names:
            record(session, kind, article_id=name)


def taken(events: Iterator[dict[str, Any]], count: int) -> list[str]:
    """The articles of the next events."""
    return [next(events)["data"]["data"]["article"] for _ in range(count)]


def test_a_stream_from_its_beginning_to_its_end(engine: Engine, database_url: str) -> None:
    happen(engine, "before")
    with transaction(engine) as session:
        search = save_search(session, "x", None, ClaimFilter(q="krig"), "ada")
    with serving(database_url) as (process, client), ExitStack() as stack:
        events = stack.enter_context(listening(client))
        failures = stack.enter_context(listening(client, "?kind=article.failed"))
        everything = stack.enter_context(listening(client, "?after=0"))
        matches = stack.enter_context(listening(client, f"?search={search.id}"))
        happened = time.monotonic()
        happen(engine, "one")
        first = next(events)
        assert time.monotonic() - happened < 2
        assert first["event"] == "article.done"
        assert first["id"] == "2"
        assert first["data"] == client.get("/v1/events?after=1").json()["items"][0]
        happen(engine, "two", kind=EventKind.ARTICLE_FAILED)
        happen(engine, "three")
        assert taken(events, 2) == ["two", "three"]
        assert taken(failures, 1) == ["two"]
        assert taken(everything, 4) == ["before", "one", "two", "three"]
        # Whoever comes back goes on where it was; what the header says goes before the address.
        with listening(client, "?after=0", **{"Last-Event-ID": "2"}) as again:
            assert taken(again, 2) == ["two", "three"]
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
        assert time.monotonic() - started < 3
        assert list(events) == list(matches) == []


def test_streams_of_another_server_end_too(sqlite_url: str) -> None:
    words = ("-m", "uvicorn", "--factory", "app.asgi:create")
    with serving(sqlite_url, *words) as (process, client), listening(client) as events:
        process.send_signal(signal.SIGTERM)
        process.wait(5)
        assert list(events) == []


def test_a_listener_that_is_far_behind_misses_nothing(sqlite_engine: Engine, sqlite_url: str) -> None:
    with serving(sqlite_url) as (_, client), listening(client) as events:
        for batch in range(5):
            happen(sqlite_engine, *(f"{batch}-{number}" for number in range(500)))
            publish(sqlite_engine)
        numbers = [int(next(events)["id"]) for _ in range(2500)]
    assert numbers == list(range(1, 2501))


def test_a_stream_ends_after_its_time_and_says_that_it_lives(sqlite_engine: Engine, sqlite_url: str) -> None:
    with serving(sqlite_url, SAGESMAN_STREAM_SECONDS="0.6") as (_, client):
        happen(sqlite_engine, "one")
        started = time.monotonic()
        answer = client.get("/v1/events", headers=STREAM)
        assert 0.5 < time.monotonic() - started < 5
        assert answer.text.startswith(": listening\nretry: 2000\n\n")
        assert answer.text.endswith(": alive\n\n")


def test_many_listeners_share_one_reader(sqlite_engine: Engine, sqlite_url: str) -> None:
    limits = httpx.Limits(max_connections=200)
    with serving(sqlite_url) as (process, client), ExitStack() as stack:
        many = stack.enter_context(httpx.Client(base_url=client.base_url, timeout=20, limits=limits, trust_env=False))
        streams = [stack.enter_context(listening(many)) for _ in range(100)]
        # More than the forty threads that answer requests: none is held.
        assert client.get("/v1/claims").status_code == 200
        happen(sqlite_engine, "one")
        assert {tuple(taken(stream, 1)) for stream in streams} == {("one",)}
        tasks = len(os.listdir(f"/proc/{process.pid}/task"))
        assert tasks < 60


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    engine = open_engine(sqlite_url)
    yield engine
    engine.dispose()
