"""``If-Match``: a change is made only where nobody else has changed what its author saw."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import SEED, on_both_databases
from tests.gold_extraction import gold_article

ARTICLE = gold_article(SEED).id


@pytest.fixture
def claim(stored: TestClient) -> str:
    found: str = stored.get(f"/v1/articles/{ARTICLE}/claims").json()["items"][0]["id"]
    return found


def tag(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.headers["ETag"]


def is_refused(answer: Any) -> bool:
    assert answer.status_code == 412, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "ETag" not in answer.headers
    return bool(answer.json()["type"] == "/problems/precondition-failed")


@on_both_databases
@pytest.mark.parametrize("seen", ["/v1/claims/{}", "/v1/claims/{}/corrections"])
def test_a_claim_is_corrected_as_it_was_seen(seen: str, stored: TestClient, claim: str) -> None:
    address = f"/v1/claims/{claim}/corrections"
    old = tag(stored, seen.format(claim))
    first = stored.post(address, json={"act": "opinion"}, headers={"If-Match": old})
    assert first.status_code == 201, first.text
    # Somebody else saw the same, and comes too late.
    late = {"If-Match": old}
    assert is_refused(stored.post(address, json={"act": "announcement"}, headers=late))
    assert len(stored.get(address).json()["corrections"]) == 1
    again = {"If-Match": tag(stored, seen.format(claim))}
    assert stored.post(address, json={"kind": "confirm"}, headers=again).status_code == 201


def test_the_revision_in_the_body_counts_beside_it(stored: TestClient, claim: str) -> None:
    address = f"/v1/claims/{claim}/corrections"
    current = {"If-Match": tag(stored, address)}
    assert stored.post(address, json={"kind": "confirm", "revision": 7}, headers=current).status_code == 409
    stale = {"If-Match": 'W/"other"'}
    assert is_refused(stored.post(address, json={"kind": "confirm", "revision": 0}, headers=stale))


def test_a_correction_is_taken_back_as_it_was_seen(stored: TestClient, claim: str) -> None:
    made = stored.post(f"/v1/claims/{claim}/corrections", json={"kind": "confirm"}).headers["Location"]
    seen = tag(stored, made)
    assert is_refused(stored.delete(made, headers={"If-Match": 'W/"other"'}))
    assert stored.delete(made, headers={"If-Match": seen}).json()["undone_at"]
    assert is_refused(stored.delete(made, headers={"If-Match": seen}))


def test_a_judgement_is_taken_back_as_it_was_seen(stored: TestClient) -> None:
    left, right, *_ = stored.get("/v1/actors").json()["items"]
    asked = {"left": left["id"], "right": right["id"], "judgement": "same"}
    made = stored.post("/v1/judgements", json=asked).headers["Location"]
    seen = tag(stored, made)
    assert stored.delete(made, headers={"If-Match": seen}).json()["undone_at"]
    assert is_refused(stored.delete(made, headers={"If-Match": seen}))


@on_both_databases
def test_a_webhook_is_changed_and_forgotten_as_it_was_seen(client: TestClient) -> None:
    made = client.post("/v1/webhooks", json={"url": "https://cms.example/sagesman"}).headers["Location"]
    old = tag(client, made)
    changed = client.patch(made, json={"name": "CMS"}, headers={"If-Match": f'"x", {old}'})
    assert changed.status_code == 200
    assert is_refused(client.patch(made, json={"name": "Print"}, headers={"If-Match": old}))
    assert is_refused(client.delete(made, headers={"If-Match": old}))
    assert client.get(made).json()["name"] == "CMS"
    assert client.delete(made, headers={"If-Match": tag(client, made)}).status_code == 204


def test_a_search_is_forgotten_as_it_was_seen(client: TestClient) -> None:
    made = client.post("/v1/searches", json={"name": "Baku", "question": "vad sade Baku"}).headers["Location"]
    assert is_refused(client.delete(made, headers={"If-Match": 'W/"other"'}))
    assert client.delete(made, headers={"If-Match": tag(client, made)}).status_code == 204
    assert client.delete(made, headers={"If-Match": "*"}).status_code == 404


def test_any_state_will_do_for_a_star(stored: TestClient, claim: str) -> None:
    answer = stored.post(f"/v1/claims/{claim}/corrections", json={"kind": "confirm"}, headers={"If-Match": "*"})
    assert answer.status_code == 201
