"""Claim and actor pages, the explorer, the matrix: what they say agrees with one another."""

from __future__ import annotations

from fastapi.testclient import TestClient

from app.storage.actors import find_actors
from app.storage.claims import list_claims
from app.storage.engine import Engine, reading, transaction
from app.storage.judgements import Judgement, judge
from tests.web.conftest import Get
from tests.web.reading import Element
from tests.web.site import claim_id


def hrefs(element: Element) -> list[str]:
    return [link.attributes["href"] for link in element.all("a")]


def test_a_claim_page_shows_rules_certainty_and_place(get: Get) -> None:
    root = get(f"/claims/{claim_id('c1')}")
    rules = [[cell.words for cell in row.inside] for row in root.one("table", cls="rules").one("tbody").all("tr")]
    assert rules == [["innehåll", "quotation-broken"], ["sagesman", "inverted"]]
    facts = root.all("dl", cls="facts")
    assert "ordagrant citat" in facts[0].words
    assert "3 februari 2024" in facts[0].words
    shares = [(term.words, share.words) for term, share in zip(facts[1].all("dt"), facts[1].all("dd"), strict=True)]
    assert shares[:2] == [("helheten", "92 %"), ("sagesman", "97 %")]
    assert shares[2:] == [("innehåll", "94 %"), ("riktning", "80 %"), ("slag", "99 %")]
    assert [mark.text for mark in root.one("blockquote").all("mark")] == ["Vi", "har inte gjort det"]


def test_the_dispute_of_a_claim_is_shown_from_both_ends(get: Get) -> None:
    denied, denial = get(f"/claims/{claim_id('c2')}"), get(f"/claims/{claim_id('c5')}")
    chain = denied.one("ol", cls="chain")
    assert chain.words == "Förnekas av Bo Ek dementi det"
    assert f"/claims/{claim_id('c5')}" in hrefs(chain)
    chain = denial.one("ol", cls="chain")
    assert chain.words.startswith("Förnekar Anna Berg påstående att Bo Ek hävdar")
    assert f"/claims/{claim_id('c2')}" in hrefs(chain)
    assert "Ingen i artiklarna förnekar" in get(f"/claims/{claim_id('c4')}").one("main").words


def test_claims_inside_one_another_lead_to_one_another(get: Get) -> None:
    assert f"/claims/{claim_id('c3')}" in hrefs(get(f"/claims/{claim_id('c2')}").one("aside"))
    assert f"/claims/{claim_id('c2')}" in hrefs(get(f"/claims/{claim_id('c3')}").one("aside"))


def test_an_actor_page_tells_who_it_is_and_for_whom_it_speaks(get: Get) -> None:
    root = get("/actors/act_anna_berg")
    assert root.one("p", cls="role").words == "talesperson"
    assert "/actors/act_norge" in hrefs(root.one("section", aria_labelledby="for"))
    assert root.one("section", aria_labelledby="aliases").words == "Kallas också Berg"
    norway = get("/actors/act_norge")
    assert "/actors/act_anna_berg" in hrefs(norway.one("section", aria_labelledby="by"))
    assert "stat · NO" in norway.one("p", cls="kicker").words


def test_an_actors_claims_over_time(get: Get) -> None:
    root = get("/actors/act_anna_berg")
    days = [heading.words for heading in root.one("ol", cls="days").all("h3")]
    assert days == ["3 februari 2024", "1 maj 2024"]
    bars = root.one("div", cls="bars").one("svg")
    links = bars.all("a")
    assert [link.attributes["aria-label"] for link in links] == [
        "februari 2024: 2 påståenden",
        "maj 2024: 1 påstående",
    ]
    assert [link.all("rect")[1].attributes["height"] for link in links] == ["102", "52"]
    may = get(links[1].attributes["href"].partition("#")[0])
    assert [heading.words for heading in may.one("ol", cls="days").all("h3")] == ["1 maj 2024"]
    assert "Bara maj 2024 visas." in may.one("section", aria_labelledby="timeline").words
    assert "sade inget i artiklarna då" in get("/actors/act_anna_berg?when=2021").one("main").words
    get("/actors/act_anna_berg?when=2021-13", status=422)
    through = get("/actors/act_norge").one("ol", cls="days")
    assert hrefs(through).count("/actors/act_anna_berg") == 3


def test_whom_an_actor_speaks_about_and_who_answers(get: Get) -> None:
    ek = get("/actors/act_bo_ek")
    assert ek.one("section", aria_labelledby="accuses").words == "Anklagar och kritiserar Norge anklagelse 1"
    assert ek.one("section", aria_labelledby="denies").words == "Förnekar påståenden av Norge dementi 1"
    norway = get("/actors/act_norge")
    assert norway.one("section", aria_labelledby="accused").words == "Anklagas och kritiseras av Bo Ek anklagelse 1"
    denied = norway.one("section", aria_labelledby="denied")
    assert denied.words.startswith("Förnekas av Bo Ek förnekar att Bo Ek hävdar att Norge ljuger")
    assert f"/claims/{claim_id('c2')}" in hrefs(denied)
    own = get("/actors/act_norge?scope=own")
    assert own.one("section", aria_labelledby="denied").words == "Förnekas av Ingen"
    assert "Norge har inte sagt något i artiklarna." in own.one("main").words


