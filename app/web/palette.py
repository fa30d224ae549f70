"""Which colour and underline a speaker has in an article: told apart by either of the two alone for a while."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.record import ActorRef, ClaimRecord

# The style sheet holds that many of each; since 8 and 5 have no common divisor, 40 speakers look different.
COLOURS, LINES = 8, 5

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """Who makes some claims of an article (nobody where the text names none), how many, and the classes of its look."""

    actors: tuple[ActorRef, ...]
    claims: int
    look: str


def voices(claims: Iterable[ClaimRecord]) -> Mapping[Key, Voice]:
    """The speakers of those claims by `key_of`: those with most claims first, then in the order given."""
    actors: dict[Key, tuple[ActorRef, ...]] = {}
    counts: Counter[Key] = Counter()
    for claim in claims:
        actors.setdefault(key_of(claim), claim.speakers)
        counts[key_of(claim)] += 1
    ranked = [key for key, _ in counts.most_common()]
    named = [key for key in ranked if key]
    looks = {key: f"c{place % COLOURS} l{place % LINES}" for place, key in enumerate(named)}
    return {
        key: Voice(actors[key], counts[key], looks.get(key, "c-none l2")) for key in [*named, *({()} & set(ranked))]
    }


def key_of(claim: ClaimRecord) -> Key:
    """The speakers of a claim, as what their colour hangs on."""
    return tuple(speaker.id for speaker in claim.speakers)
