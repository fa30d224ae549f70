"""What a graph says in numbers: who speaks against whom, which claims are disputed, who contradicts whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import networkx as nx

from app.domain.claim import Act
from app.graph.parties import parties
from app.graph.vocabulary import EdgeKind, NodeType

AGAINST = frozenset({Act.ACCUSATION, Act.CRITICISM, Act.DENIAL})
"""The acts by which one party contradicts another."""

CLAIM_ROLE = "claim"
"""Role of a pair whose claim bears on a claim of the other party (denies it, confirms it …), not on the party."""

_BEARING = (EdgeKind.DENIES.value, EdgeKind.CONFIRMS.value, EdgeKind.SUPPORTS.value, EdgeKind.ANSWERS.value)


@dataclass(frozen=True, slots=True)
class WhoWhom:
    """What one actor says about, to or against another.

    ``claims`` are claim ids in graph order (by time and place in the text); ``acts`` counts them by speech act, most
    frequent first. ``roles`` counts how the target is meant; its sum can exceed the number of claims, because one claim
    can both accuse and address.
    """

    speaker: str
    speaker_name: str
    target: str
    target_name: str
    claims: tuple[str, ...]
    acts: Mapping[str, int]
    roles: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Response:
    """A claim that bears on another, and who made it: actor ids with their names."""

    claim: str
    speakers: tuple[tuple[str, str], ...]
    text: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """A claim that somebody denies or could not verify, with who made it and all that others say of it."""

    claim: str
    text: str
    speakers: tuple[tuple[str, str], ...]
    denied_by: tuple[Response, ...]
    confirmed_by: tuple[Response, ...]
    supported_by: tuple[Response, ...]
    unverified_by: tuple[Response, ...]


@dataclass(frozen=True, slots=True)
class ContradictionMatrix:
    """Who contradicts whom: ``cells[speaker, target]`` for the pairs where anyone does; ``actors`` are (id, name)."""

    actors: tuple[tuple[str, str], ...]
    cells: Mapping[tuple[str, str], WhoWhom]


def who_against_whom(
    graph: nx.MultiDiGraph, *, fold: bool = False, acts: Collection[Act] | None = None
) -> list[WhoWhom]:
    """Every ordered pair of actors of which the first makes claims directed at the second, most claims first.

    A claim is directed at its targets, and with role ``claim`` at the speakers of a claim that it denies, confirms,
    supports, answers or could not verify. A claim with several speakers counts for each. ``acts`` keeps only claims of
    those acts. With ``fold``, bodies and spokespersons count as their party (see ``parties.parties``), and what a party
    says about itself is left out; without it, a pair of an actor with itself is left out alike.
    """
    party = parties(graph) if fold else {}
    wanted = None if acts is None else {act.value for act in acts}
    found: dict[tuple[str, str], dict[str, set[str]]] = {}
    for claim in _claims(graph):
        act = graph.nodes[claim].get("act")
        if act is None or (wanted is not None and act not in wanted):
            continue
        for target, role in _directed_at(graph, claim):
            for speaker in speakers_of(graph, claim):
                pair = (party.get(speaker, speaker), party.get(target, target))
                if pair[0] != pair[1]:
                    found.setdefault(pair, {}).setdefault(claim, set()).add(role)
    pairs = [_pair(graph, speaker, target, claims) for (speaker, target), claims in found.items()]
    return sorted(
        pairs, key=lambda pair: (-len(pair.claims), pair.speaker_name, pair.target_name, pair.speaker, pair.target)
    )


def disputes(graph: nx.MultiDiGraph) -> list[Dispute]:
    """The claims that somebody denies or could not verify: most denials first, then in graph order."""
    found = []
    for claim, attributes in graph.nodes(data=True):
        if attributes["type"] != NodeType.CLAIM.value:
            continue
        denied = _responses(graph, claim, EdgeKind.DENIES)
        unverified = _responses(graph, claim, EdgeKind.UNVERIFIED_BY)
        if denied or unverified:
            found.append(
                Dispute(
                    claim=claim,
                    text=attributes["label"],
                    speakers=_named(graph, speakers_of(graph, claim)),
                    denied_by=denied,
                    confirmed_by=_responses(graph, claim, EdgeKind.CONFIRMS),
                    supported_by=_responses(graph, claim, EdgeKind.SUPPORTS),
                    unverified_by=unverified,
                )
            )
    return sorted(found, key=lambda dispute: -len(dispute.denied_by))


def contradiction_matrix(
    graph: nx.MultiDiGraph, *, fold: bool = True, acts: Collection[Act] = AGAINST
) -> ContradictionMatrix:
    """Who accuses, criticises or denies whom. Actors come by how much they take part, most first, then by name."""
    pairs = who_against_whom(graph, fold=fold, acts=acts)
    part: Counter[tuple[str, str]] = Counter()
    for pair in pairs:
        part[pair.speaker_name, pair.speaker] += len(pair.claims)
        part[pair.target_name, pair.target] += len(pair.claims)
    order = sorted(part, key=lambda named: (-part[named], named))
    return ContradictionMatrix(
        actors=tuple((actor, name) for name, actor in order),
        cells={(pair.speaker, pair.target): pair for pair in pairs},
    )


def speakers_of(graph: nx.MultiDiGraph, claim: str) -> list[str]:
    """Ids of the actors who made the claim, in graph order."""
    return [actor for actor, _, kind in graph.in_edges(claim, data="kind") if kind == EdgeKind.SAID.value]


def _claims(graph: nx.MultiDiGraph) -> list[str]:
    return [node for node, kind in graph.nodes(data="type") if kind == NodeType.CLAIM.value]


def _directed_at(graph: nx.MultiDiGraph, claim: str) -> list[tuple[str, str]]:
    """Pairs (actor, role) of what the claim is directed at, itself or by way of another's claim."""
    directed = []
    for _, other, attributes in graph.out_edges(claim, data=True):
        if attributes["kind"] == EdgeKind.TARGETS.value:
            directed.append((other, attributes["role"]))
        elif attributes["kind"] in _BEARING:
            directed.extend((speaker, CLAIM_ROLE) for speaker in speakers_of(graph, other))
    for other, _, kind in graph.in_edges(claim, data="kind"):
        if kind == EdgeKind.UNVERIFIED_BY.value:
            directed.extend((speaker, CLAIM_ROLE) for speaker in speakers_of(graph, other))
    return directed


