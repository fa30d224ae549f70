"""Which format bytes are in, by what stands in them; file names are not asked."""

from __future__ import annotations

import codecs
import json
import re
import zlib
from enum import StrEnum
from typing import Any

from app.errors import InputError, NotText, UnknownFormat
from app.formats.documents import parse_json
from app.formats.signs import GZIP, JSON_FEED_VERSION, is_ninjs
from app.formats.text import decode_text


class Format(StrEnum):
    """The formats that articles come in."""

    TEXT = "text"
    HTML = "html"
    NINJS = "ninjs"
    NEWSML = "newsml"
    FEED = "feed"
    JSON_FEED = "json-feed"
    JSON_LINES = "json-lines"
    ARTICLE = "article"
    DOCUMENTS = "documents"


READ = "text, HTML, ninjs, NewsML-G2, RSS, Atom, JSON Feed, and JSON with a text"
"""What is read, for people."""

# A media type that leaves no question what is meant. The rest (JSON, XML, none) is told by what is inside.
_TOLD = {
    "text/plain": Format.TEXT,
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "application/ninjs+json": Format.NINJS,
    "application/vnd.iptc.ninjs+json": Format.NINJS,
    "application/feed+json": Format.JSON_FEED,
    "application/rss+xml": Format.FEED,
    "application/atom+xml": Format.FEED,
    "application/rdf+xml": Format.FEED,
    "application/vnd.iptc.g2.newsitem+xml": Format.NEWSML,
    "application/vnd.iptc.g2.newsmessage+xml": Format.NEWSML,
    "application/vnd.iptc.g2.packageitem+xml": Format.NEWSML,
    "application/x-ndjson": Format.JSON_LINES,
    "application/jsonl": Format.JSON_LINES,
    "application/x-jsonlines": Format.JSON_LINES,
}
_TOLD_BY_WHAT_IS_INSIDE = ("application/json", "text/json", "application/xml", "text/xml")
MEDIA_TYPES = (*_TOLD, *_TOLD_BY_WHAT_IS_INSIDE)
"""Every media type that is read."""

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# How far to look for what a document opens with, past its prolog.
_HEAD_BYTES = 64 * 1024
# No text opens like this: a bracket and, right after it, what only JSON has there.
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]\"])")
_PROLOG = re.compile(
    r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|(?P<doctype><!DOCTYPE\s+(?P<name>[\w:.-]+)[^>\[]*(?:\[.*?\]\s*)?>)\s*)*",
    re.I | re.S,
)
# A piece of a page may stand in anything; a whole one begins so.
_PAGE = re.compile(r"\s*(?:<\?xml.*?\?>\s*)?(?:<!--.*?-->\s*)*<(?:!DOCTYPE\s+html|html)\b", re.I | re.S)
_ELEMENT = re.compile(r"<(?:[\w.-]+:)?(?P<name>[A-Za-z][\w.-]*)(?=[\s/>])")
_HTML_NAMES = """
html head body article main section div p h1 h2 h3 h4 blockquote span a b i em strong ul ol table header meta title
link script style center font img figure br
"""
_HTML = frozenset(_HTML_NAMES.split())
_ROOTS = {
    "rss": Format.FEED,
    "feed": Format.FEED,
    "rdf": Format.FEED,
    "newsitem": Format.NEWSML,
    "newsmessage": Format.NEWSML,
    "packageitem": Format.NEWSML,
}


def detect(data: bytes, content_type: str | None = None, source: str = "body") -> Format:
    """The format of ``data``. A ``content_type`` that names one format is believed, unless the data is unmistakably
    another; what is called plain text is plain text. JSON and XML are looked into.

    What cannot be told for sure is plain text. Raises `NotText` for binary data naming the byte, `UnknownFormat` for
    JSON and XML that hold no article we can read, and `InputError` with line and column for what is plainly meant as
    JSON and is none. ``source`` names the data in errors.
    """
    media_type = (content_type or "").partition(";")[0].strip().lower()
    if media_type in _TOLD:
        told = _TOLD[media_type]
        return told if told is Format.TEXT else _unmistakable(data, told)
    if data.startswith(GZIP):
        return _packed(data, source)
    head = _head(data, source)
    is_json = media_type.endswith(("/json", "+json")) and not head.lstrip().startswith("<")
    if is_json or _JSON.match(head):
        return _json(data, head, source, is_told=is_json)
    return _marked_up(head, source, is_told=media_type.endswith(("/xml", "+xml")))


