"""``/v1/graph``: claims as a graph, and what it says in numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Response

from app.api.dependencies import Reading
from app.api.schemas.graph import (
    AgainstOut,
    AgainstPage,
    AgainstQuery,
    AroundQuery,
    DisputeOut,
    DisputePage,
    FoldQuery,
    GraphFormat,
    GraphQuery,
    Named,
    ResponseOut,
    StandingOut,
    StandingPage,
)
from app.domain.record import Subgraph
from app.errors import NotFound
from app.storage.engine import Session
from app.storage.lookup import find_actors, suggest
from app.storage.neighbourhood import graph_rows

if TYPE_CHECKING:
    from app.graph.measures import Response as Responding

# The endpoints import app.graph themselves: with networkx and NumPy it is a fifth of what the server takes to start.
router = APIRouter(prefix="/v1/graph", tags=["graph"])

_MEDIA_TYPES = {
    GraphFormat.JSON: "application/json",
    GraphFormat.GRAPHML: "application/graphml+xml",
    GraphFormat.GEXF: "application/gexf+xml",
    GraphFormat.CYTOSCAPE: "application/json",
    GraphFormat.SVG: "image/svg+xml",
}
_NODE_LINK = {
    "directed": True,
    "multigraph": True,
    "graph": {"truncated": False},
    "nodes": [{"id": "act_1", "type": "actor", "label": "Armenien"}, {"id": "clm_1", "type": "claim", "label": "…"}],
    "edges": [{"source": "act_1", "target": "clm_1", "key": "said", "kind": "said"}],
}


@router.get(
    "",
    operation_id="get_graph",
    summary="The graph around an actor or of an article",
    response_class=Response,
    responses={
        200: {
            "description": "The graph in the format asked for.",
            "content": {
                "application/json": {"schema": {"type": "object"}, "example": _NODE_LINK},
                **{
                    media_type: {"schema": {"type": "string"}}
                    for media_type in sorted(set(_MEDIA_TYPES.values()) - {"application/json"})
                },
            },
        }
    },
)
def get_graph(session: Reading, query: Annotated[GraphQuery, Query()]) -> Response:
    """Actors, claims and articles with typed edges: said, targets, denies, unverified_by, speaks_for, reported_in …

    With `actor` the claims within some `hops` of it, with `article` those of one article, with both those of the actor
    in the article, with neither the newest. Node-link JSON reads with `networkx.node_link_graph(data, edges="edges")`.
    """
    from app.graph.actor_picture import actor_picture
    from app.graph.build import build_graph
    from app.graph.export import export
    from app.graph.svg import draw

    graph = build_graph(_rows(session, query))
    if query.format is GraphFormat.SVG:
        body = draw(actor_picture(graph, fold=query.fold, language=query.lang), heading=True).encode()
    else:
        body = export(graph, "node-link" if query.format is GraphFormat.JSON else query.format.value)
    return Response(body, media_type=_MEDIA_TYPES[query.format])


@router.get("/against", operation_id="who_against_whom", summary="Who speaks against whom")
def against(session: Reading, query: Annotated[AgainstQuery, Query()]) -> AgainstPage:
    """Pairs of actors of which the first makes claims about, to or against the second, most claims first."""
    from app.graph.build import build_graph
    from app.graph.measures import who_against_whom

    rows = _rows(session, query)
    acts = [query.act] if query.act else None
    items = [
        AgainstOut(
            speaker=Named(id=pair.speaker, name=pair.speaker_name),
            target=Named(id=pair.target, name=pair.target_name),
            claims=list(pair.claims),
            acts=dict(pair.acts),
            roles=dict(pair.roles),
        )
        for pair in who_against_whom(build_graph(rows), fold=query.fold, acts=acts)
    ]
    return AgainstPage(items=items, truncated=rows.truncated)


@router.get("/disputes", operation_id="list_disputes", summary="Disputed claims")
def list_disputes(session: Reading, query: Annotated[AroundQuery, Query()]) -> DisputePage:
    """Claims that somebody denies or could not verify, with who does and who confirms or supports them."""
    from app.graph.build import build_graph
    from app.graph.measures import disputes

    rows = _rows(session, query)
    items = [
        DisputeOut(
            claim=dispute.claim,
            text=dispute.text,
            speakers=_named(dispute.speakers),
            denied_by=_responses(dispute.denied_by),
            confirmed_by=_responses(dispute.confirmed_by),
            supported_by=_responses(dispute.supported_by),
            unverified_by=_responses(dispute.unverified_by),
        )
        for dispute in disputes(build_graph(rows))
    ]
    return DisputePage(items=items, truncated=rows.truncated)


@router.get("/centrality", operation_id="list_centrality", summary="Who is at the centre")
def list_centrality(session: Reading, query: Annotated[FoldQuery, Query()]) -> StandingPage:
    """Every actor's standing: how much it speaks, how much it is spoken about, its share of attention."""
    from app.graph.build import build_graph
    from app.graph.standing import centrality

    rows = _rows(session, query)
    items = [
        StandingOut(
            actor=Named(id=standing.actor, name=standing.name),
            claims=standing.claims,
            targets=standing.targets,
            targeted_by=standing.targeted_by,
            mentions=standing.mentions,
            attention=round(standing.attention, 6),
        )
        for standing in centrality(build_graph(rows), fold=query.fold)
    ]
    return StandingPage(items=items, truncated=rows.truncated)


def _rows(session: Session, query: AroundQuery) -> Subgraph:
    actor_ids: list[str] | None = None
    if query.actor is not None:
        actor_ids = [ref.id for ref in find_actors(session, query.actor)]
        if not actor_ids:
            near = ", ".join(ref.name for ref in suggest(session, query.actor))
            raise NotFound(f"nobody is called {query.actor!r}" + (f"; names that are near: {near}" if near else ""))
    return graph_rows(session, actor_ids, query.article, query.hops, query.limit)


def _named(pairs: Iterable[tuple[str, str]]) -> list[Named]:
    return [Named(id=actor_id, name=name) for actor_id, name in pairs]


def _responses(found: Iterable[Responding]) -> list[ResponseOut]:
    return [ResponseOut(claim=each.claim, speakers=_named(each.speakers), text=each.text) for each in found]
