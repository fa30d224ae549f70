"""``/v1/claims``: who says what, about or against whom."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.api.dependencies import Reading, link_next
from app.api.schemas.base import NoQuery
from app.api.schemas.claim import ClaimDetail, ClaimPage, ClaimsQuery
from app.domain.context import sentences_around
from app.storage.articles import get_article
from app.storage.claims import get_claim, list_claims
from app.storage.records import source_reports
from app.storage.reports import printed

ClaimId = Annotated[str, Path(description="Id of the claim.", examples=["clm_9d2c1b0a5e6f70812345"])]

router = APIRouter(prefix="/v1/claims", tags=["claims"])


@router.get("", operation_id="list_claims", summary="List claims")
def list_all(
    request: Request, response: Response, session: Reading, query: Annotated[ClaimsQuery, Query()]
) -> ClaimPage:
    """Claims that pass all filters: oldest article first, in text order within an article.

    `speaker` and `target` are names in any printed form, or ids. A name nobody has gives an empty list with
    suggestions of near names.
    """
    page = list_claims(session, query.filter(), query.cursor, query.limit)
    link_next(request, response, page.next_cursor)
    return ClaimPage.of(page)


@router.get("/{claim_id}", operation_id="get_claim", summary="Read a claim")
def get_one(claim_id: ClaimId, session: Reading, query: Annotated[NoQuery, Query()]) -> ClaimDetail:
    """One claim: the rules that found it, the sentences it stands in, what it denies, who denies it, who printed it.

    An agency's text that thirty papers print makes one claim: `leading` names its first report, `printed` all of them.
    """
    claim = get_claim(session, claim_id)
    places = [place for place in (claim.speaker, claim.cue, *claim.content) if place]
    context = sentences_around(get_article(session, claim.article_id).text, places)
    return ClaimDetail.within(claim, context, printed(session, claim.id), source_reports(session, claim.id))
