from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import SEED, on_both_databases
from tests.gold_extraction import gold_article, gold_claim_ids, gold_queries

KNOWN = gold_claim_ids(SEED)


@on_both_databases
def test_every_development_question_over_the_interface(stored: TestClient) -> None:
    for query in gold_queries():
        known, sure = gold_claim_ids(query["doc_id"]), set(gold_claim_ids(query["doc_id"], optional=False).values())
        for scope, expected in (("party", query["expect"]), ("own", query["direct"])):
            article = gold_article(query["doc_id"]).id
            params = {"q": query["ask"], "scope": scope, "article": article, "limit": "200"}
            items = stored.get("/v1/ask", params=params).json()["items"]
            found = [known[claim["id"]] for claim in items]
            assert [ref for ref in found if ref in sure] == [ref for ref in expected if ref in sure], query["ask"]


@on_both_databases
def test_the_answer_says_how_the_question_was_understood(stored: TestClient) -> None:
    answer = stored.get("/v1/ask", params={"q": "what did Baku claim about Armenia"}).json()
    assert answer["language"] == "en"
    assert answer["sentence"] == "3 claims by Azerbajdzjan and those who speak for Azerbajdzjan about Armenien."
    understood = answer["interpretation"]
    assert (understood["asks"], understood["scope"], understood["act"]) == ("content", "party", None)
    assert understood["speaker"]["name"] == "Baku"
    assert [ref["name"] for ref in understood["speaker"]["actors"]] == ["Azerbajdzjan"]
    assert understood["topic"]["name"] == "Armenia"
    assert [KNOWN[claim["id"]] for claim in answer["items"]] == ["c7", "c18", "c19"]


def test_of_two_readings_one_is_answered_and_the_other_offered(stored: TestClient) -> None:
    answer = stored.get("/v1/ask", params={"q": "vem anklagade Ryssland"}).json()
    assert [KNOWN[claim["id"]] for claim in answer["items"]] == ["c32"]
    assert [ref["name"] for ref in answer["parties"]] == ["Armenien"]
    assert answer["interpretation"]["offered"] == ["Vem har Ryssland anklagat?"]
    assert "mot Ryssland" in answer["interpretation"]["notes"][0]
    other = stored.get("/v1/ask", params={"q": answer["interpretation"]["offered"][0]}).json()
    assert (other["items"], other["interpretation"]["asks"]) == ([], "target")


def test_an_unknown_speaker_gives_suggestions(stored: TestClient) -> None:
    answer = stored.get("/v1/ask", params={"q": "vad sade Hajijev?"}).json()
    assert answer["items"] == []
    assert [ref["name"] for ref in answer["suggestions"]] == ["Hikmet Hajiyev"]
    assert "Menade du Hikmet Hajiyev?" in answer["sentence"]


def test_answers_come_in_pages(stored: TestClient) -> None:
    first = stored.get("/v1/ask", params={"q": "Vad har Thailand sagt?", "limit": 5})
    assert "De första 5 påståenden av flera" in first.json()["sentence"]
    second = stored.get(first.links["next"]["url"])
    assert "4 påståenden till" in second.json()["sentence"]
    assert second.json()["next"] is None
    refused = stored.get("/v1/ask", params={"q": "Vad sade Kreml?", "cursor": first.json()["next"]})
    assert refused.status_code == 400


@pytest.mark.parametrize(
    ("params", "status", "slug"),
    [
        ({"q": "hej"}, 422, "bad-question"),
        ({"q": "?"}, 422, "bad-question"),
        ({"q": "vad sa han?"}, 422, "bad-question"),
        ({"q": "vad sade Baku den 30 februari 2023"}, 422, "bad-question"),
        ({"q": ""}, 422, "invalid-input"),
        ({"q": "vad " * 200}, 422, "invalid-input"),
        ({}, 422, "invalid-input"),
        ({"q": "vad sade Baku", "scope": "all"}, 422, "invalid-input"),
        ({"q": "vad sade Baku", "article": "art_0"}, 404, "not-found"),
    ],
)
def test_what_is_no_question_is_refused(client: TestClient, params: dict[str, str], status: int, slug: str) -> None:
    refused = client.get("/v1/ask", params=params)
    assert (refused.status_code, refused.json()["type"]) == (status, f"/problems/{slug}")


def test_a_refused_question_comes_with_examples(client: TestClient) -> None:
    assert "Vad hävdade Baku?" in client.get("/v1/ask", params={"q": "hej"}).json()["detail"]
