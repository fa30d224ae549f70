"""All pages set into the application: their routes, their static files, and pages for errors where a person reads."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, cast

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.types import Scope

from app.web import (
    actors,
    articles,
    claims,
    correcting,
    embedding,
    graphs,
    home,
    judging,
    session,
    submission,
    suggesting,
)
from app.web.rendering import STATIC
from app.web.routing import error_page

router = APIRouter()
# `judging` has a page beside those of single actors: it comes before them.
for _part in (home, articles, claims, correcting, judging, actors, graphs, submission, embedding, session, suggesting):
    router.include_router(_part.router)

# What machines ask for, whatever they say they accept.
_MACHINES = ("/v1/", "/problems", "/openapi.json", "/docs", "/redoc", "/healthz", "/readyz", "/static")
_YEAR = 31_536_000

Answering = Callable[[Request, Exception], Response | Awaitable[Response]]


def mount(app: FastAPI) -> None:
    """Add the pages to an application that has its database and its intake in ``app.state``.

    An address that does not exist, and an error nobody foresaw, are answered with a page where a browser asks for one
    and as before otherwise. Call it once every other error handler is in place.
    """
    app.include_router(router)
    app.mount("/static", _LastingFiles(directory=STATIC), name="pages-static")
    for error in (HTTPException, Exception):
        before = cast("Answering | None", app.exception_handlers.get(error))
        app.add_exception_handler(error, _page_or(before))


class _LastingFiles(StaticFiles):
    """Static files that a browser may keep for ever when it asks for them by version."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with headers for caching."""
        response = await super().get_response(path, scope)
        response.headers["X-Content-Type-Options"] = "nosniff"
        if scope["query_string"].startswith(b"v="):
            response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        return response


def _page_or(before: Answering | None) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answering(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
        if _wants_page(request) and (status == HTTPStatus.NOT_FOUND or not isinstance(error, HTTPException)):
            slug = "not-found" if status == HTTPStatus.NOT_FOUND else "internal"
            return error_page(request, status, slug)
        if before is None:
            raise error
        answer: Any = before(request, error)
        return cast(Response, await answer if inspect.isawaitable(answer) else answer)

    return answering


def _wants_page(request: Request) -> bool:
    accepts = "text/html" in request.headers.get("accept", "")
    return accepts and not request.url.path.startswith(_MACHINES)
