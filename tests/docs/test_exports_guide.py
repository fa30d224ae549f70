"""docs/exports.md: its requests are answered, its columns, terms and media types are the real ones."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.api.app import create_app
from app.api.claim_files import MEDIA_TYPES
from app.formats.claim_file import ClaimFile, claim_file
from app.formats.csv_rows import HEADER
from app.formats.web_annotation import MEDIA_TYPE as ANNOTATION
from app.settings import Settings
from tests.api.conftest import GoldQueue
from tests.formats.test_jsonld import terms
from tests.formats.test_round_trips import CLAIMS

GUIDE = (Path(__file__).parents[2] / "docs" / "exports.md").read_text("utf-8")
SHELL = re.findall(r"^(curl .*)$", "\n".join(re.findall(r"^```sh\n(.*?)^```", GUIDE, re.M | re.S)), re.M)


def named(heading: str, pattern: str) -> list[str]:
    """What the first column of the table below a heading names."""
    section = GUIDE.split(f"\n{heading}\n")[1].split("\n## ")[0]
    first = [row.split(" | ")[0] for row in re.findall(r"^\| (`.*) \|$", section, re.M)]
    return [name for cell in first for name in re.findall(pattern, cell)]


def test_every_column_is_explained() -> None:
    columns = named("## CSV", r"`(\w+)`")
    assert sorted(columns) == sorted(HEADER)


def test_every_term_is_explained() -> None:

    (section,) = GUIDE.split("\n## JSON-LD\n")[1:]
    explained = set(re.findall(r"`(sagesman:\w+)`", section.split("\n## ")[0]))
    document = json.loads("".join(claim_file(ClaimFile.JSONLD, CLAIMS, "https://a.example/v1")))
    used = {term for term in terms(document) if term.startswith("sagesman:")}
    assert explained == used


def test_the_media_types_are_those_that_are_sent() -> None:
    table = dict(re.findall(r"^\| [^|]+ \| `(\w+)` \| `([^`]+)` \|", GUIDE, re.M))
    assert table == {form.value: types[0] for form, types in MEDIA_TYPES.items()} | {"annotation": ANNOTATION}


@pytest.mark.parametrize("line", SHELL)
def test_requests_of_the_guide_are_answered(line: str, tmp_path: Path) -> None:
    words = shlex.split(line)
    address = next(word for word in words if word.startswith("http"))
    headers = dict(words[place + 1].split(": ") for place, word in enumerate(words) if word == "-H")
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'news.db'}")
    with TestClient(create_app(settings, open_intake=GoldQueue)) as client:
        answer = client.get(address.removeprefix("http://127.0.0.1:8000"), headers=headers)
    # The guide's article is nobody's.
    assert answer.status_code == (404 if "art_0" in address else 200)


def test_there_are_requests_in_the_guide() -> None:
    assert len(SHELL) == 4
