"""Formats told apart by content, and the one way in that reads them all."""

from __future__ import annotations

import gzip
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.errors import EmptyText, InputError, NotText, UnknownFormat
from app.formats.detect import MEDIA_TYPES, Format, detect, is_marked
from app.formats.readers import read
from tests.formats.newsroom_files import sample

SAMPLES = {
    "plain.txt": Format.TEXT,
    "page.html": Format.HTML,
    "page_windows1252.html": Format.HTML,
    "ninjs/tt-1.x.json": Format.NINJS,
    "ninjs/agency-2.x.json": Format.NINJS,
    "ninjs/agency-3.x.json": Format.NINJS,
    "ninjs/killed.json": Format.NINJS,
    "newsml.xml": Format.NEWSML,
    "newsml_message.xml": Format.NEWSML,
    "newsml_package.xml": Format.NEWSML,
    "rss.xml": Format.FEED,
    "atom.xml": Format.FEED,
    "feed.json": Format.JSON_FEED,
    "archive.jsonl": Format.JSON_LINES,
    "archive_packed.jsonl.gz": Format.JSON_LINES,
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_told_apart(name: str) -> None:
    data = sample(name)
    assert detect(data) is SAMPLES[name]
    assert detect(data, "application/octet-stream") is SAMPLES[name]
    assert is_marked(data[:4096]) is (name != "plain.txt")
    assert read(data, name)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", Format.TEXT),
        (b"Bo sade ja.", Format.TEXT),
        (b"<3 sade Bo.", Format.TEXT),
        (b"[Stockholm] Bo sade ja.", Format.TEXT),
        (b"{Bo} sade ja.", Format.TEXT),
        (b"<Bo Ek> sade ja.", Format.TEXT),
        (b"<unknown>Bo sade ja.</unknown>", Format.TEXT),
        (b"<p>Bo sade ja.", Format.HTML),
        (b"  <!-- x --> <!DOCTYPE html>\n<HTML lang=sv>", Format.HTML),
        (b"<!doctype html>Bo", Format.HTML),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', Format.HTML),
        (b'<?xml version="1.0"?>\n<!-- x -->\n<g2:newsItem xmlns:g2="x">', Format.NEWSML),
        ("\ufeff<rss/>".encode("utf-16-le"), Format.FEED),
        ('\ufeff{"text": "A"}'.encode(), Format.ARTICLE),
        (b'{"text": "A", "title": "B"}', Format.ARTICLE),
        (b'[{"text": "A"}]', Format.ARTICLE),
        (b'[{"doc_id": "a", "text": "A"}]', Format.DOCUMENTS),
        (b'[{"uri": "a", "body_text": "A"}]', Format.NINJS),
        (b'{"text": "A"}\n{"text": "B"}', Format.JSON_LINES),
        (b'{"text": "A"}\n', Format.ARTICLE),
        (gzip.compress(b'{"text": "A"}', mtime=0), Format.JSON_LINES),
    ],
)
def test_contents(data: bytes, expected: Format) -> None:
    assert detect(data) is expected


@pytest.mark.parametrize(
    ("data", "content_type", "expected"),
    [
        (b"<p>Bo</p>", "text/plain", Format.TEXT),
        (b"Bo", "text/html; charset=utf-8", Format.HTML),
        (b"{}", "application/ninjs+json", Format.NINJS),
        (b'{"uri": "a", "body_text": "A"}', "application/json", Format.NINJS),
        (b"<rss/>", "application/xml", Format.FEED),
        (b"<html/>", "text/xml", Format.HTML),
        (b"<feed/>", "Application/Atom+XML", Format.FEED),
        (b"{}", "application/x-ndjson", Format.JSON_LINES),
    ],
)
def test_a_content_type_that_names_one_format_is_believed(data: bytes, content_type: str, expected: Format) -> None:
    assert detect(data, content_type) is expected
    assert content_type.partition(";")[0].lower() in MEDIA_TYPES


