"""Who is who, on pages: actors joined and taken apart, and the pairs that wait for somebody to decide."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.errors import Conflict, InputError
from app.storage.actors import get_actor
from app.storage.engine import Session, reading, transaction
from app.storage.judgements import merge, undo
from app.storage.lookup import find_actors, suggest
from app.storage.namesakes import review
from app.storage.settling import get_judgement, named, split
from app.web.actors import actor_page
from app.web.dependencies import Cursor, Reading
from app.web.forms import Sent, SentForm, known_name, signature
from app.web.rendering import address, respond
from app.web.routing import PageRoute
from app.web.standing import Faults

router = APIRouter(route_class=PageRoute, include_in_schema=False)

_A_PAGE = 30
_LONGEST = {"other": 300, "reason": 2000}


@router.get("/actors/review")
def unsure(request: Request, session: Reading, cursor: Cursor = None) -> Response:
    """Pairs that may be one and that nobody has judged."""
    page = review(session, cursor, _A_PAGE)
    return respond(
        request,
        "review.html",
        page=page,
        cursor=cursor,
        needs_name=known_name(request) is None,
    )


@router.post("/actors/{actor_id}/judgements")
def judge(request: Request, actor_id: str, sent: SentForm) -> Response:
    """Say that the actor and another are the same, or are not; leads back to where the form was."""
    author = signature(request, sent)
    for name, longest in _LONGEST.items():
        if len(sent.get(name)) > longest:
            sent.faults[name] = "field-too-long"
    detail, there = "", actor_id
    if not sent.faults:
        try:
            with transaction(request.app.state.engine) as session:
                other, detail = _other(session, sent)
                if other is not None:
                    decide = split if sent.get("do") == "different" else merge
                    decide(session, actor_id, other, author=author, reason=sent.get("reason") or None)
                    there = get_actor(session, actor_id).id
        except Conflict as error:
            sent.faults["other"], detail = "judgement-conflict", str(error)
        except InputError:
            sent.faults["other"] = "judgement-itself"
    if not sent.faults:
        back = "/actors/review" if sent.get("back") == "review" else f"/actors/{there}"
        return RedirectResponse(address(request, back), 303)
    with reading(request.app.state.engine) as session:
        return actor_page(
            request, session, get_actor(session, actor_id), faults=Faults(sent.faults, sent.values, detail)
        )


@router.post("/judgements/{judgement_id}/undo")
def take_back(request: Request, judgement_id: int, sent: SentForm) -> Response:
    """Take a judgement back; leads to the page of one of the two actors."""
    author = signature(request, sent)
    with transaction(request.app.state.engine) as session:
        judged = get_judgement(session, judgement_id)
        if not sent.faults:
            undo(session, judgement_id, author=author)
    there = sent.get("actor") if sent.get("actor") in (judged.left_actor, judged.right_actor) else judged.left_actor
    if sent.faults:
        faults = Faults({f"undo-{judgement_id}": sent.faults.get("author", "invalid-input")})
        with reading(request.app.state.engine) as session:
            return actor_page(request, session, get_actor(session, there), faults=faults)
    return RedirectResponse(address(request, f"/actors/{there}"), 303)


def _other(session: Session, sent: Sent) -> tuple[str | None, str]:
    """The id of the actor that the form names; where it is not one, a fault is noted and what to say is given."""
    given = sent.get("other")
    if named(session, [given]):
        return given, ""
    found = find_actors(session, given) if given else ()
    if len(found) == 1:
        return found[0].id, ""
    if found:
        sent.faults["other"] = "correction-several"
        return None, ", ".join(f"{each.id} ({each.name})" for each in found[:5])
    sent.faults["other"] = "judgement-unknown"
    return None, ", ".join(each.name for each in suggest(session, given)) if given else ""
