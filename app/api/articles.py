"""``/v1/articles``: articles in, and what became of them."""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from app.api.caller import CallerOf
from app.api.claim_files import RESPONSES
from app.api.dependencies import EngineOf, IntakeOf, Reading, link_next
from app.api.intake import Intake
from app.api.listing import listing
from app.api.schemas.article import (
    ArticleDetail,
    ArticleIn,
    ArticleOut,
    ArticlePage,
    ArticlesQuery,
    Submission,
    SubmitQuery,
)
from app.api.schemas.base import NoQuery
from app.api.schemas.claim import ClaimOut, ClaimPage
from app.api.schemas.claim_query import PageQuery
from app.api.schemas.delivery import HTML, NEWSML, NINJS
from app.api.schemas.version import WithdrawalOut
from app.api.submission import submitted_article
from app.domain.record import ClaimFilter
from app.formats.delivery import Delivery
from app.ingest import submit, take_back
from app.storage.articles import Status, articles_by_ids, get_article, list_articles
from app.storage.carried import not_carried
from app.storage.claims import list_claims
from app.storage.engine import Session, reading
from app.storage.versions import replaces
from app.storage.withdrawals import withdrawal_of

ArticleId = Annotated[str, Path(description="Id of the article.", examples=["art_2f1d0c9b8a7e6f504132"])]

router = APIRouter(prefix="/v1/articles", tags=["articles"])

# More than any article holds; one that holds more has its claims cut off here and whole at its own address.
_MOST_CLAIMS = 1000
# Whoever waits holds one of the 40 threads that answer requests; the others must not run out of them.
_WAITING = BoundedSemaphore(16)
_EXAMPLE = ArticleIn.model_fields["text"].examples


@router.post(
    "",
    operation_id="create_article",
    summary="Submit an article",
    status_code=202,
    response_model=Submission,
    responses={
        200: {"model": Submission, "description": "Stored before, and nothing changed; or withdrawn by its sender."},
        201: {"model": Submission, "description": "Stored and read in time: the claims are there."},
        202: {"description": "Stored; a worker reads it. Ask at `Location` later."},
        403: {},
        502: {},
        504: {},
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {
                        "anyOf": [
                            {"$ref": "#/components/schemas/ArticleIn"},
                            {"$ref": "#/components/schemas/AddressIn"},
                        ]
                    }
                },
                "text/plain": {"schema": {"type": "string", "minLength": 1}, "example": (_EXAMPLE or [""])[0]},
                "application/ninjs+json": NINJS,
                "application/xml": NEWSML,
                "text/html": HTML,
            },
        }
    },
)
def create_article(
    response: Response,
    delivery: Annotated[Delivery, Depends(submitted_article)],
    query: Annotated[SubmitQuery, Query()],
    engine: EngineOf,
    intake: IntakeOf,
    caller: CallerOf,
) -> Submission:
    """Store an article and have it read.

    The article is stored for good before this answers; reading goes on in another process and survives a crash. The
    same text in the same language under the same `uri` and `version` is the same article: sending it again changes
    nothing, and one that failed is tried again. Another text under a known `uri` and `version` is a conflict (409).

    A newer `version` of a known `uri` takes the place of the earlier one (`superseded`) as soon as it was read; an
    older one is kept as history. An item that its sender withdraws (`pubstatus` canceled or withheld) withdraws what is
    stored under its `uri`, and what comes later up to its version (`withdrawn`).

    Send JSON, or the bare text as `text/plain` with its metadata as query parameters. ninjs, NewsML-G2 and HTML go
    too; there the parameters go before what the item says. What holds several articles goes to `/v1/deliveries`.

    JSON with a `url` in place of the `text` has the article fetched from there, where the settings allow it: from hosts
    they name, never from addresses that are not public.
    """
    if delivery.withdrawn:
        response.status_code = 200
        record = take_back(engine, delivery.article, caller.name)
        return Submission(article=None, claims=None, superseded=None, withdrawn=WithdrawalOut.of(record))
    # Storing, waiting and answering are apart: a transaction held while waiting would block the worker.
    article_id, begun = submit(engine, intake, delivery.article)
    is_read = _is_read_within(intake, article_id, query.wait)
    response.headers["Location"] = f"/v1/articles/{article_id}"
    response.status_code = 200 if not begun else 201 if is_read else 202
    if response.status_code == 202:
        response.headers["Retry-After"] = "1"
    with reading(engine) as session:
        (stored,) = articles_by_ids(session, [article_id])
        withdrawal = withdrawal_of(session, article_id)
        claims = None
        if stored.status == Status.DONE and query.wait and withdrawal is None:
            claims = _all_claims(session, article_id)
        superseded = replaces(session, article_id)
    return Submission(
        article=ArticleOut.of(stored),
        claims=claims,
        superseded=superseded,
        withdrawn=WithdrawalOut.maybe(withdrawal),
    )


def _is_read_within(intake: Intake, article_id: str, seconds: float) -> bool:
    """Wait for the article; with too many others waiting, say at once that it is not read yet."""
    if not seconds or not _WAITING.acquire(blocking=False):
        return False
    try:
        return intake.wait_for([article_id], seconds).get(article_id) in (Status.DONE, Status.FAILED)
    finally:
        _WAITING.release()


def _all_claims(session: Session, article_id: str) -> list[ClaimOut]:
    page = list_claims(session, ClaimFilter(article=article_id), limit=_MOST_CLAIMS)
    return [ClaimOut.of(record) for record in page.items]


@router.get("", operation_id="list_articles", summary="List articles")
def list_all(
    request: Request, response: Response, session: Reading, query: Annotated[ArticlesQuery, Query()]
) -> ArticlePage:
    """Articles, newest first, without their texts: of each the version in force, and newer ones on their way there."""
    page = list_articles(session, query.cursor, query.limit, query.status)
    link_next(request, response, page.next_cursor)
    return ArticlePage(items=[ArticleOut.of(record) for record in page.items], next=page.next_cursor)


@router.get("/{article_id}", operation_id="get_article", summary="Read an article")
def get_one(article_id: ArticleId, session: Reading, query: Annotated[NoQuery, Query()]) -> ArticleDetail:
    """One article with its text exactly as submitted, its status, and where its claims are.

    Earlier versions stay at their addresses (`standing` is `superseded`). A withdrawn one answers with 410.
    """
    return ArticleDetail.told(get_article(session, article_id), not_carried(session, article_id))


@router.get(
    "/{article_id}/claims",
    operation_id="list_article_claims",
    summary="Claims of an article",
    response_model=ClaimPage,
    responses=RESPONSES,
)
def list_article_claims(
    article_id: ArticleId, request: Request, response: Response, session: Reading, query: Annotated[PageQuery, Query()]
) -> ClaimPage | Response:
    """The claims of one article, in text order; none while it has not been read."""
    get_article(session, article_id)
    return listing(request, response, session, ClaimFilter(article=article_id), query)
