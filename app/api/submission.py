"""Articles out of a request's body, or from the address in it: in any format, and never beyond the limit."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import replace
from enum import Enum, auto
from typing import Annotated, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool

from app.api.dependencies import FetcherOf, SettingsOf
from app.api.schemas.article import AddressIn, ArticleIn, SubmitQuery
from app.domain.article import Article
from app.errors import InputError, NotText, TextTooLong, UnknownFormat
from app.fetching.articles import fetch_articles
from app.fetching.fetcher import AT_ONCE
from app.formats.delivery import Delivery
from app.formats.detect import MEDIA_TYPES, READ, Format, detect, json_kind
from app.formats.readers import read
from app.formats.signs import GZIP
from app.formats.text import decode_text
from app.ingest import check_article
from app.settings import Settings

In = TypeVar("In", bound=BaseModel)

# Who waits for a server elsewhere waits outside the threads that answer requests here.
_FETCHING = CapacityLimiter(AT_ONCE)
# No character takes more bytes than this in UTF-8, and in JSON escapes text in Latin letters takes less on average.
_BYTES_A_CHARACTER = 4
# Room for the metadata beside the text.
_OTHER_BYTES = 65_536
# Bytes of which nothing is said: what is inside tells.
_UNSAID = "application/octet-stream"
_CHARSET = re.compile(r"(?:^|;)\s*charset\s*=\s*\"?(?P<charset>[^\s\";]+)", re.IGNORECASE)
# What newsrooms write in; Python knows further "encodings" that are none, such as base64.
_ENCODINGS = frozenset({"utf-8", "utf-16", "utf-16-le", "utf-16-be", "iso8859-1", "iso8859-15", "cp1252", "ascii"})
_LANGUAGE = re.compile("[a-z]{2}")
_DESCRIBED = ("title", "language", "uri", "version", "agency", "byline", "published_at")


async def submitted_article(
    request: Request, query: Annotated[SubmitQuery, Query()], settings: SettingsOf, fetcher: FetcherOf
) -> Delivery:
    """The article in the request, or at the address in it; or word that its sender withdraws it.

    Raises `UnknownFormat` for a media type that nobody reads, `NotText` naming the byte for bytes that are no text,
    `EmptyText`, `TextTooLong` (as soon as it is, whatever follows), `UnsupportedLanguage`, and `InputError` for a body
    that is broken or holds several articles. For an address as `Fetcher.fetch` does.
    """
    media_type, charset = _media_type(request)
    data = await whole_body(request, longest_body(settings))
    if not media_type:
        media_type = await run_in_threadpool(_told_by_content, data)
    described = {name: value for name in _DESCRIBED if (value := getattr(query, name)) is not None}
    withdrawn = False
    if media_type == "text/plain":
        article = Article(text=decode_text(data, "body", charset or "utf-8"), **described)
    elif media_type == "application/json" and (kind := await run_in_threadpool(_kind, data)) is not _Kind.FOREIGN:
        _nothing_beside(query)
        if kind is _Kind.ADDRESS:
            address = _from_json(data, AddressIn)
            found = await to_thread.run_sync(fetch_articles, fetcher, address.url, limiter=_FETCHING)
            delivery = _only(found, address.url)
            article, withdrawn = replace(delivery.article, **address.described()), delivery.withdrawn
        else:
            article = _from_json(data, ArticleIn).article()
    else:
        # Off the event loop: a long page takes seconds.
        delivery = _only(await run_in_threadpool(_read, data, media_type, charset), "body")
        article, withdrawn = replace(delivery.article, **described), delivery.withdrawn
    if not withdrawn:
        # What is withdrawn often comes without a text, and is never read.
        check_article(article, settings.max_text_chars)
    return Delivery(article, withdrawn=withdrawn)


async def submitted_deliveries(request: Request, settings: SettingsOf) -> list[Delivery]:
    """All articles in the request, in whatever format. Raises as `submitted_article` does, but takes several."""
    media_type, charset = _media_type(request)
    data = await whole_body(request, longest_body(settings))
    return await run_in_threadpool(_read, data, media_type or None, charset)


def longest_body(settings: Settings) -> int:
    """How many bytes a body may have: those of the longest article in any encoding, and of what is told of it."""
    return settings.max_text_chars * _BYTES_A_CHARACTER + _OTHER_BYTES


def _read(data: bytes, media_type: str | None, charset: str | None) -> list[Delivery]:
    if data.startswith(GZIP):
        # What it unpacks to has no bound; archives go through the command line.
        raise UnknownFormat("the body is compressed; send it as it is")
    return read(data, "body", media_type, charset)


def _only(delivered: list[Delivery], source: str) -> Delivery:
    if len(delivered) > 1:
        raise InputError(f"{source}: {len(delivered)} articles; POST /v1/deliveries takes several")
    return delivered[0]


class _Kind(Enum):
    """What JSON holds: our own article, its address, or a newsroom's own format."""

    ARTICLE = auto()
    ADDRESS = auto()
    FOREIGN = auto()


def _told_by_content(data: bytes) -> str:
    """The media type of what came without one."""
    form = detect(data)
    if form is Format.TEXT:
        return "text/plain"
    return "application/json" if form in (Format.ARTICLE, Format.NINJS, Format.JSON_FEED) else _UNSAID


def _kind(data: bytes) -> _Kind:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return _Kind.ARTICLE
    if json_kind(value) in (Format.NINJS, Format.JSON_FEED):
        return _Kind.FOREIGN
    return _Kind.ADDRESS if isinstance(value, dict) and "url" in value and "text" not in value else _Kind.ARTICLE


def _media_type(request: Request) -> tuple[str, str | None]:
    """Media type and, where it is told, the encoding of the body; an empty media type where nothing is said of it."""
    if request.headers.get("content-encoding", "identity") != "identity":
        raise UnknownFormat("the body is compressed; send it as it is")
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    media_type = media_type.strip().lower()
    if media_type == _UNSAID or "content-type" not in request.headers:
        media_type = ""
    elif media_type not in MEDIA_TYPES:
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


async def whole_body(request: Request, limit: int) -> bytes:
    """The body of a request; raises `TextTooLong` as soon as it has more bytes than ``limit``."""
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


def _nothing_beside(query: SubmitQuery) -> None:
    misplaced = [name for name in _DESCRIBED if getattr(query, name) is not None]
    if misplaced:
        reason = "with a JSON body this belongs into the body"
        raise RequestValidationError(
            [{"type": "misplaced", "loc": ("query", name), "msg": reason} for name in misplaced]
        )


def _from_json(data: bytes, model: type[In]) -> In:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = f"byte 0x{data[error.start]:02x} at offset {error.start}"
        raise NotText(f"body: JSON is UTF-8, this is not: {place}") from None
    try:
        return model.model_validate_json(data)
    except ValidationError as error:
        raise RequestValidationError(
            [
                {**fault, "loc": ("body", *fault["loc"])}
                for fault in error.errors(include_url=False, include_input=False)
            ]
        ) from None
