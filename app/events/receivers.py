"""What a webhook may be, whoever adds it, and the message that tries one out."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from urllib.parse import urlsplit

from app.domain.network import is_public
from app.domain.webhook import ADDRESS, Delivery
from app.errors import InputError
from app.events.message import TEST, encoded, trial_message
from app.storage.deliveries import Message, get_delivery, queue_messages
from app.storage.engine import Session
from app.storage.searches import known_searches
from app.storage.webhooks import get_webhook


def check_address(url: str, *, private: bool) -> None:
    """Refuse an address that nothing could be sent to, or, unless ``private``, one that is not HTTPS and public.

    What a name stands for is looked at whenever something is sent. Raises `InputError`.
    """
    try:
        if not re.fullmatch(ADDRESS, url):
            raise ValueError("write http(s)://host/path in ASCII, without user and fragment")
        parts = urlsplit(url)
        host = parts.hostname or ""
        if parts.port == 0:
            raise ValueError("port 0")
        is_private = _is_private(host)
    except ValueError as error:
        raise InputError(f"url: no address that can be sent to: {error}") from None
    if private:
        return
    if parts.scheme != "https":
        raise InputError("url: webhooks go by HTTPS, unless SAGESMAN_WEBHOOK_PRIVATE_ADDRESSES is set")
    if is_private:
        raise InputError(f"url: {host} is a private address, and SAGESMAN_WEBHOOK_PRIVATE_ADDRESSES is not set")


def check_searches(session: Session, search_ids: Collection[str]) -> None:
    """Refuse ids that no saved search has; the others stay until the transaction ends. Raises `InputError`."""
    unknown = sorted(set(search_ids) - known_searches(session, search_ids))
    if unknown:
        raise InputError(f"searches: there is no saved search {', '.join(unknown)}")


def send_trial(session: Session, webhook_id: str) -> Delivery:
    """Have a message of type ``webhook.test`` sent once, also to a webhook that is stopped. Raises `NotFound`."""
    get_webhook(session, webhook_id)
    trial = Message(
        id=f"msg_{secrets.token_hex(10)}",
        webhook_id=webhook_id,
        kind=TEST,
        number=None,
        body=encoded(trial_message(webhook_id)),
        most_tries=1,
    )
    queue_messages(session, [trial])
    return get_delivery(session, webhook_id, trial.id)


def _is_private(host: str) -> bool:
    """Whether the host is a private address; a name is none."""
    try:
        return not is_public(host)
    except ValueError:
        if ":" in host:
            raise
        return False
