"""Files of every format on the command line, told apart by content and stored with what they say of themselves."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from app.cli.files import read_sources
from app.errors import InputError, TextTooLong
from tests.cli.conftest import Sagesman
from tests.cli.test_process import sagesman as in_a_process

SAMPLES = Path(__file__).parents[1] / "formats" / "samples"


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("plain.txt", [None]),
        ("page.html", ["Klimatministern avvisar kritiken om havsvinden"]),
        ("ninjs/tt-html-1.x.json", ["Sametinget kräver stopp för gruvan"]),
        ("newsml.xml", ["Sametinget kräver stopp för gruvan"]),
        ("rss.xml", ["Försvarsmakten nekar till stopp & fördröjning", "Riksbanken varnar"]),
        ("feed.json", ["Rederiet anklagar regionen", "Regionen nekar"]),
        ("archive_packed.jsonl.gz", ["Rederiet anklagar regionen", None, "Färjan står still"]),
    ],
)
def test_the_name_of_a_file_says_nothing(name: str, titles: list[str | None], tmp_path: Path) -> None:
    path = tmp_path / "wire.dat"
    path.write_bytes((SAMPLES / name).read_bytes())
    sources = read_sources(str(path), 100_000)
    assert [source.article.title for source in sources] == titles
    assert len({source.name for source in sources}) == len(sources)
    assert all(source.name.startswith(str(path)) for source in sources)


def test_options_go_before_what_the_file_says() -> None:
    (source,) = read_sources(str(SAMPLES / "ninjs" / "tt-1.x.json"), 100_000, agency="Bladet", title=None)
    assert (source.article.agency, source.article.title) == ("Bladet", "Ringström avvisar kritiken om havsvinden")


def test_the_limit_is_on_the_text_of_an_article_not_on_its_file(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<p>Bo sade ja.</p><!-- {'x' * 10_000} -->", "utf-8")
    assert read_sources(str(path), 100)[0].article.text == "Bo sade ja."
    path.write_text(f"<p>{'Bo sade ja. ' * 20}</p>", "utf-8")
    with pytest.raises(TextTooLong, match=r"page.html: 239 characters, more than the 100 taken"):
        read_sources(str(path), 100)


def test_a_text_that_opens_like_another_format_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "text"
    for opening in ("[Stockholm] ", "<3 ", "{sic} ", "\ufeff"):
        path.write_text(f"{opening}Bo sade ja.", "utf-8")
        (source,) = read_sources(str(path), 100)
        assert source.article.text == f"{opening}Bo sade ja.".removeprefix("\ufeff")


def test_an_encoding_is_for_all_but_json(tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_bytes("Åsa sade ja.".encode("utf-16-le"))
    assert read_sources(str(path), 100, "utf-16-le")[0].article.text == "Åsa sade ja."
    path.write_bytes("<p>Åsa sade ja.</p>".encode("cp850"))
    assert read_sources(str(path), 100, "cp850")[0].article.text == "Åsa sade ja."


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'{"uri": "a",\n "headline": }', "wire: not JSON: Expecting value at line 2, column 14"),
        (b'{"uri": "a", "bodies": [{}]}', "wire: bodies[0]: value is missing"),
        (b"<rss><channel>", "wire: not well-formed XML"),
        (b'{"text": "A."}\n{"text": 7}', "wire: line 2: text must be a string"),
        (b'<?xml version="1.0"?><opml/>', "wire: XML with the root element <opml>"),
    ],
)
def test_bad_files_are_told_in_one_line(folder: Path, sagesman: Sagesman, data: bytes, told: str) -> None:
    (folder / "wire").write_bytes(data)
    result = sagesman("ingest", "wire")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"sagesman: {told}")
    assert result.err.count("\n") == 1
    assert [path.name for path in folder.iterdir()] == ["wire"]


def test_deliveries_without_words_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text("[]", "utf-8")
    with pytest.raises(InputError, match="no words in it"):
        read_sources(str(path), 100)


@pytest.mark.xdist_group("stanza")
def test_wire_copy_is_stored_and_its_speech_is_found(folder: Path) -> None:
    names = ("ninjs/tt-html-1.x.json", "newsml_message.xml", "rss.xml")
    result = in_a_process(folder, "ingest", *(str(SAMPLES / name) for name in names), "--format", "json")
    assert result.returncode == 0, result.stderr
    rows = json.loads(result.stdout)
    assert [row["status"] for row in rows] == ["done"] * 6
    assert [row["standing"] for row in rows] == [*["in_force"] * 3, "withdrawn", *["in_force"] * 2]
    assert [row["uri"] for row in rows if row["id"] is None] == ["urn:newsml:nordwire.example:20260303:kommunen"]
    with sqlite3.connect(folder / "sagesman.db") as connection:
        stored = connection.execute("SELECT text, agency FROM articles").fetchall()
        found = connection.execute(
            "SELECT s.text, a.text, c.speaker_text FROM spans s JOIN claims c ON c.id = s.claim_id"
            " JOIN articles a ON a.id = c.article_id"
        ).fetchall()
    assert len(stored) == 5
    assert {agency for _, agency in stored} == {"TT", "Nordwire", "Skärgårdsposten"}
    assert all(words in text for words, text, _ in found)
    assert ("Vi har inte blivit tillfrågade", "ordföranden Ánne Márjá Kuhmunen") in {
        (words, speaker) for words, _, speaker in found
    }
