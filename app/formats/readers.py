"""The one way in for every format: bytes to what they deliver."""

from __future__ import annotations

from app.domain.article import Article
from app.errors import InputError
from app.formats.delivery import Delivery
from app.formats.detect import Format, detect
from app.formats.documents import parse_json, read_documents
from app.formats.text import decode_text


def read(data: bytes, source: str, content_type: str | None = None, encoding: str | None = None) -> list[Delivery]:
    """What ``data`` delivers, in its order, one at least.

    ``content_type`` and ``encoding`` are what came with the data; without them it is asked itself. ``source`` names it
    in errors. Raises `InputError` (and its kinds) as `detect` and the format's reader do.
    """
    found = read_as(detect(data, content_type, source), data, source, encoding)
    if not found:
        raise InputError(f"{source}: no article in it")
    return found


def read_as(form: Format, data: bytes, source: str, encoding: str | None = None) -> list[Delivery]:
    """What ``data`` in that format delivers. A text is kept as it is, in UTF-8 where no encoding is given."""
    # Readers are imported when they are used: those of markup take a while, and a server should answer at once.
    if form is Format.TEXT:
        return [Delivery(Article(decode_text(data, source, encoding or "utf-8")))]
    if form is Format.DOCUMENTS:
        return [Delivery(Article(each.text)) for each in read_documents(decode_text(data, source), source)]
    if form is Format.HTML:
        from app.formats import html

        return html.read(data, source, encoding)
    if form is Format.NEWSML:
        from app.formats import newsml

        return newsml.read(data, source, encoding)
    if form is Format.FEED:
        from app.formats import feeds

        return feeds.read(data, source, encoding)
    if form is Format.NINJS:
        from app.formats import ninjs

        return ninjs.read(data, source)
    if form is Format.JSON_FEED:
        from app.formats import json_feed

        return json_feed.read(data, source)
    from app.formats import jsonl

    if form is Format.JSON_LINES:
        return jsonl.read(data, source)
    value = parse_json(decode_text(data, source), source)
    listed = value if isinstance(value, list) else [value]
    places = [f"{source}: entry {number}" for number in range(len(listed))] if listed is value else [source]
    return [jsonl.read_item(item, place) for item, place in zip(listed, places, strict=True)]
