from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.api.app import create_app
from app.settings import Settings
from app.storage.articles import counts
from app.storage.engine import reading
from tests.api.conftest import SEED, GoldQueue, on_both_databases
from tests.gold_extraction import gold_documents

TEXT = "Baku förnekade anklagelsen. – Det är lögn, sade Hikmet Hajiyev."


def stored_articles(queue: GoldQueue) -> int:
    with reading(queue.engine) as session:
        return sum(counts(session).values())


@on_both_databases
def test_an_article_is_stored_at_once_and_read_later(client: TestClient, queue: GoldQueue) -> None:
    sent = {"text": TEXT, "title": "Svar", "agency": "TT", "published_at": "2023-09-20T08:00:00+02:00"}
    response = client.post("/v1/articles", json=sent)
    assert response.status_code == 202
    article = response.json()["article"]
    assert response.json()["claims"] is None
    assert response.headers["Location"] == f"/v1/articles/{article['id']}"
    assert response.headers["Retry-After"] == "1"
    assert (article["status"], article["title"], article["agency"]) == ("queued", "Svar", "TT")
    assert article["published_at"] == "2023-09-20T06:00:00Z"
    assert queue.queued == [article["id"]]
    queue.wait_for(queue.queued, 1)
    found = client.get(response.headers["Location"]).json()
    assert (found["status"], found["text"]) == ("done", TEXT)


@on_both_databases
def test_waiting_gives_the_claims(client: TestClient) -> None:
    text = gold_documents()["dev-a1"]["text"]
    response = client.post("/v1/articles", json={"text": text}, params={"wait": 5})
    assert response.status_code == 201
    article, claims = response.json()["article"], response.json()["claims"]
    assert (article["status"], article["claim_count"]) == ("done", 21)
    assert len(claims) == 21
    for claim in claims:
        for place in [claim["speaker"], claim["cue"], *claim["content"]]:
            assert place is None or text[place["start"] : place["end"]] == place["text"]
    assert client.get(article["claims"], params={"limit": 200}).json()["items"] == claims


def test_waiting_in_vain_is_no_error(client: TestClient, queue: GoldQueue) -> None:
    queue.is_stopped = True
    response = client.post("/v1/articles", json={"text": TEXT}, params={"wait": 0.1})
    assert (response.status_code, response.json()["article"]["status"]) == (202, "queued")


@on_both_databases
def test_the_same_article_again_changes_nothing(client: TestClient, queue: GoldQueue) -> None:
    text = gold_documents()[SEED]["text"]
    first = client.post("/v1/articles", json={"text": text}, params={"wait": 5})
    again = client.post("/v1/articles", json={"text": text}, params={"wait": 5})
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert again.headers["Location"] == first.headers["Location"]
    assert queue.queued == []
    assert stored_articles(queue) == 1


@on_both_databases
def test_an_article_that_failed_is_tried_again(client: TestClient, queue: GoldQueue) -> None:
    article_id = client.post("/v1/articles", json={"text": TEXT}).json()["article"]["id"]
    queue.reasons[article_id] = "the parser gave up"
    queue.wait_for([article_id], 1)
    failed = client.get(f"/v1/articles/{article_id}").json()
    assert (failed["status"], failed["error"]) == ("failed", "the parser gave up")
    queue.reasons.clear()
    again = client.post("/v1/articles", json={"text": TEXT}, params={"wait": 5})
    assert (again.status_code, again.json()["article"]["status"]) == (201, "done")


def test_plain_text_with_its_metadata_as_parameters(client: TestClient) -> None:
    response = client.post(
        "/v1/articles",
        content=TEXT.encode("windows-1252"),
        headers={"Content-Type": "text/plain; charset=windows-1252"},
        params={"title": "Svar", "uri": "urn:svar", "version": "1"},
    )
    assert response.status_code == 202
    article = client.get(response.headers["Location"]).json()
    assert (article["text"], article["title"], article["uri"], article["version"]) == (TEXT, "Svar", "urn:svar", "1")


def test_the_text_is_kept_as_sent(client: TestClient) -> None:
    text = "  Baku sade nej.\r\n\r\n\tArmenien sade ja. 🙂\n"
    sent = client.post("/v1/articles", content=text.encode(), headers={"Content-Type": "text/plain"})
    assert client.get(sent.headers["Location"]).json()["text"] == text
    assert client.post("/v1/articles", json={"text": text}).status_code == 200


@on_both_databases
def test_another_text_under_the_same_version_is_a_conflict(client: TestClient, queue: GoldQueue) -> None:
    named = {"uri": "urn:nyhet", "version": "1"}
    assert client.post("/v1/articles", json={"text": TEXT, **named}).status_code == 202
    clash = client.post("/v1/articles", json={"text": f"{TEXT} Nytt.", **named})
    assert (clash.status_code, clash.json()["type"]) == (409, "/problems/conflict")
    assert stored_articles(queue) == 1
    assert client.post("/v1/articles", json={"text": TEXT, "uri": "urn:nyhet", "version": "2"}).status_code == 202


@on_both_databases
def test_articles_are_listed_newest_first_page_by_page(stored: TestClient) -> None:
    seen: list[str] = []
    address: str | None = "/v1/articles?limit=3"
    while address:
        response = stored.get(address)
        page = response.json()
        assert all("text" not in article for article in page["items"])
        seen += [article["id"] for article in page["items"]]
        address = response.links.get("next", {}).get("url")
        assert (address is None) == (page["next"] is None)
    assert len(seen) == len(set(seen)) == len(gold_documents())
    assert stored.get("/v1/articles", params={"status": "failed"}).json() == {"items": [], "next": None}


