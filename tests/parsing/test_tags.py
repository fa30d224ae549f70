"""Tags corrected by a dictionary before the parser reads them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from app.parsing.parser import Parser
from app.parsing.tags import FINITE_FORMS, FIXED_NOUNS, correct_tags, read_forms
from app.parsing.train.finite_forms import finite_forms
from app.parsing.train.treebank import Row, Tree
from scripts.fixed_nouns import fixed, nouns_of_lexicon


@dataclass
class StanzaWord:
    text: str
    upos: str
    xpos: str = "NN"
    feats: str | None = None


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        ("söner/NOUN skrek/NOUN", "NOUN VERB"),
        ("Budapest/PROPN anklagar/NOUN kommissionen/NOUN", "PROPN VERB NOUN"),
        ("I/ADP går/VERB kom/VERB han/PRON", "ADP NOUN VERB PRON"),
        ("Det/PRON går/VERB bra/ADV", "PRON VERB ADV"),
        ("–/PUNCT I/ADP går/VERB erkände/ADJ bolaget/NOUN", "PUNCT ADP NOUN VERB NOUN"),
        ("I/ADP går/VERB bröt/NOUN polisen/NOUN", "ADP NOUN VERB NOUN"),
        ("I/ADP går/VERB kväll/NOUN kom/VERB han/PRON", "ADP NOUN NOUN VERB PRON"),
        ("bolaget/NOUN önskade/ADJ sig/PRON mer/ADV", "NOUN VERB PRON ADV"),
        ("försvaras/VERB av/ADP advokat/VERB Ohlin/PROPN", "VERB ADP NOUN PROPN"),
        ("Fullmäktige/ADV godkände/VERB planerna/NOUN", "NOUN VERB NOUN"),
        ("håller/VERB vd/VERB Anna/PROPN Ek/PROPN", "VERB NOUN PROPN PROPN"),
        ("larm/NOUN stängdes/NOUN av/ADV", "NOUN VERB ADV"),
        ("vilket/PRON förnekas/NOUN av/ADP bolaget/NOUN", "PRON VERB ADP NOUN"),
        ("i/ADP mars/NOUN erkände/ADJ chefen/NOUN", "ADP NOUN VERB NOUN"),
        ("den/DET erkände/ADJ forskaren/NOUN", "DET ADJ NOUN"),
        # A noun of the same form, a participle, a name; an adjective, and a noun that the tagger knows.
        ("det/PRON är/AUX rätt/ADJ", "PRON AUX ADJ"),
        ("fast/ADV besluten/ADJ", "ADV ADJ"),
        ("en/DET åker/NOUN", "DET NOUN"),
        ("hotade/ADJ arter/NOUN", "ADJ NOUN"),
        ("På/ADP tisdagen/NOUN avvisade/VERB advokat/NOUN Per/ADP Berg/PROPN", "ADP NOUN VERB NOUN PROPN PROPN"),
        ("Per/ADP Berg/PROPN", "ADP PROPN"),
        ("avvisade/VERB Perić/PROPN anklagelsen/PROPN", "VERB PROPN NOUN"),
        ("ordföranden/NOUN Uppgift/PROPN", "NOUN PROPN"),
        ("Skrek/PROPN", "PROPN"),
    ],
)
def test_finite_verbs_and_yesterday(words: str, tags: str) -> None:
    sentence = [StanzaWord(*word.split("/")) for word in words.split()]
    correct_tags(sentence)
    assert [word.upos for word in sentence] == tags.split()


@pytest.mark.parametrize(
    ("before", "tag"), [("TT/PROPN/PM|NOM", "VERB"), ("de/DET/DT", "ADJ"), ("bolagets/NOUN/NN|NEU|SIN|DEF|GEN", "ADJ")]
)
def test_a_definite_noun_follows_no_bare_participle(before: str, tag: str) -> None:
    sentence = [
        StanzaWord(*word.split("/")) for word in (before, "avvisade/ADJ/PC|PRF", "kritiken/NOUN/NN|UTR|SIN|DEF|NOM")
    ]
    correct_tags(sentence)
    assert sentence[1].upos == tag


@pytest.mark.parametrize(
    ("before", "after", "tag"),
    [
        ("att/SCONJ", "ljuger/VERB", "PROPN"),
        ("en/DET", "ljuger/VERB", "NOUN"),
        ("att/SCONJ", "Byggnads/PROPN", "NOUN"),
        ("–/PUNCT", "ljuger/VERB", "NOUN"),
    ],
)
def test_a_capital_inside_a_sentence_makes_a_name(before: str, after: str, tag: str) -> None:
    words = (before, "Ek/NOUN/NN|UTR|SIN|IND|NOM", after)
    sentence = [StanzaWord(*word.split("/")) for word in words]
    correct_tags(sentence)
    assert sentence[1].upos == tag


def test_features_come_with_the_tag() -> None:
    word = StanzaWord("beskriver", "NOUN", "NN|UTR|SIN|IND|NOM", "Case=Nom")
    correct_tags([word])
    assert (word.xpos, word.feats) == ("VB|PRS|AKT", "Mood=Ind|Tense=Pres|VerbForm=Fin|Voice=Act")


def test_a_noun_comes_with_its_features() -> None:
    word = StanzaWord("pressmeddelande", "ADJ", "JJ|POS", None)
    correct_tags([word])
    assert (word.xpos, word.feats) == (
        "NN|NEU|SIN|IND|NOM",
        "Case=Nom|Definite=Ind|Gender=Neut|Number=Sing",
    )


def test_the_fixed_nouns_are_those_of_the_lexicon() -> None:
    written = read_forms(FIXED_NOUNS)
    known = nouns_of_lexicon()
    assert set(written) <= set(known)
    assert fixed(known, read_forms(FINITE_FORMS), []).keys() >= written.keys()


@pytest.mark.parametrize(("before", "feats"), [("AUX", "VerbForm=Inf|Voice=Pass"), ("PRON", None)])
def test_a_passive_behind_an_auxiliary_is_an_infinitive(before: str, feats: str | None) -> None:
    words = [StanzaWord("kan", before), StanzaWord("inte", "PART"), StanzaWord("bekräftas", "NOUN")]
    correct_tags(words)
    assert words[-1].feats == (feats or "Mood=Ind|Tense=Pres|VerbForm=Fin|Voice=Pass")


def test_the_parser_reads_the_corrected_tags(parser: Parser) -> None:
    words = parser.parse_many(["Mina söner skrek."])[0].sentences[0].words
    verb = next(word for word in words if word.text == "skrek")
    son = next(word for word in words if word.text == "söner")
    assert (verb.upos, verb.deprel) == ("VERB", "root")
    assert (son.deprel, words[son.head]) == ("nsubj", verb)


def test_forms_that_are_nothing_else() -> None:
    entries = {
        **dict.fromkeys(("varna", "varnar", "varnade", "varnat", "varnande"), "varna"),
        **dict.fromkeys(("stänga", "stänger", "stängde", "stängt"), "stänga"),
        **dict.fromkeys(("utbryta", "utbryter", "utbrutit"), "utbryta"),
        **dict.fromkeys(("åka", "åker", "åkte", "åkt"), "åka"),
        "åkern": "åker",
        "varnarna": "varnare",
        **dict.fromkeys(("planera", "planer", "planerat", "planerar"), "planera"),
        "planerna": "plan",
        **dict.fromkeys(("flicka", "flickor", "flickan"), "flicka"),
        **dict.fromkeys(("såra", "sårar", "sårat"), "såra"),
        **dict.fromkeys(("erkänna", "erkänner", "erkänt"), "erkänna"),
        "erkände": "erkänd",
        **dict.fromkeys(("neka", "nekar", "nekat", "nekas"), "neka"),
    }
    rows = tuple(Row("sårar", "sår", "NOUN", "_", "_", i, "dep" if i else "root") for i in range(3))
    assert finite_forms(entries, [Tree(rows)]) == {
        "varnar": "Pres",
        "stänger": "Pres",
        "stängde": "Past",
        "utbryter": "Pres",
        "utbröt": "Past",
        "åkte": "Past",
        "planerar": "Pres",
        "erkänner": "Pres",
        "erkände": "Past",
        "erkändes": "PastPass",
        "stängdes": "PastPass",
        "åktes": "PastPass",
        "nekar": "Pres",
        "nekas": "PresPass",
        "nekades": "PastPass",
    }
