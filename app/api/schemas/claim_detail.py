"""JSON models of one claim: its context, what people made of it, and who printed it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from pydantic import Field

from app.api.schemas.base import Answer, SpanOut
from app.api.schemas.claim import ClaimArticle, ClaimOut, claim_fields
from app.api.schemas.correction import AttributionOut
from app.domain.correction import CHECK, PERSON
from app.domain.correction import Field as ClaimField
from app.domain.record import ClaimRecord, ReportRecord
from app.domain.span import Span
from app.storage.history import Standing


class ReportOut(Answer):
    """An article that prints a claim."""

    claim: str = Field(description="Id of the claim there.", examples=["clm_9d2c1b0a"])
    article: ClaimArticle = Field(description="The article.")
    agency: str | None = Field(description="Its publisher or agency.", examples=["TT"])
    uri: str | None = Field(description="Its address, as its sender gave it.", examples=["https://example.com/1"])

    @classmethod
    def of(cls, record: ReportRecord) -> Self:
        """The report as sent."""
        article = ClaimArticle(id=record.article_id, title=record.title, published_at=record.published_at)
        return cls(claim=record.claim_id, article=article, agency=record.agency, uri=record.uri)


class ClaimDetail(ClaimOut):
    """A claim with the sentence it stands in, and everybody who printed it."""

    context: SpanOut = Field(description="The whole sentences around speaker, cue and content.")
    revision: int = Field(description="How often people have changed it; send it with a correction.", examples=[0])
    corrected: list[ClaimField] = Field(
        description="The fields in which people say otherwise than the system.", examples=[["speaker"]]
    )
    checked_by: list[str] = Field(description="Who found all of it right, or wrote it.", examples=[["Ada Ek"]])
    read: AttributionOut | None = Field(
        description="The claim as the system read it; `null` where nobody has corrected it, or the system missed it."
    )
    printed: list[ReportOut] = Field(description="The articles that `reports` counts, first report first.")
    independent: list[ReportOut] = Field(description="The reports that `sources` counts, one of each publisher.")

    @classmethod
    def within(
        cls,
        record: ClaimRecord,
        context: Span,
        standing: Standing,
        printed: Iterable[ReportRecord],
        independent: Iterable[ReportRecord],
    ) -> Self:
        """The claim as sent, in its context."""
        corrected = [step for step, rule in record.evidence if rule == PERSON and step != CHECK]
        return cls.model_validate(
            {
                **claim_fields(record),
                "context": SpanOut.of(context),
                "revision": standing.revision,
                "corrected": corrected,
                "checked_by": list(standing.checked_by),
                "read": AttributionOut.of(standing.read) if standing.read else None,
                "printed": [ReportOut.of(report) for report in printed],
                "independent": [ReportOut.of(report) for report in independent],
            }
        )
