"""Corrections and kills over the interface."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.ingest import Ingest
from app.storage.articles import Status, set_status
from app.storage.engine import transaction
from tests.api.conftest import GoldQueue, on_both_databases
from tests.ingest.fake import FakeExtractor, actor_ids

URI = "urn:newsml:tt.example:strid"
NINJS = {"Content-Type": "application/ninjs+json"}


class FakeQueue(GoldQueue):
    """Reads an article by its lines "Ting, sade NAMN."."""

    def _read(self, article_id: str) -> None:
        if article_id in self.reasons:
            with transaction(self.engine) as session:
                set_status(session, [article_id], Status.FAILED, self.reasons[article_id])
            return
        Ingest(self.engine, FakeExtractor(), actor_ids).process_articles([article_id])


@pytest.fixture
def queue(engine: Engine) -> FakeQueue:
    return FakeQueue(engine)


def ninjs(version: int, text: str = "", status: str = "usable") -> dict[str, Any]:
    """An item as an agency sends it."""
    day = f"2024-05-{version:02}T10:00:00Z"
    item = {"uri": URI, "version": str(version), "versioncreated": day, "pubstatus": status, "language": "sv"}
    return {**item, "headline": f"Rubrik {version}", **({"body_text": text} if text else {})}


FIRST = ninjs(1, "Det regnar, sade Ada Ek.\nDet snöar, sade Bo Al.")
SECOND = ninjs(2, "Det regnar, sade Ada Ek.\nDet blåser, sade Cia Lind.")
KILL = ninjs(2, status="canceled")


def post(client: TestClient, item: Mapping[str, Any], wait: int = 1) -> dict[str, Any]:
    response = client.post(f"/v1/articles?wait={wait}", content=json.dumps(item), headers=NINJS)
    assert response.status_code < 300, response.text
    return dict(response.json())


def said(client: TestClient, **filters: str) -> list[str]:
    return [claim["text"] for claim in client.get("/v1/claims", params=filters).json()["items"]]


def assert_gone(client: TestClient, *addresses: str) -> None:
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 410, address
        assert response.headers["Content-Type"] == "application/problem+json"
        problem = response.json()
        assert (problem["type"], problem["title"]) == ("/problems/withdrawn", "Withdrawn")
        assert "was withdrawn by" in problem["detail"]
        assert " UTC" in problem["detail"]


@on_both_databases
def test_a_correction_says_what_it_supersedes_and_takes_over(client: TestClient, queue: FakeQueue) -> None:
    first = post(client, FIRST)
    assert (first["superseded"], first["withdrawn"], first["article"]["standing"]) == (None, None, "in_force")
    queue.is_stopped = True
    second = post(client, SECOND)
    assert (second["superseded"], second["article"]["standing"]) == (first["article"]["id"], "pending")
    assert said(client) == ["Det regnar", "Det snöar"]
    queue.is_stopped = False
    second = post(client, SECOND)
    assert (second["superseded"], second["article"]["standing"]) == (first["article"]["id"], "in_force")
    assert said(client) == ["Det regnar", "Det blåser"]
    old = client.get(f"/v1/articles/{first['article']['id']}").json()
    assert (old["standing"], old["text"]) == ("superseded", FIRST["body_text"])
    assert said(client, article=old["id"]) == ["Det regnar", "Det snöar"]
    assert len(client.get("/v1/articles").json()["items"]) == 1
    answer = client.get("/v1/ask", params={"q": "Vad sade Bo Al?"}).json()
    assert answer["items"] == []


def test_the_versions_tell_what_changed(client: TestClient) -> None:
    first, second = post(client, FIRST)["article"], post(client, SECOND)["article"]
    for address in (first["versions"], second["versions"]):
        newest, oldest = client.get(address).json()["items"]
        assert [newest["id"], oldest["id"]] == [second["id"], first["id"]]
        assert [newest["version"], newest["standing"], newest["title"]] == ["2", "in_force", "Rubrik 2"]
        assert (oldest["standing"], oldest["change"]) == ("superseded", None)
        change = newest["change"]
        assert change["against"] == first["id"]
        told = {name: [claim["text"] for claim in change[name]] for name in ("added", "gone", "kept")}
        assert told == {"added": ["Det blåser"], "gone": ["Det snöar"], "kept": ["Det regnar"]}
        assert [actor["name"] for actor in change["gone"][0]["speakers"]] == ["Bo Al"]


def test_a_version_that_fails_is_told_and_the_earlier_one_stays(client: TestClient, queue: FakeQueue) -> None:
    first = post(client, FIRST)["article"]
    second = post(client, SECOND, wait=0)["article"]
    queue.reasons[second["id"]] = "broken"
    assert post(client, SECOND)["article"]["standing"] == "pending"
    newest = client.get(first["versions"]).json()["items"][0]
    assert (newest["standing"], newest["status"], newest["error"]) == ("pending", "failed", "broken")
    assert said(client) == ["Det regnar", "Det snöar"]


@on_both_databases
def test_a_kill_withdraws_everything_under_its_uri(client: TestClient) -> None:
    articles = [post(client, item)["article"]["id"] for item in (FIRST, SECOND)]
    claims = [each["id"] for each in client.get(f"/v1/articles/{articles[1]}/claims").json()["items"]]
    actor = client.get("/v1/actors", params={"q": "Ada"}).json()["items"][0]["id"]
    killed = post(client, KILL)
    assert (killed["article"], killed["claims"]) == (None, None)
    withdrawn = killed["withdrawn"]
    assert (withdrawn["uri"], withdrawn["version"], withdrawn["source"]) == (URI, "2", "sender")
    assert (withdrawn["author"], withdrawn["articles"]) == ("local", articles)
    assert_gone(client, *(f"/v1/articles/{each}" for each in articles), f"/v1/articles/{articles[0]}/claims")
    assert_gone(client, *(f"/v1/claims/{each}" for each in claims), f"/v1/graph?article={articles[1]}")
    assert client.get(f"/v1/actors/{actor}").status_code == 410
    for address in ("/v1/claims", "/v1/articles", "/v1/actors", f"/v1/claims?article={articles[0]}"):
        assert client.get(address).json()["items"] == []
    assert client.get("/v1/graph").json()["nodes"] == []
    told = client.get(f"/v1/articles/{articles[0]}/versions").json()["items"]
    assert [(each["standing"], each["title"]) for each in told] == [("withdrawn", None)] * 2
    assert told[0]["withdrawal"]["id"] == withdrawn["id"]
    again = post(client, FIRST)
    assert (again["article"]["standing"], again["claims"], again["withdrawn"]) == ("withdrawn", None, withdrawn)


def test_a_kill_is_taken_back_by_a_newer_version_or_by_hand(client: TestClient) -> None:
    kill = post(client, KILL)["withdrawn"]
    assert kill["articles"] == []
    first = post(client, FIRST)
    assert (first["article"]["standing"], first["withdrawn"]["id"]) == ("withdrawn", kill["id"])
    post(client, ninjs(3, "Det klarnar, sade Ada Ek."))
    assert said(client) == ["Det klarnar"]
    assert_gone(client, f"/v1/articles/{first['article']['id']}")
    address = f"/v1/articles/{first['article']['id']}/withdrawal"
    (undone,) = client.delete(address).json()["items"]
    assert (undone["id"], undone["undone_by"]) == (kill["id"], "local")
    assert client.get(f"/v1/articles/{first['article']['id']}").json()["standing"] == "superseded"
    assert client.delete(address).status_code == client.get(address).status_code == 404
    assert post(client, KILL)["withdrawn"]["undone_by"] == "local"
    assert said(client) == ["Det klarnar"]


def test_an_article_is_withdrawn_by_hand_with_a_reason(client: TestClient) -> None:
    article = post(client, FIRST)["article"]["id"]
    address = f"/v1/articles/{article}/withdrawal"
    made = client.post(address, json={"reason": "fel person"})
    assert made.status_code == 201
    assert (made.json()["source"], made.json()["reason"], made.json()["author"]) == ("person", "fel person", "local")
    again = client.post(address, json={"reason": "igen"})
    assert (again.status_code, again.json()) == (200, made.json())
    assert client.get(address).json() == made.json()
    assert_gone(client, f"/v1/articles/{article}")
    assert post(client, SECOND)["article"]["standing"] == "withdrawn"
    assert said(client) == []
    assert client.delete(address).status_code == 200
    assert said(client) == ["Det regnar", "Det blåser"]
    for body in ({}, {"reason": " "}, {"reason": "x", "by": "y"}, {"reason": "fel\0"}):
        assert client.post(address, json=body).status_code in (415, 422)
    for method in ("GET", "POST", "DELETE"):
        missing = client.request(method, "/v1/articles/art_x/withdrawal", json={"reason": "x"})
        assert missing.status_code == 404
    assert client.get("/v1/articles/art_x/versions").status_code == 404


def test_a_delivery_says_what_became_of_each_item(client: TestClient) -> None:
    other = {**ninjs(1, "Ja, sade Ada Ek."), "uri": "urn:annan"}
    body = json.dumps([FIRST, SECOND, ninjs(1, status="withheld"), other])
    items = client.post("/v1/deliveries", content=body, headers=NINJS).json()["items"]
    assert [item["refused"] for item in items] == [None] * 4
    assert [item["withdrawn"] is not None for item in items] == [True, False, True, False]
    assert [item["article"] and item["article"]["standing"] for item in items] == [
        "withdrawn",
        "in_force",
        None,
        "in_force",
    ]


def test_a_kill_in_newsml_is_taken(client: TestClient) -> None:
    message = (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:g2" version="2"><itemMeta>'
        '<versionCreated>2024-05-02T10:00:00Z</versionCreated><pubStatus qcode="stat:canceled"/></itemMeta></newsItem>'
    )
    response = client.post("/v1/articles", content=message, headers={"Content-Type": "application/xml"})
    assert response.status_code == 200, response.text
    assert response.json()["withdrawn"]["uri"] == "urn:g2"


@on_both_databases
def test_corrections_go_along_to_the_next_version_and_the_article_names_those_that_do_not(client: TestClient) -> None:
    rain, snow = post(client, FIRST)["claims"]
    ids = []
    for claim in (rain, snow):
        change = {"act": "denial", "reason": "fel", "author": "Ada Ek"}
        made = client.post(f"/v1/claims/{claim['id']}/corrections", json=change)
        assert made.status_code == 201
        assert made.json()["carried_from"] is None
        ids.append(made.json()["id"])
    article = post(client, SECOND)["article"]["id"]
    shown = client.get(f"/v1/articles/{article}").json()
    assert shown["not_carried"] == [{"correction": ids[1], "claim": snow["id"], "article": snow["article"]["id"]}]
    (carried,) = client.get("/v1/corrections", params={"article": article}).json()["items"]
    assert (carried["author"], carried["reason"]) == ("Ada Ek", "fel")
    origin = carried["carried_from"]
    assert (origin["correction"], origin["claim"], origin["article"]) == (ids[0], rain["id"], rain["article"]["id"])
    assert client.get(f"/v1/claims/{carried['claim']}").json()["act"] == "denial"
    assert client.delete(f"/v1/corrections/{carried['id']}").json()["carried_from"] == origin
    assert client.get(f"/v1/claims/{carried['claim']}").json()["act"] == "statement"
    assert client.get(f"/v1/claims/{rain['id']}").json()["act"] == "denial"
