"""``/v1/deliveries``: what newsrooms' systems send, several articles at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.api.caller import CallerOf
from app.api.dependencies import EngineOf, IntakeOf, SettingsOf
from app.api.schemas.article import ArticleOut, DeliveredItem, DeliveryOut, DeliveryQuery
from app.api.schemas.delivery import ARTICLES, FEED, HTML, NINJS
from app.api.schemas.version import WithdrawalOut
from app.api.submission import submitted_deliveries
from app.domain.article import Article
from app.domain.record import ArticleRecord, WithdrawalRecord
from app.domain.version import Standing
from app.errors import Conflict, InputError, TextTooLong
from app.formats.delivery import Delivery
from app.ingest import check_article, submit, take_back
from app.storage.articles import articles_by_ids
from app.storage.engine import Session, reading
from app.storage.versions import replaces
from app.storage.withdrawals import withdrawal_of

router = APIRouter(prefix="/v1/deliveries", tags=["articles"])

# Each article is a transaction of its own; more of them in one request would hold its thread for minutes.
_MOST_ARTICLES = 1000


@dataclass(frozen=True, slots=True)
class _Taken:
    """An item of a delivery and what was done with it: stored, taken as a kill, or refused."""

    article: Article
    article_id: str | None = None
    refused: str | None = None
    withdrawal: WithdrawalRecord | None = None


@router.post(
    "",
    operation_id="create_delivery",
    summary="Submit several articles",
    status_code=202,
    responses={200: {"model": DeliveryOut, "description": "All were stored before, or refused; nothing changed."}},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/xml": FEED,
                "application/ninjs+json": NINJS,
                "text/html": HTML,
                "application/x-ndjson": ARTICLES,
            },
        }
    },
)
def create_delivery(
    response: Response,
    delivered: Annotated[list[Delivery], Depends(submitted_deliveries)],
    query: Annotated[DeliveryQuery, Query()],
    settings: SettingsOf,
    engine: EngineOf,
    intake: IntakeOf,
    caller: CallerOf,
) -> DeliveryOut:
    """Store the articles of a feed, a message or an archive, and have them read.

    RSS, Atom, JSON Feed, NewsML-G2, ninjs, HTML and lines of JSON are told apart by their content. A body that is
    broken is refused as a whole. An article that cannot be taken is refused alone: its item says why. The others are
    stored for good before this answers. 1000 articles at most. Newer versions and kills are taken as by
    `POST /v1/articles`.
    """
    if len(delivered) > _MOST_ARTICLES:
        raise TextTooLong(f"body: {len(delivered)} articles; the limit is {_MOST_ARTICLES} at a time")
    given = {name: value for name, value in query.model_dump().items() if value is not None}
    items: list[_Taken] = []
    response.status_code = 200
    for delivery in delivered:
        article = replace(delivery.article, **given)
        try:
            if delivery.withdrawn:
                items.append(_Taken(article, withdrawal=take_back(engine, article, caller.name)))
                continue
            check_article(article, settings.max_text_chars)
            article_id, begun = submit(engine, intake, article)
        except (InputError, Conflict) as error:
            items.append(_Taken(article, refused=str(error)))
            continue
        items.append(_Taken(article, article_id))
        if begun:
            response.status_code = 202
    with reading(engine) as session:
        ids = [each.article_id for each in items if each.article_id is not None]
        records = {record.id: record for record in articles_by_ids(session, ids)}
        return DeliveryOut(items=[_item(session, each, records) for each in items])


def _item(session: Session, taken: _Taken, records: Mapping[str, ArticleRecord]) -> DeliveredItem:
    """What became of an item, now that all items of its delivery are stored: a kill may stand behind its article."""
    record = records[taken.article_id] if taken.article_id is not None else None
    withdrawal = taken.withdrawal
    if record is not None and record.standing is Standing.WITHDRAWN:
        withdrawal = withdrawal_of(session, record.id)
    return DeliveredItem(
        uri=taken.article.uri,
        version=taken.article.version,
        article=ArticleOut.of(record) if record is not None else None,
        refused=taken.refused,
        superseded=replaces(session, record.id) if record is not None and record.uri is not None else None,
        withdrawn=WithdrawalOut.maybe(withdrawal),
    )