def _unmistakable(data: bytes, told: Format) -> Format:
    """What the data is without doubt, whatever it is called: servers name the wrong format more often than none."""
    if data.startswith(GZIP):
        return told
    try:
        head = _head(data, "")
        if _JSON.match(head):
            found = _json(data, head, "", is_told=False)
            # Each line of an archive may be an item, and an archive may have one line.
            return told if told is Format.JSON_LINES and found is not Format.JSON_FEED else found
        found = _marked_up(head, "", is_told=False)
    except InputError:
        return told
    is_page = found is Format.HTML and _PAGE.match(head) is not None
    return found if is_page or found in (Format.FEED, Format.NEWSML) else told


def is_marked(head: bytes) -> bool:
    """Whether data that begins so may be anything but plain text; for hosts that read a file in pieces."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            head = head[len(mark) :].decode(encoding, "replace").encode("utf-8", "replace")
            break
    return head.startswith(GZIP) or head.lstrip()[:1] in (b"<", b"{", b"[")


def json_kind(value: Any) -> Format | None:
    """What a JSON value holds; ``None`` where it is nothing that articles come in."""
    if isinstance(value, list):
        kinds = {json_kind(each) for each in value}
        if len(kinds) == 1 and kinds <= {Format.NINJS, Format.ARTICLE, Format.DOCUMENTS}:
            return kinds.pop()
        # What the list's own reader says of it is more precise.
        return Format.DOCUMENTS if Format.DOCUMENTS in kinds or not value else None
    if not isinstance(value, dict):
        return None
    version = value.get("version")
    if isinstance(version, str) and version.startswith(JSON_FEED_VERSION):
        return Format.JSON_FEED
    if "doc_id" in value:
        return Format.DOCUMENTS
    if is_ninjs(value):
        return Format.NINJS
    return Format.ARTICLE if "text" in value else None


def _head(data: bytes, source: str) -> str:
    """The beginning as text, good enough to look for ASCII in; raises `NotText` for binary data."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) : _HEAD_BYTES].decode(encoding, "replace")
    if found := _BINARY.search(data, 0, _HEAD_BYTES):
        raise NotText(f"{source}: binary data, not text: byte 0x{found[0][0]:02x} at offset {found.start()}")
    return data[:_HEAD_BYTES].decode("utf-8", "replace")


def _packed(data: bytes, source: str) -> Format:
    """An archive of JSON lines may be packed; nothing else."""
    try:
        head = zlib.decompressobj(wbits=31).decompress(data[:_HEAD_BYTES], 256)
    except zlib.error as error:
        raise NotText(f"{source}: packed with gzip and damaged: {error}") from None
    if not head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        raise UnknownFormat(f"{source}: packed with gzip, which only archives of JSON lines may be; unpack it first")
    return Format.JSON_LINES


def _json(data: bytes, head: str, source: str, *, is_told: bool) -> Format:
    first, _, rest = head.strip().partition("\n")
    if rest.strip() and _is_object(first):
        return Format.JSON_LINES
    value = parse_json(decode_text(data, source), source)
    kind = json_kind(value)
    if kind is None:
        raise UnknownFormat(f"{source}: JSON that holds no article; read are {READ}")
    return kind


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _marked_up(head: str, source: str, *, is_told: bool) -> Format:
    prolog = _PROLOG.match(head)
    start = prolog.end() if prolog else 0
    is_xml = is_told or head.lstrip().startswith("<?xml")
    element = _ELEMENT.match(head, start)
    if element is None:
        if is_told:
            raise InputError(f"{source}: not XML: it does not open with an element")
        is_page = prolog is not None and (prolog["name"] or "").lower() == "html"
        return Format.HTML if is_page else Format.TEXT
    name = element["name"].lower()
    if name in _ROOTS:
        return _ROOTS[name]
    if name in _HTML:
        return Format.HTML
    if is_xml:
        raise UnknownFormat(f"{source}: XML with the root element <{element['name']}>; read are {READ}")
    return Format.TEXT
