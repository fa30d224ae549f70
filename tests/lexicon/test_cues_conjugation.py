"""Swedish conjugation against tables written by hand: principal parts, s-passives, participles."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.lexicon.conjugation import conjugate, forms, read_parts
from app.lexicon.load import load_cues
from app.lexicon.schema import Tense, Voice

TABLE = [
    line
    for line in (Path(__file__).parent / "conjugations.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]

_CELLS = (
    (Voice.ACTIVE, Tense.PRESENT),
    (Voice.ACTIVE, Tense.PRETERITE),
    (Voice.ACTIVE, Tense.SUPINE),
    (Voice.ACTIVE, Tense.IMPERATIVE),
    (Voice.PASSIVE, Tense.INFINITIVE),
    (Voice.PASSIVE, Tense.PRESENT),
    (Voice.PASSIVE, Tense.PRETERITE),
    (Voice.PASSIVE, Tense.SUPINE),
)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.partition(":")[0])
def test_verb_has_exactly_the_forms_of_the_table(row: str) -> None:
    verb, _, rest = row.partition(":")
    active, passive, participles = (part.split() for part in rest.split("|"))
    expected = {(verb, Voice.ACTIVE, Tense.INFINITIVE)}
    for (voice, tense), cell in zip(_CELLS, active + passive, strict=True):
        expected |= {(form, voice, tense) for form in cell.split("/")}
    expected |= {(form, Voice.PARTICIPLE, Tense.PARTICIPLE) for form in participles}
    found = {
        (form, analysis.voice, analysis.tense)
        for form, analyses in load_cues("sv").verb_forms.items()
        for analysis in analyses
        if analysis.entry.verb == verb
    }
    assert found == expected


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("hoppas", {"hoppas", "hoppades", "hoppats"}),
        ("minnas", {"minnas", "minns", "mindes", "mints"}),
        ("glädjas", {"glädjas", "gläds", "glädjs", "gladdes", "glatts"}),
    ],
)
def test_deponents_have_active_forms_only(verb: str, expected: set[str]) -> None:
    lexicon = load_cues("sv")
    found = {
        (form, analysis.voice)
        for form, analyses in lexicon.verb_forms.items()
        for analysis in analyses
        if analysis.entry.verb == verb
    }
    assert found == {(form, Voice.ACTIVE) for form in expected}


@pytest.mark.parametrize(
    ("verb", "inflection", "problem"),
    [
        ("anse", "ar", "does not end in -a"),
        ("anse", "hålla", "does not end in its model"),
        ("kräva", "te", "cannot take -te"),
        ("tycka", "de", "cannot take -de"),
        ("kräva", "dde", "stressed vowel"),
        ("kräva", "er", "neither a class"),
    ],
)
def test_a_verb_that_does_not_fit_its_class_is_refused(verb: str, inflection: str, problem: str) -> None:
    strong = {"hålla": read_parts("hålla", ("håller", "höll", "hållit", "hållen"))}
    if inflection == "dde":
        verb = "svar"
    with pytest.raises(ValueError, match=problem):
        conjugate(verb, inflection, strong)


def test_a_model_verb_lends_its_parts_to_its_compounds() -> None:
    strong = {"hålla": read_parts("hålla", ("håller", "höll", "hållit", "hållen"))}
    words = {form for form, _, _ in forms(conjugate("undanhålla", "hålla", strong))}
    assert {"undanhåller", "undanhöll", "undanhållit", "undanhölls", "undanhållna"} <= words


def test_principal_parts_must_be_four() -> None:
    with pytest.raises(ValueError, match="found 2 forms"):
        read_parts("hålla", ("håller", "höll"))
