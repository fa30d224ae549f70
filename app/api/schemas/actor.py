"""Actors as sent."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field

from app.api.schemas.base import ActorRefOut, Answer, Cursor, Limit, Query, SpanOut, SuggestingListing
from app.domain.record import ActorRecord, RepresentationRecord
from app.lexicon.wikidata import load_wikidata


class ActorsQuery(Query):
    """Which actors to list."""

    q: Annotated[
        str | None,
        Field(min_length=1, max_length=300, description="Beginnings of the words of a name.", examples=["Haj"]),
    ] = None
    cursor: Cursor = None
    limit: Limit = 20


class RepresentationOut(Answer):
    """That one actor speaks for another, and what shows it."""

    actor: ActorRefOut = Field(description="The other actor.")
    rule: str = Field(description="The rule that saw it.", examples=["adviser-to"])
    article: str = Field(description="Id of the article that shows it.", examples=["art_2f1d0c9b8a7e"])
    evidence: SpanOut | None = Field(description="The words that show it.")

    @classmethod
    def of(cls, record: RepresentationRecord) -> Self:
        """The representation as sent."""
        return cls(
            actor=ActorRefOut.of(record.actor),
            rule=record.rule,
            article=record.article_id,
            evidence=SpanOut.maybe(record.evidence),
        )


class ActorOut(ActorRefOut):
    """An actor with all that is known of it."""

    territory: str | None = Field(description="Code of the state it is, or is a body of (ISO 3166).", examples=["AZ"])
    role: str | None = Field(description="Title as printed, for a person.", examples=["utrikespolitisk rådgivare"])
    wikidata: str | None = Field(
        description="Its id at Wikidata, for states and institutions where that is certain.", examples=["Q227"]
    )
    aliases: list[str] = Field(description="All printed forms, most frequent first.", examples=[["Hajiyev"]])
    claim_count: int = Field(description="How many claims it made itself.", examples=[5])
    speaks_for: list[RepresentationOut] = Field(description="Whom it speaks for.")
    spoken_for_by: list[RepresentationOut] = Field(description="Who speaks for it.")

    @classmethod
    def known(cls, record: ActorRecord) -> Self:
        """The actor as sent."""
        return cls(
            id=record.id,
            name=record.name,
            kind=record.kind,
            territory=record.territory,
            role=record.role,
            wikidata=load_wikidata().of(record.kind, record.name, record.territory),
            aliases=list(record.aliases),
            claim_count=record.claim_count,
            speaks_for=[RepresentationOut.of(each) for each in record.speaks_for],
            spoken_for_by=[RepresentationOut.of(each) for each in record.spoken_for_by],
        )


class ActorPage(SuggestingListing[ActorOut]):
    """A page of actors."""


class Aliases(Answer):
    """The printed forms of an actor's name."""

    actor: ActorRefOut = Field(description="Whose they are.")
    aliases: list[str] = Field(description="Printed forms, most frequent first.", examples=[["Baku", "Azerbajdzjan"]])
