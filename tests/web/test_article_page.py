"""The article page gives back the text, character for character, with every claim where it stands."""

from __future__ import annotations

import pytest

from app.domain.claim import Extraction
from tests.gold_extraction import gold_article, gold_documents, gold_extraction
from tests.web.conftest import Get
from tests.web.reading import Element
from tests.web.site import TEXT, TITLE, claim_id, tricky_article, tricky_extraction

ARTICLE = f"/articles/{tricky_article().id}"


def prose(root: Element) -> Element:
    return root.one("div", cls="prose")


def assert_exact(root: Element, text: str, found: Extraction) -> None:
    shown = prose(root)
    assert shown.text == text
    for claim in found.claims:
        pieces = shown.all("span", data_claim=claim.id_in(found.article_id))
        assert "".join(piece.text for piece in pieces) == "".join(part.text for part in claim.content)
        assert "id" in pieces[0].attributes
        assert not any("id" in piece.attributes for piece in pieces[1:])


def test_text_and_claims_of_an_article_full_of_traps(get: Get) -> None:
    assert_exact(get(ARTICLE), TEXT, tricky_extraction())


@pytest.mark.parametrize("doc_id", gold_documents())
def test_text_and_claims_of_the_gold_articles(doc_id: str, get: Get) -> None:
    found = gold_extraction(doc_id)
    assert_exact(get(f"/articles/{found.article_id}"), gold_article(doc_id).text, found)


def test_markup_in_text_and_title_is_text(get: Get) -> None:
    root = get(ARTICLE)
    assert root.one("h1").text == TITLE
    assert root.all("script", src="") == []
    assert prose(root).all("b") == prose(root).all("script") == []


def test_a_claim_inside_another_is_drawn_inside_it(get: Get) -> None:
    shown = prose(get(ARTICLE))
    (outer,) = shown.all("span", data_claim=claim_id("c2"))
    inner = outer.all("span", data_claim=claim_id("c3"))
    assert "".join(piece.text for piece in inner) == "att Norge ljuger om freden"
    links = [link.attributes["href"] for link in inner[0].all("a")]
    assert f"/claims/{claim_id('c3')}" in links
    assert f"/claims/{claim_id('c2')}" not in links


def test_a_click_leads_to_the_innermost_claim_and_the_keyboard_stops_once_a_claim(get: Get) -> None:
    shown = prose(get(ARTICLE))
    stops = [link for link in shown.all("a") if link.attributes.get("tabindex") != "-1"]
    addresses = [link.attributes["href"] for link in stops]
    assert addresses == list(dict.fromkeys(addresses))
    assert f"/claims/{claim_id('c1')}" in addresses
    first = shown.one("span", id=claim_id("c1")).one("a")
    assert first.text == "Vi"
    assert first.attributes["aria-describedby"] == f"note-{claim_id('c1')}"


def test_pointing_at_words_tells_speaker_act_rules_and_certainty(get: Get) -> None:
    note = prose(get(ARTICLE)).one("span", id=claim_id("c1")).one("a").attributes["data-note"]
    assert note == "Anna Berg · dementi · regler quotation-broken, inverted · Säkerhet 92 %"
    accused = prose(get(ARTICLE)).all("span", data_claim=claim_id("c3"))[0].all("a")[0].attributes["data-note"]
    assert accused.startswith("Bo Ek · anklagelse, anklagar Norge")


def test_speakers_are_told_apart_by_colour_and_line(get: Get) -> None:
    root = get(ARTICLE)
    looks = [
        tuple(swatch.attributes["class"].split()[2:]) for swatch in root.one("div", cls="key").all("span", cls="swatch")
    ]
    assert len(looks) == len(set(looks)) == 3
    assert looks[-1] == ("c-none", "l2")
    assert root.one("div", cls="key").words.count("Icke namngiven källa") == 1
    shown = prose(root)
    assert {piece.attributes["class"] for piece in shown.all("span", data_claim=claim_id("c1"))} == {
        shown.all("span", data_claim=claim_id("c2"))[0].attributes["class"]
    }


def test_the_list_beside_the_text_has_every_claim_in_order(get: Get) -> None:
    notes = get(ARTICLE).one("ol", cls="notes").all("li", data_note_of=claim_id("c5"))
    assert "Förnekar Anna Berg" in notes[0].words
    root = get(ARTICLE)
    listed = [
        each.attributes["data-note-of"]
        for each in root.one("ol", cls="notes").all()
        if "data-note-of" in each.attributes
    ]
    assert listed == [claim_id(ref) for ref in ("c1", "c2", "c3", "c4", "c5")]
    (nested,) = root.all("li", cls="nested")
    assert nested.attributes["data-note-of"] == claim_id("c3")


def test_only_web_addresses_become_the_link_to_the_source(get: Get) -> None:
    about = get(ARTICLE).one("header", cls="opening")
    assert "https://tidningen.example/fred?a=1&b=2" in [link.attributes["href"] for link in about.all("a")]
    gold = get(f"/articles/{gold_article('000_dc57c91d7ab00de9').id}").one("header", cls="opening")
    assert not any(link.attributes["href"].startswith("urn:") for link in gold.all("a"))
