"""Articles as taken and sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from app.api.schemas.base import Answer, Cursor, Limit, Listing, Moment, Query
from app.api.schemas.claim import ClaimOut
from app.api.schemas.version import StandingOut, WithdrawalOut
from app.domain.article import Article
from app.domain.correction import Correction
from app.domain.record import ArticleRecord

Status = Literal["queued", "processing", "done", "failed"]
Title = Annotated[str | None, Field(max_length=1000, description="The headline.", examples=["Strider i Karabach"])]
Language = Annotated[
    str, Field(pattern=r"^[a-z]{2}$", description="ISO 639-1 code of the language it is written in.", examples=["sv"])
]
Uri = Annotated[
    str | None,
    Field(
        max_length=2000,
        description="The sender's own id of the article, the same for all its versions.",
        examples=["https://tidningen.example/karabach"],
    ),
]
Version = Annotated[str | None, Field(max_length=100, description="The sender's version of it.", examples=["1"])]
Agency = Annotated[str | None, Field(max_length=300, description="Publisher or wire agency.", examples=["TT"])]
Byline = Annotated[str | None, Field(max_length=300, description="Who wrote it.", examples=["Nguyen Quang Minh"])]
PublishedAt = Annotated[
    Moment | None,
    Field(
        description="When it was published (ISO 8601; UTC where it names no offset).", examples=["2023-09-20T06:00:00Z"]
    ),
]
Wait = Annotated[
    float,
    Field(
        ge=0,
        le=60,
        description="Seconds to wait for the claims. Ready in time gives 201 with them, else 202.",
        examples=[10],
    ),
]

Superseded = Annotated[
    str | None,
    Field(
        description="Id of the earlier version whose place this one has taken, or takes as soon as it was read.",
        examples=[None],
    ),
]
_WITHDRAWN = "The withdrawal that was sent, or that covers the article which was."


class ArticleIn(BaseModel):
    """An article to read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(
        # Said here and checked with the other rules for texts, so that the problem is the same in every format.
        json_schema_extra={"minLength": 1},
        description="The text, kept exactly as sent; all offsets count into it in Unicode code points.",
        examples=["Baku förnekade anklagelsen. – Det är lögn, sade Hikmet Hajiyev."],
    )
    title: Title = None
    language: Language = "sv"
    uri: Uri = None
    version: Version = None
    agency: Agency = None
    byline: Byline = None
    published_at: PublishedAt = None

    def article(self) -> Article:
        """The article as the domain knows it."""
        return Article(**self.model_dump())