def _pair(graph: nx.MultiDiGraph, speaker: str, target: str, claims: Mapping[str, set[str]]) -> WhoWhom:
    acts = Counter(str(graph.nodes[claim]["act"]) for claim in claims)
    roles = Counter(role for found in claims.values() for role in found)
    return WhoWhom(
        speaker=speaker,
        speaker_name=graph.nodes[speaker]["label"],
        target=target,
        target_name=graph.nodes[target]["label"],
        claims=tuple(claims),
        acts=_most_first(acts),
        roles=_most_first(roles),
    )


def _most_first(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _responses(graph: nx.MultiDiGraph, claim: str, kind: EdgeKind) -> tuple[Response, ...]:
    """The claims tied to this one by edges of a kind, whichever way the kind runs."""
    if kind is EdgeKind.UNVERIFIED_BY:
        others = [other for _, other, found in graph.out_edges(claim, data="kind") if found == kind.value]
    else:
        others = [other for other, _, found in graph.in_edges(claim, data="kind") if found == kind.value]
    return tuple(
        Response(other, _named(graph, speakers_of(graph, other)), graph.nodes[other]["label"]) for other in others
    )


def _named(graph: nx.MultiDiGraph, actors: list[str]) -> tuple[tuple[str, str], ...]:
    return tuple((actor, graph.nodes[actor]["label"]) for actor in actors)
