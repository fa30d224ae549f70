"""Actor pages: who they are, what they claimed over time, whom they speak against and who answers them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field

from app.domain.claim import Act
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

if TYPE_CHECKING:
    from app.graph.measures import Dispute, WhoWhom

router = APIRouter(route_class=PageRoute, include_in_schema=False)

_ACTORS_A_PAGE, _CLAIMS_A_PAGE = 40, 30
_PICTURED_CLAIMS, _PICTURED_ACTORS = 400, 18
# Beyond that many months a bar of the timeline is too thin to be seen.
_MOST_BARS = 48
_CHARGES = (Act.ACCUSATION, Act.CRITICISM)

When = Annotated[Annotated[str, Field(pattern=r"^[12]\d{3}(-(0[1-9]|1[0-2]))?$")] | None, Query()]


@dataclass(frozen=True, slots=True)
class Day:
    """The claims published on one day; ``name`` says in words which."""

    name: str
    claims: tuple[ClaimRecord, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """How many claims fall into a month or a year, the height of its bar in per cent of the highest, and the address
    that shows them.
    """

    month: str
    claims: int
    height: int
    address: str


@dataclass(frozen=True, slots=True)
class Denial:
    """Somebody who answers an actor's claims, and which, as (id, text): ``kind`` is ``denies`` or ``unverified``. An
    answer that nobody is named for has no ``speaker``.
    """

    speaker: str
    name: str
    kind: str
    claims: tuple[tuple[str, str], ...]


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
    when: When = None,
) -> Response:
    """One actor. Those who speak for it count as it, unless ``scope`` is ``own``. ``when`` is a month or a year of its
    timeline: ``2024-05``, ``2024``.
    """
    actor = get_actor(session, actor_id)
    if actor.id != actor_id:
        # For now: a merge can be taken back.
        return RedirectResponse(address(request, f"/actors/{actor.id}"), 307)
    return actor_page(request, session, actor, scope, cursor, when=when)


def actor_page(
    request: Request,
    session: Session,
    actor: ActorRecord,
    scope: Scope = Scope.PARTY,
    cursor: str | None = None,
    faults: Faults | None = None,
    when: str | None = None,
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
    since, until = _period(when)
    wanted = ClaimFilter(speaker=actor.id, scope=scope, since=since, until=until)
    page = list_claims(session, wanted, cursor, _CLAIMS_A_PAGE)
    by, at = [pair for pair in pairs if pair.speaker == actor.id], [pair for pair in pairs if pair.target == actor.id]
    others = [act for act in Act if act not in (*_CHARGES, Act.DENIAL)]
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
        when=when,
        period=_named_period(texts, since, when),
        bars=_bars(request, actor, scope, [moment.published_at for moment in timeline(graph, actor.id, fold=fold)]),
        accuses=_narrowed(by, _CHARGES),
        denies=_narrowed(by, [Act.DENIAL]),
        speaks_of=_narrowed(by, others),
        accused=_narrowed(at, _CHARGES),
        denied=_denials(each for each in disputes(graph) if speaking & {speaker for speaker, _ in each.speakers}),
        spoken_of_by=_narrowed(at, others),
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


def _bars(request: Request, actor: ActorRecord, scope: Scope, published: Iterable[str | None]) -> list[Bar]:
    """Claims by month, or by year where the months would be too many; months without any are included. None where
    there is but one.
    """
    texts = texts_of(request)
    months = Counter((each.year, each.month) for each in map(datetime.fromisoformat, filter(None, published)))
    if len(months) < 2:
        return []
    found: list[tuple[str, str, int]] = []
    (year, month), last = min(months), max(months)
    while (year, month) <= last and len(found) <= _MOST_BARS:
        name = texts("date.month", month=texts(f"month.{month}"), year=year)
        found.append((name, f"{year:04}-{month:02}", months[year, month]))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    if len(found) > _MOST_BARS:
        years: Counter[int] = Counter()
        for (year, _), claims in months.items():
            years[year] += claims
        found = [(str(year), f"{year:04}", years[year]) for year in range(min(years), max(years) + 1)][-_MOST_BARS:]
    highest = max(claims for _, _, claims in found)
    return [
        Bar(
            name, claims, round(100 * claims / highest), address(request, f"/actors/{actor.id}", scope=scope, when=when)
        )
        for name, when, claims in found
    ]


def _period(when: str | None) -> tuple[datetime | None, datetime | None]:
    """The beginning and the end of a month or a year."""
    if when is None:
        return None, None
    year, _, month = when.partition("-")
    if not month:
        return datetime(int(year), 1, 1, tzinfo=UTC), datetime(int(year) + 1, 1, 1, tzinfo=UTC)
    begin = datetime(int(year), int(month), 1, tzinfo=UTC)
    return begin, datetime(begin.year + begin.month // 12, begin.month % 12 + 1, 1, tzinfo=UTC)


def _named_period(texts: Texts, since: datetime | None, when: str | None) -> str | None:
    if since is None or when is None:
        return None
    return texts("date.month", month=texts(f"month.{since.month}"), year=since.year) if "-" in when else when


def _narrowed(pairs: Iterable[WhoWhom], acts: Iterable[Act]) -> list[WhoWhom]:
    """The pairs with claims of those acts, and no others counted."""
    wanted = [act.value for act in acts]
    kept = [replace(pair, acts={act: pair.acts[act] for act in wanted if act in pair.acts}) for pair in pairs]
    return sorted((pair for pair in kept if pair.acts), key=lambda pair: -sum(pair.acts.values()))


def _denials(found: Iterable[Dispute]) -> list[Denial]:
    """Who denies claims or could not verify them, and which, those with most first."""
    by: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for dispute in found:
        for kind, responses in (("denies", dispute.denied_by), ("unverified", dispute.unverified_by)):
            for response in responses:
                for speaker_id, name in response.speakers or (("", ""),):
                    by.setdefault((speaker_id, name, kind), []).append((dispute.claim, dispute.text))
    denials = [Denial(speaker, name, kind, tuple(claims)) for (speaker, name, kind), claims in by.items()]
    return sorted(denials, key=lambda denial: (denial.kind, -len(denial.claims), denial.name))
