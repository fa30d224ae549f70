"""Web pages: the article on them, what they say of it, and their encodings."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.errors import EmptyText, InputError, NotText
from app.formats.html import read
from tests.formats.newsroom_files import sample

TEXT = """\
Klimatminister Agneta Ringström (M) avvisar anklagelserna om att regeringen har bromsat utbyggnaden av havsbaserad \
vindkraft.
Elva ansökningar om vindkraftparker i Östersjön har legat på departementet i mer än två år. Det visar en genomgång som \
Skärgårdsposten har gjort av regeringens diarium.
– Det stämmer inte. Vi har handlagt varje ansökan inom den tid som lagen ger oss, säger hon.
Branschorganisationen Svensk Havsvind hävdar att elva projekt ligger orörda. Enligt organisationen är det ”en skandal \
för hela näringen”.
”Papperen ligger i Rosenbad”
– Regeringen skyller på Försvarsmakten, men papperen ligger i Rosenbad, säger organisationens vd Nils Aldén.
Försvarsmakten förnekar att den har stoppat något av projekten. Myndigheten har enligt sin talesperson Karin Löf \
yttrat sig i samtliga ärenden före årsskiftet.
– Vi har svarat på allt vi har fått in, säger hon till Skärgårdsposten."""


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


def test_a_page_of_a_newspaper() -> None:
    (delivery,) = read(sample("page.html"), "page.html")
    article = delivery.article
    # The page has a no-break space in a name; the extractor of main texts writes it as a blank.
    assert article.text.replace("\N{NO-BREAK SPACE}", " ") == TEXT
    assert article.title == "Klimatministern avvisar kritiken om havsvinden"
    assert article.byline == "Maja Östberg, Erik Sandahl"
    assert article.agency == "Skärgårdsposten"
    assert article.language == "sv"
    assert article.uri == "https://skargardsposten.example/nyheter/klimatministern-avvisar-kritiken"
    assert article.version == "2026-03-04T09:12:00+01:00"
    assert article.published_at == datetime.fromisoformat("2026-03-04T06:30:00+01:00")
    assert not delivery.withdrawn


def test_menus_notices_captions_and_teasers_are_no_text() -> None:
    text = read(sample("page.html"), "f")[0].article.text
    for word in ("kakor", "Logga in", "Foto", "Mest läst", "Läs också", "Ansvarig utgivare"):
        assert word not in text


def test_the_encoding_is_found_where_nobody_names_it() -> None:
    assert read(sample("page_windows1252.html"), "f") == read(sample("page.html"), "f")


@pytest.mark.parametrize(
    ("encoding", "declaration"),
    [
        ("utf-8", ""),
        ("utf-8", "<meta charset='utf-8'>"),
        ("utf-8-sig", "<meta charset='latin-1'>"),
        ("utf-16", ""),
        ("cp1252", "<meta charset=windows-1252>"),
        ("cp1252", "<META http-equiv='Content-Type' content='text/html; charset=iso-8859-1'>"),
        ("iso8859-15", "<meta charset='iso-8859-15'>"),
        ("utf-8", "<meta charset='utf-16'>"),
    ],
)
def test_encodings(encoding: str, declaration: str) -> None:
    words = (
        "Åsa Öberg förnekar – ”aldrig”, säger hon." if "1252" in encoding or "utf" in encoding else "Åsa Öberg nekar."
    )
    data = f"<html><head>{declaration}</head><body><p>{words}</p></body></html>".encode(encoding)
    assert read(data, "f")[0].article.text == words


def test_the_encoding_that_came_along_goes_before_what_the_page_says() -> None:
    data = "<meta charset=utf-8><p>Åsa nekar.</p>".encode("cp1252")
    assert read(data, "f", "windows-1252")[0].article.text == "Åsa nekar."
    with pytest.raises(NotText, match=r"f: not utf-8: byte 0xc5 at offset 23, line 1"):
        read(data, "f")


@pytest.mark.parametrize(
    ("data", "error", "told"),
    [
        (b"<meta charset=klingon><p>Ja.</p>", NotText, "f: no encoding is called 'klingon'"),
        (b"<p>Ja\x00</p>", NotText, "f: binary data, not text: byte 0x00 at offset 5"),
        (b"", EmptyText, "f: no words in it"),
        (b"<html><head><title>Rubrik</title></head><body></body></html>", EmptyText, "f: no article found on the page"),
        (b"<p>" + b"<div>" * 3000 + b"Ja</p>", InputError, "f: HTML beyond reading"),
    ],
)
def test_pages_that_are_refused(data: bytes, error: type[InputError], told: str) -> None:
    with pytest.raises(error, match=told):
        read(data, "f")


@pytest.mark.parametrize(
    ("head", "title", "byline", "published", "agency"),
    [
        ('<meta name="author" content="Bo Ek"><title>Titel</title>', "Titel", "Bo Ek", None, None),
        (
            '<script type="application/ld+json">{"@type": ["NewsArticle"], "headline": "Rubriken", "author": "Bo Ek",'
            ' "datePublished": "2026-03-01", "publisher": {"name": "Bladet"}}</script>',
            "Rubriken",
            "Bo Ek",
            "2026-03-01T00:00:00+00:00",
            "Bladet",
        ),
        (
            '<script type="application/ld+json">{broken</script><meta property="og:title" content="T">',
            "T",
            None,
            None,
            None,
        ),
        ('<meta property="article:published_time" content="i dag"><title>T</title>', "T", None, None, None),
    ],
)
def test_what_pages_say_of_themselves(
    head: str, title: str, byline: str | None, published: str | None, agency: str | None
) -> None:
    (delivery,) = read(page("<article><p>Ministern sade nej till förslaget om vägen.</p></article>", head), "f")
    article = delivery.article
    assert (article.title, article.byline, article.agency) == (title, byline, agency)
    assert article.published_at == (datetime.fromisoformat(published) if published else None)


@pytest.mark.parametrize(
    ("link", "uri"),
    [
        ('<link rel="canonical" href="https://a.example/1">', "https://a.example/1"),
        (
            '<link rel="canonical" href="/1"><meta property="og:url" content="https://a.example/2">',
            "https://a.example/2",
        ),
        ('<link rel="canonical" href="javascript:x">', None),
        ('<link rel="canonical" href="https://[oops">', None),
        ('<link rel="stylesheet" href="https://a.example/x.css">', None),
    ],
)
def test_the_canonical_address_is_the_uri(link: str, uri: str | None) -> None:
    assert read(page("<p>Ministern sade nej.</p>", link), "f")[0].article.uri == uri


MENU = "<header><nav><ul><li><a href=/>Start</a></li><li><a href=/s>Sport</a></li></ul></nav></header>"
FOOT = "<aside><h3>Mest läst</h3><ol><li><a href=/1>Snö väntas</a></li></ol></aside><footer>Ansvarig utgivare</footer>"


@pytest.mark.parametrize("container", ["main", "article", "div", "div class='article-content'"])
def test_news_in_brief_keep_their_lines(container: str) -> None:
    short = "<p>Ministern nekar till allt.</p><blockquote>Det går inte, säger hon.</blockquote><p>– Nej.</p>"
    text = read(page(f"{MENU}<{container}>{short}</{container.split()[0]}>{FOOT}"), "f")[0].article.text
    assert text == "Ministern nekar till allt.\n– Det går inte, säger hon.\n– Nej."


def test_a_page_of_a_single_sentence() -> None:
    assert read(page(f"{MENU}<main><p>Hon sade nej.</p></main>"), "f")[0].article.text == "Hon sade nej."


def test_dashes_and_marks_of_speech_survive_on_short_pages() -> None:
    body = (
        "<p>Ministern nekar.</p><blockquote>Det går inte, säger hon.</blockquote>"
        "<p>– Nej.</p><p>Hon sade <q>nej</q>.</p>"
    )
    text = read(page(body), "f")[0].article.text
    assert text == "Ministern nekar.\n– Det går inte, säger hon.\n– Nej.\nHon sade ”nej”."
