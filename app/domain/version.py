"""Versions of one article and kills of it: which version is in force.

Everything here follows from what is known, never from the order in which it came: the same versions and kills give the
same outcome however they arrive, except where something carries neither a number nor a time (then arrival is its time).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+)*")


class Standing(StrEnum):
    """Where a version stands among the versions of its article."""

    IN_FORCE = "in_force"
    """Its claims are listed, counted and drawn."""
    PENDING = "pending"
    """Newer than the one in force, and not read yet: it takes over once it is."""
    SUPERSEDED = "superseded"
    """A newer version is in force; this one is history, and can be read by its own address."""
    WITHDRAWN = "withdrawn"
    """A kill covers it: nobody gets to see it."""


@dataclass(frozen=True, slots=True)
class Version:
    """What is known of one version. ``dated_at`` is when it was published, or where nobody said so, when it came.

    ``was_read`` says that its claims were found at least once.
    """

    id: str
    version: str
    dated_at: datetime
    stored_at: datetime
    was_read: bool = False


@dataclass(frozen=True, slots=True)
class Kill:
    """A withdrawal: up to a version where the sender made it, of everything where a person did (``by_person``)."""

    version: str
    dated_at: datetime
    by_person: bool = False


def in_order(versions: Collection[Version]) -> list[Version]:
    """Versions of one article, oldest first.

    Where every one has a number, the numbers decide ("10" after "9", "1.10" after "1.9"); otherwise the times do, for
    all of them, since numbers and times mixed could go round in a circle. A version that is a time itself, as in Atom,
    names it; else it is that of publication. Equals stand in order of arrival.
    """
    numbers = {each.id: _number(each.version) for each in versions}
    by_number = all(number is not None for number in numbers.values())

    def place(each: Version) -> tuple[tuple[int, ...], datetime, datetime, str]:
        number = (numbers[each.id] or ()) if by_number else ()
        return number, _time(each), each.stored_at, each.id

    return sorted(versions, key=place)


def covers(kill: Kill, version: Version) -> bool:
    """Whether a version is withdrawn by that kill.

    A person's covers all versions. A sender's covers the version it names and those before it, by number where both
    have one, else by time: what is newer was sent to be used.
    """
    if kill.by_person or (kill.version and kill.version == version.version):
        return True
    killed, number = _number(kill.version), _number(version.version)
    if killed is not None and number is not None:
        return number <= killed
    return _time(version) <= _time(kill)


def standings(versions: Collection[Version], kills: Sequence[Kill]) -> dict[str, Standing]:
    """The standing of every version of one article, by id.

    In force is the newest that was read and is not withdrawn; while none was read, the newest. So nobody ever sees the
    article without claims because a correction came in, or because reading that one fails.
    """
    found = dict.fromkeys((each.id for each in versions), Standing.WITHDRAWN)
    usable = in_order([each for each in versions if not any(covers(kill, each) for kill in kills)])
    if not usable:
        return found
    current = max((place for place, each in enumerate(usable) if each.was_read), default=len(usable) - 1)
    for place, each in enumerate(usable):
        newer = Standing.PENDING if place > current else Standing.IN_FORCE
        found[each.id] = Standing.SUPERSEDED if place < current else newer
    return found


def _number(version: str) -> tuple[int, ...] | None:
    return tuple(map(int, version.split("."))) if _NUMBERS.fullmatch(version) else None


def _time(of: Version | Kill) -> datetime:
    """The time that the version names, where it is one, else when it was published or came."""
    try:
        named = datetime.fromisoformat(of.version)
        # Where no offset is named it is UTC; a time at the edge of the calendar is none in UTC.
        return (named if named.tzinfo else named.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return of.dated_at
