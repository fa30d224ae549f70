"""Bodies are called by their whole names, whatever stands around them, and people by their trades.

Written for the purpose, one text for a name and a place in the sentence. Names of two words side by side behind an
inverted verb, and names that go on in small letters, are what a parser trained on full words takes apart first.
"""

from __future__ import annotations

import pytest

from app.domain.article import Article
from app.extraction.extractor import Extractor
from app.parsing.parser import Parser

BODIES = [
    *("Malmö universitet", "Solna tingsrätt", "Svea hovrätt", "Ekmora kommun", "Göteborg Film", "Vidablås Energi"),
    *("Djurgårdens IF", "Luleå Hockey", "Human Rights Watch", "Fridays for Future", "Novo Nordisk", "Open AI"),
    *("Polisen Syd", "Kommunal Väst", "LRF Skåne", "Länsstyrelsen Skåne", "Region Jämtland Härjedalen", "Grön Ungdom"),
    *("Sveriges Kommuner och Regioner", "Statens servicecenter", "Jordens vänner", "Vita huset", "New York Times"),
    *("Havs- och vattenmyndigheten", "Hovrätten för Nedre Norrland", "Ersta diakoni", "Friends", "EU", "Kronofogden"),
]
PLACES = {
    "subject": "{name} säger att beslutet är fel.",
    "behind the words": "Beslutet är fel, säger {name}.",
    "fronted": "Pengarna är slut. Det skriver {name} i ett pressmeddelande.",
    "according": "Enligt {name} är beslutet fel.",
    "inverted": "Nu kräver {name} att beslutet rivs upp.",
    "relative": "Beslutet har väckt kritik från {name}, som menar att det är fel.",
    "agent": "Region Halland anklagas av {name} för att ha struntat i reglerna.",
}
LONG = [
    *("Myndigheten för digital förvaltning", "Institutet för språk och folkminnen", "Forum för levande historia"),
    *("Kommittén mot tortyr", "Centrum för rättvisa", "Byrån mot diskriminering", "Mammor för klimatet", "Fria ord"),
    *("Alliansen för Sveriges framtid", "Lärare utan gränser", "Släpp taxametern", "Nya fronten", "Trygga hem"),
]
LONG_PLACES = {
    "behind the words": "Beslutet är fel, säger {name}.",
    "according": "Enligt {name} är beslutet fel.",
    "inverted": "Nu kräver {name} att beslutet rivs upp.",
    "announced": "Nu kräver nätverket {name} att beslutet rivs upp.",
    "told elsewhere": "Enligt {name} är beslutet fel. Det kritiseras av {name}, som kallar det ett svek.",
}
TRADES = [
    *("rappare rapparen", "kusk kusken", "socionom socionomen", "notarie notarien", "cyklist cyklisten"),
    *("jägmästare jägmästaren", "diakon diakonen", "senator senatorn", "reporter reportern", "frisör frisören"),
    *("lokförare lokföraren", "målvakt målvakten", "sjöman sjömannen", "flygvärdinna flygvärdinnan"),
    *("biodlare biodlaren", "grävmaskinist grävmaskinisten"),
]
TRADE_PLACES = {
    "beside the name": "{Which} Lena Forsberg såg allt på nära håll.\n{Which} säger att det gick för fort.",
    "apposition": "Lena Forsberg, {one} från Ystad, såg allt på nära håll.\n{Which} säger att det gick för fort.",
    "predicate": "Lena Forsberg är {one} sedan tio år.\n– Det gick för fort, säger {which}.",
}
FLOORS = {"bodies": 0.98, "long": 0.96, "trades": 0.95}


def _texts(sort: str) -> list[tuple[str, str]]:
    """Every text of a sort, with the name of whoever is said to speak last in it."""
    if sort == "trades":
        forms = [trade.split() for trade in TRADES]
        places = TRADE_PLACES.values()
        texts = [p.format(one=one, which=which, Which=which.capitalize()) for one, which in forms for p in places]
        return [(text, "Lena Forsberg") for text in texts]
    names, frames = (BODIES, PLACES) if sort == "bodies" else (LONG, LONG_PLACES)
    return [(frame.format(name=name), name) for name in names for frame in frames.values()]


@pytest.mark.parametrize("sort", list(FLOORS))
def test_whole_name(parser: Parser, sort: str) -> None:
    extractor = Extractor(parser)
    texts = _texts(sort)
    missed = []
    for (text, name), parsed in zip(texts, parser.parse_many([text for text, _ in texts]), strict=True):
        extraction = extractor.extract_parsed(Article(text), parsed)
        names = {actor.ref: actor.name for actor in extraction.actors}
        if not extraction.claims or [names[ref] for ref in extraction.claims[-1].speakers] != [name]:
            missed.append(text)
    assert len(texts) > 40
    assert 1 - len(missed) / len(texts) >= FLOORS[sort], missed
