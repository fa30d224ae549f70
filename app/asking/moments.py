"""Dates in a question: "since 2023-09-19", "sedan i går", "i september 2023" become a half-open stretch of time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from app.asking.vocabulary import TimeWords
from app.errors import BadQuestion

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moments:
    """What is left of the question, and its bounds: ``since`` inclusive, ``until`` exclusive, both UTC midnights."""

    rest: str
    since: datetime | None = None
    until: datetime | None = None


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _month_after(first: date) -> date:
    return (first.replace(day=28) + 4 * _DAY).replace(day=1)


def _stretch(match: re.Match[str], words: TimeWords, today: date) -> tuple[date, date]:
    """First day and the day after the last of the named day, week, month or year."""
    named = match["date"].casefold()
    if named in words.today:
        return today, today + _DAY
    if named in words.yesterday:
        return today - _DAY, today
    if named in words.this_week:
        monday = today - today.weekday() * _DAY
        return monday, monday + 7 * _DAY
    try:
        if match["iso"]:
            day = date.fromisoformat(match["iso"])
            return day, day + _DAY
        year = int(match["year"] or match["year_alone"] or today.year)
        if match["year_alone"]:
            return date(year, 1, 1), date(year + 1, 1, 1)
        month = 1 + [each.casefold() for each in words.months].index(match["month"].casefold())
        number = match["day"] or match["day_after"]
        day = date(year, month, int(number or 1))
        return day, (day + _DAY if number else _month_after(day))
    except (ValueError, OverflowError):
        raise BadQuestion(f"there is no such date as {match['date']!r}") from None


def take_moments(text: str, words: TimeWords, today: date) -> Moments:
    """Cut the dates out of ``text`` and say what they mean; ``today`` is the day that "yesterday" counts from.

    A month without a year is that month of this year. Raises `BadQuestion` for a date that no calendar has.
    """
    month = _either(words.months)
    pattern = re.compile(
        rf"(?<!\w)(?:(?:(?P<since>{_either(words.since)})|(?P<before>{_either(words.before)})"
        rf"|(?P<in>{_either(words.in_)}))\s+)?(?:(?:den|the|on)\s+)?"
        rf"(?P<date>(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})"
        rf"|(?:(?P<day>\d{{1,2}})\s+)?(?P<month>{month})(?:\s+(?P<day_after>\d{{1,2}})(?!\d),?)?(?:\s+(?P<year>\d{{4}}))?"
        rf"|(?P<year_alone>(?:19|20)\d{{2}})|{_either((*words.today, *words.yesterday, *words.this_week))})(?!\w)",
        re.IGNORECASE,
    )
    relative = frozenset((*words.today, *words.yesterday, *words.this_week))
    since = until = None
    rest, place = [], 0
    for match in pattern.finditer(text):
        opened = match["since"] or match["before"] or match["in"]
        numbered = match["month"] and (match["day"] or match["day_after"])
        if not (opened or match["iso"] or numbered or match["date"].casefold() in relative):
            continue  # "Agenda 2030" and a person called April are names, not dates
        first, after = _stretch(match, words, today)
        if match["since"]:
            since = _midnight(first)
        elif match["before"]:
            until = _midnight(first)
        else:
            since, until = _midnight(first), _midnight(after)
        rest.append(text[place : match.start()])
        place = match.end()
    rest.append(text[place:])
    return Moments(" ".join("".join(rest).split()), since, until)
