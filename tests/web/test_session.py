"""Signing in on the pages: the form, the cookie, where it leads, who is let in, how to leave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie

import pytest
from fastapi.testclient import TestClient

from app.domain.access import KEY_COOKIE
from app.storage.engine import Engine, transaction
from app.storage.keys import list_keys, revoke_key
from tests.api.keyed import make_key, served
from tests.web.reading import read

HTML = {"Accept": "text/html,*/*;q=0.8", "Accept-Language": "sv"}


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    with served(engine) as client:
        client.headers.update(HTML)
        yield client


def sign_in(client: TestClient, key: str, goal: str = "/") -> dict[str, str]:
    """Sign in as a browser does; gives the attributes of the cookie."""
    answer = client.post("/sign-in", data={"key": key, "next": goal})
    assert answer.status_code == 303, answer.text
    cookie = SimpleCookie(answer.headers["Set-Cookie"])[KEY_COOKIE]
    return {"value": cookie.value, "location": answer.headers["Location"]} | {
        name: str(value) for name, value in cookie.items() if value
    }


def test_a_page_leads_to_the_form_and_back(client: TestClient, engine: Engine) -> None:
    refused = client.get("/graph?actor=Norge&hops=2")
    assert refused.status_code == 303
    form = client.get(refused.headers["Location"])
    assert form.status_code == 200
    goal = read(form.text).one("input", name="next").attributes["value"]
    assert goal == "/graph?actor=Norge&hops=2"
    cookie = sign_in(client, f" {make_key(engine, 'read')} ", goal)
    assert cookie["location"] == goal
    assert client.get(goal).status_code == 200


def test_the_cookie_is_for_this_site_alone(client: TestClient, engine: Engine) -> None:
    cookie = sign_in(client, make_key(engine, "read"))
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == ("True", "strict", "/")
    assert "secure" not in cookie
    assert int(cookie["max-age"]) == 30 * 86_400
    client.cookies.clear()
    over_tls = client.post("https://testserver/sign-in", data={"key": make_key(engine, "read"), "next": "/"})
    assert "; Secure" in over_tls.headers["Set-Cookie"]
    client.cookies.clear()
    short = make_key(engine, "read", expires_at=datetime.now(UTC) + timedelta(hours=1))
    assert int(sign_in(client, short)["max-age"]) <= 3600


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_key_that_opens_nothing_is_told_beside_the_field(language: str, client: TestClient, engine: Engine) -> None:
    expired = make_key(engine, "read", expires_at=datetime.now(UTC) - timedelta(hours=1))
    for key in ("", "sgm_nothing", expired):
        answer = client.post(f"/sign-in?lang={language}", data={"key": key, "next": "/claims"})
        root = read(answer.text)
        assert answer.status_code == 422
        assert "Set-Cookie" not in answer.headers
        assert root.one("html").attributes["lang"] == language
        assert root.one("input", id="key").attributes["aria-invalid"] == "true"
        assert root.one("div", role="alert").one("a").attributes["href"] == "#key"
        assert root.one("input", name="next").attributes["value"] == "/claims"
        assert not key or key not in answer.text


@pytest.mark.parametrize(
    "goal",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "claims",
        "",
    ],
)
def test_signing_in_leads_to_no_other_site(goal: str, client: TestClient, engine: Engine) -> None:
    assert sign_in(client, make_key(engine, "read"), goal)["location"] == "/"
    links = [
        link.attributes["href"]
        for link in read(client.get("/sign-in", params={"next": goal}).text).one("main").all("a")
    ]
    assert links == []


def test_the_form_works_for_everybody(client: TestClient) -> None:
    for language in ("sv", "en"):
        root = read(client.get(f"/sign-in?lang={language}").text)
        assert len(root.all("h1")) == 1
        key = root.one("input", id="key").attributes
        assert [label.attributes["for"] for label in root.all("label") if "hidden" not in label.attributes] == ["key"]
        assert root.one("p", id=key["aria-describedby"]).words
        assert key["type"] == "password"
        assert root.one("main").one("form").attributes["method"] == "post"
        assert root.all("script") == []


def test_a_reader_may_read_and_not_add(client: TestClient, engine: Engine) -> None:
    sign_in(client, make_key(engine, "read"))
    page = read(client.get("/").text)
    assert [link for link in page.all("a") if link.attributes["href"] == "/ingest"] == []
    for answer in (client.get("/ingest"), client.post("/ingest", data={"text": "Ja, sade Bo."})):
        assert answer.status_code == 403
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_writer_may_add(client: TestClient, engine: Engine) -> None:
    sign_in(client, make_key(engine, "write"))
    page = read(client.get("/").text)
    assert [link for link in page.all("a") if link.attributes["href"] == "/ingest"]
    answer = client.post("/ingest", files={"text": (None, "Ja, sade Bo.")})
    assert answer.status_code == 303
    assert client.get(answer.headers["Location"]).status_code == 200


def test_no_other_site_adds_signs_in_or_out(client: TestClient, engine: Engine) -> None:
    key = make_key(engine, "write")
    sign_in(client, key)
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    for path, data in (("/ingest", {"text": "Ja."}), ("/sign-in", {"key": key, "next": "/"}), ("/sign-out", {})):
        answer = client.post(path, data=data, headers=foreign)
        assert answer.status_code == 403, path
        assert "Set-Cookie" not in answer.headers


def test_signing_out_forgets_the_key(client: TestClient, engine: Engine) -> None:
    sign_in(client, make_key(engine, "read", "Nattdesken"))
    leave = read(client.get("/").text).one("form", cls="leave")
    assert leave.attributes["method"] == "post"
    assert "Nattdesken" in leave.words
    answer = client.post(leave.attributes["action"])
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    assert client.get("/claims").status_code == 303


def test_a_revoked_key_leads_back_to_the_form(client: TestClient, engine: Engine) -> None:
    sign_in(client, make_key(engine, "read", "Nattdesken"))
    with transaction(engine) as session:
        for key in list_keys(session):
            revoke_key(session, key.id)
    assert client.get("/claims").headers["Location"] == "/sign-in?next=%2Fclaims"
    # What is not asked for as a page is refused as it is.
    assert client.get("/claims", headers={"Accept": "application/json"}).status_code == 401


def test_a_form_that_is_none_of_ours_is_no_sign_in(client: TestClient) -> None:
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    assert client.post("/sign-in", content=b"--y\r\n", headers=broken).status_code == 422
    assert client.post("/sign-in", content=b"key=" + b"a" * 20_000).status_code == 422


def test_an_open_service_asks_nobody_to_sign_in(engine: Engine) -> None:
    with served(engine, require_keys="auto") as client:
        page = client.get("/", headers=HTML)
        assert page.status_code == 200
        assert "sign-" not in page.text
