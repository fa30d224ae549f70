"""Who asks: the name and rights of the caller, as endpoints are given them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, cast

from fastapi import Depends, Request


class Scope(StrEnum):
    """What a caller may do: read, change claims and articles, run the service."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who asks. ``name`` is what their changes are signed with."""

    name: str
    scopes: frozenset[Scope]


LOCAL = Caller("local", frozenset(Scope))
"""Whoever reaches a service that asks for no keys."""


def get_caller(request: Request) -> Caller:
    """Who sent the request."""
    return cast(Caller, getattr(request.state, "caller", LOCAL))


CallerOf = Annotated[Caller, Depends(get_caller)]
