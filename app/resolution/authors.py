"""Documents as sources: whose words they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.actor import ActorKind

if TYPE_CHECKING:
    from app.resolution.clusters import Cluster
    from app.resolution.linking import Linker
    from app.resolution.mentions import MentionWords

_SOURCE_PREPOSITIONS = frozenset({"från", "av", "hos", "i"})
_BODIES = frozenset({ActorKind.ORGANISATION, ActorKind.AUTHORITY, ActorKind.GOVERNMENT})


def author_of(linker: Linker, mention: MentionWords) -> Cluster | None:
    """Whose document it is: "siffror från branschorganet Metallfakta", "Rädda Barnens årsrapport"."""
    if mention.possessor is not None:
        other = linker.reader.read(mention.possessor)
        owner = linker.cluster_of(mention.possessor)
        body = owner is not None and not owner.is_person and (owner.named or owner.kind in _BODIES)
        named = other is not None and (bool(other.name) or body)
        return owner if named else None
    for child in mention.head.children:
        if child.rel == "nmod" and child.i > mention.head.i:
            case = child.child("case")
            other = linker.reader.read(child)
            named = other is not None and (bool(other.name) or (other.noun is not None and other.noun.kind is not None))
            if case is not None and case.lower in _SOURCE_PREPOSITIONS and named:
                return linker.cluster_of(child)
    return None
