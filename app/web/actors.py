"""Actor pages: who they are, what they claimed over time, whom they speak against and who answers them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from app.domain.record import ActorRecord, ActorRef, ClaimFilter, ClaimRecord
from app.storage.actors import get_actor, search_actors
from app.storage.claims import Scope, list_claims
from app.storage.engine import Session
from app.storage.judgements import JudgementRecord, judgements
from app.storage.lookup import party, suggest
from app.storage.neighbourhood import graph_rows
from app.storage.settling import named
from app.web.dependencies import Cursor, Name, Reading
from app.web.forms import known_name
from app.web.language import Texts
from app.web.rendering import address, respond, texts_of
from app.web.routing import PageRoute
from app.web.standing import Faults

router = APIRouter(route_class=PageRoute, include_in_schema=False)

_ACTORS_A_PAGE, _CLAIMS_A_PAGE = 40, 30
_PICTURED_CLAIMS, _PICTURED_ACTORS = 400, 18
# Beyond that many months a bar of the timeline is too thin to be seen.
_MOST_BARS = 48


@dataclass(frozen=True, slots=True)
class Day:
    """The claims published on one day; ``name`` says in words which."""

    name: str
    claims: tuple[ClaimRecord, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """How many claims fall into a month, and the height of its bar in per cent of the highest."""

    month: str
    claims: int
    height: int


@router.get("/actors")
def index(request: Request, session: Reading, q: Name = None, cursor: Cursor = None) -> Response:
    """Actors by name."""
    page = search_actors(session, q, cursor, _ACTORS_A_PAGE)
    return respond(request, "actors.html", page=page, q=q, cursor=cursor)


@router.get("/actors/{actor_id}")
def show(
    request: Request,
    session: Reading,
    actor_id: str,
    scope: Annotated[Scope, Query()] = Scope.PARTY,
    cursor: Cursor = None,
) -> Response:
    """One actor. Those who speak for it count as it, unless ``scope`` is ``own``."""
    actor = get_actor(session, actor_id)
    if actor.id != actor_id:
        # For now: a merge can be taken back.
        return RedirectResponse(address(request, f"/actors/{actor.id}"), 307)
    return actor_page(request, session, actor, scope, cursor)


def actor_page(
    request: Request,
    session: Session,
    actor: ActorRecord,
    scope: Scope = Scope.PARTY,
    cursor: str | None = None,
    faults: Faults | None = None,
) -> Response:
    """The page of an actor, with what is wrong with a form that was sent there."""
    from app.graph.build import build_graph
    from app.graph.measures import disputes, who_against_whom
    from app.graph.standing import timeline
    from app.web.pictures import actors_drawn

    voices = _voices(session, actor)
    speaking = voices if scope is Scope.PARTY else {actor.id}
    rows = graph_rows(session, speaking, limit=_PICTURED_CLAIMS)
    graph = build_graph(rows)
    # An actor that speaks for another would be folded into that one and be gone from its own page.
    fold = scope is Scope.PARTY and not actor.speaks_for
    pairs = who_against_whom(graph, fold=fold)
    page = list_claims(session, ClaimFilter(speaker=actor.id, scope=scope), cursor, _CLAIMS_A_PAGE)
    drawing = actors_drawn(request, rows, fold=fold, most=_PICTURED_ACTORS)
    texts = texts_of(request)
    return respond(
        request,
        "actor.html",
        status=422 if faults else 200,
        judged=_judged(session, actor),
        near=[ref for ref in suggest(session, actor.name) if ref.id != actor.id],
        needs_name=known_name(request) is None,
        faults=faults or Faults(),
        drawings=[drawing] if drawing else [],
        drawing=drawing,
        actor=actor,
        scope=scope,
        voices=len(voices),
        fold=fold,
        cursor=cursor,
        page=page,
        days=_days(texts, page.items),
        bars=_bars(texts, [moment.published_at for moment in timeline(graph, actor.id, fold=fold)]),
        speaks_of=[pair for pair in pairs if pair.speaker == actor.id],
        spoken_of_by=[pair for pair in pairs if pair.target == actor.id],
        disputed=[dispute for dispute in disputes(graph) if speaking & {speaker for speaker, _ in dispute.speakers}],
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement in force on the actor, and the two under their own names."""

    record: JudgementRecord
    left: ActorRef
    right: ActorRef


def _judged(session: Session, actor: ActorRecord) -> list[Judged]:
    found = [each for each in judgements(session, actor.id) if each.undone_at is None]
    names = named(session, (side for each in found for side in (each.left_actor, each.right_actor)))
    return [Judged(each, names[each.left_actor], names[each.right_actor]) for each in found]


def _voices(session: Session, actor: ActorRecord) -> set[str]:
    """The actor and everybody who speaks for it."""
    return set(party(session, [ActorRef(actor.id, actor.name, actor.kind)]))


def _days(texts: Texts, claims: Sequence[ClaimRecord]) -> list[Day]:
    """Claims by day of publication, in their order."""
    days = groupby(claims, key=lambda claim: texts.day(claim.published_at))
    return [Day(name, tuple(found)) for name, found in days]


def _bars(texts: Texts, published: Iterable[str | None]) -> list[Bar]:
    """Claims by month, the months without any included; none where there is but one month, or too many."""
    months = Counter((each.year, each.month) for each in map(datetime.fromisoformat, filter(None, published)))
    if len(months) < 2:
        return []
    (year, month), last = min(months), max(months)
    bars = []
    while (year, month) <= last:
        claims = months[year, month]
        name = texts("date.month", month=texts(f"month.{month}"), year=year)
        bars.append(Bar(name, claims, round(100 * claims / max(months.values()))))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return bars if len(bars) <= _MOST_BARS else []
