"""ninjs 1.x, 2.x and 3.x: the body that is chosen, what is known of the item, and what is wrong with one."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

import jsonschema_rs
import pytest

from app.errors import EmptyText, InputError, NotText, UnknownFormat
from app.formats.delivery import Delivery
from app.formats.ninjs import read, read_item
from app.formats.readers import read as read_any
from tests.formats.newsroom_files import sample

# Each sample with the schema of its version. TT's variant has a few fields of its own.
VERSIONS = {
    "tt-1.x.json": "1.6",
    "tt-html-1.x.json": "1.6",
    "killed.json": "1.6",
    "agency-2.x.json": "2.2",
    "example-dpa-text-2.1.json": "2.2",
    "agency-3.x.json": "3.1",
    "example-simple-text-3.1.json": "3.1",
}
TT_OWN = ("source", "bylines")


def item(**fields: Any) -> dict[str, Any]:
    return {"uri": "urn:a", "headline": "Rubrik", **fields}


def one(name: str) -> Delivery:
    (delivery,) = read(sample(f"ninjs/{name}"), name)
    return delivery


@pytest.mark.parametrize("name", VERSIONS)
def test_the_samples_are_valid_items_of_their_version(name: str) -> None:
    schema = json.loads(sample(f"ninjs/ninjs-schema_{VERSIONS[name]}.json"))
    value = {key: held for key, held in json.loads(sample(f"ninjs/{name}")).items() if key not in TT_OWN}
    # The one schema that the standard refers to elsewhere is that of maps.
    validator = jsonschema_rs.validator_for(schema, retriever=lambda uri: {})
    assert [error.message for error in validator.iter_errors(value)] == []


def test_tt_in_plain_text_is_taken_as_it_is() -> None:
    article = one("tt-1.x.json").article
    assert article.text == json.loads(sample("ninjs/tt-1.x.json"))["body_text"]
    assert "\n– Det stämmer inte." in article.text
    assert (article.title, article.byline) == ("Ringström avvisar kritiken om havsvinden", "Maja Östberg/TT")
    assert (article.agency, article.language) == ("TT", "sv")
    assert (article.uri, article.version) == ("http://tt.example/media/text/260304-havsvind-inr", "3")
    assert article.published_at == datetime.fromisoformat("2026-03-04T08:41:00+00:00")


def test_both_bodies_of_tt_say_the_same() -> None:
    value = json.loads(sample("ninjs/tt-1.x.json"))
    plain = value.pop("body_text")
    assert read_item(value, "f").article.text == plain.removesuffix("\nMaja Östberg/TT")


def test_markup_is_taken_where_the_plain_text_has_lost_its_lines_and_dashes() -> None:
    article = one("tt-html-1.x.json").article
    assert article.text.split("\n") == [
        "Sametinget kräver att regeringen stoppar gruvan i Gállok.",
        "– Vi har inte blivit tillfrågade, säger ordföranden Ánne Márjá Kuhmunen.",
        "Vad säger bolaget?",
        "Bolaget hävdar att samråd har hållits vid fyra tillfällen.",
        "Samråden hölls 2024 och 2025.",
    ]
    assert article.byline == "Erik Sandahl/TT, Lo Ek/TT"


def test_version_2() -> None:
    article = one("agency-2.x.json").article
    assert article.text.split("\n") == [
        "Försvarsmakten förnekar att den har stoppat vindkraften i Östersjön.",
        "– Vi har svarat på allt vi har fått in, säger talespersonen Karin Löf.",
        "Svensk Havsvind anklagar myndigheten för att fördröja projekten.",
    ]
    assert article.title == "Försvarsmakten nekar till stopp för havsvinden"
    assert (article.agency, article.byline, article.language) == ("Nordwire", "Erik Sandahl", "sv")


def test_version_3() -> None:
    article = one("agency-3.x.json").article
    assert article.text == json.loads(sample("ninjs/agency-3.x.json"))["bodies"][0]["value"]
    assert article.title == "Riksbanken varnar för högre inflation"
    assert article.agency == "Nordwire"
    assert article.version == "2026-03-05T12:00:00Z"


@pytest.mark.parametrize(
    ("name", "language", "lines", "agency"),
    [
        ("example-simple-text-3.1.json", "sv", 4, None),
        ("example-complex-text-3.1.json", "en", 4, None),
        ("example-dpa-text-2.1.json", "de", 9, "dpa"),
    ],
)
def test_the_examples_of_the_standard(name: str, language: str, lines: int, agency: str | None) -> None:
    article = one(name).article
    assert (article.language, len(article.text.split("\n")), article.agency) == (language, lines, agency)
    assert article.title
    assert article.byline


@pytest.mark.parametrize("status", ["canceled", "withheld", "replaced"])
def test_what_the_sender_takes_back_is_withdrawn(status: str) -> None:
    assert read_item(item(pubstatus=status), "f").withdrawn
    assert read_item(item(pubStatus=status, body_text="Bo sade ja."), "f").withdrawn
    assert not read_item(item(pubstatus="usable", body_text="Bo sade ja."), "f").withdrawn


def test_a_kill_has_the_identity_of_what_it_kills() -> None:
    killed, first = one("killed.json"), one("tt-1.x.json")
    assert killed.withdrawn
    assert killed.article.uri == first.article.uri
    assert (killed.article.text, killed.article.version) == ("", "4")


@pytest.mark.parametrize(
    ("bodies", "text"),
    [
        ({"body_text": "En rad.", "body_html": "<p>En rad.</p>"}, "En rad."),
        ({"body_text": "A. B.", "body_html": "<p>A.</p><p>B.</p>"}, "A.\nB."),
        (
            {"body_text": "A.\nB, säger C.", "body_html": "<p>A.</p><blockquote>B, säger C.</blockquote>"},
            "A.\n– B, säger C.",
        ),
        (
            {"body_text": "A.\n- B, säger C.", "body_html": "<p>A.</p><blockquote>B, säger C.</blockquote>"},
            "A.\n- B, säger C.",
        ),
        ({"body_text": "", "body_html5": "<p>A.</p>"}, "A."),
        ({"body_text": "<p>A.</p><p>B.</p>"}, "A.\nB."),
        ({"body_text": None, "body_richhtml5": "<p>A.</p>"}, "A."),
        ({"body_html": "<h1>Rubrik</h1><p>A.</p>"}, "A."),
        ({"body_nitf": "<nitf><body><body.content><p>A.</p><bq>B.</bq></body.content></body></nitf>"}, "A.\n– B."),
        ({"body_event": {"city": "X"}, "body_pages": [1], "body_text": "A."}, "A."),
        ({"bodies": [{"value": "A."}]}, "A."),
        ({"bodies": [{"value": "<p>A.</p>"}]}, "A."),
        (
            {
                "bodies": [
                    {"contentType": "text/plain", "value": "Kort."},
                    {"contenttype": "text/plain", "value": "Längre."},
                ]
            },
            "Längre.",
        ),
        ({"bodies": [{"role": "sportsml", "value": "x"}, {"role": "main", "value": "A."}]}, "A."),
    ],
)
def test_the_best_body(bodies: dict[str, Any], text: str) -> None:
    assert read_item(item(**bodies), "f").article.text == text


@pytest.mark.parametrize(
    ("value", "error", "told"),
    [
        ([], InputError, "f: a ninjs item is a JSON object"),
        ({"body_text": "A."}, InputError, "f: a ninjs item needs a uri"),
        (item(uri=" ", body_text="A."), InputError, "f: a ninjs item needs a uri"),
        (item(uri=7), InputError, "f: uri must be a string, got a number"),
        (item(), EmptyText, "f: no body that is text or HTML in this ninjs item"),
        (item(type="picture"), EmptyText, "f: no body that is text or HTML in this picture item"),
        (item(body_text=" – "), EmptyText, "f: no words in the text"),
        (item(body_text=["A."]), InputError, "f: body_text must be a string, got a list"),
        (item(bodies={}), InputError, "f: bodies must be a list of objects, got an object"),
        (item(bodies=["A."]), InputError, "f: bodies[0] must be an object, got a string"),
        (item(bodies=[{"value": "A."}, {}]), InputError, "f: bodies[1]: value is missing"),
        (item(bodies=[{"value": True}]), InputError, "f: bodies[0]: value must be a string, got a boolean"),
        (item(bodies=[{"contenttype": "image/png", "value": "A."}]), EmptyText, "f: no body that is text or HTML"),
        (item(headlines=[{"role": "main"}], body_text="A."), InputError, "f: headlines[0]: value is missing"),
        (
            item(body_text="A.", pubstatus="dead"),
            InputError,
            "f: pubstatus is 'dead'; known are canceled, commissioned",
        ),
        (item(body_text="A.", versioncreated="i går"), InputError, "f: versioncreated must be a date and time"),
        (item(body_text="A.", versioncreated="0001-01-01T00:00:00+14:00"), InputError, "outside the calendar"),
        (item(body_text="A.", language="Svenska!"), InputError, "f: 'Svenska!' is no language code"),
        (item(body_text="A.", headline="x" * 1001), InputError, "f: title has 1001 characters; the limit is 1000"),
        (item(body_text="A \0"), NotText, "f: U+0000 at code point 2 of the text cannot be stored"),
        (item(body_text="A.", byline="\ud83d"), NotText, "f: byline: U+D83D cannot be stored"),
        (item(body_nitf="<nitf>"), InputError, "f: body_nitf: not well-formed XML"),
        (item(body_html="<div>" * 3000 + "A."), InputError, "f: body_html: HTML beyond reading"),
    ],
)
def test_items_that_are_refused(value: Any, error: type[InputError], told: str) -> None:
    with pytest.raises(error, match=re.escape(told)):
        read_item(value, "f")


@pytest.mark.parametrize(
    ("data", "error", "told"),
    [
        (b'{"uri": "urn:a",\n "body_text": }', InputError, "f: not JSON: Expecting value at line 2, column 15"),
        (b'{"uri": "\xe5"}', NotText, "f: not utf-8: byte 0xe5 at offset 9, line 1"),
        (b'["x", ' + b"[" * 100_000, InputError, "f: JSON nested too deeply to be read"),
        (b'{"uri": ' + b"9" * 5000 + b"}", InputError, "f: JSON beyond reading: Exceeds the limit"),
    ],
)
def test_bytes_that_are_no_json(data: bytes, error: type[InputError], told: str) -> None:
    with pytest.raises(error, match=re.escape(told)):
        read(data, "f")


def test_a_list_of_items_tells_which_is_wrong() -> None:
    items = [item(body_text="A."), item(uri=None)]
    with pytest.raises(InputError, match="f: item 1: a ninjs item needs a uri"):
        read(json.dumps(items).encode(), "f")
    assert len(read(json.dumps(items[:1] * 2).encode(), "f")) == 2


def test_a_schema_is_no_item() -> None:
    with pytest.raises(UnknownFormat, match="f: JSON that holds no article"):
        read_any(sample("ninjs/ninjs-schema_3.1.json"), "f")
