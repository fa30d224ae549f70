"""Cleaning a line, and finding the way back to the submitted code points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.parsing.clean import clean, lines

ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\r\n\t\x00\x85\u2028\u00a0\u00ad\u200b\u200d\ufeff\u0301\u030a\u0308”»–’\ud800\U0001f600 .,aåÅ"
        ),
    )
)


@pytest.mark.parametrize(
    ("submitted", "cleaned"),
    [
        ("  Hon\u00a0sade \t nej. ", "Hon sade nej."),
        ("Azer\u00adbajdz\u200bjan", "Azerbajdzjan"),
        ("\ufeffMalmo\u0308 och A\u030angbo", "Malmö och Ångbo"),
        ("a\x00b", "a b"),
        ("x\ud800y", "x\ufffdy"),
        ("\u00ad\u200b \x07", ""),
        ("q\u0301", "q\u0301"),
    ],
)
def test_what_the_models_read(submitted: str, cleaned: str) -> None:
    assert clean(submitted, 0, len(submitted)).text == cleaned


def test_a_composed_letter_stands_where_its_parts_stood() -> None:
    line = clean("xMalmo\u0308.", 1, 8)
    assert line.text == "Malmö."
    assert (line.starts[4], line.ends[4]) == (5, 7)


def test_lines_end_at_every_kind_of_line_break() -> None:
    text = "a\r\nb\rc\n\nd\u2028e"
    assert [text[start:end] for start, end in lines(text)] == ["a", "b", "c", "", "d", "e"]


@given(ANY_TEXT)
def test_every_cleaned_character_has_its_own_place_in_order(text: str) -> None:
    for start, end in lines(text):
        line = clean(text, start, end)
        assert len(line.text) == len(line.starts) == len(line.ends)
        assert line.text == line.text.strip()
        assert "  " not in line.text
        places = [place for pair in zip(line.starts, line.ends, strict=True) for place in pair]
        assert places == sorted(places)
        assert all(start <= place <= end for place in places)
        line.text.encode("utf-8")


@given(ANY_TEXT)
def test_lines_cover_the_text(text: str) -> None:
    found = list(lines(text))
    assert [text[start:end] for start, end in found] == text.splitlines()
