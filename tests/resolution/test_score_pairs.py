"""Pairs of actors and what should be held of them: what the weights of the score are measured against."""

from __future__ import annotations

import pytest

from app.domain.actor import ActorKind
from app.domain.profile import ActorProfile
from app.resolution.score import SAME_FROM, UNSURE_FROM, Verdict, score
from tests.resolution.articles import body, person

Pair = tuple[ActorProfile, ActorProfile]

SAME: list[Pair] = [
    # One party, spelled differently.
    (person("1", "Nikol Pasjinjan", parties=["act_am:AM"]), person("2", "Nikol Pashinyan", parties=["act_am:AM"])),
    # A state and its ministry.
    (person("1", "Hikmet Hajiyev", parties=["act_az:AZ"]), person("2", "Hikmet Hajijev", parties=["act_ministry:AZ"])),
    (
        person("1", "Sergej Lavrov", role="utrikesminister", parties=["act_ru:RU"]),
        person("2", "Sergey Lavrov", role="minister", parties=["act_ministry:RU"]),
    ),
    # The role alone.
    (person("1", "Maja Utsi", role="glaciolog"), person("2", "Maja Utsi", role="glaciologen")),
    (person("1", "Peter Lindvall", role="advokat"), person("2", "Peter Lindvall", role="försvarare")),
    (person("1", "Anna Lind", role="utrikesminister"), person("2", "Anna Lind", role="utrikesministern")),
    # Nothing known of the one, but its article names the other's party.
    (person("1", "Vladimir Putin", parties=["act_ru:RU"]), person("2", "Vladimir Putin", beside=["act_ru", "act_us"])),
    # Short forms of a first name with party and office.
    (
        person("1", "Joe Biden", role="president", parties=["act_us:US"]),
        person("2", "Joseph Biden", role="presidenten", parties=["act_us:US"]),
    ),
    (
        person("1", "A. Stålnacke", role="vd", parties=["act_nordbruk"]),
        person("2", "Anders Stålnacke", role="vd", parties=["act_nordbruk"]),
    ),
    # A surname with party and office.
    (
        person("1", "Pasjinjan", role="premiärminister", parties=["act_am:AM"]),
        person("2", "Nikol Pasjinjan", role="premiärminister", parties=["act_am:AM"]),
    ),
    (
        person("1", "Andersson", role="statsminister", parties=["act_government:SE"]),
        person("2", "Magdalena Andersson", role="statsminister", parties=["act_government:SE"]),
    ),
    # A minister who moves on within one state abroad.
    (
        person("1", "Dmitrij Medvedev", role="president", parties=["act_ru:RU"]),
        person("2", "Dmitrij Medvedev", role="premiärminister", parties=["act_government:RU"]),
    ),
    # Bodies.
    (body("1", "Folkhälsobyrån Nord"), body("2", "folkhälsobyrån nord")),
    (body("1", "Asjot Rederi"), body("2", "Ashot Rederi")),
    (body("1", "Nordbruk AB"), body("2", "Nordbruk")),
]

UNSURE: list[Pair] = [
    # The name and nothing else.
    (person("1", "Maja Utsi"), person("2", "Maja Utsi")),
    (person("1", "Maja Utsi", role="glaciolog"), person("2", "Maja Utsi")),
    (person("1", "Vladimir Putin", parties=["act_ru:RU"]), person("2", "Vladimir Putin", beside=["act_us"])),
    # Other roles and no party.
    (person("1", "Maja Utsi", role="glaciolog"), person("2", "Maja Utsi", role="författare")),
    # A common name with an everyday role.
    (person("1", "Anna Andersson", role="polis"), person("2", "Anna Andersson", role="polisen")),
    # Two bodies at home, the same role.
    (
        person("1", "Eva Ståhl", role="generaldirektör", parties=["act_skolverket:SE"]),
        person("2", "Eva Ståhl", role="generaldirektör", parties=["act_smhi:SE"]),
    ),
    (person("1", "Eva Ståhl", parties=["act_skolverket:SE"]), person("2", "Eva Ståhl", parties=["act_smhi:SE"])),
    # Another party and the same role.
    (
        person("1", "Eva Ståhl", role="partisekreterare", parties=["act_s"]),
        person("2", "Eva Ståhl", role="partisekreterare", parties=["act_m"]),
    ),
    # A surname and a party.
    (person("1", "Pasjinjan", parties=["act_am:AM"]), person("2", "Nikol Pasjinjan", parties=["act_am:AM"])),
    (
        person("1", "Andersson", role="minister", parties=["act_government:SE"]),
        person("2", "Magdalena Andersson", role="finansminister", parties=["act_government:SE"]),
    ),
    # Bodies.
    (body("1", "Nordbruk Stål"), body("2", "Nordbruk")),
    (body("1", "Svenska Curlingförbundet"), body("2", "Curlingförbundet")),
    (body("1", "Riksföreningen Nya Hem", "RNH"), body("2", "RNH")),
    (body("1", "Rädda Nordens Hav"), body("2", "RNH")),
]

