"""Saved searches: somebody wants to be told of claims that a filter or a question finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.record import ClaimFilter


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A named search over claims: ``question`` in plain words, or where that is ``None`` the filter ``wanted``."""

    id: str
    name: str
    question: str | None
    wanted: ClaimFilter
    created_at: datetime
    created_by: str
