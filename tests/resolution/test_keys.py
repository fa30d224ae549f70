from __future__ import annotations

import dataclasses

import pytest

from app.domain.actor import ActorKind
from app.resolution.keys import ActorKey, actor_ids, actor_keys
from tests.resolution.articles import Named, state, told

ARMENIA, AZERBAIJAN = state("Armenien", "AM"), state("Azerbajdzjan", "AZ")
GOVERNMENT, AUTHORITY, FORCE = ActorKind.GOVERNMENT, ActorKind.AUTHORITY, ActorKind.ARMED_FORCE
ORGANISATION, MEDIA, UNKNOWN = ActorKind.ORGANISATION, ActorKind.MEDIA, ActorKind.UNKNOWN


def keys(*actors: Named, uri: str = "urn:test:1", agency: str | None = None) -> dict[str, ActorKey]:
    """The key of each actor by its name."""
    article, extraction = told(*actors, uri=uri, agency=agency)
    found = actor_keys(extraction, article)
    return {actor.name: found[actor.ref] for actor in extraction.actors}


def key(*actors: Named, uri: str = "urn:test:1", agency: str | None = None) -> ActorKey:
    """The key of the first of the actors."""
    return keys(*actors, uri=uri, agency=agency)[actors[0].name]


SHARED = [
    (ARMENIA, "state:AM"),
    (Named("Karabach", ActorKind.STATE, territory="karabach"), "state:karabach"),
    (Named("Reuters", MEDIA), "org:reuters"),
    (Named("Europeiska unionen", ORGANISATION), "org:eu"),
    (Named("EU", UNKNOWN), "org:eu"),
    (Named("FN:s säkerhetsråd", ORGANISATION), "org:fn:s säkerhetsråd"),
    (Named("säkerhetsrådet", ORGANISATION), "org:fn:s säkerhetsråd"),
    (Named("Nordbruk", ORGANISATION), "org:nordbruk"),
    (Named("Nordbruk AB", ORGANISATION), "org:nordbruk"),
    (Named("”Rädda byskolan”", ORGANISATION), "org:rädda byskolan"),
    (Named("Hedvalla kommun", UNKNOWN), "org:hedvalla kommun"),
    (Named("Region Norrdal"), "org:region norrdal"),
    (Named("Skolverket", AUTHORITY), "body:SE:skolverk"),
    (Named("M", ORGANISATION), "org:moderaterna"),
    (Named("Armeniens försvarsministerium", UNKNOWN), "body:AM:försvarsministerium"),
    (Named("UD", GOVERNMENT), "body:SE:utrikesministerium"),
]


@pytest.mark.parametrize(("actor", "expected"), SHARED, ids=[actor.name for actor, _ in SHARED])
def test_keys_that_every_article_gives(actor: Named, expected: str) -> None:
    first, second = key(actor, uri="urn:test:1"), key(actor, uri="urn:test:2")
    assert first == second == ActorKey(expected, local=False)


LOCAL = [
    Named("mannen"),
    Named("34-åringen"),
    Named("Wennerholms agent"),
    Named("Ek"),
    Named("Pasjinjan"),
    Named("Anna Lind"),
    Named("Demonstranter", ActorKind.GROUP),
    Named("Polisens tekniker", ActorKind.GROUP),
    Named("Rapporten", ActorKind.DOCUMENT),
    Named("oppositionen", ORGANISATION),
    Named("Majoritetens", ORGANISATION),
    Named("kommunen", AUTHORITY),
    Named("Bolaget", ORGANISATION),
    Named("Farfar", UNKNOWN),
    Named("amerikanska tjänstemän", AUTHORITY, territory="US"),
    Named("thailändska soldater", FORCE, territory="TH"),
]


@pytest.mark.parametrize("actor", LOCAL, ids=[actor.name for actor in LOCAL])
def test_what_only_its_article_tells_from_others_keeps_to_it(actor: Named) -> None:
    first, second = key(actor, uri="urn:test:1"), key(actor, uri="urn:test:2")
    assert first.local
    assert second.local
    assert first.id != second.id


