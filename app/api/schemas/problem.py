"""Errors as RFC 9457 problem details."""

from __future__ import annotations

from pydantic import Field

from app.api.schemas.base import Answer


class FieldError(Answer):
    """One field of a request that cannot be taken."""

    field: str = Field(description="Where it stands: `query.limit`, `body.published_at`.", examples=["query.limit"])
    reason: str = Field(description="What is wrong with it.", examples=["Input should be less than or equal to 200"])


class Problem(Answer):
    """What went wrong, after RFC 9457. Sent as `application/problem+json`."""

    type: str = Field(description="Kind of the problem; the address explains it.", examples=["/problems/not-found"])
    title: str = Field(description="The kind in words.", examples=["Not found"])
    status: int = Field(description="The HTTP status.", examples=[404])
    detail: str = Field(description="What is wrong this time, and where.", examples=["no claim clm_0000"])
    instance: str = Field(description="The path that was asked for.", examples=["/v1/claims/clm_0000"])
    request_id: str | None = Field(
        default=None,
        description="Id of the request, as in the header `X-Request-ID` and in the log.",
        examples=["5f0c9c3f5e0b4a30"],
    )
    errors: list[FieldError] | None = Field(default=None, description="Each field that cannot be taken.")


class ProblemKind(Answer):
    """A kind of problem that the interface answers with."""

    type: str = Field(description="As in `type` of a problem.", examples=["/problems/bad-cursor"])
    title: str = Field(description="The kind in words.", examples=["Bad cursor"])
    status: int = Field(description="The HTTP status it comes with.", examples=[400])
    description: str = Field(
        description="When it happens.", examples=["The pagination cursor was not handed out by this service."]
    )
