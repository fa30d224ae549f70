"""Saving an extraction: the claims, actors and links of one article, replaced as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.domain.actor import Actor, ActorKind
from app.domain.claim import Claim, Extraction
from app.domain.span import Span
from app.errors import NotFound
from app.storage import names
from app.storage.search import normal
from app.storage.tables import (
    ActorRow,
    AliasRow,
    ArticleRow,
    Base,
    ClaimRow,
    MentionRow,
    NameWordRow,
    RelationRow,
    RepresentationRow,
    SpanRow,
    SpeakerRow,
    TargetRow,
)
from app.storage.upsert import insert_new, insert_or_replace

Rows = list[dict[str, Any]]


def save_extraction(session: Session, extraction: Extraction, actor_ids: Mapping[str, str]) -> None:
    """Make the stored claims of the extraction's article exactly those of ``extraction``.

    ``actor_ids`` gives the stored id of each actor ``ref``. A claim keeps its id and row as long as its cue and content
    stand where they stood; claims that are no longer found go, with everything that hung on them. Saving the same
    extraction again changes nothing. Transactions that save the same article wait for each other.

    Raises `NotFound` when the article is not stored, ``KeyError`` when ``actor_ids`` leaves out an actor,
    ``ValueError`` when a claim points to an actor or a claim that the extraction does not hold.
    """
    locked = select(ArticleRow.dated_at).where(ArticleRow.id == extraction.article_id).with_for_update()
    dated_at = session.scalar(locked)
    if dated_at is None:
        raise NotFound(f"no article {extraction.article_id}")
    _check_refs(extraction)
    _save_actors(session, extraction.actors, actor_ids, dated_at)
    _save_claims(session, extraction, actor_ids, dated_at)
    _save_appearances(session, extraction, actor_ids)


def _check_refs(extraction: Extraction) -> None:
    actors = {actor.ref for actor in extraction.actors}
    claims = {claim.ref for claim in extraction.claims}
    for claim in extraction.claims:
        for ref in (*claim.speakers, *(target.actor for target in claim.targets)):
            if ref not in actors:
                raise ValueError(f"claim {claim.ref} names actor {ref}, which the extraction does not hold")
        for ref in (*((claim.parent,) if claim.parent else ()), *(relation.claim for relation in claim.relations)):
            if ref not in claims:
                raise ValueError(f"claim {claim.ref} names claim {ref}, which the extraction does not hold")
    for actor in extraction.actors:
        for representation in actor.represents:
            if representation.party not in actors:
                raise ValueError(f"actor {actor.ref} speaks for {representation.party}, which is no actor here")


def _forms(actor: Actor) -> Counter[str]:
    """The printed forms of ``actor`` and how many mentions read so; forms without a mention, the name too, count 0."""
    uses = Counter(mention.span.text for mention in actor.mentions)
    return Counter({form: uses[form] for form in dict.fromkeys((*actor.aliases, actor.name)) if form.strip()})


def _save_actors(session: Session, actors: Iterable[Actor], actor_ids: Mapping[str, str], dated_at: datetime) -> None:
    rows: dict[str, dict[str, Any]] = {}
    words: dict[tuple[str, str, int], dict[str, Any]] = {}
    for actor in actors:
        actor_id = actor_ids[actor.ref]
        new = {
            "id": actor_id,
            "canonical_id": actor_id,
            "name": actor.name,
            "sort_name": names.fold(actor.name),
            "kind": actor.kind.value,
            "territory": actor.territory,
            "role": actor.role,
            "role_at": dated_at if actor.role else None,
        }
        rows[actor_id] = {**rows[actor_id], **_better(rows[actor_id], new)} if actor_id in rows else new
        for form in _forms(actor):
            parts = names.words(names.fold(form))
            for place, word in enumerate(parts):
                final = int(place == len(parts) - 1)
                words[word, actor_id, final] = {
                    "word": word,
                    "actor_id": actor_id,
                    "final": final,
                    "sound": names.sound(word),
                }
    insert_new(session, ActorRow, [rows[actor_id] for actor_id in sorted(rows)])
    stored = session.execute(
        select(ActorRow.id, ActorRow.name, ActorRow.kind, ActorRow.territory, ActorRow.role, ActorRow.role_at)
        .where(ActorRow.id.in_(rows))
        .order_by(ActorRow.id)
    )
    for known in list(stored):
        better = _better(dict(known._mapping), rows[known.id])
        if better:
            session.execute(update(ActorRow).where(ActorRow.id == known.id).values(better))
    insert_new(session, NameWordRow, [words[key] for key in sorted(words)])


def _better(known: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """What ``new`` knows better about an actor; the outcome does not depend on which article was saved first."""
    better: dict[str, Any] = {}
    if (len(new["name"]), new["name"]) > (len(known["name"]), known["name"]):
        better |= {"name": new["name"], "sort_name": new["sort_name"]}
    if known["kind"] == ActorKind.UNKNOWN.value != new["kind"]:
        better["kind"] = new["kind"]
    if known["territory"] is None and new["territory"] is not None:
        better["territory"] = new["territory"]
    if new["role"] is not None and (known["role"] is None or new["role_at"] > known["role_at"]):
        better |= {"role": new["role"], "role_at": new["role_at"]}
    return better


def _save_claims(session: Session, extraction: Extraction, actor_ids: Mapping[str, str], dated_at: datetime) -> None:
    ids = {claim.ref: claim.id_in(extraction.article_id) for claim in extraction.claims}
    # Two claims with one cue and one content are one claim; the first stays.
    claims: dict[str, Claim] = {}
    for claim in extraction.claims:
        claims.setdefault(ids[claim.ref], claim)
    session.execute(
        delete(ClaimRow).where(ClaimRow.article_id == extraction.article_id, ClaimRow.id.not_in(list(claims)))
    )
    rows = [
        _claim_row(claim_id, claim, extraction.article_id, position, dated_at, ids)
        for position, (claim_id, claim) in enumerate(claims.items())
    ]
    insert_or_replace(session, ClaimRow, rows, key="id")
    parts: dict[type[Base], Rows] = {SpanRow: [], SpeakerRow: [], TargetRow: [], RelationRow: []}
    for claim_id, claim in claims.items():
        for ordinal, span in enumerate(claim.content):
            parts[SpanRow].append(_row(claim_id, ordinal, start=span.start, end=span.end, text=span.text))
        for ordinal, actor_id in enumerate(dict.fromkeys(actor_ids[ref] for ref in claim.speakers)):
            parts[SpeakerRow].append(_row(claim_id, ordinal, actor_id=actor_id))
        for ordinal, target in enumerate(claim.targets):
            place = _place("mention", target.mention)
            actor_id = actor_ids[target.actor]
            parts[TargetRow].append(_row(claim_id, ordinal, role=target.role.value, actor_id=actor_id, **place))
        for ordinal, relation in enumerate(claim.relations):
            place = _place("mention", relation.mention)
            other = {"kind": relation.kind.value, "other_id": ids[relation.claim], "rule": relation.rule}
            parts[RelationRow].append(_row(claim_id, ordinal, **other, **place))
    for table, new in parts.items():
        session.execute(delete(table).where(table.__table__.c.claim_id.in_(list(claims))))
        _insert(session, table, new)


def _claim_row(
    claim_id: str, claim: Claim, article_id: str, position: int, dated_at: datetime, ids: Mapping[str, str]
) -> dict[str, Any]:
    sure = claim.confidence
    printed = f"\n{claim.speaker.text}" if claim.speaker else ""
    return {
        "id": claim_id,
        "article_id": article_id,
        "position": position,
        "dated_at": dated_at,
        "act": claim.act.value,
        "mode": claim.mode.value,
        "parent_id": ids[claim.parent] if claim.parent else None,
        **_place("speaker", claim.speaker),
        **_place("cue", claim.cue),
        "confidence": sure.overall if sure else None,
        "confidence_speaker": sure.speaker if sure else None,
        "confidence_content": sure.content if sure else None,
        "confidence_target": sure.target if sure else None,
        "confidence_act": sure.act if sure else None,
        "evidence": [list(pair) for pair in claim.evidence],
        "search_text": normal(" … ".join(span.text for span in claim.content) + printed),
    }


def _save_appearances(session: Session, extraction: Extraction, actor_ids: Mapping[str, str]) -> None:
    article_id = extraction.article_id
    aliases: dict[tuple[str, str], dict[str, Any]] = {}
    mentions: dict[tuple[int, int, str], dict[str, Any]] = {}
    representations: dict[tuple[str, str, str], dict[str, Any]] = {}
    for actor in extraction.actors:
        actor_id = actor_ids[actor.ref]
        whose = {"article_id": article_id, "actor_id": actor_id}
        for form, uses in _forms(actor).items():
            before = aliases.get((actor_id, form), {"uses": 0})["uses"]
            folded = names.fold(form)
            aliases[actor_id, form] = {**whose, "form": form, "folded": folded, "uses": before + uses}
        for mention in actor.mentions:
            span = mention.span
            place = {"start": span.start, "end": span.end, "text": span.text}
            mentions.setdefault((span.start, span.end, actor_id), {**whose, **place, "rule": mention.rule})
        for shown in actor.represents:
            party_id = actor_ids[shown.party]
            if party_id != actor_id:
                row = {**whose, "party_id": party_id, "rule": shown.rule, **_place("evidence", shown.evidence)}
                representations.setdefault((actor_id, party_id, shown.rule), row)
    for table, rows in ((AliasRow, aliases), (MentionRow, mentions), (RepresentationRow, representations)):
        session.execute(delete(table).where(table.article_id == article_id))
        _insert(session, table, list(rows.values()))


def _row(claim_id: str, ordinal: int, **values: object) -> dict[str, Any]:
    return {"claim_id": claim_id, "ordinal": ordinal, **values}


def _place(prefix: str, span: Span | None) -> dict[str, Any]:
    start, end, words = (span.start, span.end, span.text) if span else (None, None, None)
    return {f"{prefix}_start": start, f"{prefix}_end": end, f"{prefix}_text": words}


def _insert(session: Session, table: type[Base], rows: Rows) -> None:
    if rows:
        session.execute(insert(table), rows)
