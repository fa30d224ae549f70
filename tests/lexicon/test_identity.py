from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import LexiconError, UnsupportedLanguage
from app.lexicon import identity
from app.lexicon.entities import load_entities
from app.lexicon.identity import load_identity
from app.lexicon.strict import Entry, parse_entry
from app.lexicon.transliteration import name_key

DATA = Path(identity.__file__).parent / "sv" / "identity.yaml"


def test_the_home_is_a_territory() -> None:
    assert load_entities("sv").territory(load_identity("sv").home) is not None


def test_every_noun_is_a_body_of_the_entity_lexicon() -> None:
    lexicon, entities = load_identity("sv"), load_entities("sv")
    nouns = {*lexicon.bodies, *lexicon.abroad, *lexicon.unowned, *lexicon.collectives}
    heads = {noun: entities.body_noun(noun) for noun in nouns}
    assert {noun for noun, hit in heads.items() if hit is None or hit.form.lemma != noun} == set()


def test_a_noun_stands_for_all_of_its_line() -> None:
    lexicon = load_identity("sv")
    assert lexicon.body("departement") == lexicon.body("ministerium") == "ministerium"
    assert lexicon.body("verk") == "verk"


def test_common_surnames_are_known_in_any_spelling() -> None:
    lexicon = load_identity("sv")
    assert lexicon.is_common(name_key("Andersson"))
    assert lexicon.is_common(name_key("Anderson"))
    assert not lexicon.is_common(name_key("Stålnacke"))


def test_a_language_without_data() -> None:
    with pytest.raises(UnsupportedLanguage):
        load_identity("xx")


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("home: SE", "hem: SE", "home: is missing"),
        ("- försvarsmakt |", "- försvarsmakt | departement |", "bodies: 'departement' is in two lines"),
        ("home: SE", "home: SE\nhome_too: NO", "home_too: is no key"),
        ("abroad: [ambassad,", "abroad: [ambassad, ambassad,", "abroad: 'ambassad' stands twice"),
    ],
)
def test_broken_data_is_named(monkeypatch: pytest.MonkeyPatch, before: str, after: str, problem: str) -> None:
    text = DATA.read_text("utf-8")
    assert before in text

    def broken(_language: str, name: str) -> Entry:
        return parse_entry(f"sv/{name}", text.replace(before, after, 1))

    monkeypatch.setattr(identity, "read_file", broken)
    load_identity.cache_clear()
    try:
        with pytest.raises(LexiconError, match=f"sv/identity.yaml: {problem}"):
            load_identity("sv")
    finally:
        load_identity.cache_clear()
