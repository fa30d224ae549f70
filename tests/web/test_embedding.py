"""Claims on other sites: the framed page, and oEmbed as its specification says."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import Get
from tests.web.reading import read
from tests.web.site import TITLE, claim_id

CLAIM = f"http://testserver/claims/{claim_id('c2')}"


def test_the_framed_page_is_the_claim_alone(get: Get) -> None:
    root = get(f"/embed/claims/{claim_id('c2')}")
    assert root.all("nav") == root.all("script") == []
    assert root.one("base").attributes["target"] == "_top"
    assert root.one("h1").words == "Anna Berg påstående"
    assert root.one("mark").text == "att Bo Ek hävdar att Norge ljuger om freden"
    assert "Förnekas av Bo Ek" in root.one("main").words
    assert TITLE in root.one("p", cls="source").words


def test_the_claim_page_tells_where_its_oembed_is(client: TestClient, get: Get) -> None:
    root = get(f"/claims/{claim_id('c2')}")
    link = root.one("link", type="application/json+oembed").attributes["href"]
    answer = client.get(link)
    assert answer.status_code == 200
    assert answer.json()["title"] == "Anna Berg: att Bo Ek hävdar att Norge ljuger om freden"
    code = read(root.one("textarea", id="embed-code").text).one("iframe").attributes
    assert code["src"] == read(answer.json()["html"]).one("iframe").attributes["src"]


def test_what_oembed_answers(client: TestClient) -> None:
    answer = client.get("/oembed", params={"url": CLAIM, "maxwidth": 400, "maxheight": 5000, "format": "json"})
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["access-control-allow-origin"] == "*"
    found = answer.json()
    assert (found["version"], found["type"], found["provider_name"]) == ("1.0", "rich", "Sagesman")
    assert (found["width"], found["height"]) == (400, 340)
    frame = read(found["html"]).one("iframe").attributes
    assert frame["src"] == f"http://testserver/embed/claims/{claim_id('c2')}"
    assert (frame["width"], frame["height"]) == ("400", "340")
    assert frame["title"] == found["title"]
    assert client.get(frame["src"]).status_code == 200


def test_the_language_goes_along(client: TestClient) -> None:
    answer = client.get("/oembed", params={"url": CLAIM, "lang": "en"})
    assert "lang=en" in read(answer.json()["html"]).one("iframe").attributes["src"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("http://testserver/claims/clm_0", 404),
        ("http://testserver/articles/art_0", 404),
        ("https://elsewhere.example/claims/clm_0", 404),
        (CLAIM.replace("http:", "ftp:"), 404),
        ("javascript:alert(1)", 404),
        ("http://[", 404),
        ("", 404),
    ],
)
def test_what_it_does_not_embed(address: str, status: int, client: TestClient) -> None:
    assert client.get("/oembed", params={"url": address}).status_code == status


def test_no_other_format(client: TestClient) -> None:
    assert client.get("/oembed", params={"url": CLAIM, "format": "xml"}).status_code == 501
    assert client.get("/oembed").status_code == 422
    assert client.get("/oembed", params={"url": CLAIM, "maxwidth": 0}).status_code == 422
