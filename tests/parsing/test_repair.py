"""Sentence borders put right, and borders left alone. ``|`` is where the tokenizer set a border."""

from __future__ import annotations

import re

import pytest

from app.parsing.repair import repair
from app.parsing.segments import Token


def repaired(marked: str) -> list[str]:
    """The sentences that come out for a text whose found borders are marked with ``|``."""
    text = marked.replace("|", "")
    sentences: list[list[Token]] = []
    at = 0
    for piece in marked.split("|"):
        tokens = [
            Token(found.group(), at + found.start(), at + found.end())
            for found in re.finditer(r"\w+(?:[.:-]\w+)*|\.\.\.|\S", piece)
        ]
        sentences.append(tokens)
        at += len(piece)
    out = repair(text, sentences)
    assert [token for sentence in out for token in sentence] == [token for sentence in sentences for token in sentence]
    return [text[sentence[0].start : sentence[-1].end] for sentence in out]


@pytest.mark.parametrize(
    "marked",
    [
        "Studie:| Glaciärerna smälter",
        "Nordbruk varslar:| ”Ett svek”",
        "Han sade:| ”Vi kommer.”",
        "Åklagaren S.| Andersson uppger det.",
        "Donald J.| Trump sade att J.D.| Vance reser.",
        "Kung Carl XVI.| Gustaf talade.",
        "Enligt dr.| Lindgren stämmer det.",
        "EU:s ordf.| Ursula von der Leyen svarade.",
        "Se fig.| 3 och jfr.| Svensson.",
        "Han nämner bl. a.| Lund.",
        "Foto: Anders Wiklund|/TT",
        "Vi har sett det| ...",
        "”Vad gör vi nu?”| undrade han.",
        "– Stopp!| ropade hon.",
    ],
)
def test_borders_that_go(marked: str) -> None:
    assert repaired(marked) == [marked.replace("|", "")]


@pytest.mark.parametrize(
    "marked",
    [
        "Han kom. |Hon gick.",
        "Hon rasar: |– Det är ett svek.",
        "Det är vitamin C. |Det behövs.",
        "Han bor på en ö. |Hon bor i stan.",
        "”Vi har fått nog.” |”Det räcker.”",
        "Vem bestämmer? |Regeringen.",
        "STOCKHOLM. |Regeringen lade fram ett förslag.",
        "Hon körde bil. |Han gick.",
        "Det är ett svek, skriver hon på X.| Ministern svarar.",
    ],
)
def test_borders_that_stay(marked: str) -> None:
    assert repaired(marked) == marked.split(" |") if " |" in marked else marked.split("|")


@pytest.mark.parametrize(
    ("marked", "sentences"),
    [
        ("Nordbruk varslar – facket:| ”Ett svek”", ["Nordbruk varslar –", "facket: ”Ett svek”"]),
        ("Nekar till rån – åklagaren kräver tio år", ["Nekar till rån –", "åklagaren kräver tio år"]),
        ("Hon nekar – som väntat – till rån.", ["Hon nekar – som väntat – till rån."]),
        ("Matchen slutade 2–0 i Gävle", ["Matchen slutade 2–0 i Gävle"]),
        ("”Vi ger oss aldrig.|” Sedan gick han.", ["”Vi ger oss aldrig.”", "Sedan gick han."]),
        ("Han log. ”|Vi ger oss aldrig.”", ["Han log.", "”Vi ger oss aldrig.”"]),
        ('"Nog.|" "Mer än nog."', ['"Nog."', '"Mer än nog."']),
    ],
)
def test_quotation_marks_go_to_the_sentence_they_belong_to(marked: str, sentences: list[str]) -> None:
    assert repaired(marked) == sentences


def test_nothing_in_nothing_out() -> None:
    assert repair("", []) == []
    assert repair("", [[]]) == []


def test_a_dot_that_is_part_of_its_token() -> None:
    sentences = [[Token("Åklagaren", 0, 9), Token("S.", 10, 12)], [Token("Andersson", 13, 22), Token("svarar", 23, 29)]]
    assert len(repair("Åklagaren S. Andersson svarar", sentences)) == 1


def test_somebody_named_by_age_opens_a_sentence() -> None:
    words = "Han kom med en kniv. 34-åringen nekar . Där var ca. 20-åriga män ."
    text, tokens = "", []
    for word in words.split():
        tokens.append(Token(word, len(text), len(text) + len(word)))
        text += word + " "
    found = [" ".join(token.text for token in sentence) for sentence in repair(text, [tokens])]
    assert found == ["Han kom med en kniv .", "34-åringen nekar . Där var ca. 20-åriga män ."]