# What servers call newsrooms' files by mistake.
WRONG = [
    "text/html",
    "application/xml",
    "application/json",
    "application/rss+xml",
    "application/ninjs+json",
    "image/png",
]


@pytest.mark.parametrize("content_type", [None, "", "application/octet-stream", "nonsense", *WRONG])
@pytest.mark.parametrize("name", [name for name in SAMPLES if not name.endswith((".gz", ".txt"))])
def test_what_is_unmistakable_is_read_whatever_it_is_called(name: str, content_type: str | None) -> None:
    data = sample(name)
    assert detect(data, content_type) is SAMPLES[name]
    assert [each.article.uri for each in read(data, name, content_type)] == [
        each.article.uri for each in read(data, name)
    ]


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_called_plain_text_is_plain_text(name: str) -> None:
    assert detect(sample(name), "text/plain") is Format.TEXT


@pytest.mark.parametrize(
    ("data", "content_type", "error", "told"),
    [
        (b"%PDF-1.7\x00", None, NotText, "f: binary data, not text: byte 0x00 at offset 8"),
        (b"\x89PNG\r\n\x1a\n\x00", None, NotText, "f: binary data"),
        (b"PK\x03\x04", None, NotText, "f: binary data, not text: byte 0x03 at offset 2"),
        (b"\x1f\x8bxx", None, NotText, "f: packed with gzip and damaged"),
        (gzip.compress(b"Bo sade ja.", mtime=0), None, UnknownFormat, "f: packed with gzip, which only archives"),
        (b'{"text": "A",}', None, InputError, "f: not JSON"),
        (b"Bo", "application/json", InputError, "f: not JSON: Expecting value at line 1, column 1"),
        (b'{"a": 1}', None, UnknownFormat, "f: JSON that holds no article"),
        (b'[{"a": 1}]', None, UnknownFormat, "f: JSON that holds no article"),
        (b'"Bo"', "application/json", UnknownFormat, "f: JSON that holds no article"),
        (b"Bo", "application/xml", InputError, "f: not XML: it does not open with an element"),
        (b'<?xml version="1.0"?><NewsML/>', None, UnknownFormat, "f: XML with the root element <NewsML>"),
        (b"<opml/>", "text/xml", UnknownFormat, "f: XML with the root element <opml>"),
    ],
)
def test_what_is_refused(data: bytes, content_type: str | None, error: type[InputError], told: str) -> None:
    with pytest.raises(error, match=re.escape(told)):
        detect(data, content_type, "f")


@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(str.encode),
        st.sampled_from(
            [b"<p>", b"<rss>", b'{"text": "A', b'{"uri": "a", "body_html": "', b"<newsItem guid='a'>"]
        ).flatmap(lambda opening: st.binary(max_size=60).map(lambda rest: opening + rest)),
    ),
    st.sampled_from([None, *MEDIA_TYPES]),
)
@example(b"<p>\r</p>", None)
def test_any_bytes_are_read_or_refused(data: bytes, content_type: str | None) -> None:
    try:
        delivered = read(data, "f", content_type)
    except InputError:
        return
    assert delivered
    for delivery in delivered:
        assert delivery.withdrawn or any(character.isalnum() for character in delivery.article.text)


def test_an_encoding_that_came_along_is_used() -> None:
    data = "Åsa sade ja.".encode("cp1252")
    assert read(data, "f", "text/plain", "windows-1252")[0].article.text == "Åsa sade ja."
    with pytest.raises(NotText, match="f: not utf-8: byte 0xc5 at offset 0"):
        read(data, "f")


def test_lists_of_articles_tell_which_is_wrong() -> None:
    assert [each.article.text for each in read(b'[{"text": "A"}, {"text": "B"}]', "f")] == ["A", "B"]
    with pytest.raises(InputError, match="f: entry 1: text must be a string"):
        read(b'[{"text": "A"}, {"text": 7}]', "f")
    with pytest.raises(EmptyText, match="f: no words in it"):
        read(b"[]", "f")
