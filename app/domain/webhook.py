"""Webhooks: addresses that events are sent to, what is on its way to them, and what came of each attempt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.event import OF_SEARCHES, EventKind, Happening

# Printable ASCII and nothing that could be read in two ways: no user, no fragment, names of other letters as xn--….
ADDRESS = r"^https?://([A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?([/?][!\"$-~]*)?$"


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address and what is sent there: events of ``kinds``, all where that is empty.

    Of what saved searches find and lose only that of ``searches`` is sent, where that is not empty.
    ``disabled_reason`` says why the service itself stopped sending.
    """

    id: str
    url: str
    name: str | None
    kinds: tuple[EventKind, ...]
    searches: tuple[str, ...]
    enabled: bool
    disabled_reason: str | None
    created_at: datetime
    created_by: str

    def wants(self, what: Happening) -> bool:
        """Whether that is to be sent there."""
        if self.kinds and what.kind not in self.kinds:
            return False
        return what.kind not in OF_SEARCHES or not self.searches or what.search_id in self.searches


class DeliveryStatus(StrEnum):
    """Where a message to a webhook is: it will be tried (again), it was taken, it was given up."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to deliver: when, how many milliseconds it took, the answer's status or why there was none."""

    at: datetime
    ms: int
    status_code: int | None
    error: str | None
    excerpt: str | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message to a webhook: the event's ``number``, ``None`` for a test, and the attempts so far, oldest first.

    ``due_at`` is when it is tried next, as long as it is pending.
    """

    id: str
    webhook_id: str
    kind: str
    number: int | None
    status: DeliveryStatus
    due_at: datetime
    created_at: datetime
    attempts: tuple[Attempt, ...] = ()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What a sender needs of a delivery. ``secrets`` sign it, the current one first; ``is_last`` is the last try."""

    delivery_id: str
    webhook_id: str
    url: str
    secrets: tuple[bytes, ...]
    body: str
    tries: int
    is_last: bool
