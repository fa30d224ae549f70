from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import SEED, on_both_databases
from tests.gold_extraction import gold_article, gold_claim_ids, gold_documents, gold_extraction

KNOWN = gold_claim_ids(SEED)
IDS = {ref: claim_id for claim_id, ref in KNOWN.items()}
ARTICLE = gold_article(SEED).id
# What reasonable annotators differ on; Azerbajdzjan's own name for a town (c5b) is among it.
OPTIONAL = set(KNOWN.values()) - set(gold_claim_ids(SEED, optional=False).values())


def refs(items: list[dict[str, Any]]) -> list[str]:
    return [ref for item in items if (ref := KNOWN.get(item["id"], item["id"])) not in OPTIONAL]


def listed(client: TestClient, **filters: object) -> list[str]:
    response = client.get("/v1/claims", params={"limit": 200, "article": ARTICLE, **filters})
    assert response.status_code == 200, response.text
    return refs(response.json()["items"])


@on_both_databases
def test_a_party_is_answered_for_with_those_who_speak_for_it(stored: TestClient) -> None:
    claims = stored.get("/v1/claims", params={"speaker": "Baku", "limit": 200}).json()["items"]
    claims = [claim for claim in claims if KNOWN.get(claim["id"]) not in OPTIONAL]
    assert refs(claims) == ["c6", "c7", "c9", "c15", "c16", "c17", "c18", "c19", "c21"]
    via = {KNOWN[claim["id"]]: claim["via"]["name"] for claim in claims}
    assert (via["c9"], via["c19"]) == ("Azerbajdzjans försvarsministerium", "Azerbajdzjans försvarsministerium")
    assert via["c21"] == "Azerbajdzjans regering"
    assert {via[ref] for ref in ("c6", "c7", "c15", "c16", "c17")} == {"Hikmet Hajiyev"}
    # The quotation that runs on has neither a speaker nor a cue in the text.
    runs_on = next(claim for claim in claims if KNOWN[claim["id"]] == "c17")
    assert (runs_on["speaker"], runs_on["cue"]) == (None, None)
    assert [ref["name"] for ref in runs_on["speakers"]] == ["Hikmet Hajiyev"]


def test_own_scope_is_the_actor_alone(stored: TestClient) -> None:
    assert listed(stored, speaker="Baku", scope="own") == []
    assert listed(stored, speaker="Moskva", scope="own") == ["c27", "c29", "c31"]
    assert listed(stored, speaker="Moskva") == ["c27", "c28", "c29", "c30", "c31"]


@on_both_databases
def test_filters_narrow_together(stored: TestClient) -> None:
    assert listed(stored, target="Ryssland", act="accusation") == ["c32"]
    assert listed(stored, speaker="Armenien", act="demand", target="FN:s säkerhetsråd") == ["c25"]
    assert listed(stored, speaker="Hajiyev", mode="direct") == ["c16", "c17"]
    assert listed(stored, q="marktrupper") == ["c6"]
    assert listed(stored, q='"120 000 civila"') == ["c42"]
    assert listed(stored, speaker="Tyskland", until="2000-01-01") == []
    assert listed(stored, speaker="Hajiyev", since="2000-01-01T00:00:00Z", q="kapitel") == ["c16"]
    # No gold claim carries a probability, and one that is not known is not high enough.
    assert listed(stored, min_confidence=0.1) == []
    assert listed(stored, min_confidence="auto") == []


@on_both_databases
def test_an_unknown_name_gives_suggestions(stored: TestClient) -> None:
    for filters in ({"speaker": "Hajijev"}, {"target": "Azerbadjan"}):
        page = stored.get("/v1/claims", params=filters).json()
        assert page["items"] == []
        assert page["next"] is None
        assert {ref["name"] for ref in page["suggestions"]} & {"Hikmet Hajiyev", "Azerbajdzjan"}
    assert stored.get("/v1/claims", params={"speaker": "Xqzwv"}).json()["suggestions"] == []


@on_both_databases
def test_pages_follow_one_another_through_next_and_link(stored: TestClient) -> None:
    seen: list[str] = []
    address: str | None = "/v1/claims?limit=7"
    while address:
        response = stored.get(address)
        seen += [claim["id"] for claim in response.json()["items"]]
        address = response.links.get("next", {}).get("url")
        assert (address is None) == (response.json()["next"] is None)
    everything = sum(len(gold_extraction(doc_id).claims) for doc_id in gold_documents())
    assert len(seen) == len(set(seen)) == everything


