"""Questions on the front page: how they are read, the claims, the suggestions, what is said of one nobody can read."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from app.asgi import assemble
from app.settings import Settings
from tests.gold_extraction import gold_article
from tests.web.conftest import Get
from tests.web.reading import Element, read
from tests.web.site import SEED, claim_id


def ask(get: Get, question: str, language: str = "sv", **query: str) -> Element:
    more = "".join(f"&{name}={value}" for name, value in query.items())
    return get(f"/?q={quote(question)}{more}", **{"accept-language": language})


def cards(root: Element) -> list[Element]:
    return root.all("article", cls="card")


def test_the_issues_question(get: Get) -> None:
    root = ask(get, "What did Baku claim?", "en")
    assert root.one("p", cls="read").words == (
        "How the question was read Looks for claims by Azerbajdzjan (“Baku” in the question) "
        "and those who speak for that party."
    )
    assert root.one("h1").words == "10 claims by Azerbajdzjan and those who speak for Azerbajdzjan."
    through = {card.one("h3").all("a")[0].words: "speaks for Azerbajdzjan" in card.words for card in cards(root)}
    assert through == {
        "Hikmet Hajiyev": True,
        "Azerbajdzjans försvarsministerium": True,
        "Azerbajdzjans regering": True,
        "Azerbajdzjan": False,
    }


def test_a_card_shows_the_words_in_their_sentence(get: Get) -> None:
    root = ask(get, "Vad förnekade Baku?")
    (card,) = cards(root)
    quote_ = card.one("blockquote")
    assert quote_.words == "Bakus regering förnekade dock denna anklagelse."
    assert (quote_.one("b").text, quote_.one("i").text) == ("Bakus regering", "förnekade")
    assert quote_.one("mark").text == "denna anklagelse"
    assert quote_.attributes["lang"] == "sv"
    assert card.one("h3").one("span", cls="tag").words == "dementi"
    assert "i texten ”Bakus regering”" in card.one("p", cls="through").words
    relation = card.one("ul", cls="bearing").one("li", cls="denies")
    assert relation.words.startswith("Förnekar Nikol Pasjinjan: att detta var ett försök att driva ut armenier")
    anchors = [link.attributes["href"] for link in card.one("p", cls="source").all("a")]
    claim = card.attributes["aria-labelledby"].removeprefix("who-")
    assert anchors == [f"/articles/{gold_article(SEED).id}?at={claim}#{claim}", f"/claims/{claim}"]


def test_a_claim_says_who_denies_it_and_how_sure_it_is(get: Get) -> None:
    root = ask(get, "Vad säger Anna Berg?")
    by_claim = {card.attributes["aria-labelledby"].removeprefix("who-"): card for card in cards(root)}
    assert "Förnekas av Bo Ek: det" in by_claim[claim_id("c2")].words
    assert "Säkerhet 92 %" in by_claim[claim_id("c1")].words
    assert "Säkerhet" not in by_claim[claim_id("c2")].words


def test_scope_can_be_narrowed_to_the_actor_itself(get: Get) -> None:
    party = ask(get, "Vad säger Norge?")
    assert len(cards(party)) == 3
    (narrow,) = [link for link in party.one("main").all("a") if "scope=own" in link.attributes["href"]]
    assert narrow.words == "Visa bara vad Norge självt har sagt"
    own = ask(get, "Vad säger Norge?", scope="own")
    assert cards(own) == []
    assert "Inga påståenden från Norge" in own.one("h1").words


@pytest.mark.parametrize(
    ("question", "read_as"),
    [
        ("Vem anklagade Norge?", "Söker vem som står bakom anklagelser riktade mot eller till Norge."),
        (
            "Vad säger Armenien om Ryssland?",
            "Söker påståenden från Armenien och dem som talar för den parten om Ryssland.",
        ),
        (
            "Vem har Armenien anklagat?",
            "Söker vem som är mål för anklagelser från Armenien och dem som talar för den parten.",
        ),
        (
            "Vad sade Anna Berg själv sedan 2024-03-01?",
            "Söker påståenden från Anna Berg, publicerade tidigast 1 mars 2024.",
        ),
    ],
)
def test_how_a_question_was_read(question: str, read_as: str, get: Get) -> None:
    assert ask(get, question).one("p", cls="read").words == f"Så lästes frågan {read_as}"


def test_an_unknown_name_gives_near_names(get: Get) -> None:
    root = ask(get, "Vad säger Hajijev?")
    assert root.one("ul", cls="suggestions").words.startswith("Hikmet Hajiyev person")
    assert cards(root) == []


@pytest.mark.parametrize("question", ["hej", "?", "1234 5678", "<script>alert(1)</script>"])
def test_a_question_that_cannot_be_read_stays_in_its_field_with_a_reason(question: str, get: Get) -> None:
    root = ask(get, question)
    field = root.one("input", id="q")
    assert field.attributes["value"] == question
    assert field.attributes["aria-invalid"] == "true"
    fault = root.one("p", id=field.attributes["aria-describedby"])
    assert fault.words.startswith("Frågan gick inte att läsa.")


def test_the_longest_question(get: Get, client: TestClient) -> None:
    assert client.get("/", params={"q": "å" * 501}).status_code == 422
    assert "Frågan gick inte att läsa" in ask(get, "å" * 500).one("main").words


def test_an_empty_question_is_the_front_page(get: Get) -> None:
    assert get("/?q=").one("h1").words == get("/").one("h1").words


def test_the_examples_on_the_front_page_have_answers(get: Get) -> None:
    for language in ("sv", "en"):
        root = get("/", **{"accept-language": language})
        examples = root.one("div", cls="examples").all("a")
        assert len(examples) >= 4
        for example in examples:
            answered = get(example.attributes["href"])
            assert cards(answered), example.words


def test_the_front_page_shows_articles_and_disputes(get: Get) -> None:
    root = get("/")
    assert len(root.one("ul", cls="articles").all("li")) == 8
    disputed = root.one("section", cls="disputed")
    assert "Förnekas av" in disputed.words
    assert root.one("figure").one("svg").all("a")


def test_an_empty_database_leads_to_the_form(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    with TestClient(assemble(Settings(database_url=f"sqlite:///{path}"))) as client:
        for page in ("/", "/articles"):
            root = read(client.get(page, headers={"accept": "text/html"}).text)
            assert "/ingest" in [link.attributes["href"] for link in root.one("main").all("a")]
        for page in ("/claims", "/actors", "/graph", "/against"):
            answer = client.get(page, headers={"accept": "text/html"})
            assert answer.status_code == 200
            assert read(answer.text).one("p", cls="empty").words


def test_long_answers_come_in_pages(get: Get) -> None:
    first = get("/claims")
    seen = [card.attributes["aria-labelledby"] for card in cards(first)]
    page = first
    while following := page.all("a", rel="next"):
        page = get(following[0].attributes["href"])
        seen += [card.attributes["aria-labelledby"] for card in cards(page)]
    assert len(seen) == len(set(seen)) > 150
    assert page.one("nav", cls="pager").one("a").attributes["href"] == "/claims"


def test_claims_are_filtered_by_the_form(get: Get) -> None:
    root = get("/claims?speaker=Bo+Ek&target=&act=accusation&q=")
    (card,) = cards(root)
    assert card.one("mark").text == "att Norge ljuger om freden"
    form = root.one("form", cls="filters")
    assert form.one("input", id="speaker").attributes["value"] == "Bo Ek"
    assert form.one("option", selected="").words == "anklagelse"
    nobody = get("/claims?speaker=Armenein")
    assert "Armenien" in nobody.one("ul", cls="suggestions").words
    assert cards(get("/claims?q=%22ljuger+om%22"))
    assert len(cards(get("/claims?q=%3F%3F"))) == 30