JSON = "application/json"
PLAIN = "text/plain"
BAD = {
    "empty text": (b'{"text": ""}', JSON, 422, "empty-text", "no words"),
    "only blanks": (b" \n\t ", PLAIN, 422, "empty-text", "no words"),
    "only marks": ('{"text": "– … !"}'.encode(), JSON, 422, "empty-text", "no words"),
    "no body": (b"", JSON, 422, "invalid-input", "body"),
    "no text": (b'{"title": "Svar"}', JSON, 422, "invalid-input", "body.text"),
    "text that is no string": (b'{"text": 7}', JSON, 422, "invalid-input", "body.text"),
    "unknown field": (b'{"text": "Ja, sade Bo.", "titel": "x"}', JSON, 422, "invalid-input", "body.titel: unknown"),
    "no JSON": (b'{"text": ', JSON, 422, "invalid-input", "line 1 column"),
    "JSON nested deeply": (b"[" * 15_000, JSON, 422, "invalid-input", "body"),
    "a list": (b'["Ja, sade Bo."]', JSON, 422, "invalid-input", "body"),
    "no time": (b'{"text": "Ja", "published_at": "i dag"}', JSON, 422, "invalid-input", "body.published_at"),
    "a number for a time": (b'{"text": "Ja", "published_at": 7}', JSON, 422, "invalid-input", "body.published_at"),
    "no language code": (b'{"text": "Ja", "language": "svenska"}', JSON, 422, "invalid-input", "body.language"),
    "language without lexicon": (b'{"text": "Oui", "language": "fr"}', JSON, 422, "unsupported-language", "'fr'"),
    "too many characters": (b"a" * 20_001, PLAIN, 413, "text-too-long", "20001 characters; the limit is 20000"),
    "far too many bytes": (b"a" * 10_000_000, PLAIN, 413, "text-too-long", "limit"),
    "far too many bytes of JSON": (b'{"text": "' + b"a" * 10_000_000, JSON, 413, "text-too-long", "limit"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x00", PLAIN, 415, "not-text", "offset"),
    "a NUL": (b"Ja, sade \x00 Bo.", PLAIN, 415, "not-text", "offset 9"),
    "a NUL in JSON": (b'{"text": "Ja, sade \\u0000 Bo."}', JSON, 415, "not-text", "code point 9"),
    "half a surrogate pair": (b'{"text": "Ja, sade \\ud83d Bo."}', JSON, 422, "invalid-input", "body"),
    "wrong encoding": ("Hävdar".encode("latin-1"), PLAIN, 415, "not-text", "byte 0xe4 at offset 1"),
    "wrong encoding of JSON": ('{"text": "Hävdar"}'.encode("latin-1"), JSON, 415, "not-text", "byte 0xe4 at offset 11"),
    "unknown encoding": (b"Ja", "text/plain; charset=klingon", 415, "not-text", "klingon"),
    "not an encoding of text": (b"Ja", "text/plain; charset=base64", 415, "not-text", "base64"),
    "another media type": (b"%PDF", "application/pdf", 415, "unknown-format", "application/pdf"),
    "a broken media type": (b"Ja", ";;=", 415, "unknown-format", "Content-Type"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_says_what_is_wrong_and_leaves_nothing(case: str, client: TestClient, queue: GoldQueue) -> None:
    body, media_type, status, slug, said = BAD[case]
    response = client.post("/v1/articles", content=body, headers={"Content-Type": media_type} if media_type else {})
    problem = response.json()
    assert response.headers["Content-Type"] == "application/problem+json"
    assert (response.status_code, problem["status"], problem["type"]) == (status, status, f"/problems/{slug}")
    assert said in problem["detail"]
    assert "Traceback" not in response.text
    assert stored_articles(queue) == 0
    assert queue.queued == []


def test_a_body_without_end_is_refused_while_it_comes(client: TestClient) -> None:
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(1000):
            sent += 10_000
            yield b"a" * 10_000

    response = client.post("/v1/articles", content=pieces(), headers={"Content-Type": PLAIN})
    assert (response.status_code, response.headers["Connection"]) == (413, "close")


def test_other_bad_submissions(client: TestClient, queue: GoldQueue) -> None:
    packed = client.post("/v1/articles", content=b"x", headers={"Content-Type": PLAIN, "Content-Encoding": "gzip"})
    assert (packed.status_code, packed.json()["type"]) == (415, "/problems/unknown-format")
    misplaced = client.post("/v1/articles", json={"text": TEXT}, params={"title": "Svar"})
    assert misplaced.json()["errors"] == [
        {"field": "query.title", "reason": "with a JSON body this belongs into the body"}
    ]
    for wait in ("-1", "61", "nan", "snart"):
        refused = client.post("/v1/articles", json={"text": TEXT}, params={"wait": wait})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "query.wait")
    assert client.get("/v1/articles/art_0").json()["detail"] == "no article art_0"
    assert client.get("/v1/articles/art_0/claims").status_code == 404
    assert client.delete("/v1/articles/art_0").headers["Allow"] == "GET"
    assert stored_articles(queue) == 0


@on_both_databases
def test_the_durable_queue_takes_articles(settings: Settings) -> None:
    """With the real queue in the place of the tests' own: stored and queued, and waiting for nobody ends in time."""
    with TestClient(create_app(settings)) as client:
        response = client.post("/v1/articles", content=json.dumps({"text": TEXT}), headers={"Content-Type": JSON})
        assert (response.status_code, response.json()["article"]["status"]) == (202, "queued")
        again = client.post("/v1/articles", json={"text": TEXT}, params={"wait": 0.2})
        assert (again.status_code, again.json()["article"]["status"]) == (200, "queued")
        assert client.get("/readyz").json()["queued"] == 1
