"""RSS (2.0, 1.0 and kin) and Atom feeds: an article an item, from what stands in the feed. No link is followed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from app.errors import EmptyText, InputError
from app.formats.bodies import without_headline
from app.formats.delivery import Delivery, deliver, first, moment
from app.formats.markup import lines_of, name_of, parse_html, parse_xml

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# RSS in the namespaces of its versions; 2.0 has none.
_RSS = frozenset(("", "http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/"))


def read(data: bytes, source: str, encoding: str | None = None) -> list[Delivery]:
    """The items of a feed with words in them, in the feed's order; those that are a headline alone are left out.

    The text is the item's full content, else its description, a paragraph a line. The ``uri`` is the item's id, else
    its link; the ``version``, where the feed tells it, the time of the last change; the agency is the feed's title.

    Raises `InputError` with line and column where it is no XML, and naming the item and its line where a date is none;
    `EmptyText` where no item holds words.
    """
    root = parse_xml(data, source, encoding)
    name = name_of(root).lower()
    if name == "feed":
        found = _atom(root, source)
    elif name in ("rss", "rdf"):
        found = _rss(root, source)
    else:
        raise InputError(f"{source}: a feed opens with <rss> or <feed>, this document with <{name_of(root)}>")
    deliveries = list(found)
    if not deliveries:
        raise EmptyText(f"{source}: no item of the feed has content or a description")
    return deliveries


def _rss(root: Any, source: str) -> Iterator[Delivery]:
    channel = next((element for element in root if name_of(element) == "channel"), None)
    if channel is None:
        raise InputError(f"{source}: no channel in the feed")
    language = first((_rss_text(channel, "language"), _text(channel, _DC, "language")))
    agency = _rss_text(channel, "title")
    # In RSS 1.0 the items stand beside the channel.
    for item in (element for part in (channel, root) for element in part if name_of(element) == "item"):
        title = _plain(_rss_text(item, "title"), source)
        place = f"{source}: item in line {item.sourceline}"
        content = first((_text(item, _CONTENT, "encoded"), _rss_text(item, "description")))
        text = _html_text(content, title, place)
        if not _has_words(text):
            continue
        yield deliver(
            text,
            place,
            title=title,
            language=first((_text(item, _DC, "language"), language)),
            uri=first((_rss_text(item, "guid"), item.get(f"{{{_rdf_namespace(item)}}}about"), _rss_text(item, "link"))),
            version=None,
            agency=first((_rss_text(item, "source"), agency)),
            byline=first((", ".join(_texts(item, _DC, "creator")), _rss_author(item))),
            published_at=moment(
                first((_rss_text(item, "pubDate"), _text(item, _DC, "date"))), f"{place}: its publication date"
            ),
        )


def _rdf_namespace(item: Any) -> str:
    return item.nsmap.get("rdf") or "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def _rss_author(item: Any) -> str | None:
    """The name in ``anna@tidningen.example (Anna Berg)``, or all of it where no name is set apart."""
    author = _rss_text(item, "author")
    if author and author.endswith(")") and "(" in author:
        return author[author.index("(") + 1 : -1]
    return author


def _atom(root: Any, source: str) -> Iterator[Delivery]:
    agency = _atom_line(root, "title", source)
    for entry in root.iterchildren(f"{{{_ATOM}}}entry"):
        place = f"{source}: entry in line {entry.sourceline}"
        title = _atom_line(entry, "title", place)
        lines = next((found for name in ("content", "summary") if (found := _atom_lines(entry, name, place))), [])
        text = "\n".join(without_headline(lines, title))
        if not _has_words(text):
            continue
        origin = entry.find(f"{{{_ATOM}}}source")
        people = [_text(each, _ATOM, "name") for each in entry.iterchildren(f"{{{_ATOM}}}author")]
        people = people or [_text(each, _ATOM, "name") for each in root.iterchildren(f"{{{_ATOM}}}author")]
        published, updated = _text(entry, _ATOM, "published"), _text(entry, _ATOM, "updated")
        yield deliver(
            text,
            place,
            title=title,
            language=first(each.get(_LANGUAGE) for each in (entry, root)),
            uri=first((_text(entry, _ATOM, "id"), _alternate(entry))),
            version=updated,
            agency=first((_atom_line(origin, "title", place) if origin is not None else None, agency)),
            byline=", ".join(name for name in people if name),
            published_at=moment(first((published, updated)), f"{place}: its publication date"),
        )


def _atom_lines(entry: Any, name: str, place: str) -> list[str]:
    """The lines of a text construct: plain text, HTML written as text, or XHTML."""
    element = entry.find(f"{{{_ATOM}}}{name}")
    if element is None:
        return []
    kind = element.get("type", "text").lower()
    if kind == "xhtml" or kind.endswith("+xml"):
        return lines_of(element)
    value = "".join(element.itertext())
    if "html" in kind:
        tree = parse_html(value, place)
        return lines_of(tree) if tree is not None else []
    if kind == "text" or kind.startswith("text/"):
        return [line.strip() for line in value.splitlines() if line.strip()]
    return []


def _atom_line(element: Any, name: str, place: str) -> str | None:
    return " ".join(_atom_lines(element, name, place)) or None


def _alternate(entry: Any) -> str | None:
    links = entry.iterchildren(f"{{{_ATOM}}}link")
    return first(link.get("href") for link in links if link.get("rel", "alternate") == "alternate")


def _html_text(value: str | None, title: str | None, place: str) -> str:
    if value is None:
        return ""
    tree = parse_html(value, place)
    return "\n".join(without_headline(lines_of(tree), title)) if tree is not None else ""


def _plain(value: str | None, place: str) -> str | None:
    """A title on one line; some feeds write it as HTML."""
    if value is None or not ("<" in value or "&" in value):
        return value
    tree = parse_html(value, place)
    return " ".join(lines_of(tree)) if tree is not None else None


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _rss_text(element: Any, name: str) -> str | None:
    """The text of a child that is RSS's own: ``media:title`` and the like are something else."""
    for child in element:
        if name_of(child) == name and (etree.QName(child).namespace or "") in _RSS:
            return first(["".join(child.itertext()).strip()])
    return None


def _texts(element: Any, namespace: str, name: str) -> list[str]:
    found = ("".join(child.itertext()).strip() for child in element.iterchildren(f"{{{namespace}}}{name}"))
    return [text for text in found if text]


def _text(element: Any, namespace: str, name: str) -> str | None:
    return first(_texts(element, namespace, name))
