"""Claims as sent."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from app.api.schemas.base import ActorRefOut, Answer, SpanOut, SuggestingListing
from app.domain.claim import Act, Confidence, Mode, RelationKind, TargetRole
from app.domain.record import ClaimRecord, Page, RelationRecord, TargetRecord

Probability = Annotated[float, Field(ge=0, le=1, description="Probability that it is right.", examples=[0.93])]


class TargetOut(Answer):
    """Somebody a claim is directed at."""

    role: TargetRole = Field(description="How it is directed at them.", examples=["accused"])
    actor: ActorRefOut = Field(description="Who it is.")
    mention: SpanOut | None = Field(description="The words that name them there.")

    @classmethod
    def of(cls, record: TargetRecord) -> Self:
        """The target as sent."""
        return cls(role=record.role, actor=ActorRefOut.of(record.actor), mention=SpanOut.maybe(record.mention))


class RelationOut(Answer):
    """How one claim bears on another."""

    kind: RelationKind = Field(
        description="What the later claim does to the earlier one. `unverified`: its speaker could not verify it.",
        examples=["denies"],
    )
    claim: str = Field(description="Id of the other claim.", examples=["clm_5b7a20c1d9e84f60a1c3"])
    speakers: list[ActorRefOut] = Field(description="Who made the other claim.")
    content: str = Field(description="What the other claim says.", examples=["denna anklagelse"])
    rule: str = Field(description="The rule that tied the two together.", examples=["denial-anaphor"])
    mention: SpanOut | None = Field(description="The words of the later claim that point to the earlier one.")

    @classmethod
    def of(cls, record: RelationRecord) -> Self:
        """The relation as sent."""
        return cls(
            kind=record.kind,
            claim=record.claim_id,
            speakers=[ActorRefOut.of(ref) for ref in record.speakers],
            content=record.content,
            rule=record.rule,
            mention=SpanOut.maybe(record.mention),
        )


class EvidenceOut(Answer):
    """A step of the extraction and the rule that fired there."""

    step: str = Field(description="The step.", examples=["speaker"])
    rule: str = Field(description="The rule.", examples=["nsubj"])


class ConfidenceOut(Answer):
    """Calibrated probabilities that the claim and its fields are right."""

    overall: Probability
    speaker: Probability
    content: Probability
    target: Probability
    act: Probability

    @classmethod
    def of(cls, confidence: Confidence) -> Self:
        """The probabilities as sent."""
        return cls(
            overall=confidence.overall,
            speaker=confidence.speaker,
            content=confidence.content,
            target=confidence.target,
            act=confidence.act,
        )


class ClaimArticle(Answer):
    """The article that a claim stands in."""

    id: str = Field(description="Id of the article.", examples=["art_2f1d0c9b8a7e6f504132"])
    title: str | None = Field(description="Its title.", examples=["Strider i Karabach"])
    published_at: datetime | None = Field(description="When it was published.", examples=["2023-09-20T06:00:00Z"])


class ClaimOut(Answer):
    """A claim: who says what, about or against whom."""

    id: str = Field(description="Id of the claim, the same each time the article is read.", examples=["clm_9d2c1b0a"])
    article: ClaimArticle = Field(description="Where it stands.")
    speaker: SpanOut | None = Field(description="The speaker as printed; `null` where none stands there.")
    speakers: list[ActorRefOut] = Field(description="Whom those words mean; none where the source is not named.")
    via: ActorRefOut | None = Field(
        description="In answers for a whole party: through whom it spoke. `null` where it spoke itself."
    )
    cue: SpanOut | None = Field(description="The words that mark the attribution.")
    content: list[SpanOut] = Field(description="What is claimed; several spans where the cue breaks a quotation.")
    text: str = Field(
        description='The content as one string, parts joined by " … ".',
        examples=["att Baku hade mobiliserat marktrupper"],
    )
    act: Act = Field(description="The speech act.", examples=["statement"])
    mode: Mode = Field(description="Quoted, reported, or reported with quoted words in it.", examples=["indirect"])
    targets: list[TargetOut] = Field(description="Whom it is directed at.")
    relations: list[RelationOut] = Field(description="Earlier claims that this one denies, confirms, answers …")
    responses: list[RelationOut] = Field(description="Claims that deny, confirm or answer this one.")
    parent: str | None = Field(description="Id of the claim in whose content this one stands.", examples=[None])
    evidence: list[EvidenceOut] = Field(description="Why it was found: the rule of each step.")
    confidence: ConfidenceOut | None = Field(description="How sure it is; `null` where nothing was calibrated.")
    reports: int = Field(
        description="How many articles print this claim as copies of one text, this one included.", examples=[30]
    )
    sources: int = Field(
        description="How many publishers report it in texts of their own: copies of one text count once.", examples=[2]
    )
    leading: str | None = Field(
        description="Id of the first report of the claim, where this is a later one.", examples=[None]
    )

    @classmethod
    def of(cls, record: ClaimRecord) -> Self:
        """The claim as sent."""
        return cls.model_validate(claim_fields(record))


class ClaimPage(SuggestingListing[ClaimOut]):
    """A page of claims."""

    @classmethod
    def of(cls, page: Page[ClaimRecord]) -> Self:
        """The page as sent."""
        return cls(
            items=[ClaimOut.of(record) for record in page.items],
            next=page.next_cursor,
            suggestions=[ActorRefOut.of(ref) for ref in page.suggestions],
        )


class ReportOut(Answer):
    """An article that prints a claim."""


def claim_fields(record: ClaimRecord) -> dict[str, object]:
    """The fields of `ClaimOut`."""
    return {
        "id": record.id,
        "article": ClaimArticle(id=record.article_id, title=record.article_title, published_at=record.published_at),
        "speaker": SpanOut.maybe(record.speaker),
        "speakers": [ActorRefOut.of(ref) for ref in record.speakers],
        "via": ActorRefOut.of(record.via) if record.via else None,
        "cue": SpanOut.maybe(record.cue),
        "content": [SpanOut.of(part) for part in record.content],
        "text": record.text,
        "act": record.act,
        "mode": record.mode,
        "targets": [TargetOut.of(target) for target in record.targets],
        "relations": [RelationOut.of(relation) for relation in record.relations],
        "responses": [RelationOut.of(response) for response in record.responses],
        "parent": record.parent_id,
        "evidence": [EvidenceOut(step=step, rule=rule) for step, rule in record.evidence],
        "confidence": ConfidenceOut.of(record.confidence) if record.confidence else None,
        "reports": record.reports,
        "sources": record.sources,
        "leading": record.leading_id,
    }
