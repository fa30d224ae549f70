"""Whom an actor belongs to: bodies and spokespersons folded into the party they speak for."""

from __future__ import annotations

from graphlib import TopologicalSorter

import networkx as nx

from app.domain.actor import ActorKind
from app.graph.vocabulary import EdgeKind, NodeType

_RANK = (ActorKind.STATE, ActorKind.GOVERNMENT, ActorKind.ORGANISATION, ActorKind.AUTHORITY)
"""Which of several actors that speak for one another stands for them all: the first kind that occurs."""


def actors_of(graph: nx.MultiDiGraph) -> list[str]:
    """Ids of the actor nodes, in graph order."""
    return [node for node, kind in graph.nodes(data="type") if kind == NodeType.ACTOR.value]


def parties(graph: nx.MultiDiGraph) -> dict[str, str]:
    """Actor id -> id of the party it speaks for in the end, itself where it speaks for nobody else.

    ``speaks_for`` edges are followed to their end (spokesperson -> ministry -> state). Actors that speak for one
    another in a circle are one party, named by the most state-like of them. An actor that speaks for two parties which
    do not lead to the same end stays itself: which of them it spoke for in a given claim is not known.
    """
    edges = nx.DiGraph()
    edges.add_nodes_from(actors_of(graph))
    edges.add_edges_from(
        (speaker, party) for speaker, party, kind in graph.edges(data="kind") if kind == EdgeKind.SPEAKS_FOR.value
    )
    circles = nx.condensation(edges)
    ends: dict[int, set[int]] = {}
    onward = {circle: list(circles.successors(circle)) for circle in circles}
    for circle in TopologicalSorter(onward).static_order():
        following = [ends[after] for after in onward[circle]]
        ends[circle] = set().union(*following) if following else {circle}

    party: dict[str, str] = {}
    for circle, members in circles.nodes(data="members"):
        if len(ends[circle]) == 1:
            (end,) = ends[circle]
            head = _head(graph, circles.nodes[end]["members"])
            party.update(dict.fromkeys(members, head))
        else:
            party.update({member: member for member in members})
    return {actor: party[actor] for actor in edges}


def _head(graph: nx.MultiDiGraph, members: set[str]) -> str:
    """The member that stands for all: by kind, then by id."""

    def order(member: str) -> tuple[int, str]:
        kind = graph.nodes[member].get("actor_kind")
        return (_RANK.index(kind) if kind in _RANK else len(_RANK), member)

    return min(members, key=order)
