"""Scripts of other sites: which may use the interface, and what they may see of its answers (CORS)."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

_SENT = ("Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "X-API-Key", "X-Request-ID")
_SHOWN = (
    "Deprecation",
    "ETag",
    "Idempotency-Replayed",
    "Link",
    "Location",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "Sunset",
    "WWW-Authenticate",
    "X-Request-ID",
)
_METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")


def allow_origins(app: FastAPI, origins: Sequence[str]) -> None:
    """Let scripts from these origins use ``app``, with a key of their own: cookies are never taken along."""
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(origins),
            allow_methods=_METHODS,
            allow_headers=_SENT,
            expose_headers=_SHOWN,
            max_age=3600,
        )
