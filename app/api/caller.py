"""Who asks: the name and rights of the caller, as endpoints are given them."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request

from app.domain.access import LOCAL, Caller, Scope

__all__ = ["LOCAL", "Caller", "CallerOf", "Scope", "get_caller"]


def get_caller(request: Request) -> Caller:
    """Who sent the request."""
    return cast(Caller, getattr(request.state, "caller", None) or LOCAL)


CallerOf = Annotated[Caller, Depends(get_caller)]
