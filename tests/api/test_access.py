"""Keys and scopes on real requests: who gets in where, what the others are told, when keys are asked for."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from app.api.access import admit, keys_required, needs
from app.api.app import create_app
from app.api.caller import CallerOf, Scope
from app.settings import Settings
from app.storage.engine import transaction
from app.storage.keys import list_keys, revoke_key
from tests.api.conftest import on_both_databases
from tests.api.keyed import bearer, make_key, served
from tests.api.test_openapi import operations

ARTICLE = {"text": "Ja, sade Bo."}
PUBLIC = {"GET /healthz", "GET /readyz", "GET /problems", "GET /problems/{slug}"}


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    with served(engine) as client:
        yield client


@on_both_databases
def test_a_key_opens_what_its_scope_reaches(client: TestClient, engine: Engine) -> None:
    for scope, reads, writes in (("read", 200, 403), ("write", 200, 202), ("admin", 200, 200)):
        headers = bearer(make_key(engine, scope))
        assert client.get("/v1/claims", headers=headers).status_code == reads
        assert client.post("/v1/articles", json=ARTICLE, headers=headers).status_code == writes


def test_the_key_may_come_in_a_header_of_its_own(client: TestClient, engine: Engine) -> None:
    key = make_key(engine, "read")
    for headers in ({"X-API-Key": key}, {"Authorization": f"bearer  {key}"}, {"Cookie": f"sagesman_key={key}"}):
        assert client.get("/v1/claims", headers=headers).status_code == 200, headers


def test_without_a_key_the_answer_says_how_to_come_with_one(client: TestClient) -> None:
    answer = client.get("/v1/claims")
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/unauthenticated")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="sagesman"'
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"]


def test_a_key_that_opens_nothing_is_told_from_none(client: TestClient, engine: Engine) -> None:
    key = make_key(engine, "admin")
    expired = make_key(engine, "admin", expires_at=datetime.now(UTC) - timedelta(minutes=1))
    for wrong in (key[:-2], "sgm_nothing", expired):
        answer = client.get("/v1/claims", headers=bearer(wrong))
        assert answer.status_code == 401
        assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
        assert wrong not in answer.text
    assert client.get("/v1/claims", headers={"Authorization": "Basic eDp5"}).status_code == 401


def test_the_missing_scope_is_named(client: TestClient, engine: Engine) -> None:
    answer = client.post("/v1/articles", json=ARTICLE, headers=bearer(make_key(engine, "read")))
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/missing-scope")
    assert "'write'" in answer.json()["detail"]
    assert 'error="insufficient_scope", scope="write"' in answer.headers["WWW-Authenticate"]


def test_a_revoked_key_is_out_at_once(client: TestClient, engine: Engine) -> None:
    headers = bearer(make_key(engine, "read"))
    assert client.get("/v1/claims", headers=headers).status_code == 200
    with transaction(engine) as session:
        revoke_key(session, list_keys(session)[0].id)
    assert client.get("/v1/claims", headers=headers).status_code == 401


def test_no_endpoint_is_open_by_oversight(client: TestClient) -> None:
    for name, _ in operations():
        method, path = name.split()
        answer = client.request(method, path.replace("{slug}", "storage").replace("{", "").replace("}", ""))
        assert (answer.status_code == 401) == (name not in PUBLIC), name
    for path in (
        "/",
        "/articles",
        "/claims",
        "/actors",
        "/graph",
        "/against",
        "/ingest",
        "/oembed?url=x",
        "/embed/claims/c",
    ):
        assert client.get(path).status_code == 401, path
    assert client.post("/ingest").status_code == 401


def test_a_stranger_is_refused_before_the_body_is_looked_at(client: TestClient) -> None:
    answer = client.post("/v1/articles", content=b"{not json", headers={"Content-Type": "application/json"})
    assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/static/pages.css", "/healthz", "/sign-in"])
def test_what_tells_nothing_needs_no_key(path: str, client: TestClient) -> None:
    assert client.get(path).status_code == 200


def test_embeds_are_public_where_the_newsroom_says_so(engine: Engine) -> None:
    with served(engine, public_embeds=True) as client:
        assert client.get("/embed/claims/clm_0").status_code == 404
        assert client.get("/claims/clm_0").status_code == 401


def test_the_log_names_the_key_and_not_the_secret(
    client: TestClient, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    key = make_key(engine, "read")
    with caplog.at_level(logging.INFO, "app.api.access"):
        client.get("/v1/claims", headers=bearer(key))
    (line,) = [record for record in caplog.records if record.name == "app.api.access"]
    assert vars(line)["key"] == key[: len("sgm_000000000000")]
    assert key not in caplog.text


@on_both_databases
def test_the_use_of_a_key_is_noted_sparingly(client: TestClient, engine: Engine) -> None:
    headers = bearer(make_key(engine, "read"))
    noted = []
    for _ in range(2):
        client.get("/v1/claims", headers=headers)
        with transaction(engine) as session:
            noted.append(list_keys(session)[0].last_used_at)
    assert noted[0] is not None
    assert noted[0] == noted[1]


def test_a_database_that_is_gone_is_503_at_the_gate(client: TestClient, engine: Engine) -> None:
    key = make_key(engine, "read")
    with transaction(engine) as session:
        session.execute(text("ALTER TABLE api_keys RENAME TO lost"))
    answer = client.get("/v1/claims", headers=bearer(key))
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/storage")
    assert "api_keys" not in answer.text


def test_an_endpoint_may_ask_for_another_scope(engine: Engine) -> None:
    router = APIRouter(dependencies=[needs(Scope.ADMIN)])

    @router.get("/v1/secret")
    def secret(caller: CallerOf) -> str:
        return caller.name

    @router.post("/v1/search", dependencies=[needs(Scope.READ)])
    def search(caller: CallerOf) -> str:
        return caller.name

    with served(engine) as client:
        app = client.app
        assert isinstance(app, FastAPI)
        app.include_router(router)
        assert client.get("/v1/secret").status_code == 401
        assert client.get("/v1/secret", headers=bearer(make_key(engine, "write"))).status_code == 403
        answer = client.get("/v1/secret", headers=bearer(make_key(engine, "admin", "Chefen")))
        assert (answer.status_code, answer.json()) == (200, "Chefen")
        assert app.openapi()["paths"]["/v1/secret"]["get"]["security"] == [{"bearer": ["admin"]}, {"header": ["admin"]}]


def test_an_open_service_takes_keys_too(engine: Engine) -> None:
    with served(engine, require_keys="auto") as client:
        assert client.post("/v1/articles", json=ARTICLE).status_code == 202
        reader = bearer(make_key(engine, "read"))
        assert client.post("/v1/articles", json=ARTICLE, headers=reader).status_code == 403
        assert client.get("/v1/claims", headers=bearer("sgm_wrong")).status_code == 401
        # A token for whoever stands in front, and a cookie that is too old, are none of our keys.
        assert client.get("/v1/claims", headers=bearer("eyJhbGciOi")).status_code == 200
        assert client.get("/v1/claims", headers={"Cookie": "sagesman_key=sgm_old"}).status_code == 200


@pytest.mark.parametrize(
    ("settings", "server", "required"),
    [
        ({}, "127.0.0.1", False),
        ({}, "::1", False),
        ({}, "/run/sagesman.sock", False),
        ({"host": "localhost"}, "127.0.0.1", False),
        ({"host": "127.0.0.9"}, "127.0.0.9", False),
        ({"host": "::1"}, "::ffff:127.0.0.1", False),
        ({"host": "0.0.0.0"}, "127.0.0.1", True),
        ({"host": "::"}, "::1", True),
        ({"host": "news.example.org"}, "127.0.0.1", True),
        # Another server than ours listens where it was told to.
        ({}, "192.0.2.7", True),
        ({}, "2001:db8::7", True),
        ({"require_keys": "never", "host": "0.0.0.0"}, "192.0.2.7", False),
        ({"require_keys": "always"}, "127.0.0.1", True),
    ],
)
def test_when_keys_are_required(settings: dict[str, str], server: str, required: bool) -> None:
    known = Settings.model_validate(settings)
    assert keys_required(known, {"type": "http", "server": (server, 8000)}) is required


def test_what_a_proxy_passes_on_comes_from_the_network(engine: Engine) -> None:
    with served(engine, require_keys="auto") as client:
        for address, status in (("192.0.2.7", 401), ("127.0.0.1", 200), ("::1", 200)):
            passed_on = TestClient(client.app, base_url="http://127.0.0.1:8000", client=(address, 5000))
            assert passed_on.get("/v1/claims").status_code == status


def test_a_request_from_the_network_needs_a_key_whatever_server_it_came_through(engine: Engine) -> None:
    with served(engine, require_keys="auto") as client:
        assert client.get("http://192.0.2.7/v1/claims").status_code == 401
        assert client.get("http://127.0.0.1/v1/claims").status_code == 200


def test_the_document_says_which_keys_are_needed() -> None:
    for settings, is_open in ((Settings(), True), (Settings(require_keys="always"), False)):
        made = create_app(settings).openapi()
        assert set(made["components"]["securitySchemes"]) == {"bearer", "header"}
        for path, methods in made["paths"].items():
            for method, operation in methods.items():
                if f"{method.upper()} {path}" in PUBLIC:
                    assert "security" not in operation
                    continue
                scope = "read" if method == "get" or (method, path) == ("post", "/v1/reconcile") else "write"
                scope = "admin" if path.startswith("/v1/rereadings") else scope
                keyed = [{"bearer": [scope]}, {"header": [scope]}]
                assert operation["security"] == ([{}, *keyed] if is_open else keyed)
                assert {"401", "403", "429"} <= set(operation["responses"])


def test_every_endpoint_passes_the_gate() -> None:
    assert admit in [depends.dependency for depends in create_app(Settings()).router.dependencies]
