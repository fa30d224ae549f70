"""Reading claims: by id, by filter, and for a whole party."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, not_, or_, select, tuple_
from sqlalchemy.orm import Session

from app.domain.record import ActorRef, ClaimFilter, ClaimRecord, Page
from app.errors import InputError, NotFound
from app.storage import cursor as cursors
from app.storage.conditions import aimed_at, said_by
from app.storage.lookup import find_actors, members, party, suggest
from app.storage.records import ClaimSelect, claim_records, claim_rows
from app.storage.saving import save_extraction, save_extractions
from app.storage.search import matches, mentions
from app.storage.tables import ClaimRow
from app.storage.versions import in_force, not_withdrawn
from app.storage.withdrawals import refuse_withdrawn

__all__ = ["Scope", "claims_by_ids", "get_claim", "list_claims", "save_extraction", "save_extractions"]


class Scope(StrEnum):
    """Whose claims answer for a speaker: the party with everybody who speaks for it, or the actor alone."""

    PARTY = "party"
    OWN = "own"


def get_claim(session: Session, claim_id: str) -> ClaimRecord:
    """The claim with that id, with its relations both ways; raises `NotFound`, or `Withdrawn` with its article."""
    found = claim_records(session, claim_rows().where(ClaimRow.id == claim_id))
    if not found:
        raise NotFound(f"no claim {claim_id}")
    refuse_withdrawn(session, found[0].article_id)
    return found[0]


def claims_by_ids(session: Session, claim_ids: Collection[str]) -> list[ClaimRecord]:
    """The claims with those ids, in the order of `list_claims`; left out are ids that are not there, and withdrawn."""
    those = claim_rows().where(ClaimRow.id.in_(claim_ids), not_withdrawn(ClaimRow.article_id))
    return claim_records(session, _ordered(those))


def list_claims(
    session: Session,
    wanted: ClaimFilter | None = None,
    cursor: str | None = None,
    limit: int = 20,
    *,
    among: Collection[str] | None = None,
) -> Page[ClaimRecord]:
    """One page of the claims that pass the filter: oldest article first, in text order within an article.

    Of each article the claims of the version in force; an earlier version has its own where the filter names it.
    A speaker or target that nobody is called gives an empty page with near names as suggestions. With scope ``party``
    the claims of everybody who speaks for the speaker are there too, and each says through whom (`ClaimRecord.via`).
    ``among`` are ids of claims: no others are looked at.
    Raises `BadCursor` when the cursor is not of this listing, `InputError` when the scope is
    unknown or ``q`` holds no words.
    """
    wanted = wanted or ClaimFilter()
    listing = f"claims {_fingerprint(wanted)}"
    query = _filtered(session, wanted)
    if among is not None:
        query = query.where(ClaimRow.id.in_(among))
    both = wanted.speaker is not None and wanted.target is not None
    narrowed = both or among is not None or wanted.q is not None or wanted.article is not None or bool(wanted.about)
    via: dict[str, ActorRef | None] = {}
    if wanted.speaker is not None:
        named = find_actors(session, wanted.speaker)
        if not named:
            return Page((), suggestions=suggest(session, wanted.speaker))
        via = party(session, named) if _scope(wanted.scope) is Scope.PARTY else {ref.id: None for ref in named}
        actor_ids = members(session, via)
        query = query.where(said_by(session, actor_ids, narrowed=narrowed))
    if wanted.target is not None:
        named = find_actors(session, wanted.target)
        if not named:
            return Page((), suggestions=suggest(session, wanted.target))
        actor_ids = members(session, [ref.id for ref in named])
        query = query.where(aimed_at(session, actor_ids, narrowed=narrowed))
    if cursor is not None:
        dated_at, article_id, position = cursors.decode(listing, cursor, (str, str, int))
        here = tuple_(ClaimRow.dated_at, ClaimRow.article_id, ClaimRow.position)
        query = query.where(here > (datetime.fromisoformat(str(dated_at)), article_id, position))
    found = claim_records(session, _ordered(query).limit(limit + 1), via)
    if len(found) <= limit:
        return Page(tuple(found))
    return Page(tuple(found[:limit]), cursors.encode(listing, _keys(session, found[limit - 1].id)))


def _scope(scope: str) -> Scope:
    try:
        return Scope(scope)
    except ValueError:
        raise InputError(f"scope {scope!r} is unknown: use party or own") from None


def _filtered(session: Session, wanted: ClaimFilter) -> ClaimSelect:
    if wanted.article is None:
        query = claim_rows().where(in_force(ClaimRow.article_id))
    else:
        query = claim_rows().where(ClaimRow.article_id == wanted.article, not_withdrawn(ClaimRow.article_id))
    if wanted.act is not None:
        query = query.where(ClaimRow.act == wanted.act.value)
    if wanted.mode is not None:
        query = query.where(ClaimRow.mode == wanted.mode.value)
    if wanted.since is not None:
        query = query.where(ClaimRow.dated_at >= wanted.since)
    if wanted.until is not None:
        query = query.where(ClaimRow.dated_at < wanted.until)
    if wanted.min_confidence is not None:
        query = query.where(ClaimRow.confidence >= wanted.min_confidence)
    if wanted.q is not None:
        condition = matches(session, wanted.q)
        if condition is None:
            raise InputError(f"the search {wanted.q!r} holds no words")
        query = query.where(condition)
    if wanted.about:
        query = query.where(_about(session, wanted.about))
    return query


def _about(session: Session, about: Collection[str]) -> ColumnElement[bool]:
    """Claims directed at a party, and claims of others that name it; what it says itself is not about it for that."""
    named = {ref.id for name in about for ref in find_actors(session, name)}
    actor_ids = members(session, named)
    directed = aimed_at(session, actor_ids, narrowed=True)
    named_there = mentions(session, about)
    if named_there is None:
        return directed
    own = said_by(session, actor_ids, narrowed=True)
    return or_(directed, and_(named_there, not_(own)))


def _ordered(query: ClaimSelect) -> ClaimSelect:
    return query.order_by(ClaimRow.dated_at, ClaimRow.article_id, ClaimRow.position)


def _keys(session: Session, claim_id: str) -> tuple[str, str, int]:
    query = select(ClaimRow.dated_at, ClaimRow.article_id, ClaimRow.position).where(ClaimRow.id == claim_id)
    dated_at, article_id, position = session.execute(query).one()
    return dated_at.isoformat(), article_id, position


def _fingerprint(wanted: ClaimFilter) -> str:
    parts = "\0".join(f"{name}={value}" for name, value in dataclasses.asdict(wanted).items())
    return hashlib.blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
