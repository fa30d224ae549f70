"""Marks on a text become a proper tree, whatever they cross, and the text stays what it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.markup import Branch, Leaf, Mark, Pieces, lines, nested

TEXT = "abcdefghij"


def shown(pieces: Pieces[str]) -> str:
    """The tree as text: ``a(bc)d``; each branch with the name of its mark, in capitals where the mark begins."""
    parts = []
    for piece in pieces:
        if isinstance(piece, Leaf):
            parts.append(piece.text)
        else:
            parts.append(f"{piece.of.upper() if piece.first else piece.of}({shown(piece.inside)})")
    return "".join(parts)


CASES = {
    "none": ([], "abcdefghij"),
    "one": ([(2, 5, "x")], "abX(cde)fghij"),
    "the whole": ([(0, 10, "x")], "X(abcdefghij)"),
    "side by side": ([(0, 3, "x"), (3, 5, "y")], "X(abc)Y(de)fghij"),
    "one in another": ([(1, 9, "x"), (3, 5, "y")], "aX(bcY(de)fghi)j"),
    "the same beginning": ([(2, 4, "y"), (2, 8, "x")], "abX(Y(cd)efgh)ij"),
    "the same end": ([(2, 8, "x"), (5, 8, "y")], "abX(cdeY(fgh))ij"),
    "the same place": ([(2, 4, "x"), (2, 4, "y")], "abX(Y(cd))efghij"),
    "crossing": ([(1, 5, "x"), (3, 8, "y")], "aX(bcY(de))y(fgh)ij"),
    "crossing two": ([(0, 4, "x"), (2, 6, "y"), (3, 9, "z")], "X(abY(cZ(d)))z(y(ef)ghi)j"),
    "three deep": ([(0, 10, "x"), (1, 9, "y"), (2, 3, "z")], "X(aY(bZ(c)defghi)j)"),
}


@pytest.mark.parametrize("case", CASES)
def test_trees(case: str) -> None:
    marks, tree = CASES[case]
    assert shown(nested(TEXT, 0, len(TEXT), [Mark(*mark) for mark in marks])) == tree


def test_a_mark_that_begins_before_the_stretch_goes_on_in_it() -> None:
    marks = [Mark(1, 6, "x"), Mark(4, 9, "y"), Mark(8, 10, "z")]
    assert shown(nested(TEXT, 3, 8, marks)) == "x(dY(ef))y(gh)"


def leaves(pieces: Pieces[int], around: tuple[int, ...] = ()) -> list[tuple[str, tuple[int, ...]]]:
    found = []
    for piece in pieces:
        if isinstance(piece, Branch):
            assert piece.inside, "an empty branch"
            found += leaves(piece.inside, (*around, piece.of))
        else:
            found.append((piece.text, around))
    return found


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark[int]]]:
    text = draw(st.text(min_size=1, max_size=40))
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda place: place[0] != place[1])
    found = draw(st.lists(places, max_size=8))
    return text, [Mark(min(place), max(place), number) for number, place in enumerate(found)]


@given(marked())
def test_nothing_of_the_text_is_lost_and_every_letter_has_its_marks(sample: tuple[str, list[Mark[int]]]) -> None:
    text, marks = sample
    place = 0
    for words, around in leaves(nested(text, 0, len(text), marks)):
        assert words, "an empty leaf"
        for letter in words:
            assert letter == text[place]
            assert sorted(around) == [mark.of for mark in marks if mark.start <= place < mark.end]
            place += 1
    assert place == len(text)


@given(marked())
def test_every_mark_begins_once(sample: tuple[str, list[Mark[int]]]) -> None:
    text, marks = sample

    def begun(pieces: Pieces[int]) -> list[int]:
        branches = [piece for piece in pieces if isinstance(piece, Branch)]
        return [each for piece in branches for each in ([piece.of] if piece.first else []) + begun(piece.inside)]

    assert sorted(begun(nested(text, 0, len(text), marks))) == [mark.of for mark in marks]


@given(st.text(alphabet="ab\n\r ", max_size=30))
def test_lines_cover_the_text(text: str) -> None:
    found = lines(text)
    assert "".join(text[start:end] for start, end in found) == text
    assert all("\n" not in text[start:end].rstrip("\n") for start, end in found)
