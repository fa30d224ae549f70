"""Words that deny or confirm what was said before, and words that look like them and do not."""

from __future__ import annotations

import pytest

from app.lexicon.replies import load_replies

REPLIES = load_replies("sv")

DENIALS = [
    "Det stämmer inte",
    "Detta stämmer inte alls",
    "Det är helt fel",
    "Det är fullständigt felaktigt",
    "Det är ren och skär lögn",
    "Det är en ren lögn",
    "Det är lögn från början till slut",
    "Det här är rena fantasier",
    "Rena fantasier. Hade vi vetat det hade vi sagt nej",
    "Rent nonsens",
    "Lögner",
    "Fel, fel, fel",
    "Det är inte sant att vi visste",
    "Det är inte vår uppfattning",
    "Så är det inte",
    "Så gick det inte till",
    "Det har aldrig hänt",
    "Det saknar all grund",
    "Det ligger ingen sanning i det",
    "Det är taget ur luften",
    "Nej, det har vi inte gjort",
    "Absolut inte",
    "att det inte stämmer",
    "att det aldrig har hänt",
    "att så inte är fallet",
    "att det är lögn",
]

CONFIRMATIONS = [
    "Det stämmer",
    "Ja, det stämmer",
    "Det är helt riktigt",
    "Det är tyvärr sant",
    "Ja, så är det",
    "Mycket riktigt",
    "Det erkänner jag",
    "att det stämmer",
]

NEITHER = [
    "Det är fel väg att gå",
    "Det är fel att stänga skolan",
    "Fel beslut vid fel tidpunkt",
    "Det är inte rätt mot barnen",
    "Det är inte rätt att barnen betalar",
    "Det är inte så enkelt",
    "Det finns ingen grund för oro",
    "Det har aldrig hänt förut",
    "Det har inte hänt på tio år",
    "Så var det inte förr",
    "Aldrig har så många sökt sig hit",
    "Inte förrän på måndag",
    "Det är rätt beslut",
    "Det är ren propaganda för kärnkraften",
    "Det saknar motstycke",
    "Ja, vi är nöjda",
    "Vi delar den bilden",
    "",
    "…",
]


@pytest.mark.parametrize("said", DENIALS)
def test_denial(said: str) -> None:
    assert REPLIES.opens_denial(said)
    assert not REPLIES.opens_confirmation(said)


@pytest.mark.parametrize("said", CONFIRMATIONS)
def test_confirmation(said: str) -> None:
    assert REPLIES.opens_confirmation(said)
    assert not REPLIES.opens_denial(said)


@pytest.mark.parametrize("said", NEITHER)
def test_neither(said: str) -> None:
    assert not REPLIES.opens_denial(said)
    assert not REPLIES.opens_confirmation(said)
