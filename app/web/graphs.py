"""The graph explorer, who contradicts whom, and what one party says of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from app.domain.claim import Act, RelationKind
from app.domain.record import ActorRecord, ActorRef, ClaimRecord, Subgraph
from app.storage.actors import find_actors, get_actor, suggest
from app.storage.articles import get_article
from app.storage.claims import claims_by_ids
from app.storage.engine import Session
from app.storage.lookup import party
from app.storage.neighbourhood import Among, graph_rows
from app.web.claim_views import claim_views
from app.web.dependencies import ActChoice, Day, Id, Name, Reading, RelationChoice
from app.web.rendering import respond
from app.web.routing import PageRoute

if TYPE_CHECKING:
    from app.graph.measures import WhoWhom

router = APIRouter(route_class=PageRoute, include_in_schema=False)

# Claims of one kind or relation are few among many.
_EXPLORED, _COMPARED, _SEARCHED = 500, 1000, 2000
_MOST_CLAIMS_DRAWN, _MOST_ACTORS_DRAWN = 30, 40
# Wider than this a matrix is no longer read but searched.
_MOST_COLUMNS = 16
_MOST_PAIRS, _MOST_DISPUTES, _MOST_OTHERS = 40, 30, 60

View = Literal["parties", "actors", "claims"]


@router.get("/graph")
def explore(
    request: Request,
    session: Reading,
    actor: Name = None,
    article: Id = None,
    hops: Annotated[int, Query(ge=1, le=3)] = 1,
    act: ActChoice = None,
    relation: RelationChoice = None,
    since: Day = None,
    until: Day = None,
    view: Annotated[View, Query()] = "parties",
) -> Response:
    """A picture of what surrounds an actor or stands in an article, and the same in a list.

    ``act`` keeps claims of one kind, ``relation`` those that bear on one another in one way, and ``since`` and
    ``until`` (both inclusive) those published then.
    """
    from app.graph.build import build_graph
    from app.graph.measures import who_against_whom
    from app.web.pictures import actors_drawn, claims_drawn

    named = find_actors(session, actor) if actor else ()
    unknown = actor is not None and not named
    suggestions = suggest(session, actor) if actor and unknown else ()
    # Where parties are one, what those who speak for the actor say and hear belongs to it.
    around = (party(session, named) if view == "parties" else {ref.id for ref in named}) or None
    among = Among(_midnight(since), _midnight(until + timedelta(days=1)) if until else None)
    rows = Subgraph((), (), ())
    if not unknown:
        rows = graph_rows(session, around, article, hops, _SEARCHED if relation or act else _EXPLORED, among)
    if act is not None:
        rows = replace(rows, claims=_of_act(rows.claims, act))
    if relation is not None:
        rows = replace(rows, claims=_related(rows.claims, relation))
    if view == "claims":
        drawing = claims_drawn(request, rows, most=_MOST_CLAIMS_DRAWN)
    else:
        drawing = actors_drawn(request, rows, fold=view == "parties", most=_MOST_ACTORS_DRAWN)
    pairs = who_against_whom(build_graph(rows), fold=view == "parties")
    return respond(
        request,
        "graph.html",
        drawings=[drawing] if drawing else [],
        drawing=drawing,
        filters={
            "actor": actor,
            "article": article,
            "hops": hops,
            "act": act,
            "relation": relation,
            "since": since,
            "until": until,
            "view": view,
        },
        source=get_article(session, article) if article else None,
        unknown=unknown,
        suggestions=suggestions,
        pairs=pairs[:_MOST_PAIRS],
        pair_count=len(pairs),
        fold=view == "parties",
        claim_count=len(rows.claims),
        truncated=rows.truncated,
    )


def _midnight(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None


def _of_act(claims: Sequence[ClaimRecord], act: Act) -> tuple[ClaimRecord, ...]:
    """The claims of that kind, and those that they bear on: nobody sees else whom a denial denies."""
    borne = {relation.claim_id for claim in claims if claim.act is act for relation in claim.relations}
    return tuple(
        claim if claim.act is act else replace(claim, targets=(), relations=(), responses=())
        for claim in claims
        if claim.act is act or claim.id in borne
    )


def _related(claims: Sequence[ClaimRecord], kind: RelationKind) -> tuple[ClaimRecord, ...]:
    """The claims that bear on one another in that way, with nothing else that would draw a line between parties."""
    found = []
    for claim in claims:
        relations = tuple(each for each in claim.relations if each.kind is kind)
        responses = tuple(each for each in claim.responses if each.kind is kind)
        if relations or responses:
            found.append(replace(claim, relations=relations, responses=responses, targets=()))
    return tuple(found)


@router.get("/against")
def against(
    request: Request, session: Reading, view: Annotated[Literal["parties", "actors"], Query()] = "parties"
) -> Response:
    """Who accuses, criticises or denies whom, as a table; and the claims that are disputed."""
    from app.graph.build import build_graph
    from app.graph.measures import contradiction_matrix, disputes

    rows = graph_rows(session, limit=_COMPARED)
    graph = build_graph(rows)
    matrix = contradiction_matrix(graph, fold=view == "parties")
    pairs = sorted(matrix.cells.values(), key=lambda pair: -len(pair.claims))
    shown = _compared(matrix.actors, pairs)
    speakers = [each for each in shown if any((each[0], other) in matrix.cells for other, _ in shown)]
    targets = [each for each in shown if any((other, each[0]) in matrix.cells for other, _ in shown)]
    return respond(
        request,
        "against.html",
        view=view,
        fold=view == "parties",
        speakers=speakers,
        targets=targets,
        others=[pair for pair in pairs if not {pair.speaker, pair.target} <= {actor for actor, _ in shown}],
        most_others=_MOST_OTHERS,
        cells=matrix.cells,
        highest=max((len(pair.claims) for pair in matrix.cells.values()), default=0),
        disputes=disputes(graph)[:_MOST_DISPUTES],
        truncated=rows.truncated,
    )


def _compared(actors: Sequence[tuple[str, str]], pairs: Sequence[WhoWhom]) -> list[tuple[str, str]]:
    """The actors of the matrix: whole pairs, those with most claims first, as many as can be taken in."""
    chosen: set[str] = set()
    for pair in pairs:
        if len(chosen | {pair.speaker, pair.target}) <= _MOST_COLUMNS:
            chosen |= {pair.speaker, pair.target}
    return [actor for actor in actors if actor[0] in chosen]


@router.get("/against/{speaker_id}/{target_id}")
def pair(
    request: Request,
    session: Reading,
    speaker_id: str,
    target_id: str,
    apart: Annotated[bool, Query()] = False,
) -> Response:
    """The claims of one actor about, to or against another; of their whole parties unless they are kept ``apart``."""
    from app.graph.build import build_graph
    from app.graph.measures import who_against_whom

    speaker, target = get_actor(session, speaker_id), get_actor(session, target_id)
    around = {speaker.id, target.id}
    if not apart:
        around |= _party(session, speaker) | _party(session, target)
    rows = graph_rows(session, around, limit=_COMPARED)
    pairs = who_against_whom(build_graph(rows), fold=not apart)
    ways = {(each.speaker, each.target): each for each in pairs}
    found, back = ways.get((speaker.id, target.id)), ways.get((target.id, speaker.id))
    return respond(
        request,
        "pair.html",
        speaker=speaker,
        target=target,
        apart=apart,
        views=claim_views(session, claims_by_ids(session, found.claims)) if found else [],
        back=len(back.claims) if back else 0,
    )


def _party(session: Session, actor: ActorRecord) -> set[str]:
    return set(party(session, [ActorRef(actor.id, actor.name, actor.kind)]))
