from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.api.app import create_app
from app.api.problems import problem_kinds
from app.errors import SagesmanError, StorageError
from app.settings import Settings
from app.storage.engine import transaction
from app.storage.workers import report_alive
from tests.api.conftest import GoldQueue, on_both_databases


def test_alive_and_ready(client: TestClient, queue: GoldQueue) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = {"status": "ready", "database": "current", "queued": 0, "processing": 0, "done": 0, "failed": 0}
    assert client.get("/readyz").json() == {**ready, "worker": "absent"}
    with transaction(queue.engine) as session:
        report_alive(session, "worker-1")
    client.post("/v1/articles", json={"text": "Ja, sade Bo."})
    assert client.get("/readyz").json() == {**ready, "worker": "running", "queued": 1}
    with transaction(queue.engine) as session:
        session.execute(text("UPDATE workers SET seen_at = :then"), {"then": datetime.now(UTC) - timedelta(minutes=5)})
    assert client.get("/readyz").json()["worker"] == "absent"


def test_version(client: TestClient) -> None:
    assert client.get("/v1/version").json() == {"version": "0.1.0", "api": "v1"}


def test_every_kind_of_problem_is_explained(client: TestClient) -> None:
    listed = client.get("/problems").json()
    assert {kind["type"] for kind in listed} == {kind.type for kind in problem_kinds().values()}
    for kind in listed:
        assert client.get(kind["type"]).json() == kind
        assert kind["description"]
        assert kind["title"]
    assert "bad-cursor" in client.get("/problems/nothing").json()["detail"]
    slugs = [error.slug for error in _tree(SagesmanError)]
    assert len(slugs) == len(set(slugs))


def _tree(root: type[SagesmanError]) -> list[type[SagesmanError]]:
    return [root, *(error for child in root.__subclasses__() for error in _tree(child))]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/v1", 404),
        ("GET", "/v1/claims/", 404),
        ("GET", "/v2/claims", 404),
        ("DELETE", "/v1/articles", 405),
        ("PUT", "/v1/claims/clm_0", 405),
        ("PATCH", "/healthz", 405),
        ("GET", "/healthz?verbose=1", 422),
        ("GET", "/static-offline-docs/nothing.js", 404),
    ],
)
def test_wrong_addresses_and_methods_are_problems(client: TestClient, method: str, path: str, status: int) -> None:
    response = client.request(method, path)
    problem = response.json()
    assert (response.status_code, problem["status"]) == (status, status)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert problem["instance"] == path.partition("?")[0]
    assert problem["request_id"] == response.headers["X-Request-ID"]
    assert ("Allow" in response.headers) == (status == 405)


def test_allow_names_every_method(client: TestClient) -> None:
    assert client.delete("/v1/articles").headers["Allow"] == "GET, POST"


def test_the_request_id_is_the_callers_where_it_is_fit(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "app.api.access"):
        response = client.get("/v1/version", headers={"X-Request-ID": "cms-42.a"})
    assert response.headers["X-Request-ID"] == "cms-42.a"
    (line,) = [record for record in caplog.records if record.name == "app.api.access"]
    facts = vars(line)
    assert (facts["request_id"], facts["path"], facts["status"], facts["method"]) == (
        "cms-42.a",
        "/v1/version",
        200,
        "GET",
    )
    for unfit in ("a b", "x" * 65, "nyhet\x01", ""):
        given = client.get("/v1/version", headers={"X-Request-ID": unfit}).headers["X-Request-ID"]
        assert given not in ("", unfit)


def test_long_answers_are_compressed(stored: TestClient) -> None:
    assert stored.get("/v1/claims").headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in stored.get("/healthz").headers


def test_the_pages_that_explain_the_interface_need_no_network(client: TestClient) -> None:
    for path in ("/docs", "/redoc"):
        page = client.get(path).text
        assert "https://cdn" not in page
        assert "/static-offline-docs/" in page
    assert client.get("/static-offline-docs/swagger-ui-bundle.js").status_code == 200


@on_both_databases
def test_a_database_that_is_gone_is_503(client: TestClient, queue: GoldQueue) -> None:
    with transaction(queue.engine) as session:
        session.execute(text("ALTER TABLE articles RENAME TO lost"))
    for response in (client.get("/v1/articles"), client.get("/readyz"), client.get("/v1/claims/clm_0")):
        assert (response.status_code, response.json()["type"]) == (503, "/problems/storage")
        assert response.headers["Retry-After"] == "5"
        # Neither tables nor hosts are anybody's business.
        assert "articles" not in response.json()["detail"]
    assert client.post("/v1/articles", json={"text": "Ja, sade Bo."}).status_code == 503
    assert client.get("/healthz").status_code == 200


def test_a_schema_that_is_not_current_is_not_ready(client: TestClient, queue: GoldQueue) -> None:
    with transaction(queue.engine) as session:
        session.execute(text("DELETE FROM alembic_version"))
    response = client.get("/readyz")
    assert (response.status_code, response.json()["type"]) == (503, "/problems/storage")


def test_the_unforeseen_shows_no_traceback(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("app.api.claims.get_claim", fail)
    response = client.get("/v1/claims/clm_0", headers={"X-Request-ID": "r1"})
    assert (response.status_code, response.headers["X-Request-ID"]) == (500, "r1")
    assert response.headers["Content-Type"] == "application/problem+json"
    assert (response.json()["type"], response.json()["request_id"]) == ("/problems/internal", "r1")
    assert "secret" not in response.text
    assert "Traceback" not in response.text


@pytest.mark.parametrize("place", ["nowhere/sagesman.db", "."])
def test_an_unusable_database_path_stops_the_start(tmp_path: Path, place: str) -> None:
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / place}"))
    with pytest.raises(StorageError, match=str(tmp_path)), TestClient(app):
        pass
