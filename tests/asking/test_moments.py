from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.asking.question import parse_question
from app.errors import BadQuestion

TODAY = date(2023, 9, 22)  # a Friday


def day(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


@pytest.mark.parametrize(
    ("when", "since", "until"),
    [
        ("i går", "2023-09-21", "2023-09-22"),
        ("idag", "2023-09-22", "2023-09-23"),
        ("den här veckan", "2023-09-18", "2023-09-25"),
        ("2023-09-19", "2023-09-19", "2023-09-20"),
        ("den 20 september 2023", "2023-09-20", "2023-09-21"),
        ("den 20 september", "2023-09-20", "2023-09-21"),
        ("i september 2022", "2022-09-01", "2022-10-01"),
        ("i december", "2023-12-01", "2024-01-01"),
        ("under 2022", "2022-01-01", "2023-01-01"),
        ("sedan 2023-09-19", "2023-09-19", None),
        ("sedan i går", "2023-09-21", None),
        ("före 1 september 2023", None, "2023-09-01"),
        ("sedan 2022 och före 2023", "2022-01-01", "2023-01-01"),
    ],
)
def test_swedish_dates(when: str, since: str | None, until: str | None) -> None:
    question = parse_question(f"Vad sade Baku {when}?", today=TODAY)
    assert (question.since, question.until) == (day(since), day(until))
    assert question.speaker == "Baku"


@pytest.mark.parametrize(
    ("when", "since", "until"),
    [
        ("yesterday", "2023-09-21", "2023-09-22"),
        ("this week", "2023-09-18", "2023-09-25"),
        ("on September 20, 2023", "2023-09-20", "2023-09-21"),
        ("in February 2024", "2024-02-01", "2024-03-01"),
        ("since September 19", "2023-09-19", None),
        ("before 2023", None, "2023-01-01"),
        ("in 2022", "2022-01-01", "2023-01-01"),
    ],
)
def test_english_dates(when: str, since: str | None, until: str | None) -> None:
    question = parse_question(f"what did Baku say {when}?", today=TODAY)
    assert (question.since, question.until) == (day(since), day(until))
    assert question.speaker == "Baku"


@pytest.mark.parametrize("name", ["April Jones", "May", "Maj Berg", "Agenda 2030", "Grupp 8"])
def test_a_name_is_no_date(name: str) -> None:
    for text in (f"what did {name} say?", f"Vad sade {name}?"):
        question = parse_question(text, today=TODAY)
        assert (question.speaker, question.since, question.until) == (name, None, None)


@pytest.mark.parametrize("when", ["den 30 februari 2023", "2023-13-01", "den 0 maj"])
def test_a_date_that_no_calendar_has_is_refused(when: str) -> None:
    with pytest.raises(BadQuestion, match="no such date"):
        parse_question(f"Vad sade Baku {when}?", today=TODAY)
