from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.context import sentences_around
from app.domain.span import Span

TEXT = (
    "Rubrik utan punkt\n"
    "Ett läge. Baku hävdar bl.a. att 20 man stupade kl. 10.30. Armenien nekar! "
    "”Det är lögn.” sade Pasjinjan. – Ja, sade Bo.\n"
    "Sist."
)


def around(*words: str) -> str:
    spans = [Span.cut(TEXT, TEXT.index(word), TEXT.index(word) + len(word)) for word in words]
    return sentences_around(TEXT, spans).text


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        (["Rubrik"], "Rubrik utan punkt"),
        (["läge"], "Ett läge."),
        (["20 man"], "Baku hävdar bl.a. att 20 man stupade kl. 10.30."),
        (["nekar"], "Armenien nekar!"),
        (["Armenien", "hävdar"], "Baku hävdar bl.a. att 20 man stupade kl. 10.30. Armenien nekar!"),
        (["Pasjinjan", "lögn"], "”Det är lögn.” sade Pasjinjan."),
        (["Bo"], "– Ja, sade Bo."),
        (["Sist"], "Sist."),
        (["Bo.\nSist"], "– Ja, sade Bo.\nSist."),
    ],
)
def test_the_sentences_around_a_place(words: list[str], sentences: str) -> None:
    assert around(*words) == sentences


@given(st.data())
def test_the_place_is_always_inside(data: st.DataObject) -> None:
    alphabet = st.sampled_from(list('aÅ .!?\n\t”"–1'))
    text = data.draw(st.text(alphabet, min_size=1, max_size=60).filter(lambda drawn: drawn.strip()))
    start = data.draw(st.integers(0, len(text) - 1).filter(lambda place: not text[place].isspace()))
    span = Span.cut(text, start, start + 1)
    found = sentences_around(text, [span])
    assert found.covers(span)
    assert text[found.start : found.end] == found.text
    assert "\n" not in found.text.strip()


def test_a_place_outside_the_text_is_refused() -> None:
    for spans in ([], [Span(2, 5, "abc")]):
        with pytest.raises(ValueError, match="no place"):
            sentences_around("ab", spans)
