"""What happened to articles and claims, told to whoever listens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    """What happened."""

    ARTICLE_DONE = "article.done"
    ARTICLE_FAILED = "article.failed"
    ARTICLE_SUPERSEDED = "article.superseded"
    ARTICLE_WITHDRAWN = "article.withdrawn"
    ARTICLE_RESTORED = "article.restored"
    CLAIM_ADDED = "claim.added"
    CLAIM_CHANGED = "claim.changed"
    CLAIM_REMOVED = "claim.removed"
    SEARCH_MATCHED = "search.matched"
    SEARCH_UNMATCHED = "search.unmatched"


OF_SEARCHES = (EventKind.SEARCH_MATCHED, EventKind.SEARCH_UNMATCHED)
"""What those are told of who follow a saved search."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened, as noted with the change itself: what, to which article, claim or saved search.

    ``data`` is what a listener should know without asking, as JSON. It is told as it stands.
    """

    kind: EventKind
    article_id: str | None = None
    claim_id: str | None = None
    search_id: str | None = None
    data: Mapping[str, object] = field(default_factory=dict)


def about_claim(act: str, mode: str, speaker: str | None, text: str) -> dict[str, object]:
    """What listeners are told of a claim beside its ids: act, mode, speaker as printed, content as one string."""
    return {"act": act, "mode": mode, "speaker": speaker, "text": text}


@dataclass(frozen=True, slots=True)
class Event:
    """A happening in the log. Numbers grow by one in the order in which events are told."""

    number: int
    at: datetime
    what: Happening
