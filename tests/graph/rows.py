"""Small rows by hand: actors by name, claims in a few words."""

from __future__ import annotations

from datetime import UTC, datetime

from app.domain.actor import ActorKind
from app.domain.claim import Act, Mode, RelationKind, TargetRole
from app.domain.record import (
    ActorRecord,
    ActorRef,
    ClaimRecord,
    RelationRecord,
    RepresentationRecord,
    Subgraph,
    TargetRecord,
)
from app.domain.span import Span


def ref(name: str, kind: ActorKind = ActorKind.STATE) -> ActorRef:
    return ActorRef(f"act_{name}", name, kind)


def actor(name: str, *parties: str, kind: ActorKind = ActorKind.STATE) -> ActorRecord:
    speaks_for = tuple(RepresentationRecord(ref(party), "by-hand", "art_1") for party in parties)
    return ActorRecord(f"act_{name}", name, kind, None, None, (name,), 0, speaks_for)


def relation(kind: RelationKind, claim: str, *speakers: str) -> RelationRecord:
    return RelationRecord(kind, f"clm_{claim}", tuple(ref(name) for name in speakers), f"text of {claim}", "r", None)


def claim(
    name: str,
    speakers: str = "",
    *,
    act: Act = Act.STATEMENT,
    targets: tuple[tuple[TargetRole, str], ...] = (),
    relations: tuple[RelationRecord, ...] = (),
    responses: tuple[RelationRecord, ...] = (),
    at: int = 0,
    day: int | None = 1,
    parent: str | None = None,
) -> ClaimRecord:
    return ClaimRecord(
        id=f"clm_{name}",
        article_id=f"art_{day}",
        article_title=None,
        published_at=datetime(2024, 5, day, tzinfo=UTC) if day else None,
        speaker=None,
        speakers=tuple(ref(speaker) for speaker in speakers.split()),
        cue=None,
        content=(Span(at, at + len(name), name),),
        text=name,
        act=act,
        mode=Mode.INDIRECT,
        targets=tuple(TargetRecord(role, ref(target), None) for role, target in targets),
        relations=relations,
        responses=responses,
        parent_id=f"clm_{parent}" if parent else None,
    )


def rows_of(*records: ClaimRecord | ActorRecord) -> Subgraph:
    claims = tuple(record for record in records if isinstance(record, ClaimRecord))
    actors = tuple(record for record in records if isinstance(record, ActorRecord))
    return Subgraph(claims, actors, ())
