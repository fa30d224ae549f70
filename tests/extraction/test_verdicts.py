"""Denials, confirmations and doubts in every order of words, each of the one claim that was made before.

Written for the purpose: every story tells of a claim, then somebody denies, confirms or cannot verify it. ``{q}`` is
who does, ``{ns}`` and ``{n}`` are the nouns that take the claim up, capitals where they open the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from app.domain.article import Article
from app.domain.claim import Act
from app.extraction.extractor import Extractor
from app.parsing.parser import Parser


@dataclass(frozen=True)
class Story:
    opening: str
    claimed: str
    plural: str
    singular: str
    sources: tuple[tuple[str, str], ...]


STORIES = (
    Story(
        "Norrlands Allehanda avslöjade på måndagen att gruvbolaget Nordmalm har dumpat lakvatten i Storån.",
        "har dumpat lakvatten",
        "uppgifterna",
        "uppgiften",
        (("Nordmalm", "Nordmalm"), ("bolaget", "Nordmalm"), ("Nordmalms vd Karin Frost", "Karin Frost")),
    ),
    Story(
        "Serbien anklagar Kroatien för att ha spionerat på landets armé.",
        "ha spionerat",
        "anklagelserna",
        "anklagelsen",
        (("Zagreb", "Kroatien"), ("Kroatiens utrikesminister Ana Perić", "Ana Perić")),
    ),
    Story(
        "Åklagaren Eva Lind säger att 34-åringen hotade butiksbiträdet med en kniv.",
        "hotade butiksbiträdet",
        "påståendena",
        "påståendet",
        (("34-åringen", "34-åringen"), ("mannens advokat Per Berg", "Per Berg")),
    ),
    Story(
        "Fackförbundet Kommunal anklagar Region Västmark för att ha brutit mot avtalet.",
        "ha brutit mot avtalet",
        "beskyllningarna",
        "beskyllningen",
        (("regionen", "Region Västmark"), ("Lena Frisk, ordförande i regionstyrelsen,", "Lena Frisk")),
    ),
)
VERBS = (
    ("tillbakavisar", "tillbakavisas", "tillbakavisade", "tillbakavisat"),
    ("förnekar", "förnekas", "förnekade", "förnekat"),
    ("bestrider", "bestrids", "bestred", "bestridit"),
)
DENIALS = [
    "{Q} {v} {ns}.",
    "{Ns} {s} av {q}.",
    "{N} {v} {q}.",
    "{Q} {v} det.",
    "I ett mejl till TT {pt} {q} {ns}.",
    "På tisdagen {pt} {q} {n}.",
    "{N} har {q} tidigare {su}.",
    "{Ns} har {q} hela tiden {su}.",
    "{Q} {v} i ett mejl {ns}.",
    "Något som {s} av {q}.",
]
IDIOMS = [
    "{Q} slår ifrån sig {ns}.",
    "{Q} kallar {ns} för lögn.",
    "{Q} beskriver {ns} som felaktiga.",
    "Enligt {q} är {ns} felaktiga.",
    "Enligt {q} stämmer det inte.",
    "{Ns} saknar grund, säger {q}.",
    "Inget av detta stämmer, säger {q}.",
    "– Det är lögn, säger {q}.",
    "Att så skulle vara fallet förnekas av {q}.",
    "Den bilden delar {q} inte.",
    "Den beskrivningen köper {q} inte.",
    "{Q} står oförstående inför {ns}.",
    "{Q} viftar undan {ns}.",
    "{Q} godtar inte {n}.",
]
DOUBTS = [
    "{q} har inte kunnat bekräfta {ns}.",
    "{Ns} har {q} inte kunnat verifiera.",
    "{Ns} kan inte bekräftas, enligt {q}.",
    "{q} har sökt båda utan att kunna bekräfta {ns}.",
    "{q} skriver att {ns} inte har kunnat bekräftas.",
]
CONFIRMATIONS = [
    "{q} bekräftar {ns}.",
    "{Ns} bekräftas av {q}.",
    "{q} bekräftar att {n} stämmer.",
    "{N} har bekräftats av {q}.",
    "På tisdagen bekräftade {q} {ns}.",
]
FLOOR = 0.97


def _filled(form: str, story: Story, source: str) -> str:
    whole = source if not form.endswith("{q}.") else source.rstrip(",")
    words = {"q": whole, "Q": _capital(whole), "ns": story.plural, "Ns": _capital(story.plural)}
    return form.format(n=story.singular, N=_capital(story.singular), **words)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _verdicts(kind: str) -> list[tuple[Story, str, str, str]]:
    """Story, whose verdict, what the claim before says, the whole text."""
    told = []
    for story in STORIES:
        if kind == "denial":
            forms = [
                form.replace("{v}", v).replace("{s}", s).replace("{pt}", p).replace("{su}", u)
                for form in DENIALS
                for v, s, p, u in VERBS
            ]
            verdicts = [(_filled(form, story, q), name) for form in (*forms, *IDIOMS) for q, name in story.sources]
        else:
            source = "Reuters" if kind == "unverified" else "Tullverket"
            forms = DOUBTS if kind == "unverified" else CONFIRMATIONS
            verdicts = [(_filled(form, story, source), source) for form in forms]
        told += [(story, name, verdict, f"{story.opening}\n{verdict}") for verdict, name in verdicts]
    return told


@pytest.mark.parametrize("kind", ["denial", "unverified", "confirmation"])
def test_verdicts(parser: Parser, kind: str) -> None:
    told = _verdicts(kind)
    extractor, missed = Extractor(parser), []
    for (story, name, verdict, text), parsed in zip(told, parser.parse_many([row[3] for row in told]), strict=True):
        extraction = extractor.extract_parsed(Article(text), parsed)
        names = {actor.ref: actor.name for actor in extraction.actors}
        start = text.index("\n")
        first = {claim.ref for claim in extraction.claims if story.claimed in text[claim.content[0].start : start]}
        found = [claim for claim in extraction.claims if claim.content[0].start > start]
        if len(found) != 1 or found[0].act not in {Act(kind), Act.CRITICISM}:
            missed.append(f"{[claim.act for claim in found]}: {verdict}")
        elif [names[ref] for ref in found[0].speakers] != [name] or {r.claim for r in found[0].relations} != first:
            missed.append(f"{[names[ref] for ref in found[0].speakers]} {found[0].relations}: {verdict}")
    assert len(told) >= len(STORIES) * len(CONFIRMATIONS)
    assert 1 - len(missed) / len(told) >= FLOOR, missed
