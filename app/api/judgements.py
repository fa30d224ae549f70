"""``/v1/judgements``: whether two actors are one, by people; what is unsure, and what was taken back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.api.actors import ActorId
from app.api.bodies import BoundedRoute
from app.api.caller import CallerOf
from app.api.changes import author_of
from app.api.dependencies import EngineOf, Reading, link_next
from app.api.numbers import DIGITS
from app.api.preconditions import IfMatch
from app.api.schemas.base import ActorRefOut, NoQuery
from app.api.schemas.correction import UndoQuery
from app.api.schemas.judgement import JudgementIn, JudgementOut, JudgementPage, Judgements, UnsureQuery
from app.storage.actors import get_actor
from app.storage.engine import Session, transaction
from app.storage.judgements import JudgementRecord, judgements, merge, undo
from app.storage.namesakes import review
from app.storage.settling import get_judgement, named, split

JudgementId = Annotated[int, Path(ge=0, le=2**31 - 1, description="Id of the judgement, a number.", examples=[4])]

router = APIRouter(prefix="/v1", tags=["actors"], route_class=BoundedRoute)

_ONE = f"/judgements/{{judgement_id:{DIGITS}}}"


@router.get("/actors/{actor_id}/judgements", operation_id="list_actor_judgements", summary="Judgements on an actor")
def list_of_actor(actor_id: ActorId, session: Reading, query: Annotated[NoQuery, Query()]) -> Judgements:
    """What joined the actor with others and what holds it apart: by whom, when, why, and what was taken back."""
    actor = get_actor(session, actor_id)
    found = judgements(session, actor.id)
    names = named(session, (side for each in found for side in (each.left_actor, each.right_actor)))
    return Judgements(
        actor=ActorRefOut(id=actor.id, name=actor.name, kind=actor.kind),
        judgements=[JudgementOut.of(each, names) for each in found],
    )


@router.get("/judgements/unsure", operation_id="list_unsure", summary="Pairs to decide on")
def list_unsure(
    request: Request, response: Response, session: Reading, query: Annotated[UnsureQuery, Query()]
) -> JudgementPage:
    """Pairs of actors that may be one and that nobody has judged, oldest first, each with its explained score."""
    page = review(session, query.cursor, query.limit)
    link_next(request, response, page.next_cursor)
    return JudgementPage(items=[JudgementOut.to_review(each) for each in page.items], next=page.next_cursor)


@router.post("/judgements", operation_id="judge_actors", summary="Judge who is who", status_code=201)
def create(
    asked: JudgementIn, response: Response, engine: EngineOf, caller: CallerOf, query: Annotated[NoQuery, Query()]
) -> JudgementOut:
    """Say that two actors are the same, or that they are different.

    What contradicts a judgement in force, directly or through other actors, is refused (409) with the one to undo.
    """
    author = author_of(caller, asked.author)
    decide = merge if asked.judgement == "same" else split
    with transaction(engine) as session:
        made = decide(session, asked.left, asked.right, author=author, reason=asked.reason)
        answer = _out(session, made)
    response.headers["Location"] = f"/v1/judgements/{made.id}"
    return answer


@router.get(_ONE, operation_id="get_judgement", summary="Read a judgement")
def get_one(judgement_id: JudgementId, session: Reading, query: Annotated[NoQuery, Query()]) -> JudgementOut:
    """One judgement: whether two actors are one, who says so, and who took it back."""
    return _out(session, get_judgement(session, judgement_id))


@router.delete(_ONE, operation_id="undo_judgement", summary="Undo a judgement")
def take_back(
    judgement_id: JudgementId,
    engine: EngineOf,
    caller: CallerOf,
    query: Annotated[UndoQuery, Query()],
    if_match: IfMatch,
) -> JudgementOut:
    """Take a judgement back: what it joined is apart again, unless others join it. Twice is once."""
    author = author_of(caller, query.author)
    with transaction(engine) as session:
        if_match.check(_out(session, get_judgement(session, judgement_id)))
        return _out(session, undo(session, judgement_id, author=author))


def _out(session: Session, record: JudgementRecord) -> JudgementOut:
    return JudgementOut.of(record, named(session, (record.left_actor, record.right_actor)))
