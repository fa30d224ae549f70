"""Every page: its status, its weight, its security headers, its landmarks; in both languages, on every path."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from fastapi.testclient import TestClient

from app.asgi import assemble
from app.graph.style import STROKES
from app.settings import Settings
from app.storage.engine import Engine
from app.web.rendering import STATIC
from tests.gold_extraction import gold_article
from tests.web.conftest import Get
from tests.web.reading import read
from tests.web.site import SEED, claim_id, tricky_article

SEED_ARTICLE = f"/articles/{gold_article(SEED).id}"
PAGES = {
    "front": "/",
    "answer": "/?q=Vad+s%C3%A4ger+Norge%3F",
    "long answer": "/?q=Vad+h%C3%A4vdade+Armenien%3F",
    "no question": "/?q=hej",
    "unknown name": "/?q=Vad+s%C3%A4ger+Armenein%3F",
    "articles": "/articles",
    "article": f"/articles/{tricky_article().id}",
    "seed": SEED_ARTICLE,
    "writing a claim": f"{SEED_ARTICLE}?edit=new",
    "putting a claim right": f"/articles/{tricky_article().id}?edit={claim_id('c1')}",
    "claims": "/claims",
    "claim": f"/claims/{claim_id('c2')}",
    "actors": "/actors",
    "actor": "/actors/act_anna_berg",
    "review": "/actors/review",
    "graph": "/graph",
    "graph of claims": "/graph?view=claims&actor=Norge",
    "against": "/against",
    "pair": "/against/act_bo_ek/act_norge",
    "graph of denials": "/graph?relation=denies&since=2023-01-01&until=2030-12-31",
    "form": "/ingest",
    "progress": f"/ingest/progress?articles={tricky_article().id},{gold_article(SEED).id}",
    "sign in": "/sign-in?next=%2Fclaims",
    "embed": f"/embed/claims/{claim_id('c1')}",
}
BUDGET = 100_000
PICTURE = re.compile(r"<svg.*?</svg>", re.DOTALL)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_its_language_and_has_one_heading_and_its_landmarks(page: str, language: str, get: Get) -> None:
    root = get(PAGES[page], **{"accept-language": language})
    assert root.one("html").attributes["lang"] == language
    assert len(root.all("h1")) == 1
    assert root.one("head").one("title").words
    main = root.one("main")
    if page != "embed":
        assert main.attributes["id"] == "content"
        assert root.one("a", cls="skip").attributes["href"] == "#content"
        assert len(root.all("header", cls="masthead")) == len(root.all("footer")) == 1
    labels = {label.attributes["for"] for label in root.all("label")}
    fields = [each for tag in ("input", "select", "textarea") for each in root.all(tag)]
    assert {each.attributes["id"] for each in fields if each.attributes.get("type") != "hidden"} == labels


@pytest.mark.parametrize("page", PAGES)
def test_every_id_is_there_once_and_every_reference_leads_to_one(page: str, get: Get) -> None:
    root = get(PAGES[page])
    ids = [each.attributes["id"] for each in root.all() if "id" in each.attributes]
    assert sorted(ids) == sorted(set(ids))
    for name in ("aria-labelledby", "aria-describedby", "for"):
        referred = [ref for each in root.all() for ref in each.attributes.get(name, "").split()]
        assert set(referred) - set(ids) == set()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_light_without_its_picture(page: str, client: TestClient) -> None:
    html = client.get(PAGES[page]).text
    styles = (STATIC / "pages.css").stat().st_size
    scripts = sum((STATIC / name).stat().st_size for name in set(re.findall(r"/static/([a-z]+\.js)", html)))
    assert len(PICTURE.sub("", html).encode()) + styles + scripts < BUDGET


@pytest.mark.parametrize("page", PAGES)
def test_nothing_comes_from_elsewhere_and_nothing_runs_inline(page: str, client: TestClient) -> None:
    answer = client.get(PAGES[page])
    root = read(answer.text)
    addresses = [each.attributes.get("src", "") for each in root.all()]
    addresses += [each.attributes["href"] for each in root.all("link")]
    for address in filter(None, addresses):
        assert address.startswith(("/", "http://testserver/")), address
    assert [each.tag for each in root.all() if any(name.startswith("on") for name in each.attributes)] == []
    assert [each.tag for each in root.all() if "style" in each.attributes] == []
    assert all("src" in script.attributes for script in root.all("script"))

    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    digests = [
        base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode("ascii") for style in root.all("style")
    ]
    styles = policy.partition("style-src ")[2].split()
    assert styles == ["'self'", *(f"'sha256-{digest}'" for digest in digests)]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"


def test_only_embeds_may_be_framed(client: TestClient) -> None:
    page = client.get("/")
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert page.headers["x-frame-options"] == "DENY"
    embed = client.get(PAGES["embed"])
    assert "frame-ancestors *" in embed.headers["content-security-policy"]
    assert "x-frame-options" not in embed.headers


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_chosen_language_goes_along_on_every_link(language: str, get: Get) -> None:
    root = get(f"/?lang={language}", **{"accept-language": "sv"})
    own = [link.attributes["href"] for link in root.all("a") if link.attributes["href"].startswith("/")]
    pages = [href for href in own if not href.startswith(("/v1", "/docs"))]
    assert len(pages) > 20
    assert [href for href in pages if f"lang={language}" not in href] == []
    assert root.one("form").one("input", name="lang").attributes["value"] == language


def test_the_other_language_is_one_link_away_with_all_filters_kept(get: Get) -> None:
    root = get("/graph?view=claims&actor=Norge&lang=sv")
    other = root.one("a", hreflang="en").attributes
    assert other["href"] == "?view=claims&actor=Norge&lang=en"
    assert other["lang"] == "en"
    assert get(f"/graph{other['href']}").one("html").attributes["lang"] == "en"


def test_links_stand_below_the_path_that_the_service_is_mounted_on(url: str, engine: Engine) -> None:
    app = assemble(Settings(database_url=url))
    with TestClient(app, root_path="/news", follow_redirects=False) as client:
        root = read(client.get(f"/claims/{claim_id('c2')}", headers={"accept": "text/html"}).text)
    own = [each.attributes.get("href", "") for each in (*root.all("a"), *root.all("link"))]
    assert [href for href in own if href.startswith("/") and not href.startswith("/news/")] == []
    assert [form for form in root.all("form") if not form.attributes["action"].startswith("/news/")] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/articles/art_0", 404),
        ("/articles/art_0/status", 404),
        ("/claims/clm_0", 404),
        ("/actors/act_0", 404),
        ("/against/act_0/act_norge", 404),
        ("/embed/claims/clm_0", 404),
        ("/graph?article=art_0", 404),
        ("/nowhere", 404),
        ("/articles?cursor=x", 400),
        ("/claims?cursor=x", 400),
        ("/actors?cursor=x", 400),
        ("/graph?hops=0", 422),
        ("/graph?relation=hates", 422),
        ("/graph?since=yesterday", 422),
        ("/graph?until=9999-12-31", 422),
        (f"/articles/{tricky_article().id}?part=2", 404),
        (f"/articles/{tricky_article().id}?part=0", 422),
        ("/ingest/progress", 422),
        ("/ingest/progress?articles=art_0", 404),
        ("/actors/act_norge?when=soon", 422),
        ("/graph?hops=many", 422),
        ("/graph?act=shouting", 422),
        ("/graph?view=upside-down", 422),
        ("/?q=Vad+sade+Norge&scope=wide", 422),
        ("/actors/act_norge?scope=wide", 422),
        ("/articles?cursor=a&cursor=b", 422),
        ("/claims/%00", 404),
        ("/actors/%ED%A0%80", 404),
    ],
)
def test_what_is_not_there_is_answered_with_a_page(path: str, status: int, get: Get) -> None:
    root = get(path, status=status, **{"accept-language": "sv"})
    assert str(status) in root.one("main").words
    assert root.one("main").one("a").attributes["href"] == "/"


def test_machines_get_problems_as_before(client: TestClient) -> None:
    for path, accept in (("/nowhere", "application/json"), ("/v1/nowhere", "text/html"), ("/v1/claims/x", "text/html")):
        answer = client.get(path, headers={"accept": accept})
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


def test_pages_are_no_part_of_the_interface_description(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert [path for path in paths if not path.startswith(("/v1/", "/problems", "/healthz", "/readyz"))] == []


def test_static_files_may_be_kept_when_asked_for_by_version(client: TestClient, get: Get) -> None:
    sheet = get("/").one("link", rel="stylesheet").attributes["href"]
    answer = client.get(sheet)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "immutable" not in client.get("/static/pages.css").headers.get("cache-control", "")
    assert client.get("/static/missing.js").status_code == 404
    assert client.get("/static/../pages.py").status_code == 404


def test_the_style_sheet_has_the_colours_of_the_pictures() -> None:
    sheet = (STATIC / "pages.css").read_text("utf-8")
    for style in ("accusation", "denial", "criticism", "demand", "support", "statement", "question"):
        assert f"--{style}: {STROKES[style].light};" in sheet
        assert f"--{style}: {STROKES[style].dark};" in sheet
