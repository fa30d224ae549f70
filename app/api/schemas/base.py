"""What all answers share: how they are written, stretches of text, actors named in passing, pages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Generic, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from app.domain.actor import ActorKind
from app.domain.record import ActorRef
from app.domain.span import Span

Item = TypeVar("Item", bound=BaseModel)


def _iso(value: object) -> object:
    """A time out of ISO 8601, UTC where it names no offset; the validator alone would take "2020" for seconds."""
    if not isinstance(value, str):
        raise ValueError("give a date and time in ISO 8601, such as 2023-09-19T06:00:00Z")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError("give a date and time in ISO 8601, such as 2023-09-19T06:00:00Z") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


Moment = Annotated[
    datetime,
    BeforeValidator(_iso),
    WithJsonSchema({"type": "string", "anyOf": [{"format": "date-time"}, {"format": "date"}]}),
]


def _whole(value: object) -> object:
    """A number of JSON; the validator alone would take "5" and ``true`` for one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("give a whole number")
    return value


WHOLE = BeforeValidator(_whole)
"""For whole numbers in a body, after their bounds. JSON Schema calls 5.0 one too."""

Cursor = Annotated[
    str | None,
    Field(
        max_length=2000,
        description="Opaque place in the listing, from `next` of the page before. Valid for the same filters only.",
        examples=[None],
    ),
]
Limit = Annotated[int, Field(ge=1, le=200, description="How many entries a page holds at most.", examples=[20])]


class Answer(BaseModel):
    """Base of everything that is sent."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=False)


class Query(BaseModel):
    """Base of query parameters: one that is unknown is refused, so that a misspelt filter never returns everything."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NoQuery(Query):
    """The endpoint takes no query parameters."""


class SpanOut(Answer):
    """A stretch of an article's text."""

    start: int = Field(description="First code point, counted from 0 in the text as submitted.", examples=[889])
    end: int = Field(description="One past the last code point.", examples=[903])
    text: str = Field(description="The words that stand there.", examples=["Hikmet Hajiyev"])

    @classmethod
    def of(cls, span: Span) -> Self:
        """The span as sent."""
        return cls(start=span.start, end=span.end, text=span.text)

    @classmethod
    def maybe(cls, span: Span | None) -> Self | None:
        """The span as sent, or nothing."""
        return cls.of(span) if span else None


class ActorRefOut(Answer):
    """An actor, as named in passing."""

    id: str = Field(description="Id of the actor.", examples=["act_0d6c1a0f3f6c7be0a1b2"])
    name: str = Field(description="Fullest name that articles give.", examples=["Azerbajdzjans försvarsministerium"])
    kind: ActorKind = Field(description="What sort of party it is.", examples=["authority"])

    @classmethod
    def of(cls, ref: ActorRef) -> Self:
        """The actor as sent."""
        return cls(id=ref.id, name=ref.name, kind=ref.kind)


class Listing(Answer, Generic[Item]):
    """One page of a listing. The same link is in the `Link` header, with `rel="next"`."""

    items: list[Item] = Field(description="The entries of this page.")
    next: str | None = Field(
        description="Cursor of the next page: pass it as `cursor`. `null` on the last page.", examples=[None]
    )


class SuggestingListing(Listing[Item], Generic[Item]):
    """A page of a listing that may have been asked for by a name nobody has."""

    suggestions: list[ActorRefOut] = Field(
        default=[], description="Actors with names near the one asked for, where nobody is called exactly so."
    )
