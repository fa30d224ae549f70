"""What claims come as: by name, by Accept, as pages and as whole files."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pyld import jsonld as processor
from sqlalchemy import Engine

from app.domain.record import ClaimFilter
from app.errors import StorageError
from app.formats.web_annotation import MEDIA_TYPE as ANNOTATION
from app.storage import export
from app.storage.claims import list_claims
from app.storage.engine import reading
from tests.api.conftest import GoldQueue, on_both_databases
from tests.api.test_claims import ARTICLE, IDS
from tests.formats.reading_back import from_csv, from_jsonl, from_node

CSV, LINES, LD = "text/csv", "application/x-ndjson", "application/ld+json"


def get(client: TestClient, path: str, accept: str | None = None, **parameters: object) -> Any:
    answer = client.get(path, params=parameters or None, headers={"Accept": accept} if accept is not None else {})
    assert answer.status_code == 200, answer.text
    return answer


def stored_claims(engine: Engine, **filters: Any) -> list[Any]:
    with reading(engine) as session:
        return list(list_claims(session, ClaimFilter(**filters), limit=10_000).items)


@on_both_databases
@pytest.mark.parametrize("path", ["/v1/claims?format={}", "/v1/export/claims.{}"])
def test_files_hold_every_claim_and_read_back(path: str, stored: TestClient, queue: GoldQueue) -> None:
    everything = stored_claims(queue.engine)
    assert len(everything) > 100
    assert from_csv(get(stored, path.format("csv")).text) == everything
    assert from_jsonl(get(stored, path.format("jsonl")).text.splitlines(keepends=True)) == everything
    document = get(stored, path.format("jsonld")).json()
    assert [from_node(node) for node in document["@graph"]] == everything


@on_both_databases
def test_files_are_filtered_as_listings_are(stored: TestClient, queue: GoldQueue) -> None:
    said = stored_claims(queue.engine, speaker="Baku")
    assert any(claim.via for claim in said)
    lines = get(stored, "/v1/export/claims.jsonl", speaker="Baku").text.splitlines(keepends=True)
    assert from_jsonl(lines) == said
    own = get(stored, "/v1/export/claims.csv", speaker="Moskva", scope="own").text
    ids = [row["id"] for row in csv.DictReader(io.StringIO(own, newline=""))]
    assert ids == [claim.id for claim in stored_claims(queue.engine, speaker="Moskva", scope="own")] != []
    assert get(stored, "/v1/export/claims.jsonl", speaker="Xqzwv").text == ""
    assert len(get(stored, "/v1/export/claims.csv", speaker="Xqzwv").text.splitlines()) == 1


@pytest.mark.parametrize("size", [1, 7, 500])
def test_small_pages_and_large_ones_are_the_same_file(size: int, stored: TestClient, queue: GoldQueue) -> None:
    assert list(export.every_claim(queue.engine, page_size=size)) == stored_claims(queue.engine)


def test_a_page_of_a_file_leads_to_the_next(stored: TestClient) -> None:
    seen: list[str] = []
    address: str | None = "/v1/claims?format=csv&limit=50"
    while address:
        answer = get(stored, address)
        rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
        assert len(rows) <= 50
        seen += [row["id"] for row in rows]
        address = answer.links.get("next", {}).get("url")
    everything = [claim["id"] for claim in map(json.loads, get(stored, "/v1/export/claims.jsonl").text.splitlines())]
    assert seen == everything


@pytest.mark.parametrize("path", [f"/v1/articles/{ARTICLE}/claims", "/v1/claims"])
def test_the_best_of_what_is_accepted_comes(path: str, stored: TestClient) -> None:
    for accept, expected in {
        None: "application/json",
        "": "application/json",
        "*/*": "application/json",
        "text/html,application/xhtml+xml,*/*;q=0.8": "application/json",
        "text/csv": CSV,
        "text/*": CSV,
        "TEXT/CSV; charset=utf-8": CSV,
        "application/x-ndjson": LINES,
        "application/jsonl": "application/jsonl",
        "application/ld+json": LD,
        "application/json;q=0.5, text/csv;q=0.9": CSV,
        "application/json;q=0, */*;q=0.1": CSV,
        "application/*;q=0.2, application/ld+json": LD,
        "nonsense, text/csv": CSV,
        'application/x; a="b,c", text/csv': CSV,
    }.items():
        answer = get(stored, path, accept)
        assert answer.headers["Content-Type"].partition(";")[0] == expected, accept
        assert "Accept" in {name.strip() for name in answer.headers["Vary"].split(",")}
    # What is named in the address goes before what is accepted.
    assert get(stored, path, "text/html", format="csv").headers["Content-Type"] == "text/csv; charset=utf-8"


def test_an_actor_s_claims_come_as_files(stored: TestClient) -> None:
    actor = get(stored, "/v1/actors", q="Hajiyev").json()["items"][0]["id"]
    listed = get(stored, f"/v1/actors/{actor}/claims", limit=200).json()["items"]
    lines = get(stored, f"/v1/actors/{actor}/claims", LINES).text.splitlines()
    assert [json.loads(line) for line in lines] == listed


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/v1/claims", ("application/json", CSV, LINES, LD)),
        (f"/v1/claims/{IDS['c1']}", ("application/json", LD, ANNOTATION)),
        (f"/v1/articles/{ARTICLE}/annotations", (ANNOTATION,)),
    ],
)
@pytest.mark.parametrize("accept", ["application/xml", "image/*", "application/json;q=0, text/html", "nonsense"])
def test_what_there_is_not_is_refused_with_what_there_is(
    path: str, there: tuple[str, ...], accept: str, stored: TestClient
) -> None:
    refused = stored.get(path, headers={"Accept": accept})
    assert (refused.status_code, refused.headers["Content-Type"]) == (406, "application/problem+json")
    assert refused.json()["type"] == "/problems/not-acceptable"
    assert all(media_type in refused.json()["detail"] for media_type in there)
    assert refused.headers["Vary"] == "Accept"


def test_a_filter_that_cannot_be_taken_is_refused_before_the_file_begins(stored: TestClient) -> None:
    for path in ("/v1/export/claims.csv", "/v1/claims"):
        refused = stored.get(path, params={"q": "–!"}, headers={"Accept": "text/csv"})
        assert (refused.status_code, refused.headers["Content-Type"]) == (422, "application/problem+json")
    assert stored.get("/v1/export/claims.csv?limit=5").status_code == 422
    assert stored.get("/v1/claims?format=xlsx").json()["errors"][0]["field"] == "query.format"


def test_a_file_that_cannot_be_finished_is_not_taken_for_whole(
    stored: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = iter([list_claims])

    def failing(*given: Any, **named: Any) -> Any:
        read = next(pages, None)
        if read is None:
            raise StorageError("gone")
        return read(*given, **{**named, "limit": 5})

    monkeypatch.setattr(export, "list_claims", failing)
    # Over the network the connection ends without the last chunk; here the error comes through.
    strict = TestClient(stored.app)
    with pytest.raises(RuntimeError, match="response already started"):
        strict.get("/v1/export/claims.jsonl")


def test_downloads_have_a_name_and_can_be_packed(stored: TestClient) -> None:
    answer = get(stored, "/v1/export/claims.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="claims.csv"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    with stored.stream("GET", "/v1/export/claims.csv", headers={"Accept-Encoding": "gzip"}) as packed:
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(b"".join(packed.iter_raw())).decode() == answer.text


def test_a_claim_as_json_ld_says_what_its_article_says(stored: TestClient) -> None:
    path = f"/v1/claims/{IDS['c21']}"
    document = get(stored, path, LD).json()
    assert document == get(stored, path, format="jsonld").json()
    assert document["@id"] == f"http://testserver{path}"
    assert document["isPartOf"]["inLanguage"] == "sv"
    context = get(stored, "/v1/context.jsonld")
    assert context.headers["Content-Type"] == LD
    assert document["@context"] == context.json()["@context"]

    def served(address: str, options: object) -> dict[str, Any]:
        assert address == "http://testserver/v1/context.jsonld"
        return {"document": context.json(), "documentUrl": address, "contextUrl": None, "contentType": LD}

    # A document that points to the served context says the same as one that carries it.
    pointing = {**document, "@context": "http://testserver/v1/context.jsonld"}
    assert processor.expand(pointing, {"documentLoader": served}) == processor.expand(document)


def test_a_claim_as_an_annotation_marks_its_words(stored: TestClient) -> None:
    text = get(stored, f"/v1/articles/{ARTICLE}").json()["text"]
    answer = get(stored, f"/v1/claims/{IDS['c21']}", ANNOTATION)
    assert answer.headers["Content-Type"] == ANNOTATION
    quoted, position = answer.json()["target"]["selector"]
    assert text[position["start"] : position["end"]] == quoted["exact"] == "denna anklagelse"
    collection = get(stored, f"/v1/articles/{ARTICLE}/annotations")
    assert collection.headers["Content-Type"] == ANNOTATION
    document = collection.json()
    items = document["first"]["items"]
    assert (document["type"], document["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
    listed = get(stored, f"/v1/articles/{ARTICLE}/claims", limit=200).json()["items"]
    assert [item["id"] for item in items] == [
        f"http://testserver/v1/claims/{claim['id']}#annotation" for claim in listed
    ]
    assert document["total"] == len(items)
    assert {"@context": document["@context"], **items[0]} == get(
        stored, f"/v1/claims/{listed[0]['id']}", format="annotation"
    ).json()
    for item in items:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            quoted, position = target["selector"]
            assert text[position["start"] : position["end"]] == quoted["exact"]
    assert stored.get("/v1/articles/art_0/annotations").status_code == 404


@on_both_databases
def test_words_and_places_of_json_ld_stand_in_the_article(stored: TestClient) -> None:
    """As a stranger's processor reads the file: every stretch of every claim is at its offsets in its article."""
    document = get(stored, "/v1/export/claims.jsonld").json()
    texts: dict[str, str] = {}
    entities: set[tuple[str, str]] = set()
    checked = 0
    for node in processor.expand(document, {"documentLoader": no_network}):
        (article,) = (part["@id"] for part in node["https://schema.org/isPartOf"])
        path = article.removeprefix("http://testserver")
        if path not in texts:
            texts[path] = get(stored, path).json()["text"]
        for span in within(node):
            if "https://schema.org/sameAs" in span:
                entities.add(
                    (span["https://schema.org/name"][0]["@value"], span["https://schema.org/sameAs"][0]["@id"])
                )
            if "urn:sagesman:ns#start" not in span:
                continue
            (start,), (end,) = span["urn:sagesman:ns#start"], span["urn:sagesman:ns#end"]
            (words,) = span["https://schema.org/text"]
            assert texts[path][start["@value"] : end["@value"]] == words["@value"]
            checked += 1
        parts = node["urn:sagesman:ns#part"][0]["@list"]
        assert node["https://schema.org/text"][0]["@value"] == " … ".join(
            part["https://schema.org/text"][0]["@value"] for part in parts
        )
    assert len(texts) > 1
    assert checked > 300
    assert ("Armenien", "http://www.wikidata.org/entity/Q399") in entities


def no_network(address: str, options: object) -> dict[str, Any]:
    raise AssertionError(f"{address} was asked for")


def within(value: Any) -> Iterator[dict[str, Any]]:
    """Every node object in an expanded document."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from within(inner)
