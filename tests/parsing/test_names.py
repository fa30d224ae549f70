"""Lemmas of proper nouns."""

from __future__ import annotations

import pytest

from app.parsing.conllu import from_conllu
from app.parsing.names import with_name_lemmas


def lemmas(*rows: tuple[str, str, str]) -> list[str]:
    """Lemmas of a text of (form, features, relation), every lemma set to something wrong before."""
    lines = [
        f"{i} {form} x {'PROPN' if form[0].isupper() else 'VERB'} _ {feats} {0 if i == 1 else 1} {relation} _ _"
        for i, (form, feats, relation) in enumerate(rows, 1)
    ]
    (paragraph,) = with_name_lemmas(from_conllu("\n".join(lines)).paragraphs)
    return [word.lemma for word in paragraph.sentences[0].words]


@pytest.mark.parametrize(
    ("form", "feats", "lemma"),
    [
        ("Armenien", "Case=Nom", "Armenien"),
        ("Armeniens", "Case=Gen", "Armenien"),
        ("Reuters", "Case=Nom", "Reuters"),
        ("FN:s", "Case=Gen", "FN"),
        ("USA:s", "Case=Nom", "USA"),
        ("Columbus’", "Case=Gen", "Columbus"),
        ("S", "Case=Nom", "S"),
    ],
)
def test_the_lemma_is_the_name_without_the_genitive(form: str, feats: str, lemma: str) -> None:
    assert lemmas((form, feats, "root")) == [lemma]


def test_a_name_that_stands_in_the_text_tells_its_genitive() -> None:
    assert lemmas(("Bakus", "Case=Nom", "root"), ("Baku", "Case=Nom", "dep")) == ["Baku", "Baku"]


def test_a_first_name_keeps_its_s() -> None:
    rows = (("Jens", "Case=Gen", "root"), ("Perssons", "Case=Gen", "flat:name"))
    assert lemmas(*rows) == ["Jens", "Persson"]


def test_other_words_are_left_alone() -> None:
    assert lemmas(("talas", "_", "root")) == ["x"]