def test_a_merged_actor_leads_to_the_one_it_is(client: TestClient, engine: Engine) -> None:
    with reading(engine) as session:
        (first,) = find_actors(session, "Tyskland")
        (second,) = find_actors(session, "Frankrike")
    with transaction(engine) as session:
        judge(session, first.id, second.id, Judgement.SAME, author="test")
    canonical = {
        client.get(f"/actors/{ref.id}").headers.get("location", f"/actors/{ref.id}") for ref in (first, second)
    }
    assert len(canonical) == 1
    assert {client.get(f"/actors/{ref.id}").status_code for ref in (first, second)} == {200, 307}


def test_the_cells_of_the_matrix_hold_what_their_pages_show(get: Get) -> None:
    root = get("/against")
    table = root.one("div", cls="matrix").one("table")
    cells = [link for row in table.one("tbody").all("tr") for cell in row.all("td") for link in cell.all("a")]
    assert len(cells) > 8
    for cell in cells:
        page = get(cell.attributes["href"])
        against = [
            card
            for card in page.all("article", cls="card")
            if {"accusation", "criticism", "denial"} & set(card.attributes["class"].split())
        ]
        assert len(against) == int(cell.words), cell.attributes


def test_the_links_of_the_picture_lead_to_pages(client: TestClient, get: Get) -> None:
    for path in ("/graph", "/graph?view=actors", "/graph?view=claims&actor=Norge&hops=2"):
        links = hrefs(get(path).one("svg"))
        assert len(links) > 4
        for href in sorted(set(links))[:12]:
            assert client.get(href).status_code == 200, href


def test_the_explorer_in_words_counts_what_its_pages_show(get: Get) -> None:
    table = get("/graph?actor=Norge").one("table")
    (row,) = [row for row in table.one("tbody").all("tr") if row.inside[0].words == "Bo Ek"]
    assert [cell.words for cell in row.inside] == ["Bo Ek", "Norge", "2", "anklagelse 1 dementi 1"]
    page = get(row.inside[2].one("a").attributes["href"])
    assert len(page.all("article", cls="card")) == 2


def test_the_explorer_keeps_its_filters(get: Get) -> None:
    root = get("/graph?actor=Norge&hops=2&act=denial&view=actors")
    form = root.one("form", cls="filters")
    assert form.one("input", id="actor").attributes["value"] == "Norge"
    assert [option.words for option in form.all("option", selected="")] == ["2", "dementi", "varje aktör för sig"]
    rows = root.one("table").one("tbody").all("tr")
    assert {tag.words for row in rows for tag in row.all("span", cls="tag")} == {"dementi"}
    exports = [href for href in hrefs(root.one("main")) if href.startswith("/v1/graph")]
    assert "/v1/graph?format=graphml&hops=2&actor=Norge" in exports


def test_the_explorer_filters_by_relation_and_by_time(get: Get) -> None:
    denials = get("/graph?actor=Norge&relation=denies")
    rows = [[cell.words for cell in row.inside] for row in denials.one("table").one("tbody").all("tr")]
    assert rows == [["Bo Ek", "Norge", "1", "dementi 1"]]
    assert denials.one("select", id="relation").one("option", selected="").words == "förnekar"
    claims = get("/graph?actor=Anna+Berg&view=claims&since=2024-05-01&until=2024-05-01")
    shown = [href for href in hrefs(claims.one("svg")) if href.startswith("/claims/")]
    assert len(shown) == 1
    assert "Lugnt i maj" in get(shown[0]).one("main").words
    nothing = get("/graph?actor=Norge&until=2024-02-02")
    assert "inget att rita" in nothing.one("main").words
    assert "/graph" in hrefs(nothing.one("p", cls="empty"))
    assert nothing.one("input", id="until").attributes["value"] == "2024-02-02"


def test_the_matrix_leaves_nobody_out(get: Get, engine: Engine) -> None:
    root = get("/against")
    table = root.one("div", cls="matrix")
    counted = sum(
        int(link.words) for row in table.one("tbody").all("tr") for td in row.all("td") for link in td.all("a")
    )
    listed = root.all("ul", cls="others")
    counted += sum(int(row.words.split()[-1]) for each in listed for row in each.all("li"))
    from app.graph.build import build_graph
    from app.graph.measures import contradiction_matrix
    from app.storage.neighbourhood import graph_rows

    with reading(engine) as session:
        cells = contradiction_matrix(build_graph(graph_rows(session, limit=1000))).cells
    assert counted == sum(len(pair.claims) for pair in cells.values())


def test_the_explorer_says_when_nobody_is_called_so(get: Get) -> None:
    root = get("/graph?actor=Hajijev")
    assert "Ingen som heter ”Hajijev” har påträffats." in root.one("p", id="unknown").words
    assert "/graph?actor=Hikmet+Hajiyev" in hrefs(root.one("ul", cls="suggestions"))


def test_actors_are_found_by_the_beginning_of_a_name(get: Get) -> None:
    people = get("/actors?q=haj").one("ul", cls="people")
    assert people.words.startswith("Hikmet Hajiyev person")
    assert "Ingen som heter så" in get("/actors?q=zzzzz").one("main").words


def test_every_claim_has_a_page(client: TestClient, engine: Engine) -> None:
    with reading(engine) as session:
        claims = list_claims(session, limit=200).items
    broken = [claim.id for claim in claims[::4] if client.get(f"/claims/{claim.id}").status_code != 200]
    assert broken == []
