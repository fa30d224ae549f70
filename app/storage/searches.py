"""Saved searches, and which claims were told of already."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.claim import Act, Mode
from app.domain.record import ClaimFilter, Page
from app.domain.search import SavedSearch
from app.errors import NotFound
from app.storage.event_tables import MatchRow, SearchRow
from app.storage.pages import page_of_rows
from app.storage.upsert import insert_one


def save_search(session: Session, name: str, question: str | None, wanted: ClaimFilter, author: str) -> SavedSearch:
    """Save a search: a plain question, or the speaker, target, act, mode, words and scope of ``wanted``."""
    row = SearchRow(
        id=f"sch_{secrets.token_hex(10)}",
        name=name,
        question=question,
        wanted={}
        if question is not None
        else {key: value for key, value in _kept(wanted).items() if value is not None},
        created_at=datetime.now(UTC),
        created_by=author,
    )
    session.add(row)
    session.flush()
    return _search(row)


def get_search(session: Session, search_id: str) -> SavedSearch:
    """The search with that id; raises `NotFound`."""
    row = session.get(SearchRow, search_id)
    if row is None:
        raise NotFound(f"no saved search {search_id}")
    return _search(row)


def delete_search(session: Session, search_id: str) -> None:
    """Forget the search; events that told of its matches stay. Raises `NotFound`."""
    if session.scalar(delete(SearchRow).where(SearchRow.id == search_id).returning(SearchRow.id)) is None:
        raise NotFound(f"no saved search {search_id}")


def list_searches(session: Session, cursor: str | None = None, limit: int = 20) -> Page[SavedSearch]:
    """Saved searches, oldest first. Raises `BadCursor`."""
    order = (SearchRow.created_at, SearchRow.id)
    rows, following = page_of_rows(
        session, select(SearchRow), order, listing="searches", cursor=cursor, limit=limit, newest=False
    )
    return Page(tuple(map(_search, rows)), following)


def all_searches(session: Session) -> list[SavedSearch]:
    """Every saved search."""
    return [_search(row) for row in session.scalars(select(SearchRow).order_by(SearchRow.id))]


def known_searches(session: Session, search_ids: Collection[str]) -> set[str]:
    """Which of these ids are saved searches; none of them is deleted before the transaction ends."""
    query = select(SearchRow.id).where(SearchRow.id.in_(search_ids)).order_by(SearchRow.id)
    return set(session.scalars(query.with_for_update(read=True, key_share=True)))


def note_matches(session: Session, search_id: str, claim_ids: Sequence[str]) -> list[str]:
    """Note that these claims are told of to whoever follows the search; gives those that were not before."""
    return [each for each in claim_ids if insert_one(session, MatchRow, {"search_id": search_id, "claim_id": each})]


def forget_matches(session: Session, claim_ids: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    """Forget that claims which are gone were told of: if they come again, that is news.

    Gives for each such claim the searches that had told of it, by id and name.
    """
    gone = delete(MatchRow).where(MatchRow.claim_id.in_(claim_ids)).returning(MatchRow.claim_id, MatchRow.search_id)
    pairs = [(claim_id, search_id) for claim_id, search_id in session.execute(gone)]
    called = select(SearchRow.id, SearchRow.name).where(SearchRow.id.in_({search_id for _, search_id in pairs}))
    names = dict(session.execute(called).all())
    found: dict[str, list[tuple[str, str]]] = {}
    for claim_id, search_id in sorted(pairs):
        if search_id in names:
            found.setdefault(claim_id, []).append((search_id, names[search_id]))
    return found


def _kept(wanted: ClaimFilter) -> dict[str, str | None]:
    fields = dataclasses.asdict(wanted)
    return {name: fields[name] for name in ("speaker", "target", "act", "mode", "q", "scope")}


def _search(row: SearchRow) -> SavedSearch:
    kept = dict(row.wanted)
    if "act" in kept:
        kept["act"] = Act(kept["act"])
    if "mode" in kept:
        kept["mode"] = Mode(kept["mode"])
    return SavedSearch(row.id, row.name, row.question, ClaimFilter(**kept), row.created_at, row.created_by)
