"""Cutting what is too long for the models."""

from __future__ import annotations

from app.parsing.clean import clean
from app.parsing.segments import MAX_SEGMENT_CHARS, MAX_SENTENCE_TOKENS, Token, bearable, segments


def _tokens(words: list[str]) -> list[Token]:
    found, at = [], 0
    for word in words:
        found.append(Token(word, at, at + len(word)))
        at += len(word) + 1
    return found


def test_a_line_of_ordinary_length_stays_whole() -> None:
    line = clean("Hon sade nej. Han sade ja.", 0, 26)
    assert list(segments(line)) == [line]


def test_a_long_line_is_cut_after_a_sentence() -> None:
    text = "Ministern avvisade kritiken på måndagen. " * 200
    parts = list(segments(clean(text, 0, len(text))))
    assert len(parts) > 1
    assert all(len(part.text) <= MAX_SEGMENT_CHARS for part in parts)
    assert all(part.text.startswith("Ministern") and part.text.endswith("måndagen.") for part in parts)
    assert " ".join(part.text for part in parts) == text.strip()


def test_a_long_line_without_sentences_is_cut_between_words() -> None:
    text = "hej hopp " * 1000
    parts = list(segments(clean(text, 0, len(text))))
    assert {word for part in parts for word in part.text.split()} == {"hej", "hopp"}
    assert all(len(part.text) <= MAX_SEGMENT_CHARS for part in parts)


def test_a_long_line_without_spaces_is_cut_anywhere() -> None:
    parts = list(segments(clean("x" * 10_000, 0, 10_000)))
    assert "".join(part.text for part in parts) == "x" * 10_000
    assert all(len(part.text) <= MAX_SEGMENT_CHARS for part in parts)


def test_a_sentence_of_ordinary_length_stays_whole() -> None:
    sentence = _tokens(["ord"] * MAX_SENTENCE_TOKENS)
    assert list(bearable(sentence)) == [sentence]


def test_a_long_sentence_is_cut_after_a_semicolon_rather_than_a_comma() -> None:
    words = ["ord"] * 300
    words[100], words[120] = ";", ","
    parts = list(bearable(_tokens(words)))
    assert [part[-1].text for part in parts] == [";", "ord", "ord"]
    assert [token for part in parts for token in part] == _tokens(words)
    assert all(len(part) <= MAX_SENTENCE_TOKENS for part in parts)


def test_a_long_list_without_marks_is_cut_at_the_limit() -> None:
    assert [len(part) for part in bearable(_tokens(["ord"] * 1000))] == [160] * 6 + [40]
