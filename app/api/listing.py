"""Listings of claims, answered in the format that was asked for."""

from __future__ import annotations

from fastapi import Request, Response

from app.api.claim_files import MEDIA_TYPES, page_file, whole_file
from app.api.dependencies import get_engine, link_next
from app.api.negotiation import negotiate
from app.api.schemas.claim import ClaimPage
from app.api.schemas.claim_query import ListForm, PageQuery
from app.domain.record import ClaimFilter
from app.storage.claims import list_claims
from app.storage.engine import Session


def listing(
    request: Request, response: Response, session: Session, wanted: ClaimFilter, query: PageQuery
) -> ClaimPage | Response:
    """The claims that pass the filter: a page of JSON, or a file of a page or of all.

    Raises `NotAcceptable`, and as `list_claims` does.
    """
    form, media_type = negotiate(request, query.format, MEDIA_TYPES)
    if form is not ListForm.JSON and not query.is_page:
        whole = whole_file(request, get_engine(request), form, wanted, media_type)
        whole.headers["Vary"] = "Accept"
        return whole
    page = list_claims(session, wanted, query.cursor, query.limit)
    if form is ListForm.JSON:
        response.headers["Vary"] = "Accept"
        link_next(request, response, page.next_cursor)
        return ClaimPage.of(page)
    file = page_file(request, form, page.items, media_type)
    file.headers["Vary"] = "Accept"
    link_next(request, file, page.next_cursor)
    return file
