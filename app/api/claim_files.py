"""Claims as files: a page of a listing, or everything that passes its filters as a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from app.api.schemas.claim_query import ListForm
from app.domain.record import ClaimFilter, ClaimRecord
from app.formats import claim_json, csv_rows, jsonld
from app.formats.claim_file import ClaimFile, claim_file
from app.lexicon.wikidata import entity_of
from app.storage.engine import Engine
from app.storage.export import every_claim

MEDIA_TYPES: dict[ListForm, tuple[str, ...]] = {
    ListForm.JSON: ("application/json",),
    ListForm.CSV: (csv_rows.MEDIA_TYPE,),
    ListForm.JSONL: (claim_json.LINES_MEDIA_TYPE, "application/jsonl", "application/ndjson"),
    ListForm.JSONLD: (jsonld.MEDIA_TYPE,),
}
_CSV_EXAMPLE = "id,article_id,article_title\r\nclm_9d2c1b0a,art_2f1d0c9b8a7e,Strider i Karabach\r\n"
CONTENT: dict[ListForm, dict[str, Any]] = {
    ListForm.CSV: {"schema": {"type": "string"}, "example": _CSV_EXAMPLE},
    ListForm.JSONL: {"schema": {"type": "string"}, "example": '{"id":"clm_9d2c1b0a","act":"statement"}\n'},
    ListForm.JSONLD: {"schema": {"type": "object"}, "example": {"@context": {}, "@graph": []}},
}
"""Each kind of file as the OpenAPI document shows it."""

RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A page as JSON, or the claims as a file.",
        "content": {media_type: CONTENT[form] for form in CONTENT for media_type in MEDIA_TYPES[form]},
    },
    406: {},
}
"""What endpoints that give claims as files say of themselves."""


def base_of(request: Request) -> str:
    """The public address that ids in JSON-LD are built on."""
    return f"{str(request.base_url).rstrip('/')}/v1"


def whole_file(
    request: Request, engine: Engine, form: ListForm, wanted: ClaimFilter, media_type: str | None = None
) -> Response:
    """Every claim that passes the filter, sent while it is read: see `app.storage.export.every_claim`.

    What is wrong with the filter is raised before anything is sent. An answer that cannot be finished ends without its
    last chunk, so that no client takes it for whole.
    """
    claims = every_claim(engine, wanted)
    return StreamingResponse(
        _encoded(claim_file(ClaimFile(form.value), claims, base_of(request), entity_of)),
        media_type=media_type or MEDIA_TYPES[form][0],
    )


def page_file(request: Request, form: ListForm, claims: Iterable[ClaimRecord], media_type: str) -> Response:
    """A page of claims as a file."""
    body = "".join(claim_file(ClaimFile(form.value), claims, base_of(request), entity_of))
    return Response(body.encode(), media_type=media_type)


def _encoded(pieces: Iterator[str]) -> Iterator[bytes]:
    # Half a surrogate pair cannot be stored, so what comes out of the database can always be sent.
    return (piece.encode() for piece in pieces)
