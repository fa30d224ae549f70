"""What a browser may be made to send, and what scripts of other sites may see."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.api.keyed import bearer, make_key, served

ARTICLE = {"text": "Ja, sade Bo."}
CMS = "https://cms.example.org"


@pytest.mark.parametrize("require_keys", ["auto", "always"])
@pytest.mark.parametrize(
    ("headers", "is_taken"),
    [
        ({}, True),
        ({"Origin": "http://testserver"}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "http://testserver:8080"}, False),
        ({"Origin": "null"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://other.testserver"}, False),
        ({"Origin": CMS, "Sec-Fetch-Site": "cross-site"}, True),
    ],
)
def test_other_sites_change_nothing_with_the_rights_of_a_browser(
    headers: dict[str, str], is_taken: bool, require_keys: str, engine: Engine
) -> None:
    if require_keys == "always":
        headers = headers | {"Cookie": f"sagesman_key={make_key(engine, 'write')}"}
    with served(engine, require_keys=require_keys, cors_origins=CMS) as client:
        answer = client.post("/v1/articles", json=ARTICLE, headers=headers)
        assert answer.status_code == (202 if is_taken else 403)
        assert is_taken or answer.json()["type"] == "/problems/cross-site"
        assert client.get("/v1/articles", headers=headers).json()["items"] != [] or not is_taken


def test_a_key_of_its_own_goes_from_any_site(engine: Engine) -> None:
    headers = bearer(make_key(engine, "write")) | {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    with served(engine) as client:
        assert client.post("/v1/articles", json=ARTICLE, headers=headers).status_code == 202


@pytest.mark.parametrize(
    ("host", "is_answered"),
    [
        ("localhost:8000", True),
        ("127.0.0.1:8000", True),
        ("[::1]:8000", True),
        ("192.0.2.7", True),
        ("news", True),
        ("sagesman.localhost", True),
        ("news.example.org:8000", True),
        ("NEWS.example.org", True),
        ("evil.example", False),
        ("evil.example:8000", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("evil.", False),
        ("news.example.org.evil.example", False),
        ("[evil", False),
    ],
)
def test_an_open_service_answers_for_no_name_that_a_stranger_can_have(
    host: str, is_answered: bool, engine: Engine
) -> None:
    with served(engine, require_keys="never", allowed_hosts="news.example.org, other.example.org") as client:
        for answer in (
            client.get("/v1/articles", headers={"Host": host}),
            client.post("/v1/articles", json=ARTICLE, headers={"Host": host}),
            client.get("/articles", headers={"Host": host, "Accept": "text/html"}),
        ):
            assert (answer.status_code == 421) != is_answered
        if not is_answered:
            assert client.get("/v1/articles").json()["items"] == []


def test_with_keys_any_name_will_do(engine: Engine) -> None:
    with served(engine) as client:
        headers = bearer(make_key(engine, "read")) | {"Host": "news.example.org"}
        assert client.get("/v1/articles", headers=headers).status_code == 200


def test_scripts_of_listed_sites_may_use_the_interface(engine: Engine) -> None:
    with served(engine, cors_origins=f"{CMS}, http://localhost:3000/") as client:
        asked = {
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,idempotency-key",
        }
        before = client.options("/v1/articles", headers={"Origin": CMS} | asked)
        assert before.status_code == 200
        assert before.headers["Access-Control-Allow-Origin"] == CMS
        assert "POST" in before.headers["Access-Control-Allow-Methods"]
        assert "Access-Control-Allow-Credentials" not in before.headers
        assert client.options("/v1/articles", headers={"Origin": "https://evil.example"} | asked).status_code == 400

        headers = bearer(make_key(engine, "read")) | {"Origin": "http://localhost:3000"}
        answer = client.get("/v1/claims", headers=headers)
        assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"
        shown = {name.strip() for name in answer.headers["Access-Control-Expose-Headers"].split(",")}
        assert {"Link", "ETag", "X-Request-ID", "Location", "RateLimit", "RateLimit-Policy", "Retry-After"} <= shown
        # Errors are read by scripts too.
        assert client.get("/v1/claims", headers={"Origin": CMS}).headers["Access-Control-Allow-Origin"] == CMS


def test_no_site_is_listed_unless_somebody_says_so(engine: Engine) -> None:
    with served(engine, require_keys="auto") as client:
        assert "Access-Control-Allow-Origin" not in client.get("/v1/claims", headers={"Origin": CMS}).headers
        assert client.options("/v1/claims", headers={"Origin": CMS}).status_code == 405
