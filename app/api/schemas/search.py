"""Saved searches in and out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.api.schemas.base import ActorRefOut, Answer, Listing
from app.asking.question import LONGEST_QUESTION
from app.domain.claim import Act, Mode
from app.domain.record import ActorRef, ClaimFilter
from app.domain.search import SavedSearch

_FILTERS = ("speaker", "target", "act", "mode", "q")


class SearchIn(BaseModel):
    """A search to save: either a `question`, or at least one filter as of `GET /v1/claims`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, max_length=200, description="What it is called.", examples=["Kreml förnekar"])
    question: str | None = Field(
        default=None,
        min_length=1,
        max_length=LONGEST_QUESTION,
        description="A plain question about what somebody says, without a time.",
        examples=["vad förnekade Kreml"],
    )
    speaker: str | None = Field(
        default=None, min_length=1, max_length=300, description="Name or id of who makes the claim.", examples=[None]
    )
    target: str | None = Field(
        default=None, min_length=1, max_length=300, description="Name or id of whom it is directed at.", examples=[None]
    )
    act: Act | None = Field(default=None, description="Only claims of this speech act.", examples=[None])
    mode: Mode | None = Field(default=None, description="Only claims given in this way.", examples=[None])
    q: str | None = Field(
        default=None,
        min_length=1,
        max_length=500,
        description="Words that the content or the printed speaker holds.",
        examples=[None],
    )
    scope: Literal["party", "own"] | None = Field(
        default=None, description="`party` (default) or `own`, as of `GET /v1/claims`.", examples=[None]
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        filters = [name for name in _FILTERS if getattr(self, name) is not None]
        if self.question is None and not filters:
            raise ValueError(f"give a question, or one of {', '.join(_FILTERS)}")
        if self.question is not None and (filters or self.scope is not None):
            raise ValueError("a question says everything: give no filter beside it")
        return self

    def filter(self) -> ClaimFilter:
        """The filter as storage takes it."""
        return ClaimFilter(
            speaker=self.speaker,
            target=self.target,
            act=self.act,
            mode=self.mode,
            q=self.q,
            scope=self.scope or "party",
        )


class WantedOut(Answer):
    """What a saved search looks for."""

    speaker: str | None = Field(description="Name or id of who makes the claim.", examples=["Kreml"])
    target: str | None = Field(description="Name or id of whom it is directed at.", examples=[None])
    act: Act | None = Field(description="Speech act.", examples=["denial"])
    mode: Mode | None = Field(description="How the words are given.", examples=[None])
    q: str | None = Field(description="Words in the claim.", examples=[None])
    scope: Annotated[str, Field(description="Whether those who speak for the speaker count.", examples=["party"])]
    about: list[str] = Field(description="Names of the matter that claims are about.", examples=[[]])

    @classmethod
    def of(cls, wanted: ClaimFilter) -> Self:
        """The filter as sent."""
        return cls(
            speaker=wanted.speaker,
            target=wanted.target,
            act=wanted.act,
            mode=wanted.mode,
            q=wanted.q,
            scope=wanted.scope,
            about=list(wanted.about),
        )


class SearchOut(Answer):
    """A saved search."""

    id: str = Field(description="Id of the search.", examples=["sch_0d6c1a0f3f6c7be0a1b2"])
    name: str = Field(description="What it is called.", examples=["Kreml förnekar"])
    question: str | None = Field(description="The question, where it is one.", examples=["vad förnekade Kreml"])
    wanted: WantedOut | None = Field(
        description="What is looked for; of a question, as it is understood today. `null` where it cannot be read."
    )
    created_at: datetime = Field(description="When it was saved.", examples=["2023-09-20T06:00:00Z"])
    created_by: str = Field(description="By whom.", examples=["local"])

    @classmethod
    def of(cls, search: SavedSearch, wanted: ClaimFilter | None) -> Self:
        """The search as sent."""
        return cls(
            id=search.id,
            name=search.name,
            question=search.question,
            wanted=WantedOut.of(wanted) if wanted else None,
            created_at=search.created_at,
            created_by=search.created_by,
        )


class NewSearch(SearchOut):
    """A search that was just saved."""

    suggestions: list[ActorRefOut] = Field(
        description="Actors with names near one that nobody is called yet. The search waits for somebody of that name."
    )

    @classmethod
    def made(cls, search: SavedSearch, wanted: ClaimFilter, near: tuple[ActorRef, ...]) -> Self:
        """The search as sent, with near names."""
        return cls(**dict(SearchOut.of(search, wanted)), suggestions=[ActorRefOut.of(ref) for ref in near])


class SearchPage(Listing[SearchOut]):
    """A page of saved searches."""
