"""Words for people: titles, person nouns, pronouns, group phrases, first names."""

from __future__ import annotations

import pytest

from app.lexicon.entities import load_entities
from app.lexicon.persons import Case, Gender, Holder, PartyKind, PronounKind

LEXICON = load_entities("sv")


@pytest.mark.parametrize(
    ("word", "of", "speaks_for", "definite"),
    [
        ("president", Holder.STATE, True, False),
        ("presidenten", Holder.STATE, True, True),
        ("premiärminister", Holder.STATE, True, False),
        ("utrikesministern", Holder.STATE, True, True),
        ("ministrarna", Holder.STATE, True, True),
        ("ambassadör", Holder.STATE, True, False),
        ("kungen", Holder.STATE, True, True),
        ("talesperson", Holder.ORGANISATION, True, False),
        ("presstalesman", Holder.ORGANISATION, True, False),
        ("taleskvinnan", Holder.ORGANISATION, True, True),
        ("rådgivare", Holder.ORGANISATION, True, False),
        ("generalsekreteraren", Holder.ORGANISATION, True, True),
        ("vd", Holder.ORGANISATION, True, False),
        ("vd:n", Holder.ORGANISATION, True, True),
        ("presschef", Holder.ORGANISATION, True, False),
        ("kammaråklagaren", Holder.ORGANISATION, True, True),
        ("EU-kommissionär", Holder.ORGANISATION, True, False),
        ("partiledare", Holder.PARTY, True, False),
        ("riksdagsledamot", Holder.PARTY, False, False),
        ("kommunalrådet", Holder.PARTY, False, True),
        ("advokat", Holder.CLIENT, True, False),
        ("försvarsadvokaten", Holder.CLIENT, True, True),
        ("målsägandebiträde", Holder.CLIENT, True, False),
        ("överste", Holder.ORGANISATION, False, False),
        ("professor", Holder.NONE, False, False),
        ("glaciologen", Holder.NONE, False, True),
        ("gitarrist", Holder.NONE, False, False),
        ("statsvetaren", Holder.NONE, False, True),
        ("överläkare", Holder.NONE, False, False),
        ("förbundskapten", Holder.ORGANISATION, False, False),
    ],
)
def test_titles(word: str, of: Holder, speaks_for: bool, definite: bool) -> None:
    hit = LEXICON.title(word)
    assert hit is not None
    assert (hit.entry.of, hit.entry.speaks_for, hit.form.definite) == (of, speaks_for, definite)


@pytest.mark.parametrize(
    "word",
    [
        "log",
        "ist",
        "dialog",
        "bristen",
        "vattenbrist",
        "ungdomarna",
        "sjukdomarna",
        "järnvägarna",
        "register",
        "katalogen",
        "ställföreträdare",
        "hävd",
        "bord",
    ],
)
def test_words_that_only_look_like_titles(word: str) -> None:
    assert LEXICON.title(word) is None


def test_a_title_tells_its_first_part_and_case() -> None:
    hit = LEXICON.title("utrikesministerns")
    assert hit is not None
    assert (hit.prefix, hit.form.lemma, hit.form.genitive) == ("utrikes", "minister", True)
    hit = LEXICON.title("ex-presidenten")
    assert hit is not None
    assert hit.prefix == "ex"


@pytest.mark.parametrize(
    ("word", "gender"), [("drottningen", Gender.FEMALE), ("kungen", Gender.MALE), ("ministern", Gender.NONE)]
)
def test_gender_of_titles(word: str, gender: Gender) -> None:
    hit = LEXICON.title(word)
    assert hit is not None
    assert hit.entry.gender is gender


@pytest.mark.parametrize(
    ("word", "gender"), [("Herr", Gender.MALE), ("fru", Gender.FEMALE), ("Dr", Gender.NONE), ("Anna", None)]
)
def test_honorifics(word: str, gender: Gender | None) -> None:
    assert LEXICON.honorific(word) is gender


