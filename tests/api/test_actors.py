from __future__ import annotations

from fastapi.testclient import TestClient

from tests.api.conftest import on_both_databases


def found(client: TestClient, q: str) -> dict[str, str]:
    return {actor["name"]: actor["id"] for actor in client.get("/v1/actors", params={"q": q}).json()["items"]}


@on_both_databases
def test_actors_are_found_by_any_printed_form(stored: TestClient) -> None:
    assert list(found(stored, "haj")) == ["Hikmet Hajiyev"]
    assert list(found(stored, "Phnom")) == ["Kambodja"]
    assert "Azerbajdzjans försvarsministerium" in found(stored, "ministeriet")


def test_near_names_are_suggested(stored: TestClient) -> None:
    page = stored.get("/v1/actors", params={"q": "Hajijev"}).json()
    assert (page["items"], [ref["name"] for ref in page["suggestions"]]) == ([], ["Hikmet Hajiyev"])


def test_an_actor_shows_whom_it_speaks_for(stored: TestClient) -> None:
    person = stored.get(f"/v1/actors/{found(stored, 'Hajiyev')['Hikmet Hajiyev']}").json()
    assert [each["actor"]["name"] for each in person["speaks_for"]] == ["Azerbajdzjan"]
    assert (person["kind"], person["claim_count"]) == ("person", 5)
    state = stored.get(f"/v1/actors/{person['speaks_for'][0]['actor']['id']}").json()
    assert person["id"] in [each["actor"]["id"] for each in state["spoken_for_by"]]
    assert (state["kind"], state["territory"]) == ("state", "AZ")


def test_the_claims_and_names_of_an_actor(stored: TestClient) -> None:
    actor_id = found(stored, "Azerbajdzjan")["Azerbajdzjan"]
    party = stored.get(f"/v1/actors/{actor_id}/claims", params={"limit": 200}).json()
    assert party == stored.get("/v1/claims", params={"limit": 200, "speaker": "Baku"}).json()
    own = stored.get(f"/v1/actors/{actor_id}/claims", params={"scope": "own"}).json()["items"]
    assert all(claim["via"] is None for claim in own)
    assert {claim["speakers"][0]["id"] for claim in own} == {actor_id}
    denials = stored.get(f"/v1/actors/{actor_id}/claims", params={"act": "denial"}).json()["items"]
    assert [claim["text"] for claim in denials] == ["denna anklagelse"]
    aliases = stored.get(f"/v1/actors/{actor_id}/aliases").json()
    assert aliases["actor"]["name"] == "Azerbajdzjan"
    assert {"Baku", "Bakus", "Azerbajdzjan", "landet"} <= set(aliases["aliases"])


@on_both_databases
def test_pages_of_actors(stored: TestClient) -> None:
    seen: list[str] = []
    address: str | None = "/v1/actors?limit=40"
    while address:
        response = stored.get(address)
        seen += [actor["id"] for actor in response.json()["items"]]
        address = response.links.get("next", {}).get("url")
    assert len(seen) == len(set(seen)) > 80


def test_unknown_actors_are_not_found(client: TestClient) -> None:
    for path in ("act_0", "act_0/claims", "act_0/aliases"):
        missing = client.get(f"/v1/actors/{path}")
        assert (missing.status_code, missing.json()["detail"]) == (404, "no actor act_0")
    assert client.get("/v1/actors/act_0/claims", params={"speaker": "Baku"}).status_code == 422
