"""Corrections as taken and sent."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from app.api.schemas.base import WHOLE, ActorRefOut, Answer, Cursor, Limit, Listing, Query, SpanOut
from app.domain.actor import ActorKind
from app.domain.claim import Act, Mode, TargetRole
from app.domain.correction import Attribution, Correction, CorrectionKind, Origin, Party
from app.domain.correction import Field as ClaimField
from app.domain.record import ActorRef

# Longer than any article that is taken.
_FARTHEST = 100_000_000

Author = Annotated[
    str | None,
    Field(
        min_length=1,
        max_length=200,
        pattern=r"\S",
        description="Who says so, where the service asks for no keys; with a key, its name is the author.",
        examples=["Ada Ek"],
    ),
]
Reason = Annotated[
    str | None,
    Field(max_length=2000, description="Why, for those who read it later.", examples=["Citatet är Hajiyevs."]),
]
Revision = Annotated[
    Annotated[int, Field(ge=0), WHOLE] | None,
    Field(
        description="`revision` of the claim that the author saw. Where somebody has changed the claim since, nothing "
        "is written and the answer is 409.",
        examples=[0],
    ),
]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PlaceIn(_In):
    """A stretch of the article's text."""

    start: Annotated[int, Field(ge=0, le=_FARTHEST), WHOLE] = Field(
        description="First code point, counted from 0.", examples=[889]
    )
    end: Annotated[int, Field(ge=1, le=_FARTHEST), WHOLE] = Field(
        description="One past the last code point.", examples=[903]
    )
    text: str | None = Field(
        default=None,
        max_length=20_000,
        description="The words that stand there; refused where others do, so that a slip of an offset is seen.",
        examples=["Hikmet Hajiyev"],
    )


class NamingIn(_In):
    """An actor: the id of a stored one, or a name. A name that nobody has makes a new actor."""

    id: str | None = Field(default=None, max_length=100, description="Id of a stored actor.", examples=["act_0d6c1a0f"])
    name: str | None = Field(
        default=None,
        max_length=300,
        description="Its name or a printed form: of this article's actors, else of all. One that several have is "
        "refused with their ids.",
        examples=["Hikmet Hajiyev"],
    )
    kind: ActorKind | None = Field(default=None, description="What a new actor is.", examples=["person"])


class SpeakerIn(_In):
    """Who speaks."""

    actors: list[NamingIn] = Field(
        max_length=20, description="Who it is; several for a coordination, none for a source that is not named."
    )
    span: PlaceIn | None = Field(
        default=None, description="The words that name the speaker. Left out, they stay; `null` for none."
    )


class TargetIn(_In):
    """Somebody the claim is directed at."""

    role: TargetRole = Field(description="How it is directed at them.", examples=["accused"])
    actor: NamingIn = Field(description="Who it is.")
    mention: PlaceIn | None = Field(default=None, description="The words that name them there.")


class VerdictIn(_In):
    """Whether what is claimed is true."""

    rating: str = Field(
        min_length=1, max_length=300, pattern=r"\S", description="The verdict in words.", examples=["Falskt"]
    )
    by: str = Field(
        min_length=1, max_length=300, pattern=r"\S", description="Who judged it.", examples=["Tidningens granskning"]
    )
    url: str | None = Field(
        default=None,
        max_length=2000,
        pattern=r"^https?://\S+$",
        description="Where the review is published.",
        examples=["https://tidningen.example/granskning"],
    )


class CorrectionIn(_In):
    """What a person says of a claim. With `kind=edit`, the fields that are given are set and the others stay."""

    kind: Literal["edit", "confirm", "reject", "verdict"] = Field(
        default="edit",
        description="`edit`: set fields. `confirm`: all of it is right. `reject`: it is no claim at all. `verdict`: "
        "whether what is claimed is true.",
        examples=["edit"],
    )
    speaker: SpeakerIn | None = Field(default=None, description="Who speaks.")
    cue: PlaceIn | None = Field(default=None, description="The words that mark the attribution; `null` for none.")
    content: list[PlaceIn] | None = Field(
        default=None, max_length=50, description="What is claimed: one or more spans, in text order."
    )
    act: Act | None = Field(default=None, description="The speech act.", examples=["denial"])
    mode: Mode | None = Field(default=None, description="How the words are given.", examples=["direct"])
    targets: list[TargetIn] | None = Field(
        default=None, max_length=50, description="All whom it is directed at; an empty list for nobody."
    )
    verdict: VerdictIn | None = Field(default=None, description="With `kind=verdict`.")
    reason: Reason = None
    author: Author = None
    revision: Revision = None


class ClaimIn(_In):
    """A claim that the system missed."""

    speaker: SpeakerIn = Field(description="Who makes the claim, and the words that name them.")
    content: list[PlaceIn] = Field(min_length=1, max_length=50, description="What is claimed, in text order.")
    cue: PlaceIn | None = Field(default=None, description="The words that mark the attribution.")
    act: Act = Field(default=Act.STATEMENT, description="The speech act.", examples=["statement"])
    mode: Mode = Field(default=Mode.INDIRECT, description="How the words are given.", examples=["indirect"])
    targets: list[TargetIn] = Field(default=[], max_length=50, description="Whom it is directed at.")
    reason: Reason = None
    author: Author = None


