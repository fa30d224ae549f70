"""Stored articles read anew by the rules and models of today: what was asked for, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles: those with these ids or uris, dated from ``since`` to before ``until``, last read by another
    edition of the rules than ``outdated``. What is ``None`` narrows nothing.
    """

    named: tuple[str, ...] | None = None
    since: datetime | None = None
    until: datetime | None = None
    outdated: str | None = None


@dataclass(frozen=True, slots=True)
class Rereading:
    """A request to read ``total`` articles anew: so many still wait, are done, have failed.

    ``added``, ``removed`` and ``changed`` count the claims that came, went, or say something else than before, after
    corrections by people. One that was stopped reads no more than it had begun.
    """

    id: str
    asked_at: datetime
    author: str
    stopped_at: datetime | None
    total: int
    waiting: int
    done: int
    failed: int
    added: int
    removed: int
    changed: int

    @property
    def is_open(self) -> bool:
        """Whether something is left to read."""
        return self.waiting > 0
