"""Ids of Wikidata: of the right form, each once, for what the lexicon knows, and only where the actor is that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.actor import ActorKind
from app.domain.record import ActorRef
from app.errors import LexiconError
from app.lexicon.strict import Entry, parse_entry
from app.lexicon.wikidata import build_wikidata, entity_of, load_wikidata


@pytest.mark.parametrize(
    ("kind", "name", "territory", "expected"),
    [
        (ActorKind.STATE, "Sverige", "SE", "Q34"),
        (ActorKind.STATE, "Azerbajdzjan", "AZ", "Q227"),
        (ActorKind.STATE, "Norge", "NO", "Q20"),
        (ActorKind.STATE, "Nederländerna", "NL", "Q55"),
        (ActorKind.ORGANISATION, "EU", None, "Q458"),
        (ActorKind.ORGANISATION, "Europeiska unionen", None, "Q458"),
        (ActorKind.ORGANISATION, "NATO", None, "Q7184"),
        (ActorKind.MEDIA, "Reuters", "GB", "Q130879"),
        (ActorKind.GOVERNMENT, "Sveriges regering", "SE", None),
        (ActorKind.PERSON, "EU", None, None),
        (ActorKind.UNKNOWN, "Nato", None, None),
        (ActorKind.STATE, "Krim", "krim", None),
        (ActorKind.STATE, "Ingenstans", None, None),
        (ActorKind.ORGANISATION, "Facket", None, None),
    ],
)
def test_who_has_which_id(kind: ActorKind, name: str, territory: str | None, expected: str | None) -> None:
    assert load_wikidata().of(kind, name, territory) == expected


def test_every_state_of_iso_3166_that_the_lexicon_knows_has_one() -> None:
    from app.lexicon.strict import read_file

    codes = {code for code, _ in read_file("sv", "territories.yaml").children("territories")}
    missing = {code for code in codes if code.isupper()} - set(load_wikidata().territories)
    # Western Sahara: the territory and the state that claims it are two items.
    assert missing == {"EH"}


def ids(text: str) -> Entry:
    return parse_entry("sv/wikidata.yaml", text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("territories: {SE: Q34, DK: Q34}\norganisations: {}", r"territories: DK: Q34 is the id of SE already"),
        ("territories: {SE: Q34}\norganisations: {EU: Q34}", r"organisations: EU: Q34 is the id of SE already"),
        ("territories: {SE: 34}\norganisations: {}", r"SE: '34' is no id of Wikidata"),
        ("territories: {SE: Q034}\norganisations: {}", r"SE: 'Q034' is no id"),
        ("territories: {XX: Q34}\norganisations: {}", r"XX: the lexicon holds nothing of that name"),
        ("territories: {}\norganisations: {FN: Q1065}", r"FN: the lexicon holds nothing"),
        ("territories: {}\norganisations: {}\nmedia: {}", r"media: is no key"),
        ("territories: {}", r"organisations: is missing"),
    ],
)
def test_data_that_breaks_the_schema_is_named(text: str, says: str) -> None:
    known = parse_entry("t", "territories: {SE: {}, DK: {}}")
    with pytest.raises(LexiconError, match=says):
        build_wikidata(ids(text), known, parse_entry("o", "organisations: {EU: {}}"), parse_entry("m", "media: {}"))


def test_an_actor_is_an_entity_where_that_is_certain() -> None:
    armenia = ActorRef("act_1", "Armenien", ActorKind.STATE, "AM")
    assert entity_of(armenia) == "http://www.wikidata.org/entity/Q399"
    assert entity_of(ActorRef("act_2", "FN", ActorKind.ORGANISATION)) == "http://www.wikidata.org/entity/Q1065"
    # A state's body is not the state, and a person of a state's name is nobody known.
    assert entity_of(replace(armenia, kind=ActorKind.GOVERNMENT)) is None
    assert entity_of(replace(armenia, kind=ActorKind.PERSON)) is None
