"""What is going to be taken away: marked on its endpoint, told in every answer and in the OpenAPI document.

``@router.get("/old", dependencies=[deprecated(since, sunset, about)])`` is all an endpoint needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from fastapi import Depends
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class Deprecation:
    """That an endpoint is deprecated ``since`` then, may be gone after ``sunset``, and is explained at ``about``.

    The times are in UTC. It stands among an endpoint's dependencies and does nothing there.
    """

    since: datetime
    sunset: datetime
    about: str

    def __call__(self) -> None:
        """Nothing: a mark."""


def deprecated(since: datetime, sunset: datetime, about: str) -> Any:
    """For ``dependencies=[…]`` of an endpoint or its router: see `Deprecation`."""
    return Depends(Deprecation(since, sunset, about))


def deprecation_of(route: object) -> Deprecation | None:
    """What is announced of a route, if anything."""
    marks = (depends.dependency for depends in getattr(route, "dependencies", None) or ())
    return next((mark for mark in marks if isinstance(mark, Deprecation)), None)


class Announcements:
    """Tells in every answer of a deprecated endpoint, a refusal too, since when it is and until when it stays."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            announced = deprecation_of(scope.get("route")) if message["type"] == "http.response.start" else None
            if announced is not None:
                headers = MutableHeaders(scope=message)
                headers["Deprecation"] = f"@{int(announced.since.timestamp())}"
                headers["Sunset"] = format_datetime(announced.sunset, usegmt=True)
                headers.append("Link", f'<{announced.about}>; rel="deprecation"')
            await send(message)

        await self._app(scope, receive, sending)
