"""Newsrooms' own formats over the interface: one article, several, and what is refused."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.api import deliveries
from app.storage.articles import counts
from app.storage.engine import reading
from tests.api.conftest import GoldQueue, on_both_databases

SAMPLES = Path(__file__).parents[1] / "formats" / "samples"


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def stored_articles(queue: GoldQueue) -> int:
    with reading(queue.engine) as session:
        return sum(counts(session).values())


@pytest.mark.parametrize(
    ("name", "media_type", "agency"),
    [
        ("page.html", "text/html", "Skärgårdsposten"),
        ("page_windows1252.html", "text/html; charset=windows-1252", "Skärgårdsposten"),
        ("ninjs/tt-1.x.json", "application/ninjs+json", "TT"),
        ("ninjs/tt-1.x.json", "application/json", "TT"),
        ("ninjs/agency-2.x.json", "application/json", "Nordwire"),
        ("ninjs/agency-3.x.json", "application/ninjs+json", "Nordwire"),
        ("newsml.xml", "application/xml", "Nordwire"),
        ("newsml.xml", "application/vnd.iptc.g2.newsitem+xml", "Nordwire"),
    ],
)
def test_one_article(name: str, media_type: str, agency: str, client: TestClient) -> None:
    response = client.post("/v1/articles", content=sample(name), headers={"Content-Type": media_type})
    assert response.status_code == 202, response.text
    article = client.get(response.headers["Location"]).json()
    assert (article["agency"], article["language"]) == (agency, "sv")
    assert "\n– " in article["text"]
    assert article["title"]
    assert article["uri"]
    again = client.post("/v1/articles", content=sample(name), headers={"Content-Type": media_type})
    assert (again.status_code, again.json()["article"]["id"]) == (200, article["id"])


def test_parameters_go_before_what_the_item_says(client: TestClient) -> None:
    response = client.post(
        "/v1/articles?agency=Bladet&version=9",
        content=sample("ninjs/tt-1.x.json"),
        headers={"Content-Type": "application/json"},
    )
    article = response.json()["article"]
    assert (article["agency"], article["version"], article["byline"]) == ("Bladet", "9", "Maja Östberg/TT")


@on_both_databases
def test_a_feed(client: TestClient, queue: GoldQueue) -> None:
    headers = {"Content-Type": "application/rss+xml"}
    response = client.post("/v1/deliveries?agency=Kusten", content=sample("rss.xml"), headers=headers)
    assert response.status_code == 202
    items = response.json()["items"]
    assert [item["uri"] for item in items] == ["skp-1", "https://skargardsposten.example/nyheter/2"]
    assert [item["refused"] for item in items] == [None, None]
    assert [item["article"]["agency"] for item in items] == ["Kusten", "Kusten"]
    assert queue.queued == [item["article"]["id"] for item in items]
    queue.wait_for(queue.queued, 1)
    again = client.post("/v1/deliveries?agency=Kusten", content=sample("rss.xml"), headers=headers)
    assert again.status_code == 200
    assert [item["article"]["status"] for item in again.json()["items"]] == ["done", "done"]


@pytest.mark.parametrize(
    ("name", "media_type", "count"),
    [
        ("atom.xml", "application/atom+xml", 3),
        ("atom.xml", "text/xml", 3),
        ("feed.json", "application/feed+json", 2),
        ("feed.json", "application/json", 2),
        ("archive.jsonl", "application/x-ndjson", 3),
        ("archive.jsonl", "application/json", 3),
        ("plain.txt", "text/plain", 1),
        ("page.html", "text/html", 1),
    ],
)
def test_deliveries_of_every_sort(name: str, media_type: str, count: int, client: TestClient, queue: GoldQueue) -> None:
    response = client.post("/v1/deliveries", content=sample(name), headers={"Content-Type": media_type})
    assert response.status_code == 202
    assert len(response.json()["items"]) == stored_articles(queue) == count


def test_what_cannot_be_taken_is_refused_alone(client: TestClient, queue: GoldQueue) -> None:
    sent = [
        {"text": "Bo sade ja.", "uri": "urn:1", "version": "1"},
        {"text": "Bo sade nej.", "uri": "urn:1", "version": "1"},
        {"text": "Bo said yes.", "uri": "urn:2", "language": "en"},
        {"text": "Bo sade ja. " * 2000, "uri": "urn:3"},
        {"uri": "urn:4", "pubstatus": "canceled", "headline": "Dras tillbaka"},
        {"text": "Bo sade kanske.", "uri": "urn:5"},
    ]
    body = "\n".join(json.dumps(each) for each in sent)
    response = client.post("/v1/deliveries", content=body, headers={"Content-Type": "application/x-ndjson"})
    assert response.status_code == 202
    refused = [item["refused"] or "" for item in response.json()["items"]]
    for reason, told in zip(
        refused, ["", "urn:1 version 1 is stored already", "'en'", "the limit is 20000", "", ""], strict=True
    ):
        assert told in reason
        assert bool(told) == bool(reason)
    assert [item["withdrawn"] is not None for item in response.json()["items"]] == [*[False] * 4, True, False]
    assert stored_articles(queue) == 2


BAD = {
    "several": ("/v1/articles", "rss.xml", "application/rss+xml", 422, "2 articles; POST /v1/deliveries takes several"),
    "English": ("/v1/articles", "ninjs/example-complex-text-3.1.json", "application/json", 422, "'en'"),
    "packed": ("/v1/deliveries", "archive_packed.jsonl.gz", "application/x-ndjson", 415, "the body is compressed"),
    "packed JSON": ("/v1/deliveries", "archive_packed.jsonl.gz", "application/json", 415, "the body is compressed"),
    "no article": (
        "/v1/deliveries",
        "ninjs/ninjs-schema_3.1.json",
        "application/json",
        415,
        "JSON that holds no article",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_files_that_are_refused(case: str, client: TestClient, queue: GoldQueue) -> None:
    address, name, media_type, status, told = BAD[case]
    response = client.post(address, content=sample(name), headers={"Content-Type": media_type})
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
    assert told in response.json()["detail"]
    assert stored_articles(queue) == 0


@pytest.mark.parametrize(
    ("body", "media_type", "status", "told"),
    [
        (b"<rss><channel>", "application/xml", 422, "body: not well-formed XML"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><rss>&b;</rss>', "application/xml", 422, "declares entities"),
        (b"<opml/>", "application/xml", 415, "XML with the root element <opml>"),
        (b'{"uri": "a", "bodies": [{}]}', "application/json", 422, "body: bodies[0]: value is missing"),
        (b'{"uri": "a", ', "application/ninjs+json", 422, "body: not JSON"),
        (b"<p> - </p>", "text/html", 422, "no words"),
        ("<p>Åsa".encode("cp1252"), "text/html; charset=utf-8", 415, "byte 0xc5 at offset 3"),
        (b"a" * 10_000_000, "text/html", 413, "limit"),
    ],
)
@pytest.mark.parametrize("address", ["/v1/articles", "/v1/deliveries"])
def test_bodies_that_are_refused(
    address: str, body: bytes, media_type: str, status: int, told: str, client: TestClient, queue: GoldQueue
) -> None:
    response = client.post(address, content=body, headers={"Content-Type": media_type})
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
    assert told in response.json()["detail"]
    assert stored_articles(queue) == 0


def test_more_articles_than_one_request_may_hold(
    client: TestClient, queue: GoldQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "_MOST_ARTICLES", 2)
    response = client.post(
        "/v1/deliveries", content=sample("archive.jsonl"), headers={"Content-Type": "application/x-ndjson"}
    )
    assert (response.status_code, response.json()["detail"]) == (413, "body: 3 articles; the limit is 2 at a time")
    assert stored_articles(queue) == 0


def test_compressed_bodies_are_refused_before_they_are_unpacked(client: TestClient) -> None:
    bomb = gzip.compress(b'{"text": "Bo sade ja."}\n' * 100_000)
    response = client.post("/v1/articles", content=bomb, headers={"Content-Type": "application/jsonl"})
    assert (response.status_code, response.json()["type"]) == (415, "/problems/unknown-format")


@pytest.mark.parametrize("content_type", [None, "application/octet-stream"])
@pytest.mark.parametrize(
    "name", ["plain.txt", "page.html", "ninjs/tt-1.x.json", "ninjs/agency-3.x.json", "newsml.xml", "feed.json"]
)
def test_what_comes_without_a_media_type_is_told_by_its_content(
    name: str, content_type: str | None, client: TestClient
) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    data = sample(name)
    answer = client.post("/v1/deliveries", content=data, headers=headers)
    assert answer.status_code == 202, answer.text
    assert all(item["article"] for item in answer.json()["items"])
    alone = client.post("/v1/articles", content=data, headers=headers)
    several = name == "feed.json"
    assert (alone.status_code, "takes several" in alone.text) == ((422, True) if several else (200, False))


def test_an_article_of_our_own_needs_no_media_type(client: TestClient) -> None:
    answer = client.post("/v1/articles", content=b'{"text": "Bo sade ja.", "agency": "TT"}')
    assert (answer.status_code, answer.json()["article"]["agency"]) == (202, "TT")
    misspelt = client.post("/v1/articles", content=b'{"text": "Bo sade ja.", "agnecy": "TT"}')
    assert misspelt.json()["errors"][0]["field"] == "body.agnecy"


def test_a_package_is_a_delivery_in_its_order(client: TestClient) -> None:
    answer = client.post(
        "/v1/deliveries", content=sample("newsml_package.xml"), headers={"Content-Type": "application/xml"}
    )
    items = answer.json()["items"]
    assert [item["uri"].rpartition(":")[2] for item in items] == [
        "hamnen", "svar-lang", "hamnen-bakgrund", "notis", "hamnen-rykte",
    ]  # fmt: skip
    assert [bool(item["article"]) for item in items] == [True] * 4 + [False]
    assert items[-1]["refused"] is None
    assert items[-1]["withdrawn"]["uri"].endswith("hamnen-rykte")
