"""Reading actors: one with all that is known of it, or many by the words of their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from app.domain.actor import ActorKind
from app.domain.record import ActorRecord, ActorRef, Page, RepresentationRecord
from app.errors import NotFound, Withdrawn
from app.storage import cursor as cursors
from app.storage import names
from app.storage.conditions import leads
from app.storage.lookup import begins, find_actors, find_by_territory, is_withdrawn, members, suggest
from app.storage.records import Canonical, Named, span
from app.storage.standings import in_force
from app.storage.tables import ActorRow, AliasRow, ClaimRow, NameWordRow, RepresentationRow, SpeakerRow

__all__ = ["actors_by_ids", "find_actors", "find_by_territory", "get_actor", "search_actors", "suggest"]

_Other = aliased(ActorRow, name="other")


def get_actor(session: Session, actor_id: str) -> ActorRecord:
    """The actor with that id, or the one that it was merged into; raises `NotFound`, or `Withdrawn` with all articles
    that name it.
    """
    canonical_id = session.scalar(select(ActorRow.canonical_id).where(ActorRow.id == actor_id))
    if canonical_id is None:
        raise NotFound(f"no actor {actor_id}")
    seen = select(Named.id).where(Named.canonical_id == canonical_id, ~is_withdrawn()).limit(1)
    if session.scalar(seen) is None:
        raise Withdrawn(f"every article that names actor {actor_id} was withdrawn")
    return actors_by_ids(session, [canonical_id])[0]


def search_actors(
    session: Session, q: str | None = None, cursor: str | None = None, limit: int = 20
) -> Page[ActorRecord]:
    """Actors of whom some printed form holds words that begin with the words of ``q``, by name; all without ``q``.

    Where nobody is found, near names come as suggestions. Raises `BadCursor`.
    """
    folded = names.fold(q or "")
    listing = f"actors {folded}"
    query = (
        select(Canonical.id, Canonical.sort_name)
        .where(Canonical.id == Canonical.canonical_id, _printed())
        .order_by(Canonical.sort_name, Canonical.id)
        .limit(limit + 1)
    )
    asked = names.words(folded)
    if q is not None and not asked:
        return Page(())
    for word in asked:
        called = select(Named.canonical_id).join(NameWordRow, NameWordRow.actor_id == Named.id).where(begins(word))
        query = query.where(Canonical.id.in_(called))
    if cursor is not None:
        last = cursors.decode(listing, cursor, (str, str))
        query = query.where(tuple_(Canonical.sort_name, Canonical.id) > last)
    keys = session.execute(query).all()
    if not keys and cursor is None and q is not None:
        return Page((), suggestions=suggest(session, q))
    found = actors_by_ids(session, [actor_id for actor_id, _ in keys[:limit]])
    place = {actor_id: number for number, (actor_id, _) in enumerate(keys)}
    items = tuple(sorted(found, key=lambda actor: place[actor.id]))
    if len(keys) <= limit:
        return Page(items)
    last_id, sort_name = keys[limit - 1]
    return Page(items, cursors.encode(listing, (sort_name, last_id)))


def actors_by_ids(session: Session, actor_ids: Collection[str]) -> list[ActorRecord]:
    """The actors with those canonical ids, merged duplicates folded in, by name."""
    rows = session.scalars(
        select(ActorRow)
        .where(ActorRow.canonical_id.in_(actor_ids))
        .order_by(ActorRow.sort_name, ActorRow.id)
        .execution_options(populate_existing=True)
    ).all()
    folded: defaultdict[str, list[ActorRow]] = defaultdict(list)
    for row in rows:
        folded[row.canonical_id].append(row)
    aliases = _aliases(session, actor_ids)
    claim_counts = _claim_counts(session, actor_ids)
    speaks_for = _representations(session, actor_ids, speaking=True)
    spoken_for_by = _representations(session, actor_ids, speaking=False)
    records = []
    for row in rows:
        if row.id != row.canonical_id:
            continue
        same = [row, *(other for other in folded[row.id] if other.id != row.id)]
        kinds = [other.kind for other in same if other.kind != ActorKind.UNKNOWN.value]
        records.append(
            ActorRecord(
                id=row.id,
                name=row.name,
                kind=ActorKind(kinds[0] if kinds else row.kind),
                territory=next((other.territory for other in same if other.territory), None),
                role=_newest_role(same),
                aliases=tuple(aliases[row.id]),
                claim_count=claim_counts.get(row.id, 0),
                speaks_for=tuple(speaks_for[row.id]),
                spoken_for_by=tuple(spoken_for_by[row.id]),
            )
        )
    return records


def _printed() -> ColumnElement[bool]:
    """Whether an article in force names the canonical actor, under its own row or that of a merged duplicate."""
    return (
        select(AliasRow.form)
        .join(Named, Named.id == AliasRow.actor_id)
        .where(Named.canonical_id == Canonical.id, in_force(AliasRow.article_id))
        .exists()
    )


def _newest_role(rows: Sequence[ActorRow]) -> str | None:
    roles = [(row.role_at, row.role) for row in rows if row.role is not None and row.role_at is not None]
    return max(roles)[1] if roles else None


def _aliases(session: Session, actor_ids: Collection[str]) -> defaultdict[str, list[str]]:
    uses = func.sum(AliasRow.uses)
    query = (
        select(Named.canonical_id, AliasRow.form)
        .join(Named, Named.id == AliasRow.actor_id)
        .where(Named.canonical_id.in_(actor_ids), in_force(AliasRow.article_id))
        .group_by(Named.canonical_id, AliasRow.form)
        .order_by(Named.canonical_id, uses.desc(), AliasRow.form)
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for actor_id, form in session.execute(query):
        found[actor_id].append(form)
    return found


def _claim_counts(session: Session, actor_ids: Collection[str]) -> dict[str, int]:
    query = (
        select(Named.canonical_id, func.count(SpeakerRow.claim_id.distinct()))
        .join(Named, Named.id == SpeakerRow.actor_id)
        .join(ClaimRow, ClaimRow.id == SpeakerRow.claim_id)
        .where(Named.canonical_id.in_(actor_ids), leads(), in_force(ClaimRow.article_id))
        .group_by(Named.canonical_id)
    )
    return dict(session.execute(query).all())


def _representations(
    session: Session, actor_ids: Collection[str], *, speaking: bool
) -> defaultdict[str, list[RepresentationRecord]]:
    """Whom each actor speaks for, or who speaks for it: one record for each other actor, from the first article."""
    here, there = RepresentationRow.actor_id, RepresentationRow.party_id
    if not speaking:
        here, there = there, here
    # A state is spoken for in many articles by the same few: the index gives each pair once, before anything is joined.
    first = (
        select(
            RepresentationRow.actor_id, RepresentationRow.party_id, func.min(RepresentationRow.article_id).label("at")
        )
        .where(here.in_(members(session, actor_ids)), in_force(RepresentationRow.article_id))
        .group_by(RepresentationRow.actor_id, RepresentationRow.party_id)
        .subquery()
    )
    query = (
        select(
            Named.canonical_id,
            Canonical.id,
            Canonical.name,
            Canonical.kind,
            RepresentationRow.rule,
            RepresentationRow.article_id,
            RepresentationRow.evidence_start,
            RepresentationRow.evidence_end,
            RepresentationRow.evidence_text,
        )
        .join(
            first,
            (first.c.at == RepresentationRow.article_id)
            & (first.c.actor_id == RepresentationRow.actor_id)
            & (first.c.party_id == RepresentationRow.party_id),
        )
        .join(Named, Named.id == here)
        .join(_Other, _Other.id == there)
        .join(Canonical, Canonical.id == _Other.canonical_id)
        .where(Canonical.id != Named.canonical_id)
        .order_by(
            Named.canonical_id, Canonical.name, Canonical.id, RepresentationRow.article_id, RepresentationRow.rule
        )
    )
    found: defaultdict[str, dict[str, RepresentationRecord]] = defaultdict(dict)
    for actor_id, other_id, name, kind, rule, article_id, start, end, words in session.execute(query):
        ref = ActorRef(other_id, name, ActorKind(kind))
        found[actor_id].setdefault(other_id, RepresentationRecord(ref, rule, article_id, span(start, end, words)))
    return defaultdict(list, {actor_id: list(records.values()) for actor_id, records in found.items()})