DIFFERENT: list[Pair] = [
    (person("1", "Anna Lind", parties=["act_s"]), person("2", "Eva Lind", parties=["act_s"])),
    (person("1", "Maja Utsi", parties=["act_am:AM"]), person("2", "Maja Utsi", parties=["act_az:AZ"])),
    (
        person("1", "Maja Utsi", role="utrikesminister", parties=["act_am:AM"]),
        person("2", "Maja Utsi", role="utrikesminister", parties=["act_az:AZ"]),
    ),
    (person("1", "Anna Lind", parties=["act_s"]), person("2", "Anna Lind", parties=["act_m"])),
    (person("1", "Anna Andersson", role="polis"), person("2", "Anna Andersson", role="författare")),
    (person("1", "Anna Andersson"), person("2", "Anna", parties=["act_s"])),
    (person("1", "Pasjinjan"), person("2", "Nikol Pasjinjan")),
    (person("1", "Maja Utsi"), body("2", "Maja Utsi")),
    (body("1", "Nordbruk"), body("2", "Sydbruk")),
    (body("1", "Rädda Nordens Hav"), body("2", "Rädda byskolan")),
]

TABLE = [(verdict, pair) for verdict, pairs in zip(Verdict, (SAME, DIFFERENT, UNSURE), strict=True) for pair in pairs]


def _label(case: tuple[Verdict, Pair]) -> str:
    verdict, pair = case
    return f"{verdict}: " + " | ".join(f"{each.name} {','.join(each.roles)}" for each in pair)


@pytest.mark.parametrize(("verdict", "pair"), TABLE, ids=[_label(case) for case in TABLE])
def test_what_is_held_of_two(verdict: Verdict, pair: Pair) -> None:
    found = score(*pair)
    assert found.verdict is verdict, found.explanation
    assert score(*reversed(pair)) == found


def test_every_feature_says_why() -> None:
    one = person("1", "Nikol Pasjinjan", role="premiärminister", parties=["act_am:AM"])
    other = person("2", "Nikol Pashinyan", role="statsministern", parties=["act_government:AM"])
    found = score(one, other)
    assert found.explanation == (
        "1.00: same full name, spelled Nikol Pasjinjan and Nikol Pashinyan (+0.55); "
        "one speaks for am, the other for government: both of Armenien (+0.30); "
        "premiärminister and statsminister are one office (+0.30)"
    )
    assert found.value == found.points / 100 == 1.0


def test_what_speaks_against_is_told_too() -> None:
    found = score(
        person("1", "Anna Andersson", role="polis", parties=["act_s"]),
        person("2", "Anna Andersson", role="författare", parties=["act_m"]),
    )
    assert {feature.name: feature.weight for feature in found.features} == {
        "name": 55,
        "common": -10,
        "party": -30,
        "role": -10,
    }
    assert all(feature.reason for feature in found.features)


def test_kinds_of_bodies_weigh() -> None:
    media, other = ActorKind.MEDIA, ActorKind.UNKNOWN
    same = score(body("1", "Folkbladet Nord", kind=media), body("2", "Folkbladet Nord", kind=media)).points
    unknown = score(body("1", "Folkbladet Nord", kind=media), body("2", "Folkbladet Nord", kind=other)).points
    different = score(body("1", "Folkbladet Nord", kind=media), body("2", "Folkbladet Nord")).points
    assert same >= SAME_FROM > unknown > different >= UNSURE_FROM
