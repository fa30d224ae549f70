"""Whose claim it is and whom it is against: the parties behind sources and targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.actor import ActorKind
from app.lexicon.territories import TerritoryRole

if TYPE_CHECKING:
    from app.extraction.draft import Draft
    from app.parsing.tree import Node
    from app.resolution.linking import Linker

_FORCES = frozenset({ActorKind.ARMED_FORCE, ActorKind.GOVERNMENT, ActorKind.AUTHORITY})


def same_party(linker: Linker, draft: Draft, other: Draft) -> bool:
    """Whether the sources of two claims speak for one party."""
    mine = {linker.set.with_ref(ref).party().ref for ref in draft.actors}
    return bool(mine & {linker.set.with_ref(ref).party().ref for ref in other.actors})


def parties_of(linker: Linker, draft: Draft) -> set[str]:
    """The refs of the sources of a claim and of everybody they speak for."""
    found = set()
    for ref in draft.actors:
        cluster = linker.set.with_ref(ref)
        found |= {ref, cluster.party().ref, *(party.ref for party, _, _ in cluster.represents)}
    return found


def owner_of(linker: Linker, noun: Node) -> str | None:
    """Whose claim the noun means: "fackets kritik", "uppgifterna från Phnom Penh"."""
    for child in noun.children:
        case = child.child("case")
        if child.deprel == "nmod:poss" or (child.rel == "nmod" and case is not None and case.lower == "från"):
            cluster = linker.cluster_of(child)
            if cluster is not None and (cluster.named or cluster.mentions):
                return cluster.ref
        adjective = (
            linker.entities.territories.first(child.text, TerritoryRole.ADJECTIVE) if child.rel == "amod" else None
        )
        if adjective is not None:
            # "det *maltesiska* kravet"
            return linker.set.state(adjective).ref
        subject = child.child("nsubj") if child.rel == "acl" else None
        if subject is not None and subject.upos in {"NOUN", "PROPN"}:
            # "den röstanalys som *åklagaren* åberopar"
            cluster = linker.cluster_of(subject)
            return cluster.ref if cluster is not None else None
    return None


def directed_at(mine: set[str], candidates: list[Draft]) -> list[Draft]:
    """Those of the claims that are directed at one of the parties."""
    return [d for d in candidates if any(target.actor in mine for target in d.targets)]


def speaking_of(linker: Linker, mine: set[str], candidates: list[Draft]) -> list[Draft]:
    """Those of the claims whose words name one of the parties: "styrs från *Belgrad*"."""
    places = [m.head.start for c in linker.set.clusters if c.ref in mine for m, _ in c.mentions]
    return [d for d in candidates if any(d.covers(place, place + 1) for place in places)]


def with_forces(linker: Linker, parties: set[str]) -> set[str]:
    """The parties and the bodies and people they own: what "eritreanska styrkor" have done, Asmara denies."""
    owned = (c for c in linker.set.clusters if c.owner is not None and c.owner.ref in parties and c.kind in _FORCES)
    return parties | {cluster.ref for cluster in owned}
