"""Claims written and put right beside the text, verdicts given: by words alone, as without scripts."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from app.asgi import assemble
from app.domain.claim import Act
from app.domain.correction import CorrectionKind
from app.settings import Settings
from app.storage.claims import claims_by_ids, get_claim
from app.storage.engine import Engine, reading
from app.storage.history import history, list_corrections
from tests.api.keyed import make_key
from tests.web.reading import Element, read
from tests.web.site import TEXT, claim_id, tricky_article
from tests.web.test_correcting import HTML, engine, faults, site  # noqa: F401

ARTICLE = f"/articles/{tricky_article().id}"
NEW = f"{ARTICLE}/claims"
C1 = claim_id("c1")


def form(root: Element, action: str) -> dict[str, str]:
    """What a browser would send of that form as it stands."""
    (found,) = [each for each in root.all("form") if each.attributes["action"] == action]
    sent = {
        each.attributes["name"]: each.attributes.get("value", "")
        for each in found.all("input")
        if each.attributes.get("type") != "radio"
    }
    sent |= {each.attributes["name"]: each.text[1:].replace("\n", "\r\n") for each in found.all("textarea")}
    for choice in found.all("select"):
        (selected,) = [option for option in choice.all("option") if "selected" in option.attributes]
        sent[choice.attributes["name"]] = selected.attributes["value"]
    return sent


def written(engine: Engine, location: str) -> str:  # noqa: F811
    """The id of the claim that an address in the article leads to."""
    path, _, claim = location.partition("#")
    assert path.partition("?")[0] == ARTICLE
    with reading(engine) as session:
        assert history(session, claim)[-1].kind is CorrectionKind.ADD
    return claim


def test_a_missing_claim_is_written_by_its_words(site: TestClient, engine: Engine) -> None:  # noqa: F811
    page = read(site.get(f"{ARTICLE}?edit=new").text)
    assert f"{ARTICLE}?edit=new#desk" in [
        link.attributes["href"] for link in read(site.get(ARTICLE).text).one("section", cls="margin").all("a")
    ]
    sent = form(page, NEW) | {
        "said": "Två blanksteg sparas",
        "speaker": "Bo Ek",
        "words": "Bo Ek",
        "act": "announcement",
        "target-0": "Norge",
        "role-0": "addressee",
        "author": "Ada",
    }
    answer = site.post(NEW, data=sent)
    assert answer.status_code == 303
    made = written(engine, answer.headers["location"])
    with reading(engine) as session:
        claim = get_claim(session, made)
    assert [part.text for part in claim.content] == ["Två blanksteg\tsparas"]
    assert claim.speaker is not None
    assert (claim.speaker.text, claim.act, claim.cue) == ("Bo Ek", Act.ANNOUNCEMENT, None)
    assert [(each.role, each.actor.name) for each in claim.targets] == [("addressee", "Norge")]

    shown = read(site.get(ARTICLE).text)
    (note,) = [each for each in shown.all("li") if each.attributes.get("data-note-of") == made]
    assert "tillagt för hand" in note.words
    told = shown.one("div", cls="prose").one("span", id=made).one("a").attributes["data-note"]
    assert told == "Bo Ek · besked, riktat till Norge · tillagt för hand"
    assert "Tillagt" in shown.one("section", aria_labelledby="hand").words
    assert "tillagt för hand" in site.get(f"/claims/{made}").text
    again = site.post(NEW, data=sent)
    assert (again.status_code, faults_of(again.text)) == (
        422,
        {"said": "Det påståendet finns redan i artikeln, eller så läses artikeln just nu om."},
    )


def test_an_added_claim_that_was_taken_back_says_so(site: TestClient, engine: Engine) -> None:  # noqa: F811
    sent = form(read(site.get(f"{ARTICLE}?edit=new").text), NEW) | {"said": "rad ett", "author": "Ada"}
    made = written(engine, site.post(NEW, data=sent).headers["location"])
    action = read(site.get(f"/claims/{made}").text).one("form", cls="undo").attributes["action"]
    assert site.post(action, data={"author": "Bo"}).status_code == 303
    gone = read(site.get(f"/claims/{made}").text).one("main").words
    assert "Någon hade lagt till påståendet för hand, och det är ångrat." in gone
    assert "Ångrat av Bo" in gone


def faults_of(html: str) -> dict[str, str]:
    root = read(html)
    found = {
        each.attributes["id"]: root.one("p", id=f"{each.attributes['id']}-fault").words
        for tag in ("input", "textarea")
        for each in root.one("main").all(tag, aria_invalid="true")
    }
    for name in found:
        assert root.one("div", role="alert").all("a", href=f"#{name}")
    return found


def test_words_at_several_places_are_asked_for(site: TestClient, engine: Engine) -> None:  # noqa: F811
    sent = form(read(site.get(f"{ARTICLE}?edit=new").text), NEW) | {"said": "om freden", "author": "Ada"}
    sent |= {"said": "Ek", "speaker": "Anna Berg"}
    asked = site.post(NEW, data=sent)
    assert asked.status_code == 422
    assert "Orden står på 2 ställen" in faults_of(asked.text)["said"]
    root = read(asked.text)
    choices = root.one("fieldset", cls="options").all("input")
    labels = [root.one("label", **{"for": each.attributes["id"]}).words for each in choices]
    assert labels[0].startswith("… ")
    assert "säger att Bo Ek hävdar" in labels[0]
    assert "freden, uppger källor. Ek förnekar det." in labels[1]
    again = form(root, NEW)
    assert (again["said"], again["speaker"], "said-at" in again) == ("Ek", "Anna Berg", False)
    answer = site.post(NEW, data=again | {"said-at": choices[1].attributes["value"]})
    with reading(engine) as session:
        (content,) = get_claim(session, written(engine, answer.headers["location"])).content
    assert content.start == TEXT.index("Ek förnekar")


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"said": ""}, "said", "Skriv vad som påstås, med artikelns egna ord."),
        ({"said": "Berg är borta"}, "said", "”Berg är borta” står inte i artikeln."),
        ({"cue": "viskade"}, "cue", "”viskade” står inte i artikeln."),
        ({"words": "Bertil"}, "words", "”Bertil” står inte i artikeln."),
        ({"speaker": "–"}, "speaker", "Där står inget namn."),
        ({"target-1": "act_ingen"}, "target-1", "Ingen aktör har id act_ingen."),
        ({"author": ""}, "author", "Skriv ditt namn: varje rättelse har en avsändare."),
        ({"said": "x" * 20_001}, "said", "Det är för långt."),
    ],
)
def test_what_is_wrong_with_a_claim_stands_at_its_field(
    changed: dict[str, str],
    field: str,
    told: str,
    site: TestClient,  # noqa: F811
    engine: Engine,  # noqa: F811
) -> None:
    sent = form(read(site.get(f"{ARTICLE}?edit=new").text), NEW)
    answer = site.post(NEW, data=sent | {"said": "rad ett", "speaker": "Bo Ek", "author": "Ada"} | changed)
    assert (answer.status_code, faults_of(answer.text)) == (422, {field: told})
    with reading(engine) as session:
        assert list_corrections(session).items == ()


def test_content_and_cue_are_put_right_beside_the_text(site: TestClient, engine: Engine) -> None:  # noqa: F811
    action = f"/claims/{C1}/corrections"
    sent = form(read(site.get(f"{ARTICLE}?edit={C1}").text), action)
    assert (sent["said"], sent["cue"]) == ("Vi\r\nhar inte gjort det", "sade")
    same = site.post(action, data=sent | {"author": "Ada", "do": "edit"})
    assert "Inget är ändrat" in same.text
    # The other "sade" is in another article: nothing to choose. "det" is not: the one in the sentence is meant.
    answer = site.post(action, data=sent | {"said": "har inte gjort", "cue": "", "author": "Ada", "do": "edit"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{ARTICLE}?at={C1}#{C1}")
    with reading(engine) as session:
        claim = get_claim(session, C1)
        assert ([part.text for part in claim.content], claim.cue) == (["har inte gjort"], None)
        assert history(session, C1)[0].fields == ("cue", "content")
    page = read(site.get(ARTICLE).text)
    (note,) = [each for each in page.all("li") if each.attributes.get("data-note-of") == C1]
    assert "rättat för hand" in note.words
    rejected = form(read(site.get(f"{ARTICLE}?edit={C1}").text), action) | {"author": "Ada", "do": "reject"}
    assert site.post(action, data=rejected).headers["location"] == f"{ARTICLE}#hand"
    gone = read(site.get(ARTICLE).text)
    assert "Förkastat" in gone.one("section", aria_labelledby="hand").words
    with reading(engine) as session:
        assert claims_by_ids(session, [C1]) == []


def test_a_fault_beside_the_text_leaves_the_form_there(site: TestClient) -> None:  # noqa: F811
    action = f"/claims/{C1}/corrections"
    sent = form(read(site.get(f"{ARTICLE}?edit={C1}").text), action) | {"said": "borta", "author": "Ada", "do": "edit"}
    answer = site.post(action, data=sent)
    root = read(answer.text)
    assert (answer.status_code, faults_of(answer.text)) == (422, {"said": "”borta” står inte i artikeln."})
    assert root.one("div", cls="prose").text == TEXT
    assert form(root, action)["back"] == "article"


def test_a_verdict_is_a_persons_and_can_be_undone(site: TestClient, engine: Engine) -> None:  # noqa: F811
    action = f"/claims/{C1}/verdicts"
    page = read(site.get(f"/claims/{C1}").text)
    sent = form(page, action) | {"rating": "Falskt", "by": "Granskarna", "url": "https://g.example/1", "author": "Ada"}
    assert site.post(action, data=sent).status_code == 303
    shown = read(site.get(f"/claims/{C1}").text)
    verdict = shown.one("p", cls="verdict")
    assert verdict.words.startswith("Granskat: Falskt av Granskarna, ")
    assert verdict.one("a").attributes["href"] == "https://g.example/1"
    with reading(engine) as session:
        (made,) = history(session, C1)
    assert (made.kind, made.author) == (CorrectionKind.VERDICT, "Ada")
    assert site.get(f"/v1/claims/{C1}/review").json()["reviewRating"]["alternateName"] == "Falskt"
    late = site.post(action, data=sent)
    assert (late.status_code, "Någon annan har ändrat" in late.text) == (422, True)
    site.post(f"/corrections/{made.id}/undo", data={"author": "Bo"})
    assert read(site.get(f"/claims/{C1}").text).all("p", cls="verdict") == []


def test_what_is_wrong_with_a_verdict_stands_at_its_field(site: TestClient) -> None:  # noqa: F811
    answer = site.post(f"/claims/{C1}/verdicts", data={"by": "x" * 301, "url": "tidningen.example", "rating": " "})
    assert (answer.status_code, faults(read(answer.text))) == (
        422,
        {
            "verdict-rating": "Skriv omdömet, till exempel ”Falskt”.",
            "verdict-by": "Det är för långt.",
            "verdict-url": "Det är ingen webbadress. Den börjar med https://",
            "verdict-author": "Skriv ditt namn: varje rättelse har en avsändare.",
        },
    )
    desks = read(answer.text).all("details", cls="desk")
    assert ["open" in each.attributes for each in desks] == [False, True]


def test_whoever_may_only_read_is_told_what_it_takes(sqlite_url: str, engine: Engine) -> None:  # noqa: F811
    secret = make_key(engine, "read")
    signed = HTML | {"Authorization": f"Bearer {secret}"}
    with TestClient(assemble(Settings(database_url=sqlite_url)), follow_redirects=False, headers=signed) as reader:
        for path in (f"/claims/{C1}", ARTICLE, "/actors/act_bo_ek"):
            page = read(reader.get(path).text)
            posting = [each.attributes["action"] for each in page.all("form", method="post")]
            assert posting == ["/sign-out"], path
        assert "krävs en nyckel som får skriva" in reader.get(f"/claims/{C1}").text
        assert reader.get(f"{ARTICLE}?edit=new").status_code == 403
        for path in (NEW, f"/claims/{C1}/verdicts"):
            assert reader.post(path, data={"author": "Ada"}).status_code == 403


def test_no_other_site_writes_claims_or_verdicts(site: TestClient, engine: Engine) -> None:  # noqa: F811
    for path in (NEW, f"/claims/{C1}/verdicts"):
        for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
            assert site.post(path, data={"said": "rad ett", "author": "Ada"}, headers=headers).status_code == 403
    with reading(engine) as session:
        assert list_corrections(session).items == ()
