"""The form that takes articles, what is wrong said beside its fields, and how far their reading has come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException

from app.domain.access import Scope
from app.domain.article import Article
from app.errors import Conflict, EmptyText, InputError, NotFound, NotText, TextTooLong, UnsupportedLanguage
from app.ingest import check_article, submit
from app.storage.articles import Status, articles_by_ids, statuses
from app.web.arrivals import ENCODINGS, MOST_ARTICLES, MOST_FILES, Submitted, arrived
from app.web.dependencies import Reading
from app.web.rendering import address, require, respond
from app.web.routing import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)

# No character takes more bytes in any of the encodings.
_BYTES_A_CHARACTER = 4
# Room for the other fields and the form's own marks.
_OTHER_BYTES = 65_536
_FIELDS = ("text", "url", "title", "agency", "published", "encoding")
_ENDED = (Status.DONE, Status.FAILED)

# Ids with commas between: an address holds each parameter once.
Waiting = Annotated[str, Query(pattern="^[a-z0-9_]+(,[a-z0-9_]+)*$", max_length=MOST_ARTICLES * 40)]


async def submitted_form(request: Request) -> Submitted:
    """The form in the request, read only as far as an article may be long."""
    limit = request.app.state.settings.max_text_chars * _BYTES_A_CHARACTER + _OTHER_BYTES
    announced = request.headers.get("content-length", "")
    if not announced.isdecimal() or int(announced) > limit:
        # A browser shows an answer only when it could send all it wanted to.
        async for _ in request.stream():
            pass
        return Submitted({}, faults={"file": TextTooLong.slug})
    try:
        async with request.form(max_files=MOST_FILES + 1, max_fields=len(_FIELDS) + 1, max_part_size=limit) as form:
            uploads = [each for each in form.getlist("file") if isinstance(each, UploadFile) and each.filename]
            files = [(str(each.filename), await each.read()) for each in uploads]
            faults = {"file": "too-many-files"} if len(files) > MOST_FILES else {}
            return Submitted(_values(form), files, faults)
    except (MultiPartException, HTTPException) as error:
        # The one of its faults that a person can make.
        is_full = "Too many files" in str(error)
        return Submitted({}, faults={"file": "too-many-files"} if is_full else {"text": InputError.slug})


def _values(form: FormData) -> dict[str, str]:
    return {name: value for name in _FIELDS if isinstance(value := form.get(name, ""), str)}


@router.get("/ingest")
def form(request: Request) -> Response:
    """The empty form; raises `MissingScope` for whoever could not send it."""
    require(request, Scope.WRITE)
    return _form(request, Submitted({}))


@router.post("/ingest")
def take(request: Request, sent: Annotated[Submitted, Depends(submitted_form)]) -> Response:
    """Store the articles and have them read; leads to their page, or back to the form where something is wrong.

    Nothing is stored unless all of them can be.
    """
    articles = arrived(sent, request.app.state.fetcher)
    if not articles or sent.faults:
        return _form(request, sent)
    taken, refused = _stored(request, sent, articles)
    if sent.faults or not taken:
        return _form(request, sent)
    if len(articles) == 1:
        return RedirectResponse(address(request, f"/articles/{taken[0]}"), 303)
    place = address(request, "/ingest/progress", articles=",".join(taken), refused=refused or None)
    return RedirectResponse(place, 303)


def _stored(request: Request, sent: Submitted, articles: Sequence[Article]) -> tuple[list[str], int]:
    """The ids of the stored articles, and how many of several another text stood in the way of."""
    source = "url" if sent.values.get("url") else "file" if sent.files else "text"
    taken, refused = dict[str, None](), 0
    try:
        for article in articles:
            check_article(article, request.app.state.settings.max_text_chars)
    except (EmptyText, TextTooLong, NotText, UnsupportedLanguage) as error:
        sent.faults[source] = error.slug
        return [], 0
    queue = request.app.state.intake.opened()
    for article in articles:
        try:
            article_id, _ = submit(request.app.state.engine, queue, article)
            taken[article_id] = None
        except (Conflict, NotText) as error:
            refused += 1
            if not taken and refused == len(articles):
                sent.faults[source] = error.slug
    return list(taken), refused


@router.get("/ingest/progress")
def progress(
    request: Request, session: Reading, articles: Waiting, refused: Annotated[int, Query(ge=0)] = 0
) -> Response:
    """How far the reading of several articles has come."""
    wanted = dict.fromkeys(articles.split(","))
    found = {each.id: each for each in articles_by_ids(session, set(wanted))}
    shown = [found[article_id] for article_id in wanted if article_id in found]
    if not shown:
        raise NotFound("none of these articles is stored")
    ended = sum(each.status in _ENDED for each in shown)
    return respond(request, "progress.html", articles=shown, ended=ended, refused=refused)


@router.get("/ingest/status")
def status(session: Reading, articles: Waiting) -> Response:
    """The status of several articles, for the page that waits for them."""
    found = statuses(session, set(articles.split(",")))
    return JSONResponse({"statuses": found}, headers={"Cache-Control": "no-store"})


def _form(request: Request, sent: Submitted) -> Response:
    return respond(
        request,
        "ingest.html",
        status=422 if sent.faults else 200,
        values={name: sent.values.get(name, "") for name in _FIELDS},
        faults=sent.faults,
        culprits=sent.culprits if len(sent.files) > 1 else [],
        encodings=ENCODINGS,
        is_fetching=request.app.state.fetcher.is_on,
        limit=request.app.state.settings.max_text_chars,
        most_files=MOST_FILES,
    )
