"""An article as a newsroom submits it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.identity import content_id


@dataclass(frozen=True, slots=True)
class Article:
    """A news article: its text, untouched, and what is known about it.

    ``text`` is kept exactly as submitted; every offset in the system counts into it. ``language`` is an ISO 639-1 code.
    ``uri`` and ``version`` come from the sender where there are any; ``agency`` is the publisher or wire agency.
    """

    text: str
    title: str | None = None
    language: str = "sv"
    uri: str | None = None
    version: str | None = None
    agency: str | None = None
    byline: str | None = None
    published_at: datetime | None = None

    @property
    def id(self) -> str:
        """Content-hash id: the same text in the same language from the same uri and version is the same article."""
        return content_id("art", self.language, self.uri or "", self.version or "", self.text)
