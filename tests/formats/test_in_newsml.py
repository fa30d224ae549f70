"""NewsML-G2: items with XHTML, NITF and plain text inside, messages, kills, and what is wrong with one."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from app.errors import EmptyText, InputError
from app.formats.newsml import NAMESPACE, read
from tests.formats.newsroom_files import sample


def item(inside: str, meta: str = "", attributes: str = 'guid="urn:a"') -> bytes:
    return f'<newsItem xmlns="{NAMESPACE}" {attributes}>{meta}<contentSet>{inside}</contentSet></newsItem>'.encode()


def test_an_item_with_xhtml_inside() -> None:
    (delivery,) = read(sample("newsml.xml"), "f")
    article = delivery.article
    assert article.text.split("\n") == [
        "Sametinget kräver att regeringen stoppar gruvan i Gállok.",
        "– Vi har inte blivit tillfrågade, säger ordföranden Ánne Márjá Kuhmunen.",
        "Bolaget hävdar att samråd har hållits vid fyra tillfällen.",
    ]
    assert article.title == "Sametinget kräver stopp för gruvan"
    assert (article.uri, article.version) == ("urn:newsml:nordwire.example:20260304:gruvan", "2")
    assert (article.agency, article.byline, article.language) == ("Nordwire", "Erik Sandahl", "sv")
    assert article.published_at == datetime.fromisoformat("2026-03-04T10:15:00+01:00")
    assert not delivery.withdrawn


def test_a_message_with_nitf_plain_text_a_picture_and_a_kill() -> None:
    nitf, plain, killed = read(sample("newsml_message.xml"), "f")
    assert nitf.article.text.split("\n") == [
        "Försvarsmakten förnekar att den har stoppat vindkraften i Östersjön.",
        "– Vi har svarat på allt vi har fått in, säger talespersonen Karin Löf.",
        "Elva projekt",
        "Svensk Havsvind anklagar myndigheten för att fördröja projekten.",
    ]
    assert nitf.article.title == "Försvarsmakten nekar till stopp för havsvinden"
    assert plain.article.text.split("\n") == [
        "Riksbanken varnar för att inflationen stiger i sommar.",
        "– Vi ser en tydlig risk, säger riksbankschefen Tove Marklund.",
    ]
    assert (killed.withdrawn, killed.article.text) == (True, "")
    assert (killed.article.uri, killed.article.version) == ("urn:newsml:nordwire.example:20260303:kommunen", "3")
    assert {each.article.agency for each in (nitf, plain, killed)} == {"Nordwire"}


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<inlineData>A.\nB.</inlineData>", "A.\nB."),
        ('<inlineData contenttype="text/html">&lt;p&gt;A.&lt;/p&gt;&lt;p&gt;B.&lt;/p&gt;</inlineData>', "A.\nB."),
        ("<inlineXML><html><body><p>A.</p><blockquote>B.</blockquote></body></html></inlineXML>", "A.\n– B."),
        ("<inlineXML><nitf><body><body.content><p>A.</p></body.content></body></nitf></inlineXML>", "A."),
        (
            "<inlineData>A. B, säger C.</inlineData>"
            "<inlineXML><html><p>A.</p><blockquote>B, säger C.</blockquote></html></inlineXML>",
            "A.\n– B, säger C.",
        ),
    ],
)
def test_the_best_body(inside: str, text: str) -> None:
    assert read(item(inside), "f")[0].article.text == text


@pytest.mark.parametrize(
    ("status", "withdrawn"),
    [
        ('qcode="stat:canceled"', True),
        ('uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"', True),
        ('qcode="stat:withheld"', True),
        ('qcode="stat:usable"', False),
    ],
)
def test_status(status: str, withdrawn: bool) -> None:
    meta = f"<itemMeta><pubStatus {status}/></itemMeta>"
    assert read(item("<inlineData>Bo sade ja.</inlineData>", meta), "f")[0].withdrawn is withdrawn


@pytest.mark.parametrize(
    ("data", "error", "told"),
    [
        (b"<newsItem>", InputError, "f: not well-formed XML"),
        (item("<inlineData>A.</inlineData>", attributes=""), InputError, "f: the newsItem in line 1 has no guid"),
        (item(""), EmptyText, "f: no text inside the newsItem urn:a (inlineXML or inlineData)"),
        (item('<remoteContent href="http://a.example/x.html"/>'), EmptyText, "f: no text inside the newsItem urn:a"),
        (item("<inlineData> – </inlineData>"), EmptyText, "f: no words in the text"),
        (
            item("<inlineData>A.</inlineData>", "<itemMeta><versionCreated>i går</versionCreated></itemMeta>"),
            InputError,
            "f: versionCreated must be a date and time",
        ),
        (b"<packageItem/>", InputError, "f: no newsItem in this <packageItem>"),
        (
            b"<newsMessage><itemSet>\n<newsItem><contentSet/></newsItem></itemSet></newsMessage>",
            InputError,
            "f: newsItem in line 2: the newsItem in line 2 has no guid",
        ),
    ],
)
def test_documents_that_are_refused(data: bytes, error: type[InputError], told: str) -> None:
    with pytest.raises(error, match=re.escape(told)):
        read(data, "f")
