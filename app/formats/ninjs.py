"""News in JSON (IPTC ninjs) 1.x, 2.x and 3.x, and TT's variant of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.errors import EmptyText, InputError
from app.formats.bodies import best_body, without_headline
from app.formats.delivery import Delivery, deliver, first, moment
from app.formats.documents import parse_json
from app.formats.markup import lines_of, parse_html, parse_xml
from app.formats.nitf import content_of
from app.formats.text import decode_text

# Not to be used, or no longer: killed, held back, and TT's word for an item that another one has taken the place of.
_WITHDRAWN = frozenset(("canceled", "withheld", "replaced"))
_STATUSES = _WITHDRAWN | {"usable", "commissioned"}
_BODY = re.compile(r"body_(?P<kind>[a-zA-Z0-9_]+)")
_MARKUP = re.compile(r"\s*<(?:!|\?|[a-zA-Z])")


def read(data: bytes, source: str) -> list[Delivery]:
    """The news item in a JSON document, or the items of a JSON list.

    Raises `InputError` with line and column where it is no JSON, and naming the field that is missing or of the wrong
    type (``bodies[1].value``), `EmptyText` for an item without a body, `NotText` for bytes that are not UTF-8.
    """
    value = parse_json(decode_text(data, source), source)
    if isinstance(value, list):
        return [read_item(item, f"{source}: item {number}") for number, item in enumerate(value)]
    return [read_item(value, source)]


def read_item(value: Any, place: str) -> Delivery:
    """One news item, parsed. ``place`` says in errors where it stands. Raises as `read` does.

    The text is the best body (`best_body`), the title the main headline, the version the item's or else the time it
    was made. Withdrawn is what the sender has canceled, withheld or replaced.
    """
    if not isinstance(value, dict):
        raise InputError(f"{place}: a ninjs item is a JSON object")
    item = _Item(value, place)
    uri = item.string("uri")
    if uri is None or not uri.strip():
        raise InputError(f"{place}: a ninjs item needs a uri")
    status = item.string("pubstatus", "pubStatus")
    if status is not None and status not in _STATUSES:
        raise InputError(f"{place}: pubstatus is {status[:40]!r}; known are {', '.join(sorted(_STATUSES))}")
    title = _headline(item)
    text = _text(item, title)
    if not text.strip() and status not in _WITHDRAWN:
        kind = item.string("type")
        raise EmptyText(f"{place}: no body that is text or HTML in this {kind or 'ninjs'} item")
    created = item.string("versioncreated", "versionCreated")
    return deliver(
        text,
        place,
        title=title,
        language=item.string("language"),
        uri=uri,
        version=first((item.string("version"), created)),
        agency=_agency(item),
        byline=_byline(item),
        published_at=moment(
            first((created, item.string("contentcreated", "contentCreated", "firstcreated", "firstCreated"))),
            f"{place}: versioncreated",
        ),
        withdrawn=status in _WITHDRAWN,
    )


@dataclass(frozen=True, slots=True)
class _Item:
    """An object of the item with its place, whose values are asked for by type."""

    value: dict[str, Any]
    place: str

    def string(self, *names: str) -> str | None:
        """The first of these fields that is there; the names are spellings of several versions of the standard."""
        for name in names:
            held = self.value.get(name)
            if isinstance(held, str):
                return held
            if held is not None:
                raise InputError(f"{self.place}: {name} must be a string, got {_kind(held)}")
        return None

    def objects(self, *names: str) -> Iterator[_Item]:
        for name in names:
            held = self.value.get(name)
            if held is None:
                continue
            if not isinstance(held, list):
                raise InputError(f"{self.place}: {name} must be a list of objects, got {_kind(held)}")
            for number, each in enumerate(held):
                if not isinstance(each, dict):
                    raise InputError(f"{self.place}: {name}[{number}] must be an object, got {_kind(each)}")
                yield _Item(each, f"{self.place}: {name}[{number}]")

    def required(self, name: str) -> str:
        held = self.string(name)
        if held is None:
            raise InputError(f"{self.place}: {name} is missing")
        return held


def _kind(value: Any) -> str:
    kinds = {bool: "a boolean", int: "a number", float: "a number", list: "a list", dict: "an object", str: "a string"}
    return kinds.get(type(value), "null")


def _headline(item: _Item) -> str | None:
    listed = [(each.string("role"), each.required("value")) for each in item.objects("headlines")]
    main = [value for role, value in listed if role == "main"] or [value for _, value in listed]
    headline = first((item.string("headline"), *main, item.string("title")))
    if headline is not None and "<" in headline and _MARKUP.match(headline):
        tree = parse_html(headline, item.place)
        return " ".join(lines_of(tree)) if tree is not None else None
    return headline


def _text(item: _Item, title: str | None) -> str:
    plain: list[str] = []
    marked: list[list[str]] = []
    for kind, value, place in _bodies(item):
        if kind == "plain":
            plain.append(value)
        elif kind == "html":
            tree = parse_html(value, place)
            marked.append(without_headline(lines_of(tree), title) if tree is not None else [])
        else:
            marked.append(content_of(parse_xml(value.encode("utf-8", "replace"), place)))
    # Of several bodies of a kind, such as a short and a long one, the longest holds all claims.
    longest = max(marked, key=lambda lines: sum(map(len, lines)), default=None)
    return best_body(max(plain, key=len, default=None), longest)


def _bodies(item: _Item) -> Iterator[tuple[str, str, str]]:
    """Each body we can read: ``plain``, ``html`` or ``nitf``, its value, its place."""
    for name, value in item.value.items():
        found = _BODY.fullmatch(name) if value is not None else None
        if found and isinstance(value, str) and (kind := _sort(found["kind"], value)):
            yield kind, value, f"{item.place}: {name}"
        elif found and _sort(found["kind"], ""):
            raise InputError(f"{item.place}: {name} must be a string, got {_kind(value)}")
    for body in item.objects("bodies"):
        value = body.required("value")
        told = first((body.string("contenttype", "contentType"), body.string("role"))) or ""
        if kind := _sort(told, value) or ("html" if _MARKUP.match(value) else "plain" if not told else None):
            yield kind, value, body.place


def _sort(told: str, value: str) -> str | None:
    """The kind of a body by what is told of it, a media type or a word; ``None`` for what we do not read."""
    told = told.lower()
    if "html" in told:
        return "html"
    if "nitf" in told:
        return "nitf"
    if "plain" in told or told in ("text", "main", "body"):
        # Some senders call markup text.
        return "html" if _MARKUP.match(value) else "plain"
    return None


def _agency(item: _Item) -> str | None:
    """Who sends it: TT's ``source``, a provider, the sources listed, the holder of the copyright."""
    provider = item.value.get("provider")
    named = provider if isinstance(provider, str) else None
    if isinstance(provider, dict):
        named = _Item(provider, f"{item.place}: provider").string("name", "literal")
    listed = [each.string("name", "literal") for each in item.objects("infosource", "infosources", "infoSources")]
    return first((item.string("source"), named, *listed, item.string("copyrightholder", "copyrightHolder")))


def _byline(item: _Item) -> str | None:
    byline = first((item.string("byline"), item.string("by")))
    if byline is not None:
        return byline
    people = [each.string("byline") for each in item.objects("bylines")]
    return ", ".join(name for name in people if name) or None
