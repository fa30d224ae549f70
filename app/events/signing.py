"""Signatures after the Standard Webhooks convention: HMAC-SHA256 over id, time and body."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence

_PREFIX = "whsec_"


def shown(secret: bytes) -> str:
    """The secret as receivers' libraries take it."""
    return _PREFIX + base64.b64encode(secret).decode()


def signature_headers(message_id: str, timestamp: int, body: bytes, secrets: Sequence[bytes]) -> dict[str, str]:
    """The headers that prove a message, signed with each of the secrets; ``timestamp`` is the attempt's, in seconds."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    signatures = [base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode() for secret in secrets]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }
