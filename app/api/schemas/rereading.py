"""Articles read anew, as asked for and as told."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from app.api.schemas.base import Answer, Listing, Moment
from app.domain.rereading import Rereading

Name = Annotated[str, Field(min_length=1, max_length=2000)]


class RereadingIn(Answer):
    """Which articles are to be read anew: name some, narrow down, or say `all`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    articles: list[Name] | None = Field(
        default=None,
        min_length=1,
        max_length=1000,
        description="Articles by id or `uri`; a `uri` means all its versions.",
        examples=[["art_2f1d0c9b8a7e6f504132"]],
    )
    outdated: bool = Field(
        default=False, description="Only what was last read by other rules or models.", examples=[False]
    )
    since: Moment | None = Field(default=None, description="Only articles from this time on.", examples=[None])
    until: Moment | None = Field(default=None, description="Only articles from before this time.", examples=[None])
    all: bool = Field(default=False, description="All stored articles; goes with nothing else.", examples=[False])

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        narrowed = bool(self.articles) or self.outdated or self.since is not None or self.until is not None
        if self.all == narrowed:
            raise ValueError("`all` goes alone" if self.all else "say which: articles, outdated, since, until, or all")
        return self


class RereadingOut(Answer):
    """Articles read anew, and what that changed."""

    id: str = Field(description="Id of the rereading.", examples=["rrd_0d6c1a0f3f6c7be0a1b2"])
    asked_at: datetime = Field(description="When it was asked for.", examples=["2024-05-02T06:00:00Z"])
    author: str = Field(description="By whom.", examples=["Ada Ek"])
    stopped_at: datetime | None = Field(description="When somebody stopped it.", examples=[None])
    total: int = Field(description="How many articles it has.", examples=[1200])
    waiting: int = Field(description="How many of them are still to be read; 0 when it is over.", examples=[800])
    done: int = Field(description="How many were read.", examples=[399])
    failed: int = Field(description="How many could not be read; they keep the claims they had.", examples=[1])
    added: int = Field(description="How many claims came.", examples=[41])
    removed: int = Field(description="How many claims went.", examples=[17])
    changed: int = Field(description="How many claims say something else than before.", examples=[8])

    @classmethod
    def of(cls, record: Rereading) -> Self:
        """The rereading as sent."""
        return cls.model_validate(record, from_attributes=True)


class RereadingPage(Listing[RereadingOut]):
    """A page of rereadings."""
