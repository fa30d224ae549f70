"""``/v1/actors``: who speaks and who is spoken about."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.api.claim_files import RESPONSES
from app.api.dependencies import Reading, link_next
from app.api.listing import listing
from app.api.schemas.actor import ActorOut, ActorPage, ActorsQuery, Aliases
from app.api.schemas.base import ActorRefOut, NoQuery
from app.api.schemas.claim import ClaimPage
from app.api.schemas.claim_query import ActorClaimsQuery
from app.storage.actors import get_actor, search_actors

ActorId = Annotated[str, Path(description="Id of the actor.", examples=["act_0d6c1a0f3f6c7be0a1b2"])]

router = APIRouter(prefix="/v1/actors", tags=["actors"])


@router.get("", operation_id="search_actors", summary="Search actors")
def search(request: Request, response: Response, session: Reading, query: Annotated[ActorsQuery, Query()]) -> ActorPage:
    """Actors by the words of their names, in any printed form; all of them without `q`."""
    page = search_actors(session, query.q, query.cursor, query.limit)
    link_next(request, response, page.next_cursor)
    return ActorPage(
        items=[ActorOut.known(record) for record in page.items],
        next=page.next_cursor,
        suggestions=[ActorRefOut.of(ref) for ref in page.suggestions],
    )


@router.get("/{actor_id}", operation_id="get_actor", summary="Read an actor")
def get_one(actor_id: ActorId, session: Reading, query: Annotated[NoQuery, Query()]) -> ActorOut:
    """One actor: its kind, title and printed forms, whom it speaks for and who speaks for it.

    The id of an actor that was merged into another gives that other.
    """
    return ActorOut.known(get_actor(session, actor_id))


@router.get(
    "/{actor_id}/claims",
    operation_id="list_actor_claims",
    summary="Claims of an actor",
    response_model=ClaimPage,
    responses=RESPONSES,
)
def list_actor_claims(
    actor_id: ActorId,
    request: Request,
    response: Response,
    session: Reading,
    query: Annotated[ActorClaimsQuery, Query()],
) -> ClaimPage | Response:
    """The claims of an actor, with those of everybody who speaks for it unless `scope=own`."""
    actor = get_actor(session, actor_id)
    return listing(request, response, session, replace(query.filter(), speaker=actor.id), query)


@router.get("/{actor_id}/aliases", operation_id="list_aliases", summary="Printed forms of an actor")
def list_aliases(actor_id: ActorId, session: Reading, query: Annotated[NoQuery, Query()]) -> Aliases:
    """Every form in which articles print the actor's name, most frequent first."""
    actor = get_actor(session, actor_id)
    return Aliases(actor=ActorRefOut(id=actor.id, name=actor.name, kind=actor.kind), aliases=list(actor.aliases))
