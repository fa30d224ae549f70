"""NewsML-G2: items with XHTML, NITF and plain text inside, messages, kills, and what is wrong with one."""

from __future__ import annotations

import re
import resource
from datetime import datetime

import pytest

from app.errors import EmptyText, InputError
from app.formats.newsml import read
from tests.formats.newsroom_files import sample

NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"


def item(inside: str, meta: str = "", attributes: str = 'guid="urn:a"') -> bytes:
    return f'<newsItem xmlns="{NAMESPACE}" {attributes}>{meta}<contentSet>{inside}</contentSet></newsItem>'.encode()


def message(*items: str) -> bytes:
    return "\n".join(["<newsMessage><itemSet>", *items, "</itemSet></newsMessage>"]).encode()


def plain(guid: str, version: str = "1") -> str:
    body = f"<contentSet><inlineData>{guid} {version} sade ja.</inlineData></contentSet>"
    return f'<newsItem guid="{guid}" version="{version}">{body}</newsItem>'


def package(*groups: str, root: str = "a") -> str:
    return f'<packageItem guid="urn:p"><groupSet root="{root}">{"".join(groups)}</groupSet></packageItem>'


def group(name: str, *members: str, mode: str = "pgrmod:bag") -> str:
    return f'<group id="{name}" mode="{mode}">{"".join(members)}</group>'


def refer(guid: str, version: str | None = None) -> str:
    return f'<itemRef residref="{guid}"/>' if version is None else f'<itemRef residref="{guid}" version="{version}"/>'


def read_guids(*items: str) -> list[str]:
    return [f"{each.article.uri}/{each.article.version}" for each in read(message(*items), "f")]


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
        (b"<newsMessage><itemSet/></newsMessage>", InputError, "f: no newsItem in this <newsMessage>"),
        (
            b'<packageItem guid="urn:p"><groupSet root="a"><group id="a"><itemRef residref="urn:a"/></group></groupSet>'
            b"</packageItem>",
            InputError,
            "f: the packageItem urn:p refers to 1 items and holds none; send them in one newsMessage",
        ),
        (
            b"<newsMessage><itemSet>\n<packageItem/></itemSet></newsMessage>",
            InputError,
            "f: the packageItem in line 2 refers to 0 items and holds none",
        ),
        (
            item("<inlineData>En bild.</inlineData>", '<itemMeta><itemClass qcode="ninat:picture"/></itemMeta>'),
            EmptyText,
            "f: no text inside the newsItem urn:a (it is a picture)",
        ),
        (
            message('<newsItem guid="urn:a"><contentSet><inlineData> – </inlineData></contentSet></newsItem>'),
            EmptyText,
            "f: newsItem urn:a in line 2: no words in the text",
        ),
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


def test_a_package_with_its_items() -> None:
    delivered = read(sample("newsml_package.xml"), "f")
    assert [(each.article.uri or "").rpartition(":")[2] for each in delivered] == [
        "hamnen",  # the main group goes before the background, although it stands below it
        "svar-lang",  # of the alternatives the first that is a text
        "hamnen-bakgrund",
        "notis",  # in no package
        "hamnen-rykte",
    ]
    main, *_, killed = delivered
    assert main.article.text.split("\n") == [
        "Borgmästaren Eva Holm förnekar att hon har lovat bolaget hamnen.",
        "– Jag har inte lovat någonting, säger hon.",
    ]
    assert (main.article.version, main.article.byline, main.article.agency) == ("3", "Sara Lindqvist", "Nordwire")
    assert [each.withdrawn for each in delivered] == [False] * 4 + [True]
    assert (killed.article.version, killed.article.text) == ("2", "")


def test_a_reference_means_the_version_it_names() -> None:
    items = (plain("urn:a", "1"), plain("urn:a", "2"), plain("urn:b"))
    assert read_guids(package(group("a", refer("urn:b"), refer("urn:a", "2"))), *items) == [
        "urn:b/1", "urn:a/2", "urn:a/1",
    ]  # fmt: skip
    assert read_guids(package(group("a", refer("urn:a"))), *items) == ["urn:a/1", "urn:a/2", "urn:b/1"]


def test_what_one_package_leaves_another_may_take() -> None:
    alternatives = group("a", refer("urn:a"), refer("urn:b"), mode="http://cv.iptc.org/newscodes/pgrmod/alt")
    items = (plain("urn:a"), plain("urn:b"))
    assert read_guids(package(alternatives), *items) == ["urn:a/1"]
    assert read_guids(package(alternatives), package(group("a", refer("urn:b"))), *items) == ["urn:a/1", "urn:b/1"]


def test_packages_that_are_odd() -> None:
    items = (plain("urn:a"), plain("urn:b"))
    circle = package(
        group("a", refer("urn:b"), '<groupRef idref="b"/>'), group("b", '<groupRef idref="a"/>', refer("urn:a"))
    )
    assert read_guids(circle, *items) == ["urn:b/1", "urn:a/1"]
    assert read_guids(package(group("x", refer("urn:b")), root="none"), *items) == ["urn:b/1", "urn:a/1"]
    assert read_guids("<packageItem/>", package(group("a", refer("urn:c"))), *items) == ["urn:a/1", "urn:b/1"]


@pytest.mark.parametrize("place", ["text", "attribute"])
def test_entities_that_multiply_are_refused_at_once(place: str) -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    inside = "&l11;" if place == "text" else ""
    headline = f'<headline rank="{"&l11;" if place == "attribute" else ""}">{inside}</headline>'
    bomb = f'<!DOCTYPE newsItem [<!ENTITY l0 "ha">{levels}]><newsItem guid="urn:a">{headline}</newsItem>'.encode()
    # The parser's memory is not Python's: the most that the process ever had, in KiB.
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(InputError, match=r"f: (the document declares entities|not well-formed XML)"):
        read(bomb, "f")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_no_file_of_this_machine_is_read() -> None:
    taken = b'<!DOCTYPE newsItem [<!ENTITY f SYSTEM "file:///etc/passwd">]><newsItem guid="urn:a">&f;</newsItem>'
    with pytest.raises(InputError, match="the document declares entities"):
        read(taken, "f")
