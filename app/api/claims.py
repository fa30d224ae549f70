"""``/v1/claims``: who says what, about or against whom."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse

from app.api.claim_files import CONTENT, MEDIA_TYPES, RESPONSES, base_of
from app.api.dependencies import Reading
from app.api.listing import listing
from app.api.negotiation import negotiate
from app.api.schemas.claim import ClaimPage
from app.api.schemas.claim_detail import ClaimDetail
from app.api.schemas.claim_query import ClaimForm, ClaimQuery, ClaimsQuery, ListForm
from app.domain.context import sentences_around
from app.domain.record import ClaimRecord
from app.formats import jsonld, web_annotation
from app.lexicon.wikidata import entity_of
from app.storage.articles import get_article
from app.storage.claims import get_claim
from app.storage.engine import Session
from app.storage.history import standing
from app.storage.records import source_reports
from app.storage.reports import printed

ClaimId = Annotated[str, Path(description="Id of the claim.", examples=["clm_9d2c1b0a5e6f70812345"])]

router = APIRouter(prefix="/v1/claims", tags=["claims"])


_FORMS = {
    ClaimForm.JSON: MEDIA_TYPES[ListForm.JSON],
    ClaimForm.JSONLD: (jsonld.MEDIA_TYPE,),
    ClaimForm.ANNOTATION: (web_annotation.MEDIA_TYPE,),
}


@router.get(
    "",
    operation_id="list_claims",
    summary="List claims",
    response_model=ClaimPage,
    responses=RESPONSES,
)
def list_all(
    request: Request, response: Response, session: Reading, query: Annotated[ClaimsQuery, Query()]
) -> ClaimPage | Response:
    """Claims that pass all filters: oldest article first, in text order within an article.

    `speaker` and `target` are names in any printed form, or ids. A name nobody has gives an empty list with
    suggestions of near names.

    As CSV, lines of JSON or JSON-LD the answer is a file of all of them, unless `limit` or `cursor` asks for a page.
    """
    return listing(request, response, session, query.filter(), query)


@router.get(
    "/{claim_id}",
    operation_id="get_claim",
    summary="Read a claim",
    response_model=ClaimDetail,
    responses={
        200: {
            "description": "The claim in the format asked for.",
            "content": {jsonld.MEDIA_TYPE: CONTENT[ListForm.JSONLD]},
        },
        406: {},
    },
)
def get_one(
    claim_id: ClaimId, request: Request, response: Response, session: Reading, query: Annotated[ClaimQuery, Query()]
) -> ClaimDetail | Response:
    """One claim: the rules that found it, the sentences it stands in, what it denies, who denies it, who printed it.

    An agency's text that thirty papers print makes one claim: `leading` names its first report, `printed` all of them.
    Where people have corrected it, `read` says what the system had read.

    As JSON-LD it is a schema.org `Claim`, as a Web Annotation the words marked in the article's text.
    """
    claim = get_claim(session, claim_id)
    article = get_article(session, claim.article_id)
    form, media_type = negotiate(request, query.format, _FORMS)
    if form is ClaimForm.JSON:
        response.headers["Vary"] = "Accept"
        return detail_of(session, claim, article.text)
    base = base_of(request)
    if form is ClaimForm.JSONLD:
        document = jsonld.claim_jsonld(claim, base, article, entity_of)
    else:
        document = web_annotation.annotation(claim, article, base)
    return JSONResponse(document, media_type=media_type, headers={"Vary": "Accept"})


def detail_of(session: Session, claim: ClaimRecord, text: str) -> ClaimDetail:
    """The claim as it is sent by itself; ``text`` is its article's."""
    places = [place for place in (claim.speaker, claim.cue, *claim.content) if place]
    return ClaimDetail.within(
        claim,
        sentences_around(text, places),
        standing(session, claim.id),
        printed(session, claim.id),
        source_reports(session, claim.id),
    )
