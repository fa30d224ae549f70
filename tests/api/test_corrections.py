"""Corrections over REST: from a wrong attribution to a right one that stays, and back."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.storage.claims import save_extraction
from app.storage.engine import transaction
from tests.api.conftest import SEED, GoldQueue, on_both_databases
from tests.evaluation.annotations import document_of, system_claims
from tests.evaluation.measures import scored
from tests.evaluation.score import judge
from tests.gold_extraction import gold_actor_ids, gold_article, gold_claim_ids, gold_documents, gold_extraction

TEXT: str = gold_documents()[SEED]["text"]
ARTICLE = gold_article(SEED).id
IDS = {gold: stored for stored, gold in gold_claim_ids(SEED).items()}
FIRST = gold_extraction(SEED).claims[0]
CLAIM = FIRST.id_in(ARTICLE)


def span(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def read_anew(queue: GoldQueue) -> None:
    found = gold_extraction(SEED)
    with transaction(queue.engine) as session:
        save_extraction(session, found, gold_actor_ids(found))


@on_both_databases
def test_a_speaker_is_put_right_stays_so_and_comes_back(stored: TestClient, queue: GoldQueue) -> None:
    before = stored.get(f"/v1/claims/{CLAIM}").json()
    assert (before["revision"], before["corrected"], before["checked_by"], before["read"]) == (0, [], [], None)
    words = TEXT.split()[0]
    made = stored.post(
        f"/v1/claims/{CLAIM}/corrections",
        json={
            "speaker": {"actors": [{"name": "Ny Källa", "kind": "person"}], "span": span(words)},
            "act": "opinion",
            "reason": "fel talare",
            "author": "Ada Ek",
            "revision": 0,
        },
    )
    assert made.status_code == 201, made.text
    correction = made.json()
    assert made.headers["location"] == f"/v1/corrections/{correction['id']}"
    assert stored.get(made.headers["location"]).json() == correction
    assert (correction["author"], correction["reason"]) == ("Ada Ek", "fel talare")
    assert correction["before"]["act"] == before["act"]
    read_anew(queue)
    now = stored.get(f"/v1/claims/{CLAIM}").json()
    assert [speaker["name"] for speaker in now["speakers"]] == ["Ny Källa"]
    assert (now["act"], now["revision"], set(now["corrected"])) == ("opinion", 1, {"speaker", "act"})
    assert now["read"]["act"] == before["act"]
    assert [each["id"] for each in stored.get("/v1/claims", params={"speaker": "Ny Källa"}).json()["items"]] == [CLAIM]
    assert "Ny Källa" in stored.get("/v1/ask", params={"q": "Vad sade Ny Källa?"}).json()["sentence"]
    undone = stored.delete(f"/v1/corrections/{correction['id']}", params={"author": "Bo"}).json()
    assert (undone["in_force"], undone["undone_by"]) == (False, "Bo")
    after = stored.get(f"/v1/claims/{CLAIM}").json()
    assert {**after, "revision": 0, "read": None} == before
    history = stored.get(f"/v1/claims/{CLAIM}/corrections").json()
    assert (history["revision"], len(history["corrections"])) == (2, 1)


def test_a_span_that_is_left_out_stays_and_one_that_is_null_goes(stored: TestClient) -> None:
    before = stored.get(f"/v1/claims/{CLAIM}").json()
    address = f"/v1/claims/{CLAIM}/corrections"
    stored.post(address, json={"speaker": {"actors": [{"name": "Ny Källa"}]}})
    now = stored.get(f"/v1/claims/{CLAIM}").json()
    assert now["speaker"] == before["speaker"]
    stored.post(address, json={"speaker": {"actors": [{"name": "Ny Källa"}], "span": None}, "cue": None})
    now = stored.get(f"/v1/claims/{CLAIM}").json()
    assert (now["speaker"], now["cue"]) == (None, None)


def test_rejecting_confirming_and_adding(stored: TestClient, queue: GoldQueue) -> None:
    rejected = stored.post(f"/v1/claims/{CLAIM}/corrections", json={"kind": "reject"}).json()
    second = IDS["c2"]
    stored.post(f"/v1/claims/{second}/corrections", json={"kind": "confirm", "author": "Ada"})
    words = " ".join(TEXT.split()[:6])
    body = {"speaker": {"actors": [{"name": "Ny Källa"}], "span": None}, "content": [span(words)], "act": "demand"}
    added = stored.post(f"/v1/articles/{ARTICLE}/claims", json=body)
    assert added.status_code == 201, added.text
    read_anew(queue)
    assert stored.get(f"/v1/claims/{CLAIM}").status_code == 404
    assert stored.get(f"/v1/claims/{CLAIM}/corrections").json()["corrections"] == [rejected]
    assert stored.get(f"/v1/claims/{second}").json()["checked_by"] == ["Ada"]
    mine = stored.get(added.headers["location"]).json()
    assert (mine["text"], mine["act"], mine["read"], mine["checked_by"]) == (words, "demand", None, ["local"])
    again = stored.post(f"/v1/claims/{CLAIM}/corrections", json={"act": "denial"})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/conflict")
    assert str(rejected["id"]) in again.json()["detail"]
    stored.delete(f"/v1/corrections/{rejected['id']}")
    assert stored.get(f"/v1/claims/{CLAIM}").status_code == 200
    listed = stored.get("/v1/corrections", params={"article": ARTICLE, "limit": 2})
    assert len(listed.json()["items"]) == 2
    assert 'rel="next"' in listed.headers["link"]
    assert stored.get("/v1/corrections", params={"applied": False}).json()["items"] == []


@pytest.mark.parametrize(
    ("body", "status", "slug", "told"),
    [
        ({"cue": {"start": 5, "end": 99_999}}, 422, "bad-correction", "body.cue"),
        ({"cue": {**span("Armenien"), "text": "Amernien"}}, 422, "bad-correction", "not “Amernien”"),
        ({"content": []}, 422, "bad-correction", "body.content"),
        ({"content": None}, 422, "bad-correction", "body.content"),
        ({"speaker": {"actors": [{"id": "act_0"}]}}, 422, "bad-correction", "no actor act_0"),
        ({"speaker": {"actors": [{}]}}, 422, "bad-correction", "body.speaker.actors.0"),
        ({"targets": [{"role": "about", "actor": {"id": "act_0"}}]}, 422, "bad-correction", "body.targets.0.actor"),
        ({"act": FIRST.act.value}, 422, "bad-correction", "says all this already"),
        ({}, 422, "bad-correction", "nothing is given"),
        ({"kind": "confirm", "act": "denial"}, 422, "bad-correction", "sets no fields"),
        ({"kind": "verdict"}, 422, "bad-correction", "body.verdict"),
        ({"act": "denial", "revision": 4}, 409, "conflict", "at revision 0, not 4"),
        ({"act": "shout"}, 422, "invalid-input", "body.act"),
        ({"speeker": {}}, 422, "invalid-input", "body.speeker: unknown field"),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_is_written(
    body: dict[str, Any], status: int, slug: str, told: str, stored: TestClient
) -> None:
    before = stored.get(f"/v1/claims/{CLAIM}").json()
    answer = stored.post(f"/v1/claims/{CLAIM}/corrections", json=body)
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (status, f"/problems/{slug}")
    assert told in str(problem)
    assert stored.get(f"/v1/claims/{CLAIM}").json() == before
    assert stored.get("/v1/corrections").json()["items"] == []


def test_what_is_not_there_is_not_found(stored: TestClient) -> None:
    assert stored.post("/v1/claims/clm_0/corrections", json={"kind": "reject"}).status_code == 404
    assert stored.get("/v1/claims/clm_0/corrections").status_code == 404
    assert stored.get("/v1/corrections/99").status_code == 404
    assert stored.delete("/v1/corrections/99").status_code == 404
    body = {"speaker": {"actors": []}, "content": [{"start": 0, "end": 5}]}
    assert stored.post("/v1/articles/art_0/claims", json=body).status_code == 404
    too_long = stored.post(f"/v1/claims/{CLAIM}/corrections", content=b"[" + b" " * 2_000_000)
    assert too_long.status_code == 413
    wrong = stored.post(f"/v1/claims/{CLAIM}/corrections", content=b'{"reason": "\xe5"}')
    assert (wrong.status_code, "0xe5" in wrong.json()["detail"]) == (415, True)


def test_a_verdict_of_a_person_makes_a_claim_review(stored: TestClient) -> None:
    address = f"/v1/claims/{CLAIM}/review"
    missing = stored.get(address)
    assert (missing.status_code, missing.json()["type"]) == (404, "/problems/not-found")
    assert "nobody has judged" in missing.json()["detail"]
    verdict = {"rating": "Delvis falskt", "by": "Granskarna", "url": "https://granskarna.example/1"}
    made = stored.post(f"/v1/claims/{CLAIM}/corrections", json={"kind": "verdict", "verdict": verdict})
    assert made.status_code == 201, made.text
    review = stored.get(address).json()
    claim = stored.get(f"/v1/claims/{CLAIM}").json()
    assert (review["@context"], review["@type"]) == ("https://schema.org", "ClaimReview")
    assert review["claimReviewed"] == claim["text"]
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "Delvis falskt"}
    assert (review["url"], review["author"]["name"]) == (verdict["url"], "Granskarna")
    assert review["itemReviewed"]["author"][0]["name"] == claim["speakers"][0]["name"]
    assert review["itemReviewed"]["appearance"]["@id"].endswith(f"/v1/articles/{ARTICLE}")
    stored.delete(f"/v1/corrections/{made.json()['id']}")
    assert stored.get(address).status_code == 404


def test_checked_claims_go_out_as_gold_data_that_the_scorer_reads(stored: TestClient) -> None:
    assert stored.get("/v1/corrections/gold").json() == []
    claims = gold_extraction(SEED).claims
    wrong, right, none = claims[0], claims[1], claims[2]
    act = "opinion" if wrong.act.value != "opinion" else "demand"
    corrections = {wrong: {"act": act}, right: {"kind": "confirm"}, none: {"kind": "reject"}}
    for claim, body in corrections.items():
        answer = stored.post(f"/v1/claims/{claim.id_in(ARTICLE)}/corrections", json=body)
        assert answer.status_code == 201, answer.text
    (raw,) = stored.get("/v1/corrections/gold").json()
    assert raw.keys() == gold_documents()[SEED].keys() - {"title", "meta"}
    document = document_of(raw)
    assert document.text == TEXT
    assert [claim.optional for claim in document.claims].count(False) == 2
    assert all(TEXT[part["start"] : part["end"]] == part["text"] for each in raw["claims"] for part in each["content"])
    # The system's own output against what people said: one right, one with the wrong act, one that is no claim.
    outcomes = judge(document, system_claims(document.doc_id, gold_extraction(SEED)))
    checked = [outcome for outcome in outcomes if not outcome.optional]
    assert [(each.matched, each.act_ok, each.attributed) for each in checked] == [
        (True, False, True),
        (True, True, True),
        (False, False, False),
    ]
    assert [each.gold for each in checked if not each.matched] == [None]
    scores = scored(outcomes)
    assert scores is not None


@pytest.mark.parametrize("number", ['"5"', "true", "5.5", "-1"])
def test_what_is_no_whole_number_is_no_offset(number: str, stored: TestClient) -> None:
    claim = stored.get("/v1/claims").json()["items"][0]["id"]
    body = f'{{"cue": {{"start": {number}, "end": 9}}}}'
    headers = {"Content-Type": "application/json"}
    answer = stored.post(f"/v1/claims/{claim}/corrections", content=body, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "body.cue.start"
    assert answer.json()["type"] == "/problems/invalid-input"


@pytest.mark.parametrize("address", ["/v1/corrections/gold", "/v1/judgements/unsure"])
def test_a_name_beside_numbers_takes_its_own_methods(address: str, stored: TestClient) -> None:
    answer = stored.delete(address)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
    assert stored.get(address.rpartition("/")[0] + "/nobody").status_code == 404
