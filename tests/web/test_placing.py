"""Words of a form found in an article: at their only place, at the place that was sent, or asked for."""

from __future__ import annotations

import pytest

from app.domain.places import nearest, places
from app.domain.span import Span
from app.errors import BadCorrection
from app.web.placing import SEVERAL, as_lines, as_offsets, options, placed

TEXT = "Ek sade nej.\r\nBerg sade\n  ja, och Berg sade ja igen. Ek gick."
LAST_BERG, LAST_SADE, LAST_EK = TEXT.rindex("Berg"), TEXT.rindex("sade"), TEXT.rindex("Ek")


def found(given: str, at: str = "", within: Span | None = None) -> list[str]:
    return [TEXT[place.start : place.end] for place in placed(TEXT, given, at, "content", within)]


def test_white_space_is_any_white_space() -> None:
    assert found("Berg sade   ja,") == ["Berg sade\n  ja,"]
    assert [span.start for span in places(TEXT, " sade ja ")] == [19, LAST_SADE]
    assert places("aaa", "aa") == [Span(0, 2, "aa"), Span(1, 3, "aa")]
    assert places(TEXT, " \n") == []


def test_nothing_given_is_nothing_placed() -> None:
    assert found(" \n ") == []


def test_one_line_a_piece_in_text_order() -> None:
    assert found("nej\r\n\r\nigen") == ["nej", "igen"]
    assert found("Ek\ngick", f"0 {LAST_EK + 3}") == ["Ek", "gick"]
    with pytest.raises(BadCorrection, match="does not stand"):
        found("igen\nnej")


def test_the_place_that_was_sent_counts_where_the_words_stand_there() -> None:
    (place,) = placed(TEXT, "Berg", str(LAST_BERG), "cue")
    assert (place.start, place.end) == (LAST_BERG, LAST_BERG + 4)
    for stale in ("31", "", f"14 {LAST_BERG}", "x", "-1", "9" * 30):
        with pytest.raises(BadCorrection) as caught:
            placed(TEXT, "Berg", stale, "cue")
        assert (caught.value.field, caught.value.code, caught.value.detail) == ("cue", SEVERAL, "2")


def test_of_several_the_only_one_near_by_is_meant() -> None:
    assert found("Ek", within=Span.cut(TEXT, 50, len(TEXT))) == ["Ek"]
    with pytest.raises(BadCorrection):
        found("Ek", within=Span.cut(TEXT, 4, 8))


def test_absent_words_are_named() -> None:
    with pytest.raises(BadCorrection) as caught:
        found("nej\nkanske")
    assert (caught.value.code, caught.value.detail) == ("words", "kanske")


def test_options_are_told_apart_by_what_is_around_them() -> None:
    first, second = options(TEXT, "sade ja", 0)
    assert (first.value, first.words, second.value) == ("19", "sade ja", str(LAST_SADE))
    assert first.before.endswith("nej. Berg")
    assert second.after.startswith("igen.")
    many = "Ek. " * 40
    assert [option.value for option in options(many, "Ek", 80)][:2] == ["56", "60"]


def test_what_a_form_shows_is_found_again() -> None:
    spans = [Span.cut(TEXT, 14, 23), Span.cut(TEXT, 26, 28)]
    assert found(as_lines(spans), as_offsets(spans)) == [span.text for span in spans]


def test_the_nearest_place() -> None:
    assert nearest(TEXT, "Ek", 40) == Span(LAST_EK, LAST_EK + 2, "Ek")
    assert nearest(TEXT, "Olsson", 0) is None
