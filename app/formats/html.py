"""Web pages: the article on them, without menus, teasers and comments, and what the page says of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from configparser import ConfigParser
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import trafilatura
from lxml import etree
from trafilatura.settings import DEFAULT_CONFIG

from app.errors import EmptyText, InputError
from app.formats.bodies import without_headline
from app.formats.delivery import Delivery, deliver, first, fits, language_code, moment
from app.formats.html_encoding import decode_html
from app.formats.markup import lines_of, name_of, parse_html

# It tells of pages it finds nothing on; we say so ourselves.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

# The extractor's own names for parts of a text, and what they were.
_ELEMENTS = {"head": "h2", "item": "li", "lb": "br", "row": "tr", "cell": "td", "quote": "div"}
_PUBLISHED = ("article:published_time", "og:published_time", "datePublished", "dc.date.issued", "dcterms.created")
_MODIFIED = ("article:modified_time", "og:updated_time", "dateModified", "dcterms.modified")
_NEWS = ("Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BlogPosting")
# By the words "extensive search" the finder of dates means guessing from the text.
_DATES = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}


def read(data: bytes, source: str, encoding: str | None = None) -> list[Delivery]:
    """The article on a page. Offsets of claims count into its extracted text, a paragraph a line.

    ``encoding`` is what came with the page; without one it is found (see `decode_html`). The canonical address is the
    ``uri``, and the time of the last change, where the page tells it, the ``version``. Raises `EmptyText` where the
    page holds no article, `NotText` where it is not in its encoding, `InputError` where it is beyond reading.
    """
    tree = parse_html(decode_html(data, source, encoding), source)
    if tree is None:
        raise EmptyText(f"{source}: nothing on the page")
    said = _Said(tree)
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or said.of("og:locale")
    _print_quotations(tree)
    try:
        found = trafilatura.bare_extraction(
            tree, include_comments=False, with_metadata=True, date_extraction_params=_DATES, config=_config()
        )
    except RecursionError:
        raise InputError(f"{source}: elements nested too deeply to be read") from None
    if found is None or isinstance(found, dict) or not (lines := _lines(found.body)):
        raise EmptyText(f"{source}: no article found on the page")
    byline = first((said.author(), found.author))
    title = first((said.of("og:title"), said.news("headline"), found.title))
    return [
        deliver(
            "\n".join(without_headline(lines, title)),
            source,
            title=title,
            language=_known_language(language),
            uri=said.address(),
            version=said.of(*_MODIFIED) or said.news("dateModified"),
            agency=first((said.of("og:site_name"), said.publisher(), found.sitename)),
            byline=byline if byline and fits("byline", byline) else None,
            published_at=_known_moment(said.of(*_PUBLISHED), said.news("datePublished"), found.date),
        )
    ]


@cache
def _config() -> ConfigParser:
    """The extractor's own settings but for one: news in brief are shorter than what it takes for an article.

    Below that size it falls back on all words of the page in one line, menus included; here only where it finds none.
    """
    config = ConfigParser()
    config.read_dict(DEFAULT_CONFIG)
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    return config


class _Said:
    """What a page says of itself: its ``meta`` and ``link`` elements and its JSON-LD."""

    def __init__(self, tree: Any) -> None:
        self._meta: dict[str, str] = {}
        for element in tree.iter("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop")
            content = (element.get("content") or "").strip()
            if name and content:
                self._meta.setdefault(name.strip().lower(), content)
        self._links = [
            element.get("href") for element in tree.iter("link") if "canonical" in (element.get("rel") or "").split()
        ]
        self._news = next(_news(tree), {})

    def of(self, *names: str) -> str | None:
        return first(self._meta.get(name.lower()) for name in names)

    def news(self, name: str) -> str | None:
        value = self._news.get(name)
        return value if isinstance(value, str) else None

    def author(self) -> str | None:
        return first((self.of("author", "article:author_name", "byl"), ", ".join(_names(self._news.get("author")))))

    def publisher(self) -> str | None:
        return first(_names(self._news.get("publisher")))

    def address(self) -> str | None:
        """The canonical address, where it is one on the web."""
        for value in (*self._links, self.of("og:url")):
            try:
                parts = urlsplit((value or "").strip())
            except ValueError:
                continue
            if parts.scheme in ("http", "https") and parts.netloc and fits("uri", parts.geturl()):
                return parts.geturl()
        return None


def _news(tree: Any) -> Iterator[dict[str, Any]]:
    """The articles in the page's JSON-LD; scripts that are no JSON are passed over, as browsers do."""
    for script in tree.iter("script"):
        if script.get("type", "").strip().lower() != "application/ld+json":
            continue
        try:
            value = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        waiting = value if isinstance(value, list) else [value]
        for thing in waiting:
            graph = thing.get("@graph") if isinstance(thing, dict) else None
            for node in graph if isinstance(graph, list) else [thing]:
                if isinstance(node, dict) and not set(_NEWS).isdisjoint(_listed(node.get("@type"))):
                    yield node


def _names(value: Any) -> list[str]:
    named = [each.get("name") if isinstance(each, dict) else each for each in _listed(value)]
    return [name for name in named if isinstance(name, str) and not name.startswith(("http:", "https:"))]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _print_quotations(tree: Any) -> None:
    """Put quotation marks and dashes of speech into the text: the extractor of the main text drops the elements."""
    for element in list(tree.iter("q")):
        element.text = "”" + (element.text or "")
        if len(element):
            element[-1].tail = (element[-1].tail or "") + "”"
        else:
            element.text += "”"
        element.tag = "span"
    for element in list(tree.iter("blockquote")):
        if any(name_of(above) == "blockquote" for above in element.iterancestors()):
            continue
        lines = lines_of(element)
        element.clear(keep_tail=True)
        element.tag = "div"
        for line in lines:
            etree.SubElement(element, "p").text = line


def _lines(body: Any) -> list[str]:
    if body is None:
        return []
    for element in body.iter(*_ELEMENTS):
        element.tag = _ELEMENTS[element.tag]
    return lines_of(body)


def _known_language(tag: str | None) -> str | None:
    try:
        return language_code(tag, "")
    except InputError:
        return None


def _known_moment(*values: str | None) -> datetime | None:
    """The first of ``values`` that is a time; pages hold others."""
    for value in values:
        try:
            found = moment(value, "")
        except InputError:
            continue
        if found is not None:
            return found
    return None
