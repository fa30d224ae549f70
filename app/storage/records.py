"""Claim rows made into records: a fixed number of queries however many claims there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from app.domain.actor import ActorKind
from app.domain.claim import Act, Confidence, Mode, RelationKind, TargetRole
from app.domain.record import ActorRef, ClaimRecord, RelationRecord, ReportRecord, TargetRecord
from app.domain.span import Span
from app.storage.reports import alike, followers, independent, leading_of, reports_by_ids
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
    session: Session, query: ClaimSelect, via: Mapping[str, ActorRef | None] | None = None, *, folded: bool = True
) -> list[ClaimRecord]:
    """The claims of ``query`` in its order. ``via`` gives, for a canonical actor, through whom a party spoke there.

    ``folded`` gives the leading report of a claim the relations of all its reports, to leading reports; else each
    report keeps to its article.
    """
    rows = session.execute(query).all()
    ids = [row.id for row, _, _ in rows]
    spans = _spans(session, ids)
    speakers = claim_speakers(session, ids)
    targets = _targets(session, ids)
    leading = {row.id: row.leading_id or row.id for row, _, _ in rows}
    others = followers(session, set(leading.values()))
    reports = Counter(others.values())
    relations, responses = _relations(session, ids, others if folded else None)
    said = {row.id: (row.words_key, row.dated_at, joined(spans[row.id])) for row, _, _ in rows}
    sources = _sources(session, said, leading, speakers)
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
            reports=1 + reports[leading[row.id]],
            sources=sources.get(leading[row.id], 1),
            leading_id=row.leading_id,
        )
        for row, title, published_at in rows
    ]


def source_reports(session: Session, claim_id: str) -> tuple[ReportRecord, ...]:
    """The reports that `ClaimRecord.sources` counts: one of each publisher that has a text of its own."""
    row = session.execute(
        select(ClaimRow.words_key, ClaimRow.dated_at, ClaimRow.leading_id).where(ClaimRow.id == claim_id)
    ).first()
    if row is None:
        return ()
    key, dated_at, leading_id = row
    found = alike(session, {claim_id: (key, dated_at, joined(_spans(session, [claim_id])[claim_id]))})
    who = claim_speakers(session, [each.id for each in found])
    first = leading_id or claim_id
    several = independent(session, found, who).get(first, ())
    return reports_by_ids(session, [each.id for each in several] or [first])


def span(start: int | None, end: int | None, words: str | None) -> Span | None:
    """The span in three columns, or ``None`` where they are empty."""
    return None if start is None or end is None or words is None else Span(start, end, words)


def joined(parts: Sequence[Span]) -> str:
    """The content of a claim as one string."""
    return " … ".join(part.text for part in parts)


def claim_speakers(session: Session, claim_ids: Sequence[str]) -> dict[str, tuple[ActorRef, ...]]:
    """The canonical speakers of each claim; an empty tuple where the text names nobody."""
    query = (
        select(SpeakerRow.claim_id, Canonical.id, Canonical.name, Canonical.kind, Canonical.territory)
        .join(Named, Named.id == SpeakerRow.actor_id)
        .join(Canonical, Canonical.id == Named.canonical_id)
        .where(SpeakerRow.claim_id.in_(claim_ids))
        .order_by(SpeakerRow.claim_id, SpeakerRow.ordinal)
    )
    found: defaultdict[str, dict[str, ActorRef]] = defaultdict(dict)
    for claim_id, actor_id, name, kind, territory in session.execute(query):
        found[claim_id].setdefault(actor_id, ActorRef(actor_id, name, ActorKind(kind), territory))
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
        select(TargetRow, Canonical.id, Canonical.name, Canonical.kind, Canonical.territory)
        .join(Named, Named.id == TargetRow.actor_id)
        .join(Canonical, Canonical.id == Named.canonical_id)
        .where(TargetRow.claim_id.in_(claim_ids))
        .order_by(TargetRow.claim_id, TargetRow.ordinal)
        .execution_options(populate_existing=True)
    )
    found: defaultdict[str, list[TargetRecord]] = defaultdict(list)
    for row, actor_id, name, kind, territory in session.execute(query):
        actor = ActorRef(actor_id, name, ActorKind(kind), territory)
        mention = span(row.mention_start, row.mention_end, row.mention_text)
        found[row.claim_id].append(TargetRecord(TargetRole(row.role), actor, mention))
    return found


def _sources(
    session: Session,
    said: Mapping[str, tuple[int | None, datetime, str]],
    leading: Mapping[str, str],
    speakers: Mapping[str, tuple[ActorRef, ...]],
) -> dict[str, int]:
    """How many say what each leading report says, where that is more than one."""
    found = alike(session, said)
    if {each.id for each in found} <= set(leading.values()) and len({each.words_key for each in found}) == len(found):
        return {}
    known = {leading[claim_id]: who for claim_id, who in speakers.items()}
    missing = [each.id for each in found if each.id not in known]
    who = {**known, **(claim_speakers(session, missing) if missing else {})}
    return {claim_id: len(each) for claim_id, each in independent(session, found, who).items()}


def _relations(
    session: Session, claim_ids: Sequence[str], followers: Mapping[str, str] | None
) -> tuple[defaultdict[str, list[RelationRecord]], defaultdict[str, list[RelationRecord]]]:
    """What each claim does to others, and what others do to it.

    With ``followers``, the reports that those claims lead, what these do and what is done to them is the claim's too.
    """
    wanted = {claim_id: claim_id for claim_id in claim_ids}
    wanted = {**(followers or {}), **wanted}
    query = (
        select(RelationRow)
        .where(RelationRow.claim_id.in_(wanted) | RelationRow.other_id.in_(wanted))
        .order_by(RelationRow.claim_id, RelationRow.ordinal)
        .execution_options(populate_existing=True)
    )
    rows = session.scalars(query).all()
    others = list({row.other_id for row in rows} | {row.claim_id for row in rows})
    led = leading_of(session, others) if others and followers is not None else {}
    others = list({*others, *led.values()})
    speakers = claim_speakers(session, others) if others else {}
    spans = _spans(session, others) if others else {}
    relations: defaultdict[str, list[RelationRecord]] = defaultdict(list)
    responses: defaultdict[str, list[RelationRecord]] = defaultdict(list)
    for row in rows:
        for here, there, found in ((row.claim_id, row.other_id, relations), (row.other_id, row.claim_id, responses)):
            # A report that is shown for itself keeps to its article.
            is_own = wanted.get(here) == here
            there = there if here in led and is_own else led.get(there, there)
            # What several reports of a claim do to another is told once.
            told = set() if is_own else {(each.kind, each.claim_id) for each in found[wanted.get(here, here)]}
            if here in wanted and (row.kind, there) not in told:
                found[wanted[here]].append(
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
