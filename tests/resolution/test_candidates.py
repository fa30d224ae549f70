from __future__ import annotations

import dataclasses

import pytest

from app.domain.actor import ActorKind
from app.domain.profile import ActorProfile, Affiliation
from app.resolution.candidates import MOST, asks, blocks, pairs, profile_of
from tests.resolution.articles import Named, body, person, state, told

MEET = [
    (person("1", "Nikol Pasjinjan"), person("2", "Nikol Pashinyan")),
    (person("1", "Ursula von der Leyen"), person("2", "Ursula Leyen")),
    (person("1", "A. Stålnacke"), person("2", "Anders Stålnacke")),
    (person("1", "A. Stålnacke"), person("2", "A Stålnacke")),
    (person("1", "Joe Biden", parties=["act_us:US"]), person("2", "Joseph Biden", parties=["act_house:US"])),
    (person("1", "Biden", parties=["act_us:US"]), person("2", "Joseph Biden", parties=["act_house:US"])),
    (person("1", "Ståhl", parties=["act_s:SE"]), person("2", "Eva Ståhl", parties=["act_s:SE"])),
    (person("1", "Ståhl", "Eva Ståhl"), person("2", "Eva Ståhl")),
    (body("1", "Nordbruk"), body("2", "Nordbruk Stål")),
    (body("1", "Nordbruk AB"), body("2", "Nordbruk", kind=ActorKind.UNKNOWN)),
    (body("1", "Rädda Nordens Hav"), body("2", "RNH")),
    (body("1", "Hav och Liv", "RNH"), body("2", "RNH")),
]

PASS_BY = [
    (person("1", "Anna Lind"), person("2", "Eva Lind")),
    (person("1", "Anna Stålnacke"), person("2", "Anders Stålnacke")),
    (person("1", "Ståhl", parties=["act_s:SE"]), person("2", "Eva Ståhl", parties=["act_m:SE"])),
    (person("1", "Pasjinjan"), person("2", "Nikol Pasjinjan")),
    (person("1", "Maja Utsi"), body("2", "Maja Utsi")),
    (body("1", "Nordbruk"), body("2", "Sydbruk")),
    (body("1", "Region Norrdal"), body("2", "Region Sörland")),
    (body("1", "Norrdals kommun"), body("2", "Sörlands kommun")),
]

ALONE = [
    person("1", "mannen"),
    person("1", "Mannen"),
    person("1", "34-åringen"),
    person("1", "Wennerholms agent"),
    body("1", "oppositionen"),
    body("1", "Oppositionen"),
    ActorProfile("1", ActorKind.STATE, ("Armenien",), territory="AM"),
    ActorProfile("1", ActorKind.GOVERNMENT, ("Armeniens regering",), territory="AM"),
    ActorProfile("1", ActorKind.GROUP, ("Demonstranter",)),
    ActorProfile("1", ActorKind.DOCUMENT, ("Rapporten",)),
]


@pytest.mark.parametrize("pair", MEET, ids=lambda pair: " | ".join(each.name for each in pair))
def test_who_is_compared(pair: tuple[ActorProfile, ActorProfile]) -> None:
    assert [{one.id, other.id} for one, other in pairs(pair)] == [{"1", "2"}]


@pytest.mark.parametrize("pair", PASS_BY, ids=lambda pair: " | ".join(each.name for each in pair))
def test_who_is_not(pair: tuple[ActorProfile, ActorProfile]) -> None:
    assert list(pairs(pair)) == []


@pytest.mark.parametrize("profile", ALONE, ids=lambda profile: f"{profile.kind} {profile.name}")
def test_who_has_no_namesakes(profile: ActorProfile) -> None:
    assert blocks(profile) == asks(profile) == frozenset()


def test_whoever_asks_finds_whoever_is_there() -> None:
    for one, other in MEET:
        assert asks(one) & blocks(other) or asks(other) & blocks(one)


def test_the_work_grows_with_the_actors_and_not_with_their_square() -> None:
    namesakes = [person(f"act_{number:04}", "Maja Utsi") for number in range(400)]
    known = dataclasses.replace(person("act_9999", "Maja Utsi", parties=["act_s"]))
    found = list(pairs([*namesakes, known]))
    assert len(found) <= MOST * (len(namesakes) + 1)
    # Whoever is known best is compared with all.
    assert {one.id for one, other in found if other.id == known.id} == {each.id for each in namesakes}


def test_what_an_article_tells_of_an_actor() -> None:
    article, extraction = told(
        Named("Nikol Pasjinjan", role="premiärminister", speaks_for=("Armenien", "mannen"), also=("Pasjinjan",)),
        state("Armenien", "AM"),
        Named("mannen"),
    )
    ids = {"a1": "act_1", "a2": "act_2", "a3": "act_3"}
    assert article.id == extraction.article_id
    assert profile_of(extraction.actors[0], extraction, ids) == dataclasses.replace(
        person("act_1", "Nikol Pasjinjan", "Pasjinjan", role="premiärminister"),
        parties=(Affiliation("act_2", "Armenien", "AM"),),
    )
