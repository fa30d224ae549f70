"""Article pages: what came in, and its text with every claim highlighted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from app.domain.access import Scope
from app.domain.correction import Correction
from app.domain.record import ClaimFilter, ClaimRecord
from app.domain.version import Standing
from app.errors import NotFound
from app.storage.articles import Status, get_article, list_articles, statuses
from app.storage.carried import not_carried
from app.storage.claims import list_claims
from app.storage.engine import Session
from app.storage.history import list_corrections
from app.storage.lineage import history
from app.web.dependencies import Cursor, Id, Reading
from app.web.markup import Mark, Pieces, lines, nested
from app.web.palette import Voice, key_of, voices
from app.web.portions import Portion, portions
from app.web.rendering import require, respond
from app.web.routing import PageRoute
from app.web.standing import Desk, Faults, blank_desk, desk

router = APIRouter(route_class=PageRoute, include_in_schema=False)

_A_PAGE = 30
# More claims than any article has; the rest of a longer one is read from the list of claims.
_MOST_CLAIMS = 1000
# The newest ones; the interface tells more.
_VERSIONS = 8
_CORRECTIONS = 20
# The longest text that may be set in parts of some thousand characters each.
_MOST_PARTS = 100_000

NEW = "new"
"""In place of a claim's id: the form that writes a claim."""


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
def show(
    request: Request,
    session: Reading,
    article_id: str,
    part: Annotated[int, Query(ge=1, le=_MOST_PARTS)] = 1,
    at: Id = None,
    edit: Id = None,
) -> Response:
    """One article with its claims and its other versions; while it waits to be read, how far it has come.

    A long one comes in parts: ``part``, or the one in which the claim ``at`` begins. ``edit`` opens the form that puts
    a claim right, ``new`` the one that writes one.
    """
    if edit is not None:
        require(request, Scope.WRITE)
    return article_page(request, session, article_id, part=part, at=at, editing=edit)


def article_page(
    request: Request,
    session: Session,
    article_id: str,
    *,
    part: int = 1,
    at: str | None = None,
    editing: str | None = None,
    faults: Faults | None = None,
) -> Response:
    """The page of an article, with the form for the claim ``editing`` (`NEW` for one to be written) and its faults."""
    article = get_article(session, article_id)
    versions = history(session, article_id, _VERSIONS)
    waits = article.status in (Status.QUEUED, Status.PROCESSING)
    claims = list_claims(session, ClaimFilter(article=article_id), limit=_MOST_CLAIMS).items
    found = voices(claims)
    highlights = [
        Highlight(claim, number, found[key_of(claim)].look)
        for number, claim in enumerate(sorted(claims, key=lambda claim: claim.content[0].start), start=1)
    ]
    edited = next((claim for claim in claims if claim.id == editing), None)
    shown = _portion(article.text, claims, part, edited.id if edited else at)
    here = [each for each in highlights if shown.start <= each.claim.content[0].start < shown.end]
    return respond(
        request,
        "article.html",
        status=422 if faults else 200,
        article=article,
        waits=waits,
        portion=shown,
        paragraphs=_paragraphs(article.text, shown, highlights),
        claim_count=len(claims),
        highlights=here,
        numbers={highlight.claim.id: highlight.number for highlight in highlights},
        voices=_heard(found.values(), here),
        versions=versions if len(versions) > 1 else (),
        current=next((each.article for each in versions if each.article.standing is Standing.IN_FORCE), None),
        not_carried=not_carried(session, article_id),
        newer=next((each.article for each in versions if each.article.standing is Standing.PENDING), None),
        editing=edited.id if edited else editing if editing == NEW and not waits else None,
        desk=_desk(request, session, article_id, editing, edited, faults),
        by_hand=_by_hand(session, article_id),
    )


def _desk(
    request: Request,
    session: Session,
    article_id: str,
    editing: str | None,
    edited: ClaimRecord | None,
    faults: Faults | None,
) -> Desk | None:
    if edited is not None:
        return desk(request, session, edited, faults)
    return blank_desk(request, session, article_id, faults) if editing == NEW else None


def _portion(text: str, claims: Sequence[ClaimRecord], part: int, at: str | None) -> Portion:
    """The portion of the text to show: the one in which the claim ``at`` begins, else the ``part``-th."""
    found = portions(text, [(claim.content[0].start, claim.content[-1].end) for claim in claims])
    start = next((claim.content[0].start for claim in claims if claim.id == at), None)
    if start is not None:
        return next(each for each in found if each.start <= start < each.end)
    if part > len(found):
        raise NotFound(f"the article has {len(found)} parts")
    return found[part - 1]


def _heard(voices: Iterable[Voice], highlights: Sequence[Highlight]) -> list[Voice]:
    """Those of the voices that make one of these claims."""
    here = {key_of(each.claim) for each in highlights}
    return [voice for voice in voices if tuple(ref.id for ref in voice.actors) in here]


def _by_hand(session: Session, article_id: str) -> list[Correction]:
    """The newest corrections of the article's claims; those of claims that are gone stand nowhere else on the page."""
    return list(list_corrections(session, limit=_CORRECTIONS, article_id=article_id).items)


@router.get("/articles/{article_id}/status")
def status(session: Reading, article_id: str) -> Response:
    """The status of an article, for a page that waits for it."""
    found = statuses(session, [article_id])
    if article_id not in found:
        raise NotFound(f"no article {article_id}")
    return JSONResponse({"status": found[article_id]}, headers={"Cache-Control": "no-store"})


def _paragraphs(text: str, shown: Portion, highlights: list[Highlight]) -> list[Pieces[Place]]:
    """The lines of that portion of the text, each with the claims in it. Together they are all of its characters."""
    marks = [
        Mark(part.start, part.end, Place(each, leads=number == 0))
        for each in highlights
        for number, part in enumerate(each.claim.content)
        if part.start < shown.end and shown.start < part.end
    ]
    places = [(shown.start + start, shown.start + end) for start, end in lines(text[shown.start : shown.end])]
    return [nested(text, start, end, marks) for start, end in places]
