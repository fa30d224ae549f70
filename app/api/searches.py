"""``/v1/searches``: saved searches over claims, whose matches are told as events."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.api.caller import CallerOf
from app.api.dependencies import EngineOf, Reading, link_next
from app.api.preconditions import IfMatch
from app.api.schemas.base import NoQuery
from app.api.schemas.claim import ClaimPage
from app.api.schemas.claim_query import PageQuery
from app.api.schemas.search import NewSearch, SearchIn, SearchOut, SearchPage
from app.domain.record import ClaimFilter
from app.domain.search import SavedSearch
from app.errors import BadQuestion
from app.events.matching import filter_of, keep_search
from app.storage.claims import list_claims
from app.storage.engine import Session, transaction
from app.storage.searches import delete_search, get_search, list_searches

SearchId = Annotated[str, Path(description="Id of the saved search.", examples=["sch_0d6c1a0f3f6c7be0a1b2"])]

router = APIRouter(prefix="/v1/searches", tags=["events"])


@router.post("", operation_id="create_search", summary="Save a search", status_code=201)
def create(
    response: Response, engine: EngineOf, caller: CallerOf, wanted: SearchIn, query: Annotated[NoQuery, Query()]
) -> NewSearch:
    """Save a filter on claims or a plain question, and be told of new claims that it finds.

    Each is told once, as an event `search.matched` on `/v1/events` and to webhooks. A claim matches exactly when
    `GET /v1/claims` with the same filter lists it. Names may be of actors that no article has named yet.
    """
    with transaction(engine) as session:
        made = keep_search(session, wanted.name, wanted.question, wanted.filter(), caller.name)
    response.headers["Location"] = f"/v1/searches/{made[0].id}"
    return NewSearch.made(*made)


@router.get("", operation_id="list_searches", summary="List saved searches")
def list_all(
    request: Request, response: Response, session: Reading, query: Annotated[PageQuery, Query()]
) -> SearchPage:
    """Saved searches, oldest first, and how their questions are understood today."""
    page = list_searches(session, query.cursor, query.limit)
    link_next(request, response, page.next_cursor)
    return SearchPage(items=[_shown(session, search) for search in page.items], next=page.next_cursor)


@router.get("/{search_id}", operation_id="get_search", summary="Read a saved search")
def get_one(search_id: SearchId, session: Reading, query: Annotated[NoQuery, Query()]) -> SearchOut:
    """One saved search, and how its question is understood today."""
    return _shown(session, get_search(session, search_id))


@router.delete("/{search_id}", operation_id="delete_search", summary="Forget a saved search", status_code=204)
def delete(search_id: SearchId, engine: EngineOf, query: Annotated[NoQuery, Query()], if_match: IfMatch) -> None:
    """Tell of no more matches. Events that told of earlier ones stay."""
    with transaction(engine) as session:
        if if_match.is_given:
            if_match.check(_shown(session, get_search(session, search_id)))
        delete_search(session, search_id)


@router.get("/{search_id}/claims", operation_id="list_search_claims", summary="Claims that a saved search finds")
def list_search_claims(
    search_id: SearchId, request: Request, response: Response, session: Reading, query: Annotated[PageQuery, Query()]
) -> ClaimPage:
    """All claims that the search finds now, older ones too, in the order of `GET /v1/claims`."""
    page = list_claims(session, filter_of(session, get_search(session, search_id)), query.cursor, query.limit)
    link_next(request, response, page.next_cursor)
    return ClaimPage.of(page)


def _shown(session: Session, search: SavedSearch) -> SearchOut:
    wanted: ClaimFilter | None
    try:
        wanted = filter_of(session, search)
    except BadQuestion:
        # Saved when questions were read otherwise; it has to be seen to be deleted.
        wanted = None
    return SearchOut.of(search, wanted)
