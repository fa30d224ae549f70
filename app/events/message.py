"""An event as it is told, the same on a stream, on a page and to a webhook."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from app.domain.event import Event

TEST = "webhook.test"
"""The type of the message that tries out a webhook. It stands in no log."""


def message(event: Event) -> dict[str, object]:
    """The event with its number, after the Standard Webhooks convention: ``type``, ``timestamp``, ``data``."""
    what = event.what
    ids = {"article": what.article_id, "claim": what.claim_id, "search": what.search_id}
    data = {**{name: value for name, value in ids.items() if value is not None}, **what.data}
    return {"number": event.number, "type": what.kind.value, "timestamp": _iso(event.at), "data": data}


def trial_message(webhook_id: str) -> dict[str, object]:
    """What is sent to try out a webhook."""
    return {"number": None, "type": TEST, "timestamp": _iso(datetime.now(UTC)), "data": {"webhook": webhook_id}}


def encoded(told: Mapping[str, object]) -> str:
    """A message as JSON on one line."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
