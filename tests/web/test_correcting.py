"""Claims put right and actors joined on pages: what forms take, what they refuse, and where they say so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.api.caller import Scope
from app.asgi import assemble
from app.domain.claim import Act
from app.settings import Settings
from app.storage.claims import get_claim, save_extraction
from app.storage.engine import Engine, open_engine, reading, transaction
from app.storage.history import history
from app.storage.judgements import RESOLVER, Judgement, judge, judgements
from app.storage.keys import create_key
from tests.web.reading import Element, read
from tests.web.site import claim_id, store, tricky_extraction, tricky_ids

HTML = {"accept": "text/html", "accept-language": "sv"}
C2 = claim_id("c2")


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    engine = open_engine(sqlite_url)
    store(engine, [])
    yield engine
    engine.dispose()


@pytest.fixture
def site(sqlite_url: str, engine: Engine) -> Iterator[TestClient]:
    with TestClient(assemble(Settings(database_url=sqlite_url)), follow_redirects=False, headers=HTML) as client:
        yield client


def fields(root: Element) -> dict[str, str]:
    """What a browser would send of the form as it stands."""
    (form,) = [form for form in root.all("form") if form.attributes["action"].endswith(f"{C2}/corrections")]
    found = {each.attributes["name"]: each.attributes.get("value", "") for each in form.all("input")}
    # A browser drops the line break after the tag, and sends others as CR LF.
    found |= {each.attributes["name"]: each.text[1:].replace("\n", "\r\n") for each in form.all("textarea")}
    for choice in form.all("select"):
        (selected,) = [option for option in choice.all("option") if "selected" in option.attributes]
        found[choice.attributes["name"]] = selected.attributes["value"]
    return found


def faults(root: Element) -> dict[str, str]:
    """What is said beside each field, where the field points to it."""
    found = {}
    for each in root.one("main").all("input", aria_invalid="true"):
        name = each.attributes["id"]
        assert f"{name}-fault" in each.attributes["aria-describedby"].split()
        found[name] = root.one("p", id=f"{name}-fault").words
    return found


def test_a_claim_is_put_right_and_back(site: TestClient, engine: Engine) -> None:
    page = read(site.get(f"/claims/{C2}").text)
    sent = fields(page)
    assert sent["speaker"] == "Anna Berg"
    assert "Bo Ek" in {each.attributes["value"] for each in page.one("datalist", id="named-here").all("option")}
    sent |= {"speaker": "Bo Ek", "words": "Bo Ek", "act": "denial", "target-0": "Norge", "role-0": "accused"}
    sent |= {"reason": "fel person", "author": "Ada", "do": "edit"}
    answer = site.post(f"/claims/{C2}/corrections", data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/claims/{C2}")
    with reading(engine) as session:
        claim = get_claim(session, C2)
        assert (claim.act, [each.name for each in claim.speakers]) == (Act.DENIAL, ["Bo Ek"])
        assert [(each.role, each.actor.name) for each in claim.targets] == [("accused", "Norge")]
        (made,) = history(session, C2)
        assert (made.author, made.reason) == ("Ada", "fel person")
    page = read(site.get(f"/claims/{C2}").text)
    desk = page.one("section", aria_labelledby="desk").words
    assert "Rättat för hand. Så här hade systemet läst: sagesmanAnna Berg" in desk
    assert "av Ada" in desk
    assert site.post(f"/corrections/{made.id}/undo", data={"author": "Bo"}).status_code == 303
    with reading(engine) as session:
        assert get_claim(session, C2).act is Act.STATEMENT
        assert history(session, C2)[0].undone_by == "Bo"


def test_a_rejected_claim_has_a_page_that_brings_it_back(site: TestClient, engine: Engine) -> None:
    sent = fields(read(site.get(f"/claims/{C2}").text)) | {"author": "Ada", "do": "reject"}
    assert site.post(f"/claims/{C2}/corrections", data=sent).status_code == 303
    with transaction(engine) as session:
        save_extraction(session, tricky_extraction(), tricky_ids(tricky_extraction()))
    page = read(site.get(f"/claims/{C2}").text)
    assert page.one("h1").words == "Inget påstående längre"
    action = page.one("form", cls="undo").attributes["action"]
    unsigned = site.post(action, data={})
    assert unsigned.status_code == 422
    assert "Skriv ditt namn" in unsigned.text
    assert site.post(action, data={"author": "Bo"}).status_code == 303
    assert read(site.get(f"/claims/{C2}").text).one("h1").words != "Inget påstående längre"


def test_a_confirmed_claim_says_who_checked_it(site: TestClient) -> None:
    sent = fields(read(site.get(f"/claims/{C2}").text)) | {"author": "Ada", "do": "confirm"}
    assert site.post(f"/claims/{C2}/corrections", data=sent).status_code == 303
    assert "Kontrollerat av Ada." in site.get(f"/claims/{C2}").text
    assert "Checked by Ada." in site.get(f"/claims/{C2}", headers={"accept-language": "en"}).text


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"speaker": "Bo Ek", "author": " "}, "author", "Skriv ditt namn: varje rättelse har en avsändare."),
        ({"words": "Bertil"}, "words", "”Bertil” står inte i artikeln."),
        ({"speaker": "act_ingen"}, "speaker", "Ingen aktör har id act_ingen."),
        ({"speaker": "–"}, "speaker", "Där står inget namn."),
        ({"target-0": "act_ingen"}, "target-0", "Ingen aktör har id act_ingen."),
        ({"reason": "x" * 2001}, "reason", "Det är för långt."),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    changed: dict[str, str], field: str, told: str, site: TestClient, engine: Engine
) -> None:
    sent = fields(read(site.get(f"/claims/{C2}").text)) | {"author": "Ada", "do": "edit"} | changed
    answer = site.post(f"/claims/{C2}/corrections", data=sent)
    page = read(answer.text)
    assert (answer.status_code, faults(page)) == (422, {field: told})
    assert ["open" in each.attributes for each in page.all("details", cls="desk")] == [True, False]
    assert told in page.one("div", role="alert").words
    assert {name: fields(page)[name] for name in changed} == {name: value.strip() for name, value in changed.items()}
    with reading(engine) as session:
        assert history(session, C2) == ()


def test_nothing_changed_a_change_in_between_and_other_sites(site: TestClient, engine: Engine) -> None:
    sent = fields(read(site.get(f"/claims/{C2}").text)) | {"author": "Ada", "do": "edit"}
    same = site.post(f"/claims/{C2}/corrections", data=sent)
    assert (same.status_code, "Inget är ändrat" in same.text) == (422, True)
    assert site.post(f"/claims/{C2}/corrections", data=sent | {"act": "opinion"}).status_code == 303
    late = site.post(f"/claims/{C2}/corrections", data=sent | {"act": "denial"})
    assert (late.status_code, "Någon annan har ändrat" in late.text) == (422, True)
    assert fields(read(late.text))["act"] == "opinion"
    for path in (f"/claims/{C2}/corrections", "/corrections/1/undo", "/actors/act_bo_ek/judgements"):
        foreign = site.post(path, data=sent, headers={"sec-fetch-site": "cross-site"})
        assert foreign.status_code == 403
    odd = site.post(f"/claims/{C2}/corrections", data=sent | {"act": "shout"})
    assert odd.status_code == 422
    assert site.post(f"/claims/{C2}/corrections", data={"speaker": "x" * 70_000}).status_code == 422
    assert site.post("/claims/clm_0/corrections", data=sent).status_code == 404
    assert site.post("/corrections/99/undo", data={"author": "Ada"}).status_code == 404
    with reading(engine) as session:
        assert [each.author for each in history(session, C2)] == ["Ada"]


def test_whoever_comes_with_a_key_signs_with_its_name(sqlite_url: str, engine: Engine) -> None:
    with transaction(engine) as session:
        _, secret = create_key(session, "desken", Scope.WRITE)
    signed = HTML | {"Authorization": f"Bearer {secret}"}
    with TestClient(assemble(Settings(database_url=sqlite_url)), follow_redirects=False, headers=signed) as site:
        page = read(site.get(f"/claims/{C2}").text)
        sent = fields(page)
        assert "author" not in sent
        assert site.post(f"/claims/{C2}/corrections", data=sent | {"act": "opinion", "do": "edit"}).status_code == 303
    with reading(engine) as session:
        assert [each.author for each in history(session, C2)] == ["desken"]


def test_actors_are_joined_and_taken_apart(site: TestClient, engine: Engine) -> None:
    path = "/actors/act_bo_ek/judgements"
    answer = site.post(path, data={"other": "Anna Berg", "author": "Ada", "reason": "prov", "do": "same"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/actors/act_anna_berg")
    page = read(site.get("/actors/act_anna_berg").text)
    judged = page.one("section", aria_labelledby="judge")
    assert "Anna Berg och Bo Ek är samma av Ada" in judged.words
    assert site.get("/actors/act_bo_ek").headers["location"] == "/actors/act_anna_berg"
    action = judged.one("form", cls="undo").attributes["action"]
    assert site.post(action, data={"author": " ", "actor": "act_bo_ek"}).status_code == 422
    assert site.post(action, data={"author": "Bo", "actor": "act_bo_ek"}).headers["location"] == "/actors/act_bo_ek"
    assert site.get("/actors/act_bo_ek").status_code == 200
    with reading(engine) as session:
        assert [each.undone_by for each in judgements(session, "act_bo_ek")] == ["Bo"]
    for sent, told in (
        ({"other": "Anna Bergh", "author": "Ada"}, "Liknande namn: Anna Berg"),
        ({"other": "Bo Ek", "author": "Ada"}, "Det är samma aktör redan."),
        ({"other": "Anna Berg"}, "Skriv ditt namn"),
    ):
        wrong = site.post(path, data=sent)
        assert (wrong.status_code, told in wrong.text) == (422, True), told
        assert faults(read(wrong.text))


def test_pairs_wait_on_a_page_of_their_own_until_somebody_decides(site: TestClient, engine: Engine) -> None:
    assert "Inget väntar på ett beslut." in site.get("/actors/review").text
    with transaction(engine) as session:
        judge(session, "act_bo_ek", "act_anna_berg", Judgement.UNSURE, author=RESOLVER, reason="name 0.7")
    page = read(site.get("/actors/review").text)
    assert "name 0.7" in page.one("main").words
    (form,) = [form for form in page.all("form") if form.attributes["action"].endswith("/judgements")]
    sent = {each.attributes["name"]: each.attributes.get("value", "") for each in form.all("input")}
    answer = site.post(form.attributes["action"], data=sent | {"author": "Ada", "do": "different"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/actors/review")
    assert "Inget väntar på ett beslut." in site.get("/actors/review").text
    with reading(engine) as session:
        last = judgements(session, "act_bo_ek")[-1]
        assert (last.judgement, last.author) == (Judgement.DIFFERENT, "Ada")
