"""Territories: every role reads as it should, codes and names are consistent, and odd words stay out."""

from __future__ import annotations

import re

import pytest

from app.lexicon.entities import load_entities
from app.lexicon.territories import SeatOf, TerritoryKind, TerritoryRole

LEXICON = load_entities("sv")
TERRITORIES = LEXICON.territories.territories

# ISO 3166-1 alpha-2, as far as this lexicon may use it.
ISO = set(
    re.findall(
        "[A-Z]{2}",
        """
    AD AE AF AG AL AM AO AR AT AU AX AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CK
    CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FM FO FR GA GB GD GE GH GI GL GM GN
    GQ GR GT GW GY HK HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK
    LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MR MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NU NZ
    OM PA PE PG PH PK PL PR PS PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD
    TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VN VU WS YE ZA ZM ZW
        """,
    )
)
# Codes of what is no member of the United Nations.
NO_STATE = {"AX", "CK", "EH", "FO", "GI", "GL", "HK", "MO", "NC", "NU", "PR", "TW"}


@pytest.mark.parametrize(
    ("word", "code", "role"),
    [
        ("Ryssland", "RU", TerritoryRole.NAME),
        ("Ryska federationen", "RU", TerritoryRole.NAME),
        ("RYSSLAND", "RU", TerritoryRole.NAME),
        ("Rysslands", "RU", TerritoryRole.GENITIVE),
        ("USA", "US", TerritoryRole.NAME),
        ("USA:s", "US", TerritoryRole.GENITIVE),
        ("USAs", "US", TerritoryRole.GENITIVE),
        ("Förenta staterna", "US", TerritoryRole.NAME),
        ("Förenta staternas", "US", TerritoryRole.GENITIVE),
        ("Belarus", "BY", TerritoryRole.NAME),
        ("Belarus", "BY", TerritoryRole.GENITIVE),
        ("Belarus'", "BY", TerritoryRole.GENITIVE),
        ("Honduras", "HN", TerritoryRole.GENITIVE),
        ("Schweiz", "CH", TerritoryRole.GENITIVE),
        ("Republiken Azerbajdzjans", "AZ", TerritoryRole.GENITIVE),
        ("rysk", "RU", TerritoryRole.ADJECTIVE),
        ("ryskt", "RU", TerritoryRole.ADJECTIVE),
        ("ryska", "RU", TerritoryRole.ADJECTIVE),
        ("ryske", "RU", TerritoryRole.ADJECTIVE),
        ("Ryska", "RU", TerritoryRole.ADJECTIVE),
        ("amerikanska", "US", TerritoryRole.ADJECTIVE),
        ("brittiske", "GB", TerritoryRole.ADJECTIVE),
        ("azerbajdzjanskt", "AZ", TerritoryRole.ADJECTIVE),
        ("ryss", "RU", TerritoryRole.INHABITANT),
        ("ryssen", "RU", TerritoryRole.INHABITANT),
        ("ryssar", "RU", TerritoryRole.INHABITANT),
        ("ryssarna", "RU", TerritoryRole.INHABITANT),
        ("armenier", "AM", TerritoryRole.INHABITANT),
        ("armenierna", "AM", TerritoryRole.INHABITANT),
        ("norrmän", "NO", TerritoryRole.INHABITANT),
        ("norrmännen", "NO", TerritoryRole.INHABITANT),
        ("italienaren", "IT", TerritoryRole.INHABITANT),
        ("italienarna", "IT", TerritoryRole.INHABITANT),
        ("polackerna", "PL", TerritoryRole.INHABITANT),
        ("gazaborna", "gaza", TerritoryRole.INHABITANT),
        ("Baku", "AZ", TerritoryRole.CAPITAL),
        ("Bakus", "AZ", TerritoryRole.CAPITAL_GENITIVE),
        ("Paris", "FR", TerritoryRole.CAPITAL),
        ("Kyiv", "UA", TerritoryRole.CAPITAL),
        ("Kreml", "RU", TerritoryRole.METONYM),
        ("Kremls", "RU", TerritoryRole.METONYM_GENITIVE),
        ("Vita husets", "US", TerritoryRole.METONYM_GENITIVE),
        ("Rosenbad", "SE", TerritoryRole.METONYM),
        ("Karabachs", "karabach", TerritoryRole.GENITIVE),
        ("Norge", "NO", TerritoryRole.NAME),
        ("Norges", "NO", TerritoryRole.GENITIVE),
        ("Skåne", "se-m", TerritoryRole.NAME),
    ],
)
def test_words_in_their_roles(word: str, code: str, role: TerritoryRole) -> None:
    assert (code, role) in {(hit.territory.code, hit.role) for hit in LEXICON.lookup(word)}


