"""Tags corrected by a dictionary and by closed classes before the parser reads them.

A compact tagger takes verbs that it has not seen for nouns ("Mina söner *skrek*"), and a parser that reads such tags
takes the whole clause apart. Forms that a dictionary has as finite verbs and as nothing else are verbs; "går" behind
"i" is yesterday. The forms stand in ``finite_forms.txt``, which ``python -m app.parsing.train.finite_forms`` writes.
Nouns for people, bodies, documents and speech that are nothing else ("*advokat*", "*fullmäktige*", "*besked*") are
nouns: ``fixed_nouns.txt``, which ``scripts/fixed_nouns.py`` writes from the lexicon. Numerals ("*fjorton*") are
numbers, capitals ("*EU*", "*P4*") are none.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

FINITE_FORMS = Path(__file__).parent / "finite_forms.txt"
"""Lines ``form<tab>tense``."""
FIXED_NOUNS = Path(__file__).parent / "fixed_nouns.txt"
"""Lines ``form<tab>gender|number|definiteness``, as in the tag set of SUC."""
_OPEN = frozenset({"NOUN", "ADJ", "ADV", "PROPN", "X", "INTJ"})
"""What the tagger mistakes verbs for; small words ("om", "som") are left as they are."""
_MISTAKEN = frozenset({"VERB", "ADJ", "ADV", "AUX", "INTJ", "X"})
"""What the tagger mistakes nouns for."""
_FEATS = {"IND": "Ind", "DEF": "Def", "NEU": "Neut", "UTR": "Com", "SIN": "Sing", "PLU": "Plur"}
_PASSIVE = "Pass"
_TENSES = {"Pres": "PRS", "Past": "PRT"}
_REACH = 4
"""Words before a passive among which an auxiliary makes it an infinitive: "kan inte *bekräftas*"."""
_IN, _WENT, _ITSELF = "i", "går", "sig"
_WEAK = ("de", "te")
_TITLES = frozenset({"vd", "vd:n", "gd", "gd:n"})
"""Abbreviated titles, which have no ending that tells the tagger what they are."""
_PARTS_OF_DAY = frozenset({"kväll", "eftermiddag", "förmiddag", "morse", "morgon", "natt"})
_PARTICIPLE = "ade"
_ARTICLES = frozenset({"DET", "PRON", "ADJ", "NUM"})
_COMMON = frozenset({"NOUN", "ADJ"})
_NUMERAL = re.compile(
    "(?:(?:två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|(?:tret|fjor|fem|sex|sjut|ar|nit)ton"
    "|(?:tjugo|(?:tret|fyr|fem|sex|sjut|åt|nit)tio)(?:ett|en)?|(?:ett)?hundra|(?:ett)?tusen))+"
)
"""Cardinal numbers from two on; "en" and "ett" are articles as well."""
_ROMAN = re.compile("[IVXLC]+")
_FAST = "fast"
_PER = "Per"
"""A first name that is a preposition as well."""
_OPENING = 2
"""Words and marks of a sentence among which "I" stands that fronts a day: "– I går erkände bolaget"."""


def correct_tags(words: list[Any]) -> None:
    """Correct ``upos``, ``xpos`` and ``feats`` of the Stanza words of one sentence, in place."""
    forms, nouns = read_forms(FINITE_FORMS), read_forms(FIXED_NOUNS)
    for k, word in enumerate(words):
        before, after = words[k - 1] if k else None, words[k + 1] if k + 1 < len(words) else None
        if word.text == _WENT and before is not None and before.text.lower() == _IN:
            # "I *går*" names a day.
            word.upos, word.xpos = "NOUN", "NN|UTR|SIN|IND|NOM"
            word.feats = "Case=Nom|Definite=Ind|Gender=Com|Number=Sing"
            continue
        if word.upos != "NUM" and (word.text.islower() or k <= 1) and _NUMERAL.fullmatch(word.text.lower()):
            # "att *fjorton* meningar är lånade"
            word.upos, word.xpos, word.feats = "NUM", "RG|NOM", "Case=Nom|NumType=Card"
            continue
        if word.upos == "NUM" and _is_acronym(word.text):
            # "*EU* fördömer", "sade hon i *P4*"
            word.upos, word.xpos, word.feats = "PROPN", "PM|NOM", "Case=Nom"
            continue
        if word.text == _FAST and word.upos == "ADJ" and (after is None or after.upos not in {"NOUN", "ADJ"}):
            # "JO slår *fast* att"
            word.upos, word.xpos, word.feats = "ADV", "AB", None
            continue
        if word.text in _TITLES and word.upos not in {"NOUN", "PROPN"}:
            # "Det håller *vd* Anna Ek inte med om"
            word.upos, word.xpos = "NOUN", "NN|AN"
            word.feats = "Abbr=Yes"
            continue
        if word.text == _PER and before is not None and after is not None and after.text[:1].isupper():
            # "På tisdagen avvisade advokat *Per* Berg kritiken"
            word.upos, word.xpos, word.feats = "PROPN", "PM|NOM", "Case=Nom"
            continue
        # "avvisade Ana Perić *anklagelsen*"; a title between names ("Sundby Ståls *vd* Karl Berg") is parted later.
        alone = after is None or not after.text[:1].isupper()
        if _is_surname(words, k):
            # "Moe menar att *Ek* ljuger", "mot *Lind*s advokat"
            genitive = "GEN" in word.xpos
            word.upos, word.xpos = "PROPN", f"PM|{'GEN' if genitive else 'NOM'}"
            word.feats = f"Case={'Gen' if genitive else 'Nom'}"
            continue
        mistaken = word.upos in _MISTAKEN or (word.upos == "PROPN" and word.text.islower() and alone)
        if mistaken and (noun := nouns.get(word.text.lower())) is not None:
            gender, number, definite = noun.split("|")
            word.upos, word.xpos = "NOUN", f"NN|{noun}|NOM"
            word.feats = f"Case=Nom|Definite={_FEATS[definite]}|Gender={_FEATS[gender]}|Number={_FEATS[number]}"
            continue
        titled = before is not None and before.upos == "NOUN" and after is not None and after.text.istitle()
        if titled and word.upos == "VERB" and word.text.istitle():
            # "Venezuelas arméchef *Óscar* Villalba"
            word.upos, word.xpos, word.feats = "PROPN", "PM|NOM", "Case=Nom"
            continue
        if word.upos not in _OPEN:
            continue
        small = word.text.islower() and word.text not in _PARTS_OF_DAY
        second = k in range(2, 2 + _OPENING) and words[k - 1].text == _WENT and words[k - 2].text == _IN.upper()
        itself = word.text.endswith(_WEAK) and after is not None and after.text == _ITSELF
        tense = forms.get(word.text)
        if small and (second or itself or _precedes_definite(words, k)):
            # "I går *bröt* bolaget", "*önskade* sig": no noun and no participle stands in either place.
            tense = "Past"
        # "den *erkände* forskaren"
        participle = word.upos == "ADJ" and word.text.endswith(("nde", "mde"))
        attribute = participle and before is not None and before.upos == "DET"
        if tense is not None and not attribute:
            _make_finite(words, k, tense.removesuffix(_PASSIVE), passive=tense.endswith(_PASSIVE))


def _is_acronym(text: str) -> bool:
    """Whether capitals, with a figure behind them or not, are a name: no Roman number."""
    return len(text) > 1 and text.isalnum() and text[0].isalpha() and text.isupper() and not _ROMAN.fullmatch(text)


def _is_surname(words: list[Any], k: int) -> bool:
    """Whether a capital within a sentence makes a name of a common noun or adjective that stands by itself."""
    word = words[k]
    if (
        word.upos not in _COMMON
        or not word.text.istitle()
        or not word.text.isalpha()
        or "|IND|" not in (word.xpos or "")
    ):
        return False
    before, after = words[k - 1] if k else None, words[k + 1] if k + 1 < len(words) else None
    if before is None or not before.text.isalpha() or not before.text.islower() or before.upos in {"DET", "NUM", "ADJ"}:
        return False
    noun = after is not None and (after.text[:1].isupper() or (word.upos == "ADJ" and after.upos == "NOUN"))
    return not noun


def _precedes_definite(words: list[Any], k: int) -> bool:
    """Whether a form in -ade is no participle: "*avvisade* bolaget kritiken", but "de avvisade förslagen"."""
    word, before = words[k], words[k - 1] if k else None
    if word.upos != "ADJ" or not word.text.endswith(_PARTICIPLE) or before is None or before.upos in _ARTICLES:
        return False
    after = words[k + 1] if k + 1 < len(words) else None
    owned = "GEN" in (before.xpos or "")
    return after is not None and after.upos == "NOUN" and "|DEF|" in (after.xpos or "") and not owned


def _make_finite(words: list[Any], k: int, tense: str, *, passive: bool) -> None:
    word, voice = words[k], "SFO" if passive else "AKT"
    near = words[max(0, k - _REACH) : k]
    word.upos = "VERB"
    if passive and tense == "Pres" and any(other.upos == "AUX" or other.text == "att" for other in near):
        word.xpos, word.feats = f"VB|INF|{voice}", "VerbForm=Inf|Voice=Pass"
        return
    word.xpos = f"VB|{_TENSES[tense]}|{voice}"
    word.feats = f"Mood=Ind|Tense={tense}|VerbForm=Fin|Voice={'Pass' if passive else 'Act'}"


@cache
def read_forms(path: Path) -> dict[str, str]:
    """What a file says of each form."""
    return dict(line.split("\t") for line in path.read_text("utf-8").splitlines())
