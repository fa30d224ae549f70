"""Files named on the command line, read so that every refusal names the file and the place in it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.article import Article
from app.errors import InputError, TextTooLong
from app.formats.documents import read_documents, read_metadata
from app.formats.text import decode_text

STDIN = "-"

# No encoding that we read needs more bytes for a code point; a larger file is refused before it is read.
_MAX_BYTES_PER_CHAR = 4


@dataclass(frozen=True, slots=True)
class Source:
    """An article and the name its results are shown under: the file's, or the document's id in a JSON list."""

    name: str
    article: Article


def read_sources(path: str, max_chars: int, encoding: str = "utf-8", **given: Any) -> list[Source]:
    """The articles in one file, or on standard input where ``path`` is ``-``.

    A ``.json`` file is a list of ``{"doc_id", "text"}``. Any other file is one article; what a ``.json`` file of the
    same name says of it (title, agency …) is taken, and ``given`` (keyword arguments of `Article`) goes before that.

    Raises `InputError` (and its kinds) naming the file: missing, unreadable, empty, binary, in another encoding, broken
    JSON, longer than ``max_chars`` code points.
    """
    given = {key: value for key, value in given.items() if value is not None}
    if path.endswith(".json"):
        documents = read_documents(decode_text(_read(path, None), path, encoding), path)
        return [
            Source(document.doc_id, _bounded(Article(document.text, **given), f"{path}: {document.doc_id}", max_chars))
            for document in documents
        ]
    name = "standard input" if path == STDIN else path
    text = decode_text(_read(path, max_chars), name, encoding)
    beside = Path(path).with_suffix(".json")
    metadata: dict[str, Any] = {}
    if path != STDIN and beside.is_file():
        metadata = read_metadata(decode_text(_read(str(beside), None), str(beside)), str(beside))
    return [Source(name, _bounded(Article(text, **{**metadata, **given}), name, max_chars))]


def write_output(path: str | None, data: str | bytes) -> None:
    """Write to a file, or to stdout where ``path`` is ``None`` or ``-``; raises `InputError` where that fails."""
    raw = data.encode("utf-8") if isinstance(data, str) else data
    if path is None or path == STDIN:
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.flush()
        return
    try:
        Path(path).write_bytes(raw)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None


def _read(path: str, max_chars: int | None) -> bytes:
    limit = -1 if max_chars is None else max_chars * _MAX_BYTES_PER_CHAR + 1
    try:
        if path == STDIN:
            data = sys.stdin.buffer.read(limit)
        else:
            with Path(path).open("rb") as file:
                data = file.read(limit)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    if max_chars is not None and len(data) == limit:
        raise TextTooLong(f"{path}: more than {max_chars} characters (SAGESMAN_MAX_TEXT_CHARS)")
    return data


def _bounded(article: Article, name: str, max_chars: int) -> Article:
    if len(article.text) > max_chars:
        raise TextTooLong(
            f"{name}: {len(article.text)} characters, more than the {max_chars} taken (SAGESMAN_MAX_TEXT_CHARS)"
        )
    return article
