"""Of two bodies that a text has just named, a description means the one of its sort: "teatern", "verket", "klubben".

Written for the purpose: every pair of the bodies below in four short stories, each body taken up once.
"""

from __future__ import annotations

import re
from itertools import permutations

from app.domain.article import Article
from app.extraction.extractor import Extractor
from app.parsing.parser import Parser

BODIES = {
    "Nordmalm": ("gruvbolaget Nordmalm", "bolaget"),
    "Ekmora kommun": ("Ekmora kommun", "kommunen"),
    "Seko": ("fackförbundet Seko", "facket"),
    "Naturvårdsverket": ("Naturvårdsverket", "verket"),
    "Djurens vänner": ("djurrättsorganisationen Djurens vänner", "djurrättsorganisationen"),
    "Solna tingsrätt": ("Solna tingsrätt", "domstolen"),
    "Bergvikens HC": ("hockeyklubben Bergvikens HC", "klubben"),
    "Teater Norr": ("Teater Norr", "teatern"),
    "Mälarbanken": ("Mälarbanken", "banken"),
    "Älvsby församling": ("Älvsby församling", "församlingen"),
}
STORIES = [
    "{a} stämmer {b}. {ra} säger att avtalet har brutits. {rb} svarar att kravet saknar grund.",
    "Konflikten mellan {a} och {b} trappas upp. På måndagen sade {ra} nej till ett bud. Enligt {rb} var det generöst.",
    "{a} har skickat en skrivelse till {b}. Skälet är priset, skriver {ra}. Nu kräver {rb} ett möte.",
    "Sedan i våras samarbetar {a} med {b}.\nMen nu är det slut, meddelar {ra}.\n– Det är synd, säger {rb} till TT.",
]
FLOOR = 0.95


def test_each_is_taken_up_by_its_sort(parser: Parser) -> None:
    stories = []
    for number, (one, other) in enumerate(permutations(BODIES, 2)):
        (a, ra), (b, rb) = BODIES[one], BODIES[other]
        text = STORIES[number % len(STORIES)].format(a=a, b=b, ra=ra, rb=rb)
        text = re.sub(r"(^|[.\n] ?)([a-zåäö])", lambda found: found[1] + found[2].upper(), text)
        stories.append((text, {ra: one, rb: other}))
    extractor, missed, told = Extractor(parser), [], 0
    for (text, meant), parsed in zip(stories, parser.parse_many([text for text, _ in stories]), strict=True):
        extraction = extractor.extract_parsed(Article(text), parsed)
        names = {actor.ref: actor.name for actor in extraction.actors}
        for claim in extraction.claims:
            name = meant.get(claim.speaker.text.lower()) if claim.speaker else None
            told += name is not None
            if name is not None and [names[ref] for ref in claim.speakers] != [name]:
                missed.append(f"{claim.speaker}: {[names[ref] for ref in claim.speakers]}: {text}")
    assert told > 150
    assert 1 - len(missed) / told >= FLOOR, missed
