"""``/v1/articles/{article_id}/annotations``: the claims of an article marked in its text, for tools that show marks."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import Field

from app.api.articles import ArticleId
from app.api.claim_files import base_of
from app.api.dependencies import EngineOf
from app.api.negotiation import negotiate
from app.api.schemas import base
from app.domain.record import ClaimFilter
from app.formats.web_annotation import MEDIA_TYPE, annotation_collection
from app.storage.articles import get_article
from app.storage.engine import reading
from app.storage.export import every_claim

_CONTENT = {
    "schema": {"type": "object"},
    "example": {"type": "AnnotationCollection", "total": 0, "first": {"type": "AnnotationPage", "items": []}},
}

router = APIRouter(prefix="/v1/articles", tags=["articles"])


class AnnotationForm(StrEnum):
    """What annotations come as."""

    ANNOTATION = "annotation"


class AnnotationsQuery(base.Query):
    """How annotations are to come."""

    format: Annotated[
        AnnotationForm | None,
        Field(description="`annotation`, the one format there is; goes before `Accept`.", examples=["annotation"]),
    ] = None


@router.get(
    "/{article_id}/annotations",
    operation_id="list_annotations",
    summary="Claims of an article as annotations",
    response_class=Response,
    responses={
        200: {
            "description": "The claims as a W3C AnnotationCollection with all of them on its first page.",
            "content": {MEDIA_TYPE: _CONTENT, "application/json": _CONTENT},
        },
        406: {},
    },
)
def list_annotations(
    article_id: ArticleId, request: Request, engine: EngineOf, query: Annotated[AnnotationsQuery, Query()]
) -> Response:
    """The claims of one article after the W3C Web Annotation model, in text order.

    Each marks its words in the stored text twice over: by `TextQuoteSelector` (the words with what stands around them)
    and by `TextPositionSelector` (code points).
    """
    with reading(engine) as session:
        article = get_article(session, article_id)
    _, media_type = negotiate(request, query.format, {AnnotationForm.ANNOTATION: (MEDIA_TYPE, "application/json")})
    claims = list(every_claim(engine, ClaimFilter(article=article_id)))
    public = base_of(request)
    identifier = f"{public}/articles/{article_id}/annotations"
    return JSONResponse(
        annotation_collection(claims, article, public, identifier), media_type=media_type, headers={"Vary": "Accept"}
    )
