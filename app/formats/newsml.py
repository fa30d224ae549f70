"""NewsML-G2: news items in XML, alone, in messages or packages, their text inside as XHTML, NITF or plain text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.errors import EmptyText, InputError
from app.formats.bodies import best_body, without_headline
from app.formats.delivery import Delivery, deliver, first, moment
from app.formats.markup import lines_of, name_of, parse_html, parse_xml
from app.formats.newsml_package import found, in_order
from app.formats.nitf import content_of

_NO_TEXT = frozenset(("picture", "graphic", "animation", "audio", "video"))
_WITHDRAWN = frozenset(("canceled", "withheld"))
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read(data: bytes, source: str, encoding: str | None = None) -> list[Delivery]:
    """The news items in a document whose root is a ``newsItem`` or a ``newsMessage``.

    Of a message with packages come first the items that these refer to, in the order of the packages, and of a group of
    alternatives the first that is a text; see `app.formats.newsml_package`. Items without text, such as pictures, are
    left out as long as one item has text or is withdrawn. ``encoding`` goes before what the document says of itself.

    Raises `InputError` with line and column where it is no XML, naming the item and its line where a part is missing or
    wrong, and for a package without its items; `EmptyText` where no item has a text inside.
    """
    root = parse_xml(data, source, encoding)
    if name_of(root) == "newsItem":
        return [_read_item(root, source)]
    items = found(root, "itemSet", "newsItem")
    packages = [root] if name_of(root) == "packageItem" else found(root, "itemSet", "packageItem")
    if not items:
        raise InputError(_nothing(root, packages, source))
    delivered: dict[int, Delivery] = {}
    empty: EmptyText | None = None
    for number, item in enumerate(items):
        guid = f" {item.get('guid')}" if item.get("guid") else ""
        try:
            delivered[number] = _read_item(item, f"{source}: newsItem{guid} in line {item.sourceline}")
        except EmptyText as error:
            empty = empty or error
    if empty is not None and not delivered:
        raise empty
    return [delivered[number] for number in in_order(packages, items, delivered)]


def _nothing(root: Any, packages: list[Any], source: str) -> str:
    """Why there is no article in a message or a package without news items."""
    if not packages:
        return f"{source}: no newsItem in this <{name_of(root)}>"
    package = packages[0]
    count = sum(name_of(element) == "itemRef" for element in package.iter())
    guid = package.get("guid") or f"in line {package.sourceline}"
    return f"{source}: the packageItem {guid} refers to {count} items and holds none; send them in one newsMessage"


def _read_item(item: Any, place: str) -> Delivery:
    uri = item.get("guid")
    if not uri:
        raise InputError(f"{place}: the newsItem in line {item.sourceline} has no guid")
    status = _code(next(iter(found(item, "itemMeta", "pubStatus")), None), "usable")
    kind = _code(next(iter(found(item, "itemMeta", "itemClass")), None), "text")
    title = first((*_texts(item, "contentMeta", "headline"), *_texts(item, "itemMeta", "title")))
    # What stands inside a picture is its caption.
    text = "" if kind in _NO_TEXT else _text(item, title, place)
    if not text.strip() and status not in _WITHDRAWN:
        reason = f"it is a {kind}" if kind in _NO_TEXT else "inlineXML or inlineData"
        raise EmptyText(f"{place}: no text inside the newsItem {uri} ({reason})")
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
    for body in found(item, "contentSet", "inlineXML"):
        lines = content_of(body) if "nitf" in _format(body) else lines_of(body)
        marked.append(without_headline(lines, title))
    for body in found(item, "contentSet", "inlineData"):
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


def _texts(item: Any, *path: str) -> list[str]:
    texts = (" ".join("".join(element.itertext()).split()) for element in found(item, *path))
    return [text for text in texts if text]


def _names(item: Any, *path: str) -> Iterator[str]:
    """What the parties at a path are called: their name, else the literal or the code they are given by."""
    for party in found(item, *path):
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
    told = (element.get("tag") for element in found(item, "contentMeta", "language"))
    return first((*told, item.get(_LANGUAGE)))


def _code(element: Any, default: str) -> str:
    """``canceled`` for ``qcode="stat:canceled"`` and for the full address of that code; ``default`` for none."""
    if element is None:
        return default
    value: str = element.get("qcode") or element.get("uri") or ""
    return value.replace("/", ":").rpartition(":")[2].lower()
