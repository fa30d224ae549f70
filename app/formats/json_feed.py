"""JSON Feed 1.0 and 1.1: an article an item. No link is followed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.errors import EmptyText, InputError
from app.formats.bodies import best_body, without_headline
from app.formats.delivery import Delivery, deliver, first, moment
from app.formats.documents import parse_json
from app.formats.markup import lines_of, parse_html
from app.formats.text import decode_text


def read(data: bytes, source: str) -> list[Delivery]:
    """The items of a feed with words in them, in the feed's order; those that are a headline alone are left out.

    The text is the item's plain content or the lines of its HTML (`best_body`), else its summary. The ``uri`` is the
    item's id, the ``version`` the time of its last change, the agency the feed's title. Raises `InputError` naming line
    and column where it is no JSON, and the field of the wrong type; `EmptyText` where no item holds words.
    """
    feed = parse_json(decode_text(data, source), source)
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise InputError(f"{source}: a JSON Feed is an object with a list of items")
    found = list(_items(feed, source))
    if not found:
        raise EmptyText(f"{source}: no item of the feed has content or a summary")
    return found


def _items(feed: dict[str, Any], source: str) -> Iterator[Delivery]:
    for number, item in enumerate(feed["items"]):
        place = f"{source}: items[{number}]"
        if not isinstance(item, dict):
            raise InputError(f"{place} is no object")
        title = _string(item, "title", place)
        text = _text(item, title, place)
        if not any(character.isalnum() for character in text):
            continue
        published, modified = (_string(item, name, place) for name in ("date_published", "date_modified"))
        yield deliver(
            text,
            place,
            title=title,
            language=first((_string(item, "language", place), _string(feed, "language", source))),
            uri=first((_identity(item, place), _string(item, "url", place))),
            version=modified,
            agency=_string(feed, "title", source),
            byline=", ".join(_people(item, place)) or ", ".join(_people(feed, source)),
            published_at=moment(first((published, modified)), f"{place}: date_published"),
        )


def _text(item: dict[str, Any], title: str | None, place: str) -> str:
    html = _string(item, "content_html", place)
    tree = parse_html(html, place) if html is not None else None
    lines = without_headline(lines_of(tree), title) if tree is not None else None
    text = best_body(_string(item, "content_text", place), lines)
    return text if text.strip() else _string(item, "summary", place) or ""


def _identity(item: dict[str, Any], place: str) -> str | None:
    """The id; a number is one too, though the standard wants a string."""
    held = item.get("id")
    return str(held) if isinstance(held, int | float) else _string(item, "id", place)


def _people(value: dict[str, Any], place: str) -> Iterator[str]:
    listed = value.get("authors") if value.get("authors") is not None else [value.get("author")]
    if not isinstance(listed, list):
        raise InputError(f"{place}: authors must be a list of objects")
    for author in listed:
        if isinstance(author, dict) and (name := _string(author, "name", f"{place}: authors")):
            yield name


def _string(value: dict[str, Any], name: str, place: str) -> str | None:
    held = value.get(name)
    if held is not None and not isinstance(held, str):
        raise InputError(f"{place}: {name} must be a string")
    return held
