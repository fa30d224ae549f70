"""Saved searches compared with claims: the listing's own query, over nothing but the claims in question."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from app.asking.answer import interpret, understand
from app.domain.record import ActorRef, ClaimFilter, ClaimRecord
from app.domain.search import SavedSearch
from app.errors import BadQuestion, InputError
from app.storage.claims import list_claims
from app.storage.engine import Session
from app.storage.searches import save_search

log = logging.getLogger(__name__)

# Ids in one query; SQLite takes some thirty thousand.
_TOGETHER = 500


def filter_of(session: Session, search: SavedSearch) -> ClaimFilter:
    """What the search looks for, its question read with the names that are known now.

    Raises `BadQuestion` where the question cannot be read (any more).
    """
    if search.question is None:
        return search.wanted
    return interpret(session, understand(session, search.question)).filter


def check_question(session: Session, text: str) -> None:
    """Refuse a question that is none for the future: one about a time, or two in one. Raises `BadQuestion`."""
    question = understand(session, text)
    if question.since is not None or question.until is not None:
        raise BadQuestion("a saved search looks at what comes: leave out the time")
    if question.follow_up is not None:
        raise BadQuestion("a saved search asks one thing: save the second question as a search of its own")


def keep_search(
    session: Session, name: str, question: str | None, wanted: ClaimFilter, author: str
) -> tuple[SavedSearch, ClaimFilter, tuple[ActorRef, ...]]:
    """Save a question, or else a filter; gives it with what is looked for, and near names where nobody has one of it.

    Raises `BadQuestion`, and `InputError` for what could never be looked for, such as words without a letter.
    """
    if question is not None:
        check_question(session, question)
    search = save_search(session, name, question, wanted, author)
    looked_for = filter_of(session, search)
    return search, looked_for, list_claims(session, looked_for, limit=1).suggestions


def matching(session: Session, search: SavedSearch, claim_ids: Sequence[str]) -> list[ClaimRecord]:
    """Those of the claims that the search finds; none where it can no longer be read."""
    found: list[ClaimRecord] = []
    try:
        wanted = filter_of(session, search)
        for first in range(0, len(claim_ids), _TOGETHER):
            among = claim_ids[first : first + _TOGETHER]
            found += list_claims(session, wanted, limit=len(among), among=among).items
    except InputError as error:
        log.warning("a saved search cannot be read", extra={"search": search.id, "reason": str(error)})
    return found
