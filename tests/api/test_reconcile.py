"""The reconciliation service as OpenRefine uses it: manifest, guesses, batches, suggestions, preview."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from tests.api.conftest import on_both_databases
from tests.api.keyed import bearer, make_key, served

# What the schemas of Reconciliation Service API 0.2 demand of what is sent, in short.
NAMED = {"type": "object", "required": ["id", "name"]}
MANIFEST = {
    "type": "object",
    "required": ["versions", "name", "identifierSpace", "schemaSpace"],
    "properties": {
        "versions": {"type": "array", "contains": {"const": "0.2"}},
        "defaultTypes": {"type": "array", "items": NAMED},
        "view": {"required": ["url"], "properties": {"url": {"pattern": r"\{\{id\}\}"}}},
        "preview": {
            "required": ["url", "width", "height"],
            "properties": {"url": {"pattern": r"\{\{id\}\}"}, "width": {"type": "integer"}},
        },
        "suggest": {"additionalProperties": {"required": ["service_url", "service_path"]}},
    },
}
CANDIDATE = {
    "type": "object",
    "required": ["id", "name", "score"],
    "properties": {
        "id": {"type": "string"},
        "description": {"type": "string"},
        "score": {"type": "number"},
        "match": {"type": "boolean"},
        "type": {"type": "array", "items": NAMED},
        "features": {"type": "array", "items": {"required": ["id", "value"], "properties": {"id": {"type": "string"}}}},
    },
}
RESULTS = {
    "type": "object",
    "additionalProperties": {
        "required": ["result"],
        "properties": {"result": {"type": "array", "items": CANDIDATE}},
    },
}
ORIGIN = {"Origin": "http://127.0.0.1:3333"}


def asked(client: TestClient, **queries: object) -> dict[str, list[dict[str, Any]]]:
    """The candidates for each query of a batch, posted as a form."""
    response = client.post("/v1/reconcile", data={"queries": json.dumps(queries)}, headers=ORIGIN)
    assert response.status_code == 200, response.text
    assert response.headers["access-control-allow-origin"] == "*"
    jsonschema_rs.validate(RESULTS, response.json())
    return {name: answer["result"] for name, answer in response.json().items()}


def only(client: TestClient, **query: object) -> list[dict[str, Any]]:
    return asked(client, q0=query)["q0"]


def names(found: list[dict[str, Any]]) -> list[str]:
    return [candidate["name"] for candidate in found]


@on_both_databases
def test_a_column_of_names_as_openrefine_goes_about_it(stored: TestClient) -> None:
    # The service is added by its address.
    manifest = stored.get("/v1/reconcile", headers=ORIGIN)
    assert manifest.headers["access-control-allow-origin"] == "*"
    jsonschema_rs.validate(MANIFEST, manifest.json())
    # Some values are sent to guess the type of the column.
    guessed = asked(stored, q0={"query": "Baku", "limit": 3}, q1={"query": "Armenien", "limit": 3})
    assert {each["type"][0]["id"] for found in guessed.values() for each in found[:1]} == {"state"}
    # Then the column, ten at a time, with the type and another column as a property.
    found = asked(
        stored,
        q0={"query": "Azerbajdzjan", "type": "state", "type_strict": "should", "limit": 5},
        q1={"query": "Hikmet Hajiyev", "type": "person", "properties": [{"pid": "territory", "v": "AZ"}]},
        q2={"query": "Hajijev", "type": "person"},
        q3={"query": "Nobody of That Name", "type": "person"},
    )
    [state, *_] = found["q0"]
    assert (state["name"], state["match"], state["score"]) == ("Azerbajdzjan", True, 100.0)
    assert {feature["id"]: feature["value"] for feature in state["features"]} == {"name": 100.0}
    assert names(found["q1"])[0] == "Hikmet Hajiyev"
    assert names(found["q2"])[0] == "Hikmet Hajiyev"
    assert not any(candidate["match"] for candidate in found["q2"])
    assert found["q3"] == []
    # A cell is searched by hand.
    suggest = manifest.json()["suggest"]["entity"]
    path = suggest["service_path"]
    typed = stored.get(path, params={"prefix": "haj"}, headers=ORIGIN)
    assert [(each["id"], each["name"]) for each in typed.json()["result"]] == [(found["q2"][0]["id"], "Hikmet Hajiyev")]
    # What was matched can be looked up.
    assert stored.get(f"/v1/actors/{state['id']}").json()["wikidata"] == "Q227"
    assert manifest.json()["view"]["url"].endswith("/actors/{{id}}")


def test_a_batch_goes_by_get_too(stored: TestClient) -> None:
    queries = {"q0": {"query": "Armenien"}}
    response = stored.get("/v1/reconcile", params={"queries": json.dumps(queries)})
    assert response.json() == stored.post("/v1/reconcile", data={"queries": json.dumps(queries)}).json()
    assert response.json()["q0"]["result"][0]["match"] is True


def test_types_and_properties_narrow(stored: TestClient) -> None:
    assert names(only(stored, query="Azerbajdzjan"))[:1] == ["Azerbajdzjan"]
    assert "Azerbajdzjan" not in names(only(stored, query="Azerbajdzjan", type=["government", "authority"]))
    # A type that the service does not have narrows nothing: OpenRefine sends what a user typed.
    assert names(only(stored, query="Azerbajdzjan", type="Q6256"))[:1] == ["Azerbajdzjan"]
    [right, *_] = only(stored, query="Azerbajdzjan", properties=[{"pid": "territory", "v": {"id": "az", "name": "x"}}])
    assert (right["match"], right["score"]) == (True, 100.0)
    [wrong, *_] = only(stored, query="Azerbajdzjan", properties=[{"pid": "territory", "v": "AM"}])
    assert (wrong["match"], wrong["score"]) == (False, 75.0)
    [other, *_] = only(stored, query="Azerbajdzjan", properties=[{"pid": "P31", "v": [1, True]}])
    assert other["match"] is True
    assert names(only(stored, properties=[{"pid": "territory", "v": "AM"}])) == ["Armenien"]
    assert only(stored, properties=[{"pid": "P31", "v": "x"}]) == []


def test_a_surname_alone_matches_nobody(stored: TestClient) -> None:
    [first, *_] = only(stored, query="Hajiyev")
    assert (first["name"], first["match"], first["score"]) == ("Hikmet Hajiyev", False, 80.0)


def test_limits(stored: TestClient) -> None:
    assert len(only(stored, query="a", limit=2)) <= 2
    many = {f"q{number}": {"query": "Baku"} for number in range(51)}
    refused = stored.post("/v1/reconcile", data={"queries": json.dumps(many)}, headers=ORIGIN)
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (422, "*")
    assert "51 queries, the most are 50" in refused.json()["detail"]


@pytest.mark.parametrize(
    ("queries", "says"),
    [
        ("", "no query batch: Invalid JSON"),
        ("[]", "no query batch: Input should be"),
        ('{"q0": "Baku"}', "no query batch: q0: "),
        ('{"q0": {}}', "no query batch: q0: neither a query nor properties"),
        ('{"q0": {"query": " "}}', "no query batch: q0.query: "),
        ('{"q0": {"query": "Baku", "limit": 0}}', "no query batch: q0.limit: "),
        ('{"q0": {"query": "Baku", "color": 1}}', "no query batch: q0.color: "),
    ],
)
def test_what_is_no_batch_is_refused(stored: TestClient, queries: str, says: str) -> None:
    for response in (
        stored.get("/v1/reconcile", params={"queries": queries}),
        stored.post("/v1/reconcile", content=f"queries={queries}", headers={"content-type": FORM}),
    ):
        assert response.status_code == 422, response.text
        assert response.headers["content-type"] == "application/problem+json"
    assert says in stored.get("/v1/reconcile", params={"queries": queries}).json()["detail"]


FORM = "application/x-www-form-urlencoded"


def test_types_and_properties_are_suggested(stored: TestClient) -> None:
    def suggested(kind: str, prefix: str) -> list[str]:
        found = stored.get(f"/v1/reconcile/suggest/{kind}", params={"prefix": prefix}).json()["result"]
        return [each["id"] for each in found]

    assert suggested("type", "Per") == ["person"]
    assert "state" in suggested("type", "")
    assert suggested("property", "terr") == ["territory"]
    assert suggested("property", "x") == []


def test_only_this_service_is_open_to_other_origins(stored: TestClient) -> None:
    ahead = {**ORIGIN, "Access-Control-Request-Method": "POST"}
    assert stored.options("/v1/reconcile", headers=ahead).headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in stored.get("/v1/claims", headers=ORIGIN).headers
    assert stored.options("/v1/claims", headers=ahead).status_code == 405


@on_both_databases
def test_where_keys_are_needed_one_that_reads_is_enough_and_refusals_reach_other_origins_too(engine: Engine) -> None:
    batch = {"queries": json.dumps({"q0": {"query": "Baku"}})}
    with served(engine) as client:
        for headers, status in ((ORIGIN, 401), (ORIGIN | bearer(make_key(engine, "read")), 200)):
            for answer in (
                client.get("/v1/reconcile", headers=headers),
                client.get("/v1/reconcile", params=batch, headers=headers),
                client.post("/v1/reconcile", data=batch, headers=headers),
                client.get("/v1/reconcile/suggest/entity", params={"prefix": "B"}, headers=headers),
            ):
                assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (status, "*")


def test_origins_of_the_settings_have_the_rest_and_this_service_is_everybodys(engine: Engine) -> None:
    with served(engine, cors_origins=[ORIGIN["Origin"]]) as client:
        headers = ORIGIN | bearer(make_key(engine, "read"))
        for path, allowed in (("/v1/claims", ORIGIN["Origin"]), ("/v1/reconcile", "*")):
            answer = client.get(path, headers=headers)
            assert answer.headers.get_list("access-control-allow-origin") == [allowed]