def test_a_person_is_name_and_party() -> None:
    one = key(Named("Nikol Pasjinjan", role="premiärminister", speaks_for=("Armenien",)), ARMENIA, uri="urn:test:1")
    other = key(Named("Nikol Pashinyan", speaks_for=("Armenien",)), ARMENIA, uri="urn:test:2")
    foreign = key(Named("Nikol Pasjinjan", speaks_for=("Azerbajdzjan",)), AZERBAIJAN)
    assert one == other
    assert not one.local
    assert foreign.text != one.text


def test_people_of_one_name_with_other_parties_are_apart() -> None:
    parties = [Named("Nordbruk", ORGANISATION), Named("Skolverket", AUTHORITY)]
    found = [key(Named("Anna Lind", speaks_for=(party.name,)), party) for party in parties]
    assert len({each.id for each in found}) == 2


def test_a_client_is_no_party_that_others_know() -> None:
    found = keys(Named("Peter Lindvall", role="advokat", speaks_for=("34-åringen",)), Named("34-åringen"))
    assert found["Peter Lindvall"].local


def test_a_listed_party_counts_where_the_first_is_nobody_known() -> None:
    found = key(
        Named("Sara Ek", speaks_for=("oppositionen", "Nordbruk")),
        Named("oppositionen", ORGANISATION),
        Named("Nordbruk", ORGANISATION),
    )
    assert found.text == "person:sara ek@org:nordbruk"


def test_two_that_the_article_holds_apart_stay_two() -> None:
    party = Named("Nordbruk", ORGANISATION)
    article, extraction = told(Named("Bo Ek", speaks_for=("Nordbruk",)), party)
    first, organisation = extraction.actors
    twins = dataclasses.replace(extraction, actors=(first, dataclasses.replace(first, ref="a9"), organisation))
    found = actor_keys(twins, article)
    assert found["a1"].local
    assert found["a9"].local
    assert found["a1"].id != found["a9"].id


def test_honorifics_belong_to_no_name() -> None:
    party = Named("Nordbruk", ORGANISATION)
    assert key(Named("Herr Ek", speaks_for=("Nordbruk",)), party).local


def test_the_government_of_an_article_about_no_other_state_is_the_one_at_home() -> None:
    government = Named("regeringen", GOVERNMENT)
    assert key(government).text == "body:SE:regering"
    assert key(government, Named("Sverige", ActorKind.STATE, territory="SE")).text == "body:SE:regering"
    assert key(government, state("Norge", "NO")).local
    assert key(Named("ministeriet", GOVERNMENT)).local


def test_home_is_where_the_publisher_is() -> None:
    government = Named("regeringen", GOVERNMENT)
    assert key(government, agency="Yle").text == "body:FI:regering"
    assert key(government, agency="TT").text == "body:SE:regering"
    assert key(government, agency="Okänd byrå").text == "body:SE:regering"


def test_the_police_of_an_article_about_another_state_are_nobody_known() -> None:
    police = Named("Polisen", AUTHORITY)
    assert key(police).text == "body:SE:polis"
    assert key(police, state("Danmark", "DK")).local


def test_a_capital_at_the_head_of_a_sentence_proves_no_name() -> None:
    article, extraction = told(Named("Ägarna", ORGANISATION))
    first = dataclasses.replace(article, text="Ägarna" + article.text[article.text.index("Ägarna") + 6 :])
    span = dataclasses.replace(extraction.actors[0].mentions[0].span, start=0, end=6)
    mention = dataclasses.replace(extraction.actors[0].mentions[0], span=span)
    at_head = dataclasses.replace(extraction, actors=(dataclasses.replace(extraction.actors[0], mentions=(mention,)),))
    assert actor_keys(at_head, first)["a1"].local


def test_ids_are_a_function_of_the_article() -> None:
    article, extraction = told(
        Named("Nikol Pasjinjan", speaks_for=("Armenien",)), ARMENIA, Named("mannen"), Named("Rapporten", UNKNOWN)
    )
    first = actor_ids(extraction, article)
    assert first == actor_ids(extraction, article)
    assert set(first) == {actor.ref for actor in extraction.actors}
    assert len(set(first.values())) == len(first)
    assert all(actor_id.startswith("act_") for actor_id in first.values())
