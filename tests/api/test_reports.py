"""A claim that several papers print, over the interface: once, with its reports and sources."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from app.domain.article import Article
from app.storage.articles import Status, save_article, set_status
from app.storage.claims import save_extraction
from app.storage.engine import transaction
from tests.api.conftest import GoldQueue, on_both_databases
from tests.ingest.fake import FakeExtractor, actor_ids

WIRE = """Regeringen lade på torsdagen fram sin plan för järnvägen norr om Dalälven och möttes av skarp kritik.
Det här räcker inte på långa vägar för norra Sverige, sade Anna Berg.
Trafikverket räknar med att de första spåren kan läggas om fyra år, men pengarna räcker bara till hälften.
Planen är den största satsningen på tretton år, sade Bo Al."""
OWN = """Anna Berg är besviken när vi når henne på tåget hem från Stockholm sent på kvällen.
Det här räcker inte på långa vägar för norra Sverige, sade Anna Berg.
I morgon möter hon väljare i Sundsvall, där frågan har delat lokalavdelningen i två läger hela hösten."""
PAPERS = [
    Article(
        text,
        title=f"Tåg {number}",
        uri=f"https://paper{number}.example/",
        agency=agency,
        published_at=datetime(2024, 5, 2, tzinfo=UTC) + timedelta(hours=number),
    )
    for number, (text, agency) in enumerate([(WIRE, "TT"), (f"{WIRE}\nTT", "Posten"), (OWN, "Dagbladet")])
]


@pytest.fixture
def printed(client: TestClient, queue: GoldQueue) -> TestClient:
    """A client of an application that holds a wire text, a paper's copy and another paper's own article."""
    for article in PAPERS:
        extraction = FakeExtractor().extract_many([article])[0]
        with transaction(queue.engine) as session:
            save_article(session, article)
            save_extraction(session, extraction, actor_ids(extraction, article))
            set_status(session, [article.id], Status.DONE)
    return client


@on_both_databases
def test_listings_hold_a_claim_once(printed: TestClient) -> None:
    items = printed.get("/v1/claims").json()["items"]
    assert [(item["reports"], item["sources"], item["leading"]) for item in items] == [
        (2, 2, None),
        (2, 1, None),
        (1, 2, None),
    ]
    every = printed.get("/v1/claims", params={"fold": "false"}).json()["items"]
    assert [item["leading"] for item in every] == [None, None, items[0]["id"], items[1]["id"], None]
    of_copy = printed.get("/v1/claims", params={"article": PAPERS[1].id}).json()["items"]
    assert [item["leading"] for item in of_copy] == [items[0]["id"], items[1]["id"]]
    assert of_copy == printed.get(f"/v1/articles/{PAPERS[1].id}/claims").json()["items"]
    [anna] = printed.get("/v1/actors", params={"q": "Anna"}).json()["items"]
    assert anna["claim_count"] == 2
    assert len(printed.get(f"/v1/actors/{anna['id']}/claims").json()["items"]) == 2
    assert len(printed.get(f"/v1/actors/{anna['id']}/claims", params={"fold": "false"}).json()["items"]) == 3
    answer = printed.get("/v1/ask", params={"q": "Vad har Bo Al sagt?"}).json()
    assert [item["reports"] for item in answer["items"]] == [2]
    [standing] = [
        each for each in printed.get("/v1/graph/centrality").json()["items"] if each["actor"]["name"] == "Anna Berg"
    ]
    assert standing["claims"] == 2


def test_a_claim_tells_who_printed_it_and_who_reports_it_independently(printed: TestClient) -> None:
    first, *_, own = printed.get("/v1/claims").json()["items"]
    detail = printed.get(f"/v1/claims/{first['id']}").json()
    assert [(each["agency"], each["uri"], each["article"]["published_at"][:13]) for each in detail["printed"]] == [
        ("TT", "https://paper0.example/", "2024-05-02T00"),
        ("Posten", "https://paper1.example/", "2024-05-02T01"),
    ]
    assert [each["agency"] for each in detail["independent"]] == ["TT", "Dagbladet"]
    copy = printed.get(f"/v1/claims/{detail['printed'][1]['claim']}").json()
    assert (copy["leading"], copy["printed"], copy["independent"]) == (
        first["id"],
        detail["printed"],
        detail["independent"],
    )
    alone = printed.get(f"/v1/claims/{own['id']}").json()
    assert [each["claim"] for each in alone["printed"]] == [own["id"]]
    assert [each["agency"] for each in alone["independent"]] == ["TT", "Dagbladet"]
