"""The form that takes an article: pasted text or a file, with what is wrong said beside the field it is in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException

from app.domain.article import Article
from app.errors import Conflict, EmptyText, InputError, NotText, TextTooLong
from app.formats.text import decode_text
from app.ingest import check_article, submit
from app.web.forms import is_foreign
from app.web.rendering import address, respond
from app.web.routing import PageRoute, error_page

router = APIRouter(route_class=PageRoute, include_in_schema=False)

ENCODINGS = ("utf-8", "windows-1252")
_LONGEST_TITLE, _LONGEST_NAME = 1000, 300
# No character takes more bytes in any of the encodings.
_BYTES_A_CHARACTER = 4
# Room for the other fields and the form's own marks.
_OTHER_BYTES = 65_536
_FIELDS = ("text", "title", "agency", "published", "encoding")


@dataclass(frozen=True, slots=True)
class Submitted:
    """The form as sent: its fields, the bytes of its file, and what is wrong so far, a message key a field."""

    values: Mapping[str, str]
    data: bytes | None = None
    faults: dict[str, str] = field(default_factory=dict)
    is_foreign: bool = False


async def submitted_form(request: Request) -> Submitted:
    """The form in the request, read only as far as an article may be long."""
    if is_foreign(request):
        return Submitted({}, is_foreign=True)
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
    """The empty form."""
    return _form(request, Submitted({}))


@router.post("/ingest")
def take(request: Request, sent: Annotated[Submitted, Depends(submitted_form)]) -> Response:
    """Store the article and have it read; leads to its page, or back to the form where something is wrong."""
    if sent.is_foreign:
        return error_page(request, 403, "cross-site")
    article = _article(sent)
    if article is None or sent.faults:
        return _form(request, sent)
    source = "text" if sent.data is None else "file"
    try:
        check_article(article, request.app.state.settings.max_text_chars)
        article_id, _ = submit(request.app.state.engine, request.app.state.intake.opened(), article)
    except (EmptyText, TextTooLong, NotText, Conflict) as error:
        sent.faults[source] = error.slug
        return _form(request, sent)
    return RedirectResponse(address(request, f"/articles/{article_id}"), 303)


def _article(sent: Submitted) -> Article | None:
    """The article as described; ``None``, with its faults noted, where the text cannot be had."""
    values, faults = sent.values, sent.faults
    if faults:
        return None
    text = values.get("text", "")
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
    for name, longest in (("title", _LONGEST_TITLE), ("agency", _LONGEST_NAME)):
        if len(values.get(name, "")) > longest:
            faults[name] = "field-too-long"
    return Article(
        text=text,
        title=values.get("title", "").strip() or None,
        agency=values.get("agency", "").strip() or None,
        published_at=_published(values.get("published", "").strip(), faults),
    )


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
        limit=request.app.state.settings.max_text_chars,
    )
