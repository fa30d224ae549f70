"""Article pages: what came in, and its text with every claim highlighted."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from app.domain.record import ClaimFilter, ClaimRecord
from app.domain.version import Standing
from app.errors import NotFound
from app.storage.articles import Status, get_article, list_articles, statuses
from app.storage.carried import not_carried
from app.storage.claims import list_claims
from app.storage.lineage import history
from app.web.dependencies import Cursor, Reading
from app.web.markup import Mark, Pieces, lines, nested
from app.web.palette import key_of, voices
from app.web.rendering import respond
from app.web.routing import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)

_A_PAGE = 30
# More claims than any article has; the rest of a longer one is read from the list of claims.
_MOST_CLAIMS = 1000
# The newest ones; the interface tells more.
_VERSIONS = 8


@dataclass(frozen=True, slots=True)
class Highlight:
    """A claim in the text of its article: its number there and the classes of its look."""

    claim: ClaimRecord
    number: int
    look: str


@dataclass(frozen=True, slots=True)
class Place:
    """One stretch of a claim's content; ``leads`` says that it is the first."""

    highlight: Highlight
    leads: bool


@router.get("/articles")
def index(request: Request, session: Reading, cursor: Cursor = None) -> Response:
    """All articles, newest first."""
    page = list_articles(session, cursor, _A_PAGE)
    return respond(request, "articles.html", page=page, cursor=cursor)


@router.get("/articles/{article_id}")
def show(request: Request, session: Reading, article_id: str) -> Response:
    """One article with its claims and its other versions; while it waits to be read, how far it has come."""
    article = get_article(session, article_id)
    versions = history(session, article_id, _VERSIONS)
    waits = article.status in (Status.QUEUED, Status.PROCESSING)
    claims = list_claims(session, ClaimFilter(article=article_id), limit=_MOST_CLAIMS).items
    found = voices(claims)
    highlights = [
        Highlight(claim, number, found[key_of(claim)].look)
        for number, claim in enumerate(sorted(claims, key=lambda claim: claim.content[0].start), start=1)
    ]
    return respond(
        request,
        "article.html",
        article=article,
        waits=waits,
        paragraphs=_paragraphs(article.text, highlights),
        highlights=highlights,
        numbers={highlight.claim.id: highlight.number for highlight in highlights},
        voices=list(found.values()),
        versions=versions if len(versions) > 1 else (),
        current=next((each.article for each in versions if each.article.standing is Standing.IN_FORCE), None),
        not_carried=not_carried(session, article_id),
        newer=next((each.article for each in versions if each.article.standing is Standing.PENDING), None),
    )


@router.get("/articles/{article_id}/status")
def status(session: Reading, article_id: str) -> Response:
    """The status of an article, for a page that waits for it."""
    found = statuses(session, [article_id])
    if article_id not in found:
        raise NotFound(f"no article {article_id}")
    return JSONResponse({"status": found[article_id]}, headers={"Cache-Control": "no-store"})


def _paragraphs(text: str, highlights: list[Highlight]) -> list[Pieces[Place]]:
    """The lines of the text, each with the claims in it. Together they are the text, every character of it."""
    marks = [
        Mark(part.start, part.end, Place(each, leads=number == 0))
        for each in highlights
        for number, part in enumerate(each.claim.content)
    ]
    return [nested(text, start, end, marks) for start, end in lines(text)]
