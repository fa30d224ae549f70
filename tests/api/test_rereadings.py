"""Articles read anew over REST."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import on_both_databases


@on_both_databases
def test_articles_are_asked_for_told_of_and_stopped(stored: TestClient) -> None:
    made = stored.post("/v1/rereadings", json={"outdated": True})
    assert made.status_code == 202
    shown = made.json()
    articles = len(stored.get("/v1/articles?limit=200").json()["items"])
    assert (shown["total"], shown["waiting"], shown["done"]) == (articles, articles, 0)
    assert shown["stopped_at"] is None
    address = made.headers["location"]
    assert stored.get(address).json() == shown
    assert stored.get("/v1/rereadings").json() == {"items": [shown], "next": None}
    stopped = stored.delete(address).json()
    assert (stopped["total"], stopped["waiting"]) == (0, 0)
    assert stopped["stopped_at"]
    assert stored.delete(address).json() == stopped


def test_what_is_unknown_is_not_found(stored: TestClient) -> None:
    assert stored.get("/v1/rereadings/rrd_none").status_code == 404
    assert stored.delete("/v1/rereadings/rrd_none").status_code == 404
    answer = stored.post("/v1/rereadings", json={"articles": ["art_none"]})
    assert (answer.status_code, "art_none" in answer.json()["detail"]) == (404, True)
    assert stored.get("/v1/rereadings").json()["items"] == []


@pytest.mark.parametrize(
    "body", [{}, {"all": True, "outdated": True}, {"articles": []}, {"since": "2024"}, {"everything": True}]
)
def test_it_has_to_be_said_which(stored: TestClient, body: dict[str, Any]) -> None:
    assert stored.post("/v1/rereadings", json=body).status_code == 422
