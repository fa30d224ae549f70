"""Who asks, and what they may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

KEY_COOKIE = "sagesman_key"
"""The cookie that holds the key of whoever signed in on the pages."""


class Scope(StrEnum):
    """What a caller may do: read, change claims and articles, run the service."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


GRANTS: Mapping[Scope, frozenset[Scope]] = {
    Scope.READ: frozenset({Scope.READ}),
    Scope.WRITE: frozenset({Scope.READ, Scope.WRITE}),
    Scope.ADMIN: frozenset(Scope),
}
"""What comes with a scope: whoever may change claims may read them too."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who asks. ``name`` is what their changes are signed with; ``key`` is the id of their key, if any."""

    name: str
    scopes: frozenset[Scope]
    key: str | None = None


LOCAL = Caller("local", frozenset(Scope))
"""Whoever reaches a service that asks for no keys."""
