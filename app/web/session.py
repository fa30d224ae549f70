"""Signing in with a key, and out again: the key stays in a cookie that no script and no other site can use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from app.domain.access import KEY_COOKIE
from app.storage.engine import reading
from app.storage.keys import find_key
from app.web.rendering import address, respond, root_of
from app.web.routing import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)

# A key, a name, an address to go on to, and the form's own marks; a longer form is none of ours.
_LONGEST_FORM = 10_000
_KEPT = timedelta(days=30)

Next = Annotated[str, Query(max_length=4000)]


async def submitted_key(request: Request) -> tuple[str, str]:
    """The key in the form of the request, and where to go on; both empty where the form is none of ours."""
    announced = request.headers.get("content-length", "")
    if not announced.isdecimal() or int(announced) > _LONGEST_FORM:
        return "", ""
    try:
        async with request.form(max_files=0, max_fields=3) as form:
            return str(form.get("key", "")).strip(), str(form.get("next", ""))
    except HTTPException:
        return "", ""


@router.get("/sign-in")
def sign_in_form(request: Request, next: Next = "") -> Response:
    """The form that takes a key, and leads on to the address ``next`` of this service."""
    return _form(request, next)


@router.post("/sign-in")
def sign_in(request: Request, sent: Annotated[tuple[str, str], Depends(submitted_key)]) -> Response:
    """Keep the key in a cookie and go on; back to the form where the key opens nothing."""
    presented, goal = sent
    with reading(request.app.state.engine) as session:
        key = find_key(session, presented)
    if key is None:
        return _form(request, goal, is_bad=True)
    kept = min(_KEPT, key.expires_at - datetime.now(UTC)) if key.expires_at else _KEPT
    response = RedirectResponse(_own(request, goal), 303)
    response.set_cookie(
        KEY_COOKIE,
        presented,
        max_age=int(kept.total_seconds()),
        path=root_of(request) or "/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
    return response


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """Forget the key in this browser."""
    response = RedirectResponse(address(request, "/sign-in"), 303)
    response.delete_cookie(KEY_COOKIE, path=root_of(request) or "/", httponly=True, samesite="strict")
    return response


def _form(request: Request, goal: str, *, is_bad: bool = False) -> Response:
    return respond(request, "sign_in.html", status=422 if is_bad else 200, next=_own(request, goal), is_bad=is_bad)


def _own(request: Request, goal: str) -> str:
    """The address to go on to: a path of this service and nothing else, since the link may be anybody's."""
    root = root_of(request)
    is_path = goal.startswith(f"{root}/") and not goal.startswith("//") and goal.isprintable() and "\\" not in goal
    return goal if is_path else f"{root}/"
