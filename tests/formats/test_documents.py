"""JSON beside texts: document lists and metadata, and what a wrong one is told."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.errors import InputError
from app.formats.documents import Document, read_documents, read_metadata

ROOT = Path(__file__).parents[2]


def test_documents_are_read_and_other_keys_left_alone() -> None:
    text = json.dumps([{"doc_id": "a", "text": "Hej.", "claims": []}, {"doc_id": "b", "text": "Då."}])
    assert read_documents(text, "d.json") == [Document("a", "Hej."), Document("b", "Då.")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[{"doc_id": "a",\n "text": }]', "d.json: not JSON: Expecting value at line 2, column 10"),
        ('{"doc_id": "a"}', "d.json: a list of documents is needed, each with doc_id and text"),
        ("[1]", "d.json: entry 0 is no object"),
        ('[{"text": "a"}]', "d.json: entry 0 has no doc_id, or one that is no string"),
        ('[{"doc_id": "a", "text": 1}]', "d.json: entry 0 has no text, or one that is no string"),
        ('[{"doc_id": "a", "text": " "}]', "d.json: entry 0 (a): no words in it"),
        (
            '[{"doc_id": "a", "text": "x"}, {"doc_id": "a", "text": "y"}]',
            "d.json: entry 1: doc_id 'a' stands there twice",
        ),
        ("[" * 100_000, "d.json: JSON nested too deeply to be read"),
    ],
)
def test_wrong_documents_are_refused_by_place(text: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        read_documents(text, "d.json")
    assert str(caught.value) == told


def test_metadata_becomes_what_is_known_of_the_article() -> None:
    text = '{"title": "T", "agency": null, "published_at": "2023-09-19", "note": "for people"}'
    assert read_metadata(text, "m.json") == {"title": "T", "published_at": datetime(2023, 9, 19, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[]", "m.json: an object with the article's metadata is needed"),
        ('{"titel": "T"}', "m.json: unknown key 'titel'; known are title, language"),
        ('{"title": 1}', "m.json: title must be a string"),
        ('{"published_at": "igår"}', "m.json: published_at must be an ISO 8601 date and time, got 'igår'"),
    ],
)
def test_wrong_metadata_is_refused_by_key(text: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        read_metadata(text, "m.json")
    assert str(caught.value).startswith(told)


def test_every_seed_has_metadata_that_can_be_read() -> None:
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    assert seeds
    for seed in seeds:
        beside = seed.with_suffix(".json")
        assert read_metadata(beside.read_text("utf-8"), beside.name)["language"] == "sv"
