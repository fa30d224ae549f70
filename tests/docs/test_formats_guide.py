"""docs/formats.md: its commands work on files of those formats, its media types and messages are the real ones."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.api.app import create_app
from app.cli.files import read_sources
from app.formats.detect import MEDIA_TYPES
from app.settings import Settings
from tests.api.conftest import GoldQueue

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "formats.md").read_text("utf-8")
SAMPLES = ROOT / "tests" / "formats" / "samples"
# The files that the guide speaks of, each a real one of its format.
FILES = {
    "article.txt": "plain.txt",
    "page.html": "page.html",
    "item.json": "ninjs/tt-1.x.json",
    "message.xml": "newsml_message.xml",
    "feed.xml": "rss.xml",
    "archive.jsonl": "archive.jsonl",
    "archive.jsonl.gz": "archive_packed.jsonl.gz",
}
SHELL = "\n".join(re.findall(r"^```sh\n(.*?)^```", GUIDE, re.M | re.S)).replace("\\\n", " ")
COMMANDS = [shlex.split(line) for line in SHELL.splitlines() if line.strip()]
CURL = [words for words in COMMANDS if words[0] == "curl"]
SAGESMAN = [words for words in COMMANDS if words[0] == "sagesman"]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'news.db'}")
    with TestClient(create_app(settings, open_intake=GoldQueue)) as client:
        yield client


def test_there_are_commands_of_both_kinds() -> None:
    assert len(CURL) == 5
    assert len(SAGESMAN) == 3


@pytest.mark.parametrize("words", CURL, ids=lambda words: words[-1])
def test_requests_of_the_guide_are_taken(words: list[str], client: TestClient) -> None:
    _, address, header_option, header, data_option, file = words
    assert (header_option, data_option) == ("-H", "--data-binary")
    name, _, value = header.partition(": ")
    data = (SAMPLES / FILES[file.removeprefix("@")]).read_bytes()
    response = client.post(address.removeprefix("http://127.0.0.1:8000"), content=data, headers={name: value})
    assert response.status_code in (201, 202), response.text
    assert "/v1/articles" in response.text


@pytest.mark.parametrize("words", SAGESMAN, ids=" ".join)
def test_files_of_the_guide_are_read(words: list[str]) -> None:
    files = [word for word in words[2:] if word in FILES]
    assert files
    for name in files:
        assert read_sources(str(SAMPLES / FILES[name]), 1_000_000)


def test_every_media_type_of_the_guide_is_read() -> None:
    table = GUIDE.split("| format |")[1].split("\n\n")[0]
    named = set(re.findall(r"`([a-z]+/[a-z0-9.+-]+)`", table))
    assert named - set(MEDIA_TYPES) == set()
    assert len(named) > 10
