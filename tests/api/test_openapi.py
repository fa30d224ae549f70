"""The OpenAPI document is pinned: a change of the interface is a change of this file, seen in review.

After a change on purpose: ``python -m tests.api.test_openapi``.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from app.api.app import create_app
from app.settings import Settings

PINNED = Path(__file__).with_name("openapi.json")


@functools.cache
def document() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(create_app(Settings()).openapi()))
    return made


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def test_the_document_is_the_pinned_one() -> None:
    assert document() == json.loads(PINNED.read_text("utf-8")), "update it: python -m tests.api.test_openapi"


def test_the_document_is_what_the_standard_calls_one() -> None:
    validate(document(), cls=OpenAPIV31SpecValidator)


def test_headers_that_are_named_are_sent(stored: TestClient) -> None:
    known = {operation["operationId"]: operation for _, operation in operations()}

    def named(operation: str, status: int) -> set[str]:
        return set(known[operation]["responses"][str(status)]["headers"])

    page = stored.get("/v1/claims?limit=1")
    assert named("list_claims", 200) == {"ETag", "Link", "X-Request-ID"} <= canonical(page)
    made = stored.post("/v1/searches", json={"name": "Baku", "question": "vad sade Baku"})
    assert named("create_search", 201) == {"Location", "X-Request-ID"} <= canonical(made)
    assert named("get_search", 404) == {"X-Request-ID"} <= canonical(stored.get("/v1/searches/sch_0"))
    assert named("get_search", 401) == {"WWW-Authenticate", "X-Request-ID"}
    assert named("get_search", 429) == {"Retry-After", "X-Request-ID"}


def canonical(answer: Response) -> set[str]:
    """The headers of an answer that the document knows, as it spells them."""
    return {name for name in document()["components"]["headers"] if name in answer.headers}


def test_links_lead_to_operations_that_take_what_they_give() -> None:
    known = {operation["operationId"]: operation for _, operation in operations()}
    led = set()
    for name, operation in known.items():
        for answer in operation["responses"].values():
            for link in answer.get("links", {}).values():
                parameters = known[link["operationId"]]["parameters"]
                given = set(link["parameters"])
                assert given <= {each["name"] for each in parameters}, name
                assert {each["name"] for each in parameters if each["in"] == "path"} <= given, name
                led.add(link["operationId"])
    # Everything below an id can be reached; the pages of a webhook's secrets and messages by its own.
    taken = {name for name, operation in known.items() if "_id" in json.dumps(operation.get("parameters", ()))}
    assert taken - led == set()


def test_every_operation_is_described() -> None:
    ids = []
    for name, operation in operations():
        ids.append(operation["operationId"])
        assert operation["summary"], name
        assert len(operation["description"]) > 30, name
        assert len(operation["tags"]) == 1, name
        for parameter in operation.get("parameters", ()):
            assert len(parameter["description"]) > 10, (name, parameter["name"])
            assert {"type": "null"} not in parameter["schema"].get("anyOf", ()), (name, parameter["name"])
    assert len(ids) == len(set(ids))


def test_every_error_is_a_problem() -> None:
    for name, operation in operations():
        errors = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
        assert errors, name
        for status, answer in errors.items():
            (content,) = answer["content"].items()
            assert content[0] == "application/problem+json", (name, status)
            assert content[1]["example"]["status"] == int(status)
    assert "HTTPValidationError" not in document()["components"]["schemas"]


@pytest.mark.parametrize("name", sorted(document()["components"]["schemas"]))
def test_every_field_has_a_description_and_an_example(name: str) -> None:
    schema = document()["components"]["schemas"][name]
    for field, described in schema.get("properties", {}).items():
        assert described.get("description"), f"{name}.{field} has no description"
        # What is made of other schemas takes its example from theirs.
        plain = "$ref" not in json.dumps(described)
        assert not plain or "examples" in described or "default" in described, f"{name}.{field} has no example"


def test_every_reference_leads_somewhere() -> None:
    text = json.dumps(document())
    schemas = document()["components"]["schemas"]
    assert {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]} == set(schemas)


if __name__ == "__main__":
    PINNED.write_text(json.dumps(document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
