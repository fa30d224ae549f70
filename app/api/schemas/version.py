"""Versions and withdrawals of articles as taken and sent."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from app.api.schemas.base import ActorRefOut, Answer
from app.domain.claim import Act
from app.domain.record import ClaimChange, ClaimRecord, VersionRecord, WithdrawalRecord
from app.domain.version import Standing

StandingOut = Annotated[
    Standing,
    Field(
        description=(
            "Its place among the versions of its `uri`: `in_force` is listed, `pending` takes over once it was read, "
            "`superseded` is history, `withdrawn` is not to be seen."
        ),
        examples=["in_force"],
    ),
]


class WithdrawalIn(BaseModel):
    """Why an article is withdrawn."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: str = Field(
        pattern=r"\S", max_length=1000, description="Why it is withdrawn, for the record.", examples=["Fel person."]
    )


class WithdrawalOut(Answer):
    """A withdrawal: by the sender up to a version, or by somebody here of all versions."""

    id: str = Field(description="Id of the withdrawal.", examples=["wdr_5b7a20c1d9e84f60a1c3"])
    uri: str | None = Field(description="What is withdrawn, by the sender's id of it.", examples=["urn:svar"])
    version: str | None = Field(
        description="The version that the sender's kill names: that one and those before it are withdrawn.",
        examples=["2"],
    )
    source: Literal["sender", "person"] = Field(description="Who withdraws it.", examples=["sender"])
    author: str = Field(description="Who decided it, or delivered the sender's word.", examples=["local"])
    reason: str | None = Field(description="Why; a sender gives none.", examples=["Fel person."])
    at: datetime = Field(description="When.", examples=["2023-09-20T06:05:00Z"])
    undone_at: datetime | None = Field(description="When it was taken back, if it was.", examples=[None])
    undone_by: str | None = Field(description="Who took it back.", examples=[None])
    articles: list[str] = Field(
        description="Ids of the stored articles it covers; none while the article has not come yet.",
        examples=[["art_2f1d0c9b8a7e"]],
    )

    @classmethod
    def of(cls, record: WithdrawalRecord) -> Self:
        """The withdrawal as sent."""
        return cls(
            id=record.id,
            uri=record.uri,
            version=record.version,
            source="person" if record.by_person else "sender",
            author=record.author,
            reason=record.reason,
            at=record.at,
            undone_at=record.undone_at,
            undone_by=record.undone_by,
            articles=list(record.articles),
        )

    @classmethod
    def maybe(cls, record: WithdrawalRecord | None) -> Self | None:
        """The withdrawal as sent, or nothing."""
        return cls.of(record) if record else None


class Withdrawals(Answer):
    """Several withdrawals."""

    items: list[WithdrawalOut] = Field(description="The withdrawals, oldest first.")


class ChangedClaim(Answer):
    """A claim, as far as it takes to see what changed."""

    id: str = Field(description="Id of the claim.", examples=["clm_9d2c1b0a5e6f70812345"])
    speakers: list[ActorRefOut] = Field(description="Who makes it.")
    act: Act = Field(description="What is done by it.", examples=["denial"])
    text: str = Field(description="Its words.", examples=["att ha brutit vapenvilan"])

    @classmethod
    def of(cls, record: ClaimRecord) -> Self:
        """The claim as sent."""
        speakers = [ActorRefOut.of(ref) for ref in record.speakers]
        return cls(id=record.id, speakers=speakers, act=record.act, text=record.text)


class ChangeOut(Answer):
    """What a version changed. A claim is kept where speaker, act and words are the same."""

    against: str = Field(description="Id of the version it is compared with.", examples=["art_7c1d0c9b8a7e"])
    added: list[ChangedClaim] = Field(description="Claims that are new in this version.")
    gone: list[ChangedClaim] = Field(description="Claims that only the version before had.")
    kept: list[ChangedClaim] = Field(description="Claims that both have, as they stand in this version.")

    @classmethod
    def of(cls, record: ClaimChange) -> Self:
        """The change as sent."""
        parts = {"added": record.added, "gone": record.gone, "kept": record.kept}
        named = {name: [ChangedClaim.of(claim) for claim in claims] for name, claims in parts.items()}
        return cls(against=record.against, **named)


class VersionOut(Answer):
    """A version of an article. Of a withdrawn one there is no title."""

    id: str = Field(description="Id of the article that is this version.", examples=["art_2f1d0c9b8a7e"])
    version: str | None = Field(description="The sender's version.", examples=["2"])
    standing: StandingOut
    status: Literal["queued", "processing", "done", "failed"] = Field(
        description="Where it is on its way to claims. A version that failed never takes over.", examples=["done"]
    )
    error: str | None = Field(description="Why it failed, where it did.", examples=[None])
    title: str | None = Field(description="The headline.", examples=["Strider i Karabach"])
    published_at: datetime | None = Field(description="When it was published.", examples=["2023-09-20T06:00:00Z"])
    stored_at: datetime = Field(description="When it was stored here.", examples=["2023-09-20T06:05:00Z"])
    withdrawal: WithdrawalOut | None = Field(description="The withdrawal that covers it.")
    change: ChangeOut | None = Field(
        description="What it changed against the version before; `null` for the first, and where either is not read."
    )

    @classmethod
    def of(cls, record: VersionRecord) -> Self:
        """The version as sent."""
        article = record.article
        return cls(
            id=article.id,
            version=article.version,
            standing=article.standing,
            status=article.status,  # type: ignore[arg-type]
            error=article.error,
            title=None if article.standing is Standing.WITHDRAWN else article.title,
            published_at=article.published_at,
            stored_at=article.stored_at,
            withdrawal=WithdrawalOut.maybe(record.withdrawal),
            change=ChangeOut.of(record.change) if record.change else None,
        )


class Versions(Answer):
    """The history of an article."""

    items: list[VersionOut] = Field(description="Its versions, newest first; 50 at most.")
