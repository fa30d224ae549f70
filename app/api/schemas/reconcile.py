"""The Reconciliation Service API 0.2 of the W3C community group, as asked and as sent: what OpenRefine speaks."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, Strict, StringConstraints

from app.api.schemas.base import Answer, Query
from app.domain.actor import ActorKind
from app.domain.record import ActorRecord
from app.storage.reconciling import Asked, Candidate

BATCH = 50
"""Queries in one batch at most; OpenRefine sends ten."""
_MOST = 50

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class ReconcileQuery(Query):
    """What the service is asked by GET: nothing for its manifest, or a batch."""

    queries: Annotated[
        str | None,
        Field(
            description="A query batch: a JSON object of queries by names of the client's own. Without it the manifest "
            "is the answer.",
            examples=['{"q0": {"query": "Baku", "type": "state"}}'],
        ),
    ] = None


class PrefixQuery(Query):
    """What to complete."""

    prefix: Annotated[str, Field(max_length=300, description="What was typed so far.", examples=["Haj"])]
    limit: Annotated[int, Field(ge=1, le=_MOST, description="How many entries come at most.", examples=[10])] = 10


class _Entity(BaseModel):
    id: str
    name: str | None = None


_Value = str | Annotated[bool, Strict()] | float | _Entity


class PropertyIn(BaseModel):
    """What else is known of whom a query means. Properties that the service does not have are passed over."""

    pid: str
    v: _Value | list[_Value]

    def texts(self) -> list[str]:
        """The values as text; of entities their ids."""
        values = self.v if isinstance(self.v, list) else [self.v]
        return [value.id if isinstance(value, _Entity) else str(value) for value in values]


class QueryIn(BaseModel):
    """One query: a name, or properties alone."""

    model_config = ConfigDict(extra="forbid")

    query: Words | None = None
    type: str | list[str] = []
    limit: Annotated[int, Field(ge=1)] = 5
    properties: list[PropertyIn] = []
    type_strict: Literal["any", "all", "should"] | None = None

    def asked(self) -> Asked:
        """The query as storage takes it; types that nobody has narrow nothing."""
        types = [self.type] if isinstance(self.type, str) else self.type
        known = {each.pid: text for each in self.properties for text in each.texts()[:1]}
        return Asked(
            name=self.query,
            kinds=tuple(ActorKind(each) for each in types if each in set(ActorKind)),
            territory=known.get("territory"),
            role=known.get("role"),
            limit=min(self.limit, _MOST),
        )


class TypeOut(Answer):
    """A type or a property: its id and a name for people."""

    id: str = Field(description="Id.", examples=["person"])
    name: str = Field(description="Name for people.", examples=["Person"])

    @classmethod
    def of(cls, kind: ActorKind) -> Self:
        """A kind of actor as a type."""
        return cls(id=kind.value, name=kind.value.replace("_", " ").capitalize())


class FeatureOut(Answer):
    """What a score was made from."""

    id: str = Field(description="What was compared: `name`, `territory`, `role`.", examples=["name"])
    value: bool | float = Field(
        description="How alike the names are, to 100; whether the property agrees.", examples=[100.0]
    )


class CandidateOut(Answer):
    """An actor that a query may mean."""

    id: str = Field(description="Id of the actor.", examples=["act_0d6c1a0f3f6c7be0a1b2"])
    name: str = Field(description="Its fullest name.", examples=["Azerbajdzjan"])
    description: str = Field(description="What tells it from namesakes.", examples=["rådgivare; AZ"])
    type: list[TypeOut] = Field(description="Its kind.")
    score: float = Field(description="How well it fits, from 0 to 100.", examples=[100.0])
    match: bool = Field(description="Whether it is meant beyond doubt.", examples=[True])
    features: list[FeatureOut] = Field(description="What the score was made from.")

    @classmethod
    def of(cls, candidate: Candidate) -> Self:
        """The candidate as sent."""
        compared = {"name": candidate.name_likeness, "territory": candidate.territory, "role": candidate.role}
        return cls(
            id=candidate.actor.id,
            name=candidate.actor.name,
            description=described(candidate.actor),
            type=[TypeOut.of(candidate.actor.kind)],
            score=candidate.score,
            match=candidate.match,
            features=[FeatureOut(id=name, value=value) for name, value in compared.items() if value is not None],
        )


class ResultOut(Answer):
    """The candidates for one query, best first."""

    result: list[CandidateOut] = Field(description="The candidates.")


class SuggestedEntity(Answer):
    """An actor whose name begins so."""

    id: str = Field(description="Id of the actor.", examples=["act_0d6c1a0f3f6c7be0a1b2"])
    name: str = Field(description="Its fullest name.", examples=["Hikmet Hajiyev"])
    description: str = Field(description="What tells it from namesakes.", examples=["rådgivare"])
    notable: list[TypeOut] = Field(description="Its kind.")

    @classmethod
    def of(cls, actor: ActorRecord) -> Self:
        """The actor as sent."""
        return cls(id=actor.id, name=actor.name, description=described(actor), notable=[TypeOut.of(actor.kind)])


class SuggestedEntities(Answer):
    """Actors whose names begin so."""

    result: list[SuggestedEntity] = Field(description="The actors.")


class SuggestedTypes(Answer):
    """Types or properties whose names begin so."""

    result: list[TypeOut] = Field(description="The types or properties.")


class ViewOut(Answer):
    """Where a person reads about an entity."""

    url: str = Field(description="Address with `{{id}}` in place of the id.", examples=["/actors/{{id}}"])


class PreviewOut(ViewOut):
    """A small page about an entity, for a frame."""

    width: int = Field(description="Width of the frame in pixels.", examples=[400])
    height: int = Field(description="Height of the frame in pixels.", examples=[200])


class ServiceOut(Answer):
    """Where a suggest service is."""

    service_url: str = Field(description="Address of the server.", examples=["http://127.0.0.1:8000"])
    service_path: str = Field(description="Path of the service.", examples=["/v1/reconcile/suggest/entity"])


class SuggestOut(Answer):
    """The suggest services."""

    entity: ServiceOut = Field(description="For names of actors.")
    type: ServiceOut = Field(description="For kinds of actors.")
    property: ServiceOut = Field(description="For properties.")


class ManifestOut(Answer):
    """What the service is and can do."""

    versions: list[str] = Field(description="Versions of the protocol.", examples=[["0.2"]])
    name: str = Field(description="Name of the service.", examples=["Sagesman"])
    identifierSpace: str = Field(
        description="What ids of entities begin with.", examples=["http://127.0.0.1:8000/v1/actors/"]
    )
    schemaSpace: str = Field(description="What entities are.", examples=["https://schema.org/Thing"])
    serviceVersion: str = Field(description="Version of the software.", examples=["0.3.0"])
    documentation: str = Field(description="Where the interface is described.", examples=["http://127.0.0.1:8000/docs"])
    defaultTypes: list[TypeOut] = Field(description="The types.")
    batchSize: int = Field(description="Most queries in a batch.", examples=[BATCH])
    view: ViewOut = Field(description="Where a person reads about an actor.")
    preview: PreviewOut = Field(description="What to show of an actor in a frame.")
    suggest: SuggestOut = Field(description="What completes names as they are typed.")


def described(actor: ActorRecord) -> str:
    """What tells an actor from its namesakes, in a few words."""
    parties = [each.actor.name for each in actor.speaks_for[:2]]
    return "; ".join(part for part in (actor.role, *parties, actor.territory) if part) or TypeOut.of(actor.kind).name
