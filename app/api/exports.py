"""``/v1/export``: every claim that passes the filters as one file, however many; and what its terms mean."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from app.api.claim_files import CONTENT, MEDIA_TYPES, whole_file
from app.api.dependencies import EngineOf
from app.api.schemas.base import NoQuery
from app.api.schemas.claim_query import FilterQuery, ListForm
from app.formats import jsonld

router = APIRouter(prefix="/v1", tags=["claims"])

_CONTEXT_SECONDS = 86_400


def _file(form: ListForm) -> dict[int | str, dict[str, Any]]:
    content = {MEDIA_TYPES[form][0]: CONTENT[form]}
    return {200: {"description": "The claims, sent while they are read.", "content": content}}


@router.get(
    "/export/claims.csv",
    operation_id="export_csv",
    summary="All claims as CSV",
    response_class=Response,
    responses=_file(ListForm.CSV),
)
def export_csv(request: Request, engine: EngineOf, query: Annotated[FilterQuery, Query()]) -> Response:
    """Every claim that passes the filters, a row each, as CSV after RFC 4180 in UTF-8.

    A cell that a spreadsheet would run as a formula has an apostrophe before it.
    """
    return _download(whole_file(request, engine, ListForm.CSV, query.filter()), ListForm.CSV)


@router.get(
    "/export/claims.jsonl",
    operation_id="export_jsonl",
    summary="All claims as lines of JSON",
    response_class=Response,
    responses=_file(ListForm.JSONL),
)
def export_jsonl(request: Request, engine: EngineOf, query: Annotated[FilterQuery, Query()]) -> Response:
    """Every claim that passes the filters, a line each, in the shape in which `GET /v1/claims` sends it."""
    return _download(whole_file(request, engine, ListForm.JSONL, query.filter()), ListForm.JSONL)


@router.get(
    "/export/claims.jsonld",
    operation_id="export_jsonld",
    summary="All claims as JSON-LD",
    response_class=Response,
    responses=_file(ListForm.JSONLD),
)
def export_jsonld(request: Request, engine: EngineOf, query: Annotated[FilterQuery, Query()]) -> Response:
    """Every claim that passes the filters as one JSON-LD document: schema.org `Claim` and `Quotation`."""
    return _download(whole_file(request, engine, ListForm.JSONLD, query.filter()), ListForm.JSONLD)


@router.get(
    "/context.jsonld",
    operation_id="get_context",
    summary="The JSON-LD context",
    response_class=Response,
    responses={
        200: {
            "description": "The context that claims in JSON-LD carry with them.",
            "content": {jsonld.MEDIA_TYPE: {"schema": {"type": "object"}, "example": {"@context": jsonld.CONTEXT}}},
        }
    },
)
def get_context(query: Annotated[NoQuery, Query()]) -> Response:
    """What the terms in JSON-LD stand for. Every document carries the same context; nobody has to fetch this one."""
    return JSONResponse(
        {"@context": jsonld.CONTEXT},
        media_type=jsonld.MEDIA_TYPE,
        headers={"Cache-Control": f"public, max-age={_CONTEXT_SECONDS}"},
    )


def _download(file: Response, form: ListForm) -> Response:
    file.headers["Content-Disposition"] = f'attachment; filename="claims.{form.value}"'
    return file
