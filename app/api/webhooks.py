"""``/v1/webhooks``: addresses that events are sent to, after the Standard Webhooks convention."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.api.caller import CallerOf
from app.api.dependencies import EngineOf, Reading, SettingsOf, link_next
from app.api.preconditions import IfMatch
from app.api.schemas.base import NoQuery
from app.api.schemas.claim_query import PageQuery
from app.api.schemas.webhook import (
    DeliveriesQuery,
    DeliveryPage,
    MessageOut,
    NewSecret,
    NewWebhook,
    WebhookChange,
    WebhookIn,
    WebhookOut,
    WebhookPage,
)
from app.domain.event import OF_SEARCHES
from app.events.receivers import check_address, check_searches, send_trial
from app.events.signing import shown
from app.storage.deliveries import get_delivery, list_deliveries, send_again
from app.storage.engine import transaction
from app.storage.webhooks import (
    change_webhook,
    delete_webhook,
    get_webhook,
    list_webhooks,
    rotate_secret,
    save_webhook,
)

WebhookId = Annotated[str, Path(description="Id of the webhook.", examples=["whk_0d6c1a0f3f6c7be0a1b2"])]
DeliveryId = Annotated[str, Path(description="Id of the delivery.", examples=["msg_0d6c1a0f3f6c7be0a1b2"])]

router = APIRouter(prefix="/v1/webhooks", tags=["events"])

# How long the old secret signs beside a new one: time enough to change it at the receiver.
_OVERLAP = timedelta(days=1)


@router.post("", operation_id="create_webhook", summary="Add a webhook", status_code=201)
def create(
    response: Response,
    engine: EngineOf,
    settings: SettingsOf,
    caller: CallerOf,
    wanted: WebhookIn,
    query: Annotated[NoQuery, Query()],
) -> NewWebhook:
    """Have events sent to an address from now on. The answer holds the secret, which is shown this once.

    Each message is a `POST` of the same object as on `/v1/events`, with the headers `webhook-id`, `webhook-timestamp`
    and `webhook-signature`. Any answer of 2xx takes it; otherwise it is tried again, ten times in three days. The
    order of messages is not promised, and one may come twice: tell them by `webhook-id`, order them by `number`.
    """
    check_address(wanted.url, private=settings.webhook_private_addresses)
    kinds = wanted.kinds or (OF_SEARCHES if wanted.searches else ())
    with transaction(engine) as session:
        check_searches(session, wanted.searches)
        webhook, secret = save_webhook(
            session, wanted.url, name=wanted.name, kinds=kinds, searches=wanted.searches, author=caller.name
        )
    response.headers["Location"] = f"/v1/webhooks/{webhook.id}"
    return NewWebhook.made(webhook, shown(secret))


@router.get("", operation_id="list_webhooks", summary="List webhooks")
def list_all(
    request: Request, response: Response, session: Reading, query: Annotated[PageQuery, Query()]
) -> WebhookPage:
    """Webhooks, oldest first, without their secrets."""
    page = list_webhooks(session, query.cursor, query.limit)
    link_next(request, response, page.next_cursor)
    return WebhookPage(items=[WebhookOut.of(webhook) for webhook in page.items], next=page.next_cursor)


@router.get("/{webhook_id}", operation_id="get_webhook", summary="Read a webhook")
def get_one(webhook_id: WebhookId, session: Reading, query: Annotated[NoQuery, Query()]) -> WebhookOut:
    """One webhook, and why the service stopped sending to it, if it did."""
    return WebhookOut.of(get_webhook(session, webhook_id))


@router.patch("/{webhook_id}", operation_id="change_webhook", summary="Change a webhook")
def change(
    webhook_id: WebhookId,
    engine: EngineOf,
    settings: SettingsOf,
    wanted: WebhookChange,
    query: Annotated[NoQuery, Query()],
    if_match: IfMatch,
) -> WebhookOut:
    """Change where or what is sent, or stop and begin again with `enabled`.

    What was on its way when a webhook is stopped is given up; what happens meanwhile is not sent later. Both can be
    had from `GET /v1/events`.
    """
    if wanted.url is not None:
        check_address(wanted.url, private=settings.webhook_private_addresses)
    with transaction(engine) as session:
        before = get_webhook(session, webhook_id)
        if_match.check(WebhookOut.of(before))
        if wanted.searches is not None:
            check_searches(session, wanted.searches)
        webhook = change_webhook(
            session,
            webhook_id,
            url=before.url if wanted.url is None else wanted.url,
            name=wanted.name if "name" in wanted.model_fields_set else before.name,
            kinds=before.kinds if wanted.kinds is None else wanted.kinds,
            searches=before.searches if wanted.searches is None else wanted.searches,
            enabled=before.enabled if wanted.enabled is None else wanted.enabled,
        )
    return WebhookOut.of(webhook)


@router.delete("/{webhook_id}", operation_id="delete_webhook", summary="Forget a webhook", status_code=204)
def delete(webhook_id: WebhookId, engine: EngineOf, query: Annotated[NoQuery, Query()], if_match: IfMatch) -> None:
    """Send nothing there any more, and forget what was sent."""
    with transaction(engine) as session:
        if_match.check(WebhookOut.of(get_webhook(session, webhook_id)))
        delete_webhook(session, webhook_id)


@router.post("/{webhook_id}/secret", operation_id="rotate_webhook_secret", summary="Make a new secret")
def rotate(webhook_id: WebhookId, engine: EngineOf, query: Annotated[NoQuery, Query()]) -> NewSecret:
    """Sign with a new secret from now on, which is shown this once. The old one signs beside it for a day."""
    with transaction(engine) as session:
        secret = rotate_secret(session, webhook_id, _OVERLAP)
    return NewSecret(secret=shown(secret), old_until=datetime.now(UTC) + _OVERLAP)


@router.post("/{webhook_id}/test", operation_id="test_webhook", summary="Try a webhook out", status_code=202)
def test(webhook_id: WebhookId, engine: EngineOf, query: Annotated[NoQuery, Query()]) -> MessageOut:
    """Send a message of type `webhook.test` once, also to a webhook that is stopped; look at its delivery later."""
    with transaction(engine) as session:
        return MessageOut.of(send_trial(session, webhook_id))


@router.get("/{webhook_id}/deliveries", operation_id="list_webhook_deliveries", summary="What was sent")
def list_sent(
    webhook_id: WebhookId,
    request: Request,
    response: Response,
    session: Reading,
    query: Annotated[DeliveriesQuery, Query()],
) -> DeliveryPage:
    """Messages to a webhook, newest first, with every attempt: when, how long, what the receiver answered."""
    get_webhook(session, webhook_id)
    page = list_deliveries(session, webhook_id, query.cursor, query.limit, query.status)
    link_next(request, response, page.next_cursor)
    return DeliveryPage.of(page)


@router.get("/{webhook_id}/deliveries/{delivery_id}", operation_id="get_webhook_delivery", summary="One message")
def get_sent(
    webhook_id: WebhookId, delivery_id: DeliveryId, session: Reading, query: Annotated[NoQuery, Query()]
) -> MessageOut:
    """One message to a webhook with every attempt."""
    return MessageOut.of(get_delivery(session, webhook_id, delivery_id))


@router.post(
    "/{webhook_id}/deliveries/{delivery_id}/redeliver",
    operation_id="redeliver",
    summary="Send a message again",
    status_code=202,
)
def redeliver(
    webhook_id: WebhookId, delivery_id: DeliveryId, engine: EngineOf, query: Annotated[NoQuery, Query()]
) -> MessageOut:
    """Send a message once more under the same `webhook-id`, from the beginning of its schedule.

    Also what was delivered, and also to a webhook that is stopped. What is being sent this moment is left alone.
    """
    with transaction(engine) as session:
        return MessageOut.of(send_again(session, webhook_id, delivery_id))
