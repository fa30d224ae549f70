"""Names of bodies of one word and of several, with their places, are kept whole in every place of a sentence."""

from __future__ import annotations

from app.domain.article import Article
from app.extraction.extractor import Extractor
from app.parsing.parser import Parser

NAMES = [
    "Hyresgästföreningen i Borgsund",
    "Naturskyddsföreningen i Norrbotten",
    "Länsstyrelsen i Dalarna",
    "Moderaterna i Kalmar",
    "Länsstyrelsen i Västra Götaland",
    "Vänsterpartiet i Umeå",
    "Göteborgs universitet",
    "Region Sörmland",
    "Röda korset",
    "Läkare utan gränser",
    "Statens haverikommission",
    "Svenskt Näringsliv",
    "Lärarnas Riksförbund",
    "Vårdförbundet",
    "IF Metall",
    "Hedvalla kommun",
    "Hedvalla IF",
    "Malmö tingsrätt",
    "Svea hovrätt",
    "EU-kommissionen",
    "Världshälsoorganisationen",
    "Sametinget",
    "Sveriges Kommuner och Regioner",
    "Karolinska institutet",
    "Kenyas regering",
    "Irans utrikesdepartement",
    "Teater Norr",
]
PLACES = [
    "{name} kräver att beslutet rivs upp.",
    "{name} säger att beslutet är fel.",
    "Enligt {name} är beslutet fel.",
    "Beslutet är fel, enligt {name}.",
    "Beslutet kritiseras av {name}.",
    "På tisdagen uppgav {name} att beslutet är fel.",
    "I ett uttalande skriver {name} att beslutet är fel.",
    "Beslutet är fel, skriver {name} i ett pressmeddelande.",
]
FLOOR = 0.98


def test_names(parser: Parser) -> None:
    cases = [(name, place.format(name=name)) for name in NAMES for place in PLACES]
    extractor, missed = Extractor(parser), []
    for (name, text), parsed in zip(cases, parser.parse_many([text for _, text in cases]), strict=True):
        extraction = extractor.extract_parsed(Article(text), parsed)
        names = {actor.ref: actor.name for actor in extraction.actors}
        if [[names[ref] for ref in claim.speakers] for claim in extraction.claims] != [[name]]:
            missed.append(text)
    assert len(cases) > 200
    assert 1 - len(missed) / len(cases) >= FLOOR, missed


def test_a_place_or_medium_that_is_no_part_of_the_name(parser: Parser) -> None:
    texts = ["I går kritiserade Moderaterna i Ekot förslaget.", "Enligt Naturvårdsverket i Stockholm är beslutet fel."]
    found = []
    for text, parsed in zip(texts, parser.parse_many(texts), strict=True):
        extraction = Extractor(parser).extract_parsed(Article(text), parsed)
        found += [actor.name for actor in extraction.actors if actor.ref in extraction.claims[0].speakers]
    assert found == ["Moderaterna", "Naturvårdsverket"]
