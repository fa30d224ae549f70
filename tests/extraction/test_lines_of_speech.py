"""Who says a line of speech, with or without an attribution, where a text tells of two people.

Written for the purpose: every story with people of the same and of another gender. The letter behind each line is
whose words they are; a line without one says nothing of anybody's.
"""

from __future__ import annotations

from itertools import permutations

from app.domain.article import Article
from app.extraction.extractor import Extractor
from app.parsing.parser import Parser

PEOPLE = [
    ("Karin Ek", "hon", "rektorn", "rektor"),
    ("Göran Westin", "han", "ordföranden", "ordförande"),
    ("Lena Sköld", "hon", "läraren", "lärare"),
    ("Dennis Ström", "han", "chauffören", "chaufför"),
]
UNFAIR, WAITED, SEE = "Så kan man inte göra", "Vi har väntat i tio år", "Vi får se"
STORIES = [
    "{A}, {ta}, är upprörd.|\n– " + UNFAIR + ".|a\n– " + WAITED + ".|a\n{B} delar inte den bilden.|b\n– " + SEE + ".|b",
    "– " + UNFAIR + ", säger {da} {A}.|a\n– " + WAITED + ".|a\n{B} är mer försiktig.|\n– " + SEE + ", säger {pb}.|b",
    "Enligt {da} {A} är läget allvarligt.|a\n– " + WAITED + ".|a\n"
    "Bredvid sitter {B}.|\n– " + SEE + ".|b\n– Det ordnar sig, säger {pb}.|b",
    "– " + UNFAIR + ", säger {A}.|a\n{Pa} får stöd av {db} {B}.|\n– Det är för dåligt.|b",
    "Frågan engagerar. {A} är en av dem som protesterar.|\n– " + UNFAIR + ".|a\n"
    "{Pa} får medhåll av {db} {B}.|\n– Det är för dåligt, säger {pb}.|b",
    "{A} har anmält {B} till polisen.|\n– " + UNFAIR + ", säger {pa}.|a",
    "{A} säger att pengarna är slut. {B}, {tb}, håller inte med. {Pb} menar att de räcker.|ab\n"
    "– " + SEE + ", säger {pb}.|b",
    "– " + UNFAIR + ", säger {da} {A}.|a\nVad säger du till dem som är kritiska?|\n– Att de ska vänta.|a",
]
FLOOR = 0.98


def test_lines(parser: Parser) -> None:
    told, texts = [], []
    for (a, pa, da, ta), (b, pb, db, tb) in permutations(PEOPLE, 2):
        for story in STORIES:
            lines = [line.split("|") for line in story.split("\n")]
            words = {"A": a, "pa": pa, "Pa": pa.capitalize(), "da": da, "ta": ta}
            words |= {"B": b, "pb": pb, "Pb": pb.capitalize(), "db": db, "tb": tb}
            texts.append("\n".join(line.format(**words) for line, _ in lines))
            told.append([[{"a": a, "b": b}[letter] for letter in letters] for _, letters in lines])
    extractor, missed, lines_told = Extractor(parser), [], 0
    for text, expected, parsed in zip(texts, told, parser.parse_many(texts), strict=True):
        extraction = extractor.extract_parsed(Article(text), parsed)
        names = {actor.ref: actor.name for actor in extraction.actors}
        found: list[list[str]] = [[] for _ in expected]
        for claim in extraction.claims:
            found[text.count("\n", 0, claim.content[0].start)] += [names[ref] for ref in claim.speakers]
        for line, (mine, theirs) in enumerate(zip(found, expected, strict=True)):
            lines_told += bool(theirs)
            if theirs and mine != theirs:
                missed.append(f"line {line}: {mine}: {text}")
    assert lines_told > 200
    assert 1 - len(missed) / lines_told >= FLOOR, missed
