"""Broken data gets an error that names file, entry and key; unknown languages are refused."""

from __future__ import annotations

import pytest

from app.domain.actor import ActorKind
from app.errors import LexiconError, UnsupportedLanguage
from app.lexicon.bodies import OrganisationIndex, read_heads
from app.lexicon.boilerplate import load_boilerplate
from app.lexicon.entities import load_entities
from app.lexicon.nouns import Declension, NounIndex, read_declensions, read_nouns
from app.lexicon.persons import read_group_phrases, read_persons, read_pronouns, read_titles
from app.lexicon.strict import parse_entry
from app.lexicon.territories import read_territories

DECLENSIONS = {
    "president": Declension("president", "", "en", "er", "erna"),
    "kung": Declension("kung", "", "en", "ar", "arna"),
    "talare": Declension("talare", "are", "aren", "are", "arna"),
    "azerier": Declension("azerier", "er", "ern", "er", "erna"),
    "talesman": Declension("talesman", "man", "mannen", "män", "männen"),
    "pojke": Declension("pojke", "e", "en", "ar", "arna"),
}


@pytest.mark.parametrize("language", ["xx", "../sv", "SV", "", "sv/../sv"])
def test_languages_without_data(language: str) -> None:
    with pytest.raises(UnsupportedLanguage):
        load_entities(language)
    with pytest.raises(UnsupportedLanguage):
        load_boilerplate(language)


def test_the_lexicon_is_read_once() -> None:
    assert load_entities("sv") is load_entities("sv")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a\n- b", "x.yaml: expected a mapping, found a list"),
        ("a: 1\na: 2", "x.yaml: line 2: key 'a' stands twice"),
        ("a: [", "x.yaml: no valid YAML"),
        ("", "x.yaml: expected a mapping, found nothing"),
    ],
)
def test_files_that_are_no_mapping(text: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        parse_entry("x.yaml", text)


def test_scalars_are_text() -> None:
    entry = parse_entry("x.yaml", "NO: 12\nflag: true\nother: yes")
    assert entry.text("NO") == "12"
    assert entry.flag("flag")
    with pytest.raises(LexiconError, match=r"x\.yaml: other: expected true or false, found 'yes'"):
        entry.flag("other")


def test_keys_nobody_asked_for() -> None:
    entry = parse_entry("x.yaml", "known: a\nunknown: b")
    entry.text("known")
    with pytest.raises(LexiconError, match=r"x\.yaml: unknown: is no key"):
        entry.done()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("words: a", "words: expected a list, found 'a'"),
        ("words: [a, a]", "words: 'a' stands twice"),
        ("words: [[a]]", "words: expected text in the list, found a list"),
    ],
)
def test_lists(text: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        parse_entry("x.yaml", text).words("words")


_NOTES = "\nambiguous: {}\nshared: {}"


@pytest.mark.parametrize(
    ("territories", "message"),
    [
        ("{AZ: {capitals: [Baku]}}", r"territories\[AZ\]: name: is missing"),
        ("{Az: {name: A}}", r"territories\[Az\]: code: 'Az' is neither"),
        ("{AZ: {name: A, kind: kingdom}}", r"territories\[AZ\]: kind: 'kingdom' is none of state"),
        ("{AZ: {name: A, adjectives: [azerisch]}}", r"territories\[AZ\]: adjectives: 'azerisch' does not end in -sk"),
        ("{AZ: {name: A, inhabitants: [azer/azorer]}}", r"territories\[AZ\]: inhabitants: no plural 'azorer'"),
        ("{AZ: {name: A, part_of: XX}}", r"part_of: 'XX' is no territory"),
        ("{AZ: {name: A, seats: {Slottet: king}}}", r"territories\[AZ\]: seats: Slottet: 'king' is none of"),
        ("{AZ: {name: A, capital: Baku}}", r"territories\[AZ\]: capital: is no key"),
        ("{AZ: {name: Kongo}, BA: {name: Kongo}}", "'kongo' as name is claimed by AZ, BA"),
    ],
)
def test_broken_territories(territories: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        read_territories(parse_entry("sv/territories.yaml", f"territories: {territories}{_NOTES}"), DECLENSIONS)


def test_a_declared_double_claim_is_allowed() -> None:
    text = (
        "territories: {AZ: {name: Kongo}, BA: {name: Kongo}}\nshared: {}\n"
        "ambiguous: {Kongo: {role: name, codes: [BA, AZ], why: test}}"
    )
    index = read_territories(parse_entry("x", text), DECLENSIONS)
    assert [(hit.territory.code, hit.ambiguous) for hit in index.lookup("Kongo")] == [("BA", True), ("AZ", True)]


@pytest.mark.parametrize(
    ("nouns", "message"),
    [
        ("{pojkar: [kung]}", "nouns: pojkar: is no declension"),
        ("{talare: [kung]}", "nouns: talare: 'kung' does not end in 'are'"),
        ("{forms: [en två tre]}", "nouns: forms: 'en två tre' does not give four forms"),
    ],
)
def test_broken_nouns(nouns: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        list(read_nouns(parse_entry("x", f"nouns: {nouns}"), DECLENSIONS))


def test_broken_declension() -> None:
    with pytest.raises(LexiconError, match="declensions: kort: expected four endings, found 2"):
        read_declensions(parse_entry("x", 'declensions: {kort: "-a -b"}'))


def test_broken_titles_persons_pronouns_and_phrases() -> None:
    with pytest.raises(LexiconError, match=r"titles\[1\]: of: 'club' is none of state"):
        read_titles(parse_entry("x", "titles: [{of: club, nouns: {}}]"), DECLENSIONS)
    with pytest.raises(LexiconError, match="age_patterns: no regular expression"):
        read_persons(parse_entry("x", "person_nouns: []\nnot_persons: {nouns: {}}\nage_patterns: ['(']"), DECLENSIONS)
    with pytest.raises(LexiconError, match=r"pronouns\[han\]: person: expected 1, 2 or 3"):
        read_pronouns(parse_entry("x", "pronouns: {han: {person: 4, number: sg}}"))
    with pytest.raises(LexiconError, match=r"groups\[båda\]: count: expected a number"):
        read_group_phrases(parse_entry("x", "groups: {båda: {count: many, of: any}}"))


def test_broken_bodies() -> None:
    index = OrganisationIndex()
    with pytest.raises(LexiconError, match=r"bodies\[B\]: aliases: 'A' is A already"):
        index.read(parse_entry("x", "bodies: {A: {}, B: {aliases: [A]}}"), "bodies", ActorKind.ORGANISATION)
    with pytest.raises(LexiconError, match=r"heads\[1\]: kind: is missing"):
        read_heads(parse_entry("x", "heads: [{nouns: {}}]"), "heads", DECLENSIONS, NounIndex())


def test_an_exact_noun_wins_over_a_compound_and_a_block_over_both() -> None:
    index: NounIndex[str] = NounIndex()
    index.add("head", ("verk", "verket", "verk", "verken"), compound=True)
    index.add("exact", ("nätverk", "nätverket", "nätverk", "nätverken"), compound=False)
    index.block(("kraftverk", "kraftverket", "kraftverk", "kraftverken"))

    def entry(word: str) -> str | None:
        hit = index.find(word)
        return hit.entry if hit else None

    assert entry("Vägverket") == "head"
    assert entry("nätverkets") == "exact"
    assert entry("kraftverken") is None
    assert entry("vattenkraftverk") is None
    assert entry("tull verket") is None
