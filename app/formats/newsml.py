"""NewsML-G2: news items in XML, alone or in a message, with their text inside as XHTML, NITF or plain text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.errors import EmptyText, InputError
from app.formats.bodies import best_body, without_headline
from app.formats.delivery import Delivery, deliver, first, moment
from app.formats.markup import lines_of, name_of, parse_html, parse_xml
from app.formats.nitf import content_of

NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"
_WITHDRAWN = frozenset(("canceled", "withheld"))
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read(data: bytes, source: str, encoding: str | None = None) -> list[Delivery]:
    """The news items in a document whose root is a ``newsItem`` or a ``newsMessage``.

    Items of a message without text, such as its pictures, are left out as long as one item has text or is withdrawn.
    ``encoding`` goes before what the document says of itself. Raises `InputError` with line and column where it is no
    XML, and naming the item and its line where a part is missing; `EmptyText` where no item has a text inside.
    """
    root = parse_xml(data, source, encoding)
    items = [root] if name_of(root) == "newsItem" else _found(root, "itemSet", "newsItem")
    if not items:
        raise InputError(f"{source}: no newsItem in this <{name_of(root)}>")
    found: list[Delivery] = []
    empty: EmptyText | None = None
    for item in items:
        place = source if item is root else f"{source}: newsItem in line {item.sourceline}"
        try:
            found.append(_read_item(item, place))
        except EmptyText as error:
            empty = empty or error
    if empty is not None and not found:
        raise empty
    return found


def _read_item(item: Any, place: str) -> Delivery:
    uri = item.get("guid")
    if not uri:
        raise InputError(f"{place}: the newsItem in line {item.sourceline} has no guid")
    status = _code(next(iter(_found(item, "itemMeta", "pubStatus")), None))
    title = first((*_texts(item, "contentMeta", "headline"), *_texts(item, "itemMeta", "title")))
    text = _text(item, title, place)
    if not text.strip() and status not in _WITHDRAWN:
        raise EmptyText(f"{place}: no text inside the newsItem {uri} (inlineXML or inlineData)")
    created = first((*_texts(item, "itemMeta", "versionCreated"), *_texts(item, "itemMeta", "firstCreated")))
    return deliver(
        text,
        place,
        title=title,
        language=_language(item),
        uri=uri,
        version=first((item.get("version"), created)),
        agency=_agency(item),
        byline=", ".join(_texts(item, "contentMeta", "by")) or ", ".join(_names(item, "contentMeta", "creator")),
        published_at=moment(created, f"{place}: versionCreated"),
        withdrawn=status in _WITHDRAWN,
    )


def _text(item: Any, title: str | None, place: str) -> str:
    plain: list[str] = []
    marked: list[list[str]] = []
    for body in _found(item, "contentSet", "inlineXML"):
        lines = content_of(body) if "nitf" in _format(body) else lines_of(body)
        marked.append(without_headline(lines, title))
    for body in _found(item, "contentSet", "inlineData"):
        value, kind = "".join(body.itertext()), body.get("contenttype", "text/plain")
        if "html" in kind:
            tree = parse_html(value, place)
            marked.append(without_headline(lines_of(tree), title) if tree is not None else [])
        elif kind.startswith("text/plain"):
            plain.append(value.strip("\r\n"))
    longest = max(marked, key=lambda lines: sum(map(len, lines)), default=None)
    return best_body(max(plain, key=len, default=None), longest)


def _format(body: Any) -> str:
    """What is inside: its media type and the name of its element, for senders that leave the media type out."""
    return f"{body.get('contenttype', '')} {name_of(body[0]) if len(body) else ''}".lower()


def _found(element: Any, *path: str) -> list[Any]:
    """The elements at a path of child names, in any namespace: senders mix the standard's and their own."""
    found = [element]
    for name in path:
        found = [child for each in found for child in each if name_of(child) == name]
    return found


def _texts(item: Any, *path: str) -> list[str]:
    found = (" ".join("".join(element.itertext()).split()) for element in _found(item, *path))
    return [text for text in found if text]


def _names(item: Any, *path: str) -> Iterator[str]:
    """What the parties at a path are called: their name, else the literal or the code they are given by."""
    for party in _found(item, *path):
        name = first((*_texts(party, "name"), party.get("literal"), (party.get("qcode") or "").rpartition(":")[2]))
        if name is not None:
            yield name


def _agency(item: Any) -> str | None:
    return first(
        (
            *_names(item, "itemMeta", "provider"),
            *_names(item, "contentMeta", "infoSource"),
            *_texts(item, "contentMeta", "creditline"),
            *_names(item, "rightsInfo", "copyrightHolder"),
        )
    )


def _language(item: Any) -> str | None:
    told = (element.get("tag") for element in _found(item, "contentMeta", "language"))
    return first((*told, item.get(_LANGUAGE)))


def _code(status: Any) -> str:
    """``canceled`` for ``qcode="stat:canceled"`` and for the full address of that code."""
    if status is None:
        return "usable"
    value: str = status.get("qcode") or status.get("uri") or ""
    return value.replace("/", ":").rpartition(":")[2].lower()
