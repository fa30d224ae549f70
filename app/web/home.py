"""The front page: a question, and the answer to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request, Response

from app.asking.answer import Answer, answer
from app.asking.question import LONGEST_QUESTION, Question, parse_question
from app.asking.vocabulary import load_vocabularies
from app.domain.claim import Act
from app.domain.record import ClaimRecord, Subgraph
from app.errors import BadQuestion
from app.storage.actors import actors_by_ids
from app.storage.articles import articles_by_ids, count_in_force, list_articles
from app.storage.claims import Scope, claims_by_ids
from app.storage.engine import Session
from app.storage.neighbourhood import graph_rows
from app.web.claim_views import claim_views, speakers_in
from app.web.dependencies import Cursor, Reading, Words
from app.web.language import Texts
from app.web.readings import read_as
from app.web.rendering import Drawing, respond, texts_of
from app.web.routing import PageRoute

if TYPE_CHECKING:
    from app.graph.measures import WhoWhom

router = APIRouter(route_class=PageRoute, include_in_schema=False)

_CLAIMS_A_PAGE = 20
_NEWEST = 8
_MOST_HEARD = 6
# Names in the list of a field that cannot ask for more.
_MOST_OFFERED = 40
_DISPUTES = 3
# What a picture is drawn from, and how many parties it shows: more cannot be taken in at a glance.
_PICTURED_CLAIMS, _PICTURED_ACTORS = 200, 22


@router.get("/")
def home(
    request: Request,
    session: Reading,
    q: Words = None,
    scope: Annotated[Scope | None, Query()] = None,
    cursor: Cursor = None,
) -> Response:
    """The question box; with a question, how it was read, its claims, their articles and a picture of them."""
    if q is None:
        return _front(request, session)
    try:
        question = parse_question(q)
    except BadQuestion:
        key = "ask.too_long" if len(q) > LONGEST_QUESTION else "ask.not_understood"
        return _front(request, session, q, texts_of(request)(key, limit=LONGEST_QUESTION))
    return _answer(request, session, q, question, scope, cursor)


def _front(request: Request, session: Session, q: str = "", fault: str | None = None) -> Response:
    from app.graph.build import build_graph
    from app.graph.measures import disputes, who_against_whom

    rows = graph_rows(session, limit=_PICTURED_CLAIMS)
    graph = build_graph(rows)
    disputed = [dispute.claim for dispute in disputes(graph)[:_DISPUTES]]
    drawing = _drawing(request, rows)
    texts, heard = texts_of(request), speakers_in(rows.claims)[:_MOST_OFFERED]
    examples = _examples(texts, who_against_whom(graph, fold=True))
    return respond(
        request,
        "front.html",
        drawings=[drawing] if drawing else [],
        drawing=drawing,
        q=q,
        fault=fault,
        examples=examples,
        offered=[*examples, *(texts("example.says", speaker=ref.name) for ref, _ in heard)],
        articles=list_articles(session, limit=_NEWEST).items,
        heard=heard[:_MOST_HEARD],
        article_count=count_in_force(session),
        disputed=claim_views(session, claims_by_ids(session, disputed)),
    )


def _answer(
    request: Request, session: Session, q: str, question: Question, scope: Scope | None, cursor: str | None
) -> Response:
    texts = texts_of(request)
    found = answer(session, question, scope=scope, limit=_CLAIMS_A_PAGE, cursor=cursor)
    claims = found.page.items
    drawing = _drawing(request, _rows(session, claims))
    return respond(
        request,
        "answer.html",
        drawings=[drawing] if drawing else [],
        drawing=drawing,
        q=q,
        found=found,
        read_as=read_as(texts, found),
        speaker=_one_speaker(found),
        scope=found.interpretation.filter.scope,
        views=claim_views(session, claims),
        speakers=speakers_in(claims),
        articles=articles_by_ids(session, {claim.article_id for claim in claims}),
        cursor=cursor,
    )


def _one_speaker(found: Answer) -> str | None:
    """The name of the one actor that was asked about."""
    speaker = found.interpretation.speaker
    return speaker.actors[0].name if speaker and len(speaker.actors) == 1 else None


def _rows(session: Session, claims: tuple[ClaimRecord, ...]) -> Subgraph:
    """What a picture of these claims, and of those that bear on one another with them, is drawn from."""
    tied = {relation.claim_id for claim in claims for relation in (*claim.relations, *claim.responses)}
    beside = claims_by_ids(session, tied - {claim.id for claim in claims})
    claims += tuple(beside)
    named = {speaker.id for claim in claims for speaker in claim.speakers}
    named |= {target.actor.id for claim in claims for target in claim.targets}
    return Subgraph(claims, tuple(actors_by_ids(session, named)), ())


def _drawing(request: Request, rows: Subgraph) -> Drawing | None:
    from app.web.pictures import actors_drawn

    return actors_drawn(request, rows, most=_PICTURED_ACTORS)


def _examples(texts: Texts, pairs: Sequence[WhoWhom]) -> list[str]:
    """Questions that what is stored answers; general ones while nothing is."""
    if not pairs:
        return list(load_vocabularies()[texts.language].words.examples)
    first = pairs[0]
    found = [
        texts("example.says", speaker=first.speaker_name),
        texts("example.about", speaker=first.speaker_name, target=first.target_name),
    ]
    for act in (Act.ACCUSATION, Act.DENIAL, Act.CRITICISM):
        pair = next((pair for pair in pairs if act in pair.acts), None)
        if pair:
            found.append(texts(f"example.{act}", speaker=pair.speaker_name, target=pair.target_name))
    return found
