"""The rows a graph is built from: what lies within some hops of actors or in an article, bounded in size."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from app.domain.record import ArticleRecord, ClaimRecord, Subgraph
from app.errors import NotFound
from app.storage.actors import actors_by_ids
from app.storage.articles import articles_by_ids, get_article
from app.storage.claims import claims_by_ids
from app.storage.conditions import aimed_at, leads, said_by
from app.storage.lookup import members
from app.storage.reports import followers
from app.storage.standings import in_force
from app.storage.tables import ActorRow, ClaimRow, RelationRow, SpeakerRow, TargetRow


@dataclass(frozen=True, slots=True)
class Among:
    """Which claims count: those from ``since`` (inclusive) ``until`` (exclusive), by when their article was published,
    or stored where it does not say.
    """

    since: datetime | None = None
    until: datetime | None = None


_ALL = Among()


def graph_rows(
    session: Session,
    actor_ids: Collection[str] | None = None,
    article_id: str | None = None,
    hops: int = 1,
    limit: int = 500,
    among: Among = _ALL,
) -> Subgraph:
    """Claims, actors and articles around ``actor_ids`` or in ``article_id``.

    One hop from an actor are the claims it makes or is the target of, the claims that bear on those, and everyone they
    name; each further hop goes on from the actors reached. With ``article_id`` only claims of that article count, all
    of them when ``actor_ids`` is ``None``. With neither, the newest claims. At most ``limit`` claims, the nearest and
    among these the newest; the result says when there were more. The parties for whom those actors speak come along.
    Of each article the version in force counts, unless ``article_id`` names another. Only claims ``among`` those count.

    Raises `NotFound` when an actor or the article is unknown, `Withdrawn` when the article is.
    """
    if article_id is not None:
        get_article(session, article_id)
    within = _within(article_id, among)
    if actor_ids is None:
        claim_ids, truncated = _take(session, within, set(), limit)
        seeds: set[str] = set()
    else:
        seeds = _canonical(session, actor_ids)
        claim_ids, truncated = _walk(session, seeds, within, hops, limit, narrowed=article_id is not None)
    claims = claims_by_ids(session, claim_ids, folded=article_id is None)
    return _around(session, claims, seeds, article_id, truncated)


def _walk(
    session: Session, seeds: set[str], within: Select[str], hops: int, limit: int, *, narrowed: bool
) -> tuple[set[str], bool]:
    found: set[str] = set()
    reached, frontier = set(seeds), set(seeds)
    truncated = False
    for _ in range(hops):
        if not frontier or truncated:
            break
        rows = members(session, frontier)
        touching = within.where(
            or_(said_by(session, rows, narrowed=narrowed), aimed_at(session, rows, narrowed=narrowed))
        )
        new, truncated = _take(session, touching, found, limit - len(found))
        found |= new
        if not truncated:
            printed = new if narrowed else new | set(followers(session, new))
            bearing = select(RelationRow.claim_id).where(RelationRow.other_id.in_(printed))
            borne = select(RelationRow.other_id).where(RelationRow.claim_id.in_(printed))
            related = _counting(or_(ClaimRow.id.in_(bearing), ClaimRow.id.in_(borne)), within, narrowed=narrowed)
            more, truncated = _take(session, related, found, limit - len(found))
            found |= more
            new |= more
        frontier = _named_in(session, new) - reached
        reached |= frontier
    return found, truncated


def _within(article_id: str | None, among: Among) -> Select[str]:
    """The claims of one article, or each claim in force once, however many papers printed it."""
    query = select(ClaimRow.id)
    if among.since is not None:
        query = query.where(ClaimRow.dated_at >= among.since)
    if among.until is not None:
        query = query.where(ClaimRow.dated_at < among.until)
    if article_id is None:
        return query.where(leads(), in_force(ClaimRow.article_id))
    return query.where(ClaimRow.article_id == article_id)


def _counting(condition: ColumnElement[bool], within: Select[str], *, narrowed: bool) -> Select[str]:
    """Of the claims ``within``, those for which ``condition`` holds, or for another report of them."""
    if narrowed:
        return within.where(condition)
    leading = select(func.coalesce(ClaimRow.leading_id, ClaimRow.id)).where(condition).correlate(None)
    return within.where(ClaimRow.id.in_(leading))


def _take(session: Session, query: Select[str], known: set[str], room: int) -> tuple[set[str], bool]:
    """Up to ``room`` claims of ``query`` that are not ``known``, newest first, and whether there were more."""
    newest = query.order_by(ClaimRow.dated_at.desc(), ClaimRow.article_id.desc(), ClaimRow.position.desc())
    # What is known may come again, so that many more rows are asked for.
    rows = session.scalars(newest.limit(room + len(known) + 1)).all()
    new = [claim_id for claim_id in rows if claim_id not in known]
    return set(new[:room]), len(new) > room


def _named_in(session: Session, claim_ids: set[str]) -> set[str]:
    """Canonical ids of the speakers and targets of those claims."""
    speakers = select(ActorRow.canonical_id).join(SpeakerRow, SpeakerRow.actor_id == ActorRow.id)
    targets = select(ActorRow.canonical_id).join(TargetRow, TargetRow.actor_id == ActorRow.id)
    found = set(session.scalars(speakers.where(SpeakerRow.claim_id.in_(claim_ids)).distinct()))
    return found | set(session.scalars(targets.where(TargetRow.claim_id.in_(claim_ids)).distinct()))


def _canonical(session: Session, actor_ids: Collection[str]) -> set[str]:
    rows = session.execute(select(ActorRow.id, ActorRow.canonical_id).where(ActorRow.id.in_(actor_ids)))
    canonical = dict(rows.all())
    for actor_id in actor_ids:
        if actor_id not in canonical:
            raise NotFound(f"no actor {actor_id}")
    return set(canonical.values())


def _around(
    session: Session, claims: list[ClaimRecord], seeds: set[str], article_id: str | None, truncated: bool
) -> Subgraph:
    named = set(seeds)
    for claim in claims:
        named.update(speaker.id for speaker in claim.speakers)
        named.update(target.actor.id for target in claim.targets)
    actors = actors_by_ids(session, named)
    # The parties for whom those actors speak belong to the picture, even where they say nothing themselves.
    parties = {shown.actor.id for actor in actors for shown in actor.speaks_for} - named
    actors += actors_by_ids(session, parties)
    articles: list[ArticleRecord] = articles_by_ids(
        session, {claim.article_id for claim in claims} | ({article_id} if article_id else set())
    )
    return Subgraph(tuple(claims), tuple(actors), tuple(articles), truncated)
