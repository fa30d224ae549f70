"""Events as pages, saved searches and webhooks over the interface. Streams are tried on a real server elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.api.app import create_app
from app.domain.event import EventKind
from app.settings import Settings
from app.storage.engine import transaction
from app.storage.events import record
from tests.api.conftest import SEED, GoldQueue, on_both_databases
from tests.gold_extraction import gold_documents


def added(client: TestClient) -> str:
    """The seed article sent in and read; gives its id."""
    answer = client.post("/v1/articles?wait=5", json={"text": gold_documents()[SEED]["text"]})
    assert answer.status_code == 201
    return str(answer.json()["article"]["id"])


@on_both_databases
def test_claims_of_an_article_are_events(client: TestClient) -> None:
    article_id = added(client)
    claims = client.get(f"/v1/articles/{article_id}/claims?limit=200").json()["items"]
    page = client.get("/v1/events?limit=200").json()
    assert [event["type"] for event in page["items"]] == ["claim.added"] * len(claims)
    assert [event["data"]["claim"] for event in page["items"]] == [claim["id"] for claim in claims]
    assert [event["data"]["text"] for event in page["items"]] == [claim["text"] for claim in claims]
    assert [event["number"] for event in page["items"]] == list(range(1, len(claims) + 1))
    assert (page["next"], page["newest"]) == (None, len(claims))


def test_pages_follow_one_another(client: TestClient, queue: GoldQueue) -> None:
    assert client.get("/v1/events").json() == {"items": [], "next": None, "newest": 0}
    with transaction(queue.engine) as session:
        for number in range(5):
            kind = EventKind.ARTICLE_FAILED if number == 2 else EventKind.ARTICLE_DONE
            record(session, kind, article_id=f"art_{number}")
    numbers, after = [], 0
    while True:
        answer = client.get("/v1/events", params={"limit": 2, "after": after})
        page = answer.json()
        numbers += [event["number"] for event in page["items"]]
        if page["next"] is None:
            assert "link" not in answer.headers
            break
        assert answer.links["next"]["url"] == f"/v1/events?limit=2&after={page['next']}"
        after = page["next"]
    assert numbers == [1, 2, 3, 4, 5]
    assert answer.headers["vary"] == "Accept"
    failed = client.get("/v1/events?kind=article.failed").json()
    assert [event["data"] for event in failed["items"]] == [{"article": "art_2"}]
    assert failed["newest"] == 5
    assert client.get("/v1/events?kind=article.failed,article.done&after=3").json()["items"][0]["number"] == 4


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("kind=claim.eaten", "query.kind"),
        ("after=-1", "query.after"),
        ("after=soon", "query.after"),
        ("limit=0", "query.limit"),
        ("cursor=x", "query.cursor"),
    ],
)
def test_wrong_parameters_are_named(client: TestClient, query: str, field: str) -> None:
    answer = client.get(f"/v1/events?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


def test_a_wrong_last_event_id_is_named(client: TestClient) -> None:
    answer = client.get("/v1/events", headers={"Last-Event-ID": "x", "Accept": "text/event-stream"})
    assert answer.status_code == 422


def test_a_search_nobody_saved(client: TestClient) -> None:
    for headers in ({}, {"Accept": "text/event-stream"}):
        assert client.get("/v1/events?search=sch_1", headers=headers).status_code == 404


@on_both_databases
def test_a_saved_search_is_told_of_and_lists_its_claims(client: TestClient) -> None:
    answer = client.post("/v1/searches", json={"name": "Baku förnekar", "question": "vad förnekade Baku?"})
    assert answer.status_code == 201
    search = answer.json()
    assert search["created_by"] == "local"
    assert search["wanted"]["act"] == "denial"
    added(client)
    listed = client.get(f"/v1/searches/{search['id']}/claims").json()["items"]
    assert listed == client.get("/v1/claims?speaker=Baku&act=denial").json()["items"]
    assert listed
    told = client.get(f"/v1/events?search={search['id']}").json()["items"]
    assert [event["data"]["claim"] for event in told] == [claim["id"] for claim in listed]
    assert {event["data"]["name"] for event in told} == {"Baku förnekar"}
    shown = client.get(answer.headers["location"]).json()
    assert shown == {key: value for key, value in search.items() if key != "suggestions"}
    assert client.get("/v1/searches").json()["items"] == [shown]
    assert client.delete(answer.headers["location"]).status_code == 204
    assert client.get(answer.headers["location"]).status_code == 404
    assert client.delete(answer.headers["location"]).status_code == 404
    assert client.get("/v1/searches").json()["items"] == []


def test_a_search_for_somebody_unknown_waits_and_suggests(stored: TestClient) -> None:
    answer = stored.post("/v1/searches", json={"name": "x", "speaker": "Pasjinian"}).json()
    assert "Nikol Pasjinjan" in [near["name"] for near in answer["suggestions"]]
    assert stored.get(f"/v1/searches/{answer['id']}/claims").json()["items"] == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"name": "x"}, "give a question, or one of"),
        ({"name": "x", "scope": "own"}, "give a question, or one of"),
        ({"name": "x", "question": "vad sade Baku", "act": "denial"}, "a question says everything"),
        ({"name": "x", "question": "vad sade Baku i går"}, "leave out the time"),
        ({"name": "x", "question": "??"}, "no question about who said what"),
        ({"name": "x", "q": "…"}, "holds no words"),
        ({"name": "", "q": "krig"}, "body.name"),
        ({"name": "x", "act": "shout"}, "body.act"),
        ({"name": "x", "q": "krig", "since": "2020-01-01"}, "body.since: unknown field"),
    ],
)
def test_searches_that_cannot_be_are_refused_and_nothing_is_kept(
    client: TestClient, body: dict[str, Any], says: str
) -> None:
    answer = client.post("/v1/searches", json=body)
    assert answer.status_code == 422
    assert says in answer.json()["detail"]
    assert client.get("/v1/searches").json()["items"] == []


def test_lists_come_in_pages(client: TestClient) -> None:
    for number in range(3):
        client.post("/v1/searches", json={"name": str(number), "q": "krig"})
        client.post("/v1/webhooks", json={"url": "https://cms.example/", "name": str(number)})
    for listing in ("searches", "webhooks"):
        first = client.get(f"/v1/{listing}?limit=2").json()
        second = client.get(f"/v1/{listing}", params={"limit": 2, "cursor": first["next"]}).json()
        assert [each["name"] for each in first["items"] + second["items"]] == ["0", "1", "2"]
        assert second["next"] is None


def test_a_webhook_from_its_birth_to_its_end(client: TestClient, queue: GoldQueue) -> None:
    search = client.post("/v1/searches", json={"name": "x", "q": "krig"}).json()["id"]
    answer = client.post("/v1/webhooks", json={"url": "https://cms.example/hook", "searches": [search]})
    assert answer.status_code == 201
    made = answer.json()
    assert made["kinds"] == ["search.matched", "search.unmatched"]
    assert len(made["secret"]) == len("whsec_") + 44
    address = answer.headers["location"]
    shown = client.get(address).json()
    assert shown == {key: value for key, value in made.items() if key != "secret"}
    assert made["secret"] not in client.get("/v1/webhooks").text

    changed = client.patch(address, json={"kinds": ["article.failed"], "searches": []}).json()
    assert changed == {**shown, "kinds": ["article.failed"], "searches": []}
    with transaction(queue.engine) as session:
        record(session, EventKind.ARTICLE_DONE, article_id="art_1")
        record(session, EventKind.ARTICLE_FAILED, article_id="art_2", data={"reason": "sönder"})
    client.get("/v1/events")
    (delivery,) = client.get(f"{address}/deliveries").json()["items"]
    assert (delivery["type"], delivery["number"], delivery["status"]) == ("article.failed", 2, "pending")
    assert delivery["next_at"] is not None

    stopped = client.patch(address, json={"enabled": False}).json()
    assert (stopped["enabled"], stopped["disabled_reason"]) == (False, None)
    sent = f"{address}/deliveries/{delivery['id']}"
    assert client.get(sent).json()["status"] == "failed"
    again = client.post(f"{sent}/redeliver")
    assert (again.status_code, again.json()["status"]) == (202, "pending")

    trial = client.post(f"{address}/test")
    assert trial.status_code == 202
    assert trial.json() == client.get(f"{address}/deliveries/{trial.json()['id']}").json()
    assert trial.json()["type"] == "webhook.test"
    assert [each["id"] for each in client.get(f"{address}/deliveries?limit=1").json()["items"]] == [trial.json()["id"]]
    assert client.get(f"{address}/deliveries?status=delivered").json()["items"] == []

    rotated = client.post(f"{address}/secret").json()
    assert rotated["secret"] != made["secret"]
    assert client.delete(address).status_code == 204
    for method, path in (("GET", ""), ("PATCH", ""), ("POST", "/test"), ("POST", "/secret"), ("GET", "/deliveries")):
        body = {"json": {}} if method == "PATCH" else {}
        assert client.request(method, address + path, **body).status_code == 404, path  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url",
    [
        "http://cms.example/",
        "ftp://cms.example/",
        "https://user:secret@cms.example/",
        "https://127.0.0.1/",
        "https://[::1]:8443/hook",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest",
        "https://[fe80]/",
        "https://cms.example:99999/",
        "https://cms.example:0/",
        "https://cms.example/#part",
        "https://sånt.example/",
        "cms.example",
    ],
)
def test_addresses_that_nothing_is_sent_to(client: TestClient, url: str) -> None:
    made = client.post("/v1/webhooks", json={"url": "https://cms.example/"}).headers["location"]
    for answer in (client.post("/v1/webhooks", json={"url": url}), client.patch(made, json={"url": url})):
        assert answer.status_code == 422
        assert "url" in answer.json()["detail"]
    assert client.get(made).json()["url"] == "https://cms.example/"


def test_private_addresses_where_the_settings_allow_them(settings: Settings, queue: GoldQueue) -> None:
    allowing = settings.model_copy(update={"webhook_private_addresses": True})
    with TestClient(create_app(allowing, open_intake=lambda _: queue)) as client:
        assert client.post("/v1/webhooks", json={"url": "http://127.0.0.1:9/hook?a=b"}).status_code == 201


def test_searches_of_a_webhook_must_be_there(client: TestClient) -> None:
    answer = client.post("/v1/webhooks", json={"url": "https://cms.example/", "searches": ["sch_1"]})
    assert (answer.status_code, answer.json()["detail"]) == (422, "searches: there is no saved search sch_1")
