"""An actor's place among the others: how much it speaks, how much it is spoken of, with whom it shares an arena."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from app.graph.measures import who_against_whom
from app.graph.parties import actors_of, parties
from app.graph.vocabulary import EdgeKind

DAMPING = 0.85
"""The damping factor of the original PageRank paper (Brin and Page 1998)."""
_TOLERANCE = 1e-10
_MAX_ROUNDS = 200
"""0.85 ** 200 is under 1e-14, so the tolerance is reached on every graph."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An actor's place in the graph.

    ``claims`` it made; ``targets``: how many others it speaks about, to or against; ``targeted_by``: how many others do
    so to it, and ``mentions`` in how many claims; ``attention``: its PageRank, the shares of all actors sum to 1.
    """

    actor: str
    name: str
    claims: int
    targets: int
    targeted_by: int
    mentions: int
    attention: float


@dataclass(frozen=True, slots=True)
class Moment:
    """One claim of an actor in time. ``via`` is (id, name) of the representative who made it, ``None`` for the actor
    itself; ``published_at`` is ISO 8601, ``None`` where the article does not say.
    """

    claim: str
    published_at: str | None
    article: str | None
    act: str
    text: str
    via: tuple[str, str] | None


def who_whom_digraph(graph: nx.MultiDiGraph, *, fold: bool = False) -> nx.DiGraph:
    """Actors only: an edge from speaker to target, ``weight`` being the number of claims. Actors without one stay."""
    party = parties(graph) if fold else {}
    collapsed = nx.DiGraph()
    collapsed.add_nodes_from(dict.fromkeys(party.get(actor, actor) for actor in actors_of(graph)))
    for pair in who_against_whom(graph, fold=fold):
        collapsed.add_edge(pair.speaker, pair.target, weight=len(pair.claims))
    return collapsed


def centrality(graph: nx.MultiDiGraph, *, fold: bool = False) -> list[Standing]:
    """Every actor's standing, most attention first.

    Attention is PageRank on the collapsed who-to-whom digraph, weighted by claims: an actor stands high when those who
    are much spoken about speak about it. Degrees are counted on the same digraph. Betweenness is left out on purpose:
    it asks who lies on shortest paths, and claims do not travel along paths.
    """
    party = parties(graph) if fold else {}
    collapsed = who_whom_digraph(graph, fold=fold)
    made: dict[str, set[str]] = {}
    for actor, claim, kind in graph.edges(data="kind"):
        if kind == EdgeKind.SAID.value:
            made.setdefault(party.get(actor, actor), set()).add(claim)
    aimed: dict[str, set[str]] = {}
    for pair in who_against_whom(graph, fold=fold):
        aimed.setdefault(pair.target, set()).update(pair.claims)
    rank = pagerank(collapsed)
    standings = [
        Standing(
            actor=actor,
            name=graph.nodes[actor]["label"],
            claims=len(made.get(actor, ())),
            targets=collapsed.out_degree(actor),
            targeted_by=collapsed.in_degree(actor),
            mentions=len(aimed.get(actor, ())),
            attention=rank[actor],
        )
        for actor in collapsed
    ]
    return sorted(standings, key=lambda standing: (-round(standing.attention, 9), standing.name, standing.actor))


def pagerank(graph: nx.DiGraph, damping: float = DAMPING) -> dict[str, float]:
    """PageRank by power iteration over ``weight``; the shares sum to 1. An empty graph gives an empty dict.

    Written out here because networkx's own needs SciPy, which nothing else in the product does. An actor that speaks
    about nobody passes its share to all alike.
    """
    nodes = list(graph)
    if not nodes:
        return {}
    even = 1 / len(nodes)
    rank = dict.fromkeys(nodes, even)
    totals = dict(graph.out_degree(weight="weight"))
    edges = [(source, target, weight / totals[source]) for source, target, weight in graph.edges(data="weight")]
    silent = [node for node in nodes if not totals[node]]
    for _ in range(_MAX_ROUNDS):
        base = (1 - damping + damping * sum(rank[node] for node in silent)) * even
        following = dict.fromkeys(nodes, base)
        for source, target, share in edges:
            following[target] += damping * rank[source] * share
        moved = sum(abs(following[node] - rank[node]) for node in nodes)
        rank = following
        if moved < _TOLERANCE:
            break
    return rank


def communities(graph: nx.MultiDiGraph, *, fold: bool = False, seed: int = 1) -> list[tuple[str, ...]]:
    """Arenas: groups of actors that speak mostly about, to or against one another (Louvain, weighted, seeded).

    Largest first, names in order of id. These are not camps: foes who talk about nobody else share an arena. An actor
    that neither speaks of another nor is spoken of is an arena by itself.
    """
    collapsed = nx.Graph()
    directed = who_whom_digraph(graph, fold=fold)
    collapsed.add_nodes_from(sorted(directed))
    for source, target, weight in sorted(directed.edges(data="weight")):
        before = collapsed.get_edge_data(source, target, {"weight": 0})["weight"]
        collapsed.add_edge(source, target, weight=before + weight)
    groups = nx.community.louvain_communities(collapsed, weight="weight", seed=seed) if collapsed else []
    return sorted((tuple(sorted(group)) for group in groups), key=lambda group: (-len(group), group))


def timeline(graph: nx.MultiDiGraph, actor: str, *, fold: bool = False) -> list[Moment]:
    """What an actor claimed, by time of publication (the unknown last) and place in the text.

    With ``fold``, claims of those who speak for it too. Raises ``KeyError`` when the graph has no such actor.
    """
    if actor not in graph:
        raise KeyError(actor)
    party = parties(graph) if fold else {}
    voices = [actor, *(other for other, head in party.items() if head == actor and other != actor)]
    via: dict[str, str] = {}
    for voice in voices:
        for _, claim, kind in graph.out_edges(voice, data="kind"):
            if kind == EdgeKind.SAID.value:
                via.setdefault(claim, voice)
    moments = [_moment(graph, claim, None if voice == actor else voice) for claim, voice in via.items()]
    place = {moment.claim: graph.nodes[moment.claim].get("content_start", 0) for moment in moments}
    return sorted(
        moments,
        key=lambda moment: (
            moment.published_at is None,
            moment.published_at or "",
            moment.article or "",
            place[moment.claim],
            moment.claim,
        ),
    )


def _moment(graph: nx.MultiDiGraph, claim: str, voice: str | None) -> Moment:
    attributes = graph.nodes[claim]
    return Moment(
        claim=claim,
        published_at=attributes.get("published_at"),
        article=attributes.get("article_id"),
        act=attributes.get("act", "statement"),
        text=attributes["label"],
        via=(voice, graph.nodes[voice]["label"]) if voice is not None else None,
    )