class CorrectionsQuery(Query):
    """Which corrections to list."""

    article: Annotated[
        str | None, Field(max_length=100, description="Only of the article with this id.", examples=[None])
    ] = None
    applied: Annotated[
        bool | None,
        Field(description="`false`: only those in force that no longer fit a claim.", examples=[False]),
    ] = None
    cursor: Cursor = None
    limit: Limit = 20


class UndoQuery(Query):
    """Who takes something back."""

    author: Author = None


class AimOut(Answer):
    """A target as the correction has it."""

    role: TargetRole = Field(description="How the claim is directed at them.", examples=["accused"])
    actor: ActorRefOut = Field(description="Who it is.")
    mention: SpanOut | None = Field(description="The words that name them there.")


class AttributionOut(Answer):
    """Who says what to whom: all of a claim that can be corrected."""

    speaker: SpanOut | None = Field(description="The speaker as printed.")
    speakers: list[ActorRefOut] = Field(description="Whom those words mean.")
    cue: SpanOut | None = Field(description="The words that mark the attribution.")
    content: list[SpanOut] = Field(description="What is claimed.")
    act: Act = Field(description="The speech act.", examples=["statement"])
    mode: Mode = Field(description="How the words are given.", examples=["indirect"])
    targets: list[AimOut] = Field(description="Whom it is directed at.")

    @classmethod
    def of(cls, known: Attribution) -> Self:
        """The attribution as sent."""
        return cls(
            speaker=SpanOut.maybe(known.speaker),
            speakers=[_actor(party) for party in known.speakers],
            cue=SpanOut.maybe(known.cue),
            content=[SpanOut.of(part) for part in known.content],
            act=known.act,
            mode=known.mode,
            targets=[
                AimOut(role=aim.role, actor=_actor(aim.party), mention=SpanOut.maybe(aim.mention))
                for aim in known.targets
            ],
        )


class VerdictOut(Answer):
    """Whether what is claimed is true."""

    rating: str = Field(description="The verdict in words.", examples=["Falskt"])
    by: str = Field(description="Who judged it.", examples=["Tidningens granskning"])
    url: str | None = Field(description="Where the review is published.", examples=["https://tidningen.example/g"])


class OriginOut(Answer):
    """The correction of an earlier version of the article that one was carried over from."""

    correction: int = Field(description="Its id.", examples=[12])
    claim: str = Field(description="Id of the claim there.", examples=["clm_3c1d0c9b8a7e6f504132"])
    article: str = Field(description="Id of that version.", examples=["art_7a1d0c9b8a7e6f504132"])
    at: datetime = Field(description="When it was carried over.", examples=["2024-03-02T06:00:00Z"])

    @classmethod
    def maybe(cls, origin: Origin | None) -> Self | None:
        """The origin as sent."""
        if origin is None:
            return None
        return cls(correction=origin.id, claim=origin.claim_id, article=origin.article_id, at=origin.at)


class CorrectionOut(Answer):
    """One correction of a claim."""

    id: int = Field(description="Id of the correction.", examples=[17])
    claim: str = Field(description="Id of the claim.", examples=["clm_9d2c1b0a5e6f70812345"])
    article: str = Field(description="Id of its article.", examples=["art_2f1d0c9b8a7e6f504132"])
    kind: CorrectionKind = Field(description="What it does.", examples=["edit"])
    fields: list[ClaimField] = Field(description="What it sets.", examples=[["speaker"]])
    before: AttributionOut | None = Field(description="The claim as it stood then; `null` where there was none.")
    after: AttributionOut | None = Field(description="The claim as it was set; `null` where it sets nothing.")
    verdict: VerdictOut | None = Field(description="Whether what is claimed is true, with `kind=verdict`.")
    author: str = Field(description="Who says so.", examples=["Ada Ek"])
    at: datetime = Field(description="When.", examples=["2024-03-01T09:30:00Z"])
    reason: str | None = Field(description="Why.", examples=["Citatet är Hajiyevs."])
    in_force: bool = Field(description="Whether nobody has taken it back.", examples=[True])
    applied: bool = Field(
        description="Whether it fits a claim of the newest reading of the article; only of interest while in force.",
        examples=[True],
    )
    undone_at: datetime | None = Field(description="When it was taken back.", examples=[None])
    undone_by: str | None = Field(description="Who took it back.", examples=[None])
    carried_from: OriginOut | None = Field(
        description="Where it was carried over from: author, time and reason are those of the correction there."
    )

    @classmethod
    def of(cls, made: Correction) -> Self:
        """The correction as sent."""
        return cls(
            id=made.id,
            claim=made.claim_id,
            article=made.article_id,
            kind=made.kind,
            fields=list(made.fields),
            before=AttributionOut.of(made.before) if made.before else None,
            after=AttributionOut.of(made.after) if made.after else None,
            verdict=VerdictOut(rating=made.verdict.rating, by=made.verdict.by, url=made.verdict.url)
            if made.verdict
            else None,
            author=made.author,
            at=made.at,
            reason=made.reason,
            in_force=made.in_force,
            applied=made.applied,
            undone_at=made.undone_at,
            undone_by=made.undone_by,
            carried_from=OriginOut.maybe(made.origin),
        )


class CorrectionPage(Listing[CorrectionOut]):
    """A page of corrections."""


class History(Answer):
    """What people have done about a claim."""

    revision: int = Field(description="Grows with every correction and every undoing.", examples=[2])
    corrections: list[CorrectionOut] = Field(description="Oldest first, those that were taken back too.")


def _actor(party: Party) -> ActorRefOut:
    return ActorRefOut.of(ActorRef(party.id, party.name, party.kind))
