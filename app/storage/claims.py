"""Reading claims: by id, by filter, and for a whole party."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, not_, or_, select, tuple_
from sqlalchemy.orm import Session

from app.domain.record import ActorRef, ClaimFilter, ClaimRecord, Page
from app.errors import InputError, NotFound
from app.storage import cursor as cursors
from app.storage.conditions import Claims, aimed_at, leads_among, said_by
from app.storage.lookup import find_actors, members, party, suggest
from app.storage.records import ClaimSelect, claim_records, claim_rows
from app.storage.saving import save_extraction, save_extractions
from app.storage.search import matches, mentions
from app.storage.standings import in_force, not_withdrawn
from app.storage.tables import ClaimRow
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


def claims_by_ids(session: Session, claim_ids: Collection[str], *, folded: bool = True) -> list[ClaimRecord]:
    """The claims with those ids, in the order of `list_claims`; left out are ids that are not there, and withdrawn.

    ``folded`` as in `app.storage.records.claim_records`.
    """
    those = claim_rows().where(ClaimRow.id.in_(claim_ids), not_withdrawn(ClaimRow.article_id))
    return claim_records(session, _ordered(those), folded=folded)


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
    A claim that several papers printed is there once, by the first report that passes the filter, unless ``fold`` is
    off. ``among`` are ids of claims: no others are looked at, and of these no report whose claim an earlier one told.
    Raises `BadCursor` when the cursor is not of this listing, `InputError` when the scope is
    unknown or ``q`` holds no words.
    """
    wanted = wanted or ClaimFilter()
    listing = f"claims {_fingerprint(wanted)}"
    query = claim_rows()
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
    targets: list[str] | None = None
    if wanted.target is not None:
        named = find_actors(session, wanted.target)
        if not named:
            return Page((), suggestions=suggest(session, wanted.target))
        targets = members(session, [ref.id for ref in named])
    fits = _fitting(session, wanted, targets, narrowed)
    query = query.where(*fits(ClaimRow))
    if wanted.until is not None:
        query = query.where(ClaimRow.dated_at < wanted.until)
    # One article prints no claim twice, so that each of its claims is there, whichever report of it leads.
    folded = wanted.fold and wanted.article is None
    if folded:
        query = query.where(leads_among(fits))
    if wanted.article is not None:
        query = query.where(ClaimRow.article_id == wanted.article, not_withdrawn(ClaimRow.article_id))
    else:
        query = query.where(in_force(ClaimRow.article_id))
    if cursor is not None:
        dated_at, article_id, position = cursors.decode(listing, cursor, (str, str, int))
        here = tuple_(ClaimRow.dated_at, ClaimRow.article_id, ClaimRow.position)
        query = query.where(here > (datetime.fromisoformat(str(dated_at)), article_id, position))
    found = claim_records(session, _ordered(query).limit(limit + 1), via, folded=folded)
    if len(found) <= limit:
        return Page(tuple(found))
    return Page(tuple(found[:limit]), cursors.encode(listing, _keys(session, found[limit - 1].id)))


def _scope(scope: str) -> Scope:
    try:
        return Scope(scope)
    except ValueError:
        raise InputError(f"scope {scope!r} is unknown: use party or own") from None


def _fitting(
    session: Session, wanted: ClaimFilter, targets: Collection[str] | None, narrowed: bool
) -> Callable[[Claims], list[ColumnElement[bool]]]:
    """Conditions that one report of a claim can pass and another not. The speakers of all are the same, and whatever
    was published before some time, the first report was too.
    """
    about = _named(session, wanted.about) if wanted.about else []

    def fits(claims: Claims) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if wanted.act is not None:
            found.append(claims.act == wanted.act.value)
        if wanted.mode is not None:
            found.append(claims.mode == wanted.mode.value)
        if wanted.since is not None:
            found.append(claims.dated_at >= wanted.since)
        if wanted.min_confidence is not None:
            found.append(claims.confidence >= wanted.min_confidence)
        if targets is not None:
            found.append(aimed_at(session, targets, narrowed=narrowed, claims=claims))
        if wanted.q is not None:
            condition = matches(session, wanted.q, claims)
            if condition is None:
                raise InputError(f"the search {wanted.q!r} holds no words")
            found.append(condition)
        if wanted.about:
            found.append(_about(session, wanted.about, about, claims))
        return found

    return fits


def _named(session: Session, about: Collection[str]) -> list[str]:
    return members(session, {ref.id for name in about for ref in find_actors(session, name)})


def _about(session: Session, about: Collection[str], actor_ids: Collection[str], claims: Claims) -> ColumnElement[bool]:
    """Claims directed at a party, and claims of others that name it; what it says itself is not about it for that."""
    directed = aimed_at(session, actor_ids, narrowed=True, claims=claims)
    named_there = mentions(session, about, claims)
    if named_there is None:
        return directed
    own = said_by(session, actor_ids, narrowed=True, claims=claims)
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