@pytest.mark.parametrize(
    ("word", "gender", "plural"),
    [
        ("mannen", Gender.MALE, False),
        ("kvinnan", Gender.FEMALE, False),
        ("flickorna", Gender.FEMALE, True),
        ("polismannen", Gender.MALE, False),
        ("pappan", Gender.MALE, False),
        ("systern", Gender.FEMALE, False),
        ("sambon", Gender.NONE, False),
        ("föräldrarna", Gender.NONE, True),
        ("43-åringen", Gender.NONE, False),
        ("17-åringarna", Gender.NONE, True),
        ("tjugofemåringen", Gender.NONE, False),
        ("offret", Gender.NONE, False),
        ("misstänkte", Gender.NONE, False),
    ],
)
def test_person_nouns(word: str, gender: Gender, plural: bool) -> None:
    hit = LEXICON.person_noun(word)
    assert hit is not None
    assert (hit.entry.gender, hit.form.plural) == (gender, plural)


@pytest.mark.parametrize("word", ["summan", "romanen", "humor", "trumman", "firman", "åringen", "2023", "bordet"])
def test_words_that_only_look_like_persons(word: str) -> None:
    assert LEXICON.person_noun(word) is None


@pytest.mark.parametrize(
    ("word", "gender", "number", "case", "kind"),
    [
        ("han", Gender.MALE, "sg", Case.SUBJECT, PronounKind.PERSONAL),
        ("henne", Gender.FEMALE, "sg", Case.OBJECT, PronounKind.PERSONAL),
        ("deras", Gender.NONE, "pl", Case.POSSESSIVE, PronounKind.PERSONAL),
        ("dom", Gender.NONE, "pl", Case.SUBJECT, PronounKind.PERSONAL),
        ("sin", Gender.NONE, None, Case.POSSESSIVE, PronounKind.PERSONAL),
        ("sig", Gender.NONE, None, Case.REFLEXIVE, PronounKind.PERSONAL),
        ("man", Gender.NONE, None, Case.SUBJECT, PronounKind.GENERIC),
        ("vi", Gender.NONE, "pl", Case.SUBJECT, PronounKind.PERSONAL),
        ("denne", Gender.MALE, "sg", Case.SUBJECT, PronounKind.DEMONSTRATIVE),
        ("det", Gender.NEUTER, "sg", Case.SUBJECT, PronounKind.IMPERSONAL),
    ],
)
def test_pronouns(word: str, gender: Gender, number: str | None, case: Case, kind: PronounKind) -> None:
    pronoun = LEXICON.pronouns[word]
    assert (pronoun.gender, pronoun.number, pronoun.case, pronoun.kind) == (gender, number, case, kind)


def test_every_third_person_has_subject_object_and_possessive() -> None:
    for lemma in ("han", "hon", "hen", "de"):
        cases = {pronoun.case for pronoun in LEXICON.pronouns.values() if pronoun.lemma == lemma}
        assert cases >= {Case.SUBJECT, Case.OBJECT, Case.POSSESSIVE}


@pytest.mark.parametrize(
    ("phrase", "of", "count"),
    [
        ("båda sidor", PartyKind.ANY, 2),
        ("De två  länderna", PartyKind.STATE, 2),
        ("parterna", PartyKind.ANY, None),
        ("de tre partierna", PartyKind.ORGANISATION, 3),
    ],
)
def test_phrases_for_several_parties(phrase: str, of: PartyKind, count: int | None) -> None:
    found = LEXICON.group_phrase(phrase)
    assert found is not None
    assert (found.of, found.count) == (of, count)


def test_phrases_for_nobody() -> None:
    assert LEXICON.group_phrase("de två bilarna") is None


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("landet", PartyKind.STATE),
        ("Landets", PartyKind.STATE),
        ("ministeriet", PartyKind.ORGANISATION),
        ("bordet", None),
    ],
)
def test_definite_nouns_that_take_up_a_party(word: str, kind: PartyKind | None) -> None:
    assert LEXICON.takes_up(word) is kind


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Anna Lind", Gender.FEMALE),
        ("Ulf", Gender.MALE),
        ("Anna-Karin Hatt", Gender.FEMALE),
        ("Karl-Petter Ek", Gender.MALE),
        ("VOLODYMYR Zelenskyj", Gender.MALE),
        ("Kim Andersson", None),
        ("Xqzt", None),
        ("", None),
    ],
)
def test_gender_of_first_names(name: str, gender: Gender | None) -> None:
    assert LEXICON.gender_of_name(name) is gender


def test_enough_first_names_and_none_on_both_lists() -> None:
    men = [name for name, gender in LEXICON.first_names.items() if gender is Gender.MALE]
    women = [name for name, gender in LEXICON.first_names.items() if gender is Gender.FEMALE]
    assert len(men) > 350
    assert len(women) > 300
