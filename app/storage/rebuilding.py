"""The extraction that the rows of an article were saved from, for articles whose reading was not kept."""

from __future__ import annotations

from collections import defaultdict
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.actor import Actor, ActorKind, Mention, Representation
from app.domain.claim import Act, Claim, Extraction, Mode, Relation, RelationKind, Target, TargetRole
from app.domain.span import Span
from app.storage import names
from app.storage.records import confidence, span
from app.storage.tables import (
    ActorRow,
    AliasRow,
    ArticleRow,
    ClaimRow,
    MentionRow,
    RelationRow,
    RepresentationRow,
    SpanRow,
    SpeakerRow,
    TargetRow,
)

_PART = TypeVar("_PART", SpanRow, SpeakerRow, TargetRow, RelationRow)
_PLACED = TypeVar("_PLACED", AliasRow, MentionRow, RepresentationRow)


def rebuilt(session: Session, article_id: str) -> tuple[Extraction, dict[str, str]]:
    """The extraction, and the stored id of each actor in it. Saving it again changes no row.

    Every stored actor is one actor here, called by the fullest name that the article has for it.
    """
    aliases = _of_article(session, AliasRow, article_id)
    refs = {actor_id: f"a{number}" for number, actor_id in enumerate(aliases, start=1)}
    actors = _actors(session, article_id, refs, aliases)
    claims = _claims(session, article_id, refs)
    return Extraction(article_id, claims, actors), {ref: actor_id for actor_id, ref in refs.items()}


def _actors(
    session: Session, article_id: str, refs: dict[str, str], aliases: dict[str, list[AliasRow]]
) -> tuple[Actor, ...]:
    mentions = _of_article(session, MentionRow, article_id)
    representations = _of_article(session, RepresentationRow, article_id)
    dated_at = session.scalars(select(ArticleRow.dated_at).where(ArticleRow.id == article_id)).one()
    rows = session.scalars(
        select(ActorRow).where(ActorRow.id.in_(refs)).execution_options(populate_existing=True)
    ).all()
    known = {row.id: row for row in rows}
    actors = []
    for actor_id, ref in refs.items():
        row = known[actor_id]
        forms = [alias.form for alias in sorted(aliases[actor_id], key=lambda alias: (-alias.uses, alias.form))]
        actors.append(
            Actor(
                ref=ref,
                name=row.name if row.name in forms else max(forms, key=names.fullness),
                kind=ActorKind(row.kind),
                mentions=tuple(
                    Mention(Span(each.start, each.end, each.text), each.rule)
                    for each in sorted(mentions.get(actor_id, ()), key=lambda each: (each.start, each.end))
                ),
                aliases=tuple(forms),
                territory=row.territory,
                # Which article gave the role is only known by its date; no role leaves the stored one as it is.
                role=row.role if row.role_at == dated_at else None,
                represents=tuple(
                    Representation(
                        refs[each.party_id],
                        each.rule,
                        span(each.evidence_start, each.evidence_end, each.evidence_text),
                    )
                    for each in sorted(representations.get(actor_id, ()), key=lambda each: (each.party_id, each.rule))
                ),
            )
        )
    return tuple(actors)


def _claims(session: Session, article_id: str, actor_refs: dict[str, str]) -> tuple[Claim, ...]:
    rows = session.scalars(
        select(ClaimRow)
        .where(ClaimRow.article_id == article_id)
        .order_by(ClaimRow.position)
        .execution_options(populate_existing=True)
    ).all()
    refs = {row.id: f"c{number}" for number, row in enumerate(rows, start=1)}
    spans = _of_claims(session, SpanRow, refs)
    speakers = _of_claims(session, SpeakerRow, refs)
    targets = _of_claims(session, TargetRow, refs)
    relations = _of_claims(session, RelationRow, refs)
    return tuple(
        Claim(
            ref=refs[row.id],
            speaker=span(row.speaker_start, row.speaker_end, row.speaker_text),
            speakers=tuple(actor_refs[each.actor_id] for each in speakers[row.id]),
            cue=span(row.cue_start, row.cue_end, row.cue_text),
            content=tuple(Span(each.start, each.end, each.text) for each in spans[row.id]),
            act=Act(row.act),
            mode=Mode(row.mode),
            targets=tuple(
                Target(
                    TargetRole(each.role),
                    actor_refs[each.actor_id],
                    span(each.mention_start, each.mention_end, each.mention_text),
                )
                for each in targets[row.id]
            ),
            relations=tuple(
                Relation(
                    RelationKind(each.kind),
                    refs[each.other_id],
                    each.rule,
                    span(each.mention_start, each.mention_end, each.mention_text),
                )
                for each in relations[row.id]
            ),
            parent=refs.get(row.parent_id) if row.parent_id else None,
            evidence=tuple((step, rule) for step, rule in row.evidence),
            confidence=confidence(row),
        )
        for row in rows
    )


def _of_article(session: Session, table: type[_PLACED], article_id: str) -> dict[str, list[_PLACED]]:
    """The rows of the article by actor, in order of the actors' ids."""
    query = select(table).where(table.article_id == article_id).order_by(table.actor_id)
    found: dict[str, list[_PLACED]] = {}
    for row in session.scalars(query.execution_options(populate_existing=True)):
        found.setdefault(row.actor_id, []).append(row)
    return found


def _of_claims(session: Session, table: type[_PART], refs: dict[str, str]) -> defaultdict[str, list[_PART]]:
    query = select(table).where(table.claim_id.in_(refs)).order_by(table.claim_id, table.ordinal)
    found: defaultdict[str, list[_PART]] = defaultdict(list)
    for row in session.scalars(query.execution_options(populate_existing=True)):
        found[row.claim_id].append(row)
    return found
