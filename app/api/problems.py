"""Errors as RFC 9457 problem details: every error of the house, of a request's form, of routing, and the unforeseen."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app.api.schemas.problem import FieldError, Problem, ProblemKind
from app.errors import BadCorrection, InputError, NotFound, SagesmanError, StorageError

MEDIA_TYPE = "application/problem+json"

_METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")

_log = logging.getLogger(__name__)

# Problems of HTTP itself, which no error of the house stands for.
_HTTP = {
    400: ("bad-request", "Bad request", "The request cannot be read."),
    405: (
        "method-not-allowed",
        "Method not allowed",
        "The address takes other methods; the header `Allow` names them.",
    ),
    412: (
        "precondition-failed",
        "Precondition failed",
        "What was to be changed is no longer as the answer that `If-Match` names; nothing was done.",
    ),
    500: ("internal", "Internal error", "Something went wrong that should not; the log has it under the request id."),
}


def add_problem_handlers(app: FastAPI) -> None:
    """Answer every error of ``app`` with a problem."""
    app.add_exception_handler(SagesmanError, _house)
    app.add_exception_handler(RequestValidationError, _form)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)


def problem_kinds() -> dict[str, ProblemKind]:
    """Every kind of problem the interface answers with, by its slug."""
    kinds = {
        slug: ProblemKind(type=problem_type(slug), title=title, status=status, description=description)
        for status, (slug, title, description) in _HTTP.items()
    }
    for error in _tree(SagesmanError):
        kinds[error.slug] = ProblemKind(
            type=problem_type(error.slug),
            title=error.title,
            status=error.status,
            description=" ".join((error.__doc__ or error.title).split()),
        )
    return dict(sorted(kinds.items()))


def problem_type(slug: str) -> str:
    """The address that explains a kind of problem."""
    return f"/problems/{slug}"


def problem(
    request: Request,
    *,
    slug: str,
    title: str,
    status: int,
    detail: str,
    errors: Sequence[FieldError] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem as a response."""
    request_id = request.scope.get("state", {}).get("request_id")
    body = Problem(
        type=problem_type(slug),
        title=title,
        status=status,
        # A path or a parameter may hold half a surrogate pair, which UTF-8 cannot carry.
        detail=_sendable(detail),
        instance=_sendable(request.url.path),
        request_id=request_id,
        errors=list(errors) if errors is not None else None,
    )
    return Response(
        body.model_dump_json(exclude_none=True),
        status,
        {"Cache-Control": "no-store", **(headers or {}), **({"X-Request-ID": request_id} if request_id else {})},
        MEDIA_TYPE,
    )


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _tree(root: type[SagesmanError]) -> Iterable[type[SagesmanError]]:
    yield root
    for child in root.__subclasses__():
        yield from _tree(child)


def refuse(request: Request, error: SagesmanError) -> Response:
    """An error of the house as a problem, for those who stand before the handlers of the application."""
    return _house(request, error)


def _house(request: Request, error: Exception) -> Response:
    assert isinstance(error, SagesmanError)
    headers = dict(error.headers)
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("request failed", extra={"path": request.url.path, "problem": error.slug, "reason": str(error)})
    if error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "5"
    if error.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        # The rest of the body is not read, so nothing else can come over this connection.
        headers["Connection"] = "close"
    if error.status == HTTPStatus.NOT_ACCEPTABLE:
        headers["Vary"] = "Accept"
    fields = (
        [FieldError(field=f"body.{error.field}", reason=_sendable(error.reason))]
        if isinstance(error, BadCorrection)
        else None
    )
    return problem(
        request,
        slug=error.slug,
        title=error.title,
        status=error.status,
        detail=_public(error),
        errors=fields,
        headers=headers,
    )


def _public(error: SagesmanError) -> str:
    """The message for a client: what is wrong with its request in full, our own troubles without paths or hosts."""
    if isinstance(error, StorageError):
        return "the database cannot be reached or written at the moment; try again later"
    return str(error) or error.title


def _form(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [
        FieldError(
            field=_sendable(".".join(str(part) for part in fault["loc"]) or "body"),
            reason=_sendable(_reason(fault)),
        )
        for fault in error.errors()
    ]
    detail = "; ".join(f"{each.field}: {each.reason}" for each in errors)
    return problem(
        request,
        slug=InputError.slug,
        title=InputError.title,
        status=InputError.status,
        detail=detail,
        errors=errors,
    )


def _reason(fault: Mapping[str, Any]) -> str:
    if fault["type"] == "extra_forbidden":
        return "unknown parameter" if fault["loc"][0] == "query" else "unknown field"
    return str(fault["msg"]).removeprefix("Value error, ")


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status, headers = error.status_code, error.headers
    if status == NotFound.status:
        slug, title, detail = NotFound.slug, NotFound.title, f"there is nothing at {request.url.path}"
    elif status == HTTPStatus.METHOD_NOT_ALLOWED:
        slug, title, _ = _HTTP[405]
        allowed = ", ".join(_methods(request))
        detail = f"{request.url.path} does not take {request.method}; it takes {allowed}"
        headers = {"Allow": allowed}
    else:
        phrase = HTTPStatus(status).phrase
        slug, title = _HTTP.get(status, (phrase.lower().replace(" ", "-"), phrase, ""))[:2]
        detail = str(error.detail)
    return problem(request, slug=slug, title=title, status=status, detail=detail, headers=headers)


def _methods(request: Request) -> list[str]:
    """The methods that the address of the request takes, over all routes."""
    return [
        method
        for method in _METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in request.app.routes)
    ]


def _unforeseen(request: Request, error: Exception) -> Response:
    # The server logs the error with its traceback; the client gets the id to ask about.
    slug, title, detail = _HTTP[500]
    return problem(request, slug=slug, title=title, status=500, detail=detail)
