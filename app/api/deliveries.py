"""``/v1/deliveries``: what newsrooms' systems send, several articles at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.api.dependencies import EngineOf, IntakeOf, SettingsOf
from app.api.schemas.article import ArticleOut, DeliveredItem, DeliveryOut, DeliveryQuery
from app.api.schemas.delivery import ARTICLES, FEED, HTML, NINJS
from app.api.submission import submitted_deliveries
from app.errors import Conflict, InputError, TextTooLong
from app.formats.delivery import Delivery
from app.ingest import check_article, submit
from app.storage.articles import articles_by_ids
from app.storage.engine import reading

router = APIRouter(prefix="/v1/deliveries", tags=["articles"])

# Each article is a transaction of its own; more of them in one request would hold its thread for minutes.
_MOST_ARTICLES = 1000


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
) -> DeliveryOut:
    """Store the articles of a feed, a message or an archive, and have them read.

    RSS, Atom, JSON Feed, NewsML-G2, ninjs, HTML and lines of JSON are told apart by their content. A body that is
    broken is refused as a whole. An article that cannot be taken is refused alone: its item says why. The others are
    stored for good before this answers. 1000 articles at most.
    """
    if len(delivered) > _MOST_ARTICLES:
        raise TextTooLong(f"body: {len(delivered)} articles; the limit is {_MOST_ARTICLES} at a time")
    given = {name: value for name, value in query.model_dump().items() if value is not None}
    stored: list[tuple[Delivery, str | None, str | None]] = []
    response.status_code = 200
    for delivery in delivered:
        article = replace(delivery.article, **given)
        try:
            if delivery.withdrawn:
                raise InputError("its sender withdraws this article; nothing is stored of it")
            check_article(article, settings.max_text_chars)
            article_id, begun = submit(engine, intake, article)
        except (InputError, Conflict) as error:
            stored.append((delivery, None, str(error)))
            continue
        stored.append((delivery, article_id, None))
        if begun:
            response.status_code = 202
    with reading(engine) as session:
        records = {record.id: record for record in articles_by_ids(session, [id for _, id, _ in stored if id])}
    return DeliveryOut(
        items=[
            DeliveredItem(
                uri=delivery.article.uri,
                version=delivery.article.version,
                article=ArticleOut.of(records[article_id]) if article_id is not None else None,
                refused=refused,
            )
            for delivery, article_id, refused in stored
        ]
    )