def test_an_accusation_shows_who_denies_it(stored: TestClient) -> None:
    claim = stored.get(f"/v1/claims/{IDS['c20']}").json()
    assert [(each["kind"], each["claim"]) for each in claim["responses"]] == [("denies", IDS["c21"])]
    assert [ref["name"] for ref in claim["responses"][0]["speakers"]] == ["Azerbajdzjans regering"]
    denial = stored.get(f"/v1/claims/{IDS['c21']}").json()
    assert [(each["kind"], each["claim"]) for each in denial["relations"]] == [("denies", IDS["c20"])]
    assert denial["relations"][0]["mention"]["text"] == "denna anklagelse"


def test_a_claim_shows_who_could_not_verify_it(stored: TestClient) -> None:
    claim = stored.get(f"/v1/claims/{IDS['c9']}").json()
    assert [(each["kind"], each["speakers"][0]["name"]) for each in claim["responses"]] == [("unverified", "Reuters")]


def test_a_claim_comes_with_its_sentence_and_rules(stored: TestClient) -> None:
    claim = stored.get(f"/v1/claims/{IDS['c23']}").json()
    text = gold_documents()[SEED]["text"]
    context = claim["context"]
    assert text[context["start"] : context["end"]] == context["text"]
    assert context["text"].startswith("Armenien, som har fört fredssamtal")
    assert context["text"].endswith("flera städer och byar.")
    assert claim["evidence"] == [{"step": "claim", "rule": "gold"}]
    assert [(target["role"], target["actor"]["name"]) for target in claim["targets"]] == [("accused", "Azerbajdzjan")]
    assert stored.get(f"/v1/claims/{IDS['c29']}").json()["parent"] == IDS["c28"]


REFUSED = {
    "misspelt filter": ("spekaer=Baku", "query.spekaer"),
    "filter in capitals": ("Speaker=Baku", "query.Speaker"),
    "filter given twice": ("speaker=Baku&speaker=Kreml", "query.speaker"),
    "unknown act": ("act=lie", "query.act"),
    "unknown mode": ("mode=loud", "query.mode"),
    "unknown scope": ("scope=all", "query.scope"),
    "no speaker": ("speaker=", "query.speaker"),
    "year for a time": ("since=2020", "query.since"),
    "no such day": ("until=2023-02-30", "query.until"),
    "limit too high": ("limit=201", "query.limit"),
    "limit zero": ("limit=0", "query.limit"),
    "limit in words": ("limit=alla", "query.limit"),
    "probability over one": ("min_confidence=1.1", "query.min_confidence"),
    "no probability": ("min_confidence=nan", "query.min_confidence"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_filter_that_cannot_be_taken_is_named(case: str, client: TestClient) -> None:
    query, name = REFUSED[case]
    response = client.get(f"/v1/claims?{query}")
    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [name]
    assert name in response.json()["detail"]


def test_a_cursor_of_another_listing_is_refused(stored: TestClient) -> None:
    cursor = stored.get("/v1/claims?limit=2").json()["next"]
    assert stored.get("/v1/claims", params={"limit": 2, "cursor": cursor}).status_code == 200
    others = [
        stored.get("/v1/claims", params={"cursor": cursor, "act": "denial"}),
        stored.get("/v1/claims", params={"cursor": cursor[:-1]}),
        stored.get("/v1/claims", params={"cursor": "å"}),
        stored.get("/v1/actors", params={"cursor": cursor}),
        stored.get("/v1/articles", params={"cursor": cursor}),
    ]
    assert {(other.status_code, other.json()["type"]) for other in others} == {(400, "/problems/bad-cursor")}


@on_both_databases
def test_search_without_words_is_refused(client: TestClient) -> None:
    refused = client.get("/v1/claims", params={"q": "–!"})
    assert (refused.status_code, refused.headers["Content-Type"]) == (422, "application/problem+json")


@on_both_databases
def test_an_unknown_claim_is_not_found(client: TestClient) -> None:
    for claim_id in ("clm_0", "x" * 3000, "å", "'; drop table claims; --"):
        missing = client.get(f"/v1/claims/{claim_id}")
        assert (missing.status_code, missing.json()["type"]) == (404, "/problems/not-found")
    # SQLite knows no claim of that id, PostgreSQL no text with that character.
    assert client.get("/v1/claims/%00").status_code in (404, 422)
