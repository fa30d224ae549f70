"""Whom a claim accuses, judges, asks or is about, by name, description and pronoun, in every order of words."""

from __future__ import annotations

from app.domain.article import Article
from app.domain.claim import TargetRole
from app.extraction.extractor import Extractor
from app.parsing.parser import Parser

PARTIES = {
    "Kommunstyrelsens ordförande Karin Ek (S) får svara för affären.": {
        "Karin Ek": "Karin Ek", "ordföranden": "Karin Ek", "hon": "Karin Ek",
    },
    "Gruvbolaget Nordmalm får svara för utsläppet.": {"Nordmalm": "Nordmalm", "bolaget": "Nordmalm"},
    "Serbien får svara för attacken.": {"Belgrad": "Serbien", "Serbiens regering": "Serbiens regering"},
    "Inspektionen för vård och omsorg (Ivo) får svara för dröjsmålet.": {
        "Ivo": "Inspektionen för vård och omsorg", "myndigheten": "Inspektionen för vård och omsorg",
    },
    "34-åringen får svara för rånet.": {"34-åringen": "34-åringen", "mannen": "34-åringen"},
}  # fmt: skip
SOURCES = ("Lars Moe", "facket")
FORMS = {
    TargetRole.ABOUT: (
        "{X} säger att {y} har brutit mot reglerna.|Enligt {x} har {y} brutit mot reglerna."
        "|– {Y} har brutit mot reglerna, säger {x}.|{Y} har brutit mot reglerna, enligt {x}.|{X} menar att {y} ljuger."
        "|{X} hävdar att det var {y} som bröt mot reglerna.|– Det är {y} som har ljugit, säger {x}."
        "|{X} säger att {y}, som fick frågan i går, har brutit mot reglerna."
    ),
    TargetRole.EVALUATED: (
        "{X} kritiserar {o} för att ha brutit mot reglerna.|{Y} kritiseras av {x} för att ha brutit mot reglerna."
        "|{X} riktar hård kritik mot {o}.|{X} tackar {o} för stödet.|{X} riktar skarp kritik mot {o} för dröjsmålet."
        "|I ett uttalande kritiserar {x} {o} för att ha brutit mot reglerna.|{X} kallar {o} lögnare."
    ),
    TargetRole.ACCUSED: (
        "{X} anklagar {o} för att ha brutit mot reglerna.|{Y} anklagas av {x} för att ha brutit mot reglerna."
        "|{X} pekar ut {o} som ansvarig.|På tisdagen anklagade {x} {o} för lögn."
        "|{X} beskyller i ett inlägg {o} för att ha brutit mot reglerna."
    ),
    TargetRole.ADDRESSEE: (
        "{X} kräver att {y} betalar tillbaka.|{X} uppmanar {o} att betala tillbaka."
        "|{Y} uppmanas av {x} att betala tillbaka.|{X} lovar {o} mer pengar.|{X} ber {o} om hjälp."
    ),
}
FLOOR = 0.98


def test_targets(parser: Parser) -> None:
    cases = []
    for opening, words in PARTIES.items():
        for y, name in words.items():
            whole = {"y": y, "Y": y[:1].upper() + y[1:], "o": "henne" if y == "hon" else y}
            for x in SOURCES:
                whole |= {"x": x, "X": x[:1].upper() + x[1:]}
                cases += [
                    (role, name, f"{opening}\n{form.format(**whole)}")
                    for role, forms in FORMS.items()
                    for form in forms.split("|")
                ]
    extractor, missed = Extractor(parser), []
    for (role, name, text), parsed in zip(cases, parser.parse_many([case[2] for case in cases]), strict=True):
        extraction = extractor.extract_parsed(Article(text), parsed)
        names = {actor.ref: actor.name for actor in extraction.actors}
        said = [claim for claim in extraction.claims if claim.content[0].start > text.index("\n")]
        if [[(t.role, names.get(t.actor or "")) for t in claim.targets] for claim in said] != [[(role, name)]]:
            missed.append(text)
    assert len(cases) > 500
    assert 1 - len(missed) / len(cases) >= FLOOR, missed
