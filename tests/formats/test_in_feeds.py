"""RSS, Atom and JSON Feed: an article an item, from what stands in the feed alone."""

from __future__ import annotations

import json
import re
import socket
from datetime import datetime
from typing import Any

import pytest

from app.errors import EmptyText, InputError
from app.formats import feeds, json_feed
from tests.formats.newsroom_files import sample


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that a feed links to is ever asked for."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)


def rss(items: str, channel: str = "", attributes: str = "") -> bytes:
    return f'<rss version="2.0" {attributes}><channel><title>Bladet</title>{channel}{items}</channel></rss>'.encode()


def test_rss() -> None:
    full, short = [delivery.article for delivery in feeds.read(sample("rss.xml"), "f")]
    assert full.text.split("\n") == [
        "Försvarsmakten förnekar att den har stoppat vindkraften i Östersjön.",
        "– Vi har svarat på allt vi har fått in, säger talespersonen Karin\N{NO-BREAK SPACE}Löf.",
        "Svensk Havsvind anklagar myndigheten för att fördröja projekten.",
    ]
    assert (full.title, full.byline) == ("Försvarsmakten nekar till stopp & fördröjning", "Maja Östberg")
    assert (full.uri, full.version, full.agency, full.language) == ("skp-1", None, "Skärgårdsposten", "sv")
    assert full.published_at == datetime.fromisoformat("2026-03-04T09:00:00+01:00")
    assert (
        short.text
        == "Riksbanken varnar för att inflationen stiger i sommar.\nFinansdepartementet delar inte bedömningen."
    )
    assert (short.uri, short.byline) == ("https://skargardsposten.example/nyheter/2", "Erik Sandahl")


def test_atom() -> None:
    xhtml, html, summary = [delivery.article for delivery in feeds.read(sample("atom.xml"), "f")]
    assert xhtml.title == "Regionrådet kräver besked"
    assert xhtml.text.split("\n")[1] == "– Staten har lovat pengar som inte kommer, säger hon."
    assert (xhtml.uri, xhtml.version) == ("tag:regionkusten.example,2026:press/17", "2026-03-04T09:30:00+01:00")
    assert xhtml.published_at == datetime.fromisoformat("2026-03-04T08:00:00+01:00")
    assert (xhtml.byline, html.byline, summary.byline) == ("Region Kusten", "Ola Brink", "Region Kusten")
    assert (
        html.text == "Trafikverket avvisar kritiken.\n”Pengarna är utbetalade”, skriver generaldirektören Stina Hall."
    )
    assert summary.text == "Rederiet uppger att färjan är tillbaka på måndag."
    assert {article.agency for article in (xhtml, html, summary)} == {"Regionens pressmeddelanden"}


def test_json_feed() -> None:
    html, plain = [delivery.article for delivery in json_feed.read(sample("feed.json"), "f")]
    assert html.text.split("\n")[1] == "– Vi har inte fått betalt sedan i november, säger vd:n Sven Roos."
    assert (html.byline, html.version) == ("Ola Brink, Lo Ek", "2026-03-05T08:00:00+01:00")
    assert plain.text == "Regionen förnekar att avtalet har brutits.\n– Fakturan är betald, säger Ulla Frid."
    assert (plain.uri, plain.byline, plain.agency, plain.language) == ("12", "Redaktionen", "Kustradion", "sv")


def test_rss_of_the_first_version() -> None:
    data = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Bladet</title><dc:language>sv</dc:language></channel>
        <item rdf:about="urn:1"><description>Bo sade ja.</description><dc:date>2026-03-04</dc:date></item>
        </rdf:RDF>"""
    (delivery,) = feeds.read(data, "f")
    article = delivery.article
    assert (article.text, article.uri, article.agency) == ("Bo sade ja.", "urn:1", "Bladet")
    assert article.published_at == datetime.fromisoformat("2026-03-04T00:00:00+00:00")


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("<description>Bo sade ja.</description>", "Bo sade ja."),
        ("<description>Bo sade &amp;quot;ja&amp;quot;.</description>", 'Bo sade "ja".'),
        ("<description>Bo sade&nbsp;ja.</description>", "Bo sade\N{NO-BREAK SPACE}ja."),
        ("<description><![CDATA[<p>A.</p><p>B.</p>]]></description>", "A.\nB."),
        ("<title>Rubrik</title><description>&lt;h2&gt;Rubrik&lt;/h2&gt;&lt;p&gt;A.&lt;/p&gt;</description>", "A."),
        ('<m:description xmlns:m="urn:m">Nej.</m:description><description>Ja.</description>', "Ja."),
    ],
)
def test_descriptions(item: str, text: str) -> None:
    assert feeds.read(rss(f"<item>{item}</item>"), "f")[0].article.text == text


@pytest.mark.parametrize(
    ("data", "error", "told"),
    [
        (b"<rss><channel>", InputError, "f: not well-formed XML"),
        (b"<rss/>", InputError, "f: no channel in the feed"),
        (b"<opml/>", InputError, "f: a feed opens with <rss> or <feed>, this document with <opml>"),
        (rss(""), EmptyText, "f: no item of the feed has content or a description"),
        (rss("<item><title>Bara rubrik</title></item>"), EmptyText, "f: no item of the feed has content"),
        (
            rss("\n<item><description>A.</description><pubDate>snart</pubDate></item>"),
            InputError,
            "f: item in line 2: its publication date must be a date and time (ISO 8601 or RFC 822), got 'snart'",
        ),
        (
            rss("<item><description>A.</description><guid>" + "x" * 2001 + "</guid></item>"),
            InputError,
            "f: item in line 1: uri has 2001 characters; the limit is 2000",
        ),
        (
            b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><summary>A.</summary><updated>x</updated></entry></feed>',
            InputError,
            "f: entry in line 1: its publication date must be",
        ),
    ],
)
def test_feeds_that_are_refused(data: bytes, error: type[InputError], told: str) -> None:
    with pytest.raises(error, match=re.escape(told)):
        feeds.read(data, "f")


@pytest.mark.parametrize(
    ("feed", "error", "told"),
    [
        (["x"], InputError, "f: a JSON Feed is an object with a list of items"),
        ({"items": {}}, InputError, "f: a JSON Feed is an object with a list of items"),
        ({"items": []}, EmptyText, "f: no item of the feed has content or a summary"),
        ({"items": ["A."]}, InputError, "f: items[0] is no object"),
        ({"items": [{"content_text": 7}]}, InputError, "f: items[0]: content_text must be a string"),
        ({"items": [{"content_text": "A.", "authors": "Bo"}]}, InputError, "f: items[0]: authors must be a list"),
        ({"items": [{"content_text": "A.", "date_published": "x"}]}, InputError, "f: items[0]: date_published must be"),
    ],
)
def test_json_feeds_that_are_refused(feed: Any, error: type[InputError], told: str) -> None:
    with pytest.raises(error, match=re.escape(told)):
        json_feed.read(json.dumps(feed).encode(), "f")
