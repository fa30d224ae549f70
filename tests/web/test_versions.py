"""Pages of corrected and withdrawn articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from app.asgi import assemble
from app.domain.article import Article
from app.domain.record import ClaimFilter
from app.ingest import Ingest
from app.settings import Settings
from app.storage.articles import Status, save_article, set_status
from app.storage.claims import list_claims
from app.storage.corrections import confirm_claim
from app.storage.engine import Engine, open_engine, reading, transaction
from app.storage.withdrawals import kill, undo_withdrawal
from tests.ingest.fake import FakeExtractor, actor_ids
from tests.web.reading import Element, read

URI = "urn:test:strid"
FIRST = Article("Det regnar, sade Ada Ek.\nDet snöar, sade Bo Al.", title="Rubrik ett", uri=URI, version="1")
SECOND = Article("Det regnar, sade Ada Ek.\nDet blåser, sade Cia Lind.", title="Rubrik två", uri=URI, version="2")
THIRD = Article("Det klarnar, sade Ada Ek.", title="Rubrik tre", uri=URI, version="3")


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    engine = open_engine(sqlite_url)
    with transaction(engine) as session:
        ids = [save_article(session, article)[0] for article in (FIRST, SECOND)]
    Ingest(engine, FakeExtractor(), actor_ids).process_articles(ids)
    yield engine
    engine.dispose()


@pytest.fixture
def client(engine: Engine, sqlite_url: str) -> Iterator[TestClient]:
    with TestClient(assemble(Settings(database_url=sqlite_url)), headers={"accept": "text/html"}) as client:
        yield client


def page(client: TestClient, path: str, status: int = 200) -> Element:
    answer = client.get(path, params={"lang": "sv"})
    assert answer.status_code == status, answer.text
    return read(answer.text)


def test_the_page_lists_the_versions_and_what_changed(client: TestClient) -> None:
    shown = page(client, f"/articles/{SECOND.id}")
    listed = shown.one("section", aria_labelledby="versions").text
    for words in ("Version 2", "gäller", "Version 1", "ersatt", "Det blåser", "Det snöar", "Oförändrade påståenden: 1"):
        assert words in listed
    assert not shown.all("p", role="note")
    old = page(client, f"/articles/{FIRST.id}")
    note = old.one("p", role="note")
    assert "en nyare gäller" in note.text
    assert [link.attributes["href"] for link in note.all("a")] == [f"/articles/{SECOND.id}?lang=sv"]
    assert "Det snöar" in old.one("div", cls="prose").text


def test_a_newer_version_that_waits_or_failed_is_told(client: TestClient, engine: Engine) -> None:
    with transaction(engine) as session:
        save_article(session, THIRD)
    assert "tar över när den har lästs" in page(client, f"/articles/{SECOND.id}").one("p", role="note").text
    assert "gäller inte än" in page(client, f"/articles/{THIRD.id}").one("p", role="note").text
    with transaction(engine) as session:
        set_status(session, [THIRD.id], Status.FAILED, "broken")
    assert "kunde inte läsas" in page(client, f"/articles/{SECOND.id}").one("p", role="note").text


def test_an_article_with_one_version_has_no_history(client: TestClient, engine: Engine) -> None:
    alone = Article("Ja, sade Ada Ek.")
    with transaction(engine) as session:
        save_article(session, alone)
    assert not page(client, f"/articles/{alone.id}").all("section", aria_labelledby="versions")


def test_what_is_withdrawn_is_on_no_page(client: TestClient, engine: Engine) -> None:
    with reading(engine) as session:
        claim = list_claims(session).items[1]
        speaker = claim.speakers[0]
    with transaction(engine) as session:
        kill(session, URI, "2", author="wire")
    for path in (f"/articles/{SECOND.id}", f"/claims/{claim.id}", f"/actors/{speaker.id}", f"/embed/claims/{claim.id}"):
        gone = page(client, path, 410)
        assert "tillbakadragen" in gone.text
        assert "Cia Lind" not in gone.text
    for path in ("/", "/articles", "/claims", "/actors", "/graph", "/?q=Vad sade Cia Lind?"):
        shown = page(client, path).text
        assert "Det blåser" not in shown
        assert "Rubrik" not in shown
    with transaction(engine) as session:
        undo_withdrawal(session, FIRST.id, author="desk")
    assert "Rubrik två" in page(client, "/").text


def test_the_page_says_which_corrections_could_not_be_carried_over(client: TestClient, engine: Engine) -> None:
    assert not page(client, f"/articles/{SECOND.id}").all("aside", aria_labelledby="not-carried")
    with transaction(engine) as session:
        rain, wind = list_claims(session, ClaimFilter(article=SECOND.id)).items
        for claim in (rain, wind):
            confirm_claim(session, claim.id, author="Ada Ek")
        third = save_article(session, replace(THIRD, text=f"Inledning.\n{FIRST.text}"))[0]
    Ingest(engine, FakeExtractor(), actor_ids).process_articles([third])
    left = page(client, f"/articles/{third}").one("aside", aria_labelledby="not-carried")
    assert "1 rättelse från en tidigare version kunde inte föras över" in left.text
    assert "Ada Ek" in left.text
    assert [link.attributes["href"] for link in left.all("a")] == [f"/claims/{wind.id}?lang=sv"]
    with reading(engine) as session:
        carried = list_claims(session, ClaimFilter(article=third)).items[0]
    shown = page(client, f"/claims/{carried.id}")
    assert "Överförd från en tidigare version" in shown.text
