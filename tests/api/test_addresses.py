"""Articles submitted by their address: what is stored, and what is answered when there is nothing to be had."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.api.app import create_app
from app.settings import Settings
from tests.api.conftest import GoldQueue
from tests.fetching import servers
from tests.fetching.servers import PAGE, body, leads_to, serving, status
from tests.fetching.stand_in import PUBLIC, stand_in
from tests.formats.newsroom_files import sample


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    answers = {
        "/page": body(PAGE.encode()),
        "/ninjs": body(sample("ninjs/tt-1.x.json"), "application/json"),
        "/plain": body("Åsa sade ja.".encode("latin-1"), "text/plain; charset=latin-1"),
        "/feed": body(sample("rss.xml"), "application/rss+xml"),
        "/killed": body(sample("ninjs/killed.json"), "application/json"),
        "/english": body(b'<html lang="en"><body><p>She said no.</p></body></html>'),
        "/photo": body(b"\xff\xd8", "image/jpeg"),
        "/large": body(b"a" * 200_000),
        "/gone": status(404),
        "/slow": servers.drips,
        "/inside": leads_to("http://127.0.0.1/"),
    }
    with serving(answers, PUBLIC) as number:
        yield number


@pytest.fixture
def fetching(settings: Settings, queue: GoldQueue) -> Iterator[TestClient]:
    fetcher = stand_in("news.example", seconds=0.5)
    app = create_app(settings, open_intake=lambda _: queue, fetcher=fetcher)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_a_page_is_fetched_stored_and_queued(fetching: TestClient, queue: GoldQueue, port: int) -> None:
    url = f"http://news.example:{port}/page"
    answer = fetching.post("/v1/articles", json={"url": url, "agency": "Bladet"})
    assert answer.status_code == 202, answer.text
    article = fetching.get(answer.headers["Location"]).json()
    assert (article["text"], article["uri"], article["agency"]) == ("Ministern förnekade anklagelsen.", url, "Bladet")
    assert queue.queued == [article["id"]]
    assert fetching.post("/v1/articles", json={"url": url}).status_code == 200


@pytest.mark.parametrize(("path", "agency"), [("ninjs", "TT"), ("plain", None)])
def test_other_formats_are_read_as_when_they_are_sent(
    path: str, agency: str | None, fetching: TestClient, port: int
) -> None:
    answer = fetching.post("/v1/articles", json={"url": f"http://news.example:{port}/{path}"})
    assert answer.status_code == 202, answer.text
    assert answer.json()["article"]["agency"] == agency


def test_what_its_sender_withdraws_is_withdrawn(fetching: TestClient, queue: GoldQueue, port: int) -> None:
    answer = fetching.post("/v1/articles", json={"url": f"http://news.example:{port}/killed"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["article"] is None
    assert answer.json()["withdrawn"]["source"] == "sender"
    assert queue.queued == []


@pytest.mark.parametrize(
    ("path", "code", "slug", "told"),
    [
        ("/feed", 422, "invalid-input", "2 articles; POST /v1/deliveries takes several"),
        ("/english", 422, "unsupported-language", "no lexicon for language 'en'"),
        ("/photo", 415, "unknown-format", "is image/jpeg"),
        ("/large", 413, "text-too-long", "the limit is 100000"),
        ("/gone", 502, "upstream-failed", "answers with status 404"),
        ("/slow", 504, "upstream-too-slow", "within 0.5 seconds"),
        ("/inside", 403, "address-not-allowed", "127.0.0.1 is none of the hosts"),
    ],
)
def test_what_cannot_be_had_is_a_problem_that_says_why(
    path: str, code: int, slug: str, told: str, fetching: TestClient, queue: GoldQueue, port: int
) -> None:
    refused = fetching.post("/v1/articles", json={"url": f"http://news.example:{port}{path}"})
    assert (refused.status_code, refused.json()["type"]) == (code, f"/problems/{slug}")
    assert told in refused.json()["detail"]
    assert queue.queued == []


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"url": "ftp://news.example/"}, "body.url"),
        ({"url": 7}, "body.url"),
        ({"url": "http://news.example/", "text": "Bo sade ja."}, "body.url"),
        ({"url": "http://news.example/", "titel": "x"}, "body.titel"),
    ],
)
def test_what_is_no_address_is_named(sent: dict[str, object], field: str, fetching: TestClient) -> None:
    refused = fetching.post("/v1/articles", json=sent)
    assert refused.status_code == 422
    assert field in [error["field"] for error in refused.json()["errors"]]


def test_parameters_beside_an_address_are_refused(fetching: TestClient) -> None:
    refused = fetching.post("/v1/articles?title=x", json={"url": "http://news.example/"})
    assert [error["field"] for error in refused.json()["errors"]] == ["query.title"]


def test_nothing_is_fetched_where_nobody_switched_it_on(client: TestClient) -> None:
    refused = client.post("/v1/articles", json={"url": "http://news.example/"})
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/address-not-allowed")
    assert "SAGESMAN_FETCH_ALLOWED_HOSTS" in refused.json()["detail"]
