"""Webhooks in and out, and what was sent to them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from app.api.schemas.base import Answer, Listing
from app.api.schemas.claim_query import PageQuery
from app.domain.event import EventKind
from app.domain.record import Page
from app.domain.webhook import ADDRESS, Attempt, Delivery, DeliveryStatus, Webhook

Url = Annotated[
    str,
    Field(
        pattern=ADDRESS,
        max_length=2000,
        description="Where events are sent, by HTTPS.",
        examples=["https://cms.example/sagesman"],
    ),
]
KindList = Annotated[
    list[EventKind],
    Field(
        max_length=20,
        description="Kinds of events to send; all where it is empty, or matches alone where `searches` are given.",
        examples=[["claim.added", "article.failed"]],
    ),
]
SearchList = Annotated[
    list[Annotated[str, Field(max_length=40)]],
    Field(
        max_length=100,
        description="Ids of saved searches: of matches only theirs are sent. Every search's where it is empty.",
        examples=[[]],
    ),
]
Name = Annotated[str | None, Field(max_length=200, description="What it is called.", examples=["CMS"])]


class WebhookIn(BaseModel):
    """A webhook to add."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Url
    name: Name = None
    kinds: KindList = []
    searches: SearchList = []


class WebhookChange(BaseModel):
    """What to change of a webhook; what is left out stays."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Url | None = Field(
        default=None, description="Where events are sent from now on.", examples=["https://cms.example/sagesman"]
    )
    name: Name = None
    kinds: KindList | None = Field(
        default=None, description="Kinds of events to send; all where it is empty.", examples=[["article.failed"]]
    )
    searches: SearchList | None = Field(
        default=None, description="Saved searches whose matches are sent.", examples=[[]]
    )
    enabled: StrictBool | None = Field(default=None, description="Whether events are sent.", examples=[True])


class WebhookOut(Answer):
    """A webhook, without its secret."""

    id: str = Field(description="Id of the webhook.", examples=["whk_0d6c1a0f3f6c7be0a1b2"])
    url: str = Field(description="Where events are sent.", examples=["https://cms.example/sagesman"])
    name: str | None = Field(description="What it is called.", examples=["CMS"])
    kinds: list[EventKind] = Field(description="Kinds of events that are sent; all where empty.", examples=[[]])
    searches: list[str] = Field(description="Whose matches are sent; every search's where empty.", examples=[[]])
    enabled: bool = Field(description="Whether events are sent.", examples=[True])
    disabled_reason: str | None = Field(description="Why the service itself stopped sending.", examples=[None])
    created_at: datetime = Field(description="When it was added.", examples=["2023-09-20T06:00:00Z"])
    created_by: str = Field(description="By whom.", examples=["local"])

    @classmethod
    def of(cls, webhook: Webhook) -> Self:
        """The webhook as sent."""
        return cls(
            id=webhook.id,
            url=webhook.url,
            name=webhook.name,
            kinds=list(webhook.kinds),
            searches=list(webhook.searches),
            enabled=webhook.enabled,
            disabled_reason=webhook.disabled_reason,
            created_at=webhook.created_at,
            created_by=webhook.created_by,
        )


_SECRET = Field(
    description="What messages are signed with. Shown this once: keep it where the receiver finds it.",
    examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
)


class NewWebhook(WebhookOut):
    """A webhook that was just added, with its secret."""

    secret: str = _SECRET

    @classmethod
    def made(cls, webhook: Webhook, secret: str) -> Self:
        """The webhook as sent, with its secret."""
        return cls(**dict(WebhookOut.of(webhook)), secret=secret)


class NewSecret(Answer):
    """A new secret."""

    secret: str = _SECRET
    old_until: datetime = Field(
        description="Until when the old secret signs beside it.", examples=["2023-09-21T06:00:00Z"]
    )


class WebhookPage(Listing[WebhookOut]):
    """A page of webhooks."""


class DeliveriesQuery(PageQuery):
    """Which deliveries."""

    status: Annotated[
        DeliveryStatus | None, Field(description="Only deliveries of this status.", examples=["failed"])
    ] = None


class AttemptOut(Answer):
    """One attempt to deliver."""

    at: datetime = Field(description="When it began.", examples=["2023-09-20T06:00:00Z"])
    ms: int = Field(description="How many milliseconds it took.", examples=[84])
    status: int | None = Field(description="Status of the answer; `null` where there was none.", examples=[204])
    error: str | None = Field(description="Why there was no answer.", examples=[None])
    excerpt: str | None = Field(description="How the answer begins.", examples=["ok"])

    @classmethod
    def of(cls, attempt: Attempt) -> Self:
        """The attempt as sent."""
        return cls(
            at=attempt.at, ms=attempt.ms, status=attempt.status_code, error=attempt.error, excerpt=attempt.excerpt
        )


class MessageOut(Answer):
    """A message to a webhook, and what came of it."""

    id: str = Field(description="Id of the message: its header `webhook-id`.", examples=["msg_0d6c1a0f3f6c7be0a1b2"])
    type: str = Field(description="Kind of the event, or `webhook.test`.", examples=["claim.added"])
    number: int | None = Field(description="Number of the event; `null` for a test.", examples=[17])
    status: DeliveryStatus = Field(description="Where it is.", examples=["delivered"])
    created_at: datetime = Field(description="When it was queued.", examples=["2023-09-20T06:00:00Z"])
    next_at: datetime | None = Field(description="When it is tried next, while it is pending.", examples=[None])
    attempts: list[AttemptOut] = Field(description="The attempts so far, oldest first.")

    @classmethod
    def of(cls, delivery: Delivery) -> Self:
        """The delivery as sent."""
        return cls(
            id=delivery.id,
            type=delivery.kind,
            number=delivery.number,
            status=delivery.status,
            created_at=delivery.created_at,
            next_at=delivery.due_at if delivery.status is DeliveryStatus.PENDING else None,
            attempts=[AttemptOut.of(attempt) for attempt in delivery.attempts],
        )


class DeliveryPage(Listing[MessageOut]):
    """A page of deliveries."""

    @classmethod
    def of(cls, page: Page[Delivery]) -> Self:
        """The page as sent."""
        return cls(items=[MessageOut.of(delivery) for delivery in page.items], next=page.next_cursor)
