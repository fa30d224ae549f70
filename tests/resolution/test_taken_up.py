"""Whoever is introduced, however and wherever in a sentence, is taken up by surname, role or sort in the next.

Written for the purpose, one text for an introduction, a place in the sentence and a word that takes it up. What is
missed below the floors is mostly taken apart by the parser ("Beslutet gör klubbens ordförande Bo Lans upprörd").
"""

from __future__ import annotations

import pytest

from app.domain.article import Article
from app.extraction.extractor import Extractor
from app.parsing.parser import Parser

PEOPLE = {
    "Nordmalms vd Mikael Strand": ("Mikael Strand", ["vd:n", "Nordmalms vd", "Strand"]),
    "landshövdingen Åsa Björk": ("Åsa Björk", ["landshövdingen", "Björk"]),
    "kommunalrådet Karin Ek (M)": ("Karin Ek", ["kommunalrådet", "Ek"]),
    "Turkiets president Recep Demir": ("Recep Demir", ["presidenten", "Turkiets president"]),
    "Kommunals ordförande Malin Ragn": ("Malin Ragn", ["ordföranden", "Kommunals ordförande"]),
    "den brittiske premiärministern John Smith": ("John Smith", ["premiärministern", "Smith"]),
    "Säpochefen Klara Stjern": ("Klara Stjern", ["Säpochefen", "Stjern"]),
    "chefsåklagare Lisa Holm": ("Lisa Holm", ["åklagaren"]),
    "Eva Palm, professor i statsvetenskap,": ("Eva Palm", ["professorn", "Palm"]),
    "Per Lund, talesperson för polisen,": ("Per Lund", ["talespersonen", "Lund"]),
    "Hammarbys tränare Kim Berg": ("Kim Berg", ["tränaren", "Hammarbys tränare"]),
    "53-åriga Lena Modig": ("Lena Modig", ["53-åringen", "Modig"]),
}
BODIES = {
    "gruvbolaget Nordmalm": ("Nordmalm", ["bolaget", "gruvbolaget", "Nordmalm"]),
    "IT-jätten Google": ("Google", ["bolaget", "IT-jätten"]),
    "Sveriges Lärare": ("Sveriges Lärare", ["facket", "förbundet"]),
    "Myndigheten för digital förvaltning": ("Myndigheten för digital förvaltning", ["myndigheten"]),
    "Länsstyrelsen i Skåne": ("Länsstyrelsen i Skåne", ["länsstyrelsen", "myndigheten"]),
    "Ekmora kommun": ("Ekmora kommun", ["kommunen"]),
    "Polens försvarsministerium": ("Polens försvarsministerium", ["ministeriet", "försvarsministeriet"]),
    "fotbollsklubben IK Frej": ("IK Frej", ["klubben", "föreningen"]),
    "Ystads tingsrätt": ("Ystads tingsrätt", ["tingsrätten", "domstolen"]),
    "Karolinska universitetssjukhuset": ("Karolinska universitetssjukhuset", ["sjukhuset"]),
    "Hamas": ("Hamas", ["rörelsen", "gruppen"]),
    "rederiet Stena Line": ("Stena Line", ["rederiet", "bolaget"]),
    "hyresvärden Bostads AB Gläntan": ("Bostads AB Gläntan", ["bolaget", "hyresvärden"]),
}
PLACES = {
    "subject": "{Who} möter i dag väljarna i Malmö.",
    "object": "En ny rapport granskar {who} i detalj.",
    "with": "Beslutet fattades efter ett möte med {who}.",
    "from": "Lotta Frid fick i går ett brev från {who}.",
    "against": "I dag riktas hård kritik mot {who}.",
    "source": "Vägen är stängd, enligt {who}.",
    "listed": "I går möttes Lotta Frid och {who}.",
    "told of": "Tidningen har skrivit om {who}.",
}
FLOORS = {"people": 0.97, "bodies": 0.96}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@pytest.mark.parametrize(("sort", "introductions"), [("people", PEOPLE), ("bodies", BODIES)])
def test_taken_up(parser: Parser, sort: str, introductions: dict[str, tuple[str, list[str]]]) -> None:
    cases = []
    for phrase, (name, words) in introductions.items():
        for place in PLACES.values():
            opening = place.format(who=phrase, Who=_capital(phrase)).replace(",.", ".")
            cases += [(f"{opening}\n{_capital(word)} hävdar att pengarna är slut.", name) for word in words]
    extractor = Extractor(parser)
    missed = []
    for (text, name), parsed in zip(cases, parser.parse_many([text for text, _ in cases]), strict=True):
        extraction = extractor.extract_parsed(Article(text), parsed)
        names = {actor.ref: actor.name for actor in extraction.actors}
        said = [claim for claim in extraction.claims if claim.content[0].start > text.index("\n")]
        if [names[ref] for claim in said for ref in claim.speakers] != [name]:
            missed.append(text)
    assert len(cases) > 100
    assert 1 - len(missed) / len(cases) >= FLOORS[sort], missed
