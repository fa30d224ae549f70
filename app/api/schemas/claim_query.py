"""How claims are asked for: filters, pages, formats."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from app.api.schemas.base import Cursor, Limit, Moment, Query
from app.domain.claim import Act, Mode
from app.domain.record import ClaimFilter
from app.extraction.tier import AUTO, auto_threshold

Scope = Annotated[
    Literal["party", "own"],
    Field(
        description="`party`: the speaker with its government, ministries and spokespersons, each claim saying through "
        "whom (`via`). `own`: the named actor alone.",
        examples=["party"],
    ),
]
Act_ = Annotated[Act | None, Field(description="Only claims of this speech act.", examples=["denial"])]
Mode_ = Annotated[Mode | None, Field(description="Only claims given in this way.", examples=["direct"])]
Words = Annotated[
    str | None,
    Field(
        min_length=1,
        max_length=500,
        description="Words that the content or the printed speaker holds; a phrase in quotation marks stands in order.",
        examples=["marktrupper"],
    ),
]
Since = Annotated[
    Moment | None,
    Field(
        description="Published at or after (ISO 8601; UTC where it names no offset).", examples=["2023-09-19T00:00:00Z"]
    ),
]
Until = Annotated[
    Moment | None,
    Field(description="Published before (ISO 8601; UTC where it names no offset).", examples=["2023-09-21T00:00:00Z"]),
]


def _sureness(given: object) -> object:
    return auto_threshold() if given == AUTO else given


Sureness = Annotated[
    float | None,
    BeforeValidator(_sureness),
    WithJsonSchema(
        {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "string", "const": AUTO}, {"type": "null"}]}
    ),
    Field(
        ge=0,
        le=1,
        description="Only claims that are right with at least this probability; `auto` for those that were right in 98 "
        "of 100 cases on texts left out when that was measured.",
        examples=[0.9],
    ),
]


class ListForm(StrEnum):
    """What listings of claims come as."""

    JSON = "json"
    CSV = "csv"
    JSONL = "jsonl"
    JSONLD = "jsonld"


class ClaimForm(StrEnum):
    """What one claim comes as."""

    JSON = "json"
    JSONLD = "jsonld"
    ANNOTATION = "annotation"


class ClaimQuery(Query):
    """How one claim is to come."""

    format: Annotated[
        ClaimForm | None,
        Field(
            description="`json`, `jsonld` (schema.org) or `annotation` (W3C Web Annotation); goes before `Accept`.",
            examples=["jsonld"],
        ),
    ] = None


class PageQuery(Query):
    """Which page of a listing, and what it is to come as."""

    cursor: Cursor = None
    limit: Limit = 20
    format: Annotated[
        ListForm | None,
        Field(
            description="`json`, or a file: `csv`, `jsonl` or `jsonld`, which holds every claim that passes the "
            "filters unless `limit` or `cursor` is given; goes before `Accept`.",
            examples=["csv"],
        ),
    ] = None

    @property
    def is_page(self) -> bool:
        """Whether a page was asked for by its size or its place."""
        return not self.model_fields_set.isdisjoint(("cursor", "limit"))


class ActorFilterQuery(Query):
    """Filters on the claims of one actor."""

    act: Act_ = None
    mode: Mode_ = None
    q: Words = None
    since: Since = None
    until: Until = None
    article: Annotated[str | None, Field(description="Only claims of the article with this id.")] = None
    scope: Scope = "party"
    min_confidence: Sureness = None
    fold: Annotated[
        bool,
        Field(
            description="Give a claim that several articles print as copies of one text once, by the first report that "
            "passes the filters. `false` gives every report. With `article` nothing is folded.",
            examples=[True],
        ),
    ] = True

    def filter(self) -> ClaimFilter:
        """The filter as storage takes it."""
        return ClaimFilter(**self.model_dump(exclude={"cursor", "limit", "format"}))


class FilterQuery(ActorFilterQuery):
    """Filters on claims."""

    speaker: Annotated[
        str | None,
        Field(min_length=1, max_length=300, description="Name or id of who makes the claim.", examples=["Baku"]),
    ] = None
    target: Annotated[
        str | None,
        Field(min_length=1, max_length=300, description="Name or id of whom it is directed at.", examples=["Ryssland"]),
    ] = None


class ActorClaimsQuery(ActorFilterQuery, PageQuery):
    """A page of the claims of one actor."""


class ClaimsQuery(FilterQuery, PageQuery):
    """A page of claims."""
