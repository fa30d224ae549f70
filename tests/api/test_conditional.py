"""Entity tags: what has not changed is not sent again, what has is; with compression, behind keys, and for streams."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from tests.api.conftest import SEED, GoldQueue
from tests.api.keyed import bearer, make_key, served
from tests.gold_extraction import gold_article

ARTICLE = gold_article(SEED).id


@pytest.fixture
def paths(stored: TestClient) -> list[str]:
    claim = stored.get(f"/v1/articles/{ARTICLE}/claims").json()["items"][0]
    actor = claim["speakers"][0]["id"]
    return [
        "/v1/claims",
        f"/v1/claims/{claim['id']}",
        "/v1/actors",
        f"/v1/actors/{actor}",
        f"/v1/actors/{actor}/claims",
        f"/v1/articles/{ARTICLE}",
        "/v1/ask?q=what+did+Baku+claim",
        "/v1/graph?actor=Baku",
        "/v1/graph?actor=Baku&format=svg",
        "/v1/graph/against",
    ]


def test_what_has_not_changed_is_not_sent_again(stored: TestClient, paths: list[str]) -> None:
    tags = set()
    for path in paths:
        first = stored.get(path)
        tag = first.headers["ETag"]
        assert first.headers["Cache-Control"] == "no-cache"
        tags.add(tag)
        for known in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
            again = stored.get(path, headers={"If-None-Match": known})
            assert (again.status_code, again.content) == (304, b""), (path, known)
            assert again.headers["ETag"] == tag
            assert again.headers["Cache-Control"] == "no-cache"
            assert "Content-Type" not in again.headers
        for other in ('W/"other"', "", tag.replace('"', ""), tag[:-2]):
            assert stored.get(path, headers={"If-None-Match": other}).content == first.content
    assert len(tags) == len(paths)


def test_the_tag_holds_compressed_and_not(stored: TestClient) -> None:
    packed = stored.get("/v1/claims", headers={"Accept-Encoding": "gzip"})
    plain = stored.get("/v1/claims", headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    # Weak: the bytes differ, what they say does not.
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert packed.headers["ETag"].startswith('W/"')
    headers = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]}
    assert stored.get("/v1/claims", headers=headers).status_code == 304


def test_a_change_shows(client: TestClient, queue: GoldQueue) -> None:
    location = client.post("/v1/articles", json={"text": "Ja, sade Bo."}).headers["Location"]
    tag = client.get(location).headers["ETag"]
    queue.wait_for([], 0)
    changed = client.get(location, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.json()["status"] == "done"


def test_only_answers_that_hold_are_tagged(client: TestClient) -> None:
    for answer in (
        client.get("/v1/claims/clm_0", headers={"If-None-Match": "*"}),
        client.get("/v1/claims?limit=0"),
        client.post("/v1/articles", json={"text": "Ja, sade Bo."}, headers={"If-None-Match": "*"}),
    ):
        assert answer.status_code in (404, 422, 202)
        assert "ETag" not in answer.headers


def test_what_a_key_opened_stays_out_of_shared_caches(engine: Engine) -> None:
    key = make_key(engine, "read")
    with served(engine) as client:
        assert client.get("/v1/claims", headers=bearer(key)).headers["Cache-Control"] == "private, no-cache"
        page = client.get("/articles", headers={"Cookie": f"sagesman_key={key}"})
        assert page.headers["Cache-Control"] == "private, no-cache"
        again = client.get(
            "/articles", headers={"Cookie": f"sagesman_key={key}", "If-None-Match": page.headers["ETag"]}
        )
        assert again.status_code == 304
        assert again.headers["Content-Security-Policy"] == page.headers["Content-Security-Policy"]
        assert client.get("/v1/claims").headers["Cache-Control"] == "no-store"


def test_a_stream_is_not_held_back(engine: Engine) -> None:
    with served(engine, require_keys="auto") as client:
        app = client.app
        assert isinstance(app, FastAPI)

        def pieces() -> Iterator[bytes]:
            yield b"data: 1\n\n"
            yield b"data: 2\n\n"

        @app.get("/v1/stream")
        def stream() -> StreamingResponse:
            return StreamingResponse(pieces(), media_type="text/event-stream")

        answer = client.get("/v1/stream", headers={"If-None-Match": "*"})
        assert (answer.status_code, answer.content) == (200, b"data: 1\n\ndata: 2\n\n")
        assert "ETag" not in answer.headers
