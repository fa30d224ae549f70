"""Who is who over REST: merged, taken apart, undone, and what the resolver leaves to people."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from app.storage.engine import transaction
from app.storage.judgements import RESOLVER, Judgement, judge
from tests.api.conftest import GoldQueue, on_both_databases


def actor(client: TestClient, name: str) -> str:
    found = client.get("/v1/actors", params={"q": name}).json()["items"]
    return str(next(each["id"] for each in found if each["name"] == name))


@pytest.fixture
def pair(stored: TestClient) -> tuple[str, str]:
    return actor(stored, "Armenien"), actor(stored, "Turkiet")


@on_both_databases
def test_actors_are_joined_taken_apart_and_left_as_they_were(stored: TestClient, pair: tuple[str, str]) -> None:
    left, right = pair
    body = {"left": left, "right": right, "judgement": "same", "reason": "prov", "author": "Ada"}
    made = stored.post("/v1/judgements", json=body)
    assert made.status_code == 201, made.text
    judgement = made.json()
    assert {judgement["left"]["name"], judgement["right"]["name"]} == {"Armenien", "Turkiet"}
    assert (judgement["author"], judgement["reason"], judgement["undone_at"]) == ("Ada", "prov", None)
    assert stored.get(made.headers["location"]).json() == judgement
    assert stored.get(f"/v1/actors/{left}").json()["id"] == stored.get(f"/v1/actors/{right}").json()["id"]
    listed = stored.get(f"/v1/actors/{right}/judgements").json()
    assert listed["judgements"] == [judgement]
    apart = stored.post("/v1/judgements", json={"left": left, "right": right, "judgement": "different"}).json()
    assert apart["judgement"] == "different"
    assert stored.get(f"/v1/actors/{left}").json()["id"] != stored.get(f"/v1/actors/{right}").json()["id"]
    again = stored.post("/v1/judgements", json=body)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/conflict")
    undone = stored.delete(f"/v1/judgements/{apart['id']}", params={"author": "Bo"}).json()
    assert undone["undone_by"] == "Bo"
    assert stored.post("/v1/judgements", json=body).status_code == 201


def test_unsure_pairs_are_listed_until_somebody_decides(
    stored: TestClient, queue: GoldQueue, pair: tuple[str, str]
) -> None:
    left, right = pair
    assert stored.get("/v1/judgements/unsure").json() == {"items": [], "next": None}
    with transaction(queue.engine) as session:
        judge(session, left, right, Judgement.UNSURE, author=RESOLVER, reason="name: 0.8")
    (item,) = stored.get("/v1/judgements/unsure").json()["items"]
    assert (item["judgement"], item["author"], item["reason"]) == ("unsure", RESOLVER, "name: 0.8")
    stored.post("/v1/judgements", json={"left": left, "right": right, "judgement": "different"})
    assert stored.get("/v1/judgements/unsure").json()["items"] == []


def test_what_is_not_there_or_makes_no_sense_is_refused(stored: TestClient, pair: tuple[str, str]) -> None:
    left, _ = pair
    assert stored.get("/v1/actors/act_0/judgements").status_code == 404
    assert stored.get("/v1/judgements/99").status_code == 404
    assert stored.delete("/v1/judgements/99").status_code == 404
    for other, status in (("act_0", 404), (left, 422)):
        body = {"left": left, "right": other, "judgement": "same"}
        assert stored.post("/v1/judgements", json=body).status_code == status
    assert stored.post("/v1/judgements", json={"left": left, "right": left, "judgement": "unsure"}).status_code == 422
