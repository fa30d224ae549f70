"""Articles out of a request's body, in any format that is read, taken piece by piece and never beyond its limit."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import replace
from typing import Annotated

from fastapi import Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from app.api.dependencies import SettingsOf
from app.api.schemas.article import ArticleIn, SubmitQuery
from app.domain.article import Article
from app.errors import InputError, NotText, TextTooLong, UnknownFormat
from app.formats.delivery import Delivery
from app.formats.detect import MEDIA_TYPES, READ, Format, json_kind
from app.formats.readers import read
from app.formats.signs import GZIP
from app.formats.text import decode_text
from app.ingest import check_article
from app.settings import Settings

# No character takes more bytes than this in UTF-8, and in JSON escapes text in Latin letters takes less on average.
_BYTES_A_CHARACTER = 4
# Room for the metadata beside the text.
_OTHER_BYTES = 65_536
_CHARSET = re.compile(r"(?:^|;)\s*charset\s*=\s*\"?(?P<charset>[^\s\";]+)", re.IGNORECASE)
# What newsrooms write in; Python knows further "encodings" that are none, such as base64.
_ENCODINGS = frozenset({"utf-8", "utf-16", "utf-16-le", "utf-16-be", "iso8859-1", "iso8859-15", "cp1252", "ascii"})
_LANGUAGE = re.compile("[a-z]{2}")
_DESCRIBED = ("title", "language", "uri", "version", "agency", "byline", "published_at")


async def submitted_article(request: Request, query: Annotated[SubmitQuery, Query()], settings: SettingsOf) -> Delivery:
    """The article in the request, or word that its sender withdraws it.

    Raises `UnknownFormat` for a media type that nobody reads, `NotText` naming the byte for bytes that are no text,
    `EmptyText`, `TextTooLong` (as soon as it is, whatever follows), `UnsupportedLanguage`, and `InputError` for a body
    that is broken or holds several articles.
    """
    media_type, charset = _media_type(request)
    data = await _body(request, _limit(settings))
    described = {name: value for name in _DESCRIBED if (value := getattr(query, name)) is not None}
    if media_type == "text/plain":
        article = Article(text=decode_text(data, "body", charset or "utf-8"), **described)
    elif media_type == "application/json" and not await run_in_threadpool(_is_foreign, data):
        article = _from_json(data, query)
    else:
        # Off the event loop: a long page takes seconds.
        delivered = await run_in_threadpool(_read, data, media_type, charset)
        if len(delivered) > 1:
            raise InputError(f"body: {len(delivered)} articles; POST /v1/deliveries takes several")
        article = replace(delivered[0].article, **described)
        if delivered[0].withdrawn:
            # Often without a text, and never read.
            return Delivery(article, withdrawn=True)
    check_article(article, settings.max_text_chars)
    return Delivery(article)


async def submitted_deliveries(request: Request, settings: SettingsOf) -> list[Delivery]:
    """All articles in the request, in whatever format. Raises as `submitted_article` does, but takes several."""
    media_type, charset = _media_type(request)
    return await run_in_threadpool(_read, await _body(request, _limit(settings)), media_type, charset)


def _limit(settings: Settings) -> int:
    return settings.max_text_chars * _BYTES_A_CHARACTER + _OTHER_BYTES


def _read(data: bytes, media_type: str, charset: str | None) -> list[Delivery]:
    if data.startswith(GZIP):
        # What it unpacks to has no bound; archives go through the command line.
        raise UnknownFormat("the body is compressed; send it as it is")
    return read(data, "body", media_type, charset)


def _is_foreign(data: bytes) -> bool:
    """Whether JSON is a newsroom's own format rather than the interface's."""
    try:
        return json_kind(json.loads(data)) in (Format.NINJS, Format.JSON_FEED)
    except (ValueError, RecursionError):
        return False


def _media_type(request: Request) -> tuple[str, str | None]:
    """Media type and, where it is told, the encoding of the body."""
    if request.headers.get("content-encoding", "identity") != "identity":
        raise UnknownFormat("the body is compressed; send it as it is")
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    media_type = media_type.strip().lower()
    if media_type not in MEDIA_TYPES:
        raise UnknownFormat(f"the Content-Type says {media_type or 'nothing'}; read are {READ}")
    found = _CHARSET.search(parameters)
    if found is None:
        return media_type, None
    charset = found["charset"]
    try:
        known = codecs.lookup(charset).name in _ENCODINGS
    except LookupError:
        known = False
    if not known:
        raise NotText(f"body: {charset!r} is none of the encodings taken: {', '.join(sorted(_ENCODINGS))}")
    return media_type, charset


async def _body(request: Request, limit: int) -> bytes:
    announced = request.headers.get("content-length", "")
    too_long = f"the body is over the limit of {limit} bytes"
    if announced.isdecimal() and int(announced) > limit:
        raise TextTooLong(f"{too_long}: {announced} are announced")
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > limit:
            raise TextTooLong(too_long)
        pieces.append(piece)
    return b"".join(pieces)


def _from_json(data: bytes, query: SubmitQuery) -> Article:
    misplaced = [name for name in _DESCRIBED if getattr(query, name) is not None]
    if misplaced:
        reason = "with a JSON body this belongs into the body"
        raise RequestValidationError(
            [{"type": "misplaced", "loc": ("query", name), "msg": reason} for name in misplaced]
        )
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = f"byte 0x{data[error.start]:02x} at offset {error.start}"
        raise NotText(f"body: JSON is UTF-8, this is not: {place}") from None
    try:
        return ArticleIn.model_validate_json(data).article()
    except ValidationError as error:
        raise RequestValidationError(
            [
                {**fault, "loc": ("body", *fault["loc"])}
                for fault in error.errors(include_url=False, include_input=False)
            ]
        ) from None