class AddressIn(BaseModel):
    """The address of an article, to be fetched from there; what is said besides goes before what the page says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(
        pattern=r"^https?://\S+$",
        max_length=2000,
        description="Where the article stands. Only hosts that the service's settings name are asked.",
        examples=["https://tidningen.example/karabach"],
    )
    title: Title = None
    language: Annotated[
        Language | None, Field(description="ISO 639-1 code; what the page says where not given.", examples=["sv"])
    ] = None
    uri: Uri = None
    version: Version = None
    agency: Agency = None
    byline: Byline = None
    published_at: PublishedAt = None

    def described(self) -> dict[str, Any]:
        """What is said of the article, as arguments of `Article`."""
        return {name: value for name, value in self.model_dump(exclude={"url"}).items() if value is not None}


class NinjsIn(BaseModel):
    """A news item after IPTC ninjs 1.x, 2.x or 3.x. More fields than these are part of it, and taken."""

    model_config = ConfigDict(extra="allow", frozen=True)

    uri: str = Field(pattern=r"\S", max_length=2000, description="The sender's id of the item.", examples=["urn:svar"])
    version: str = Field(default="", max_length=100, description="The sender's version of it.")
    headline: str = Field(default="", max_length=1000, description="The headline; `headlines` in 2.x and 3.x.")
    body_text: str = Field(
        min_length=1,
        description="The text; `body_html5` and the like for markup, `bodies` in 2.x and 3.x.",
        examples=["Baku förnekade anklagelsen.\nSvaret kom i går."],
    )


class SubmitQuery(Query):
    """Parameters of a submission. All but ``wait`` describe the body and stay empty for JSON of our own schema."""

    wait: Wait = 0
    title: Title = None
    language: Annotated[Language | None, Field()] = None
    uri: Uri = None
    version: Version = None
    agency: Agency = None
    byline: Byline = None
    published_at: PublishedAt = None


class DeliveryQuery(Query):
    """What holds for all articles of a delivery, whatever they say themselves."""

    language: Annotated[Language | None, Field()] = None
    agency: Agency = None


class ArticlesQuery(Query):
    """Which articles to list."""

    status: Annotated[Status | None, Field(description="Only articles of this status.", examples=["done"])] = None
    cursor: Cursor = None
    limit: Limit = 20


class ArticleOut(Answer):
    """An article, without its text."""

    id: str = Field(description="Id of the article: the same text gives the same id.", examples=["art_2f1d0c9b8a7e"])
    status: Status = Field(description="Where it is on its way to claims.", examples=["done"])
    error: str | None = Field(description="Why it failed, where it did.", examples=[None])
    claim_count: int = Field(description="How many claims were found in it.", examples=[43])
    title: Title
    language: Language
    uri: Uri
    version: Version
    agency: Agency
    byline: Byline
    published_at: datetime | None = Field(description="When it was published.", examples=["2023-09-20T06:00:00Z"])
    stored_at: datetime = Field(description="When it was stored here.", examples=["2023-09-20T06:05:00Z"])
    standing: StandingOut
    claims: str = Field(description="Where its claims are.", examples=["/v1/articles/art_2f1d0c9b8a7e/claims"])
    versions: str = Field(
        description="Where its other versions are.", examples=["/v1/articles/art_2f1d0c9b8a7e/versions"]
    )

    @classmethod
    def of(cls, record: ArticleRecord) -> Self:
        """The article as sent."""
        return cls.model_validate(_fields(record))


class ArticlePage(Listing[ArticleOut]):
    """A page of articles."""


class NotCarried(Answer):
    """A correction of an earlier version whose words do not stand in this one any more, or not in one place."""

    correction: int = Field(description="Its id.", examples=[12])
    claim: str = Field(description="Id of the claim there.", examples=["clm_3c1d0c9b8a7e6f504132"])
    article: str = Field(description="Id of that version.", examples=["art_7a1d0c9b8a7e6f504132"])


class ArticleDetail(ArticleOut):
    """An article with its text."""

    text: str = Field(description="The text exactly as submitted.", examples=["Baku förnekade anklagelsen."])
    not_carried: list[NotCarried] = Field(
        description="Corrections in force of earlier versions that could not be carried over to this one.",
        examples=[[]],
    )

    @classmethod
    def told(cls, record: ArticleRecord, left: Sequence[Correction]) -> Self:
        """The article as sent; ``left`` are the corrections that were not carried over to it."""
        not_carried = [NotCarried(correction=each.id, claim=each.claim_id, article=each.article_id) for each in left]
        return cls.model_validate({**_fields(record), "text": record.text, "not_carried": not_carried})


class Submission(Answer):
    """What became of a submitted article."""

    article: ArticleOut | None = Field(
        description="The article as stored; `null` where its sender withdraws it: nothing is stored of it then."
    )
    claims: list[ClaimOut] | None = Field(
        description="Its claims, where they are ready; `null` where they are not, or it is withdrawn."
    )
    superseded: Superseded
    withdrawn: WithdrawalOut | None = Field(description=_WITHDRAWN)


class DeliveredItem(Answer):
    """What became of one article of a delivery."""

    uri: Uri
    version: Version
    article: ArticleOut | None = Field(
        description="The article as stored; `null` where it was refused, or where its sender withdraws it."
    )
    refused: str | None = Field(description="Why it was refused, where it was.", examples=[None])
    superseded: Superseded
    withdrawn: WithdrawalOut | None = Field(description=_WITHDRAWN)


class DeliveryOut(Answer):
    """What became of a delivery."""

    items: list[DeliveredItem] = Field(description="Its articles, in its order.")


def _fields(record: ArticleRecord) -> dict[str, object]:
    names = ("id", "status", "error", "claim_count", "title", "language", "uri", "version", "agency", "byline")
    return {
        **{name: getattr(record, name) for name in names},
        "published_at": record.published_at,
        "stored_at": record.stored_at,
        "standing": record.standing,
        "versions": f"/v1/articles/{record.id}/versions",
        "claims": f"/v1/articles/{record.id}/claims",
    }
