"""Archives of JSON lines: read one by one, packed or not, each error with its line."""

from __future__ import annotations

import gzip
import io
import json
import re
import tracemalloc
from datetime import datetime
from pathlib import Path

import pytest

from app.errors import EmptyText, InputError, NotText, TextTooLong
from app.formats import jsonl
from tests.formats.newsroom_files import SAMPLES, sample


def test_an_archive() -> None:
    first, second, third = [delivery.article for delivery in jsonl.read(sample("archive.jsonl"), "f")]
    assert (
        first.text
        == "Rederiet anklagar regionen för att bryta avtalet.\n– Vi har inte fått betalt, säger vd:n Sven Roos."
    )
    assert (first.title, first.uri, first.version) == ("Rederiet anklagar regionen", "urn:kust:1", "1")
    assert (first.agency, first.byline) == ("Kustradion", "Ola Brink")
    assert first.published_at == datetime.fromisoformat("2026-03-05T07:00:00+01:00")
    assert (second.title, second.uri, second.version) == (None, "urn:kust:2", None)
    assert (third.agency, third.title) == ("TT", "Färjan står still")


def test_a_packed_archive_is_the_same() -> None:
    assert jsonl.read(sample("archive_packed.jsonl.gz"), "f") == jsonl.read(sample("archive.jsonl"), "f")


def test_files_are_read_as_they_stand() -> None:
    for name in ("archive.jsonl", "archive_packed.jsonl.gz"):
        with (SAMPLES / name).open("rb") as file:
            assert len(list(jsonl.read_lines(file, name))) == 3


def test_an_archive_is_not_held_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.jsonl.gz"
    line = json.dumps({"text": "Bo sade ja. " * 100}).encode() + b"\n"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(5_000):
            file.write(line)
    tracemalloc.start()
    with path.open("rb") as file:
        count = sum(1 for _ in jsonl.read_lines(file, "f"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 5_000
    # 6 MB unpacked; a few lines and the buffers stay far below.
    assert peak < 1_000_000


def test_what_comes_before_an_error_is_given_out() -> None:
    lines = jsonl.read_lines(io.BytesIO(b'\xef\xbb\xbf{"text": "A."}\r\n\n{"text": 7}\n'), "f")
    assert next(lines).article.text == "A."
    with pytest.raises(InputError, match="f: line 3: text must be a string"):
        next(lines)


@pytest.mark.parametrize(
    ("data", "error", "told"),
    [
        (b'{"text": "A."}\n{"text" "B."}', InputError, "f: line 2: not JSON: Expecting ':' delimiter at column 9"),
        (b'{"text": "A."}\n["B."]', InputError, "f: line 2: an object with the article's text is needed"),
        (b'{"title": "T"}', InputError, "f: line 1: no text"),
        (b'{"text": "A.", "uri": 7}', InputError, "f: line 1: uri must be a string"),
        (b'{"text": "A.", "published_at": "x"}', InputError, "f: line 1: published_at must be a date and time"),
        (b'{"text": "A.", "language": "??"}', InputError, "f: line 1: '??' is no language code"),
        (b'{"text": " "}', EmptyText, "f: line 1: no words in the text"),
        (b'{"text": "\xe5"}', NotText, "f: line 1: not utf-8: byte 0xe5 at offset 10 of it"),
        (b'{"uri": "urn:a", "bodies": []}', EmptyText, "f: line 1: no body"),
        (gzip.compress(b'{"text": "A."}\n' * 2000, mtime=0)[:60], NotText, "f: packed and damaged after line"),
    ],
)
def test_archives_that_are_refused(data: bytes, error: type[InputError], told: str) -> None:
    with pytest.raises(error, match=re.escape(told)):
        jsonl.read(data, "f")


def test_a_line_without_end_is_refused_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "_MAX_LINE_BYTES", 1000)
    packed = gzip.compress(b'{"text": "' + b"a" * 10_000_000)
    with pytest.raises(TextTooLong, match="f: line 1 is longer than 1000 bytes"):
        jsonl.read(packed, "f")
