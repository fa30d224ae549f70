"""Events as sent: what `app.events.message.message` makes, described."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from app.api.schemas.base import Answer, Query
from app.domain.event import EventKind

_ONE = "|".join(re.escape(kind.value) for kind in EventKind)

Kinds = Annotated[
    str | None,
    Field(
        pattern=f"^({_ONE})(,({_ONE}))*$",
        max_length=400,
        description="Only events of these kinds, separated by commas.",
        examples=["claim.added,claim.changed"],
    ),
]
Number = Annotated[int, Field(ge=0, le=2**63 - 1)]


def kinds_of(value: str | None) -> tuple[EventKind, ...]:
    """The kinds that a parameter names."""
    return tuple(dict.fromkeys(EventKind(kind) for kind in value.split(","))) if value else ()


class EventsQuery(Query):
    """Which events."""

    kind: Kinds = None
    search: Annotated[
        str | None,
        Field(max_length=40, description="Only what the saved search with this id found or lost.", examples=[None]),
    ] = None
    after: Annotated[
        Number | None,
        Field(
            description="Only events with a higher number. A page begins with the oldest event without it, a stream "
            "with the next one that happens.",
            examples=[None],
        ),
    ] = None
    limit: Annotated[int, Field(ge=1, le=200, description="How many events a page holds at most.", examples=[20])] = 20


class EventData(Answer):
    """What an event is about: ids to ask with, and what a listener wants to know at once. Kinds may add to it."""

    model_config = ConfigDict(extra="allow")

    article: str | None = Field(default=None, description="Id of the article.", examples=["art_2f1d0c9b8a7e6f504132"])
    claim: str | None = Field(default=None, description="Id of the claim.", examples=["clm_9d2c1b0a5e6f70812345"])
    search: str | None = Field(default=None, description="Id of the saved search.", examples=[None])
    name: str | None = Field(default=None, description="Of a saved search: its name.", examples=[None])
    act: str | None = Field(default=None, description="Speech act of the claim.", examples=["denial"])
    mode: str | None = Field(default=None, description="How the claim's words are given.", examples=["indirect"])
    speaker: str | None = Field(default=None, description="Speaker of the claim as printed.", examples=["Kreml"])
    speakers: list[Any] | None = Field(
        default=None, description="`search.matched`: names of the actors that the speaker means.", examples=[["Kreml"]]
    )
    text: str | None = Field(default=None, description="Content of the claim.", examples=["att avtalet var brutet"])
    changed: list[str] | None = Field(
        default=None, description="`claim.changed`: which fields of the claim are others now.", examples=[["act"]]
    )
    claims: int | None = Field(default=None, description="Of an article: how many claims it has.", examples=[12])
    claim_ids: list[str] | None = Field(
        default=None,
        description="`article.superseded`, `.withdrawn` and `.restored`: ids of these claims, the first 200.",
        examples=[None],
    )
    uri: str | None = Field(default=None, description="The same: the sender's identifier.", examples=[None])
    version: str | None = Field(default=None, description="The same: the sender's version.", examples=[None])
    standing: str | None = Field(default=None, description="The same: where it stands now.", examples=[None])
    by: str | None = Field(
        default=None, description="`article.superseded`: id of the version that is in force instead.", examples=[None]
    )
    because: str | None = Field(
        default=None,
        description="Where a claim is added, removed or unmatched together with its article: `superseded`, `withdrawn` "
        "or `restored`.",
        examples=[None],
    )
    kept_as: str | None = Field(
        default=None, description="Id of the claim in the new version that says the same.", examples=[None]
    )
    reason: str | None = Field(default=None, description="`article.failed`: why.", examples=["EmptyText: no words"])


class EventOut(Answer):
    """Something that happened, the same on a page, on a stream and in a webhook."""

    number: int = Field(description="Grows by one with each event; a gap is an event that was left out.", examples=[17])
    type: str = Field(
        description=f"What happened: {', '.join(f'`{kind}`' for kind in EventKind)}.", examples=["claim.added"]
    )
    timestamp: datetime = Field(description="When it happened.", examples=["2023-09-20T06:00:00Z"])
    data: EventData = Field(description="To what.")


class EventPage(Answer):
    """A page of events, oldest first."""

    items: list[EventOut] = Field(description="The events of this page.")
    next: int | None = Field(
        description="Number to pass as `after` for the next page; `null` where there are no more for now.",
        examples=[None],
    )
    newest: int = Field(
        description="Number of the newest event of any kind, to go on from when there are no more.", examples=[17]
    )
