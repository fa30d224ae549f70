"""``/v1/rereadings``: stored articles read anew by the rules and models of today."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.api.access import needs
from app.api.caller import CallerOf
from app.api.dependencies import EngineOf, Reading, SettingsOf, link_next
from app.api.schemas.base import NoQuery
from app.api.schemas.claim_query import PageQuery
from app.api.schemas.rereading import RereadingIn, RereadingOut, RereadingPage
from app.domain.access import Scope
from app.domain.rereading import Selection
from app.extraction.edition import edition
from app.storage.engine import transaction
from app.storage.rereading import begin, get_rereading, list_rereadings, stop

RereadingId = Annotated[str, Path(description="Id of the rereading.", examples=["rrd_0d6c1a0f3f6c7be0a1b2"])]

router = APIRouter(prefix="/v1/rereadings", tags=["service"], dependencies=[needs(Scope.ADMIN)])


@router.post("", operation_id="create_rereading", summary="Read articles anew", status_code=202)
def create(
    wanted: RereadingIn,
    response: Response,
    engine: EngineOf,
    settings: SettingsOf,
    caller: CallerOf,
    query: Annotated[NoQuery, Query()],
) -> RereadingOut:
    """Have stored articles read anew by a worker. What people corrected and judged stays.

    New articles go first; what is begun is finished, also after a crash. `Location` tells how far it is and how many
    claims came, went and changed; listeners hear of each as of any other change.
    """
    selection = Selection(
        named=tuple(wanted.articles) if wanted.articles else None,
        since=wanted.since,
        until=wanted.until,
        outdated=edition(settings.stanza_package) if wanted.outdated else None,
    )
    with transaction(engine) as session:
        made = begin(session, selection, author=caller.name)
    response.headers["Location"] = f"/v1/rereadings/{made.id}"
    return RereadingOut.of(made)


@router.get("", operation_id="list_rereadings", summary="List rereadings")
def list_all(
    request: Request, response: Response, session: Reading, query: Annotated[PageQuery, Query()]
) -> RereadingPage:
    """Rereadings, newest first, each with how far it is and what it changed."""
    page = list_rereadings(session, query.cursor, query.limit)
    link_next(request, response, page.next_cursor)
    return RereadingPage(items=[RereadingOut.of(each) for each in page.items], next=page.next_cursor)


@router.get("/{rereading_id}", operation_id="get_rereading", summary="How far a rereading is")
def get_one(rereading_id: RereadingId, session: Reading, query: Annotated[NoQuery, Query()]) -> RereadingOut:
    """How far a rereading is, and what it changed."""
    return RereadingOut.of(get_rereading(session, rereading_id))


@router.delete("/{rereading_id}", operation_id="stop_rereading", summary="Stop a rereading")
def stop_one(rereading_id: RereadingId, engine: EngineOf, query: Annotated[NoQuery, Query()]) -> RereadingOut:
    """Read no more of it than has been begun; what was read stays. Twice is once."""
    with transaction(engine) as session:
        return RereadingOut.of(stop(session, rereading_id))
