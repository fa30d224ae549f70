"""Who printed a claim and who reports it independently, on its page and in lists; the small page about an actor."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.asgi import assemble
from app.settings import Settings
from app.storage.articles import Status, save_article, set_status
from app.storage.claims import list_claims, save_extraction
from app.storage.engine import migrate, open_engine, reading, transaction
from tests.api.test_reports import PAPERS
from tests.ingest.fake import FakeExtractor, actor_ids
from tests.web.reading import read


@pytest.fixture
def site(sqlite_url: str) -> Iterator[tuple[TestClient, list[str]]]:
    """A client of the pages over two copies of a text and another paper's own, and the ids of all claims."""
    engine = open_engine(sqlite_url)
    migrate(engine)
    for article in PAPERS:
        extraction = FakeExtractor().extract_many([article])[0]
        with transaction(engine) as session:
            save_article(session, article)
            save_extraction(session, extraction, actor_ids(extraction, article))
            set_status(session, [article.id], Status.DONE)
    with reading(engine) as session:
        leading = [claim.id for claim in list_claims(session).items]
    engine.dispose()
    with TestClient(assemble(Settings(database_url=sqlite_url)), raise_server_exceptions=False) as client:
        client.headers["accept"] = "text/html"
        yield client, leading


def test_the_page_of_a_claim_names_papers_and_sources(site: tuple[TestClient, list[str]]) -> None:
    client, [first, second, own] = site
    page = read(client.get(f"/claims/{first}?lang=en").text).text
    assert "in 2 articles" in page
    assert "2 independent sources" in page
    for name in ("TT", "Posten", "Dagbladet"):
        assert name in page
    assert "i 2 artiklar" in read(client.get(f"/claims/{second}?lang=sv").text).text
    assert "1 oberoende källa" in read(client.get(f"/claims/{second}?lang=sv").text).text
    alone = read(client.get(f"/claims/{own}?lang=en").text).text
    assert "in 1 article" not in alone
    assert "2 independent sources" in alone


def test_lists_show_a_claim_once(site: tuple[TestClient, list[str]]) -> None:
    client, _ = site
    page = read(client.get("/claims?lang=en").text).text
    assert page.count("in 2 articles") == 2
    assert page.count("satsningen på tretton år") == 1


def test_an_actor_fits_into_a_frame_of_openrefine(site: tuple[TestClient, list[str]]) -> None:
    client, _ = site
    preview = client.get("/v1/reconcile").json()["preview"]
    [anna] = client.get("/v1/actors?q=Anna").json()["items"]
    answer = client.get(preview["url"].replace("{{id}}", anna["id"]), headers={"Origin": "http://127.0.0.1:3333"})
    assert answer.status_code == 200
    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    assert "x-frame-options" not in answer.headers
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Anna Berg" in read(answer.text).text
    assert client.get("/embed/actors/act_none").status_code == 404
