from __future__ import annotations

import pytest

from app.resolution.keys_bodies import BodyKey, BodyReader

# name, territory of the actor, key
ONE = [
    ("Bakus försvarsministerium", "AZ", "body:AZ:försvarsministerium"),
    ("Azerbajdzjans försvarsministerium", "AZ", "body:AZ:försvarsministerium"),
    ("det azerbajdzjanska försvarsministeriet", "AZ", "body:AZ:försvarsministerium"),
    ("azerbajdzjanska försvarsministeriets", None, "body:AZ:försvarsministerium"),
    ("försvarsministeriet i Baku", None, "body:AZ:försvarsministerium"),
    ("försvarsministeriet", "AZ", "body:AZ:försvarsministerium"),
    ("kambodjanska försvarsdepartementet", "KH", "body:KH:försvarsministerium"),
    ("Kambodjas försvarsministerium", "KH", "body:KH:försvarsministerium"),
    ("Baku-regeringen", None, "body:AZ:regering"),
    ("Bakus regering", "AZ", "body:AZ:regering"),
    ("Sveriges regering", None, "body:SE:regering"),
    ("Förenade Arabemiratens regering", None, "body:AE:regering"),
    ("svenska polisen", "SE", "body:SE:polis"),
    ("amerikanska UD", "US", "body:US:utrikesministerium"),
    ("amerikanska FBI", "US", "org:fbi"),
    ("Svenska Naturskyddsföreningen", None, "body:SE:naturskyddsförening"),
    ("ukrainska militären", "UA", "body:UA:försvarsmakt"),
    ("Ukrainas försvarsmakt", "UA", "body:UA:försvarsmakt"),
    ("Karabachs separatistmyndigheter", "karabach", "body:karabach:separatistmyndighet+"),
    ("azerbajdzjanska styrkor", "AZ", "body:AZ:styrka+"),
    ("de azerbajdzjanska styrkorna", "AZ", "body:AZ:styrka+"),
    ("Armeniens väpnade styrkor", "AM", "body:AM:väpnade styrka+"),
    ("ryska ambassaden i Stockholm", "RU", "body:RU:ambassad i stockholm"),
    ("Rysslands utrikesministeriums presstjänst", "RU", "body:RU:utrikesministerium presstjänst"),
]

APART = [
    ("Azerbajdzjans försvarsministerium", "Azerbajdzjans utrikesministerium"),
    ("Azerbajdzjans försvarsministerium", "Armeniens försvarsministerium"),
    ("ryska ambassaden i Stockholm", "ryska ambassaden i Helsingfors"),
    ("Thailands armé", "Thailands flotta"),
]


@pytest.fixture
def reader() -> BodyReader:
    return BodyReader("sv", frozenset({"AZ", "AM", "RU"}), "SE")


@pytest.mark.parametrize(("name", "territory", "expected"), ONE)
def test_one_body_however_it_is_called(reader: BodyReader, name: str, territory: str | None, expected: str) -> None:
    assert reader.of_name(name, territory) == BodyKey(True, expected)


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_bodies(reader: BodyReader, one: str, other: str) -> None:
    first, second = reader.of_name(one, None), reader.of_name(other, None)
    assert first.key is not None
    assert second.key is not None
    assert first.key != second.key


@pytest.mark.parametrize(
    ("name", "territory"),
    [
        ("amerikanska tjänstemän", "US"),
        ("fyra thailändska soldater", "TH"),
        ("thailändska soldater", "TH"),
        ("en rysk domstol", "RU"),
        ("den ryska fredsbevarande styrkan i regionen", "RU"),
        ("regeringen", None),
        ("ministeriet", None),
    ],
)
def test_bodies_that_only_their_article_tells_apart(reader: BodyReader, name: str, territory: str | None) -> None:
    assert reader.of_name(name, territory) == BodyKey(True, None)


@pytest.mark.parametrize(
    "name",
    [
        "Nordbruk",
        "Rädda byskolan",
        "Danske Bank",
        "Sveriges Ingenjörer",
        "Stockholms universitet",
        "Londons polis",
        "ambassaden i Baku",
    ],
)
def test_names_that_tell_of_no_state(reader: BodyReader, name: str) -> None:
    assert not reader.of_name(name, None).found
