"""Judgements on who is who, as taken and sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from app.api.schemas.base import ActorRefOut, Answer, Cursor, Limit, Listing, Query
from app.api.schemas.correction import Author, Reason
from app.domain.record import ActorRef
from app.storage.judgements import Judgement, JudgementRecord
from app.storage.namesakes import ReviewRecord

ActorIdIn = Annotated[
    str, Field(min_length=1, max_length=100, description="Id of an actor.", examples=["act_0d6c1a0f3f6c7be0a1b2"])
]


class JudgementIn(BaseModel):
    """Whether two actors are one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    left: ActorIdIn
    right: ActorIdIn
    judgement: Literal["same", "different"] = Field(
        description="`same` joins them wherever they are read. `different` takes back what joined the two, and keeps "
        "them apart.",
        examples=["same"],
    )
    reason: Reason = None
    author: Author = None


class UnsureQuery(Query):
    """Which page of the list."""

    cursor: Cursor = None
    limit: Limit = 20


class JudgementOut(Answer):
    """A judgement: two actors are the same, or different, or somebody should say."""

    id: int = Field(description="Id of the judgement.", examples=[4])
    left: ActorRefOut = Field(description="One of the two, under the name that it has by itself.")
    right: ActorRefOut = Field(description="The other.")
    judgement: Judgement = Field(description="`unsure` asks people to decide.", examples=["same"])
    author: str = Field(description="Who says so; `resolver` is the system.", examples=["Ada Ek"])
    at: datetime = Field(description="When.", examples=["2024-03-01T09:30:00Z"])
    reason: str | None = Field(description="Why; of the resolver, the explained score.", examples=["Samma person."])
    undone_at: datetime | None = Field(description="When it was taken back.", examples=[None])
    undone_by: str | None = Field(description="Who took it back.", examples=[None])

    @classmethod
    def of(cls, record: JudgementRecord, names: Mapping[str, ActorRef]) -> Self:
        """The judgement as sent."""
        return cls(
            id=record.id,
            left=ActorRefOut.of(names[record.left_actor]),
            right=ActorRefOut.of(names[record.right_actor]),
            judgement=record.judgement,
            author=record.author,
            at=record.at,
            reason=record.reason,
            undone_at=record.undone_at,
            undone_by=record.undone_by,
        )

    @classmethod
    def to_review(cls, record: ReviewRecord) -> Self:
        """A pair to be judged, as sent: under the names that merges give them."""
        ids = {record.judgement.left_actor: record.left, record.judgement.right_actor: record.right}
        return cls.of(record.judgement, ids)


class Judgements(Answer):
    """The judgements on an actor."""

    actor: ActorRefOut = Field(description="The actor, with all that is merged into it.")
    judgements: list[JudgementOut] = Field(description="Oldest first, those that were taken back too.")


class JudgementPage(Listing[JudgementOut]):
    """A page of pairs that people should judge."""
