"""What is known of a stored actor, as far as it tells whether two of them are one."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.actor import ActorKind


@dataclass(frozen=True, slots=True)
class Affiliation:
    """A party that an actor speaks for: the id and name of its canonical actor, and the code of its state."""

    party: str
    name: str
    territory: str | None = None


@dataclass(frozen=True, slots=True)
class ActorProfile:
    """A canonical actor with everything merged into it.

    ``names`` are all its printed forms, the fullest name first; ``roles`` are titles as printed. ``beside`` holds the
    ids of other actors in the articles that name it, empty where parties are known and there is something better to go
    by.
    """

    id: str
    kind: ActorKind
    names: tuple[str, ...]
    territory: str | None = None
    roles: tuple[str, ...] = ()
    parties: tuple[Affiliation, ...] = ()
    beside: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The fullest name."""
        return self.names[0]
