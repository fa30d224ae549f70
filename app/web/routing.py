"""Routes whose errors are pages, in the reader's language."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute

from app.errors import InputError, SagesmanError, Unauthenticated
from app.web.rendering import address, respond, texts_of

_log = logging.getLogger(__name__)

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(APIRoute):
    """A route that answers every error of the house, and parameters out of their bounds, with a page."""

    def get_route_handler(self) -> Handler:
        """The handler of the route, with errors caught."""
        handler = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handler(request)
            except SagesmanError as error:
                if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    reason = {"path": request.url.path, "problem": error.slug, "reason": str(error)}
                    _log.error("page failed", extra=reason)
                if isinstance(error, Unauthenticated) and _may_sign_in(request):
                    return RedirectResponse(sign_in_address(request), HTTPStatus.SEE_OTHER)
                page = error_page(request, error.status, error.slug)
                page.headers.update(error.headers)
                return page
            except RequestValidationError as error:
                faults = [str(fault["loc"][-1]) for fault in error.errors()]
                return error_page(request, InputError.status, InputError.slug, faults)

        return handled


def error_page(request: Request, status: int, slug: str, fields: list[str] | None = None) -> Response:
    """The page that says what is wrong; ``fields`` are the parameters at fault."""
    texts = texts_of(request)
    told = f"error.{slug}" if f"error.{slug}" in texts.messages else "error.internal"
    return respond(request, "error.html", status=status, code=status, message=texts(told), fields=fields or [])


def sign_in_address(request: Request) -> str:
    """The page to sign in on, which leads back here."""
    here = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    return address(request, "/sign-in", next=here)


def _may_sign_in(request: Request) -> bool:
    """Whether a person asks for a page, who can sign in and see it then."""
    return request.method == "GET" and "text/html" in request.headers.get("accept", "")