@pytest.mark.parametrize(
    "word",
    [
        "ryssland",
        "rosenbad",
        "rysslandsvänlig",
        "Rysslandsvänlig",
        "Karlsson",
        "oman",
        "mali",
        "",
        " ",
        "us",
        "is",
        "Rys",
    ],
)
def test_words_that_name_no_territory(word: str) -> None:
    assert LEXICON.lookup(word) == ()


def test_a_territory_is_known_by_its_code() -> None:
    assert LEXICON.territory("AZ") is TERRITORIES["AZ"]
    assert LEXICON.territory("XX") is None


def test_number_of_inhabitants() -> None:
    numbers = {word: LEXICON.lookup(word)[-1].plural for word in ("ryss", "ryssen", "ryssar", "ryssarna", "armenier")}
    assert numbers == {"ryss": False, "ryssen": False, "ryssar": True, "ryssarna": True, "armenier": None}


def test_seats_name_their_body() -> None:
    assert LEXICON.lookup("Pentagon")[0].seat is SeatOf.DEFENCE
    assert LEXICON.lookup("Kreml")[0].seat is SeatOf.GOVERNMENT
    assert LEXICON.lookup("Foggy Bottom")[0].seat is SeatOf.FOREIGN


@pytest.mark.parametrize("word", ["Kongo", "kongolesiska", "Sofia", "Bryssel", "Sofias"])
def test_ambiguous_words_say_so(word: str) -> None:
    assert all(hit.ambiguous for hit in LEXICON.lookup(word))


@pytest.mark.parametrize("word", ["Baku", "Moskva", "Ryssland", "svenska", "Kreml"])
def test_plain_words_are_not_called_ambiguous(word: str) -> None:
    assert not any(hit.ambiguous for hit in LEXICON.lookup(word))


def test_the_larger_kongo_comes_first() -> None:
    assert [hit.territory.code for hit in LEXICON.lookup("Kongo")] == ["CD", "CG"]


def test_codes_are_iso_or_our_own() -> None:
    iso = {code for code in TERRITORIES if code.isupper()}
    assert iso <= ISO
    own = set(TERRITORIES) - iso
    assert all(re.fullmatch(r"[a-z]+(-[a-z]{1,2})?", code) for code in own)


def test_all_states_are_there() -> None:
    states = {
        code for code, territory in TERRITORIES.items() if territory.kind is TerritoryKind.STATE and code.isupper()
    }
    assert states == ISO - NO_STATE - {"PS"}
    assert len(states) == 194  # 193 members of the United Nations and the Vatican


def test_a_part_names_what_it_is_part_of() -> None:
    parts = [t for t in TERRITORIES.values() if t.kind in (TerritoryKind.PART, TerritoryKind.COUNTY)]
    assert all(part.part_of in TERRITORIES for part in parts)
    assert sum(1 for part in parts if part.kind is TerritoryKind.COUNTY) == 21


def test_no_two_states_share_a_word_unless_declared() -> None:
    for role in TerritoryRole:
        owners: dict[str, set[str]] = {}
        for territory in TERRITORIES.values():
            words = {
                TerritoryRole.NAME: territory.names,
                TerritoryRole.GENITIVE: territory.genitives,
                TerritoryRole.ADJECTIVE: territory.adjectives,
                TerritoryRole.INHABITANT: territory.inhabitants,
                TerritoryRole.CAPITAL: territory.capitals,
            }.get(role, ())
            for word in words:
                owners.setdefault(word.lower(), set()).add(territory.code)
        assert all(codes == {"CD", "CG"} for codes in owners.values() if len(codes) > 1)


def test_every_state_has_a_capital_and_an_adjective() -> None:
    states = [t for t in TERRITORIES.values() if t.kind is TerritoryKind.STATE]
    assert [t.code for t in states if not t.capitals] == ["VA"]
    assert [t.code for t in states if not t.adjectives] == []


@pytest.mark.parametrize(
    ("word", "code", "head"),
    [
        ("Baku-regeringen", "AZ", "regering"),
        ("Baku-regeringens", "AZ", "regering"),
        ("Kremlregimen", "RU", "regim"),
        ("Moskvaregimen", "RU", "regim"),
        ("Assad-regimen", None, None),
        ("Bakupolisen", "AZ", "polis"),
        ("Kirunapolisen", None, None),
        ("regeringen", None, None),
    ],
)
def test_territory_and_body_in_one_word(word: str, code: str | None, head: str | None) -> None:
    compound = LEXICON.of_compound(word)
    assert (compound.territory.territory.code if compound else None) == code
    assert (compound.head.form.lemma if compound else None) == head
