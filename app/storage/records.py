"""Claim rows made into records: a fixed number of queries however many claims there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from app.domain.actor import ActorKind
from app.domain.claim import Act, Confidence, Mode, RelationKind, TargetRole
from app.domain.record import ActorRef, ClaimRecord, RelationRecord, TargetRecord
from app.domain.span import Span
from app.storage.tables import ActorRow, ArticleRow, ClaimRow, RelationRow, SpanRow, SpeakerRow, TargetRow

ClaimSelect = Select[ClaimRow, str | None, datetime | None]

# The actor as first named, and whom merges say it is: every read goes through this pair.
Named = aliased(ActorRow, name="named")
Canonical = aliased(ActorRow, name="canonical")


def claim_rows() -> ClaimSelect:
    """A query for claims with what their article adds; callers filter, order and limit it."""
    return (
        select(ClaimRow, ArticleRow.title, ArticleRow.published_at)
        .join(ArticleRow, ArticleRow.id == ClaimRow.article_id)
        .execution_options(populate_existing=True)
    )


def claim_records(
    session: Session, query: ClaimSelect, via: Mapping[str, ActorRef | None] | None = None
) -> list[ClaimRecord]:
    """The claims of ``query`` in its order. ``via`` gives, for a canonical actor, through whom a party spoke there."""
    rows = session.execute(query).all()
    ids = [row.id for row, _, _ in rows]
    spans = _spans(session, ids)
    speakers = claim_speakers(session, ids)
    targets = _targets(session, ids)
    relations, responses = _relations(session, ids)
    return [
        ClaimRecord(
            id=row.id,
            article_id=row.article_id,
            article_title=title,
            published_at=published_at,
            speaker=span(row.speaker_start, row.speaker_end, row.speaker_text),
            speakers=speakers[row.id],
            cue=span(row.cue_start, row.cue_end, row.cue_text),
            content=spans[row.id],
            text=joined(spans[row.id]),
            act=Act(row.act),
            mode=Mode(row.mode),
            targets=tuple(targets[row.id]),
            relations=tuple(relations[row.id]),
            responses=tuple(responses[row.id]),
            parent_id=row.parent_id,
            evidence=tuple((step, rule) for step, rule in row.evidence),
            confidence=confidence(row),
            via=_via(speakers[row.id], via) if via else None,
        )
        for row, title, published_at in rows
    ]


def span(start: int | None, end: int | None, words: str | None) -> Span | None:
    """The span in three columns, or ``None`` where they are empty."""
    return None if start is None or end is None or words is None else Span(start, end, words)


def joined(parts: Sequence[Span]) -> str:
    """The content of a claim as one string."""
    return " … ".join(part.text for part in parts)


def claim_speakers(session: Session, claim_ids: Sequence[str]) -> dict[str, tuple[ActorRef, ...]]:
    """The canonical speakers of each claim; an empty tuple where the text names nobody."""
    query = (
        select(SpeakerRow.claim_id, Canonical.id, Canonical.name, Canonical.kind)
        .join(Named, Named.id == SpeakerRow.actor_id)
        .join(Canonical, Canonical.id == Named.canonical_id)
        .where(SpeakerRow.claim_id.in_(claim_ids))
        .order_by(SpeakerRow.claim_id, SpeakerRow.ordinal)
    )
    found: defaultdict[str, dict[str, ActorRef]] = defaultdict(dict)
    for claim_id, actor_id, name, kind in session.execute(query):
        found[claim_id].setdefault(actor_id, ActorRef(actor_id, name, ActorKind(kind)))
    return {claim_id: tuple(found[claim_id].values()) for claim_id in claim_ids}


def _spans(session: Session, claim_ids: Sequence[str]) -> dict[str, tuple[Span, ...]]:
    query = (
        select(SpanRow.claim_id, SpanRow.start, SpanRow.end, SpanRow.text)
        .where(SpanRow.claim_id.in_(claim_ids))
        .order_by(SpanRow.claim_id, SpanRow.ordinal)
    )
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for claim_id, start, end, words in session.execute(query):
        found[claim_id].append(Span(start, end, words))
    return {claim_id: tuple(found[claim_id]) for claim_id in claim_ids}


def _targets(session: Session, claim_ids: Sequence[str]) -> defaultdict[str, list[TargetRecord]]:
    query = (
        select(TargetRow, Canonical.id, Canonical.name, Canonical.kind)
        .join(Named, Named.id == TargetRow.actor_id)
        .join(Canonical, Canonical.id == Named.canonical_id)
        .where(TargetRow.claim_id.in_(claim_ids))
        .order_by(TargetRow.claim_id, TargetRow.ordinal)
        .execution_options(populate_existing=True)
    )
    found: defaultdict[str, list[TargetRecord]] = defaultdict(list)
    for row, actor_id, name, kind in session.execute(query):
        actor = ActorRef(actor_id, name, ActorKind(kind))
        mention = span(row.mention_start, row.mention_end, row.mention_text)
        found[row.claim_id].append(TargetRecord(TargetRole(row.role), actor, mention))
    return found


def _relations(
    session: Session, claim_ids: Sequence[str]
) -> tuple[defaultdict[str, list[RelationRecord]], defaultdict[str, list[RelationRecord]]]:
    """What each claim does to others, and what others do to it."""
    query = (
        select(RelationRow)
        .where(RelationRow.claim_id.in_(claim_ids) | RelationRow.other_id.in_(claim_ids))
        .order_by(RelationRow.claim_id, RelationRow.ordinal)
        .execution_options(populate_existing=True)
    )
    rows = session.scalars(query).all()
    wanted = set(claim_ids)
    others = list({row.other_id for row in rows} | {row.claim_id for row in rows})
    speakers = claim_speakers(session, others) if others else {}
    spans = _spans(session, others) if others else {}
    relations: defaultdict[str, list[RelationRecord]] = defaultdict(list)
    responses: defaultdict[str, list[RelationRecord]] = defaultdict(list)
    for row in rows:
        for here, there, found in ((row.claim_id, row.other_id, relations), (row.other_id, row.claim_id, responses)):
            if here in wanted:
                found[here].append(
                    RelationRecord(
                        kind=RelationKind(row.kind),
                        claim_id=there,
                        speakers=speakers[there],
                        content=joined(spans[there]),
                        rule=row.rule,
                        mention=span(row.mention_start, row.mention_end, row.mention_text),
                    )
                )
    return relations, responses


def confidence(row: ClaimRow) -> Confidence | None:
    """The probabilities of a claim, or ``None`` where they were not calibrated."""
    parts = (
        row.confidence,
        row.confidence_speaker,
        row.confidence_content,
        row.confidence_target,
        row.confidence_act,
    )
    overall, speaker, content, target, act = parts
    if overall is None or speaker is None or content is None or target is None or act is None:
        return None
    return Confidence(overall, speaker, content, target, act)


def _via(speakers: Sequence[ActorRef], via: Mapping[str, ActorRef | None]) -> ActorRef | None:
    """``None`` when one of the speakers is the party itself, else the first through whom it spoke."""
    through = [via[speaker.id] for speaker in speakers if speaker.id in via]
    return None if None in through else next(iter(through), None)
