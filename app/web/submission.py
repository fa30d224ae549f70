"""The form that takes an article: pasted text, a file or an address, with what is wrong said beside its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException

from app.domain.access import Scope
from app.domain.article import Article
from app.errors import (
    AddressNotAllowed,
    Conflict,
    EmptyText,
    InputError,
    NotText,
    TextTooLong,
    UnknownFormat,
    UnsupportedLanguage,
    UpstreamFailed,
)
from app.fetching.articles import fetch_articles
from app.fetching.fetcher import Fetcher
from app.formats.text import decode_text
from app.ingest import check_article, submit
from app.web.rendering import address, require, respond
from app.web.routing import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)

ENCODINGS = ("utf-8", "windows-1252")
_LONGEST_TITLE, _LONGEST_NAME = 1000, 300
# No character takes more bytes in any of the encodings.
_BYTES_A_CHARACTER = 4
# Room for the other fields and the form's own marks.
_OTHER_BYTES = 65_536
_FIELDS = ("text", "url", "title", "agency", "published", "encoding")
# What is said beside the address; a fault of the server asked is no fault of the form, and yet nothing to be done here.
_ADDRESS_FAULTS = (
    AddressNotAllowed, UpstreamFailed, TextTooLong, NotText, EmptyText, UnknownFormat, UnsupportedLanguage
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Submitted:
    """The form as sent: its fields, the bytes of its file, and what is wrong so far, a message key a field."""

    values: Mapping[str, str]
    data: bytes | None = None
    faults: dict[str, str] = field(default_factory=dict)


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
        async with request.form(max_files=1, max_fields=len(_FIELDS) + 1, max_part_size=limit) as form:
            upload = form.get("file")
            data = await upload.read() if isinstance(upload, UploadFile) and upload.filename else None
            return Submitted(_values(form), data)
    except MultiPartException:
        return Submitted({}, faults={"text": InputError.slug})


def _values(form: FormData) -> dict[str, str]:
    return {name: value for name in _FIELDS if isinstance(value := form.get(name, ""), str)}


@router.get("/ingest")
def form(request: Request) -> Response:
    """The empty form; raises `MissingScope` for whoever could not send it."""
    require(request, Scope.WRITE)
    return _form(request, Submitted({}))


@router.post("/ingest")
def take(request: Request, sent: Annotated[Submitted, Depends(submitted_form)]) -> Response:
    """Store the article and have it read; leads to its page, or back to the form where something is wrong."""
    article = _article(sent, request.app.state.fetcher)
    if article is None or sent.faults:
        return _form(request, sent)
    source = "url" if sent.values.get("url") else "text" if sent.data is None else "file"
    try:
        check_article(article, request.app.state.settings.max_text_chars)
        article_id, _ = submit(request.app.state.engine, request.app.state.intake.opened(), article)
    except (EmptyText, TextTooLong, NotText, Conflict, UnsupportedLanguage) as error:
        sent.faults[source] = error.slug
        return _form(request, sent)
    return RedirectResponse(address(request, f"/articles/{article_id}"), 303)


def _article(sent: Submitted, fetcher: Fetcher) -> Article | None:
    """The article as described; ``None``, with its faults noted, where the text cannot be had."""
    values, faults = sent.values, sent.faults
    if faults:
        return None
    text, url = values.get("text", ""), values.get("url", "").strip()
    if url and (sent.data is not None or text.strip()):
        faults["url"] = "one-alone"
        return None
    if url:
        fetched = _fetched(url, fetcher, faults)
        return _described(fetched, values, faults) if fetched else None
    if sent.data is None and not text.strip():
        faults["text"] = "nothing-sent"
        return None
    if sent.data is not None and text.strip():
        faults["file"] = "both-sent"
        return None
    if sent.data is not None:
        encoding = values.get("encoding") or ENCODINGS[0]
        try:
            text = decode_text(sent.data, "file", encoding if encoding in ENCODINGS else ENCODINGS[0])
        except (NotText, EmptyText) as error:
            faults["file"] = error.slug
            return None
    else:
        # A browser sends line breaks as CR LF, whatever was pasted; articles have LF.
        text = text.replace("\r\n", "\n")
    return _described(Article(text), values, faults)


def _described(article: Article, values: Mapping[str, str], faults: dict[str, str]) -> Article:
    """The article with what the form says of it, which goes before what the article says itself."""
    for name, longest in (("title", _LONGEST_TITLE), ("agency", _LONGEST_NAME)):
        if len(values.get(name, "")) > longest:
            faults[name] = "field-too-long"
    return replace(
        article,
        title=values.get("title", "").strip() or article.title,
        agency=values.get("agency", "").strip() or article.agency,
        published_at=_published(values.get("published", "").strip(), faults) or article.published_at,
    )


def _fetched(url: str, fetcher: Fetcher, faults: dict[str, str]) -> Article | None:
    """The one article at an address; ``None``, with the fault noted, where there is none to be had."""
    try:
        found = fetch_articles(fetcher, url)
    except _ADDRESS_FAULTS as error:
        faults["url"] = error.slug
    except InputError:
        faults["url"] = "bad-address"
    else:
        if len(found) == 1 and not found[0].withdrawn:
            return found[0].article
        faults["url"] = "no-single-article"
    return None


def _published(day: str, faults: dict[str, str]) -> datetime | None:
    if not day:
        return None
    try:
        moment = datetime.fromisoformat(day)
    except ValueError:
        faults["published"] = "bad-date"
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _form(request: Request, sent: Submitted) -> Response:
    return respond(
        request,
        "ingest.html",
        status=422 if sent.faults else 200,
        values={name: sent.values.get(name, "") for name in _FIELDS},
        faults=sent.faults,
        encodings=ENCODINGS,
        is_fetching=request.app.state.fetcher.is_on,
        limit=request.app.state.settings.max_text_chars,
    )
